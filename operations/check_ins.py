"""Check-ins: opened by the clock or by hand, answered in one form, edited until they close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.check_ins import Answers, CheckIn, CheckInId, State, Update, last_words, still_open, taken_back
from domain.errors import NotFound, Refusal, Settled
from domain.history import standing
from domain.home import Moment
from domain.objectives import KeyResult, KeyResultId, Objective, leave_something_to_ask, owned_by
from domain.people import Member, WorkspaceId, can_take_part
from domain.schedules import current, following
from domain.words import optional
from operations import planning, receipts, sight, updates
from operations.answers import meant
from storage import changes, check_ins, key_results, outbox, schedules
from storage import objectives as known
from storage import planning as plans
from storage.database import Session
from storage.people import members


@dataclass(frozen=True, slots=True)
class Sheet:
    """A check-in with the key results of its owner, and what has been answered; `locked` are those that a score has
    been given for since, of which nothing is asked any more.
    """

    who: Member
    check_in: CheckIn
    key_results: tuple[KeyResult, ...]
    answered: tuple[Update, ...]
    moment: Moment
    taken_back: tuple[Update, ...] = ()
    """What was said of key results of which by now nothing stands in it, the first of each."""
    locked: frozenset[KeyResultId] = frozenset()

    @property
    def to_ask(self) -> tuple[KeyResult, ...]:
        """What belongs on its form."""
        return tuple(kr for kr in self.key_results if kr.id not in self.locked)


@dataclass(frozen=True, slots=True)
class NothingOpen:
    """No check-in is open; the day of the next one, if it is known, and whether there is anything to say in it."""

    next_day: date | None
    owns_any: bool


def open_now(session: Session, who: Member, now: datetime) -> Sheet | NothingOpen:
    """This period's check-in, opened by hand if the clock has not opened it for this person."""
    opened = check_ins.current(session, who, now) or _opened_by_hand(session, who, now)
    if opened is None:
        return _nothing_open(session, who, now)
    return sheet(session, who, opened.id, now)


def sheet(session: Session, who: Member, id: CheckInId, now: datetime) -> Sheet:
    """A check-in as its owner sees it; raises `NotFound` for anybody else."""
    opened = _own(session, who, id)
    at = sight.moment(session, who, now)
    shared = _shared(session, who, opened)
    said = check_ins.said_in(session, opened)
    return Sheet(
        who=who,
        check_in=opened,
        key_results=tuple(owned_by(who, shared)),
        answered=tuple(last_words(standing(said))),
        moment=at,
        taken_back=tuple(taken_back(said)),
        locked=frozenset(kr.id for each in shared if each.score is not None for kr in each.key_results),
    )


def to_prompt(
    session: Session, workspace: WorkspaceId, asked: Mapping[CheckInId, str], now: datetime
) -> dict[CheckInId, Sheet]:
    """These check-ins of these people (by Slack id), as far as they still wait for an answer with something in it.

    Whoever has reached everything is left alone; the check-in stands open for them all the same.
    """
    folk = {who.slack_id: who for who in members(session, workspace, tuple(asked.values())) if can_take_part(who)}
    opened = check_ins.check_ins(session, workspace, asked)
    wanted = {id: found for id, found in opened.items() if found.state is State.OPEN and now < found.closes_at}
    mine = {id: folk[asked[id]] for id, found in wanted.items() if asked[id] in folk}
    sheets = {}
    for day in {wanted[id].day for id in mine}:
        theirs = key_results.owned(session, workspace, day, mine.values())
        for id, who in mine.items():
            if wanted[id].day == day and wanted[id].member == who.id and leave_something_to_ask(theirs[who.id]):
                at = sight.moment(session, who, now)
                sheets[id] = Sheet(who, wanted[id], tuple(theirs[who.id]), (), at)
    return sheets


def to_answer(session: Session, who: Member, id: CheckInId, now: datetime) -> Sheet:
    """A check-in that its owner can still answer; raises `Refusal` once it has closed."""
    found = sheet(session, who, id, now)
    still_open(found.check_in, now)
    if not found.key_results:
        raise Refusal("You own no key result any more, so there is nothing to check in on.")
    if not found.to_ask:
        raise Refusal("What you own has its score by now, so there is nothing to check in on.")
    return found


def asks_for_something(session: Session, who: Member, opened: CheckIn) -> bool:
    """Whether somebody owns anything that this check-in of theirs asks about."""
    return bool(key_results.owned(session, who.workspace, opened.day, [who])[who.id])


def record(session: Session, who: Member, answers: Answers, now: datetime) -> Sheet:
    """Keep a check-in and move its key results; its prompt becomes a receipt."""
    opened = still_open(_own(session, who, answers.check_in), now)
    shared = _shared(session, who, opened)
    said = last_words(standing(check_ins.said_in(session, opened))) if opened.answered_at else []
    before = {made.key_result for made in said}
    # What was said in it already and has been left alone is not said again: it would undo what has come since.
    each = [answer for answer in answers.each if answer.is_new or answer.key_result not in before]
    moves, changed = meant(session, who, each, shared, opened, now)
    blocker = opened.blocker if answers.blocker_alone else optional(answers.blocker, "blocker")
    updates.keep(session, who, moves)
    changes.record(session, who.workspace, *changed)
    if blocker != opened.blocker:
        check_ins.keep_blocker(session, who, opened, blocker, now)
    check_ins.settle(session, opened, State.ANSWERED, now)
    _announce(session, who, opened, shared, now)
    after = {kr.id: kr for _, kr in moves}
    return Sheet(
        who=who,
        check_in=replace(opened, state=State.ANSWERED, answered_at=now, blocker=blocker),
        key_results=tuple(after.get(kr.id, kr) for kr in owned_by(who, shared)),
        answered=tuple(last_words([*said, *(made for made, _ in moves)])),
        moment=sight.moment(session, who, now),
    )


def skip(session: Session, who: Member, id: CheckInId | None, now: datetime) -> CheckIn | NothingOpen:
    """Let this period pass: nobody is told, nothing is counted."""
    opened = _own(session, who, id) if id else check_ins.current(session, who, now)
    opened = opened or _opened_by_hand(session, who, now)
    if opened is None:
        return _nothing_open(session, who, now)
    still_open(opened, now)
    if opened.state is State.ANSWERED:
        raise Settled("You have checked in already, so there is nothing to skip.")
    check_ins.settle(session, opened, State.SKIPPED, now)
    _announce(session, who, opened, _shared(session, who, opened), now)
    return replace(opened, state=State.SKIPPED)


def _own(session: Session, who: Member, id: CheckInId) -> CheckIn:
    opened = check_ins.check_in(session, who.workspace, id)
    if opened is None or opened.member != who.id:
        raise NotFound("That check-in is not yours. Type `/checkin` for your own.")
    return opened


def _opened_by_hand(session: Session, who: Member, now: datetime) -> CheckIn | None:
    schedule = schedules.schedule(session, who.workspace)
    occurrence = current(schedule, who.zone, now) if schedule else None
    if schedule is None or occurrence is None:
        return None
    planning.open_cycle(session, who.workspace, occurrence.day)
    myself = plans.Asked(who.workspace, occurrence.day, member=who.id, guests=True)
    plans.open_for(session, myself, schedule, occurrence)
    return check_ins.current(session, who, now)


def _nothing_open(session: Session, who: Member, now: datetime) -> NothingOpen:
    schedule = schedules.schedule(session, who.workspace)
    known_day = following(schedule, who.zone, now).day if schedule else None
    return NothingOpen(known_day, bool(_key_results(session, who, sight.today(session, who, now))))


def _key_results(session: Session, who: Member, day: date) -> Sequence[KeyResult]:
    """What somebody owns in the cycles of that day."""
    return key_results.of(session, who, day)


def _shared(session: Session, who: Member, opened: CheckIn) -> list[Objective]:
    """The objectives that a check-in is about: those that its owner has a part in."""
    return known.in_cycle(session, who.workspace, opened.day, owner=who)


def _announce(session: Session, who: Member, opened: CheckIn, shared: Sequence[Objective], now: datetime) -> None:
    """The prompt, if it went out, becomes a receipt; if it has not, it is no longer wanted."""
    outbox.withdraw(session, who.workspace, prompt_key(opened.id), now)
    receipts.show(session, who, opened, now)
    concerned = {who.id}.union(*(objective.owners for objective in shared))
    plans.show_homes(session, who.workspace, concerned, now, teams=who.teams | who.leads)


def prompt_key(check_in: CheckInId) -> str:
    """What the prompt of a check-in is planned under: one for each, ever."""
    return f"check-in prompt {check_in}"
