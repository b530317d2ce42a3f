"""How a workspace likes things done: one frozen value, handed to rules and views."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from domain.errors import Refusal


@dataclass(frozen=True, slots=True)
class Policy:
    """Every setting of a workspace, with the defaults that the field has found to work."""

    zone: str = "UTC"
    """IANA zone of the workspace: for its cycles, and for people whose own zone is unknown."""

    check_in_weekday: int = 0
    """The day of the weekly check-in, Monday = 0."""

    check_in_at: time = time(9, 0)
    """The hour of the weekly check-in, on each person's own clock."""

    first_check_in: date | None = None
    """No check-in is asked for before this day."""

    asked_since: date | None = None
    """The day of the first check-in that anybody was ever asked for: nobody was silent before."""

    pilot_teams: tuple[int, ...] = ()
    """Only these teams are asked to check in; empty means everyone."""

    recognition_channel: str | None = None
    """Where thanks are posted."""

    values: tuple[str, ...] = ("courage", "craft", "care", "customers", "curiosity")
    """What a thank-you can be tagged with."""

    shortest_reason: int = 8
    """Characters that a thank-you needs before it says anything."""

    most_recipients: int = 10
    """People who can be thanked at once."""

    behind: float = 0.15
    """A key result is at risk when its progress trails the elapsed part of its cycle by more than this."""

    far_behind: float = 0.35
    """... and off track beyond this."""

    stale_after: timedelta = timedelta(days=10)
    """A key result that nobody has updated for this long is stale: a cadence of a week, and three days of grace."""

    low_confidence: int = 3
    """Whoever is this sure or less is asked why."""

    flat_weeks: int = 4
    """A key result that is reported green but has not moved for so many weeks raises a question to its owner."""

    most_objectives: int = 5
    """Objectives of one owner in a cycle beyond which Cairn warns."""

    most_key_results: int = 5
    """Key results of one objective beyond which Cairn warns."""

    quarters: bool = True
    """Whether a cycle is opened for every calendar quarter; without, only those that somebody opens."""

    planning_weeks: int = 3
    """How long before it begins a cycle is planned."""

    closing_days: int = 14
    """How long after its last day a cycle can still be scored."""

    review: bool = False
    """Whether an objective must be agreed by somebody other than its owner before it counts."""


@dataclass(frozen=True, slots=True)
class Number:
    """A setting that is a number: what it is called, what it means, in which unit, and within which bounds."""

    label: str
    means: str
    unit: str
    least: int
    most: int


NUMBERS: dict[str, Number] = {
    "behind": Number("At risk when behind by", "Progress against the time that has passed.", "%", 1, 90),
    "far_behind": Number("Off track when behind by", "More than what counts as at risk.", "%", 2, 95),
    "stale_after": Number(
        "Stale after",
        "Without a check-in for so long; it is then never called on track. Drafts left as long are asked about.",
        "days",
        1,
        90,
    ),
    "low_confidence": Number("Low confidence, of 10", "Whoever is this sure or less is asked why.", "", 1, 9),
    "flat_weeks": Number("Ask why nothing moves after", "Reported on track, and not moved.", "weeks", 1, 26),
    "most_objectives": Number("Objectives that one person can follow", "Beyond this Cairn warns.", "", 1, 50),
    "most_key_results": Number("Key results that one objective can hold", "Beyond this Cairn warns.", "", 1, 50),
    "planning_weeks": Number("Begin to plan a cycle ahead by", "From then on it can be filled.", "weeks", 0, 12),
    "closing_days": Number("Time to score a cycle after its end", "Then it is closed.", "days", 0, 90),
}
"""The settings that are numbers, as a champion reads them."""

SWITCHES: dict[str, str] = {
    "quarters": "Open a cycle for every calendar quarter",
    "review": "Somebody other than its owner agrees to an objective before it counts",
}
"""The settings that are on or off."""

MOST_VALUES = 20
VALUE_LENGTH = 30


def chosen(typed: Mapping[str, str], before: Policy) -> dict[str, Any]:
    """The settings that were typed, by name; raises `Refusal` beside the one that cannot be."""
    settings: dict[str, Any] = {name: _number(name, typed[name]) for name in NUMBERS if name in typed}
    settings |= {name: typed[name] == "yes" for name in SWITCHES if name in typed}
    if "values" in typed:
        settings["values"] = _values(typed["values"])
    after = replace(before, **settings)
    if after.far_behind <= after.behind:
        later = f"Off track begins at {said('far_behind', after)}%, and at risk at {said('behind', after)}%"
        beside = "far_behind" if "far_behind" in typed else "behind"
        raise Refusal(f"{later}: off track has to begin later than at risk.", beside)
    return settings


def said(name: str, policy: Policy) -> str:
    """A setting as somebody would type it: "15", "yes", "craft, care"."""
    value = getattr(policy, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(round(value * 100))
    if isinstance(value, timedelta):
        return str(value.days)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _number(name: str, typed: str) -> object:
    about = NUMBERS[name]
    text = typed.strip().removesuffix("%").strip()
    if not (text.isascii() and text.isdigit() and about.least <= int(text[:6]) <= about.most and len(text) < 6):
        raise Refusal(f"A whole number from {about.least} to {about.most}, please.", name)
    number = int(text)
    if name == "stale_after":
        return timedelta(days=number)
    return number / 100 if about.unit == "%" else number


def _values(typed: str) -> tuple[str, ...]:
    words = [word.strip("#").casefold() for word in re.split(r"[\s,;]+", typed) if word.strip("#")]
    wrong = [word for word in words if not re.fullmatch(r"[\w-]+", word) or len(word) > VALUE_LENGTH]
    if wrong:
        raise Refusal(
            f"“{wrong[0][:40]}” cannot be a tag. A value is one word of at most {VALUE_LENGTH} characters.", "values"
        )
    if len(set(words)) > MOST_VALUES:
        raise Refusal(f"At most {MOST_VALUES} values, so that each stays known.", "values")
    return tuple(dict.fromkeys(words))
