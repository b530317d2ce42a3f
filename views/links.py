"""What stands below a link to an objective or a key result."""

from typing import Any

from domain.home import Moment
from domain.objectives import KeyResult, Objective
from domain.status import objective_status, stands
from views import stages
from views.blocks import context, section
from views.key_results import named, standing
from views.text import bar, escape, status_mark

RULE = "Everybody in this conversation may read this, so Cairn shows it below the link."


def unfurl(objective: Objective, kr: KeyResult | None, moment: Moment) -> dict[str, Any]:
    """An objective, or one of its key results, in three lines; people by name, since a link should notify nobody."""
    lines = _key_result(kr, objective, moment) if kr else _objective(objective, moment)
    return {"blocks": [section("\n".join(lines)), context(RULE)]}


def _objective(objective: Objective, moment: Moment) -> list[str]:
    status = objective_status(objective, moment.now, moment.today, moment.policy)
    team = [escape(objective.team.name)] if objective.team else []
    whose = [objective.level.capitalize(), *team, escape(objective.owner.name), escape(objective.cycle.name)]
    figures = f"{bar(objective.progress)} · {stages.mark(objective, moment.today) or status_mark(status)}"
    return [f"*{objective.ref} {escape(objective.title)}*", " · ".join(whose), figures]


def _key_result(kr: KeyResult, objective: Objective, moment: Moment) -> list[str]:
    stand = stands(kr, objective.cycle, moment.now, moment.today, moment.policy)
    whose = f"{escape(kr.owner.name)} · {objective.ref} {escape(objective.title)} · {escape(objective.cycle.name)}"
    return [named(kr), whose, standing(kr, None if stages.mark(objective, moment.today) else stand)]
