"""Where a key result will land, in words."""

from decimal import Decimal

from domain.measures import Measure, MeasureKind
from domain.projection import Projection
from domain.values import is_mark, shown
from views.text import count, day_of, escape


def going(measure: Measure, projection: Projection) -> str:
    """Where it will land at this pace, in mrkdwn, and of how much that is known."""
    if projection.moves:
        lands = f"{_landing(measure, projection.lands)} by {day_of(projection.ends)}"
    else:
        lands = f"it stays at {_figure(measure, projection.lands)}"
    words = [f"At this pace: {lands}"]
    if projection.reaches:
        words.append(f"the target {'on' if projection.in_time else 'only on'} {day_of(projection.reaches)}")
    return f":chart_with_upwards_trend: {', '.join(words)} (from {count(projection.points, 'day')} with an update)"


def _landing(measure: Measure, value: Decimal) -> str:
    if measure.kind is MeasureKind.MILESTONES:
        return measure.told(value)
    joint = "for a target of" if measure.kind is MeasureKind.DECREASE else "of"
    return f"{_figure(measure, value)} {joint} {escape(shown(measure.target, measure.unit))}"


def _figure(measure: Measure, value: Decimal) -> str:
    """A value; a unit that is a word stands once, beside the target."""
    return escape(shown(value, measure.unit if is_mark(measure.unit) else ""))
