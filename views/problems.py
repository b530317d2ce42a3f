"""What people read when something cannot be done."""

from views import blocks
from views.blocks import Message, View, paragraph
from views.text import SPOKEN, escape


def bug(reference: str) -> str:
    """The sentence for a failure of our own; the log has the same reference."""
    return (
        "Something went wrong on my side and nothing was changed. Please try again; if it happens again, give an admin "
        f"this reference: {reference}"
    )


def refused(sentence: str) -> Message:
    """An answer that says why not."""
    return {"text": escape(sentence, SPOKEN), "blocks": [paragraph(sentence)]}


def modal(sentence: str) -> View:
    """The same in a window of its own, with nothing to do but close it."""
    return blocks.modal("That did not work", [paragraph(sentence)])
