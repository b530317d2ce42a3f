"""A key result: its line, what can be pressed beside it, and what an update of it reads like."""

from domain.cycles import Cycle
from domain.home import Moment
from domain.objectives import KeyResult, Objective
from domain.people import Member
from domain.permissions import Verb, may
from domain.status import Status, key_result_status
from domain.values import shown
from views.blocks import Block, Message, Option, actions, button, option, overflow, quote, section
from views.measures import bar_of, moved, reach, way
from views.text import escape, mention, status_mark, status_word

ADD_KEY_RESULT = "key_result.add"
UPDATE = "key_result.update"
KEY_RESULT_MORE = "key_result.more"
SET_TARGET = "key_result.target"

WHAT_NEXT = "Now that it has been measured, it can get a target, which starts at what it is at."


def row(kr: KeyResult, objective: Objective, moment: Moment, viewer: Member) -> Block:
    """A key result in its objective's card, with what this viewer may do about it."""
    status = None if kr.archived else key_result_status(kr, objective.cycle, moment.now, moment.today, moment.policy)
    share = f" · {weight(kr)}" if objective.is_weighted else ""
    return section(
        f"{named(kr)}\n{standing(kr, status)}{share} · {mention(kr.owner)}", _pressable(kr, objective, moment, viewer)
    )


def weight(kr: KeyResult) -> str:
    """Its share where it is rolled up with others: "×2"."""
    return f"×{shown(kr.weight)}" if kr.weight else "×0, not counted"


def named(kr: KeyResult) -> str:
    """Its reference and title, in mrkdwn."""
    return f"*{kr.ref}* {escape(kr.title)}" + (" (archived)" if kr.archived else "")


def standing(kr: KeyResult, status: Status | None = None) -> str:
    """Where it stands, in mrkdwn: the bar, the values, the status and how sure its owner is."""
    parts = [bar_of(kr.measure), *_where(kr, status)]
    if status:
        parts.append(status_mark(status))
    if kr.confidence:
        parts.append(f"confidence {kr.confidence}/10")
    return " · ".join(parts)


def in_words(kr: KeyResult, status: Status | None = None) -> str:
    """A key result for notifications and screen readers."""
    words = [f"{kr.ref} {escape(kr.title, 200)}", *_where(kr, status), reach(kr.measure)]
    return ", ".join([*words, *([status_word(status)] if status else [])]) + "."


def updated(kr_before: KeyResult, kr_after: KeyResult, moment: Moment, cycle: Cycle) -> Message:
    """The answer to an update."""
    status = key_result_status(kr_after, cycle, moment.now, moment.today, moment.policy)
    change = moved(kr_before.measure, kr_after.measure)
    marks = [bar_of(kr_after.measure), status_mark(status)]
    if kr_after.confidence:
        marks.append(f"confidence {kr_after.confidence}/10")
    drawn = [section(f"{named(kr_after)}: {change}\n{' · '.join(marks)}")]
    if kr_after.note and kr_after.note != kr_before.note:
        drawn.append(quote(kr_after.note))
    if kr_after.measure.awaits_target:
        drawn += [section(WHAT_NEXT), actions(button("Set a target", SET_TARGET, kr_after.id))]
    words = f"{reach(kr_after.measure)}, {status_word(status)}"
    return {"text": f"{kr_after.ref} {escape(kr_after.title)}: {change}, {words}.", "blocks": drawn}


def _where(kr: KeyResult, status: Status | None) -> list[str]:
    """Where it is; what is done or not is not said to be done twice."""
    where = way(kr.measure)
    return [] if status and where == status_word(status) else [where]


def _pressable(kr: KeyResult, objective: Objective, moment: Moment, viewer: Member) -> Block | None:
    """A button for its owner, who updates it often; a menu for others who look after it."""
    if objective.archived or objective.cycle.is_closed(moment.today):
        return None
    stake = objective.stake_in(kr)
    update = not kr.archived and may(Verb.CHECK_IN, viewer, stake)
    if update and viewer.id == kr.owner.id:
        return button("Update", UPDATE, kr.id)
    edit = may(Verb.EDIT_KEY_RESULT, viewer, stake)
    options = _options(kr, {"update": update, "edit": edit, "archive": edit})
    return overflow(KEY_RESULT_MORE, options) if options else None


def _options(kr: KeyResult, allowed: dict[str, bool]) -> list[Option]:
    """What the menu offers; of something archived, only to bring it back."""
    if kr.archived:
        return [option("Restore", f"restore {kr.id}")] if allowed["edit"] else []
    return [option(verb.capitalize(), f"{verb} {kr.id}") for verb, may_do in allowed.items() if may_do]
