"""Teams, as they are remembered."""

from storage import teams
from tests.examples import NOW
from tests.storage.company import HERE, again, person, team
from tests.storage.units import in_a_session


@in_a_session
def test_a_team_comes_back_with_its_lead_and_its_members_by_name(session):
    ada, bo, chidi = (person(session, name) for name in ("Ada", "Bo", "Chidi"))
    growth = team(session, "Growth", bo, chidi, ada, channel="C1")
    assert growth.lead.name == "Bo"
    assert [who.name for who in growth.members] == ["Ada", "Bo", "Chidi"]
    assert (growth.channel, growth.archived, growth.workspace) == ("C1", False, HERE)


@in_a_session
def test_a_team_has_exactly_the_members_it_was_given_last(session):
    ada, bo, chidi = (person(session, name) for name in ("Ada", "Bo", "Chidi"))
    growth = team(session, "Growth", bo, ada)
    teams.change(session, growth, "Growth & Care", None, [ada, chidi], None)
    session.expire_all()

    changed = teams.by_id(session, HERE, [growth.id])[growth.id]
    assert (changed.name, changed.lead, changed.channel) == ("Growth & Care", None, None)
    assert [who.name for who in changed.members] == ["Ada", "Chidi"]
    assert again(session, bo).teams == again(session, bo).leads == frozenset()


@in_a_session
def test_teams_are_listed_by_name_and_the_archived_ones_only_when_asked_for(session):
    bo = person(session, "Bo")
    for name in ("growth", "Core", "Archive"):
        team(session, name, bo)
    teams.archive(session, teams.all_of(session, HERE)[0], NOW)
    session.expire_all()

    assert [each.name for each in teams.all_of(session, HERE)] == ["Core", "growth"]
    assert [each.archived for each in teams.all_of(session, HERE, archived=True)] == [True, False, False]


@in_a_session
def test_an_archived_team_comes_back_with_its_people(session):
    bo = person(session, "Bo")
    growth = team(session, "Growth", bo)
    teams.archive(session, growth, NOW)
    teams.archive(session, growth, None)
    session.expire_all()
    assert [each.members for each in teams.all_of(session, HERE)] == [(again(session, bo),)]


@in_a_session
def test_a_team_remembers_the_user_group_it_was_taken_from(session):
    growth = team(session, "Growth", person(session))
    teams.follow_usergroup(session, growth.id, "S1")
    session.expire_all()
    assert teams.by_id(session, HERE, [growth.id])[growth.id].usergroup == "S1"
