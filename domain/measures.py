"""A key result's measure: where it starts, where it should get to, where it is now, and how far that is."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from domain.errors import Refusal
from domain.words import optional

LARGEST = Decimal("1e15")
"""No value may be further from zero than this; beyond it people have mistyped."""


_NOTHING, _ALL = Decimal(0), Decimal(1)


class MeasureKind(StrEnum):
    """What it means for a measure to be reached."""

    INCREASE = "increase"
    DECREASE = "decrease"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    BETWEEN = "between"
    MILESTONES = "milestones"
    DONE = "done or not"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Measure:
    """From `start` to `target`, now at `current`, all in `unit` ("%", "€", "hours" or nothing).

    `upper` is the upper edge of a band whose lower edge is `target`; `milestones` are an ordered checklist of which
    `current` have been reached; a baseline is `measured` once somebody has told its first value.
    """

    start: Decimal
    target: Decimal
    current: Decimal
    unit: str = ""
    kind: MeasureKind = MeasureKind.INCREASE
    upper: Decimal | None = None
    milestones: tuple[str, ...] = ()
    measured: bool = True
    progress: float = field(init=False, compare=False)
    """The part of the way from start to target that is done, 0.0-1.0: (current - start) / (target - start)."""

    def __post_init__(self) -> None:
        way = self.target - self.start
        done = (self.current - self.start) / way if way else Decimal(0)
        object.__setattr__(self, "progress", float(min(max(done, _NOTHING), _ALL)))

    @property
    def is_reached(self) -> bool:
        """Whether the target is reached or passed."""
        return self.progress >= 1.0

    @property
    def goes_below_zero(self) -> bool:
        """Whether a negative number can be a value of it."""
        return min(self.start, self.target) < 0

    def at(self, value: Decimal) -> "Measure":
        """The same measure at another value."""
        return replace(self, current=value)


def measure(start: str, target: str, unit: str, kind: MeasureKind, current: str = "") -> Measure:
    """A measure from what was typed; raises `Refusal` beside the field that is wrong.

    `current` may be left empty: a new key result is at its start.
    """
    suffix = optional(unit, "unit", at_most=20)
    begins, ends = number(start, "start"), number(target, "target")
    made = Measure(begins, ends, begins, suffix, kind)
    for value, beside in ((begins, "start"), (ends, "target")):
        _inside(made, value, beside)
    _leads_somewhere(made)
    return made.at(moved(made, current, "current")) if current.strip() else made


def moved(measure: Measure, typed: str, field: str = "value") -> Decimal:
    """The value that somebody means: "45", "+3", "-2", "80%" of the way, "+10%" of it more, or "done" for the target.

    For a measure in percent "80%" is the value itself, and for one that goes below zero "-2" is. It has at most six
    decimals. Raises `Refusal` beside `field` when it is no value of this measure.
    """
    text = typed.strip().replace("−", "-")
    if text.casefold() == "done":
        return measure.target
    is_step = text.startswith("+") or (text.startswith("-") and not measure.goes_below_zero)
    is_part = text.endswith("%") and measure.unit != "%"
    amount = number(text, field)
    if is_part:
        amount = (measure.target - measure.start) * amount / 100
    begins = measure.current if is_step else measure.start if is_part else Decimal(0)
    return round(_inside(measure, begins + amount, field), 6)


def number(typed: str, field: str) -> Decimal:
    """The number that was typed, such as "1,200", "€3.2", "45%" or "3k"; raises `Refusal` beside `field` otherwise."""
    text = typed.strip()
    bare = re.sub(r"^([+-]?) ?[€$£¥] ?| ?[%€$£¥]$", r"\1", text.replace("−", "-"))
    plain = re.sub(r"(?<=\d)[,_’' \u00a0\u202f](?=\d{3}(\D|$))", "", bare)
    found = re.fullmatch(r"([+-]?) ?(\d{1,16}(?:\.\d{1,6})?) ?([km]?)", plain, re.ASCII | re.IGNORECASE)
    if not found:
        shown = f"“{text[:40]}” is not a number" if text else "A number is missing"
        raise Refusal(f"{shown}. Write it like 45, 1,200 or 99.5.", field)
    scale = {"k": Decimal(1000), "m": Decimal(1_000_000)}.get(found[3].lower(), Decimal(1))
    return Decimal(found[1] + found[2]) * scale


def shown(value: Decimal, unit: str = "") -> str:
    """A value as people read it: "1,200", "99.5%", "€3.2", "45 signups"."""
    text = f"{value.quantize(Decimal(1)):,}" if value == value.to_integral_value() else f"{value.normalize():,f}"
    if unit in {"€", "$", "£", "¥"}:
        return f"-{unit}{text[1:]}" if text.startswith("-") else f"{unit}{text}"
    return f"{text}%" if unit == "%" else f"{text} {unit}".strip()


def _inside(measure: Measure, value: Decimal, field: str) -> Decimal:
    if abs(value) > LARGEST:
        raise Refusal("That number is larger than I can keep. Is the unit right?", field)
    if measure.unit == "%" and not 0 <= value <= 100:
        raise Refusal(f"{shown(value, '%')} is outside this measure: it goes from 0% to 100%.", field)
    if value < 0 and not measure.goes_below_zero:
        raise Refusal(f"{shown(value, measure.unit)} is outside this measure: it cannot go below zero.", field)
    return value


def _leads_somewhere(measure: Measure) -> None:
    if measure.start == measure.target:
        raise Refusal("Start and target are the same, so there is nothing to move. Change one of them.", "target")
    rises = measure.target > measure.start
    if rises != (measure.kind is MeasureKind.INCREASE):
        there = "above" if rises else "below"
        raise Refusal(f"The target is {there} the start, but the key result should {measure.kind}.", "target")
