"""Who is in the workspace, and who holds which role."""

from handlers.request import Request
from operations import directory, people
from views import people as views


async def changed(request: Request) -> None:
    """Slack tells of somebody new, or of somebody who changed."""
    user = request.event.get("user")
    ours = request.heard.workspace == request.desk.workspace
    if ours and isinstance(user, dict) and user.get("id"):
        await request.learn(directory.keep_profiles, [views.profile(user)], request.now)
    await request.ack()


async def roles_pressed(request: Request) -> None:
    """Roles."""
    await request.open(views.roles_form(await request.read(people.roles)))
    await request.ack()


async def roles_submitted(request: Request) -> None:
    """The form for roles came back."""
    grants = views.read_roles(request.view)
    await request.meet([id for held in grants.held.values() for id in held])
    await request.run(people.grant, grants, request.now)
    await request.ack()
