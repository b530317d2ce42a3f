"""How settled an objective is: its mark, what takes it further, and what people are told of that."""

from datetime import date

from domain.cycles import CycleState
from domain.home import Moment
from domain.objectives import Objective, Stage, Visibility
from domain.people import Member, names
from domain.stages import may_agree, may_propose
from domain.status import has_ended
from views import comments
from views.blocks import Block, Message, Option, actions, button, context, option, section
from views.key_results import named
from views.measures import way
from views.text import escape, mention

PROPOSE = "objective.propose"
AGREE = "objective.agree"

_MARKS = {
    Stage.DRAFT: (":pencil2:", "draft"),
    Stage.PROPOSED: (":speech_balloon:", "proposed"),
    Stage.DECLINED: (":no_entry_sign:", "declined"),
}
_PLANNED = (":seedling:", "planned")
"""Agreed, while its cycle is still to begin: there is nothing to be on track of yet."""

_ENDED = (":package:", "ended")
"""With its score, or in a cycle that is closed: there is nothing to be on track of any more."""

_SEEN_BY = {Visibility.TEAM: ":lock: only its team sees it", Visibility.PRIVATE: ":lock: private"}
REASON = 600
"""Characters of why it matters that a card shows."""


def mark(objective: Objective, today: date) -> str:
    """How settled it is as an emoji and a word; nothing while it is agreed and runs: then its status counts."""
    return " ".join(_settled(objective, today))


def word(objective: Objective, today: date) -> str:
    """How settled it is in a word; nothing while its status counts."""
    return " ".join(_settled(objective, today)[1:])


def since(objective: Objective, today: date) -> str:
    """From when on it counts, once it is agreed."""
    cycle = objective.cycle
    if cycle.state(today) is not CycleState.PLANNING:
        return "from now on"
    return "once it leaves the backlog" if cycle.is_backlog else f"once {escape(cycle.name)} begins"


def _settled(objective: Objective, today: date) -> tuple[str, ...]:
    if objective.stage in _MARKS:
        return _MARKS[objective.stage]
    if has_ended(objective, today):
        return _ENDED
    return _PLANNED if objective.cycle.state(today) is CycleState.PLANNING else ()


def traits(objective: Objective) -> list[str]:
    """What else is to be known of it on its card: who shares it, who sees it, whether it is a stretch."""
    found = [f"with {mention(each)}" for each in objective.co_owners[:3]]
    if len(objective.co_owners) > 3:
        found.append(f"and {len(objective.co_owners) - 3} more")
    if objective.aspirational:
        found.append("aspirational")
    if objective.visibility in _SEEN_BY:
        found.append(_SEEN_BY[objective.visibility])
    return found


def reason(objective: Objective) -> list[Block]:
    """Why it matters and how it is tagged, in small print."""
    tags = " ".join(f"#{escape(tag)}" for tag in objective.tags)
    words = " · ".join(filter(None, [escape(objective.description, REASON), tags]))
    return [context(words)] if words else []


def options(objective: Objective, moment: Moment, viewer: Member) -> list[Option]:
    """What an objective's menu offers to take it further."""
    return [option(words, f"{verb} {objective.id}") for verb, words in _further(objective, moment, viewer).items()]


def buttons(objective: Objective, moment: Moment, viewer: Member) -> list[Block]:
    """What takes it further, to press; while it has no key result, adding one comes before that."""
    ids = {"propose": PROPOSE, "agree": AGREE}
    further = _further(objective, moment, viewer)
    style = {list(further)[-1]: "primary"} if further and objective.key_results else {}
    return [button(words, ids[verb], objective.id, style.get(verb)) for verb, words in further.items()]


def proposed(objective: Objective, by: Member | None) -> Message:
    """What those read who can agree to it."""
    who = mention(by) if by else "Somebody"
    words = f"{who} proposes {objective.ref} {escape(objective.title, 300)} for {escape(objective.cycle.name)}."
    rule = (
        "You get this because you can agree to it; until somebody does it is not counted and nobody is asked about it. "
        "An admin chooses who agrees."
    )
    return {
        "text": words,
        "blocks": [
            section(f":speech_balloon: {words}"),
            *_inside(objective),
            actions(
                button("Agree", AGREE, objective.id, "primary"),
                button("Talk it over", comments.OPEN, str(objective.ref)),
            ),
            context(rule),
        ],
    }


def agreed(objective: Objective, by: Member | None) -> Message:
    """What its owners read once somebody has agreed to it."""
    who = mention(by) if by else "Somebody"
    words = f"{who} agreed to {objective.ref} {escape(objective.title, 300)}. From now on it counts."
    rule = "You get this once, because it is yours. Its check-ins come with the weekly one; `/okr` shows it."
    return {"text": words, "blocks": [section(f":handshake: {words}"), context(rule)]}


def settled(objective: Objective, by: Member | None) -> Message:
    """What the question turns into for the others who could have agreed."""
    who = mention(by) if by else "Somebody"
    words = f":handshake: {who} agreed to {objective.ref} {escape(objective.title, 300)}. There is nothing left to do."
    return {"text": words, "blocks": [section(words)]}


def _further(objective: Objective, moment: Moment, viewer: Member) -> dict[str, str]:
    """What this viewer may do to take it further."""
    if objective.archived or objective.cycle.is_closed(moment.today):
        return {}
    found = {"propose": "Propose it"} if may_propose(viewer, objective) else {}
    if objective.stage in {Stage.DRAFT, Stage.PROPOSED} and may_agree(viewer, objective, moment.policy):
        found["agree"] = "Agree to it"
    return found


def _inside(objective: Objective) -> list[Block]:
    """Whose it is, why it matters, and how it would show."""
    whose = f"For {escape(objective.team.name, 100)}, looked" if objective.team else "Looked"
    owners = escape(names([objective.owner, *objective.co_owners]), 300)
    lines = [f"{named(kr)} · {way(kr.measure)}" for kr in objective.key_results[:5]]
    return [
        context(f"{whose} after by {owners}."),
        *reason(objective),
        *([section("\n".join(lines))] if lines else []),
    ]
