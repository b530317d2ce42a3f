"""A key result's measure: where it starts, where it should get to, where it is now, and how far that is."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from domain import milestones as checklist
from domain import progress as formulas
from domain.errors import Refusal
from domain.values import LARGEST, OF_ALL, TOO_LARGE, agreed, amount, is_mark, number, shown, without_unit
from domain.words import optional

__all__ = [
    "LARGEST",
    "Measure",
    "MeasureKind",
    "after",
    "inside",
    "measure",
    "moved",
    "number",
    "shown",
    "told",
    "weight",
]

_ZERO, _ONE, _HUNDRED = Decimal(0), Decimal(1), Decimal(100)


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

    @property
    def is_way(self) -> bool:
        """Whether it leads from a start to a target."""
        return self in {MeasureKind.INCREASE, MeasureKind.DECREASE}

    @property
    def is_kept(self) -> bool:
        """Whether it is to be kept up for as long as the cycle lasts, and so is never done before that."""
        return self in {MeasureKind.AT_LEAST, MeasureKind.AT_MOST, MeasureKind.BETWEEN}

    @property
    def is_number(self) -> bool:
        """Whether its value is a number in a unit, rather than a milestone or a yes."""
        return self not in {MeasureKind.MILESTONES, MeasureKind.DONE}


@dataclass(frozen=True, slots=True)
class Measure:
    """From `start` to `target`, now at `current`, all in `unit` ("%", "€", "hours" or nothing).

    `upper` is the upper edge of a band whose lower edge is `target`; `milestones` are an ordered checklist of which
    `current` have been `reached`, the first ones unless it is said which; a baseline is `measured` once somebody has
    told its first value.
    """

    start: Decimal
    target: Decimal
    current: Decimal
    unit: str = ""
    kind: MeasureKind = MeasureKind.INCREASE
    upper: Decimal | None = None
    milestones: tuple[str, ...] = ()
    measured: bool = True
    reached: tuple[str, ...] = ()
    reach: Decimal = field(init=False, compare=False)
    """How far it is, honestly: 1.3 is 30% beyond the target, less than 0 is on the wrong side of where it began."""
    progress: float = field(init=False, compare=False)
    """The same as it is rolled up, 0.0-1.0; `domain/progress.py` has the formula of each kind."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "reached", _reached(self) if self.milestones else ())
        reach = _REACH[self.kind](self)
        object.__setattr__(self, "reach", reach)
        object.__setattr__(self, "progress", formulas.within(reach))

    @property
    def is_reached(self) -> bool:
        """Whether it is done: at its target or beyond.

        What is to be kept is not, however well it stands; nor is what has been measured and has no target yet.
        """
        return self.reach >= 1 and not (self.kind.is_kept or self.awaits_target)

    @property
    def is_share(self) -> bool:
        """Whether it goes from one part of a whole to another, as up-time does; what grows in percent does not."""
        edges = (self.start, self.target)
        return self.unit == "%" and self.kind.is_way and min(edges) >= 0 and max(edges) <= _HUNDRED

    @property
    def range(self) -> tuple[Decimal, Decimal]:
        """Beyond these nobody means it: percent go no further than ten times what they should be, nor below nothing."""
        if self.unit != "%" or not self.kind.is_number or self.kind is MeasureKind.BASELINE:
            return -LARGEST, LARGEST
        edges = (self.start, self.target, self.upper or _ZERO)
        return min(-_HUNDRED, 10 * min(edges)), max(10 * _HUNDRED, 10 * max(edges))

    @property
    def way_in(self) -> Decimal | None:
        """The edge that it has to get to, of what is to be kept but began outside; None of everything else."""
        if not self.kind.is_kept or self.at(self.start).reach == 1:
            return None
        return self.upper if self.upper is not None and self.start > self.upper else self.target

    @property
    def awaits_target(self) -> bool:
        """Whether it is a baseline that has been measured, so that a target can be set."""
        return self.kind is MeasureKind.BASELINE and self.measured

    @property
    def goes_below_zero(self) -> bool:
        """Whether its own numbers do, so that a minus belongs to the number and is no step down."""
        return min(self.values) < 0 or (self.kind.is_kept and self.target <= 0) or not self.measured

    @property
    def can_fall_below_zero(self) -> bool:
        """Whether it may well be below zero one day, though its own numbers are not: money, and change in percent."""
        return is_mark(self.unit) and not (self.is_share or self.goes_below_zero)

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The values that it is made of: where it starts, where it should get to, and where it is."""
        return (self.start, self.target, self.current, *(() if self.upper is None else (self.upper,)))

    @property
    def out_of(self) -> int | None:
        """How many there are of what it counts: its milestones, 1 of what is done or not, None for a number."""
        counted = {MeasureKind.MILESTONES: len(self.milestones), MeasureKind.DONE: 1}
        return counted.get(self.kind)

    def reads(self, out_of: int | None) -> bool:
        """Whether a value that counted `out_of` so many then says something in it now.

        Milestones that are reached stay so when others are added to their list; of a longer list they were others.
        """
        if self.kind is MeasureKind.MILESTONES:
            return out_of is not None and 1 < out_of <= len(self.milestones)
        return out_of == self.out_of

    @property
    def to_come(self) -> tuple[str, ...]:
        """The milestones that are not reached yet."""
        return tuple(name for name in self.milestones if name not in self.reached)

    @property
    def phrases(self) -> tuple[str, ...]:
        """What somebody may say for its value in several words."""
        known = {MeasureKind.MILESTONES: (*self.milestones, *checklist.PHRASES), MeasureKind.DONE: tuple(_NOT_YET)}
        return tuple(phrase for phrase in known.get(self.kind, ()) if " " in phrase)

    @property
    def aim(self) -> str:
        """Where it should be, in words: "100 sign-ups", "keep between 4 and 5 hours", "4 milestones"."""
        if self.kind is MeasureKind.BETWEEN and self.upper is not None:
            return f"keep between {self.figure(self.target)} and {shown(self.upper, self.unit)}"
        if self.kind.is_kept:
            return f"keep {self.kind} {shown(self.target, self.unit)}"
        if self.kind is MeasureKind.MILESTONES:
            return f"{len(self.milestones)} milestones"
        others = {MeasureKind.DONE: "done", MeasureKind.BASELINE: "a first measurement"}
        return others.get(self.kind) or shown(self.target, self.unit)

    def told(self, value: Decimal) -> str:
        """A value of it in words: "45 sign-ups", "3 of 4 milestones", "not done yet"."""
        return told(value, self.out_of, self.unit)

    def figure(self, value: Decimal) -> str:
        """A value where another follows it: with its mark, "€45", but without a unit that is a word, said once."""
        return shown(value, self.unit if is_mark(self.unit) else "")

    def at(self, value: Decimal) -> "Measure":
        """The same measure at another value; a baseline that has one is measured."""
        return replace(self, current=value, measured=True)

    def reaching(self, milestones: tuple[str, ...]) -> "Measure":
        """The same measure with exactly these milestones reached."""
        return replace(self, current=Decimal(len(milestones)), reached=milestones)


def told(value: Decimal, out_of: int | None, unit: str = "") -> str:
    """A value in words: one that counted out of so many (see `Measure.out_of`), or a number in its unit."""
    if out_of is None:
        return shown(value, unit)
    if out_of == 1:
        return "done" if value >= 1 else "not done yet"
    return f"{shown(value)} of {out_of} milestones"


def _reached(of: Measure) -> tuple[str, ...]:
    """Which milestones are reached, in their order: those that are said to be, if they are as many, else the first."""
    said = tuple(name for name in of.milestones if name in of.reached)
    return said if len(said) == of.current else of.milestones[: max(int(of.current), 0)]


_REACH: dict[MeasureKind, Callable[[Measure], Decimal]] = {
    MeasureKind.INCREASE: lambda of: formulas.along(of.start, of.target, of.current),
    MeasureKind.DECREASE: lambda of: formulas.along(of.start, of.target, of.current),
    MeasureKind.AT_LEAST: lambda of: formulas.kept(of.start, of.current, of.target, None),
    MeasureKind.AT_MOST: lambda of: formulas.kept(of.start, of.current, None, of.target),
    MeasureKind.BETWEEN: lambda of: formulas.kept(of.start, of.current, of.target, of.upper),
    MeasureKind.MILESTONES: lambda of: formulas.through(of.current, len(of.milestones)),
    MeasureKind.DONE: lambda of: formulas.told(of.current >= 1),
    MeasureKind.BASELINE: lambda of: formulas.told(of.measured),
}


# A new one


def measure(
    start: str,
    target: str,
    unit: str,
    kind: MeasureKind,
    current: str = "",
    upper: str = "",
    milestones: str = "",
) -> Measure:
    """A measure from what was typed, of which each kind uses its own part; raises `Refusal` beside what is wrong.

    Where no unit is said, it is the mark that stands with the numbers: "€3.2m" is in euros. `milestones` are one a
    line. `current` may be left empty: a new key result is at its start.
    """
    if kind is MeasureKind.MILESTONES:
        names = checklist.listed(milestones, "milestones")
        begun = Measure(_ZERO, Decimal(len(names)), _ZERO, kind=kind, milestones=names)
    elif kind is MeasureKind.DONE:
        begun = Measure(_ZERO, _ONE, _ZERO, kind=kind)
    elif kind is MeasureKind.BASELINE:
        said = agreed(optional(unit, "unit", at_most=20), {"current": current})
        begun = Measure(_ZERO, _ZERO, _ZERO, said, kind, measured=False)
    else:
        said = optional(unit, "unit", at_most=20)
        typed = {"start": start, "target": target, "upper": upper if kind is MeasureKind.BETWEEN else ""}
        bare = {field: without_unit(text.strip(), said) for field, text in typed.items()}
        begun = _between_numbers(**bare, unit=agreed(said, bare), kind=kind)
    return after(begun, current, "current") if current.strip() else begun


def _between_numbers(start: str, target: str, upper: str, unit: str, kind: MeasureKind) -> Measure:
    begins, ends = amount(start, unit, "start"), amount(target, unit, "target")
    edge = amount(upper, unit, "upper") if kind is MeasureKind.BETWEEN else None
    made = Measure(begins, ends, begins, unit, kind, edge)
    for value, beside in ((begins, "start"), (ends, "target"), (edge, "upper")):
        if value is not None:
            inside(made, value, beside)
    if kind.is_way:
        _leads_somewhere(made)
    elif edge is not None and edge <= ends:
        raise Refusal("The upper edge must lie above the lower one.", "upper")
    return made


def _leads_somewhere(measure: Measure) -> None:
    if measure.start == measure.target:
        raise Refusal("Start and target are the same, so there is nothing to move. Change one of them.", "target")
    rises = measure.target > measure.start
    if rises != (measure.kind is MeasureKind.INCREASE):
        there = "above" if rises else "below"
        raise Refusal(f"The target is {there} the start, but the key result should {measure.kind}.", "target")


def weight(typed: str) -> Decimal:
    """A key result's share in its objective, relative to the others; raises `Refusal` beside "weight"."""
    share = number(typed, "weight") if typed.strip() else _ONE
    if not 0 <= share <= 100 or share != round(share, 2):
        raise Refusal(
            "A weight goes from 0 (not counted) to 100. With 1 all count the same; 2 counts twice as much.", "weight"
        )
    return share


# Another value


def after(measure: Measure, typed: str, field: str = "value") -> Measure:
    """The measure at the value that somebody means (see `moved`), of milestones with those reached that they mean."""
    if measure.kind is not MeasureKind.MILESTONES:
        return measure.at(moved(measure, typed, field))
    said = typed.strip()
    already = () if said.startswith("=") else measure.reached
    return measure.reaching(checklist.meant(measure.milestones, already, said.removeprefix("="), field))


def moved(measure: Measure, typed: str, field: str = "value") -> Decimal:
    """The value that somebody means: "45", "+3", "-2", "80%" of the way, "+10%" of it more, or "done" for the target.

    For a measure in percent "80%" is the value itself, and for one that goes below zero "-2" is. Behind "=" a number is
    always the value, also below zero: "=-2". "12 of 40" is 12, where 40 is the target. Milestones are counted or named,
    what is done or not is "done" or "not yet". It has at most six decimals. Raises `Refusal` beside `field` when it is
    no value of this measure.
    """
    said = typed.strip().removeprefix("=")
    exactly = said != typed.strip()
    if measure.kind is MeasureKind.MILESTONES:
        return after(measure, typed, field).current
    if measure.kind is MeasureKind.DONE:
        return _yes_or_not_yet(said, field)
    text = _up_to_the_target(measure, without_unit(said.strip(), measure.unit), field)
    return _number_meant(measure, text.replace("−", "-"), field, exactly)


def inside(measure: Measure, value: Decimal, field: str, below_zero: bool = False) -> Decimal:
    """The value, if this measure can take it; raises `Refusal` beside `field` when it cannot.

    With `below_zero` somebody has said that this is meant, which no number can tell: growth and net churn look like
    any other share, and profit like any other money.
    """
    if measure.kind is MeasureKind.MILESTONES:
        return checklist.within(len(measure.milestones), value, field)
    if abs(value) > LARGEST:
        raise Refusal(TOO_LARGE, field)
    least, most = measure.range
    if not least <= value <= most:
        raise Refusal(f"{shown(value, '%')} is outside this measure: it goes from {least:,}% to {most:,}%.", field)
    if _is_too_low(measure, value) and not below_zero:
        raise Refusal(_too_low(measure, value), field)
    return value


def _up_to_the_target(measure: Measure, text: str, field: str) -> str:
    """The value of "12 of 40", where 40 is the target; raises `Refusal` beside `field` where it is not."""
    found = OF_ALL.fullmatch(text)
    if not found:
        return text
    _has_a_target(measure, text, field)
    if amount(found["all"], measure.unit, field, measure.values) != measure.target:
        raise Refusal(f"“{text[:40]}” does not fit: the target is {shown(measure.target, measure.unit)}.", field)
    return without_unit(found["value"], measure.unit)


def _number_meant(measure: Measure, text: str, field: str, exactly: bool) -> Decimal:
    is_part = text.endswith("%") and "%" not in measure.unit
    if text.casefold() == "done" or is_part:
        _has_a_target(measure, text, field)
    if text.casefold() == "done":
        return measure.target
    minus_steps = text.startswith("-") and not measure.goes_below_zero
    is_step = not exactly and (text.startswith("+") or minus_steps)
    said = amount(text, measure.unit, field, measure.values)
    if is_part:
        said = (measure.target - measure.start) * said / 100
    begins = measure.current if is_step else measure.start if is_part else _ZERO
    value = begins + said
    if "-" in text and not exactly and _is_too_low(measure, value) and value >= measure.range[0]:
        step = "A minus is a step down. " if is_step else ""
        raise Refusal(f"{_too_low(measure, value)} {step}Where it is below zero, write ={text[:40]}.", field)
    return round(inside(measure, value, field, below_zero=exactly), 6)


def _is_too_low(measure: Measure, value: Decimal) -> bool:
    return value < 0 and not measure.goes_below_zero


def _too_low(measure: Measure, value: Decimal) -> str:
    return f"{shown(value, measure.unit)} is outside this measure: it cannot go below zero."


def _has_a_target(measure: Measure, text: str, field: str) -> None:
    if measure.kind is MeasureKind.BASELINE:
        raise Refusal(f"A baseline has no target yet, so “{text[:40]}” says nothing. Give the number it is at.", field)
    if measure.kind.is_kept:
        raise Refusal(f"This one is kept, not reached, so “{text[:40]}” says nothing. Give the number it is at.", field)


_DONE = dict.fromkeys(("done", "yes", "y", "true", "1", "100%", "all", "complete", "completed", "reached"), _ONE)
_NOT_YET = dict.fromkeys(("not yet", "not done yet", "not done", "no", "n", "false", "0", "0%", "open", "none"), _ZERO)


def _yes_or_not_yet(typed: str, field: str) -> Decimal:
    found = (_DONE | _NOT_YET).get(" ".join(typed.split()).casefold())
    if found is None:
        said = f"“{typed.strip()[:40]}” is neither. " if typed.strip() else ""
        raise Refusal(f"{said}This one is done or not: say “done” or “not yet”.", field)
    return found
