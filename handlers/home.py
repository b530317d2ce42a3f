"""What people do on Cairn's Home."""

from slack_sdk.errors import SlackApiError

from handlers.request import Request
from handlers.slack import code_of
from operations import home, notices
from views import home as views
from views.blocks import View


async def opened(request: Request) -> None:
    """Somebody opened the app: the first admin is greeted, and a Home is drawn afresh."""
    await request.run(home.opened, request.now)
    if request.event.get("tab", "home") == "home":
        facts = await request.read(home.home, request.now)
        await _publish(request, views.home(facts))
    await request.ack()


async def _publish(request: Request, home: View) -> None:
    """Show it; where a workspace has no Home tab, an admin hears of it once."""
    try:
        await request.desk.client.views_publish(user_id=request.heard.actor, view=home)
    except SlackApiError as error:
        code = code_of(error)
        if code not in {"not_enabled", "unknown_method", "missing_scope"}:
            raise
        await request.desk.db.run(
            notices.notice, request.desk.workspace, "method", f"views.publish: {code}", request.now
        )
