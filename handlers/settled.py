"""A press on something that has been seen to already: how it stands takes the place of what still asked for it."""

from collections.abc import Awaitable, Callable

from domain.errors import Settled
from handlers.request import Request
from views import problems


async def pressed(deed: Callable[[Request], Awaitable[None]], request: Request) -> None:
    """Do what was pressed; where that is settled, the message says so from now on, without its buttons."""
    try:
        await deed(request)
    except Settled as how:
        await request.settle(how, problems.refused(how.sentence))
