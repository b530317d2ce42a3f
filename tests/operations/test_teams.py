"""Teams: made, taken from a user group, edited, archived, and found by name."""

import pytest

from domain.errors import NotAllowed, NotFound, Refusal
from domain.people import Kind, Role, TeamDraft, TeamId
from operations import teams
from storage import people
from tests.examples import NOW
from tests.storage.company import ELSEWHERE, admin, again, person, team, with_role
from tests.storage.outbox import planned
from tests.storage.units import in_a_session

GROWTH = TeamDraft("Growth", "UBO", ("UADA",), "C1")


def names(found) -> list[str]:
    return [who.name for who in found.members]


@in_a_session
def test_an_admin_makes_a_team_and_its_lead_is_in_it(session):
    gus, _ada, bo = admin(session), person(session), person(session, "Bo")
    made = teams.add(session, gus, GROWTH, NOW)
    assert (made.name, made.lead.name, made.channel) == ("Growth", "Bo", "C1")
    assert names(made) == ["Ada", "Bo"]
    assert Role.MANAGER in again(session, bo).roles


@in_a_session
def test_a_champion_makes_teams_too_but_not_everybody(session):
    ada, bo = person(session), person(session, "Bo")
    with pytest.raises(NotAllowed, match="You cannot add teams"):
        teams.add(session, bo, GROWTH, NOW)
    with pytest.raises(NotAllowed):
        teams.may_add(session, bo)
    champion = with_role(session, ada, Role.CHAMPION)
    teams.may_add(session, champion)
    assert teams.add(session, champion, GROWTH, NOW).name == "Growth"


@in_a_session
def test_its_lead_changes_a_team_and_a_member_cannot(session):
    ada, bo = person(session), person(session, "Bo")
    growth = team(session, "Growth", bo, ada)
    changed = teams.change(session, again(session, bo), growth.id, TeamDraft("Care", "UADA", ()), NOW)
    assert (changed.name, changed.lead.name, names(changed)) == ("Care", "Ada", ["Ada"])
    with pytest.raises(NotAllowed, match="You cannot change the team Care"):
        teams.change(session, again(session, bo), growth.id, GROWTH, NOW)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (TeamDraft(" "), "name"),
        (TeamDraft("x" * 81), "name"),
        (TeamDraft("GROWTH"), "name"),
        (TeamDraft("Care", lead="UZOE"), "lead"),
        (TeamDraft("Care", lead="UDEPLOYS"), "lead"),
        (TeamDraft("Care", members=("UADA", "UNOOR")), "members"),
    ],
)
@in_a_session
def test_a_team_that_cannot_be_is_refused_beside_the_field(session, draft, field):
    gus, bo = admin(session), person(session, "Bo")
    person(session)
    person(session, "Noor", active=False)
    person(session, "Deploys", kind=Kind.BOT)
    person(session, "Zoe", workspace=ELSEWHERE)
    team(session, "Growth", bo)
    with pytest.raises(Refusal) as refused:
        teams.add(session, gus, draft, NOW)
    assert refused.value.field == field


@in_a_session
def test_a_team_keeps_its_own_name_when_it_is_edited_and_takes_no_others(session):
    gus, bo = admin(session), person(session, "Bo")
    growth, _core = team(session, "Growth", bo), team(session, "Core", bo)
    assert teams.change(session, gus, growth.id, TeamDraft("growth", "UBO"), NOW).name == "growth"
    with pytest.raises(Refusal, match="There is already a team called core"):
        teams.change(session, gus, growth.id, TeamDraft("core", "UBO"), NOW)


@pytest.mark.parametrize("name", ["At risk", "Company", "me", "last quarter"])
@in_a_session
def test_no_team_is_called_what_a_list_takes_for_something_else(session, name):
    gus = admin(session)
    with pytest.raises(Refusal, match="means something else") as refused:
        teams.add(session, gus, TeamDraft(name), NOW)
    assert refused.value.field == "name"


@in_a_session
def test_an_archived_team_frees_its_name_and_comes_back_only_while_it_is_free(session):
    gus, bo = admin(session), person(session, "Bo")
    old = team(session, "Growth", bo)
    teams.archive(session, gus, old.id, NOW)
    with pytest.raises(Refusal, match="Growth is archived"):
        teams.change(session, gus, old.id, TeamDraft("Growth", "UBO"), NOW)
    new = teams.add(session, gus, TeamDraft("Growth", "UBO"), NOW)
    with pytest.raises(Refusal, match="There is already a team called Growth"):
        teams.restore(session, gus, old.id, NOW)

    teams.change(session, gus, new.id, TeamDraft("Core", "UBO"), NOW)
    teams.restore(session, gus, old.id, NOW)
    assert [each.name for each in teams.everyone(session, gus).teams if not each.archived] == ["Core", "Growth"]


@in_a_session
def test_its_lead_may_bring_back_the_team_that_they_archived(session):
    bo = person(session, "Bo")
    growth = team(session, "Growth", bo)
    teams.archive(session, again(session, bo), growth.id, NOW)
    session.expire_all()
    teams.restore(session, again(session, bo), growth.id, NOW)
    assert again(session, bo).leads == {growth.id}


@in_a_session
def test_a_team_of_another_workspace_is_gone(session):
    gus = admin(session)
    theirs = team(session, "Growth", person(session, "Zoe", workspace=ELSEWHERE))
    for id in (theirs.id, TeamId(0)):
        with pytest.raises(NotFound, match="That team is gone"):
            teams.to_change(session, gus, id)


@in_a_session
def test_a_user_group_becomes_a_team_without_apps_and_those_who_left(session):
    gus = admin(session)
    person(session)
    person(session, "Noor", active=False)
    person(session, "Deploys", kind=Kind.BOT)
    draft = TeamDraft("Growth", "UNOOR", ("UADA", "UNOOR", "UDEPLOYS", "UUNKNOWN"), None, "S1")
    made = teams.take(session, gus, draft, NOW)
    assert (names(made), made.lead, made.usergroup) == (["Ada"], None, "S1")


@in_a_session
def test_a_team_is_found_by_its_name_or_the_beginning_of_it(session):
    bo = person(session, "Bo")
    for name in ("Customer Success", "Customer Care", "Growth", "Growth Labs"):
        team(session, name, bo)
    assert teams.named(session, bo, " customer  success ").name == "Customer Success"
    assert teams.named(session, bo, "customer s").name == "Customer Success"
    assert teams.named(session, bo, "GROWTH").name == "Growth", "the whole name wins"
    with pytest.raises(Refusal, match="“customer” could be Customer Care or Customer Success"):
        teams.named(session, bo, "customer")
    with pytest.raises(NotFound, match="Did you mean Growth"):
        teams.named(session, bo, "Grwoth")
    with pytest.raises(NotFound):
        teams.named(session, bo, "zebras")


@in_a_session
def test_my_teams_are_those_i_am_in_or_lead(session):
    ada, bo = person(session), person(session, "Bo")
    team(session, "Growth", bo, ada)
    team(session, "Core", bo)
    assert [each.name for each in teams.of(session, again(session, ada))] == ["Growth"]
    assert [each.name for each in teams.of(session, again(session, bo))] == ["Core", "Growth"]


@in_a_session
def test_only_those_who_look_after_teams_list_them_all(session):
    ada, bo = person(session), person(session, "Bo")
    team(session, "Growth", bo, ada)
    assert len(teams.everyone(session, again(session, bo)).teams) == 1
    with pytest.raises(NotAllowed):
        teams.everyone(session, again(session, ada))


@in_a_session
def test_everybody_whose_team_changes_sees_it_on_their_home(session):
    gus, ada, bo = admin(session), person(session), person(session, "Bo")
    growth = team(session, "Growth", gus, ada)
    for who in (ada, bo):
        people.home_opened(session, who, NOW)
    teams.change(session, gus, growth.id, TeamDraft("Growth", "UBO"), NOW)
    assert sorted(planned(session, "home")) == ["home/UADA", "home/UBO"]
