"""Hints for admins: what a workspace does not offer, or what wants mending."""

from views.blocks import Message, context, section
from views.text import escape

_HINTS = {
    "recognition channel": "Thanks cannot be posted in the recognition channel. Invite Cairn to it with `/invite`, or "
    "choose another channel in *Set up* on Cairn's Home. Until then each person is still told in a direct message.",
    "no recognition channel": "No channel for thanks is chosen, so each person is told in a direct message only. "
    "*Set up* on Cairn's Home chooses one.",
    "user groups": "User groups cannot be read here, so teams are made by hand. Everything else works as usual.",
    "people": "The list of people cannot be read here, so Cairn meets people as they use it or are named.",
    "charts": "Slack does not take charts here, so Cairn draws histories in characters.",
    "zones": "Some people have no time zone in Slack. They are asked at the hour of the workspace's own zone.",
    "scopes": "Cairn lacks a permission that it asks for. Install it again from its manifest to grant it.",
    "method": "Slack does not offer something here that Cairn would use. Cairn does without it.",
}


def hint(kind: str, detail: str) -> Message:
    """What an admin is told once."""
    words = sentence(kind, detail)
    rule = context("You get this once, because you look after Cairn here. It stays on Cairn's Home until it is mended.")
    return {"text": words, "blocks": [section(f":bulb: {words}"), rule]}


def sentence(kind: str, detail: str) -> str:
    """The hint of this kind in mrkdwn; the detail is what Slack or the log says of it."""
    words = _HINTS.get(kind) or f"Something wants a look: {escape(kind, 200)}."
    return f"{words} ({escape(detail, 1_000)})" if detail.strip() else words
