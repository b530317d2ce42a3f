"""Check-ins: opened by the clock or by hand, answered in one form, edited until they close; and single updates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.changes import Change, What
from domain.check_ins import (
    Answer,
    Answers,
    CheckIn,
    CheckInId,
    State,
    Update,
    last_words,
    measured_by,
    still_open,
    taken_back,
    update,
    without_the_last,
)
from domain.closing import unscored
from domain.cycles import Cycle
from domain.errors import NotFound, Refusal, Settled
from domain.history import standing
from domain.home import Moment
from domain.objectives import KeyResult, KeyResultId, Objective, changeable, leave_something_to_ask, owned_by
from domain.outbox import Mode, Outgoing, Priority
from domain.people import Member, WorkspaceId, can_take_part
from domain.permissions import Verb, allow
from domain.projection import Projection
from domain.references import Reference
from domain.schedules import current, following
from domain.stages import counted
from domain.words import optional
from operations import crossings, key_results, people, planning, projections, sight
from storage import changes, check_ins, outbox, policy, schedules
from storage import objectives as known
from storage import planning as plans
from storage.database import Session
from storage.people import members

Move = tuple[Update, KeyResult]
"""An update, and the key result after it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A check-in with all that belongs on its form: the key results of its owner, and what has been answered."""

    who: Member
    check_in: CheckIn
    key_results: tuple[KeyResult, ...]
    answered: tuple[Update, ...]
    moment: Moment
    taken_back: tuple[Update, ...] = ()
    """What was said of key results of which by now nothing stands in it, the first of each."""


@dataclass(frozen=True, slots=True)
class NothingOpen:
    """No check-in is open; the day of the next one, if it is known, and whether there is anything to say in it."""

    next_day: date | None
    owns_any: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A key result of a cycle before and after an update."""

    before: KeyResult
    after: KeyResult
    cycle: Cycle
    moment: Moment
    projection: Projection | None = None


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
    said = check_ins.said_in(session, opened)
    return Sheet(
        who=who,
        check_in=opened,
        key_results=tuple(_key_results(session, who, opened.day)),
        answered=tuple(last_words(standing(said))),
        moment=at,
        taken_back=tuple(taken_back(said)),
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
        theirs = known.owned(session, workspace, day, mine.values())
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
    return found


def record(session: Session, who: Member, answers: Answers, now: datetime) -> Sheet:
    """Keep a check-in and move its key results; its prompt becomes a receipt."""
    opened = still_open(_own(session, who, answers.check_in), now)
    shared = _shared(session, who, opened)
    said = last_words(standing(check_ins.said_in(session, opened))) if opened.answered_at else []
    before = {made.key_result for made in said}
    # What was said in it already and has been left alone is not said again: it would undo what has come since.
    each = [answer for answer in answers.each if answer.is_new or answer.key_result not in before]
    moves, changed = _moves(session, who, each, shared, opened, now)
    blocker = opened.blocker if answers.blocker_alone else optional(answers.blocker, "blocker")
    _keep(session, who, moves)
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


def to_update(session: Session, who: Member, which: Reference | KeyResultId, now: datetime) -> Moved:
    """A key result that this person may update, as it stands."""
    kr, objective = _updatable(session, who, which, now)
    return Moved(kr, kr, objective.cycle, sight.moment(session, who, now))


def move(session: Session, who: Member, which: Reference | KeyResultId, answer: Answer, now: datetime) -> Moved:
    """Update one key result; `answer` may leave out the value, the confidence or the note."""
    before, objective = _updatable(session, who, which, now)
    if not answer.moves and answer.confidence is None and not answer.note.strip():
        raise Refusal("What shall I note? Give a value, a confidence or a note.", "value")
    made, after = _moved(session, who, before, answer, None, now)
    changed = crossings.of(session, who, [(before, after, objective)], now)
    _keep(session, who, [(made, after)])
    changes.record(session, who.workspace, *changed)
    people.refresh_homes(session, who.workspace, objective.owners | {who.id}, now)
    at = sight.moment(session, who, now)
    going = projections.of(session, [(after, objective.cycle)], who.workspace, at)
    return Moved(before, after, objective.cycle, at, going.get(after.id))


def undo(session: Session, who: Member, which: Reference | KeyResultId, made: int | None, now: datetime) -> Moved:
    """Take back one's own last update of a key result, or none but the one `made` then (microseconds since 1970).

    Raises `Refusal` where there is none, or the last one is somebody else's or another one, and `Settled` where the
    one that was `made` then has been taken back already.
    """
    before, objective = _updatable(session, who, which, now)
    every = check_ins.history(session, who.workspace, before.id)
    if any(each.undone_at and _microseconds(each.at) == made for each in every):
        raise Settled(f"That has been taken back already: {before.ref} stands at {_value_of(before)}.")
    said = standing(every)
    last = said[-1] if said else None
    if last is None:
        raise Refusal(f"Nobody has updated {before.ref} yet, so there is nothing to take back.")
    if last.by != who.id:
        raise Refusal(f"The last update of {before.ref} is not yours, so it is not yours to take back.")
    if made is not None and _microseconds(last.at) != made:
        raise Refusal(f"{before.ref} has been updated since. `/okr undo {before.ref}` takes back the last update.")
    _measured_alike(session, before, last)
    after = without_the_last(before, said)
    changed = crossings.of(session, who, [(before, after, objective)], now)
    check_ins.undo(session, last, now)
    known.move_key_results(session, [after])
    changes.record(session, who.workspace, *changed)
    opened = check_ins.check_in(session, who.workspace, last.check_in) if last.check_in else None
    if opened:
        _show_receipt(session, who, opened, now)
    people.refresh_homes(session, who.workspace, objective.owners | {who.id}, now)
    return Moved(before, after, objective.cycle, sight.moment(session, who, now))


def _microseconds(at: datetime) -> int:
    """An instant as the button under an update keeps it."""
    return int(at.timestamp() * 1_000_000)


def _value_of(kr: KeyResult) -> str:
    """Where it stands, in words."""
    return kr.measure.told(kr.measure.current)


def _measured_alike(session: Session, kr: KeyResult, last: Update) -> None:
    """Raise `Refusal` where another way of measuring was chosen after an update, whose numbers mean nothing in it."""
    changed = changes.of_key_result(session, kr.owner.workspace, kr.id)
    since = {each.what for each in changed if each.at >= last.at}
    if What.MEASURE in since or (kr.measure.milestones and What.TARGET in since):
        how = "is measured in another way" if What.MEASURE in since else "has other milestones"
        raise Refusal(
            f"{kr.ref} {how} since, so its last update cannot be taken back. `/okr update {kr.ref}` sets it right."
        )


def _moves(
    session: Session, who: Member, each: Sequence[Answer], shared: Sequence[Objective], opened: CheckIn, now: datetime
) -> tuple[list[Move], list[Change]]:
    """What each of the answers means, one after the other, and which statuses that changes."""
    stand = sight.the_key_results(session, who, [answer.key_result for answer in each], shared)
    moves: list[Move] = []
    deeds: dict[KeyResultId, crossings.Deed] = {}
    for answer in each:
        if answer.key_result not in stand:
            _nothing_typed(answer)
            continue
        kr, objective = stand[answer.key_result]
        move = _answered(session, who, kr, objective, answer, opened, now)
        if move:
            moves.append(move)
            first = deeds[kr.id][0] if kr.id in deeds else kr
            deeds[kr.id] = first, move[1], objective
            stand[kr.id] = move[1], objective
    return moves, crossings.of(session, who, list(deeds.values()), now)


def _answered(
    session: Session, who: Member, kr: KeyResult, objective: Objective, answer: Answer, opened: CheckIn, now: datetime
) -> Move | None:
    """What an answer means; the last check-in of a cycle may still be answered when the cycle is over.

    What cannot be updated any more is passed over, unless somebody has just typed something about it.
    """
    try:
        elsewhere = _elsewhere(who, kr, objective, opened)
        if elsewhere is None:
            return _moved(session, who, kr, answer, opened.id, now)
        if _says_something(kr, answer):
            raise elsewhere
        return None
    except Refusal as refusal:
        raise refusal.beside(f"{refusal.field or 'value'} {kr.ref}") from refusal


def _elsewhere(who: Member, kr: KeyResult, objective: Objective, opened: CheckIn) -> Refusal | None:
    """Why this person cannot update it in this check-in, though it stands in their form; None where they can."""
    try:
        if kr.archived or objective.archived:
            raise Refusal(f"{kr.ref} has been archived meanwhile. Clear its value and its note to send the rest.")
        _may_update(who, kr, objective)
        counted(kr)
        unscored(changeable(objective, opened.day))
    except Refusal as why:
        return why
    return None


def _says_something(kr: KeyResult, answer: Answer) -> bool:
    """Whether there would be words or a number to lose."""
    return bool(answer.note.strip()) or measured_by(kr.measure, answer) != kr.measure


def _nothing_typed(answer: Answer) -> None:
    """What is hidden by now, or never was, is passed over without a word, unless there are words to lose."""
    if answer.moves or answer.note.strip():
        raise NotFound("That key result is gone. Clear what you wrote about it to send the rest.")


def _updatable(
    session: Session, who: Member, which: Reference | KeyResultId, now: datetime
) -> tuple[KeyResult, Objective]:
    kr, objective = sight.the_key_result(session, who, which)
    _may_update(who, kr, objective)
    unscored(changeable(objective, sight.today(session, who, now)))
    return counted(key_results.not_archived(kr)), objective


def _may_update(who: Member, kr: KeyResult, objective: Objective) -> None:
    allow(Verb.CHECK_IN, who, key_results.whose(kr), objective.stake_in(kr))


def _moved(
    session: Session, who: Member, kr: KeyResult, answer: Answer, check_in: CheckInId | None, now: datetime
) -> Move:
    named = replace(answer, note=people.with_names(session, who.workspace, answer.note))
    made = update(kr, named, who, now, policy.policy(session, who.workspace), check_in)
    measure = measured_by(kr.measure, answer)
    after = replace(
        kr,
        measure=measure,
        confidence=made.confidence if made.confidence is not None else kr.confidence,
        note=made.note or kr.note,
        updated_at=now,
        moved_at=now if measure != kr.measure else kr.moved_at,
    )
    return made, after


def _keep(session: Session, who: Member, moves: Sequence[Move]) -> None:
    check_ins.record(session, who.workspace, *(made for made, _ in moves))
    known.move_key_results(session, [after for _, after in moves])


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
    return known.key_results_of(session, who, day)


def _shared(session: Session, who: Member, opened: CheckIn) -> list[Objective]:
    """The objectives that a check-in is about: those that its owner has a part in."""
    return known.in_cycle(session, who.workspace, opened.day, owner=who)


def _announce(session: Session, who: Member, opened: CheckIn, shared: Sequence[Objective], now: datetime) -> None:
    """The prompt, if it went out, becomes a receipt; if it has not, it is no longer wanted."""
    outbox.withdraw(session, who.workspace, prompt_key(opened.id), now)
    _show_receipt(session, who, opened, now)
    concerned = {who.id}.union(*(objective.owners for objective in shared))
    plans.show_homes(session, who.workspace, concerned, now, teams=who.teams | who.leads)


def _show_receipt(session: Session, who: Member, opened: CheckIn, now: datetime) -> None:
    """What stands in place of the prompt, as it is by now."""
    receipt = Outgoing(
        workspace=who.workspace,
        kind="check-in receipt",
        place=who.slack_id,
        key=f"check-in receipt {opened.id}",
        rule="weekly check-in",
        facts={"check_in": opened.id},
        mode=Mode.SHOW,
        priority=Priority.SHOW,
    )
    outbox.put(session, receipt, now)


def prompt_key(check_in: CheckInId) -> str:
    """What the prompt of a check-in is planned under: one for each, ever."""
    return f"check-in prompt {check_in}"
