"""A measure in words and as a bar: where it is, how far that is, and what a move of it reads like."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from domain.measures import Measure, MeasureKind
from domain.values import shown
from views.text import cut, escape, gauge, percent

NAME = 60
"""Characters of a milestone's name within a line."""

NAMED = 3
"""Milestones that are named where more were reached at once."""

_FAR = 100
"""Beyond so many times the way, the exact figure says nothing more."""


def bar_of(measure: Measure) -> str:
    """Its progress as a bar; what lies beyond the target, or on the wrong side of the start, is said as it is."""
    return f"{gauge(measure.progress)} {reach(measure)}"


def reach(measure: Measure) -> str:
    """How far it is: "40%", "130% of the way", "0%, below where it began"."""
    if measure.reach < 0:
        return f"0%, {_wrong_side(measure)}"
    if measure.reach > _FAR:
        return f"more than {_FAR} times the way"
    beyond = round(measure.reach * 100)
    return f"{beyond:,}% of the way" if beyond > 100 else percent(measure.progress)


def way(measure: Measure) -> str:
    """From where it is to where it should be, in mrkdwn: "40 → 100 sign-ups", "96% (keep at least 95%)"."""
    return _WAYS.get(measure.kind, _to_target)(measure)


def moved(before: Measure, after: Measure) -> str:
    """What changed, in mrkdwn: "40 → 45 of 100 sign-ups"."""
    if after.kind is MeasureKind.MILESTONES:
        reached = [name for name in after.reached if name not in before.reached]
        return _ticked(before, after, reached, [name for name in before.reached if name not in after.reached])
    still = before.current == after.current and before.measured == after.measured
    return _MOVES.get(after.kind, _moved_on)(before, after, still)


def went(
    measure: Measure, before: Decimal, after: Decimal, reached: Sequence[str] = (), taken_back: Sequence[str] = ()
) -> str:
    """What changed between two values of a measure; of milestones it says which, as far as they are named."""
    then, now = (as_of(measure, value) for value in (before, after))
    return _ticked(then, now, reached, taken_back) if measure.milestones else moved(then, now)


def as_of(measure: Measure, value: Decimal) -> Measure:
    """The measure at that value; one that is there already may be a baseline that nobody has measured."""
    return measure if measure.current == value else measure.at(value)


def _to_target(measure: Measure) -> str:
    target = _whole(measure, measure.target)
    if measure.reach > 1:
        return f"{_figure(measure)}, past {target}"
    return target if measure.current == measure.target else f"{_figure(measure)} → {target}"


def _kept(measure: Measure) -> str:
    return f"{_figure(measure)} ({escape(measure.aim)})"


def _steps(measure: Measure) -> str:
    reached = measure.told(measure.current)
    left = measure.to_come
    return f"{reached}, next: {_name(left[0])}" if left else reached


def _done(measure: Measure) -> str:
    return escape(measure.told(measure.current))


def _baseline(measure: Measure) -> str:
    if not measure.measured:
        return "not measured yet"
    return f"measured at {_whole(measure, measure.current)}, no target yet"


_WAYS = {
    MeasureKind.AT_LEAST: _kept,
    MeasureKind.AT_MOST: _kept,
    MeasureKind.BETWEEN: _kept,
    MeasureKind.MILESTONES: _steps,
    MeasureKind.DONE: _done,
    MeasureKind.BASELINE: _baseline,
}


def _moved_on(before: Measure, after: Measure, still: bool) -> str:
    joint = "of" if after.kind is MeasureKind.INCREASE else "towards"
    return f"{_from_to(before, after, still)} {joint} {_whole(after, after.target)}"


def _moved_in_band(before: Measure, after: Measure, still: bool) -> str:
    return f"{_from_to(before, after, still)} ({escape(after.aim)})"


def _ticked(before: Measure, after: Measure, reached: Sequence[str], taken_back: Sequence[str]) -> str:
    """How many milestones are reached now, and which were ticked or are not any more."""
    named = named_steps(reached, taken_back, _name)
    went = f"{_count(before)} → " if before.current != after.current else "" if named else "still "
    return ", ".join([f"{went}{after.told(after.current)}", *named])


def named_steps(reached: Sequence[str], taken_back: Sequence[str], said: Callable[[str], str]) -> list[str]:
    """Which milestones were reached, and which were taken back: the last few of them."""
    each = {"reached": reached, "taken back": taken_back}
    return [f"{what}: {_last(which, said)}" for what, which in each.items() if which]


def _last(names: Sequence[str], said: Callable[[str], str]) -> str:
    more = "…, " if len(names) > NAMED else ""
    return more + ", ".join(map(said, names[-NAMED:]))


def _settled(before: Measure, after: Measure, still: bool) -> str:
    return f"still {_done(after)}" if still else f"{_done(before)} → {_done(after)}"


def _measured(before: Measure, after: Measure, still: bool) -> str:
    if not after.measured:
        return "still not measured"
    first = not before.measured or before.current == before.start
    now = _whole(after, after.current)
    return f"still {now}" if still else f"measured at {now}" if first else f"{_figure(before)} → {now}"


_MOVES = {
    MeasureKind.AT_LEAST: _moved_in_band,
    MeasureKind.AT_MOST: _moved_in_band,
    MeasureKind.BETWEEN: _moved_in_band,
    MeasureKind.DONE: _settled,
    MeasureKind.BASELINE: _measured,
}


def _from_to(before: Measure, after: Measure, still: bool) -> str:
    return f"still {_figure(after)}" if still else f"{_figure(before)} → {_figure(after)}"


def _wrong_side(measure: Measure) -> str:
    if measure.kind.is_kept:
        return "further out than it may be"
    return f"{'below' if measure.target > measure.start else 'above'} where it began"


def _figure(measure: Measure) -> str:
    return escape(measure.figure(measure.current))


def _whole(measure: Measure, value: Decimal) -> str:
    return escape(shown(value, measure.unit))


def _count(measure: Measure) -> int:
    return int(measure.current)


def _name(milestone: str) -> str:
    return escape(cut(milestone, NAME), 4 * NAME)
