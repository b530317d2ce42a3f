"""A change of what was agreed to: what those read who can agree to it, and what becomes of it."""

from domain.objectives import KeyResult, Objective
from domain.people import Member
from views import comments
from views.blocks import Message, actions, button, context, section
from views.key_results import agree_button, amended, named
from views.text import escape, mention


def asked(kr: KeyResult, objective: Objective, was: str, now: str, by: Member | None) -> Message:
    """What those read who can agree to it."""
    who = mention(by) if by else "Somebody"
    words = f"{who} changed {kr.ref}: {amended(was, now)}. Do you agree?"
    rule = (
        "You get this because you can agree to it. It counts as it is now, and its card says that this waits for "
        "agreement. An admin chooses who agrees."
    )
    return {
        "text": words,
        "blocks": [
            section(f":pencil2: {words}"),
            context(_which(kr, objective)),
            actions(agree_button(kr), button("Talk about it", comments.OPEN, str(kr.ref))),
            context(rule),
        ],
    }


def settled(kr: KeyResult, was: str, now: str, by: Member | None, agreed_by: Member | None, is_back: bool) -> Message:
    """What the question turns into, once it has been answered or is none any more."""
    if agreed_by:
        words = f":handshake: {mention(agreed_by)} agreed to {kr.ref}: {amended(was, now)}."
    elif is_back:
        words = f":leftwards_arrow_with_hook: {kr.ref} is as it was agreed again: {escape(now, 500)}."
    else:
        words = f":pencil2: {mention(by) if by else 'Somebody'} changed {kr.ref}, which was changed once more since."
    return {"text": words, "blocks": [section(words)]}


def told(kr: KeyResult, objective: Objective, was: str, now: str, by: Member | None) -> Message:
    """What whoever changed it reads once somebody has agreed."""
    words = f"{mention(by) if by else 'Somebody'} agreed to what you changed of {kr.ref}: {amended(was, now)}."
    rule = "You get this once, because you changed it."
    return {
        "text": words,
        "blocks": [section(f":handshake: {words}"), context(_which(kr, objective)), context(rule)],
    }


def agreed(kr: KeyResult, was: str, now: str) -> Message:
    """The answer to whoever agreed."""
    words = f"{kr.ref} {escape(kr.title, 300)} is agreed as it is now: {amended(was, now)}."
    return {"text": words, "blocks": [section(f":handshake: {words}")]}


def _which(kr: KeyResult, objective: Objective) -> str:
    return f"{named(kr)} · {objective.ref} {escape(objective.title, 300)}"
