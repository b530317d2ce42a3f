"""What people see of teams, and what each may press."""

from domain.people import Member, Role
from tests.examples import ADA, BO, admin, member, team
from tests.views.slack import fields, pressed, words_of
from views import teams


def test_a_team_is_shown_with_its_lead_members_and_channel() -> None:
    words = words_of(teams.teams([team()], ADA, groups_offered=False))
    assert "*Growth*\nled by <@U002> · 2 members · <#C001>" in words


def test_an_admin_may_change_every_team_and_add_more() -> None:
    shown = pressed(teams.teams([team(1), team(2, archived=True)], admin(), groups_offered=True))
    assert shown == [
        ("team.new", ""),
        ("team.from_group", ""),
        ("team.edit", "1"),
        ("team.archive", "1"),
        ("team.restore", "2"),
    ]


def test_user_groups_are_offered_only_where_there_are_any() -> None:
    champion = member(4, "Cora", granted=frozenset({Role.CHAMPION}))
    assert pressed(teams.teams([], champion, groups_offered=False)) == [("team.new", "")]
    assert "No teams yet." in words_of(teams.teams([], champion, groups_offered=False))


def test_a_lead_may_change_their_own_team() -> None:
    lead: Member = member(2, BO.name, leads=frozenset({team().id}))
    assert pressed(teams.teams([team(1), team(2)], lead, False)) == [("team.edit", "1"), ("team.archive", "1")]


def test_of_very_many_teams_the_rest_are_counted() -> None:
    words = words_of(teams.teams([team(n, f"Team {n}.") for n in range(1, 151)], admin(), True))
    seen = sum(f"Team {n}." in words for n in range(1, 151))
    assert f"…and {150 - seen} more teams" in words


def test_a_workspace_without_groups_says_so() -> None:
    form = teams.group_form([])
    assert "no user groups" in words_of(form)
    assert fields(form) == {}


def test_of_very_many_groups_the_form_says_how_many_are_left_out() -> None:
    form = teams.group_form([(f"S{n}", f"Group {n}", n) for n in range(1, 121)])
    assert len(fields(form)["group"]["options"]) == 100
    assert "20 more" in form["blocks"][0]["hint"]["text"]
    assert "Group 1 (1 person)" in words_of(form)
