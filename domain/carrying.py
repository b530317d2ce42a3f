"""Carrying on: an objective of one cycle as a new one in another, and its measures from where they ended."""

from dataclasses import dataclass, replace
from decimal import Decimal

from domain.cycles import Period
from domain.dependencies import Dependency
from domain.errors import Refusal
from domain.measures import Measure, MeasureKind
from domain.objectives import Heading, KeyResult, KeyResultHeading, Objective
from domain.words import TITLE

_ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Along:
    """What goes along with an objective that is carried over, and what does not.

    `below` was carried over before it and hangs below it again; `left` is what it hung below itself, which has not been
    carried over. Teams are `asked` again for what they had confirmed; what is `unasked` stays with the past. Of all of
    it only what whoever carries it over may know of.
    """

    below: tuple[Objective, ...] = ()
    left: Heading | None = None
    asked: tuple[Dependency, ...] = ()
    unasked: tuple[tuple[Dependency, KeyResult], ...] = ()


def run_together(one: Period, other: Period) -> bool:
    """Whether they share a day, so that what is in one can hang below what is in the other."""
    return one.starts <= other.ends and other.starts <= one.ends


def same_part(pulled: KeyResultHeading | None, above: Objective) -> KeyResultHeading | None:
    """The key result that goes on as the one that was pulled on: the one that is called the same."""
    named = (kr for kr in above.key_results if pulled and kr.title == pulled.title)
    return next((KeyResultHeading(kr.id, kr.number, kr.title) for kr in named), None)


def onward(kr: KeyResult, keep_target: bool) -> Measure:
    """Its measure, from where it ended: on to the same target, or as far again; raises `Refusal` if nothing is left.

    A checklist goes on with what is left of it, which is done or not where that is a single step; what is to be kept at
    a level goes on from where it is, what is to be measured first as it is.
    """
    was = kr.measure
    if was.kind is MeasureKind.MILESTONES:
        return _rest_of_the_list(kr)
    if was.kind is MeasureKind.DONE:
        _not_reached(kr)
        return was.at(was.start)
    if was.kind.is_kept:
        return replace(was, start=was.current)
    return _further(kr, keep_target) if was.kind.is_way else was


def _further(kr: KeyResult, keep_target: bool) -> Measure:
    was = kr.measure
    if keep_target:
        _not_reached(kr)
        return replace(was, start=was.current)
    target = _within(was, was.current + (was.target - was.start))
    if target == was.current:
        raise Refusal(f"{kr.ref} can get no further. Leave it out.", "key_results")
    return replace(was, start=was.current, target=target)


def _within(was: Measure, target: Decimal) -> Decimal:
    """A target no further than such a measure can go: a share of a whole to 100%, a number of things to none."""
    is_share = was.unit == "%" and max(was.start, was.target, was.current) <= _ALL
    bounded = min(target, _ALL) if is_share else target
    return bounded if was.goes_below_zero else max(bounded, Decimal(0))


def _rest_of_the_list(kr: KeyResult) -> Measure:
    _not_reached(kr)
    left = kr.measure.to_come
    none = replace(kr.measure, start=Decimal(0), current=Decimal(0), target=Decimal(len(left) or 1), reached=())
    return replace(none, milestones=left) if len(left) > 1 else replace(none, kind=MeasureKind.DONE, milestones=())


def title_of(kr: KeyResult, onward: Measure) -> str:
    """What it is called from then on: of a checklist with one step left, that step as well, where there is room."""
    last = kr.measure.to_come[-1:] if onward.kind is not kr.measure.kind else ()
    named = ": ".join((kr.title, *last))
    return named if len(named) <= TITLE else kr.title


def _not_reached(kr: KeyResult) -> None:
    if kr.measure.is_reached:
        raise Refusal(f"{kr.ref} has reached its target. Leave it out, or set the targets further.", "key_results")
