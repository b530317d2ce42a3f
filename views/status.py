"""A status that is set by hand, and the question about one that is green while nothing moves."""

from datetime import date

from domain.cycles import Cycle, CycleState
from domain.home import Moment
from domain.objectives import KeyResult, KeyResultId, Status
from domain.overrides import LONGEST, SETTABLE, USUAL, OverrideDraft
from domain.policy import Policy
from domain.status import Standing, silence, stands
from views import forms
from views.blocks import (
    Block,
    Message,
    Option,
    View,
    actions,
    button,
    context,
    datepicker,
    input_block,
    modal,
    option,
    radio,
    section,
    text_input,
)
from views.key_results import UPDATE, by_hand, named, standing
from views.text import count, date_of, escape, status_mark, status_word

WILL_MOVE = "status.will_move"
DOUBT = "status.doubt"
SET = "status.set"
FORM = "status"

AUTOMATIC = "auto"


def form(kr: KeyResult, cycle: Cycle, moment: Moment, chosen: Status | None = None) -> View:
    """Which status, until when and why; where one is set already, also a way to take it back."""
    stand = stands(kr, cycle, moment.now, moment.today, moment.policy)
    override = stand.override
    top = [section(f"{named(kr)}\n{standing(kr, stand, silence(kr, cycle, moment.now, moment.policy))}")]
    top += [context(by_hand(stand))] if override else []
    wanted = chosen or (override.status if override else None)
    until = override.until if override else moment.today + USUAL
    blocks = [
        *top,
        input_block("status", "Status", radio(_choices(stand.computed, override is not None), wanted)),
        input_block("until", "Until the end of", datepicker(until), optional=override is not None, hint=_at_most()),
        input_block("reason", "Why?", _reason(), optional=override is not None),
    ]
    # What we have chosen for them is meant, though it is left as it is drawn.
    given = [block for block in blocks if block.get("block_id") != "status"] if chosen else blocks
    return modal(f"Status of {kr.ref}", blocks, "Save", FORM, forms.marked({"key_result": kr.id}, given))


def read(view: forms.Json) -> tuple[KeyResultId, OverrideDraft | None]:
    """The status as it was filled in; None where it shall be worked out again."""
    kr = KeyResultId(forms.the_number(view, "key_result"))
    chosen = forms.chosen(view, "status") or ""
    if chosen == AUTOMATIC:
        return kr, None
    alone = forms.staying(view, ("status", "until"))
    return kr, OverrideDraft(chosen, forms.typed(view, "reason"), forms.day(view, "until"), alone)


def judged(kr: KeyResult, cycle: Cycle, moment: Moment) -> Message:
    """The answer to setting a status by hand or taking it back."""
    stand = stands(kr, cycle, moment.now, moment.today, moment.policy)
    how = by_hand(stand) if stand.override else "its numbers speak again"
    planned = cycle.state(moment.today) is CycleState.PLANNING
    how += f". It shows once {escape(cycle.name)} begins" if planned and stand.override and not cycle.is_backlog else ""
    lines = [named(kr), f"{status_mark(stand.status)} · {how}"]
    if stand.override and stand.status is Status.STALE:
        lines.append("It is stale all the same, until somebody checks in on it.")
    words = f"{kr.ref} {escape(kr.title, 200)}: {status_word(stand.status)}, {how}."
    return {"text": words, "blocks": [section("\n".join(lines))]}


def set_by_another(kr: KeyResult, cycle: Cycle, moment: Moment) -> Message:
    """What its owner hears when somebody else has set its status."""
    stand = stands(kr, cycle, moment.now, moment.today, moment.policy)
    said = by_hand(stand)
    opening = f"The status of {named(kr)} has been set by hand."
    blocks = [
        section(f"{opening}\n{status_mark(stand.status)} · {said}"),
        section("If you see it otherwise, have a word with each other; you can set it as well, or take this back."),
        actions(button("Set status", SET, kr.id), button("Update it", UPDATE, kr.id)),
        context(
            f"You get this because {kr.ref} is yours and somebody else has set its status. "
            f"`/okr status {kr.ref} auto` takes it back."
        ),
    ]
    words = f"{kr.ref} {escape(kr.title, 200)}: {status_word(stand.status)}, {said}."
    return {"text": words, "blocks": blocks}


def flat_question(kr: KeyResult, moment: Moment, weeks: int) -> Message:
    """The question to its owner, and to nobody else, about what is on track without moving."""
    asking = (
        f"{named(kr)} is on track, and has not moved for {count(weeks, 'week')}. Is that right? "
        "There can be good reasons; if there is not one, it is early enough to say so."
    )
    pressed = actions(
        button("It will move", WILL_MOVE, kr.id),
        button("Set to at risk", DOUBT, kr.id),
        button("Update it", UPDATE, kr.id, "primary"),
    )
    spoken = (
        f"{kr.ref} {escape(kr.title, 200)} is on track, and has not moved for {count(weeks, 'week')}. Is that right?"
    )
    blocks = [
        section(asking),
        context(standing(kr, Standing(Status.ON_TRACK, Status.ON_TRACK))),
        pressed,
        _why_asked(moment.policy),
    ]
    return {"text": spoken, "blocks": blocks}


def kept_quiet(kr: KeyResult, cycle: Cycle, until: date | None) -> Message:
    """The answer to "It will move"; without a day where its cycle is over, and nothing of it moves any more."""
    if until:
        again = f"You are not asked about {kr.ref} {escape(kr.title)} again before {date_of(until)}."
    else:
        again = f"{escape(cycle.name)} is over for {kr.ref} {escape(kr.title)}: nobody asks about it any more."
    words = f"Good to know, thank you. {again}"
    return {"text": words, "blocks": [section(words)]}


def _choices(computed: Status, is_set: bool) -> list[Option]:
    by_itself = [option(f"What its numbers say: {status_word(computed)}", AUTOMATIC)] if is_set else []
    return [*(option(status.capitalize(), status.value) for status in SETTABLE), *by_itself]


def _reason() -> Block:
    return text_input(placeholder="The vendor is late", multiline=True)


def _at_most() -> str:
    return f"For {LONGEST.days // 7} weeks at most; after that day its numbers speak again."


def _why_asked(policy: Policy) -> Block:
    return context(
        f"Only you are asked, because a key result of yours is on track without having moved for "
        f"{count(policy.flat_weeks, 'week')}. It ends once the value moves; an admin can choose how many weeks."
    )
