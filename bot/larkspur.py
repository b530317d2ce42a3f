"""What Larkspur wants: objectives on three levels, each below another, and how a quarter of them goes, week by week."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.inputs import Entered

MONDAYS = 13
"""In a quarter."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A key result as its owner fills it in; `weeks` is what they answer each Monday."""

    fields: Mapping[str, str]
    owner: str
    weeks: tuple[Entered, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective as somebody fills it in, below the one of this reference, and what it comes to in the end."""

    by: str
    fields: Mapping[str, str]
    key_results: tuple[Wanted, ...]
    parent: str = ""
    score: str = "0.7"
    why: str = ""
    mattered: str = "yes"
    learned: str = ""
    verdict: str = "drop"


def climb(start: float, end: float, digits: int = 0) -> tuple[str, ...]:
    """A value for each Monday, on the way from start to end."""
    return tuple(f"{start + (end - start) * week / MONDAYS:.{digits}f}" for week in range(1, MONDAYS + 1))


def number(title: str, start: float, target: float, unit: str, kind: str = "") -> dict[str, str]:
    """The fields of a key result that is a number."""
    chosen = {"kind": kind} if kind else {}
    return chosen | {"title": title, "start": f"{start:g}", "target": f"{target:g}", "unit": unit}


DOWN = "Down: less is better"
AT_LEAST = "Keep at least: never less than this"
MILESTONES = "Milestones: a checklist of steps"
STEPS = ("Sketched", "Tried with five customers", "Built", "Live for everybody")
REACHED = tuple([f"{place}. {step}" for place, step in enumerate(STEPS[:many], 1)] for many in range(len(STEPS) + 1))
"""So many of them, as the form offers them."""

LAST_QUARTER = (
    Aim(
        "ada",
        {"title": "Customers trust us with their busiest day", "level": "The company's"},
        (
            Wanted(
                number("Orders served on the busiest day", 40, 100, "thousand"),
                "ada",
                climb(40, 82),
                "The summer sale was a fair test.",
            ),
        ),
        score="0.7",
        why="We never reached a hundred thousand, and nobody complained.",
        learned="Capacity was never the problem; waiting for releases was.",
        verdict="keep",
    ),
    Aim(
        "chiara",
        {"title": "People recommend us", "level": "The company's"},
        (
            Wanted(
                number("Would recommend us", 31, 45, "points"), "chiara", climb(31, 41), "Onboarding lifts it the most."
            ),
        ),
        score="0.7",
        why="Ten of the fourteen points, most of them in September.",
        learned="One friendly first hour does more than five new features.",
    ),
    Aim(
        "bo",
        {"title": "Nobody waits for us", "level": "A team's", "team": "Engineering"},
        (
            Wanted(
                number("Checkout answers, slowest tenth", 2.4, 1, "seconds", DOWN),
                "gita",
                climb(2.4, 1.2, 2),
                "The slowest query is gone.",
            ),
            Wanted(
                number("Releases a week", 2, 10, "releases"), "bo", climb(2, 9), "Two teams release on their own now."
            ),
            Wanted(
                {"title": "The service is up", "kind": AT_LEAST, "target": "99.9", "start": "99.95", "unit": "%"},
                "farid",
                tuple(["99.95"] * 6 + ["99.7"] + ["99.93"] * 6),
                "One bad night, and we know why.",
            ),
        ),
        parent="O-1",
        score="0.9",
        why="Both numbers moved nearly all the way, and the service stayed up.",
        learned="Small releases made both numbers move.",
        verdict="keep",
    ),
    Aim(
        "chiara",
        {"title": "The first hour feels easy", "level": "A team's", "team": "Product"},
        (
            Wanted(number("Finish the first order alone", 48, 70, "%"), "hana", climb(48, 63), "The tour is shorter."),
            Wanted(
                {"title": "A new tour", "kind": MILESTONES, "milestones": "\n".join(STEPS)},
                "imani",
                tuple(REACHED[steps] for steps in (0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4)),
                "People smile when they see it.",
            ),
        ),
        parent="O-2",
        score="0.7",
        why="The tour came late, and then it worked.",
        mattered="partly",
        learned="We asked for too much at the start.",
    ),
    Aim(
        "diego",
        {"title": "Every question is answered the same day", "level": "A team's", "team": "Customer Success"},
        (
            Wanted(number("First reply", 9, 2, "hours", DOWN), "kalea", climb(9, 5.5, 1), "Mondays are still slow."),
            Wanted(number("Customers who renew", 88, 94, "%"), "jonah", climb(88, 91.6, 1), "Two large ones signed."),
        ),
        parent="O-2",
        score="0.5",
        why="Half of the way for the first reply, two thirds for those who renew.",
        mattered="partly",
        learned="A second shift would help more than better templates.",
        verdict="change",
    ),
    Aim(
        "emi",
        {"title": "Our nightly jobs run on the new database", "level": "One person's"},
        (Wanted(number("Jobs moved", 0, 12, "jobs"), "emi", climb(0, 12), "Another one moved."),),
        parent="O-3",
        score="1.0",
        why="All twelve run there.",
        learned="Moving the smallest first taught us the rest.",
    ),
)

THIS_QUARTER: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "ada": {"Orders served on the busiest day": climb(82, 98)},
    "gita": {
        "Checkout answers within a second": climb(95.5, 99.5, 1),
        "Checkout answers, slowest tenth": climb(1.2, 1.02, 2),
        "Slow pages that a customer told us of": climb(9, 2),
    },
    "bo": {"Nightly jobs on the new database": climb(0, 10), "Releases a week": climb(9, 9)},
    "farid": {"The service is up": ("99.93",) * MONDAYS},
}
"""What is answered this quarter: by whom, by the title of the key result. Diego's team has a lot to do."""
