"""The table of permissions, spelt out once more: a new row or relation fails here until somebody has thought of it."""

import itertools

import pytest

from domain.errors import NotAllowed
from domain.people import Kind, Role, TeamId
from domain.permissions import TABLE, Relation, Verb, allow, may, relations
from tests.examples import ADA, BO, admin, member

R = Relation

MAY = {
    Verb.READ_OBJECTIVE: {R.OWNER, R.LEAD, R.TEAM_GUEST, R.MEMBER, R.ADMIN},
    Verb.ADD_OBJECTIVE: {R.MEMBER, R.ADMIN},
    Verb.EDIT_OBJECTIVE: {R.OWNER, R.LEAD, R.ADMIN},
    Verb.ADD_KEY_RESULT: {R.OWNER, R.LEAD, R.ADMIN},
    Verb.EDIT_KEY_RESULT: {R.OWNER, R.LEAD, R.ADMIN},
    Verb.CHECK_IN: {R.OWNER, R.LEAD, R.ADMIN},
    Verb.SCORE: {R.OWNER, R.LEAD},
    Verb.RUN_CYCLES: {R.CHAMPION, R.ADMIN},
    Verb.GIVE_KUDOS: {R.MEMBER, R.GUEST, R.ADMIN},
    Verb.ADD_TEAM: {R.CHAMPION, R.ADMIN},
    Verb.EDIT_TEAM: {R.LEAD, R.CHAMPION, R.ADMIN},
    Verb.GRANT_ROLES: {R.ADMIN},
    Verb.SET_UP: {R.ADMIN},
}

TEAM = TeamId(7)
GUEST = member(5, "Marek Guest", kind=Kind.GUEST)

WHO = {
    # somebody who is just this to the thing, and a guest where being a member would say more
    R.OWNER: GUEST,
    R.LEAD: member(5, kind=Kind.GUEST, leads=frozenset({TEAM})),
    R.TEAM_GUEST: member(5, kind=Kind.GUEST, teams=frozenset({TEAM})),
    R.MEMBER: BO,
    R.GUEST: GUEST,
    R.CHAMPION: member(5, kind=Kind.GUEST, granted=frozenset({Role.CHAMPION})),
    R.ADMIN: member(5, kind=Kind.GUEST, granted=frozenset({Role.ADMIN})),
}


@pytest.mark.parametrize(("verb", "relation"), [*itertools.product(Verb, Relation)])
def test_every_row_of_the_table_lets_through_whom_it_names(verb, relation):
    who = WHO[relation]
    owners = {who.id} if relation is R.OWNER else set()
    every_guest_may = R.GUEST in MAY[verb] and who.kind is Kind.GUEST
    assert may(verb, who, owners, TEAM) is (relation in MAY[verb] or every_guest_may)


def test_every_verb_has_its_row():
    assert set(TABLE) == set(MAY) == set(Verb)


@pytest.mark.parametrize(("relation", "who"), WHO.items())
def test_people_are_just_what_they_are_to_a_thing(relation, who):
    owners = {who.id} if relation is R.OWNER else {ADA.id}
    also = set() if relation in {R.MEMBER, R.GUEST} else {R.GUEST}
    assert relations(who, owners, TEAM) == {relation} | also


def test_a_lead_is_nothing_special_to_another_team():
    assert relations(WHO[R.LEAD], team=TeamId(8)) == {R.GUEST}
    assert relations(WHO[R.TEAM_GUEST], team=TeamId(8)) == {R.GUEST}
    assert relations(WHO[R.LEAD], team=None) == {R.GUEST}


@pytest.mark.parametrize("nobody", [admin(active=False), admin(kind=Kind.BOT)], ids=["left", "an app"])
@pytest.mark.parametrize("verb", Verb)
def test_who_has_left_and_what_is_no_person_may_do_nothing(verb, nobody):
    assert not may(verb, nobody, {nobody.id}, TEAM)
    with pytest.raises(NotAllowed):
        allow(verb, nobody, "", {nobody.id}, TEAM)


def test_somebody_deactivated_hears_why():
    with pytest.raises(NotAllowed, match="deactivated"):
        allow(Verb.CHECK_IN, member(active=False), "KR-34, which is Bo's", {ADA.id})


@pytest.mark.parametrize(
    ("verb", "thing", "sentence"),
    [
        (Verb.CHECK_IN, "KR-34", "You cannot update KR-34. Its owner, the team's lead or an admin can."),
        (Verb.GRANT_ROLES, "", "You cannot grant roles. An admin can."),
        (Verb.ADD_TEAM, "", "You cannot add teams. An OKR champion or an admin can."),
    ],
)
def test_a_refusal_says_who_could(verb, thing, sentence):
    with pytest.raises(NotAllowed) as refused:
        allow(verb, BO, thing)
    assert refused.value.sentence == sentence


def test_roles_follow_from_what_people_do():
    assert member().roles == {Role.MEMBER}
    assert member(leads=frozenset({TEAM})).roles == {Role.MEMBER, Role.MANAGER}
    assert admin().roles == {Role.MEMBER, Role.ADMIN}
    assert member(granted=frozenset({Role.ADMIN})).is_admin
