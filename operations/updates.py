"""Updates: a key result is moved, inside a check-in or by itself, and the last update is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.changes import What
from domain.check_ins import Answer, CheckInId, Update, measured_by, update, without_the_last
from domain.closing import unscored
from domain.cycles import Cycle
from domain.errors import Refusal, Settled
from domain.history import standing
from domain.home import Moment
from domain.objectives import KeyResult, KeyResultId, Objective, changeable
from domain.people import Member
from domain.permissions import Verb, allow
from domain.projection import Projection
from domain.references import Reference
from domain.stages import counted
from operations import crossings, key_results, people, projections, receipts, sight
from storage import changes, check_ins, policy
from storage import key_results as known
from storage.database import Session

Move = tuple[Update, KeyResult]
"""An update, and the key result after it."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A key result of a cycle before and after an update."""

    before: KeyResult
    after: KeyResult
    cycle: Cycle
    moment: Moment
    projection: Projection | None = None


def to_update(session: Session, who: Member, which: Reference | KeyResultId, now: datetime) -> Moved:
    """A key result that this person may update, as it stands."""
    kr, objective = _updatable(session, who, which, now)
    return Moved(kr, kr, objective.cycle, sight.moment(session, who, now))


def move(session: Session, who: Member, which: Reference | KeyResultId, answer: Answer, now: datetime) -> Moved:
    """Update one key result; `answer` may leave out the value, the confidence or the note."""
    before, objective = _updatable(session, who, which, now)
    if not answer.moves and answer.confidence is None and not answer.note.strip():
        raise Refusal("What shall I note? Give a value, a confidence or a note.", "value")
    made, after = updated(session, who, before, answer, None, now)
    changed = crossings.of(session, who, [(before, after, objective)], now)
    keep(session, who, [(made, after)])
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
    known.move(session, [after])
    changes.record(session, who.workspace, *changed)
    opened = check_ins.check_in(session, who.workspace, last.check_in) if last.check_in else None
    if opened:
        receipts.show(session, who, opened, now)
    people.refresh_homes(session, who.workspace, objective.owners | {who.id}, now)
    return Moved(before, after, objective.cycle, sight.moment(session, who, now))


def keep(session: Session, who: Member, moves: Sequence[Move]) -> None:
    """Remember these updates, and where they leave their key results."""
    check_ins.record(session, who.workspace, *(made for made, _ in moves))
    known.move(session, [after for _, after in moves])


def updated(
    session: Session, who: Member, kr: KeyResult, answer: Answer, check_in: CheckInId | None, now: datetime
) -> Move:
    """The update that an answer makes, alone or in a check-in, and the key result after it; nothing is kept yet."""
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


def _updatable(
    session: Session, who: Member, which: Reference | KeyResultId, now: datetime
) -> tuple[KeyResult, Objective]:
    kr, objective = sight.the_key_result(session, who, which)
    may_update(who, kr, objective)
    unscored(changeable(objective, sight.today(session, who, now)))
    return counted(key_results.not_archived(kr)), objective


def may_update(who: Member, kr: KeyResult, objective: Objective) -> None:
    """Raises `NotAllowed` unless this person may say how it goes."""
    allow(Verb.CHECK_IN, who, key_results.whose(kr), objective.stake_in(kr))


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
