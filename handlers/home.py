"""What people do on Cairn's Home."""

from handlers.request import Request
from operations import home
from views import home as views


async def opened(request: Request) -> None:
    """Somebody opened the app: the first admin is greeted, and a Home is drawn afresh."""
    await request.run(home.opened, request.now)
    if request.event.get("tab", "home") == "home":
        facts = await request.read(home.home, request.now)
        await request.desk.client.views_publish(user_id=request.heard.actor, view=views.home(facts))
    await request.ack()
