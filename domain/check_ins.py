"""The weekly check-in: what each key result is at, how sure its owner is, and what stands in the way."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from domain import milestones as checklist
from domain.errors import Refusal, Settled
from domain.left_alone import merged
from domain.measures import Measure, MeasureKind, after, inside
from domain.objectives import KeyResult, KeyResultId
from domain.people import Member, MemberId
from domain.policy import Policy
from domain.words import NOTE, optional

CheckInId = NewType("CheckInId", int)


class State(StrEnum):
    """Where a check-in stands."""

    OPEN = "open"
    ANSWERED = "answered"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One person's check-in for one period, named by the local day it opened; it closes when the next one opens."""

    id: CheckInId
    member: MemberId
    day: date
    opens_at: datetime
    closes_at: datetime
    state: State = State.OPEN
    answered_at: datetime | None = None
    blocker: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was typed for one key result; an empty value means that nothing moved.

    Of confidence and note what the form left `alone` is named. `ticked` are the milestones that were ticked in a form
    that was `drawn` with some ticked already; where that is not known, exactly these are meant.
    """

    key_result: KeyResultId
    value: str = ""
    confidence: int | None = None
    note: str = ""
    alone: frozenset[str] = frozenset()
    ticked: tuple[str, ...] | None = None
    drawn: Container[str] | None = None

    @property
    def moves(self) -> bool:
        """Whether it says where the key result is now."""
        return self.ticked is not None or bool(self.value.strip())

    @property
    def is_new(self) -> bool:
        """Whether it says anything that did not stand in the form before."""
        return self.moves or not self.alone >= {"confidence", "note"}


@dataclass(frozen=True, slots=True)
class Answers:
    """A whole check-in form as it came back; what is in the way stays as it is by then where that was left alone."""

    check_in: CheckInId
    each: tuple[Answer, ...]
    blocker: str = ""
    blocker_alone: bool = False


@dataclass(frozen=True, slots=True)
class Update:
    """A key result's new value: who said so, when, how sure they are and why; `undone_at` when they took it back.

    Of milestones those are named that it `reached`, or that it took back. How it was measured then is told by how many
    it was `out_of` (see `Measure.out_of`).
    """

    key_result: KeyResultId
    value: Decimal
    previous: Decimal
    confidence: int | None
    note: str
    by: MemberId
    at: datetime
    check_in: CheckInId | None = None
    undone_at: datetime | None = None
    id: int = 0
    reached: tuple[str, ...] = ()
    taken_back: tuple[str, ...] = ()
    out_of: int | None = None

    @property
    def is_move(self) -> bool:
        """Whether it says anything of the value that was not so before."""
        return self.value != self.previous or bool(self.reached or self.taken_back)


def still_open(check_in: CheckIn, now: datetime) -> CheckIn:
    """The check-in, if its period is not over; raises `Settled` when it is."""
    if now >= check_in.closes_at:
        raise Settled(f"The check-in of {check_in.day:%-d %B} has closed. The next one is along soon.")
    return check_in


def measured_by(measure: Measure, answer: Answer) -> Measure:
    """The measure as an answer leaves it; raises `Refusal` beside "value" when that is none of its values.

    Of two people who tick milestones of the same list at once both are heard.
    """
    if answer.ticked is None:
        return after(measure, answer.value) if answer.value.strip() else measure
    if measure.kind is not MeasureKind.MILESTONES:
        raise Refusal("This is measured in another way by now. Close the form and open it again.", "value")
    known = answer.drawn is not None
    wanted = merged(measure.reached, answer.ticked, answer.drawn or ()) if known else answer.ticked
    return measure.reaching(checklist.these(measure.milestones, wanted, "value"))


def update(
    kr: KeyResult, answer: Answer, by: Member, at: datetime, policy: Policy, check_in: CheckInId | None = None
) -> Update:
    """The update that an answer means; raises `Refusal` beside "value", "confidence" or "note" when it means none.

    Whoever is hardly confident says why; a reason that stands already need not be given again. A confidence that was
    left alone is the one that stands by then.
    """
    then, now = kr.measure, measured_by(kr.measure, answer)
    note = optional(answer.note, "note", NOTE)
    sure = kr.confidence if "confidence" in answer.alone else _confidence(answer.confidence)
    if sure is not None and sure <= policy.low_confidence and not note and not _has_said_why(kr, sure):
        raise Refusal(
            f"With a confidence of {sure}, say in a note what makes it doubtful, so that others can help.", "note"
        )
    return Update(
        key_result=kr.id,
        value=now.current,
        previous=then.current,
        confidence=sure,
        note=note,
        by=by.id,
        at=at,
        check_in=check_in,
        reached=tuple(name for name in now.reached if name not in then.reached),
        taken_back=tuple(name for name in then.reached if name not in now.reached),
        out_of=now.out_of,
    )


def without_the_last(kr: KeyResult, updates: Sequence[Update]) -> KeyResult:
    """The key result as it was before the last of these updates of it, which are all that stand, oldest first.

    Raises `Refusal` where it could not be there any more, since it is measured otherwise now.
    """
    *before, last = updates
    moves = [update.at for update in before if update.is_move]
    back = _back(kr.measure, last)
    unmeasured = kr.measure.kind is MeasureKind.BASELINE and last.previous == kr.measure.start
    return replace(
        kr,
        measure=replace(back, measured=False) if unmeasured else back,
        confidence=next((update.confidence for update in reversed(before) if update.confidence), None),
        note=next((update.note for update in reversed(before) if update.note), ""),
        updated_at=before[-1].at if before else None,
        moved_at=moves[-1] if moves else None,
    )


def _back(measure: Measure, last: Update) -> Measure:
    """The measure as it was before its last update."""
    if last.reached or last.taken_back:
        stay = [name for name in measure.reached if name not in last.reached]
        return measure.reaching(checklist.these(measure.milestones, [*stay, *last.taken_back], "value"))
    return measure.at(inside(measure, last.previous, "value", below_zero=True))


def last_words(said: Iterable[Update]) -> list[Update]:
    """The last of what was said of each key result."""
    return list({update.key_result: update for update in said}.values())


def taken_back(said: Sequence[Update]) -> list[Update]:
    """The first of what was said (oldest first) of each key result of which nothing stands any more."""
    left = {update.key_result for update in said if update.undone_at is None}
    gone = {update.key_result: update for update in reversed(said) if update.key_result not in left}
    return list(gone.values())[::-1]


def _has_said_why(kr: KeyResult, confidence: int) -> bool:
    return kr.confidence == confidence and bool(kr.note)


def _confidence(given: int | None) -> int | None:
    if given is not None and not 1 <= given <= 10:
        raise Refusal("Confidence goes from 1 to 10.", "confidence")
    return given
