"""Finding a control or a field the way a person does: by what is written on it, in what is before their eyes."""

from sandbox import inputs
from sandbox.interactions import InMessage, InView, Place
from sandbox.records import Json, Message, View
from sandbox.workspace import Workspace

Sighted = tuple[Place, list[Json]]
"""A place and the blocks in it."""


def places(workspace: Workspace, user_id: str, home_first: bool) -> list[Sighted]:
    """Where this person looks: in the open modal alone, or else in messages, newest first, and on the Home."""
    modal, home = workspace.modal(user_id), workspace.homes.get(user_id)
    if modal:
        return [_in_view(modal)]
    on_home = [_in_view(home)] if home else []
    channels = workspace.visible_channels(user_id)
    said = [message for channel in channels for message in workspace.timeline(channel.id, user_id)]
    newest_first = sorted(said, key=lambda message: message.ts, reverse=True)
    in_messages = [_in_message(message) for message in newest_first]
    return [*on_home, *in_messages] if home_first else [*in_messages, *on_home]


def place(within: Message | Json) -> Sighted:
    """This message or view, and nothing else."""
    return _in_message(within) if isinstance(within, Message) else (InView(within["id"]), within["blocks"])


def find(where: list[Sighted], label: str) -> tuple[Place, str, Json] | None:
    """The first control with this label or action_id: its place, its block_id and the element."""
    for at, blocks in where:
        for block_id, element in inputs.controls(blocks):
            if label in _labels(blocks, block_id, element):
                return at, block_id, element
    return None


def fields(view: View) -> list[Json]:
    """The input blocks of a view."""
    return [block for block in view.content["blocks"] if block["type"] == "input"]


def field(view: View, label: str) -> Json:
    """The input block with this label or block_id. Raises AssertionError when there is none."""
    for block in fields(view):
        if label in (block["label"]["text"], block["block_id"]):
            return block
    raise AssertionError(f"There is no field {label!r}: {[each['label']['text'] for each in fields(view)]}.")


def _in_view(view: View) -> Sighted:
    return InView(view.id), view.content["blocks"]


def _in_message(message: Message) -> Sighted:
    return InMessage(message.channel, message.ts), message.shown_blocks


def _labels(blocks: list[Json], block_id: str, element: Json) -> set[str]:
    """Every name under which a person or a test knows a control."""
    block = next(each for each in blocks if each.get("block_id") == block_id)
    texts = (element.get("text"), element.get("placeholder"), block.get("label"))
    return {element["action_id"], *(each["text"] for each in texts if isinstance(each, dict))}
