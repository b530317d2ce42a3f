"""Teams: the list, the form, and taking one from a user group."""

from collections.abc import Mapping
from typing import Any

from domain.errors import Refusal
from domain.people import TeamDraft, TeamId
from handlers.request import Request, number
from handlers.slack import UNANSWERED, code_of
from operations import notices, teams
from views import teams as views


async def pressed(request: Request) -> None:
    """Teams."""
    found = await request.read(teams.everyone)
    await request.open(views.teams(found.teams, found.who, groups_offered=True))
    await request.ack()


async def new_pressed(request: Request) -> None:
    """Add a team."""
    await request.read(teams.may_add)
    await request.open(views.form())
    await request.ack()


async def edit_pressed(request: Request) -> None:
    """Edit this team."""
    await request.open(views.form(await request.read(teams.to_change, TeamId(number(request.pressed)))))
    await request.ack()


async def archive_pressed(request: Request) -> None:
    """Archive this team."""
    await request.run(teams.archive, TeamId(number(request.pressed)), request.now)
    await _redraw(request)


async def restore_pressed(request: Request) -> None:
    """Restore this team."""
    await request.run(teams.restore, TeamId(number(request.pressed)), request.now)
    await _redraw(request)


async def from_group_pressed(request: Request) -> None:
    """Take a team from a user group."""
    await request.read(teams.may_add)
    groups = [(str(g["id"]), str(g.get("name") or g.get("handle")), len(_people(g))) for g in await _groups(request)]
    await request.open(views.group_form(groups))
    await request.ack()


async def submitted(request: Request) -> None:
    """The form for a team came back."""
    draft, editing = views.read(request.view)
    await request.meet([*draft.members, *([draft.lead] if draft.lead else [])])
    if editing:
        await request.run(teams.change, editing, draft, request.now)
    else:
        await request.run(teams.add, draft, request.now)
    await _show_all(request)


async def group_submitted(request: Request) -> None:
    """A user group was chosen: its people are taken over, and lead and channel asked for."""
    wanted = views.read_group(request.view)
    group = next((each for each in await _groups(request) if each["id"] == wanted), None)
    if group is None:
        raise Refusal("That user group is not there any more. Choose another one.", "group")
    people = _people(group)
    await request.meet(people)
    channel = next(iter((group.get("prefs") or {}).get("channels") or ()), None)
    draft = TeamDraft(str(group.get("name") or group.get("handle")), None, tuple(people), channel, wanted)
    taken = await request.run(teams.take, draft, request.now)
    await request.ack(response_action="update", view=views.form(taken))


async def _redraw(request: Request) -> None:
    found = await request.read(teams.everyone)
    await request.redraw(views.teams(found.teams, found.who, groups_offered=True))
    await request.ack()


async def _show_all(request: Request) -> None:
    found = await request.read(teams.everyone)
    await request.ack(response_action="update", view=views.teams(found.teams, found.who, groups_offered=True))


async def _groups(request: Request) -> list[Mapping[str, Any]]:
    """The workspace's user groups with their people; none where it does not offer them, and an admin hears of it."""
    try:
        answer = await request.desk.client.usergroups_list(include_users=True)
    except UNANSWERED as error:
        detail = code_of(error)
        await request.desk.db.run(notices.notice, request.desk.workspace, "user groups", detail, request.now)
        return []
    return [group for group in answer.get("usergroups") or () if not group.get("date_delete")]


def _people(group: Mapping[str, Any]) -> list[str]:
    return [str(id) for id in group.get("users") or ()]
