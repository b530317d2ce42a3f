"""What may have been forgotten: the question to the owner of what nobody has agreed to while its cycle runs."""

from domain.home import Moment
from domain.objectives import Objective, Stage
from domain.people import Member
from domain.permissions import Verb, may
from views import comments, stages
from views.blocks import Block, Message, actions, button, context, section
from views.text import count, escape

BACKLOG = "forgotten.backlog"
DROP = "forgotten.drop"

_STILL = {Stage.DRAFT: "is still a draft", Stage.PROPOSED: "is proposed, and nobody has agreed to it yet"}


def asked(objective: Objective, moment: Moment, owner: Member) -> Message:
    """What its owner reads, once, with everything that can become of it."""
    title, cycle = escape(objective.title, 300), escape(objective.cycle.name)
    days = count(moment.policy.stale_after.days, "day")
    words = (
        f"{objective.ref} {title} {_STILL[objective.stage]}. {cycle} is under way, and until it is agreed it is not "
        "counted and nobody is asked about it. What shall become of it?"
    )
    rule = (
        f"You get this once, because it is yours and nothing of it has changed for {days}; nobody else is told. "
        "It may well stay as it is. A champion sets how long that is (*Stale after*)."
    )
    return {
        "text": words,
        "blocks": [section(words), actions(*_ways(objective, moment, owner)), context(rule)],
    }


def _ways(objective: Objective, moment: Moment, owner: Member) -> list[Block]:
    """What takes it further, or a word with those who can; else out of the way, or away."""
    ways = stages.buttons(objective, moment, owner) or [button("Talk it over", comments.OPEN, str(objective.ref))]
    if may(Verb.EDIT_OBJECTIVE, owner, objective.stake):
        ways += [button("Move to the backlog", BACKLOG, objective.id), button("Drop it", DROP, objective.id)]
    return ways
