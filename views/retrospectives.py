"""Retrospectives: what the thread about a team's objectives, or the company's, begins with."""

from collections import Counter
from collections.abc import Mapping, Sequence

from domain import scores
from domain.closing import Closing, Mattered, Verdict
from domain.cycles import Cycle
from domain.objectives import Level, Objective, ObjectiveId
from domain.people import Team
from domain.permissions import either
from views.blocks import Message, context, section
from views.text import count, escape

_MOVED = {
    Mattered.YES: ("moved what mattered", "moved what mattered"),
    Mattered.PARTLY: ("moved some of what mattered", "moved some of what mattered"),
    Mattered.NO: ("did not move what mattered", "did not move what mattered"),
    Mattered.TOO_EARLY: ("is too fresh to say", "are too fresh to say"),
}
_GOES = {
    Verdict.KEEP: ("goes on as it is", "go on as they are"),
    Verdict.CHANGE: ("goes on as something better", "go on as something better"),
    Verdict.DROP: ("ends here", "end here"),
}
"""What one does and what several do."""


def retrospective(
    cycle: Cycle, team: Team | None, objectives: Sequence[Objective], closings: Mapping[ObjectiveId, Closing]
) -> Message:
    """What the thread about a team's objectives, or the company's, begins with."""
    about = escape(team.name) if team else _companys(objectives)
    scored = [each.score for each in objectives if each.score is not None]
    lines = [f"*Retrospective of {escape(cycle.name)}: {about}*"]
    figures = [count(len(objectives), "objective")]
    if scored:
        figures.append(f"mean score {scores.shown(sum(scored[1:], scored[0]) / len(scored))}")
    if len(scored) < len(objectives):
        figures.append(f"{len(objectives) - len(scored)} closed without a score")
    lines.append(", ".join(figures) + ".")
    lines += _tally([closings[each.id] for each in objectives if each.id in closings])
    lines.append("Each has its own answer in this thread. What would you do again, and what differently?")
    where = "Another channel can be chosen for the team on Cairn's Home" if team else "You run the OKR programme"
    why = (
        "Posted once, when the last objective has its score or the cycle closes. "
        f"{where}; what only some may see is never in it."
    )
    return {"text": "\n".join(lines), "blocks": [section("\n".join(lines)), context(why)]}


def _companys(objectives: Sequence[Objective]) -> str:
    """What the company's retrospective is about: what belongs to no one team is in it too."""
    beside = any(each.level is not Level.COMPANY for each in objectives)
    return "the company and what is of no one team" if beside else "the company"


def _tally(closings: Sequence[Closing]) -> list[str]:
    """How many of them mattered, and what becomes of them, in a sentence each."""
    if not closings:
        return []
    mattered, verdicts = Counter(each.mattered for each in closings), Counter(each.verdict for each in closings)
    return [
        _counted([(mattered[choice], *words) for choice, words in _MOVED.items()]),
        _counted([(verdicts[choice], *words) for choice, words in _GOES.items()]),
    ]


def _counted(each: Sequence[tuple[int, str, str]]) -> str:
    """A number of objectives for each of several things: "2 objectives go on as they are and 1 ends here."."""
    there = [(n, one if n == 1 else many) for n, one, many in each if n]
    said = [f"{f'{n:,}' if place else count(n, 'objective')} {words}" for place, (n, words) in enumerate(there)]
    return either(said, "and") + "."
