"""The shapes that Slack knows, each within its limits."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypedDict

from domain.people import Member
from views.text import cut, one_line

MOST_OPTIONS = 100
MOST_CHECKBOXES = 10
"""Slack shows no more in one menu, or in one group of it."""

Block = dict[str, Any]
View = dict[str, Any]
Option = dict[str, Any]


class Message(TypedDict):
    """A message; `text` says the same in words, for notifications and screen readers."""

    text: str
    blocks: list[Block]


def section(text: str, accessory: Block | None = None) -> Block:
    """A paragraph of mrkdwn, perhaps with something to press beside it."""
    return {"type": "section", "text": mrkdwn(text)} | ({"accessory": accessory} if accessory else {})


def fields(*texts: str) -> Block:
    """Up to ten short pieces of mrkdwn in two columns."""
    return {"type": "section", "fields": [mrkdwn(text) for text in texts]}


def context(*texts: str) -> Block:
    """Small print in mrkdwn."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def header(text: str) -> Block:
    """A heading, at most 150 characters."""
    return {"type": "header", "text": plain(text, 150)}


def mrkdwn(text: str) -> Block:
    """Slack's own markup, in which only what we wrote as a link or a mention is one."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def plain(text: str, at_most: int) -> Block:
    """Words without markup on one line, cut with “…” where they are too long."""
    return {"type": "plain_text", "text": cut(one_line(text), at_most) or "–", "emoji": True}


# Rich text: leaves are shown as they are, whatever is in them


def rich_text(*parts: Block) -> Block:
    """Lines and quotes made of leaves."""
    return {"type": "rich_text", "elements": list(parts)}


def line(*leaves: Block) -> Block:
    """One line of leaves."""
    return {"type": "rich_text_section", "elements": list(leaves)}


def quote(text: str) -> Block:
    """What somebody wrote, as they wrote it."""
    return rich_text({"type": "rich_text_quote", "elements": [leaf(text)]})


def leaf(text: str, bold: bool = False, code: bool = False) -> Block:
    """Words as they are."""
    style = {name: True for name, wanted in (("bold", bold), ("code", code)) if wanted}
    return {"type": "text", "text": text or " "} | ({"style": style} if style else {})


def person(member: Member) -> Block:
    """A mention."""
    return {"type": "user", "user_id": member.slack_id}


def people(members: Sequence[Member]) -> list[Block]:
    """Mentions in a sentence: "@Ada, @Bo and @Chidi"."""
    drawn: list[Block] = []
    for place, member in enumerate(members):
        if place:
            drawn.append(leaf(" and " if place == len(members) - 1 else ", "))
        drawn.append(person(member))
    return drawn


# Things to press


def actions(*elements: Block) -> Block:
    """A row of things to press, at most 25, each with an action of its own."""
    return {"type": "actions", "elements": list(elements)}


def button(text: str, action: str, value: object = "", style: str | None = None, confirm: Block | None = None) -> Block:
    """Something to press; `style` is "primary" or "danger", `confirm` what is asked before it counts."""
    made: Block = {"type": "button", "text": plain(text, 75), "action_id": action}
    made |= {"confirm": confirm} if confirm else {}
    return made | ({"value": str(value)} if str(value) else {}) | ({"style": style} if style else {})


def confirmation(title: str, text: str, yes: str, no: str = "Not now") -> Block:
    """What is asked once more before something counts: at most 100, 300, 30 and 30 characters."""
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def overflow(action: str, options: Sequence[Option]) -> Block:
    """A small menu of one to five options."""
    return {"type": "overflow", "action_id": action, "options": list(options)}


def option(text: str, value: object, description: str = "") -> Option:
    """One thing to choose: what is read, what comes back, and perhaps a line that explains it."""
    made = {"text": plain(text, 75), "value": str(value)}
    return made | ({"description": plain(description, 75)} if description else {})


# Things to fill in: an input block's field names both it and its element


def input_block(field: str, label: str, element: Block, optional: bool = False, hint: str = "") -> Block:
    """A field of a form; a `Refusal` beside this field is shown there."""
    made: Block = {
        "type": "input",
        "block_id": field,
        "label": plain(label, 150),
        "element": element | {"action_id": field},
        "optional": optional,
    }
    return made | ({"hint": plain(hint, 2_000)} if hint else {})


def text_input(initial: str = "", placeholder: str = "", multiline: bool = False) -> Block:
    """Words to type."""
    made: Block = {"type": "plain_text_input", "multiline": multiline}
    return made | ({"initial_value": cut(initial, 3_000)} if initial else {}) | _placeholder(placeholder)


def select(options: Sequence[Option], chosen: object = None, placeholder: str = "") -> Block:
    """One of up to 100 options; `chosen` is the value of the one to begin with."""
    return {"type": "static_select", "options": list(options)} | _initial(options, chosen) | _placeholder(placeholder)


def grouped_select(groups: Mapping[str, Sequence[Option]], chosen: object = None, placeholder: str = "") -> Block:
    """One of the options of up to 100 groups, each of up to 100."""
    offered = [each for options in groups.values() for each in options]
    return (
        {"type": "static_select", "option_groups": option_groups(groups)}
        | _initial(offered, chosen)
        | _placeholder(placeholder)
    )


def external_select(chosen: Option | None = None, placeholder: str = "") -> Block:
    """One of what is suggested while somebody types; before they do, of whatever comes first."""
    made: Block = {"type": "external_select", "min_query_length": 0}
    return made | ({"initial_option": chosen} if chosen else {}) | _placeholder(placeholder)


def option_groups(groups: Mapping[str, Sequence[Option]]) -> list[Block]:
    """Options under their labels; of a group that has none nothing is said."""
    return [{"label": plain(label, 75), "options": list(options)} for label, options in groups.items() if options]


def multi_select(options: Sequence[Option], chosen: Iterable[object] = (), placeholder: str = "") -> Block:
    """Any of up to 100 options."""
    wanted = {str(value) for value in chosen}
    picked = [each for each in options if each["value"] in wanted]
    made: Block = {"type": "multi_static_select", "options": list(options)}
    return made | ({"initial_options": picked} if picked else {}) | _placeholder(placeholder)


def checkboxes(options: Sequence[Option], chosen: Iterable[object] = ()) -> Block:
    """Any of the options, all in sight where there are up to ten, as many as Slack takes; else in a menu."""
    many = len(options) > MOST_CHECKBOXES
    return multi_select(options, chosen) | ({} if many else {"type": "checkboxes"})


def radio(options: Sequence[Option], chosen: object = None) -> Block:
    """One of up to ten options, all in sight."""
    return {"type": "radio_buttons", "options": list(options)} | _initial(options, chosen)


def users_select(initial: str | None = None, placeholder: str = "") -> Block:
    """A person of the workspace, by Slack id."""
    made: Block = {"type": "users_select"}
    return made | ({"initial_user": initial} if initial else {}) | _placeholder(placeholder)


def multi_users_select(initial: Sequence[str] = (), placeholder: str = "") -> Block:
    """People of the workspace, by Slack id."""
    made: Block = {"type": "multi_users_select"}
    return made | ({"initial_users": list(initial)} if initial else {}) | _placeholder(placeholder)


def channel_select(initial: str | None = None, placeholder: str = "") -> Block:
    """A public or private channel, by Slack id."""
    made: Block = {"type": "conversations_select", "filter": {"include": ["public", "private"]}}
    return made | ({"initial_conversation": initial} if initial else {}) | _placeholder(placeholder)


def datepicker(initial: date | None = None) -> Block:
    """A day."""
    return {"type": "datepicker"} | ({"initial_date": initial.isoformat()} if initial else {})


def _initial(options: Sequence[Option], chosen: object) -> Block:
    found = next((each for each in options if each["value"] == str(chosen)), None)
    return {"initial_option": found} if found else {}


def _placeholder(text: str) -> Block:
    return {"placeholder": plain(text, 150)} if text else {}


# Wholes


def modal(
    title: str,
    blocks: Sequence[Block],
    submit: str = "",
    callback_id: str = "",
    metadata: Mapping[str, Any] | None = None,
    close: str = "",
) -> View:
    """A form, or without `submit` something to read; `metadata` comes back with it."""
    leave = close or ("Cancel" if submit else "Close")
    made: View = {"type": "modal", "title": plain(title, 24), "close": plain(leave, 24), "blocks": list(blocks)}
    if submit:
        made["submit"] = plain(submit, 24)
    if callback_id:
        made["callback_id"] = callback_id
    if metadata:
        made["private_metadata"] = json.dumps(metadata, separators=(",", ":"))
    return made


def home(blocks: Sequence[Block]) -> View:
    """Somebody's Home."""
    return {"type": "home", "blocks": list(blocks)}
