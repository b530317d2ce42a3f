"""Hints while an objective is drafted: rules about its words and numbers, each with a reason and an example.

They never stand in the way, and judge nobody: a rule says what it has seen, why that matters and how it could read.
What they look for is what the field has learnt to look for: an outcome rather than an activity, a number rather than an
adjective, few rather than many, and a target that is a stretch rather than a formality.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from domain.measures import MeasureKind
from domain.objectives import KeyResult, Level, Objective
from domain.people import can_take_part
from domain.policy import Policy
from domain.references import Reference

Thing = TypeVar("Thing")

TITLE_WORDS = 14
"""Words in an objective's title beyond which nobody remembers it."""

KEY_RESULT_WORDS = 18
"""Words in a key result's title beyond which it says more than one thing."""

FAR_ALONG = 0.7
"""A target of which this part is reached on the day it is set asks for little."""

LITTLE = Decimal("0.05")
"""A target that is nearer to the start than this part of it asks for little."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to think about: what it is about, what was seen, why it matters, and how it could read."""

    about: Reference
    rule: str
    seen: str
    why: str
    example: str


@dataclass(frozen=True, slots=True)
class _Rule(Generic[Thing]):
    """A rule: its name, when it speaks, and what it then says."""

    name: str
    applies: Callable[[Thing, Policy], bool]
    seen: str
    why: str
    example: str


_ACTIVITY = re.compile(
    r"(?:(?:we|i|to|will|shall)\s+)*"
    r"(launch|ship|deliver|build|implement|develop|create|write|design|redesign|deploy|roll out|migrate|set up|"
    r"introduce|complete|finish|organi[sz]e|publish|conduct|prepare|hire|train|document|install|host|attend|work on|"
    r"(?:hold|run)(?= (?:an?|the|weekly|monthly|regular|\d)))\b",
    re.IGNORECASE,
)
_SO_MANY = re.compile(r"\s+(?:(?:at least|about|up to)\s+)?\d[\d.,]*+(?!\s*%)")
_VAGUE = re.compile(
    r"\b(improve|better|best|optimi[sz]e|enhance|streamline|leverage|strengthen|help with|various|"
    r"world[- ]class|as much as possible|more efficient|high[- ]quality|innovative)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d")
_TWO_THINGS = re.compile(r"\band\b.*\band\b|;", re.IGNORECASE)
_WHOLE = Decimal(100)
_COUNTABLE = {MeasureKind.INCREASE, MeasureKind.DECREASE}


def hints(objective: Objective, today: date, policy: Policy) -> list[Hint]:
    """What could be said of an objective and its key results, in order; nothing once its cycle is closed."""
    if objective.archived or objective.cycle.is_closed(today):
        return []
    parts = [*objective.key_results, *objective.proposals]
    found = list(_said(_OF_OBJECTIVES, objective, objective.ref, policy))
    return found + [hint for kr in parts for hint in _said(_OF_KEY_RESULTS, kr, kr.ref, policy)]


def _said(rules: Iterable[_Rule[Thing]], thing: Thing, about: Reference, policy: Policy) -> Iterator[Hint]:
    for rule in rules:
        if rule.applies(thing, policy):
            yield Hint(about, rule.name, rule.seen, rule.why, rule.example)


def _words(title: str) -> int:
    return len(title.split())


def _is_activity(title: str) -> bool:
    """Whether it begins with something to do: a number makes it a measure, unless it only says how many to do."""
    done = _ACTIVITY.match(title.strip())
    if not done:
        return False
    rest = title.strip()[done.end() :]
    return bool(_SO_MANY.match(rest)) or not _NUMBER.search(rest)


def _is_reached(kr: KeyResult) -> bool:
    return kr.updated_at is None and kr.measure.kind in _COUNTABLE and kr.measure.is_reached


def _is_far_along(kr: KeyResult) -> bool:
    new = kr.updated_at is None and kr.measure.kind in _COUNTABLE
    return new and FAR_ALONG <= kr.measure.progress < 1


def _is_small_step(kr: KeyResult) -> bool:
    """Whether the way is short beside where it starts; of a share, also beside what is missing from all of it."""
    way, start = abs(kr.measure.target - kr.measure.start), abs(kr.measure.start)
    beside = min(start, _WHOLE - start) if kr.measure.is_share else start
    return kr.measure.kind in _COUNTABLE and beside > 0 and 0 < way < beside * LITTLE


def _doubles(objective: Objective) -> bool:
    titles = [kr.title.casefold() for kr in objective.key_results]
    return len(set(titles)) < len(titles)


_OF_OBJECTIVES: tuple[_Rule[Objective], ...] = (
    _Rule(
        "no measure",
        lambda o, _: not o.key_results and not o.proposals,
        "It has no key result yet.",
        "Without a number nobody can tell in the end whether it came true.",
        "*Customers love our onboarding*, shown by *sign-ups per week from 40 to 100*.",
    ),
    _Rule(
        "single measure",
        lambda o, _: len(o.key_results) + len(o.proposals) == 1,
        "It stands on a single key result.",
        "One number can rise while what was meant gets worse; a second one keeps it honest.",
        "Beside *tickets answered within an hour from 60 % to 90 %*: *customers happy with the answer, 4.5 of 5*.",
    ),
    _Rule(
        "too many",
        lambda o, policy: len(o.key_results) > policy.most_key_results,
        "It has more key results than can be followed.",
        "Three to five keep the attention together; the rest are often tasks, or belong to another objective.",
        "Keep those that you would still ask about if you could only ask three questions.",
    ),
    _Rule(
        "owner gone",
        lambda o, _: not can_take_part(o.owner),
        "Its owner is not here any more.",
        "What nobody looks after does not move.",
        "Choose somebody who will ask about it every week.",
    ),
    _Rule(
        "no alignment",
        lambda o, _: o.level is not Level.COMPANY and o.helps is None,
        "It does not say which objective it helps.",
        "People do more for what they can see the point of. An objective on its own is fine when that is meant.",
        "*Nobody waits for a deployment* helps *Customers trust us*.",
    ),
    _Rule(
        "no reason",
        lambda o, _: not o.description,
        "It does not say why it matters.",
        "A sentence on the reason settles half of the questions that come later.",
        "*Every second customer who leaves says that setting up took too long.*",
    ),
    _Rule(
        "vague words",
        lambda o, _: bool(_VAGUE.search(o.title)),
        "Its title uses a word such as “improve” or “better”, which is never finished.",
        "People agree to it easily and mean different things.",
        "Instead of *Improve onboarding*: *New customers are at work within a day*.",
    ),
    _Rule(
        "activity",
        lambda o, _: _is_activity(o.title),
        "Its title reads like something to do rather than somewhere to be.",
        "A task can be finished without anybody being better off. An objective says what will be different.",
        "Instead of *Launch the new onboarding*: *New customers are at work within a day*.",
    ),
    _Rule(
        "number in the objective",
        lambda o, _: bool(re.search(r"\d+ ?%|[€$£¥] ?\d|\b\d{2,}\b", o.title)),
        "Its title holds a number.",
        "The objective says where to, the key results say how far: a number in the title is usually one of them.",
        "*Customers stay with us*, shown by *cancellations a month from 40 to 15*.",
    ),
    _Rule(
        "long title",
        lambda o, _: _words(o.title) > TITLE_WORDS,
        f"Its title has more than {TITLE_WORDS} words.",
        "What can be said by heart gets remembered on a Tuesday afternoon.",
        "*Customers love our onboarding*; the rest goes under *Why it matters*.",
    ),
    _Rule(
        "twice the same",
        lambda o, _: _doubles(o),
        "Two of its key results have the same title.",
        "They will be mixed up in every check-in.",
        "*Sign-ups a week, Europe* and *Sign-ups a week, Asia*.",
    ),
)
"""What is looked for in an objective."""

_OF_KEY_RESULTS: tuple[_Rule[KeyResult], ...] = (
    _Rule(
        "activity",
        lambda kr, _: _is_activity(kr.title),
        "It reads like something to do rather than something that changes.",
        "A task can be done without anything getting better. Ask what will be different once it is done.",
        "Instead of *Launch the new help pages*: *questions that reach support, from 120 to 60 a week*.",
    ),
    _Rule(
        "vague words",
        lambda kr, _: bool(_VAGUE.search(kr.title)),
        "Its title uses a word such as “improve” or “better”.",
        "The numbers say better than the word by how much; the title says what is counted.",
        "Instead of *Better response times*: *median response time in ms*.",
    ),
    _Rule(
        "no unit",
        lambda kr, _: not kr.measure.unit and kr.measure.kind in _COUNTABLE and _words(kr.title) < 3,
        "It is not clear what its number counts.",
        "Whoever checks in after a holiday has to know what to count.",
        "Unit: *sign-ups*, *%*, *€* or *hours*.",
    ),
    _Rule(
        "owner gone",
        lambda kr, _: not can_take_part(kr.owner),
        "Its owner is not here any more.",
        "Nobody is asked about it on Monday.",
        "Choose the person who sees this number first.",
    ),
    _Rule(
        "reached already",
        lambda kr, _: _is_reached(kr),
        "Its target is reached already.",
        "What is there needs no quarter. To keep it there, measure it as *at least*.",
        "*Availability at least 99.9 %*, or a target that is still ahead.",
    ),
    _Rule(
        "too easy",
        lambda kr, _: _is_far_along(kr),
        "Most of the way was done on the day it was set.",
        "A target that asks for little gets little.",
        "If it begins at 90 of 100, what would 150 take?",
    ),
    _Rule(
        "small step",
        lambda kr, _: _is_small_step(kr),
        "Its target is within a twentieth of where it starts.",
        "So small a step is often within the noise of a month, and nobody can tell whether it was you.",
        "Instead of *from 200 to 204*: how far would be worth telling a colleague?",
    ),
    _Rule(
        "two things at once",
        lambda kr, _: bool(_TWO_THINGS.search(kr.title)) or _words(kr.title) > KEY_RESULT_WORDS,
        "It seems to say more than one thing.",
        "One number can only show one of them.",
        "Two key results, each with a number of its own.",
    ),
)
"""What is looked for in a key result."""
