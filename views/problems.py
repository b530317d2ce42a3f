"""What people read when something cannot be done."""

from views import blocks
from views.blocks import Block, Message, View, leaf, line, rich_text
from views.text import cut, ours


def bug(reference: str) -> str:
    """The sentence for a failure of our own; the log has the same reference."""
    return (
        "Something went wrong on my side and nothing was changed. Please try again; if it happens again, give an admin "
        f"this reference: {reference}"
    )


def unavailable(sure: bool) -> str:
    """The sentence while the database cannot work; `sure` where it is known that nothing was kept."""
    if sure:
        return "My database is not available at the moment, so nothing was changed. Please try again in a few minutes."
    return (
        "My database broke off in the middle, so I do not know whether that was kept. Please look before you try again."
    )


def refused(sentence: str) -> Message:
    """An answer that says why not."""
    return {"text": ours(cut(sentence, 700)), "blocks": [_said(sentence)]}


def modal(sentence: str) -> View:
    """The same in a window of its own, with nothing to do but close it."""
    return blocks.modal("That did not work", [_said(sentence)])


def _said(sentence: str) -> Block:
    """The sentence, with what stands between backticks as something to type, and nothing else in it as markup."""
    parts = sentence.split("`")
    if len(parts) % 2 == 0:
        return rich_text(line(leaf(sentence)))
    return rich_text(line(*(leaf(part, code=bool(n % 2)) for n, part in enumerate(parts) if part)))
