"""What Slack refuses in the blocks, messages and views that an app sends, and the words in which it says so."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sandbox.block_kit_blocks import MESSAGE, VIEW
from sandbox.block_kit_elements import SUGGESTIONS
from sandbox.block_kit_rules import Problem, problems_of
from sandbox.block_kit_wholes import (
    MESSAGE_TOO_LONG,
    ONE_TABLE,
    VIEW_TOO_LARGE,
    message_as_a_whole,
    unsupported,
    view_as_a_whole,
)

__all__ = ["Problem", "message_problems", "refusal", "suggestion_problems", "view_problems"]

# Slack's error names: by what is wrong, else by the argument that it is wrong in
NOT_AN_ARRAY = Problem("/blocks", "must provide an array")
TOO_MANY_ATTACHMENTS = Problem("/attachments", "no more than 100 items allowed")
ERROR_OF_PROBLEM = {NOT_AN_ARRAY: "invalid_blocks_format", TOO_MANY_ATTACHMENTS: "too_many_attachments"}
ERROR_OF_MESSAGE = {
    MESSAGE_TOO_LONG: "msg_blocks_too_long",
    VIEW_TOO_LARGE: "view_too_large",
    ONE_TABLE: "invalid_attachments",
}
ERROR_OF_ARGUMENT = {
    "blocks": "invalid_blocks",
    "attachments": "invalid_attachments",
    "metadata": "invalid_metadata_format",
}


def message_problems(payload: dict[str, Any], without: Collection[str] = ()) -> list[Problem]:
    """What Slack refuses in a message's text, blocks, attachments and metadata; its other keys are not looked at.

    `without` are the types of blocks that a workspace does not have.
    """
    if not isinstance(payload, dict):
        return [Problem("", "must provide an object")]
    # To the Web API an argument that is null was not given.
    given = {key: value for key, value in payload.items() if value is not None}
    return problems_of(MESSAGE, given, "") or [*unsupported(given, without), *message_as_a_whole(given)]


def view_problems(view: dict[str, Any]) -> list[Problem]:
    """What Slack refuses in a modal or a Home."""
    return list(VIEW(view, "/view")) or list(view_as_a_whole(view, "/view"))


def suggestion_problems(answer: object) -> list[Problem]:
    """What Slack refuses in the options that an app offers for what somebody typed."""
    return list(SUGGESTIONS(answer, ""))


def refusal(problems: list[Problem]) -> dict[str, Any] | None:
    """The body with which Slack answers such problems; None where there are none."""
    if not problems:
        return None
    return {
        "ok": False,
        "error": error_name(problems[0]),
        "response_metadata": {"messages": [str(problem) for problem in problems]},
    }


def error_name(problem: Problem) -> str:
    """Slack's name for the refusal."""
    argument = problem.pointer.split("/")[1] if problem.pointer else ""
    return (
        ERROR_OF_PROBLEM.get(problem)
        or ERROR_OF_MESSAGE.get(problem.message)
        or ERROR_OF_ARGUMENT.get(argument, "invalid_arguments")
    )
