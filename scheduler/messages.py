"""Everything Cairn says unasked: for each kind, how it is loaded, how it is drawn, and what follows when it is lost.

A loader is a question to the database about several of them at a time, which are of one workspace; where it answers
None, the message is no longer wanted and is not sent.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from domain.alignment import Reason
from domain.check_ins import CheckInId
from domain.comments import CommentId
from domain.cycles import CycleId, CycleState
from domain.dependencies import Dependency, DependencyId
from domain.errors import NotFound
from domain.hand_over import Holding
from domain.home import Planned
from domain.lists import unpacked
from domain.objectives import KeyResultId, ObjectiveId, Stage
from domain.outbox import Claimed, Outgoing, Sent
from domain.people import Member, MemberId, Team, TeamId, can_take_part
from domain.recognition import Recognition, RecognitionId, in_public
from domain.references import Reference, reference
from domain.schedules import local_day
from domain.wishes import Deed
from operations import (
    alignment,
    check_ins,
    closing,
    comments,
    cycles,
    dependencies,
    exports,
    hand_over,
    history,
    home,
    links,
    lists,
    proposals,
    recognition,
    retrospectives,
    stages,
    status,
)
from operations.objectives import Found, one
from scheduler.verdicts import Verdict
from storage import cycles as known_cycles
from storage import outbox, people, policy
from storage import recognition as known
from storage.database import Session
from views import alignment as alignment_views
from views import check_ins as check_in_views
from views import closing as closing_views
from views import comments as comment_views
from views import cycles as cycle_views
from views import dependencies as dependency_views
from views import exports as export_views
from views import hand_over as hand_over_views
from views import help as help_views
from views import history as history_views
from views import home as home_views
from views import links as link_views
from views import lists as list_views
from views import proposals as proposal_views
from views import recognition as recognition_views
from views import set_up as set_up_views
from views import stages as stage_views
from views import status as status_views
from views import wishes as wish_views
from views.blocks import Message

T = TypeVar("T")

Load = Callable[[Session, Sequence[Outgoing], datetime], Sequence[Any]]
LoadOne = Callable[[Session, Outgoing, datetime], Any]
Draw = Callable[[Any], Any]
Lost = Callable[[Session, Outgoing, str, datetime], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing to say or show; `replaces` gives the key of the message that it takes the place of.

    `beneath` gives the key of the message in whose thread it goes, wherever that came to rest; what was planned for the
    same place before has been said by then.

    `again` is for a message of which nobody knows whether it was said, where Slack does not let us look for it: one
    that is better heard twice than never is said again, any other is let go and counted.
    """

    load: Load
    draw: Draw
    lost: Lost | None = None
    replaces: Callable[[Outgoing], str] | None = None
    again: bool = True
    beneath: Callable[[Outgoing], str] | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A row as it is to be sent: without a message it is not wanted; `verdict` is why it cannot be sent at all.

    `before` is where the message stands that it takes the place of.
    """

    row: Claimed
    message: Any = None
    before: Sent | None = None
    verdict: Verdict | None = None


def drawn(session: Session, claimed: Sequence[Claimed], now: datetime) -> list[Drawing]:
    """Each row of a workspace with fresh values, those of a kind together."""
    kinds: dict[str, list[Claimed]] = defaultdict(list)
    for row in claimed:
        kinds[row.what.kind].append(row)
    return [drawing for name, rows in kinds.items() for drawing in _drawn(session, KINDS[name], rows, now)]


def _drawn(session: Session, kind: Kind, rows: Sequence[Claimed], now: datetime) -> list[Drawing]:
    loaded = kind.load(session, [row.what for row in rows], now)
    placed = [replace(row, what=in_its_thread(session, row.what)) for row in rows] if kind.beneath else rows
    return [_drawing(session, kind, row, facts) for row, facts in zip(placed, loaded, strict=True)]


def in_its_thread(session: Session, what: Outgoing) -> Outgoing:
    """The same, with the thread that it goes into, as far as that has begun by now."""
    kind = KINDS.get(what.kind)
    first = kind.beneath(what) if kind and kind.beneath else what.key
    above = outbox.where_said(session, what.workspace, first) if first != what.key else None
    return replace(what, thread=above.ts) if above else what


def _drawing(session: Session, kind: Kind, row: Claimed, facts: Any) -> Drawing:
    before = _standing(session, kind, row.what) if facts is not None else None
    wanted = facts is not None and (before or kind.replaces is None)
    return Drawing(row, kind.draw(facts) if wanted else None, before)


def _standing(session: Session, kind: Kind, what: Outgoing) -> Sent | None:
    return outbox.where_said(session, what.workspace, kind.replaces(what)) if kind.replaces else None


def _reader(session: Session, what: Outgoing) -> Member | None:
    """Whom it is for, while they still take part."""
    who = people.member(session, what.workspace, what.place.removeprefix("home/"))
    return who if who and can_take_part(who) else None


def _each(load: LoadOne) -> Load:
    """A loader for what there is never much of: one after the other."""

    def each(session: Session, whats: Sequence[Outgoing], now: datetime) -> list[Any]:
        return [load(session, what, now) for what in whats]

    return each


def _prompts(session: Session, whats: Sequence[Outgoing], now: datetime) -> list[check_ins.Sheet | None]:
    """What there is the most of, all at once on a Monday morning: as many questions for a hundred as for one."""
    asked = {CheckInId(what.facts["check_in"]): what.place for what in whats}
    sheets = check_ins.to_prompt(session, whats[0].workspace, asked, now)
    return [sheets.get(CheckInId(what.facts["check_in"])) for what in whats]


def _sheet(session: Session, what: Outgoing, now: datetime) -> check_ins.Sheet | None:
    who = _reader(session, what)
    return check_ins.sheet(session, who, CheckInId(what.facts["check_in"]), now) if who else None


def _proposed(session: Session, what: Outgoing, now: datetime) -> tuple[Found, Member | None] | None:
    return _at_stage(session, what, Stage.PROPOSED, now)


def _agreed(session: Session, what: Outgoing, now: datetime) -> tuple[Found, Member | None] | None:
    return _at_stage(session, what, Stage.AGREED, now)


def _at_stage(session: Session, what: Outgoing, stage: Stage, now: datetime) -> tuple[Found, Member | None] | None:
    """An objective that is still at this stage, and who brought it there."""
    who = _reader(session, what)
    found = stages.standing(session, who, ObjectiveId(what.facts["objective"]), stage, now) if who else None
    return (found, people.member(session, what.workspace, what.facts["by"])) if found else None


def _to_decide(session: Session, what: Outgoing, _now: datetime) -> proposals.Decided | None:
    who = _reader(session, what)
    return proposals.waiting(session, who, KeyResultId(what.facts["key_result"])) if who else None


def _decided(session: Session, what: Outgoing, _now: datetime) -> proposals.Decided | None:
    who = _reader(session, what)
    return proposals.decided(session, who, KeyResultId(what.facts["key_result"])) if who else None


def _said(session: Session, what: Outgoing, _now: datetime) -> comments.Said | None:
    if not comments.is_channel(what.place) and _reader(session, what) is None:
        return None
    return comments.said(session, what.workspace, CommentId(what.facts["comment"]), what.place)


def _comment_lost(session: Session, what: Outgoing, _error: str, now: datetime) -> None:
    comments.not_in_channel(session, what, now)


def _question(session: Session, what: Outgoing, now: datetime) -> status.Question | None:
    who = _reader(session, what)
    return status.question(session, who, KeyResultId(what.facts["key_result"]), now) if who else None


def _set_by_another(session: Session, what: Outgoing, now: datetime) -> status.Judged | None:
    who = _reader(session, what)
    return status.set_by_another(session, who, KeyResultId(what.facts["key_result"]), now) if who else None


def _given(session: Session, what: Outgoing, _now: datetime) -> Recognition | None:
    return known.recognition(session, what.workspace, RecognitionId(what.facts["recognition"]))


def _told(session: Session, what: Outgoing, now: datetime) -> tuple[Recognition, Member] | None:
    who, given = _reader(session, what), _given(session, what, now)
    return (recognition.seen_by(session, who, [given])[0], who) if who and given else None


def _failed(session: Session, what: Outgoing, now: datetime) -> tuple[Recognition, str] | None:
    given = _given(session, what, now)
    return (given, what.facts["error"]) if given else None


def _post_lost(session: Session, what: Outgoing, error: str, now: datetime) -> None:
    given = _given(session, what, now)
    if given:
        recognition.post_failed(session, given, error, now)


def _left_behind(session: Session, what: Outgoing, now: datetime) -> hand_over.Offer | None:
    who = _reader(session, what)
    return hand_over.offered(session, who, MemberId(what.facts["leaver"]), now) if who else None


def _handed_over(session: Session, what: Outgoing, _now: datetime) -> tuple[Member, Member, list[Holding]] | None:
    who, facts = _reader(session, what), what.facts
    theirs = hand_over.received(session, who, facts["objectives"], facts["key_results"]) if who else []
    folk = people.by_id(session, what.workspace, [facts["by"], facts["from"]])
    return (folk[facts["by"]], folk[facts["from"]], theirs) if theirs else None


def _part_given(session: Session, what: Outgoing, _now: datetime) -> tuple[Member, Member, list[Holding]] | None:
    who, facts = _reader(session, what), what.facts
    theirs = hand_over.shared(session, who, facts["objectives"], facts["key_results"]) if who else []
    by = people.by_id(session, what.workspace, [facts["by"]])
    return (who, by[facts["by"]], theirs) if who and theirs else None


def _without_lead(session: Session, what: Outgoing, _now: datetime) -> tuple[Team, Member] | None:
    team = hand_over.leaderless(session, what.workspace, TeamId(what.facts["team"])) if _reader(session, what) else None
    gone = people.by_id(session, what.workspace, [what.facts["leaver"]])
    return (team, gone[what.facts["leaver"]]) if team else None


def _home(session: Session, what: Outgoing, now: datetime) -> Any:
    who = _reader(session, what)
    return home.home(session, who, now) if who else None


def _greeted(session: Session, what: Outgoing, _now: datetime) -> Member | None:
    return _reader(session, what)


def _facts(session: Session, what: Outgoing, _now: datetime) -> dict[str, Any] | None:
    return what.facts if _reader(session, what) else None


def _reminders(session: Session, whats: Sequence[Outgoing], now: datetime) -> list[closing.Reminder | None]:
    """What a whole company is asked on one morning: as many questions for a hundred as for one."""
    workspace = whats[0].workspace
    day = local_day(now, policy.policy(session, workspace).zone)
    by_cycle: dict[int, list[str]] = defaultdict(list)
    for what in whats:
        by_cycle[what.facts["cycle"]].append(what.place)
    asked = {
        cycle: closing.to_remind(session, workspace, CycleId(cycle), places, day) for cycle, places in by_cycle.items()
    }
    return [asked[what.facts["cycle"]].get(what.place) for what in whats]


def _planned(session: Session, what: Outgoing, now: datetime) -> Planned | None:
    day = local_day(now, policy.policy(session, what.workspace).zone)
    cycle = known_cycles.by_id(session, what.workspace, {what.facts["cycle"]}).get(what.facts["cycle"])
    if cycle is None or cycle.state(day) is not CycleState.PLANNING or not _reader(session, what):
        return None
    return cycles.planned(session, what.workspace, cycle, day)


def _talk(session: Session, what: Outgoing, _now: datetime) -> retrospectives.Talk | None:
    team = what.facts["team"]
    about = TeamId(team) if team else None
    return retrospectives.talk(session, what.workspace, CycleId(what.facts["cycle"]), about)


def _note(session: Session, what: Outgoing, _now: datetime) -> retrospectives.Note | None:
    facts = what.facts
    return retrospectives.note(session, what.workspace, CycleId(facts["cycle"]), ObjectiveId(facts["objective"]))


def _export(session: Session, what: Outgoing, _now: datetime) -> dict[str, bytes] | None:
    who = _reader(session, what)
    return exports.files(session, who) if who else None


def _found(found: lists.Listing) -> Message:
    """A list that somebody asked for in a message."""
    return list_views.answer(
        found.wanted, found.page, found.people, found.teams, found.thanks, found.moment, found.who, [wish_views.RULE]
    )


def _shown(what: Outgoing, found: Found) -> Message:
    thanks, updated = found.thanks.get(found.only.id, ()), bool(what.facts.get("updated"))
    return wish_views.card(what.facts["ref"], found.only, found.moment, found.who, thanks, updated)


def _to_press(facts: dict[str, Any]) -> Message:
    return wish_views.form(Deed(facts["deed"]), facts.get("ref", ""), facts.get("id", 0), facts.get("title", ""))


def _listing(session: Session, what: Outgoing, now: datetime) -> lists.Listing | None:
    who = _reader(session, what)
    return lists.page(session, who, unpacked(what.facts["wanted"]), 0, now) if who else None


def _card(session: Session, what: Outgoing, now: datetime) -> tuple[Outgoing, Found] | None:
    return (what, found) if (found := _of(session, what, one, now)) else None


def _of(
    session: Session, what: Outgoing, question: Callable[[Session, Member, Reference, datetime], T], now: datetime
) -> T | None:
    """What a question about a reference answers its reader, while they may still read it."""
    who, ref = _reader(session, what), reference(what.facts["ref"])
    try:
        return question(session, who, ref, now) if who and ref else None
    except NotFound:
        return None


def _reason(session: Session, what: Outgoing, now: datetime) -> Reason | None:
    return _of(session, what, alignment.why, now)


def _past(session: Session, what: Outgoing, now: datetime) -> history.History | None:
    return _of(session, what, history.told, now)


def _looked_back(found: history.History) -> Message:
    return wish_views.told(
        history_views.told(
            found.ref, found.objective, found.key_result, found.events, found.points, found.folk, charted=False
        )
    )


def _asked(session: Session, what: Outgoing, now: datetime) -> Dependency | None:
    who = _reader(session, what)
    return dependencies.waiting(session, who, DependencyId(what.facts["dependency"]), now) if who else None


def _no_longer(session: Session, what: Outgoing, _now: datetime) -> Dependency | None:
    who = _reader(session, what)
    return dependencies.withdrawn(session, who, DependencyId(what.facts["dependency"])) if who else None


def _answered(session: Session, what: Outgoing, _now: datetime) -> Dependency | None:
    who = _reader(session, what)
    return dependencies.current(session, who, DependencyId(what.facts["dependency"])) if who else None


def _history(session: Session, what: Outgoing, now: datetime) -> history.History | None:
    who = _reader(session, what)
    try:
        return history.told(session, who, KeyResultId(what.facts["key_result"]), now) if who else None
    except NotFound:
        return None


def _below(behind: dict[str, links.Behind]) -> dict[str, Any]:
    """What stands below each link."""
    return {url: link_views.unfurl(it.objective, it.key_result, it.moment) for url, it in behind.items()}


KINDS: dict[str, Kind] = {
    "answer": Kind(_each(_listing), _found, again=False),
    "answer card": Kind(_each(_card), lambda asked: _shown(*asked), again=False),
    "answer form": Kind(_each(_facts), _to_press, again=False),
    "answer history": Kind(_each(_past), _looked_back, again=False),
    "answer why": Kind(_each(_reason), lambda reason: wish_views.told(alignment_views.why(reason)), again=False),
    "answer refusal": Kind(_each(_facts), lambda facts: wish_views.refusal(facts["sentence"]), again=False),
    "check-in prompt": Kind(
        _prompts,
        lambda sheet: check_in_views.prompt(sheet.who, sheet.check_in, sheet.key_results, sheet.moment),
        again=False,
    ),
    "check-in receipt": Kind(
        _each(_sheet),
        lambda sheet: check_in_views.receipt(sheet.check_in, sheet.key_results, sheet.answered, sheet.moment),
        replaces=lambda what: check_ins.prompt_key(CheckInId(what.facts["check_in"])),
    ),
    "flat question": Kind(
        _each(_question),
        lambda asked: status_views.flat_question(asked.key_result, asked.moment, asked.weeks),
    ),
    "status set": Kind(
        _each(_set_by_another),
        lambda judged: status_views.set_by_another(judged.key_result, judged.objective.cycle, judged.moment),
    ),
    "kudos": Kind(_each(_told), lambda told: recognition_views.told(*told)),
    "kudos post": Kind(_each(_given), lambda given: recognition_views.post(in_public(given)), lost=_post_lost),
    "kudos post failed": Kind(_each(_failed), lambda failed: recognition_views.post_failed(*failed)),
    "hand-over": Kind(
        _each(_left_behind),
        lambda offer: hand_over_views.asked(offer.of, [holding for holding, _ in offer.each]),
    ),
    "handed over": Kind(_each(_handed_over), lambda given: hand_over_views.told(*given)),
    "part given": Kind(_each(_part_given), lambda given: hand_over_views.part_given(*given)),
    "team without lead": Kind(_each(_without_lead), lambda lost: hand_over_views.without_lead(*lost)),
    "objective proposed": Kind(_each(_proposed), lambda found: stage_views.proposed(found[0].only, found[1])),
    "objective agreed": Kind(_each(_agreed), lambda found: stage_views.agreed(found[0].only, found[1])),
    "key result proposed": Kind(
        _each(_to_decide), lambda found: proposal_views.proposed(found.key_result, found.objective, found.proposer)
    ),
    "key result decided": Kind(
        _each(_decided),
        lambda found: proposal_views.decided(found.key_result, found.objective, found.by, found.why),
    ),
    "key result settled": Kind(
        _each(_decided),
        lambda found: proposal_views.became(found.key_result, found.objective, found.by, found.why),
        replaces=lambda what: proposals.question_key(
            KeyResultId(what.facts["key_result"]), MemberId(what.facts["asked"])
        ),
    ),
    "comment": Kind(
        _each(_said),
        lambda said: comment_views.told(said.comment, said.objective, said.readers, said.in_channel),
        lost=_comment_lost,
        beneath=comments.thread_key,
    ),
    "greeting": Kind(_each(_greeted), set_up_views.greeting),
    "hint": Kind(_each(_facts), lambda facts: set_up_views.hint(facts["topic"], facts["detail"])),
    "planning countdown": Kind(_each(_planned), cycle_views.countdown, again=False),
    "closing begun": Kind(_reminders, lambda asked: closing_views.begun(asked.cycle, asked.awaited), again=False),
    "closing reminder": Kind(
        _reminders, lambda asked: closing_views.last_call(asked.cycle, asked.awaited), again=False
    ),
    "retrospective": Kind(
        _each(_talk),
        lambda talk: closing_views.retrospective(talk.cycle, talk.team, talk.objectives, talk.closings),
        lost=lambda session, what, _error, now: retrospectives.elsewhere(session, what, now),
    ),
    "retrospective note": Kind(_each(_note), lambda note: closing_views.told(note.objective, note.closing)),
    "export": Kind(_each(_export), export_views.handed_over, lost=exports.cannot_be_sent, again=False),
    "export failed": Kind(_each(_facts), lambda facts: export_views.failed(facts["error"])),
    "help": Kind(
        _each(_facts), lambda facts: help_views.direct_message(facts["entries"], facts.get("guess")), again=False
    ),
    "history chart": Kind(
        _each(_history), lambda found: history_views.chart(found.key_result, found.points), lost=history.chart_lost
    ),
    "history words": Kind(_each(_history), lambda found: history_views.words(found.key_result, found.points)),
    "home": Kind(_each(_home), home_views.home),
    "unfurl": Kind(_each(links.below), _below),
    "dependency": Kind(_each(_asked), dependency_views.asked),
    "dependency settled": Kind(
        _each(_answered),
        dependency_views.settled,
        replaces=lambda what: dependencies.question_key(
            DependencyId(what.facts["dependency"]), MemberId(what.facts["asked"]), what.facts.get("again", False)
        ),
    ),
    "dependency reminder": Kind(_each(_asked), dependency_views.asked_again),
    "dependency withdrawn": Kind(_each(_no_longer), dependency_views.no_longer),
    "dependency answer": Kind(_each(_answered), dependency_views.told),
}
