"""What people do to take things out: ask for an export."""

from handlers.request import Request
from operations import exports
from views import exports as views
from views.blocks import modal as readable


async def ask(request: Request, _text: str) -> None:
    """/okr export"""
    await request.run(exports.ask, request.now)
    await request.answer(views.asked())


async def asked(request: Request) -> None:
    """Ask for an export with a button."""
    await request.run(exports.ask, request.now)
    await request.open(readable("Export", views.asked()["blocks"]))
    await request.ack()
