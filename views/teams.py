"""Teams: the list of them, the form for one, and a team taken from a user group."""

from collections.abc import Sequence

from domain.errors import Refusal
from domain.people import Member, Team, TeamDraft, TeamId
from domain.permissions import Stake, Verb, may
from views import forms
from views.blocks import (
    Block,
    View,
    actions,
    button,
    channel_select,
    context,
    input_block,
    modal,
    multi_users_select,
    option,
    section,
    select,
    text_input,
    users_select,
)
from views.room import IN_VIEW, fitting
from views.text import count, cut, escape, mention

NEW = "team.new"
EDIT = "team.edit"
ARCHIVE = "team.archive"
RESTORE = "team.restore"
FROM_GROUP = "team.from_group"
FORM = "team"
GROUP_FORM = "team.group"

MOST_GROUPS = 100


def teams(teams: Sequence[Team], viewer: Member, groups_offered: bool) -> View:
    """Every team, with what this viewer may do about it; archived ones last."""
    top = _adding(viewer, groups_offered)
    ordered = sorted(teams, key=lambda team: team.archived)
    drawn = fitting([_team(team, viewer) for team in ordered], IN_VIEW.without(top), _more)
    empty = section("No teams yet. A team has a name, a lead and members, and its objectives are shown together.")
    return modal("Teams", [*top, *(drawn or [empty])])


_READ_BY = (
    "Comments and retrospectives on what everyone may see are posted there. Everybody in the channel reads them, "
    "guests too."
)


def form(editing: Team | None = None) -> View:
    """A team's name, lead, members and channel."""
    lead = editing.lead.slack_id if editing and editing.lead else None
    members = [member.slack_id for member in editing.members] if editing else []
    fields = [
        input_block("name", "Name", text_input(editing.name if editing else "", "Growth")),
        input_block("lead", "Lead", users_select(lead, "Nobody yet"), True, "May change the team and its objectives."),
        input_block("members", "Members", multi_users_select(members, "Nobody yet"), True),
        input_block("channel", "Channel", channel_select(editing.channel if editing else None), True, _READ_BY),
    ]
    kept = forms.marked({"team": editing.id, "usergroup": editing.usergroup}, fields) if editing else None
    return modal("Edit the team" if editing else "Add a team", fields, "Save", FORM, kept)


def read(view: forms.Json) -> tuple[TeamDraft, TeamId | None]:
    """The team as it was filled in, and which one was edited if it is not new."""
    kept = forms.metadata(view)
    usergroup, editing = kept.get("usergroup"), forms.number(kept.get("team"))
    draft = TeamDraft(
        name=forms.typed(view, "name"),
        lead=forms.person(view, "lead"),
        members=forms.people(view, "members"),
        channel=forms.channel(view, "channel"),
        usergroup=usergroup if isinstance(usergroup, str) else None,
        alone=frozenset() if editing is None else forms.staying(view, ("name", "lead", "members", "channel")),
        drawn={} if editing is None else forms.lists_drawn(view, ["members"]),
    )
    return draft, None if editing is None else TeamId(editing)


def group_form(groups: Sequence[tuple[str, str, int]]) -> View:
    """Which user group a team is taken from; each with its id, its name and how many people are in it."""
    if not groups:
        return modal("Team from a group", [section("This workspace has no user groups to take a team from.")])
    left = len(groups) - MOST_GROUPS
    hint = f"Slack shows {MOST_GROUPS} choices; {left} more are not listed here." if left > 0 else ""
    options = [option(_group(name, size), id_) for id_, name, size in groups[:MOST_GROUPS]]
    note = context("Its members are taken over as they are today. Name and lead can be changed afterwards.")
    return modal(
        "Team from a group", [input_block("group", "User group", select(options), hint=hint), note], "Add", GROUP_FORM
    )


def read_group(view: forms.Json) -> str:
    """The Slack id of the user group that was chosen; raises `Refusal` when none was."""
    group = forms.chosen(view, "group")
    if group is None:
        raise Refusal("Choose a user group.", "group")
    return group


def _adding(viewer: Member, groups_offered: bool) -> list[Block]:
    if not may(Verb.ADD_TEAM, viewer):
        return []
    from_group = [button("Add from a user group", FROM_GROUP)] if groups_offered else []
    return [actions(button("Add a team", NEW, style="primary"), *from_group)]


def _team(team: Team, viewer: Member) -> list[Block]:
    lead = f"led by {mention(team.lead)}" if team.lead else "no lead yet"
    parts = [lead, count(len(team.members), "member"), *([f"<#{team.channel}>"] if team.channel else [])]
    title = f"*{escape(team.name)}*" + (" (archived)" if team.archived else "")
    drawn = section(f"{title}\n{' · '.join(parts)}")
    if not may(Verb.EDIT_TEAM, viewer, Stake(team=team.id)):
        return [drawn]
    if team.archived:
        return [drawn, actions(button("Restore", RESTORE, team.id))]
    return [drawn, actions(button("Edit", EDIT, team.id), button("Archive", ARCHIVE, team.id))]


def _more(left: int) -> Block:
    return context(f"…and {count(left, 'more team')}; `/okr team NAME` shows any of them.")


def _group(name: str, size: int) -> str:
    people = f" ({count(size, 'person', 'people')})"
    return cut(name, 75 - len(people)) + people
