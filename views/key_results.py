"""A key result: its line, what can be pressed beside it, and what an update of it reads like."""

from domain.cycles import Cycle
from domain.home import Moment
from domain.measures import Measure, MeasureKind, shown
from domain.objectives import KeyResult, Objective
from domain.people import Member
from domain.permissions import Verb, may
from domain.projection import Projection
from domain.status import Standing, Status, stands
from views.blocks import Block, Message, Option, button, option, overflow, quote, section
from views.text import bar, count, day_of, escape, first_name, mention, percent, status_mark, status_word

ADD_KEY_RESULT = "key_result.add"
UPDATE = "key_result.update"
KEY_RESULT_MORE = "key_result.more"

MENU = {"update": "Update", "status": "Set status", "edit": "Edit", "archive": "Archive"}
"""What a key result's menu calls each of the things that it offers."""

_SYMBOLS = {"%", "€", "$", "£", "¥"}


def row(
    kr: KeyResult, objective: Objective, moment: Moment, viewer: Member, projection: Projection | None = None
) -> Block:
    """A key result in its objective's card, with what this viewer may do about it."""
    stand = None if kr.archived else stands(kr, objective.cycle, moment.now, moment.today, moment.policy)
    lines = [named(kr), f"{standing(kr, stand.status if stand else None)} · {mention(kr.owner)}"]
    lines += [by_hand(stand)] if stand and stand.override else []
    lines += [going(kr.measure, projection)] if projection else []
    return section("\n".join(lines), _pressable(kr, objective, moment, viewer))


def named(kr: KeyResult) -> str:
    """Its reference and title, in mrkdwn."""
    return f"*{kr.ref}* {escape(kr.title)}" + (" (archived)" if kr.archived else "")


def standing(kr: KeyResult, status: Status | None = None) -> str:
    """Where it stands, in mrkdwn: the bar, the values, the status and how sure its owner is."""
    parts = [bar(kr.measure.progress), way(kr.measure)]
    if status:
        parts.append(status_mark(status))
    if kr.confidence:
        parts.append(sure(kr.confidence))
    return " · ".join(parts)


def sure(confidence: int) -> str:
    """How sure its owner is."""
    return f"confidence {confidence}/10"


def by_hand(stand: Standing) -> str:
    """Who set a status by hand, until when and why, and what the numbers say, in mrkdwn; empty where nobody did."""
    override = stand.override
    if override is None:
        return ""
    says = "" if stand.status is override.status else f"{override.status}, "
    who = escape(first_name(override.by))
    return (
        f"{says}set by {who} until {day_of(override.until)}: {escape(override.reason, 300)} "
        f"(worked out: {status_word(stand.computed)})"
    )


def going(measure: Measure, projection: Projection) -> str:
    """Where it will land at this pace, in mrkdwn, and of how much that is known."""
    if not projection.moves:
        lands = f"it stays at {_figure(measure.at(projection.lands))}"
    else:
        target = escape(shown(measure.target, measure.unit))
        joint = "for a target of" if measure.kind is MeasureKind.DECREASE else "of"
        lands = f"{_figure(measure.at(projection.lands))} {joint} {target} by {day_of(projection.ends)}"
    words = [f"At this pace: {lands}"]
    if projection.reaches:
        words.append(f"the target {'on' if projection.in_time else 'only on'} {day_of(projection.reaches)}")
    return f":chart_with_upwards_trend: {', '.join(words)} (from {count(projection.points, 'day')} with an update)"


def way(measure: Measure) -> str:
    """From where it is to where it should get: "40 → 100 sign-ups"."""
    target = escape(shown(measure.target, measure.unit))
    return target if measure.current == measure.target else f"{_figure(measure)} → {target}"


def in_words(kr: KeyResult, status: Status | None = None) -> str:
    """A key result for notifications and screen readers."""
    words = [f"{kr.ref} {escape(kr.title, 200)}", way(kr.measure), percent(kr.measure.progress)]
    words += [status_word(status)] if status else []
    return ", ".join([*words, *([sure(kr.confidence)] if kr.confidence else [])]) + "."


def updated(
    kr_before: KeyResult, kr_after: KeyResult, moment: Moment, cycle: Cycle, projection: Projection | None = None
) -> Message:
    """The answer to an update."""
    stand = stands(kr_after, cycle, moment.now, moment.today, moment.policy)
    status = stand.status
    change = moved(kr_before.measure, kr_after.measure)
    marks = [bar(kr_after.measure.progress), status_mark(status)]
    if kr_after.confidence:
        marks.append(sure(kr_after.confidence))
    lines = [f"{named(kr_after)}: {change}", " · ".join(marks)]
    lines += [by_hand(stand)] if stand.override else []
    lines += [going(kr_after.measure, projection)] if projection else []
    drawn = [section("\n".join(lines))]
    if kr_after.note and kr_after.note != kr_before.note:
        drawn.append(quote(kr_after.note))
    words = [change, percent(kr_after.measure.progress), status_word(status)]
    words += [sure(kr_after.confidence)] if kr_after.confidence else []
    return {"text": f"{kr_after.ref} {escape(kr_after.title)}: {', '.join(words)}.", "blocks": drawn}


def moved(before: Measure, after: Measure) -> str:
    """What changed: "40 → 45 of 100 sign-ups"."""
    joint = "of" if after.kind is MeasureKind.INCREASE else "towards"
    target = f"{joint} {escape(shown(after.target, after.unit))}"
    if before.current == after.current:
        return f"still {_figure(after)} {target}"
    return f"{_figure(before)} → {_figure(after)} {target}"


def _figure(measure: Measure) -> str:
    """Its current value; a unit that is a word stands once, beside the target."""
    return shown(measure.current, measure.unit if measure.unit in _SYMBOLS else "")


def _pressable(kr: KeyResult, objective: Objective, moment: Moment, viewer: Member) -> Block | None:
    """A button for its owner, who updates it often; a menu for others who look after it."""
    if objective.archived or objective.cycle.is_closed(moment.today):
        return None
    stake = objective.stake_in(kr)
    update = not kr.archived and may(Verb.CHECK_IN, viewer, stake)
    if update and viewer.id == kr.owner.id:
        return button("Update", UPDATE, kr.id)
    edit = may(Verb.EDIT_KEY_RESULT, viewer, stake)
    judge = not kr.archived and may(Verb.OVERRIDE_STATUS, viewer, stake)
    options = _options(kr, {"update": update, "status": judge, "edit": edit, "archive": edit})
    return overflow(KEY_RESULT_MORE, options) if options else None


def _options(kr: KeyResult, allowed: dict[str, bool]) -> list[Option]:
    """What the menu offers; of something archived, only to bring it back."""
    if kr.archived:
        return [option("Restore", f"restore {kr.id}")] if allowed["edit"] else []
    return [option(MENU[verb], f"{verb} {kr.id}") for verb, may_do in allowed.items() if may_do]
