"""What an owner does about what may have been forgotten, in place of the question."""

from domain.cycles import BACKLOG
from domain.objectives import ObjectiveId
from handlers.request import Request, number
from operations import moving, objectives
from views import cycles as cycle_views
from views import objectives as views


async def backlog_pressed(request: Request) -> None:
    """Move to the backlog."""
    moved = await request.run(moving.move, ObjectiveId(number(request.pressed)), BACKLOG.name, request.now)
    words = cycle_views.moved(moved.found.only, moved.before)
    await request.tell({"text": words, "blocks": [views.told(words)]})
    await request.ack()


async def drop_pressed(request: Request) -> None:
    """Drop it."""
    gone = await request.run(objectives.archive, ObjectiveId(number(request.pressed)), request.now)
    await request.tell(views.archived(gone.ref, gone.title, restored=False))
    await request.ack()
