"""Workspaces, members and their roles, as they are remembered."""

from datetime import timedelta

import pytest
from sqlmodel import select

from domain.people import Kind, Role
from storage import people, planning, teams
from storage.tables import RoleRow
from tests.examples import NOW
from tests.storage.company import ELSEWHERE, HERE, admin, again, person, profile, team, with_role
from tests.storage.units import in_a_session


def met(session, *profiles, zone: str = "UTC"):
    people.keep_workspace(session, HERE, "Larkspur", "UCAIRN")
    return people.keep_profiles(session, HERE, profiles, zone)


@in_a_session
def test_a_workspace_is_remembered_and_renamed(session):
    assert people.workspace(session, HERE) is None
    for name in ("Larkspur", "Larkspur Ltd"):
        people.keep_workspace(session, HERE, name, "UCAIRN")
    known = people.workspace(session, HERE)
    assert (known.name, known.bot_user, known.is_set_up) == ("Larkspur Ltd", "UCAIRN", False)


@in_a_session
def test_a_workspace_is_set_up_once_and_stays_so_when_it_is_renamed(session):
    person(session)
    people.keep_installer(session, HERE, "UADA")
    people.finish_set_up(session, HERE, NOW)
    people.finish_set_up(session, HERE, NOW + timedelta(days=1))
    people.keep_workspace(session, HERE, "Larkspur Ltd", "UCAIRN")
    session.expire_all()

    known = people.workspace(session, HERE)
    assert (known.installer, known.set_up_at) == ("UADA", NOW)
    assert people.workspaces(session) == [HERE]


@in_a_session
def test_people_come_back_as_slack_described_them(session):
    met(session, profile("Emi", zone="Asia/Tokyo", kind=Kind.GUEST, workspace_admin=True))
    emi = people.member(session, HERE, "UEMI")
    assert (emi.name, emi.zone, emi.kind, emi.active) == ("Emi", "Asia/Tokyo", Kind.GUEST, True)
    assert emi.workspace_admin
    assert people.member(session, HERE, "UNOBODY") is None


@in_a_session
def test_only_who_is_new_or_has_moved_comes_back(session):
    assert [who.name for who in met(session, profile("Ada"), profile("Bo"))] == ["Ada", "Bo"]
    assert met(session, profile("Ada"), profile("Bo", name="Bosse")) == []
    assert [who.name for who in met(session, profile("Ada", zone="Asia/Tokyo"), profile("Bo"))] == ["Ada"]


@in_a_session
def test_whose_zone_is_unknown_keeps_the_last_one_or_lives_by_the_workspaces(session):
    met(session, profile("Ada"), profile("Bo", zone=None), zone="Europe/Rome")
    assert met(session, profile("Ada", zone=None), profile("Bo", zone=None), zone="Asia/Tokyo") == []
    assert [who.zone for who in people.members(session, HERE, ["UADA", "UBO"])] == ["Europe/London", "Europe/Rome"]


@in_a_session
def test_the_same_person_twice_in_a_list_is_one_person(session):
    met(session, profile("Ada", name="Ada L."), profile("Ada"))
    assert people.member(session, HERE, "UADA").name == "Ada"


@in_a_session
def test_who_has_left_is_no_admin_any_more(session):
    admin(session)
    gone = person(session, "Gus", workspace_admin=True, active=False)
    assert not gone.is_admin
    assert people.admins(session, HERE) == []


@in_a_session
def test_people_come_in_the_order_they_were_named(session):
    for name in ("Ada", "Bo", "Chidi"):
        person(session, name)
    found = people.members(session, HERE, ["UCHIDI", "UNOBODY", "UADA"])
    assert [who.name for who in found] == ["Chidi", "Ada"]
    assert people.members(session, HERE, []) == []


@in_a_session
def test_the_zones_are_those_that_somebody_active_lives_in(session):
    for name, zone, active in (
        ("Ada", "Asia/Tokyo", True),
        ("Bo", "Asia/Tokyo", True),
        ("Noor", "Asia/Karachi", False),
    ):
        person(session, name, zone=zone, active=active)
    assert people.zones(session, HERE) == ["Asia/Tokyo"]


@in_a_session
def test_people_are_counted_without_guests_bots_and_those_who_left(session):
    ada, bo = person(session), person(session, "Bo")
    person(session, "Marek", kind=Kind.GUEST)
    person(session, "Deploys", kind=Kind.BOT)
    person(session, "Noor", active=False)
    growth, core = team(session, "Growth", ada, bo), team(session, "Core", bo)

    assert people.count_people(session, HERE) == 2
    assert people.count_people(session, HERE, [core.id]) == 1
    assert people.count_people(session, HERE, [core.id, growth.id]) == 2


@in_a_session
def test_admins_are_slacks_and_those_who_were_appointed(session):
    ada, gus = person(session), admin(session)
    person(session, "Marek", kind=Kind.GUEST, workspace_admin=True)
    with_role(session, ada, Role.ADMIN)
    assert [who.name for who in people.admins(session, HERE)] == ["Ada", "Gus"]
    assert again(session, gus).is_admin


@in_a_session
def test_roles_are_held_by_exactly_those_who_were_named(session):
    gus, ada, bo = admin(session), person(session), person(session, "Bo")
    people.grant(session, HERE, {Role.CHAMPION: [ada, bo], Role.HR: [ada]}, gus, NOW)
    people.grant(session, HERE, {Role.CHAMPION: [bo], Role.SPONSOR: []}, gus, NOW)

    held = {role: [who.name for who in group] for role, group in people.holders(session, HERE).items()}
    assert held == {Role.CHAMPION: ["Bo"], Role.HR: ["Ada"]}
    assert again(session, ada).granted == {Role.HR}


@in_a_session
def test_a_role_that_stays_keeps_who_gave_it_and_when(session):
    gus, lin, ada = admin(session), admin(session, "Lin"), person(session)
    people.grant(session, HERE, {Role.CHAMPION: [ada]}, gus, NOW)
    people.grant(session, HERE, {Role.CHAMPION: [ada]}, lin, NOW + timedelta(days=1))
    kept = session.exec(select(RoleRow)).one()
    assert (kept.granted_by, kept.granted_at) == (gus.id, NOW)


@in_a_session
def test_whoever_leads_a_team_is_a_manager_until_it_is_archived(session):
    bo = person(session, "Bo")
    growth = team(session, "Growth", bo)
    assert Role.MANAGER in again(session, bo).roles
    assert again(session, bo).leads == again(session, bo).teams == {growth.id}

    teams.archive(session, growth, NOW)
    assert Role.MANAGER not in again(session, bo).roles


@in_a_session
def test_the_home_is_kept_fresh_for_those_who_use_it(session):
    ada, bo = person(session), person(session, "Bo")
    people.home_opened(session, ada, NOW)
    assert planning.show_homes(session, HERE, [ada.id, bo.id], NOW) == 1
    assert planning.show_homes(session, HERE, [], NOW) == 0


@in_a_session
def test_a_direct_message_is_opened_once_and_remembered(session):
    person(session)
    person(session, workspace=ELSEWHERE)
    people.keep_dm_channels(session, HERE, {"UADA": "D1"})
    session.expire_all()
    assert people.dm_channels(session, HERE, ["UADA", "UNOBODY"]) == {"UADA": "D1"}
    assert people.dm_channels(session, ELSEWHERE, ["UADA"]) == {}


@pytest.mark.parametrize("name", ["Hana Nováková", "𝓔𝓶𝓲 🌸", "O'Brien; DROP TABLE members", "x" * 80])
@in_a_session
def test_any_name_is_kept_as_it_is(session, name):
    met(session, profile("Hana", name=name))
    assert people.member(session, HERE, "UHANA").name == name
