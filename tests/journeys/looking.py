"""What people find in a form, for journeys that have to choose in one."""

from sandbox import inputs
from sandbox.records import Json


def options(modal: Json, field: str) -> list[str]:
    """The texts to choose from in the field with this block_id."""
    element = next(block["element"] for block in modal["blocks"] if block.get("block_id") == field)
    return [each["text"]["text"] for each in inputs.options(element)]


def option(modal: Json, field: str, begins: str) -> str:
    """The choice in this field that begins so."""
    return next(text for text in options(modal, field) if text.startswith(begins))
