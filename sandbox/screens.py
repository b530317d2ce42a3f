"""Putting the app's modals and Homes on people's screens, or refusing to."""

import copy
import secrets
from collections.abc import Collection

from sandbox import inputs
from sandbox.block_kit import message_problems, refusal, suggestion_problems, view_problems
from sandbox.errors import SlackError
from sandbox.records import Json, Value, View
from sandbox.triggers import Trigger
from sandbox.workspace import Workspace

STACK_LIMIT = 3


def check_message(content: Json, without: Collection[str]) -> None:
    """Raise SlackError where Slack would refuse this message's text, blocks, attachments or metadata.

    `without` are the types of blocks that the workspace does not have.
    """
    _raise(refusal(message_problems(content, without)))


def check_view(workspace: Workspace, content: Value, instead_of: View | None = None, kind: str = "modal") -> None:
    """Raise SlackError where Slack would refuse this view, or its external_id is another view's."""
    _raise(refusal(view_problems(content)))
    if content["type"] != kind:
        raise SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] expected type {kind}"]})
    external_id = content.get("external_id")
    namesake = workspace.view_called(external_id) if external_id else None
    if namesake and namesake is not instead_of:
        raise SlackError("duplicate_external_id")


def check_suggestions(answer: Json) -> None:
    """Raise SlackError where Slack would refuse the options that the app offers."""
    _raise(refusal(suggestion_problems(answer)))


def open_modal(workspace: Workspace, trigger: Trigger, content: Json) -> View:
    """A new modal in front of the person who pulled the trigger; on top of the one they pulled it in."""
    if trigger.view_id and workspace.modals.get(trigger.user):
        return push_modal(workspace, trigger, content)
    view = _new_view(workspace, trigger.user, content)
    workspace.show_modals(trigger.user, [view])
    return view


def push_modal(workspace: Workspace, trigger: Trigger, content: Json) -> View:
    """Another modal on the stack. Raises SlackError when there is none below, or three already."""
    stack = workspace.modals.get(trigger.user, [])
    if trigger.view_id not in [view.id for view in stack]:
        raise SlackError("invalid_trigger_id")
    if len(stack) >= STACK_LIMIT:
        raise SlackError("push_limit_reached")
    view = _new_view(workspace, trigger.user, content)
    view.root, view.previous = stack[0].id, stack[-1].id
    workspace.show_modals(trigger.user, [*stack, view])
    return view


def update_view(workspace: Workspace, view: View, content: Json, expected_hash: str | None = None) -> View:
    """Redraw a view; what was entered survives where the ids stay the same. Raises SlackError on a stale hash."""
    if expected_hash and expected_hash != view.hash:
        raise SlackError("hash_conflict")
    view.content = with_ids(content)
    view.values = inputs.state(view.content["blocks"], view.values)
    view.hash = _new_hash(workspace)
    view.errors, view.trouble = {}, ""
    workspace.keep_view(view)
    return view


def publish_home(workspace: Workspace, user_id: str, content: Json, expected_hash: str | None = None) -> View:
    """The app's Home for one person. Raises SlackError on a stale hash."""
    home = workspace.homes.get(user_id)
    if home:
        return update_view(workspace, home, content, expected_hash)
    home = _new_view(workspace, user_id, content)
    workspace.show_home(home)
    return home


def with_ids(content: Json) -> Json:
    """The view or message with a block_id on every block and an action_id on every control that came without."""
    written = copy.deepcopy(content)
    for block in inputs.every(written.get("blocks", [])):
        if not block.get("block_id"):
            block["block_id"] = secrets.token_urlsafe(4)
        for element in inputs.elements(block):
            if _is_control(element) and not element.get("action_id"):
                element["action_id"] = secrets.token_urlsafe(4)
    return written


def attachments_with_ids(attachments: list[Json]) -> list[Json]:
    """The attachments of a message, their blocks and controls with ids as `with_ids` gives them."""
    return [with_ids(each) for each in attachments]


def _is_control(element: Json) -> bool:
    return element.get("type") in {
        *inputs.HELD,
        "button",
        "overflow",
        "icon_button",
        "feedback_buttons",
        "workflow_button",
    }


def _new_view(workspace: Workspace, user_id: str, content: Json) -> View:
    view_id = workspace.new_id("V")
    drawn = with_ids(content)
    values = inputs.state(drawn["blocks"], {})
    return View(view_id, user_id, drawn, _new_hash(workspace), root=view_id, values=values)


def _new_hash(workspace: Workspace) -> str:
    return f"{workspace.next_ts()}.{secrets.token_hex(4)}"


def _raise(answer: Json | None) -> None:
    if answer:
        beside = {key: value for key, value in answer.items() if key not in ("ok", "error")}
        raise SlackError(answer["error"], **beside)
