"""Milestones: an ordered checklist, and which of them somebody means."""

import re
from collections.abc import Sequence
from decimal import Decimal

from domain.errors import Refusal
from domain.words import tidy

MOST = 20
"""More are a project plan; and each has to fit a menu, and all of them one field."""

LONGEST = 120
"""Characters in the name of one."""

_BULLET = re.compile(r"^(?:(?:[-*•–—]|\d{1,2}[.)]|\[[ x]?\])\s+)+", re.IGNORECASE)
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
    lines = (" ".join(_BULLET.sub("", line.strip()).split()) for line in tidy(typed).splitlines())
    names = tuple(filter(None, lines))
    if len(names) < 2:
        raise Refusal("Write two milestones or more, one a line, in the order in which they come.", field)
    if len(names) > MOST:
        raise Refusal(f"Those are {len(names)} milestones; please keep it to {MOST}.", field)
    long = next((name for name in names if len(name) > LONGEST), None)
    if long:
        raise Refusal(f"“{long[:40]}…” is long for a milestone; please keep each to {LONGEST} characters.", field)
    twice = next((name for place, name in enumerate(names) if name.casefold() in _folded(names[:place])), None)
    if twice:
        raise Refusal(f"“{twice}” stands there twice. Give each milestone a name of its own.", field)
    return names


def meant(names: Sequence[str], reached: Decimal, typed: str, field: str) -> Decimal:
    """How many are reached after "3", "2 of 5", "+1", "-1", "80%", "done", "none" or the name of the last one.

    In quotation marks it is the whole name of one and nothing else.
    """
    if name := _QUOTED.fullmatch(typed.strip()):
        return Decimal(_place(names, name[1], field))
    text = typed.strip().replace("−", "-")
    many = _counted(len(names), reached, text, field)
    if many is None:
        many = _named(names, text, field)
    return within(len(names), many, field)


def quoted(name: str) -> str:
    """A milestone by its name, whatever that may look like and wherever it may stand by then."""
    return f"“{name}”"


def within(all_of_them: int, many: Decimal, field: str) -> Decimal:
    """How many are reached, if there are so many; raises `Refusal` beside `field` otherwise."""
    if not 0 <= many <= all_of_them or many != many.to_integral_value():
        raise Refusal(f"There are {all_of_them} milestones, so it goes from 0 to {all_of_them}.", field)
    return many


def still_reached(before: Sequence[str], reached: int, after: Sequence[str]) -> int:
    """How many of a changed list are reached: up to the last one that was, if it is still there."""
    names = _folded(after)
    left = [names.index(name) + 1 for name in _folded(before[:reached]) if name in names]
    return max(left, default=0)


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


def _named(names: Sequence[str], text: str, field: str) -> Decimal:
    """The place of the one that is called so, or that alone begins so or has it in its name."""
    wanted, known = text.casefold(), _folded(names)
    for fits in (wanted.__eq__, lambda name: name.startswith(wanted), lambda name: wanted in name):
        found = [place for place, name in enumerate(known, 1) if wanted and fits(name)]
        if len(found) == 1:
            return Decimal(found[0])
    if not text:
        raise Refusal("How many milestones are reached? Give a number, or the name of the last one.", field)
    raise Refusal(f"“{text[:40]}” is none of the milestones. Say how many are reached, or name the last one.", field)


def _place(names: Sequence[str], name: str, field: str) -> int:
    known = _folded(names)
    if name.casefold() not in known:
        gone = f"There is no milestone “{name[:LONGEST]}” here, or not any more."
        raise Refusal(f"{gone} Open this again to see how the list stands.", field)
    return known.index(name.casefold()) + 1


def _folded(names: Sequence[str]) -> list[str]:
    return [name.casefold() for name in names]
