"""Comments: the latest on a card, the form, and how they are carried on."""

from collections.abc import Sequence

from domain.comments import Comment
from domain.objectives import KeyResult, Objective, ObjectiveId
from domain.people import Member, names
from domain.references import Reference, reference
from views import forms
from views.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    input_block,
    leaf,
    line,
    modal,
    quote,
    rich_text,
    section,
    text_input,
)
from views.text import cut, escape, mention, one_line

FORM = "comment"
OPEN = "comment.open"
MENTIONED = 20
"""People who are named beneath a comment in a channel."""


def latest(comments: Sequence[Comment]) -> list[Block]:
    """The latest comments, each on a line."""
    return [rich_text(*(_line(each) for each in comments))] if comments else []


def form(objective: Objective, comments: Sequence[Comment], key_result: KeyResult | None = None) -> View:
    """What was said lately, and room for a word."""
    about = key_result or objective
    kept = {"about": str(about.ref), "objective": objective.id}
    fields = [
        section(f"*{about.ref}* {escape(about.title)}"),
        *latest(comments),
        input_block("words", "Your comment", text_input(multiline=True), hint=_who_reads(objective)),
    ]
    return modal(f"Comment on {about.ref}", fields, "Comment", FORM, kept)


def read(view: forms.Json) -> tuple[Reference | ObjectiveId, str]:
    """What was said, and of what."""
    about = reference(str(forms.metadata(view).get("about") or ""))
    return about or ObjectiveId(forms.the_number(view, "objective")), forms.typed(view, "words")


def told(comment: Comment, objective: Objective, readers: Sequence[Member], in_channel: bool) -> Message:
    """A comment as others read it; a channel is everybody's, so there it calls those whom it concerns."""
    words = f"{mention(comment.author)} on {_about(comment, objective)}:"
    answer = "*Answer* keeps what you say with the objective; what is written into this thread stays in Slack."
    rule = _rule(readers) if in_channel else "You get this because it is yours, or because you commented on it."
    return {
        "text": f"{words} {escape(comment.words, 2_000)}",
        "blocks": [
            section(words),
            quote(comment.words),
            actions(button("Answer", OPEN, str((comment.key_result or objective).ref))),
            context(f"{rule} {answer}"),
        ],
    }


def mentioned(comment: Comment, objective: Objective) -> Message:
    """A comment as somebody reads it whom it mentions."""
    words = f"{mention(comment.author)} mentions you on {_about(comment, objective)}:"
    rule = "You get this whenever a comment mentions you. To stop it, mute this conversation in Slack."
    return {
        "text": f"{words} {escape(comment.words, 2_000)}",
        "blocks": [
            section(words),
            quote(comment.words),
            actions(button("Answer", OPEN, str((comment.key_result or objective).ref))),
            context(rule),
        ],
    }


def said(objective: Objective, comments: Sequence[Comment], unheard: Sequence[Member] = ()) -> Message:
    """The answer to whoever has commented, with a word on those whom it mentions and does not reach."""
    words = f"Your comment is with {objective.ref} {escape(objective.title, 300)}."
    kindly = [context(_not_reached(objective, unheard))] if unheard else []
    return {"text": words, "blocks": [section(f":white_check_mark: {words}"), *latest(comments), *kindly]}


def beneath(message: Message, comments: Sequence[Comment]) -> Message:
    """A card with the latest comments below."""
    return {"text": message["text"], "blocks": [*message["blocks"], *latest(comments)]}


def _not_reached(objective: Objective, unheard: Sequence[Member]) -> str:
    who = escape(names(unheard[:MENTIONED]), 1_000)
    hears = "do not hear" if len(unheard) > 1 else "does not hear"
    return f":wave: {who} cannot see {objective.ref} here, and {hears} of it from Cairn. Talk to them yourself?"


def _rule(readers: Sequence[Member]) -> str:
    called = " ".join(mention(each) for each in readers[:MENTIONED])
    who = f" It concerns {called}." if called else ""
    return f"Comments on a team's objective are posted in its channel.{who}"


def _about(comment: Comment, objective: Objective) -> str:
    about = comment.key_result or objective
    return f"*{about.ref}* {escape(about.title, 300)}"


def _who_reads(objective: Objective) -> str:
    if objective.is_open and objective.team and objective.team.channel:
        return "It is posted in the team's channel, where guests may be too, and stays with the objective."
    return "Its owner and whoever commented before read it in a message; it stays with the objective."


def _line(comment: Comment) -> Block:
    about = f" on {comment.key_result.ref}" if comment.key_result else ""
    who = f"💬 {one_line(comment.author.name)}{about}: "
    return line(leaf(cut(who, 200), bold=True), leaf(cut(one_line(comment.words), 300) + "\n"))
