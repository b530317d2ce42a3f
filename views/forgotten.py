"""What may have been forgotten while a cycle runs: the question to the owner of what nobody has agreed to, or of what
has been measured and has no target.
"""

from domain.home import Moment
from domain.objectives import KeyResult, Objective, Stage
from domain.people import Member
from domain.permissions import Verb, may
from views import comments, stages
from views.blocks import Block, Message, actions, button, context, section
from views.key_results import SET_TARGET
from views.measures import way
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


def target_awaited(kr: KeyResult, objective: Objective) -> Message:
    """What the owner of what has been measured reads, once, while it has no target."""
    title = escape(kr.title, 300)
    words = (
        f"{kr.ref} {title} is {way(kr.measure)}. Now that you know where it stands, where should it get to by the end "
        f"of {escape(objective.cycle.name)}?"
    )
    rule = "You get this once, because it is yours and was measured a while ago; nobody else is told."
    pressed = [button("Set a target", SET_TARGET, kr.id), button("Talk it over", comments.OPEN, str(kr.ref))]
    return {"text": words, "blocks": [section(words), actions(*pressed), context(rule)]}


def _ways(objective: Objective, moment: Moment, owner: Member) -> list[Block]:
    """What takes it further, or a word with those who can; else out of the way, or away."""
    ways = stages.buttons(objective, moment, owner) or [button("Talk it over", comments.OPEN, str(objective.ref))]
    if may(Verb.EDIT_OBJECTIVE, owner, objective.stake):
        ways += [button("Move to the backlog", BACKLOG, objective.id), button("Drop it", DROP, objective.id)]
    return ways
