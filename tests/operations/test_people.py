"""Members as Slack describes them, and the roles that admins grant."""

import pytest

from domain.errors import NotAllowed, Refusal
from domain.people import Kind, Role, RoleGrants
from operations import people
from storage import people as known
from tests.examples import NOW
from tests.storage.company import ELSEWHERE, HERE, admin, again, person, profile
from tests.storage.outbox import planned
from tests.storage.units import in_a_session


@in_a_session
def test_only_an_admin_sees_and_grants_roles(session):
    ada = person(session)
    with pytest.raises(NotAllowed, match="You cannot grant roles"):
        people.roles(session, ada)
    with pytest.raises(NotAllowed, match="You cannot grant roles"):
        people.grant(session, ada, RoleGrants({Role.ADMIN: ("UADA",)}), NOW)
    assert not again(session, ada).is_admin


@in_a_session
def test_a_role_is_held_by_exactly_those_who_were_named(session):
    gus, ada, bo = admin(session), person(session), person(session, "Bo")
    people.grant(session, gus, RoleGrants({Role.CHAMPION: ("UADA", "UBO"), Role.ADMIN: ("UADA",)}), NOW)
    people.grant(session, gus, RoleGrants({Role.CHAMPION: ("UBO",)}), NOW)
    assert people.roles(session, gus) == {Role.CHAMPION: [again(session, bo)]}
    assert again(session, ada).granted == frozenset()


@in_a_session
def test_an_admin_that_was_appointed_may_appoint_others(session):
    gus, ada = admin(session), person(session)
    people.grant(session, gus, RoleGrants({Role.ADMIN: ("UADA",)}), NOW)
    people.grant(session, again(session, ada), RoleGrants({Role.ADMIN: ("UADA",), Role.HR: ("UGUS",)}), NOW)
    assert Role.HR in again(session, gus).roles


@pytest.mark.parametrize(
    ("who", "because"),
    [
        ({"kind": Kind.BOT}, "Marek is an app"),
        ({"active": False}, "Marek has left this workspace"),
    ],
)
@in_a_session
def test_a_role_goes_to_nobody_who_does_not_take_part(session, who, because):
    gus = admin(session)
    person(session, "Marek", **who)
    with pytest.raises(Refusal, match=because) as refused:
        people.grant(session, gus, RoleGrants({Role.SPONSOR: ("UMAREK",)}), NOW)
    assert refused.value.field == "sponsor"


@in_a_session
def test_a_stranger_gets_no_role(session):
    gus = admin(session)
    person(session, "Zoe", workspace=ELSEWHERE)
    with pytest.raises(Refusal, match="from another workspace") as refused:
        people.grant(session, gus, RoleGrants({Role.HR: ("UZOE",)}), NOW)
    assert refused.value.field == "hr"


@in_a_session
def test_who_gains_or_loses_a_role_sees_it_on_their_home(session):
    gus, ada = admin(session), person(session)
    for who in (gus, ada):
        known.home_opened(session, who, NOW)
    people.grant(session, gus, RoleGrants({Role.HR: ("UADA",)}), NOW)
    assert sorted(planned(session, "home")) == ["home/UADA", "home/UGUS"]


@in_a_session
def test_nobodys_home_is_drawn_who_never_opened_it(session):
    ada = person(session)
    people.refresh_homes(session, HERE, [ada.id], NOW)
    assert planned(session, "home") == []


@in_a_session
def test_before_the_set_up_members_are_only_remembered(session):
    known.keep_workspace(session, HERE, "Larkspur", "UCAIRN")
    people.keep_profiles(session, HERE, [profile("Ada"), profile("Bo", zone=None)], NOW)
    assert [who.zone for who in known.members(session, HERE, ["UADA", "UBO"])] == ["Europe/London", "UTC"]
    assert planned(session, "check-in prompt") == []
