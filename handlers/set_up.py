"""Setting Cairn up."""

from handlers.request import Request
from handlers.slack import UNANSWERED, code_of
from operations import set_up
from views import set_up as views


async def pressed(request: Request) -> None:
    """Set up."""
    offered = await request.read(set_up.choices, request.now)
    await request.open(views.form(offered.teams, offered.policy, offered.today, offered.champion))
    await request.ack()


async def chosen(request: Request) -> None:
    """The decisions came back: show who would get what, before anybody does."""
    choices, everyone = views.read(request.view)
    await request.meet([choices.champion] if choices.champion else [])
    problem = await _problem(request, choices.channel) if choices.channel else None
    preview = await request.read(set_up.preview, choices, everyone, problem, request.now)
    await request.ack(response_action="push", view=views.preview(preview))


async def confirmed(request: Request) -> None:
    """Start."""
    choices = await request.run(set_up.finish, views.read_confirmed(request.view), request.now)
    await request.ack(response_action="update", view=views.done(choices))


async def _problem(request: Request, channel: str) -> str | None:
    """Why thanks could not be posted in this channel yet, as far as Slack will say."""
    try:
        found = (await request.desk.client.conversations_info(channel=channel))["channel"]
    except UNANSWERED as error:
        unseen = code_of(error) == "channel_not_found"
        return "Cairn is not in that private channel yet: invite it there." if unseen else None
    if found.get("is_archived"):
        return "That channel is archived."
    if found.get("is_private") and not found.get("is_member"):
        return "Cairn is not in that private channel yet: invite it there."
    return None
