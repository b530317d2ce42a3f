"""What people do to thank each other."""

from domain.recognition import Thanks
from handlers.request import Request
from operations import recognition
from views import recognition as views
from views.blocks import modal as readable


async def open_typed(request: Request, _text: str) -> None:
    """/kudos"""
    await open_form(request)


async def give_typed(request: Request, text: str) -> None:
    """/kudos @one @two for the migration #craft KR-34"""
    thanks = await request.read(recognition.read, text)
    await request.meet(thanks.recipients)
    given = await request.run(recognition.give, thanks, request.now)
    await request.answer(views.recorded(given.recognition, given.channel))


async def listed(request: Request, _text: str) -> None:
    """/kudos list"""
    await request.answer(views.listed(await request.read(recognition.listed)))


async def list_pressed(request: Request) -> None:
    """Show the thanks that I gave and received."""
    message = views.listed(await request.read(recognition.listed))
    await request.open(readable("Thanks", message["blocks"]))
    await request.ack()


async def open_form(request: Request) -> None:
    """Give thanks, from a button or a shortcut; about a message, its author is filled in."""
    offered = await request.read(recognition.form, request.now)
    await request.open(views.form(offered.values, offered.helped, _about(request)))
    await request.ack()


async def submitted(request: Request) -> None:
    """The form for giving thanks came back."""
    thanks = views.read(request.view)
    await request.meet(thanks.recipients)
    given = await request.run(recognition.give, thanks, request.now)
    await request.conclude("Thank you", views.recorded(given.recognition, given.channel))


def _about(request: Request) -> Thanks | None:
    """The author of the message that it is about, unless that is an app or the one who asks."""
    message = request.body.get("message") or {}
    author = message.get("user")
    meant = author and author != request.heard.actor and not message.get("bot_id")
    return Thanks((str(author),), "") if meant else None
