"""Milestones: an ordered checklist, which of them somebody means, and which are reached, in whatever order."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from domain.errors import Refusal
from domain.words import tidy

MOST = 20
"""More are a project plan; and each has to fit a menu, and all of them one field."""

LONGEST = 120
"""Characters in the name of one."""

_BULLET = re.compile(r"^(?:(?:[-*•–—]|\d{1,2}[.)]|\[[ x]?\])\s+)+", re.IGNORECASE)
_TICKED = re.compile(r"^(?:(?:[-*•–—]|\d{1,2}[.)])\s+)*\[x\]\s", re.IGNORECASE)
_OF_THEM = r"(?: milestones?)?"
_COUNT = re.compile(rf"(\d{{1,3}})(?: ?(?:/|(?:out )?of) ?(\d{{1,3}}))?{_OF_THEM}", re.ASCII | re.IGNORECASE)
_STEP = re.compile(rf"([+-]) ?(\d{{1,3}}){_OF_THEM}", re.ASCII | re.IGNORECASE)
_PART = re.compile(r"(\d{1,3}(?:\.\d{1,6})?) ?%", re.ASCII)
NONE_YET = "none yet"
"""What is said where not one is reached."""

_ALL, _NONE = {"done", "all", "all of them"}, {"none", NONE_YET, "none of them", "nothing", "nothing yet"}
PHRASES = tuple(sorted(each for each in _ALL | _NONE if " " in each))
"""What is said of all or of none of them in several words."""

_QUOTED = re.compile(r"[“\"](.+)[”\"]", re.DOTALL)


def listed(typed: str, field: str) -> tuple[str, ...]:
    """The milestones that were written one a line, in order; raises `Refusal` beside `field` when they make no list."""
    names = tuple(filter(None, map(_name, tidy(typed).splitlines())))
    if len(names) < 2:
        raise Refusal("Write two milestones or more, one a line, in the order in which you expect them.", field)
    if len(names) > MOST:
        raise Refusal(f"Those are {len(names)} milestones; please keep it to {MOST}.", field)
    long = next((name for name in names if len(name) > LONGEST), None)
    if long:
        raise Refusal(f"“{long[:40]}…” is long for a milestone; please keep each to {LONGEST} characters.", field)
    twice = next((name for place, name in enumerate(names) if name.casefold() in _folded(names[:place])), None)
    if twice:
        raise Refusal(f"“{twice}” stands there twice. Give each milestone a name of its own.", field)
    return names


def ticked(lines: Iterable[str]) -> tuple[str, ...]:
    """The milestones among these lines that are ticked, as in "[x] Design agreed"."""
    return tuple(_name(line) for line in lines if _TICKED.match(line.strip()))


def with_ticks(names: Iterable[str], reached: Sequence[str]) -> list[str]:
    """The milestones as lines in which each is ticked or not: "[x] Design agreed", "[ ] Beta"."""
    return [f"[{'x' if name in reached else ' '}] {name}" for name in names]


def meant(names: Sequence[str], reached: Sequence[str], typed: str, field: str) -> tuple[str, ...]:
    """Which are reached after "3", "2 of 5", "+1", "-1", "80%", "done", "none" or the name of one more.

    In quotation marks it is the whole name of one and nothing else.
    """
    if name := _QUOTED.fullmatch(typed.strip()):
        return these(names, [*reached, name[1]], field)
    text = typed.strip().replace("−", "-")
    many = _counted(len(names), Decimal(len(reached)), text, field)
    if many is None:
        return these(names, [*reached, _named(names, text, field)], field)
    return so_many(names, reached, int(within(len(names), many, field)))


def these(names: Sequence[str], wanted: Iterable[str], field: str) -> tuple[str, ...]:
    """The wanted ones in the order of the list; raises `Refusal` beside `field` where one of them is not in it."""
    known, folded = _folded(names), [(name, name.casefold()) for name in wanted]
    for name, fold in folded:
        if fold not in known:
            gone = f"There is no milestone “{name[:LONGEST]}” here, or not any more."
            raise Refusal(f"{gone} Open this again to see how the list stands.", field)
    meant = {fold for _, fold in folded}
    return tuple(name for name in names if name.casefold() in meant)


def so_many(names: Sequence[str], reached: Sequence[str], many: int) -> tuple[str, ...]:
    """As many as were said: those that are reached, and as they come those that are not yet; if fewer, without the
    last ones.
    """
    kept = [name for name in names if name in reached][:many]
    to_come = [name for name in names if name not in reached][: many - len(kept)]
    return tuple(name for name in names if name in kept or name in to_come)


def within(all_of_them: int, many: Decimal, field: str) -> Decimal:
    """How many are reached, if there are so many; raises `Refusal` beside `field` otherwise."""
    if not 0 <= many <= all_of_them or many != many.to_integral_value():
        raise Refusal(f"There are {all_of_them} milestones, so it goes from 0 to {all_of_them}.", field)
    return many


def still_reached(before: Sequence[str], reached: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """Which of a changed list are reached: those that were, by their names.

    Where all that differs is what one of them is called, it is still the same one.
    """
    then, now, ticked = _folded(before), _folded(after), _folded(reached)
    differing = [(old, new) for old, new in zip(then, now, strict=False) if old != new]
    renamed = {new: old for old, new in differing} if len(then) == len(now) and len(differing) == 1 else {}
    return tuple(name for name, fold in zip(after, now, strict=True) if renamed.get(fold, fold) in ticked)


def _counted(all_of_them: int, reached: Decimal, text: str, field: str) -> Decimal | None:
    """How many, where it was said in numbers or as all or none; None where it was not."""
    if text.casefold() in _ALL:
        return Decimal(all_of_them)
    if text.casefold() in _NONE:
        return Decimal(0)
    if step := _STEP.fullmatch(text):
        return reached + Decimal(step[1] + step[2])
    if part := _PART.fullmatch(text):
        return all_of_them * Decimal(part[1]) / 100
    if count := _COUNT.fullmatch(text):
        if count[2] and int(count[2]) != all_of_them:
            raise Refusal(f"There are {all_of_them} milestones, not {int(count[2])}.", field)
        return Decimal(count[1])
    return None


def _named(names: Sequence[str], text: str, field: str) -> str:
    """The one that is called so, or that alone begins so or has it in its name."""
    wanted, known = text.casefold(), _folded(names)
    for fits in (wanted.__eq__, lambda name: name.startswith(wanted), lambda name: wanted in name):
        found = [name for name in known if wanted and fits(name)]
        if len(found) == 1:
            return found[0]
    if not text:
        raise Refusal("Which milestones are reached? Say how many, or name one that is.", field)
    raise Refusal(f"“{text[:40]}” is none of the milestones. Say how many are reached, or name one that is.", field)


def _name(line: str) -> str:
    """The milestone in a line, without the sign of a list before it."""
    return " ".join(_BULLET.sub("", line.strip()).split())


def _folded(names: Sequence[str]) -> list[str]:
    return [name.casefold() for name in names]
