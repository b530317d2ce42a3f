"""Thanks: the form, the post, what each recipient reads, and what is shown of them later."""

from collections.abc import Sequence
from itertools import chain

from domain.people import Member, names
from domain.recognition import Helped, Recognition, Thanks
from domain.references import Prefix, Reference, reference
from views import forms
from views.blocks import (
    MOST_OPTIONS,
    Block,
    Message,
    Option,
    View,
    actions,
    button,
    context,
    external_select,
    grouped_select,
    header,
    input_block,
    leaf,
    line,
    modal,
    multi_users_select,
    option,
    people,
    person,
    quote,
    rich_text,
    section,
    select,
    text_input,
)
from views.room import IN_MESSAGE, fitting
from views.suggestions import KEY_RESULTS, OBJECTIVES, titled
from views.text import cut, escape, mention, one_line, spoken

GIVE = "recognition.give"
LIST = "recognition.list"
FORM = "recognition"

RECENT = 6
_GROUPS = {Prefix.OBJECTIVE: OBJECTIVES, Prefix.KEY_RESULT: KEY_RESULTS}


def form(
    values: Sequence[str], helped: Sequence[Helped] | None, draft: Thanks | None = None, about: Reference | None = None
) -> View:
    """Whom to thank and for what; `about` is the objective or key result that it was opened from.

    Where what was helped is not listed, it is asked for as somebody types.
    """
    given = draft or Thanks((), "", reference=about)
    reason = text_input(given.reason, "Stayed late to get the migration through", multiline=True)
    fields = [
        input_block("recipients", "Who helped?", multi_users_select(given.recipients, "One person, or several")),
        input_block("reason", "What did they do?", reason, hint="They will read these words, and so will the channel."),
        *_values(values, given.value),
        *_helped(helped, given.reference or about),
    ]
    return modal("Say thank you", fields, "Give thanks", FORM)


def read(view: forms.Json) -> Thanks:
    """The thanks as they were filled in."""
    return Thanks(
        recipients=forms.people(view, "recipients"),
        reason=forms.typed(view, "reason"),
        value=forms.chosen(view, "value"),
        reference=reference(forms.chosen(view, "helped") or ""),
    )


def post(recognition: Recognition) -> Message:
    """What the recognition channel reads."""
    who = line(leaf("🙌 "), person(recognition.giver), leaf(" thanked "), *people(recognition.recipients))
    rule = "Posted because somebody said thank you. Add yours with `/kudos`; an admin chooses this channel in *Set up*."
    words = f"{mention(recognition.giver)} thanked {_mentions(recognition)}: {_in_words(recognition)}"
    return {"text": words, "blocks": [rich_text(who), quote(recognition.reason), *_tied(recognition), context(rule)]}


def told(recognition: Recognition, recipient: Member) -> Message:
    """What somebody who was thanked reads."""
    others = [member for member in recognition.recipients if member.id != recipient.id]
    together = [leaf(", together with "), *people(others)] if others else []
    who = line(leaf("🙌 "), person(recognition.giver), leaf(" thanked you"), *together, leaf(":"))
    rule = "You get this whenever a colleague thanks you with `/kudos`. To stop it, mute this conversation in Slack."
    words = f"{mention(recognition.giver)} thanked you: {_in_words(recognition)}"
    return {"text": words, "blocks": [rich_text(who), quote(recognition.reason), *_tied(recognition), context(rule)]}


def recorded(recognition: Recognition, channel: str | None) -> Message:
    """The answer to whoever gave thanks; `channel` is where they will be posted."""
    where = f"posted in <#{channel}> and told to" if channel else "told to"
    words = f"Recorded. Your thanks will be {where} {_mentions(recognition)}."
    return {"text": words, "blocks": [section(words), quote(recognition.reason), *_tied(recognition)]}


def post_failed(recognition: Recognition, error: str) -> Message:
    """What the giver is told when the thanks could not be posted after all."""
    words = (
        f"Your thanks to {_mentions(recognition)} are recorded, but Slack would not let me post them in the channel. "
        "An admin can see why on Cairn's Home."
    )
    why = f"Slack said `{escape(error, 100)}`. You get this because thanks that you gave could not be posted."
    return {"text": words, "blocks": [section(words), quote(recognition.reason), context(why)]}


def recent(recognitions: Sequence[Recognition]) -> list[Block]:
    """The latest thanks, one line each."""
    if not recognitions:
        return [section("No thanks yet. Somebody helped you this week? `/kudos` tells them.")]
    left = len(recognitions) - RECENT
    lines = [_line(each) for each in recognitions[:RECENT]]
    return [rich_text(*lines), *([_more(left)] if left > 0 else [])]


def listed(recognitions: Sequence[Recognition]) -> Message:
    """The answer to a list of thanks, latest first."""
    foot = [actions(button("Say thank you", GIVE, style="primary"))]
    if not recognitions:
        words = "No thanks yet. The first could be yours: `/kudos @somebody for what they did`."
        return {"text": words, "blocks": [section(words), *foot]}
    top = [header("Recent thanks")]
    parts = [[rich_text(_line(each))] for each in recognitions]
    drawn = fitting(parts, IN_MESSAGE.without([*top, *foot]), _more)
    said = [f"{escape(each.giver.name)} thanked {_names(each)}: {escape(each.reason, 400)}" for each in recognitions]
    return {"text": spoken("Recent thanks.", said), "blocks": [*top, *drawn, *foot]}


def _values(values: Sequence[str], chosen: str | None) -> list[Block]:
    if not values:
        return []
    element = select([option(value, value) for value in values[:MOST_OPTIONS]], chosen, "None")
    return [input_block("value", "Which of our values did it show?", element, optional=True)]


def _helped(helped: Sequence[Helped] | None, chosen: Reference | None) -> list[Block]:
    """What the thanks can be tied to, in two groups where it is little enough to be listed."""
    groups = _in_groups(helped or (), chosen)
    if helped is None or any(len(options) > MOST_OPTIONS for options in groups.values()):
        first = next((each for each in chain(*groups.values()) if each["value"] == str(chosen)), None)
        element = external_select(first, "Type a part of its title, or KR-34")
    elif any(groups.values()):
        element = grouped_select(groups, chosen, "None")
    else:
        return []
    return [input_block("helped", "Which objective or key result did it help?", element, optional=True)]


def _in_groups(helped: Sequence[Helped], chosen: Reference | None) -> dict[str, list[Option]]:
    beside = [Helped(chosen, "")] if chosen and chosen not in {each.ref for each in helped} else []
    every = [*beside, *helped]
    return {
        label: [titled(each.ref, each.title) for each in every if each.ref.prefix is kind]
        for kind, label in _GROUPS.items()
    }


def _tied(recognition: Recognition) -> list[Block]:
    """The value that it showed and what it helped, in small print."""
    words = [f"#{escape(recognition.value)}"] if recognition.value else []
    if recognition.helped:
        words.append(f"helped *{recognition.helped.ref}* {escape(recognition.helped.title)}")
    return [context(" · ".join(words))] if words else []


def _in_words(recognition: Recognition) -> str:
    words = escape(recognition.reason, 2_000)
    if recognition.helped:
        words += f" (helped {recognition.helped.ref} {escape(recognition.helped.title, 300)})"
    return words


def _mentions(recognition: Recognition) -> str:
    each = [mention(member) for member in recognition.recipients]
    return " and ".join(filter(None, [", ".join(each[:-1]), *each[-1:]]))


def _names(recognition: Recognition) -> str:
    return escape(names(recognition.recipients))


def _line(recognition: Recognition) -> Block:
    helped_refs = [str(recognition.helped.ref)] if recognition.helped else []
    who = f"{one_line(recognition.giver.name)} thanked {one_line(names(recognition.recipients))}: "
    marks = [*([f"#{recognition.value}"] if recognition.value else []), *helped_refs]
    tied = f" ({', '.join(marks)})" if marks else ""
    return line(leaf(cut(who, 300), bold=True), leaf(cut(one_line(recognition.reason), 300) + tied + "\n"))


def _more(left: int) -> Block:
    return context(f"…and {left} earlier.")
