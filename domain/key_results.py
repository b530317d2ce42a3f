"""A key result as somebody writes it down: its draft, what each kind of measure asks for, and what stays of it."""

from collections.abc import Mapping
from dataclasses import replace

from domain.errors import Refusal
from domain.left_alone import by_then
from domain.measures import Measure, MeasureKind
from domain.objectives import KeyResult, KeyResultDraft
from domain.values import plain

_BAND = ("target", "start", "unit")
PARTS: Mapping[MeasureKind, tuple[str, ...]] = {
    MeasureKind.INCREASE: ("start", "target", "unit"),
    MeasureKind.DECREASE: ("start", "target", "unit"),
    MeasureKind.AT_LEAST: _BAND,
    MeasureKind.AT_MOST: _BAND,
    MeasureKind.BETWEEN: ("target", "upper", "start", "unit"),
    MeasureKind.MILESTONES: ("milestones",),
    MeasureKind.DONE: (),
    MeasureKind.BASELINE: ("unit",),
}
"""What each kind asks for, in the order of its form."""

MEASURED = frozenset({"kind", "start", "target", "upper", "unit", "milestones"})
"""The parts of a draft that say how something is measured."""

EVERYTHING = MEASURED | {"title", "owner", "current", "weight", "contributors"}
"""All that a form about a key result asks for."""


def drafted(kr: KeyResult) -> KeyResultDraft:
    """A key result as somebody would have written it down."""
    measure = kr.measure
    of_numbers = measure.kind.is_number and measure.kind is not MeasureKind.BASELINE
    begins = measure.start if of_numbers else measure.current if has_value(measure) else None
    return KeyResultDraft(
        title=kr.title,
        start="0" if begins is None else plain(begins),
        target=plain(measure.target) if of_numbers else "",
        unit=measure.unit,
        kind=measure.kind,
        owner=kr.owner.slack_id,
        upper="" if measure.upper is None else plain(measure.upper),
        milestones="\n".join(measure.milestones),
        weight=plain(kr.weight),
        contributors=tuple(who.slack_id for who in kr.contributors),
    )


def kind_of(draft: KeyResultDraft) -> MeasureKind:
    """The kind of a draft, or the usual one where it names none that there is."""
    return MeasureKind(draft.kind) if draft.kind in set(MeasureKind) else MeasureKind.INCREASE


def has_value(measure: Measure) -> bool:
    """Whether there is a number that it is at."""
    return measure.kind.is_number and measure.measured


def as_it_is(draft: KeyResultDraft, kr: KeyResult) -> KeyResultDraft:
    """The draft with what its form left alone as it is of the key result by now.

    Whoever chooses another kind means the numbers that stand beside it. Raises `Refusal` beside what was typed for a
    kind that somebody else has replaced.
    """
    here = PARTS[kr.measure.kind]
    if "kind" in draft.alone:
        _still_asked_for(draft, kr)
        alone = draft.alone
    else:
        alone = draft.alone - {name for name in PARTS[kind_of(draft)] if name not in here}
    # Whoever looks after it and helps with it need not be named again.
    now = drafted(kr)
    helping = None if "contributors" in alone else now.contributors
    return by_then(replace(draft, alone=alone), replace(now, owner=None, contributors=helping))


def _still_asked_for(draft: KeyResultDraft, kr: KeyResult) -> None:
    kind = kr.measure.kind
    typed = [name for name in PARTS[kind_of(draft)] if name not in draft.alone and name not in PARTS[kind]]
    if "current" not in draft.alone and draft.current.strip() and not kind.is_number:
        typed.append("current")
    if draft.kind != kind and typed:
        raise Refusal(
            f"{kr.ref} is measured in another way by now ({kind}), so this says nothing any more. Close the form and "
            "open it again.",
            typed[0],
        )
