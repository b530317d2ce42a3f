"""What people say of an objective or of one of its key results."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from domain.objectives import KeyResultHeading, ObjectiveId
from domain.people import Member
from domain.words import NOTE, required

CommentId = NewType("CommentId", int)


@dataclass(frozen=True, slots=True)
class Comment:
    """Somebody's words about an objective; where they are about one of its key results, that is named."""

    id: CommentId
    objective: ObjectiveId
    author: Member
    words: str
    at: datetime
    key_result: KeyResultHeading | None = None


def comment_words(typed: str) -> str:
    """The words of a comment, tidied; raises `Refusal` when there are none or too many."""
    return required(typed, "words", "What would you like to say?", at_most=NOTE)
