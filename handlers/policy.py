"""What people do with the settings of their workspace."""

from handlers.request import Request
from operations import policy
from views import policy as views


async def typed(request: Request, _text: str) -> None:
    """/okr settings"""
    await pressed(request)


async def pressed(request: Request) -> None:
    """Settings."""
    found = await request.read(policy.settings)
    await request.open(views.form(found.policy, found.who, found.last))
    await request.ack()


async def submitted(request: Request) -> None:
    """The form for the settings came back."""
    done = await request.run(policy.change, views.read(request.view), request.now)
    await request.conclude("Settings", views.changed(done.before, done.after))
