"""What people do to see how things hang together."""

from domain.lists import Wanted
from domain.objectives import KeyResultId, ObjectiveId
from domain.references import Prefix, Reference, reference, the_reference
from domain.words import MENTION
from handlers import objectives
from handlers.request import Request, number
from operations import alignment
from views import alignment as views

EITHER = (Prefix.OBJECTIVE, Prefix.KEY_RESULT)


async def tree(request: Request, text: str) -> None:
    """/okr tree [company | team [NAME] | @person | O-12] [Q4 2026 | …]"""
    ref = reference(text)
    if ref:
        found = await request.read(alignment.tree_of, the_reference(text, *EITHER), request.now)
    else:
        await request.meet(MENTION.findall(text))
        found = await request.read(alignment.typed, text, request.now)
    await request.answer(views.tree(found))


async def why(request: Request, text: str) -> None:
    """/okr why KR-34 | O-12"""
    await request.answer(views.why(await request.read(alignment.why, the_reference(text, *EITHER), request.now)))


async def tree_pressed(request: Request) -> None:
    """Show the tree."""
    await request.open(views.tree_view(await request.read(alignment.tree, Wanted(), request.now)))
    await request.ack()


async def align_pressed(request: Request) -> None:
    """Say what an objective helps."""
    await objectives.open_again(request, ObjectiveId(number(request.pressed)))
    await request.ack()


async def open_why(request: Request, which: Reference | KeyResultId) -> None:
    """Show why an objective or a key result matters."""
    await request.open(views.why_view(await request.read(alignment.why, which, request.now)))
