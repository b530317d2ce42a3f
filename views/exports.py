"""Exports: what somebody reads who asks for one, and what comes with the files."""

from collections.abc import Mapping
from typing import IO, Any

from views.blocks import Message, context, section
from views.text import escape

ASK = "export.ask"

_WHY = "You get this because you asked for an export. It holds only what you may see in Cairn."


def asked() -> Message:
    """The answer to whoever asks."""
    words = "Your export is on its way: you find it in your conversation with Cairn in a moment."
    return {"text": words, "blocks": [section(f":package: {words}")]}


def handed_over(files: Mapping[str, IO[bytes]]) -> dict[str, Any]:
    """The files, and what is said with them."""
    words = (
        "Here is your export. `okrs.csv` can be brought into Cairn again with `python -m bot import`, the other tables "
        f"are for reading; `cairn.json` holds all of it for programs. {_WHY}"
    )
    return {"text": words, "files": dict(files)}


def failed(error: str) -> Message:
    """The files could not be handed over."""
    if error == "missing_scope":
        words = (
            "Your export cannot be sent, because Cairn may not send files here. An admin can allow it: add the "
            "permission files:write in the app's settings and install the app again. "
            "Whoever runs Cairn can also write it into a folder, with python -m bot export."
        )
    else:
        words = f"Your export could not be sent: Slack said {escape(error)}. Please try it again later."
    return {"text": words, "blocks": [section(words), context(_WHY)]}
