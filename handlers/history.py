"""Looking back: what happened to an objective or a key result, and taking back one's own last update."""

from domain.objectives import KeyResultId
from domain.references import Prefix, Reference, the_reference
from handlers.request import Request, number
from operations import history, updates
from views import history as views
from views.blocks import Message
from views.blocks import modal as readable


async def typed(request: Request, text: str) -> None:
    """/okr history KR-34 | O-12"""
    ref = the_reference(text, Prefix.KEY_RESULT, Prefix.OBJECTIVE)
    await request.answer(_told(await request.run(history.asked, ref, request.now)))


async def undo_typed(request: Request, text: str) -> None:
    """/okr undo KR-34"""
    ref = the_reference(text, Prefix.KEY_RESULT)
    moved = await request.run(updates.undo, ref, None, request.now)
    await request.answer(views.undone(moved.before, moved.after))


async def undo_pressed(request: Request) -> None:
    """Take back the update that the button stands under."""
    id, _, at = request.pressed.partition(" ")
    made = int(at) if at.isascii() and at.isdigit() and len(at) < 18 else 0
    moved = await request.run(updates.undo, KeyResultId(number(id)), made, request.now)
    await request.tell(views.undone(moved.before, moved.after))
    await request.ack()


async def open_told(request: Request, which: Reference | KeyResultId) -> None:
    """Show the history of an objective or a key result."""
    found = await request.read(history.foreseen, which, request.now)
    await request.open(readable(f"History of {found.ref}", _told(found)["blocks"][1:]))
    if found.charted:
        await request.run(history.asked, which, request.now)


def _told(found: history.History) -> Message:
    return views.told(
        found.ref, found.objective, found.key_result, found.events, found.points, found.folk, found.charted, found.parts
    )
