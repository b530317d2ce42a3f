"""The weekly check-in: the prompt, the one form for the whole week, and what is left of it afterwards."""

import calendar
from collections.abc import Sequence
from datetime import date

from domain.check_ins import Answers, CheckIn, CheckInId, State, Update
from domain.home import Moment
from domain.measures import told
from domain.objectives import KeyResult, KeyResultId
from domain.people import Member
from domain.policy import Policy
from views import forms
from views.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    divider,
    input_block,
    modal,
    quote,
    section,
    text_input,
)
from views.key_result_forms import VALUE_HINT, read_fields, reason_hint, update_fields
from views.key_results import in_words, named, standing
from views.measures import as_of, bar_of, went
from views.room import IN_MESSAGE, IN_VIEW, fitting
from views.text import count, cut, date_of, escape, first_name, moment_of, spoken

OPEN = "check_in.open"
SKIP = "check_in.skip"
FORM = "check_in"

MOST_KEY_RESULTS = 24
"""Four blocks each, and Slack takes a hundred."""


def prompt(who: Member, check_in: CheckIn, key_results: Sequence[KeyResult], moment: Moment) -> Message:
    """The question that comes once a week."""
    opening = f"Hello {escape(first_name(who))}, how is it going with {_these(key_results)}?"
    closing = f"A minute is enough. It stays open until {moment_of(check_in.closes_at)}."
    foot = [
        section(closing),
        actions(button("Check in", OPEN, check_in.id, "primary"), button("Skip this week", SKIP, check_in.id)),
        _rule(moment.policy),
    ]
    lines = [[section(f"{named(kr)}\n{standing(kr)}")] for kr in key_results]
    drawn = fitting(lines, IN_MESSAGE.without([section(opening), *foot]), _more_in_form)
    words = spoken(opening, [in_words(kr) for kr in key_results])
    return {"text": words, "blocks": [section(opening), *drawn, *foot]}


def receipt(
    check_in: CheckIn,
    key_results: Sequence[KeyResult],
    updates: Sequence[Update],
    moment: Moment,
    taken_back: Sequence[Update] = (),
) -> Message:
    """What stands in place of the prompt once it has been answered or skipped; also what was said and taken back."""
    week = date_of(check_in.day)
    if check_in.state is State.SKIPPED:
        opening = f"You skipped the check-in of {week}. That is fine; the next one will come."
    elif check_in.state is State.ANSWERED:
        opening = f":white_check_mark: Checked in for {week}. Thank you."
    elif moment.now >= check_in.closes_at:
        opening = _over(check_in)
    else:
        opening = f"Your check-in of {week} was not needed any more."
    foot = [*_edit(check_in, moment), *_is_over(check_in, moment), context(_because(moment.policy))]
    return _with_updates(opening, check_in, key_results, [*updates, *taken_back], foot)


def closed(check_in: CheckIn) -> Message:
    """What stands in place of a prompt that nobody answered, once its time is over."""
    return {"text": _over(check_in), "blocks": [section(_over(check_in))]}


def recorded(check_in: CheckIn, key_results: Sequence[KeyResult], updates: Sequence[Update], moment: Moment) -> Message:
    """The answer to a check-in."""
    opening = f":white_check_mark: Your check-in of {date_of(check_in.day)} is recorded."
    return _with_updates(opening, check_in, key_results, updates, _edit(check_in, moment))


def skipped(check_in: CheckIn) -> Message:
    """The answer to skipping a week."""
    words = f"Skipped the check-in of {date_of(check_in.day)}. If you change your mind, `/checkin` opens it."
    return {"text": words, "blocks": [section(words)]}


def nothing_open(next_day: date | None, owns_any: bool) -> Message:
    """The answer to /checkin when there is nothing to answer."""
    if not owns_any:
        words = (
            "You own no key result at the moment, so there is nothing to check in on. "
            "Once one is yours, this is where it is asked about."
        )
    elif next_day:
        words = f"No check-in is open for you just now. The next one comes on {date_of(next_day)}."
    else:
        words = "No check-in is open for you just now. `/okr update KR-34 45` works at any time."
    return {"text": words, "blocks": [section(words)]}


def all_scored() -> Message:
    """The answer to /checkin when everything that it would ask about has its score."""
    words = "What you own has its score by now, so there is nothing to check in on."
    return {"text": words, "blocks": [section(words)]}


def form(
    check_in: CheckIn,
    key_results: Sequence[KeyResult],
    moment: Moment,
    answered: Sequence[Update] = (),
    blocker: str = "",
) -> View:
    """Every key result that somebody owns, with its last value filled in, and one field for what is in the way."""
    before = {update.key_result: update for update in answered}
    low = moment.policy.low_confidence
    doubt = f" {reason_hint(low)}" if low else ""
    top = [context(f"Leave what has not changed as it is. {VALUE_HINT}{doubt}")]
    foot = [divider(), _blocker(blocker or check_in.blocker)]
    parts = [_fields(kr, before.get(kr.id)) for kr in key_results]
    drawn = fitting(parts, IN_VIEW.without([*top, *foot]), _more_by_command)
    offered = [[kr.id, str(kr.ref)] for kr in key_results[:MOST_KEY_RESULTS]]
    kept = forms.marked({"check_in": check_in.id, "key_results": offered}, [*drawn, *foot])
    return modal(f"Check-in, {check_in.day:%-d %B}", [*top, *drawn, *foot], "Save", FORM, kept)


def read(view: forms.Json) -> Answers:
    """The check-in as it was filled in; a value left as it was drawn means that nothing moved."""
    alone = forms.left_alone(view)
    each = [
        read_fields(view, KeyResultId(id_), alone, f" {ref}")
        for id_, ref in _offered(view)
        if forms.has(view, f"value {ref}")
    ]
    id = CheckInId(forms.the_number(view, "check_in"))
    return Answers(id, tuple(each), forms.typed(view, "blocker"), "blocker" in alone)


def _over(check_in: CheckIn) -> str:
    return f"The check-in of {date_of(check_in.day)} has closed. What has moved meanwhile goes into the next one."


def _these(key_results: Sequence[KeyResult]) -> str:
    return "your key result" if len(key_results) == 1 else f"your {count(len(key_results), 'key result')}"


def _rule(policy: Policy) -> Block:
    """Which rule sent a prompt, and how to change it."""
    return context(
        f"{_because(policy)} `/checkin skip` skips a week; it ends when you hand your key results over or archive them."
    )


def _because(policy: Policy) -> str:
    day = calendar.day_name[policy.check_in_weekday]
    return f"You get this on {day}s at {policy.check_in_at:%H:%M} your time because you own a key result."


def _more_in_form(left: int) -> Block:
    return context(f"…and {count(left, 'more key result')}; press *Check in* to see them.")


def _more_by_command(left: int) -> Block:
    return context(f"…and {count(left, 'more key result')} than fit here. Update those with `/okr update KR-34 45`.")


def _with_updates(
    opening: str, check_in: CheckIn, key_results: Sequence[KeyResult], updates: Sequence[Update], foot: list[Block]
) -> Message:
    """An opening, what each key result moved to, and what is in the way."""
    known = {kr.id: kr for kr in key_results}
    moves = [(known[update.key_result], update) for update in updates if update.key_result in known]
    foot = [*_in_the_way(check_in), *foot]
    room = IN_MESSAGE.without([section(opening), *foot])
    drawn = fitting([_move(kr, update) for kr, update in moves], room, _more_moves)
    words = [f"{kr.ref} {escape(kr.title, 200)}: {_change(kr, update)}." for kr, update in moves]
    if check_in.blocker:
        words.append(f"In the way: {escape(check_in.blocker, 1_000)}")
    return {"text": spoken(opening, words), "blocks": [section(opening), *drawn, *foot]}


def _move(kr: KeyResult, update: Update) -> list[Block]:
    if update.undone_at:
        return [section(f"{named(kr)}: {_change(kr, update)}")]
    sure = f" · confidence {update.confidence}/10" if update.confidence else ""
    progress = bar_of(as_of(kr.measure, update.value)) if kr.measure.reads(update.out_of) else ""
    drawn = [section(f"{named(kr)}: {_change(kr, update)}\n{progress}{sure}")]
    if update.note:
        drawn.append(quote(cut(update.note, 300)))
    if kr.measure.awaits_target:
        drawn.append(context(f"It can get a target now: `/okr edit {kr.ref}`."))
    return drawn


def _change(kr: KeyResult, update: Update) -> str:
    if update.undone_at:
        unit = kr.measure.unit if kr.measure.reads(update.out_of) else ""
        return f"taken back, so it stayed at {escape(told(update.previous, update.out_of, unit))}"
    if not kr.measure.reads(update.out_of):
        then, now = (told(value, update.out_of) for value in (update.previous, update.value))
        return f"{now if then == now else f'{then} → {now}'}, as it was measured then"
    return went(kr.measure, update.previous, update.value, update.reached, update.taken_back)


def _more_moves(left: int) -> Block:
    return context(f"…and {count(left, 'more key result')}; `/okr` shows them all.")


def _in_the_way(check_in: CheckIn) -> list[Block]:
    return [section(":construction: In the way:"), quote(check_in.blocker)] if check_in.blocker else []


def _edit(check_in: CheckIn, moment: Moment) -> list[Block]:
    """A way back into the form, for as long as it is open."""
    if moment.now >= check_in.closes_at:
        return []
    words = "Check in after all" if check_in.state is State.SKIPPED else "Edit"
    return [actions(button(words, OPEN, check_in.id))]


def _is_over(check_in: CheckIn, moment: Moment) -> list[Block]:
    """That it can be changed no more, where the button to do so stood."""
    if moment.now < check_in.closes_at or check_in.state is State.OPEN:
        return []
    return [context("It has closed. `/okr update KR-34 45` changes a value at any time.")]


def _fields(kr: KeyResult, before: Update | None) -> list[Block]:
    """One key result in the form; what was said of it in this check-in already stands there."""
    confidence = before.confidence if before else kr.confidence
    top = section(f"{named(kr)}\n{standing(kr)}")
    return [top, *update_fields(kr, confidence, before.note if before else "", f" {kr.ref}")]


def _blocker(text: str) -> Block:
    element = text_input(text, "Waiting for access to the billing system", multiline=True)
    return input_block("blocker", "Is anything in the way?", element, optional=True)


def _offered(view: forms.Json) -> list[tuple[int, str]]:
    """The key results that the form was drawn with: id and reference."""
    kept = forms.metadata(view).get("key_results")
    rows = [row for row in kept if isinstance(row, list) and len(row) == 2] if isinstance(kept, list) else []
    return [(id_, str(ref)) for given, ref in rows if (id_ := forms.number(given)) is not None]
