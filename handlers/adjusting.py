"""What people do to change a cycle or to remove it."""

from domain.cycles import CycleId
from handlers import cycles
from handlers.request import Request, number
from operations import adjusting
from views import adjusting as views


async def edit_typed(request: Request, text: str) -> None:
    """/okr cycle edit [NAME]"""
    await _open(request, text)


async def edit_pressed(request: Request) -> None:
    """Edit."""
    await _open(request, CycleId(number(request.pressed)))


async def submitted(request: Request) -> None:
    """The form for a cycle that is to be changed came back."""
    done = await request.run(adjusting.adjust, *views.read(request.view), request.now)
    card, over = cycles.card(done.standing), views.written_over(request.view, done.before, done.standing.today)
    await request.conclude("Saved", card | {"blocks": [*card["blocks"], *([over] if over else [])]})


async def remove_typed(request: Request, text: str) -> None:
    """/okr cycle remove NAME"""
    await request.answer(views.removed(await request.run(adjusting.remove, text, request.now)))


async def remove_pressed(request: Request) -> None:
    """Remove."""
    gone = await request.run(adjusting.remove, CycleId(number(request.pressed)), request.now)
    await request.tell(views.removed(gone))
    await request.ack()


async def _open(request: Request, which: str | CycleId) -> None:
    found = await request.read(adjusting.to_adjust, which, request.now)
    await request.open(views.form(found.cycle, found.today))
    await request.ack()
