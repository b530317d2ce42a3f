"""What people do with lists: they ask for one in words, turn its pages, and narrow it in a window."""

from domain.lists import Wanted
from domain.words import MENTION
from handlers.request import Request
from operations import lists
from operations.lists import Choices, Listing
from views import lists as views
from views.blocks import Message, View


async def listed(request: Request, text: str) -> None:
    """/okr list [me | @person | team NAME | company | all] [at risk | stale | …] [Q4 2026 | …]"""
    await request.meet(MENTION.findall(text))
    await request.answer(_message(await request.read(lists.typed, text, request.now)))


async def team(request: Request, text: str) -> None:
    """/okr team [NAME]"""
    await listed(request, f"team {text}")


async def find(request: Request, text: str) -> None:
    """/okr find [words | #tag]"""
    await request.meet(MENTION.findall(text))
    await request.open(_window(await request.read(lists.found, text, request.now)))
    await request.ack()


async def opened(request: Request) -> None:
    """Open as a list, or Find."""
    wanted, first = views.read_pressed(request.pressed)
    await request.open(_window(await request.read(lists.choices, wanted, first, request.now)))
    await request.ack()


async def words_pressed(request: Request) -> None:
    """A list that Home offers a button for, named in the words that one would type."""
    await request.open(_window(await request.read(lists.chosen, request.pressed, request.now)))
    await request.ack()


async def person_chosen(request: Request) -> None:
    """Show a colleague's objectives."""
    await request.meet([request.pressed])
    wanted = Wanted(people=(request.pressed,))
    await request.open(_window(await request.read(lists.choices, wanted, 0, request.now)))
    await request.ack()


async def turned(request: Request) -> None:
    """The next page, or the one before, in place of the one that is shown."""
    wanted, first = views.read_pressed(request.pressed)
    if request.view:
        await request.redraw(_window(await request.read(lists.choices, wanted, first, request.now)))
    else:
        await request.replace(_message(await request.read(lists.page, wanted, first, request.now)))
    await request.ack()


async def narrowed(request: Request) -> None:
    """Another choice in the window: from its first page on."""
    await request.redraw(await _narrowed(request))
    await request.ack()


async def submitted(request: Request) -> None:
    """The same by the button of the window, which shows it then."""
    await request.ack(response_action="update", view=await _narrowed(request))


async def _narrowed(request: Request) -> View:
    wanted = views.read(request.view)
    await request.meet(wanted.people)
    return _window(await request.read(lists.choices, wanted, 0, request.now))


def _message(found: Listing) -> Message:
    of = (found.wanted, found.page, found.people, found.teams, found.thanks, found.moment, found.who)
    return views.answer(*of, takes_more=found.takes_more)


def _window(found: Choices) -> View:
    of = found.listing
    drawn = (of.wanted, of.page, of.people, found.teams, found.cycles, of.thanks, of.moment, of.who)
    return views.window(*drawn, takes_more=of.takes_more)
