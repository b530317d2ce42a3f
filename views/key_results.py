"""A key result: its line, what can be pressed beside it, and what an update of it reads like."""

from datetime import timedelta

from domain import amendments
from domain.cycles import Cycle, CycleState
from domain.home import Moment
from domain.objectives import KeyResult, Objective, Stage
from domain.people import Member
from domain.permissions import Verb, lets, may, relations
from domain.projection import Projection
from domain.sights import Sight
from domain.status import Standing, Status, silence, stands
from domain.values import shown
from views.blocks import Block, Message, Option, View, actions, button, modal, option, overflow, quote, section
from views.dependencies import marked
from views.measures import bar_of, moved, reach, way
from views.projections import going
from views.text import count, day_of, escape, first_name, mention, status_mark, status_word

ADD_KEY_RESULT = "key_result.add"
AGREE = "key_result.agree"
UPDATE = "key_result.update"
KEY_RESULT_MORE = "key_result.more"
SET_TARGET = "key_result.target"

HELPING_SHOWN = 5
WAITS_SHOWN = 3

WHAT_NEXT = "Now that it has been measured, it can get a target, which starts at what it is at."

MENU = {
    "update": "Update",
    "status": "Set status",
    "edit": "Edit",
    "why": "Why does it matter?",
    "more": "More…",
}
"""What a key result's menu offers, of which Slack shows five; `more` opens the rest."""

REST = {
    "history": ("History", "Everything that happened to it, by whom and when."),
    "depends": ("Depends on another team…", "Ask another team for it; they confirm it or say why not."),
    "archive": ("Archive", "Put it away; nothing is erased."),
}
"""What `more` offers: a button, and what it does."""


def row(kr: KeyResult, seen: Sight, projection: Projection | None = None) -> Block:
    """A key result in its objective's card, with what this viewer may do about it."""
    stand = seen.standing(kr)
    share = f" · {weight(kr)}" if seen.is_weighted else ""
    whose = " ".join([mention(kr.owner), *_helping(kr)])
    stale, at = stand is not None and stand.status is Status.STALE, seen.moment
    silent = silence(kr, seen.objective.cycle, at.now, at.policy) if stale else timedelta()
    lines = [named(kr), f"{standing(kr, stand, silent)}{share} · {whose}"]
    lines += [by_hand(stand)] if stand and stand.override else []
    lines += [going(kr.measure, projection)] if projection else []
    lines += _waits(kr)
    lines += [changed(kr)] if amendments.waits(kr, seen.objective, seen.moment.policy) else []
    return section("\n".join(lines), _pressable(kr, seen))


def changed(kr: KeyResult) -> str:
    """That a change of what was agreed to waits for somebody to agree, in mrkdwn."""
    return f":hourglass: {amended(kr.agreed_to, amendments.terms(kr))}; that waits for agreement"


def amended(was: str, now: str) -> str:
    """What was agreed to and what it is instead, in mrkdwn: "0 to 90 is now 0 to 1"."""
    return f"{escape(was, 500)} is now {escape(now, 500)}"


def agree_button(kr: KeyResult) -> Block:
    """The way to agree to how it is now, and to nothing that it is later."""
    return button("Agree", AGREE, f"{kr.id} {amendments.mark(kr)}", "primary")


def weight(kr: KeyResult) -> str:
    """Its share where it is rolled up with others: "×2"."""
    return f"×{shown(kr.weight)}" if kr.weight else "×0, not counted"


def named(kr: KeyResult) -> str:
    """Its reference and title, in mrkdwn."""
    return f"*{kr.ref}* {escape(kr.title)}" + (" (archived)" if kr.archived else "")


def this_one(kr: KeyResult, seen: Sight) -> str:
    """The key result that somebody asked for, in mrkdwn, before all that stands beside it: how it stands or ended."""
    if kr.stage is Stage.DECLINED:
        return f"{named(kr)} was proposed and has been declined. `/okr history {kr.ref}` tells by whom and why."
    if kr.stage is Stage.PROPOSED:
        return f"{named(kr)} is proposed, and counts once it is accepted."
    stand = seen.standing(kr)
    return f"{named(kr)}\n{standing(kr, stand)}"


def standing(kr: KeyResult, stand: Standing | None = None, silent: timedelta = timedelta()) -> str:
    """Where it stands, in mrkdwn: the bar, the values, the status and how sure its owner is.

    What is stale says what that means: for how long it has been silent, and what its numbers say where that is worse.
    """
    parts = [bar_of(kr.measure), *_where(kr, stand.status if stand else None)]
    if stand:
        parts.append(
            status_mark(stand.status) + (_meaning(silent) if stand.status is Status.STALE else "") + _worse(stand)
        )
    if kr.confidence:
        parts.append(sure(kr.confidence))
    return " · ".join(parts)


def _meaning(silent: timedelta) -> str:
    return f": no check-in for {count(silent.days, 'day')}" if silent.days else ""


def _worse(stand: Standing) -> str:
    """What the numbers say that silence would hide; what was set by hand has a line that says it."""
    return f"; its numbers say {status_word(stand.hidden)}" if stand.hidden and not stand.override else ""


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
        f"(its numbers say: {status_word(stand.computed)})"
    )


def in_words(kr: KeyResult, stand: Standing | None = None) -> str:
    """A key result for notifications and screen readers."""
    words = [f"{kr.ref} {escape(kr.title, 200)}", *_where(kr, stand.status if stand else None), reach(kr.measure)]
    words += [status_word(stand.status) + _worse(stand)] if stand else []
    return ", ".join([*words, *([sure(kr.confidence)] if kr.confidence else [])]) + "."


def updated(
    kr_before: KeyResult, kr_after: KeyResult, moment: Moment, cycle: Cycle, projection: Projection | None = None
) -> Message:
    """The answer to an update."""
    stand = stands(kr_after, cycle, moment.now, moment.today, moment.policy)
    status = stand.status
    change = moved(kr_before.measure, kr_after.measure)
    judged = cycle.state(moment.today) is not CycleState.PLANNING
    marks = [bar_of(kr_after.measure), *([status_mark(status)] if judged else [])]
    if kr_after.confidence:
        marks.append(sure(kr_after.confidence))
    lines = [f"{named(kr_after)}: {change}", " · ".join(marks)]
    lines += [by_hand(stand)] if stand.override else []
    lines += [going(kr_after.measure, projection)] if projection else []
    drawn = [section("\n".join(lines))]
    if kr_after.note and kr_after.note != kr_before.note:
        drawn.append(quote(kr_after.note))
    if kr_after.measure.awaits_target:
        drawn += [section(WHAT_NEXT), actions(button("Set a target", SET_TARGET, kr_after.id))]
    words = [change, reach(kr_after.measure), *([status_word(status)] if judged else [])]
    words += [sure(kr_after.confidence)] if kr_after.confidence else []
    return {"text": f"{kr_after.ref} {escape(kr_after.title)}: {', '.join(words)}.", "blocks": drawn}


def _helping(kr: KeyResult) -> list[str]:
    """Who helps with it: "with @Ada @Bo"."""
    if not kr.contributors:
        return []
    left = len(kr.contributors) - HELPING_SHOWN
    more = [f"and {left} more"] if left > 0 else []
    return ["with", *(mention(who) for who in kr.contributors[:HELPING_SHOWN]), *more]


def _waits(kr: KeyResult) -> list[str]:
    """What other teams have yet to say, and have said, to what it depends on."""
    left = len(kr.waits_for) - WAITS_SHOWN
    lines = [marked(each) for each in kr.waits_for[-WAITS_SHOWN:]]
    return [*lines, f"…and {left} more; `/okr why {kr.ref}` shows them."] if left > 0 else lines


def _where(kr: KeyResult, status: Status | None) -> list[str]:
    """Where it is; what is done or not is not said to be done twice."""
    where = way(kr.measure)
    return [] if status and where == status_word(status) else [where]


def _pressable(kr: KeyResult, seen: Sight) -> Block | None:
    """A button for its owner, who updates it often; a menu for others who look after it."""
    if seen.objective.archived or seen.is_closed:
        return None
    found = relations(seen.viewer, seen.objective.stake_in(kr))
    update = not kr.archived and not seen.is_locked and lets(Verb.CHECK_IN, found)
    if update and seen.viewer.id == kr.owner.id:
        return button("Update", UPDATE, kr.id)
    edit = lets(Verb.EDIT_KEY_RESULT, found)
    judge = not kr.archived and not seen.is_locked and lets(Verb.OVERRIDE_STATUS, found)
    sees = seen.is_readable
    able = {"update": update, "status": judge, "edit": edit, "why": sees, "more": sees}
    options = _options(kr, able, edit and not seen.is_locked)
    return overflow(KEY_RESULT_MORE, options) if options else None


def _options(kr: KeyResult, allowed: dict[str, bool], brought_back: bool) -> list[Option]:
    """What the menu offers; of something archived, only to bring it back."""
    if kr.archived:
        return [option("Restore", f"restore {kr.id}")] if brought_back else []
    return [option(MENU[verb], f"{verb} {kr.id}") for verb, may_do in allowed.items() if may_do]


def rest(kr: KeyResult, objective: Objective, viewer: Member, moment: Moment) -> View:
    """What else this viewer may do about it, each with what it does."""
    policy = moment.policy
    asked = amendments.waits(kr, objective, policy) and amendments.may_agree_to(viewer, kr, objective, policy)
    stake = objective.stake_in(kr)
    able = {
        "history": True,
        "depends": may(Verb.ASK_DEPENDENCY, viewer, stake),
        "archive": objective.score is None and may(Verb.EDIT_KEY_RESULT, viewer, stake),
    }
    offered = [(verb, *words) for verb, words in REST.items() if able[verb] and not kr.archived]
    drawn = [section(does, button(name, KEY_RESULT_MORE, f"{verb} {kr.id}")) for verb, name, does in offered]
    agreeing = [section(changed(kr), agree_button(kr))] if asked else []
    return modal(str(kr.ref), [section(named(kr)), *agreeing, *drawn])
