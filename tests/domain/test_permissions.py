"""The table of permissions, spelt out once more: a new row or relation fails here until somebody has thought of it."""

import itertools

import pytest

from domain.errors import NotAllowed
from domain.objectives import Level, Stage, Visibility, readable
from domain.people import Kind, Role, TeamId
from domain.permissions import BECAUSE, DEEDS, TABLE, Relation, Stake, Verb, allow, may, relations, who_may
from tests.examples import ADA, BO, CHIDI, admin, key_result, member, objective, team

R = Relation

EVERYBODY_INSIDE = {R.OWNER, R.CONTRIBUTOR, R.LEAD, R.TEAM_GUEST, R.MEMBER, R.CHAMPION, R.SPONSOR, R.HR, R.ADMIN}
WHO_ANSWERS_FOR_IT = {R.OWNER, R.LEAD, R.STEWARD, R.ADMIN}

MAY = {
    Verb.READ_OBJECTIVE: EVERYBODY_INSIDE,
    Verb.READ_TEAM_OBJECTIVE: {R.OWNER, R.CONTRIBUTOR, R.LEAD, R.TEAM_MEMBER, R.TEAM_GUEST},
    Verb.READ_PRIVATE_OBJECTIVE: {R.OWNER, R.CONTRIBUTOR},
    Verb.READ_DRAFT: {R.OWNER, R.CONTRIBUTOR, R.LEAD},
    Verb.ADD_OBJECTIVE: {R.MEMBER, R.ADMIN},
    Verb.EDIT_OBJECTIVE: WHO_ANSWERS_FOR_IT,
    Verb.ADD_KEY_RESULT: WHO_ANSWERS_FOR_IT,
    Verb.EDIT_KEY_RESULT: WHO_ANSWERS_FOR_IT,
    Verb.PROPOSE_OBJECTIVE: WHO_ANSWERS_FOR_IT,
    Verb.AGREE_OWN_OBJECTIVE: {R.OWNER},
    Verb.AGREE_OBJECTIVE: {R.LEAD, R.CHAMPION, R.ADMIN},
    Verb.AGREE_TEAM_OBJECTIVE: {R.LEAD, R.CHAMPION, R.ADMIN},
    Verb.AGREE_COMPANY_OBJECTIVE: {R.SPONSOR, R.CHAMPION, R.ADMIN},
    Verb.PROPOSE_KEY_RESULT: {R.OWNER, R.CONTRIBUTOR, R.LEAD, R.MEMBER, R.ADMIN},
    Verb.DECIDE_KEY_RESULT: WHO_ANSWERS_FOR_IT,
    Verb.COMMENT: {R.OWNER, R.CONTRIBUTOR, R.LEAD, R.TEAM_GUEST, R.MEMBER, R.ADMIN},
    Verb.CHECK_IN: {R.OWNER, R.LEAD, R.ADMIN},
    Verb.SCORE: {R.OWNER, R.LEAD},
    Verb.RUN_CYCLES: {R.CHAMPION, R.ADMIN},
    Verb.GIVE_KUDOS: {R.MEMBER, R.GUEST, R.ADMIN},
    Verb.ADD_TEAM: {R.CHAMPION, R.ADMIN},
    Verb.EDIT_TEAM: {R.LEAD, R.CHAMPION, R.ADMIN},
    Verb.GRANT_ROLES: {R.ADMIN},
    Verb.SET_UP: {R.ADMIN},
    Verb.HAND_OVER: {R.OWNER, R.LEAD, R.CHAMPION, R.ADMIN},
    Verb.CHANGE_SETTINGS: {R.CHAMPION, R.ADMIN},
    Verb.CHANGE_VALUES: {R.HR, R.CHAMPION, R.ADMIN},
    Verb.ASK_DEPENDENCY: {R.OWNER, R.CONTRIBUTOR, R.LEAD, R.ADMIN},
    Verb.ANSWER_DEPENDENCY: {R.LEAD, R.CHAMPION, R.ADMIN},
    Verb.WITHDRAW_DEPENDENCY: {R.CONTRIBUTOR, *WHO_ANSWERS_FOR_IT},
    Verb.OVERRIDE_STATUS: {R.OWNER, R.LEAD, R.ADMIN},
    Verb.IMPORT: {R.CHAMPION, R.ADMIN},
    Verb.EXPORT: {R.MEMBER, R.GUEST, R.ADMIN},
}

TEAM = TeamId(7)
GUEST = member(5, "Marek Guest", kind=Kind.GUEST)


def guest(**changes):
    """Somebody who is a guest, where being a member would say more."""
    return member(5, "Marek Guest", kind=Kind.GUEST, **changes)


WHO = {
    # somebody and a thing to which they are just this
    R.OWNER: (GUEST, Stake(owners=frozenset({GUEST.id}))),
    R.CONTRIBUTOR: (GUEST, Stake(contributors=frozenset({GUEST.id}))),
    R.LEAD: (guest(leads=frozenset({TEAM})), Stake(team=TEAM)),
    R.TEAM_MEMBER: (member(5, teams=frozenset({TEAM})), Stake(team=TEAM)),
    R.TEAM_GUEST: (guest(teams=frozenset({TEAM})), Stake(team=TEAM)),
    R.MEMBER: (BO, Stake(owners=frozenset({ADA.id}), team=TEAM)),
    R.GUEST: (GUEST, Stake(owners=frozenset({ADA.id}), team=TEAM)),
    R.CHAMPION: (guest(granted=frozenset({Role.CHAMPION})), Stake(team=TEAM)),
    R.SPONSOR: (guest(granted=frozenset({Role.SPONSOR})), Stake(team=TEAM)),
    R.STEWARD: (guest(granted=frozenset({Role.SPONSOR})), Stake(of_company=True)),
    R.HR: (guest(granted=frozenset({Role.HR})), Stake(team=TEAM)),
    R.ADMIN: (guest(granted=frozenset({Role.ADMIN})), Stake(team=TEAM)),
}
ALSO = {R.TEAM_MEMBER: {R.MEMBER}, R.MEMBER: set(), R.GUEST: set(), R.STEWARD: {R.GUEST, R.SPONSOR}}
"""What somebody is besides; everybody else here is also a guest."""


@pytest.mark.parametrize(("verb", "relation"), [*itertools.product(Verb, Relation)])
def test_every_row_of_the_table_lets_through_whom_it_names(verb, relation):
    also = ALSO.get(relation, {R.GUEST})
    assert may(verb, *WHO[relation]) is bool(MAY[verb] & {relation, *also})


def test_every_verb_has_its_row_and_its_words():
    assert set(TABLE) == set(MAY) == set(DEEDS) == set(Verb)
    assert set(BECAUSE) <= set(Verb)


@pytest.mark.parametrize("relation", Relation)
def test_people_are_just_what_they_are_to_a_thing(relation):
    assert relations(*WHO[relation]) == {relation} | ALSO.get(relation, {R.GUEST})


def test_the_table_is_read_in_the_order_of_who_is_nearest():
    assert who_may(Verb.CHECK_IN) == [R.OWNER, R.LEAD, R.ADMIN]
    assert who_may(Verb.READ_PRIVATE_OBJECTIVE) == [R.OWNER, R.CONTRIBUTOR]


def test_a_lead_is_nothing_special_to_another_team():
    for relation in (R.LEAD, R.TEAM_GUEST):
        who, _ = WHO[relation]
        assert relations(who, Stake(team=TeamId(8))) == relations(who, Stake()) == {R.GUEST}


def test_sponsors_and_champions_answer_for_the_companys_objectives_and_nobody_elses():
    for role in Role:
        who, answers = member(5, granted=frozenset({role})), role in {Role.SPONSOR, Role.CHAMPION}
        companys, persons = objective(level=Level.COMPANY), objective(level=Level.INDIVIDUAL)
        assert may(Verb.EDIT_OBJECTIVE, who, companys.stake) is (answers or role is Role.ADMIN)
        assert may(Verb.EDIT_KEY_RESULT, who, companys.stake_in(key_result())) is (answers or role is Role.ADMIN)
        assert may(Verb.EDIT_OBJECTIVE, who, persons.stake) is (role is Role.ADMIN)
        assert may(Verb.CHECK_IN, who, companys.stake) is (role is Role.ADMIN)


# who may know of an objective

GROWTH = team(7)
LEAD = member(20, "Lin Lead", leads=frozenset({TEAM}))
MATE = member(21, "Mia Mate", teams=frozenset({TEAM}))
TEAM_GUEST = member(22, "Tom Guest", kind=Kind.GUEST, teams=frozenset({TEAM}))
OUTSIDER = member(23, "Ola Outside")
STRANGER = member(24, "Ghita Guest", kind=Kind.GUEST)
CO_OWNER, KR_OWNER, HELPER = member(25), member(26), member(27)
ROLES = {role: member(30 + n, granted=frozenset({role})) for n, role in enumerate(Role)}
WITH_A_PART = [ADA, CO_OWNER, KR_OWNER, HELPER]

READ_BY = [
    # visibility, stage, who else than those with a part in it
    (Visibility.EVERYONE, Stage.AGREED, {LEAD, MATE, TEAM_GUEST, OUTSIDER, *ROLES.values()}),
    (Visibility.EVERYONE, Stage.PROPOSED, {LEAD, MATE, TEAM_GUEST, OUTSIDER, *ROLES.values()}),
    (Visibility.EVERYONE, Stage.DRAFT, {LEAD}),
    (Visibility.TEAM, Stage.AGREED, {LEAD, MATE, TEAM_GUEST}),
    (Visibility.TEAM, Stage.DRAFT, {LEAD}),
    (Visibility.PRIVATE, Stage.AGREED, set()),
    (Visibility.PRIVATE, Stage.DRAFT, set()),
]


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize(("visibility", "stage", "others"), READ_BY)
def test_who_may_know_of_an_objective(visibility, stage, others, level):
    kr = key_result(owner=KR_OWNER, contributors=(HELPER,))
    hidden = objective(
        level=level, team=GROWTH, co_owners=(CO_OWNER,), key_results=(kr,), visibility=visibility, stage=stage
    )
    anybody = [*WITH_A_PART, LEAD, MATE, TEAM_GUEST, OUTSIDER, STRANGER, *ROLES.values()]
    assert [who for who in anybody if readable(who, hidden)] == [
        who for who in anybody if who in WITH_A_PART or who in others
    ]


def test_a_key_results_owner_looks_after_that_one_alone():
    first, second = key_result(1, owner=BO), key_result(2, owner=CHIDI)
    shared = objective(key_results=(first, second), co_owners=(CO_OWNER,))
    assert may(Verb.EDIT_KEY_RESULT, BO, shared.stake_in(first))
    assert not may(Verb.EDIT_KEY_RESULT, BO, shared.stake_in(second))
    assert not may(Verb.EDIT_OBJECTIVE, BO, shared.stake)
    for owner in (ADA, CO_OWNER):
        assert may(Verb.EDIT_OBJECTIVE, owner, shared.stake)
        assert may(Verb.CHECK_IN, owner, shared.stake_in(second))


def test_who_helps_with_a_key_result_reads_it_and_leaves_its_number_to_its_owner():
    kr = key_result(owner=BO, contributors=(HELPER,))
    stake = objective(key_results=(kr,)).stake_in(kr)
    assert may(Verb.READ_PRIVATE_OBJECTIVE, HELPER, stake)
    assert not may(Verb.CHECK_IN, HELPER, stake)
    assert not may(Verb.EDIT_KEY_RESULT, HELPER, stake)


# who is nobody here


@pytest.mark.parametrize("nobody", [admin(active=False), admin(kind=Kind.BOT)], ids=["left", "an app"])
@pytest.mark.parametrize("verb", Verb)
def test_who_has_left_and_what_is_no_person_may_do_nothing(verb, nobody):
    stake = Stake(frozenset({nobody.id}), frozenset({nobody.id}), TEAM, of_company=True)
    assert not may(verb, nobody, stake)
    with pytest.raises(NotAllowed):
        allow(verb, nobody, "", stake)


def test_somebody_deactivated_hears_why():
    with pytest.raises(NotAllowed, match="deactivated"):
        allow(Verb.CHECK_IN, member(active=False), "KR-34, which is Bo's", Stake(frozenset({ADA.id})))


@pytest.mark.parametrize(
    ("verb", "thing", "stake", "sentence"),
    [
        (Verb.CHECK_IN, "KR-34", Stake(), "You cannot update KR-34. Its owner, the team's lead or an admin can."),
        (Verb.GRANT_ROLES, "", Stake(), "You cannot grant roles. An admin can."),
        (Verb.ADD_TEAM, "", Stake(), "You cannot add teams. An OKR champion or an admin can."),
        (Verb.EDIT_OBJECTIVE, "O-1", Stake(), "You cannot change O-1. Its owner, the team's lead or an admin can."),
        (
            Verb.EDIT_OBJECTIVE,
            "O-1",
            Stake(of_company=True),
            "You cannot change O-1. Its owner, the team's lead, a sponsor or champion where it is the company's or an "
            "admin can.",
        ),
    ],
)
def test_a_refusal_says_who_could(verb, thing, stake, sentence):
    with pytest.raises(NotAllowed) as refused:
        allow(verb, BO, thing, stake)
    assert refused.value.sentence == sentence


def test_roles_follow_from_what_people_do():
    assert member().roles == {Role.MEMBER}
    assert member(leads=frozenset({TEAM})).roles == {Role.MEMBER, Role.MANAGER}
    assert admin().roles == {Role.MEMBER, Role.ADMIN}
    assert member(granted=frozenset({Role.ADMIN})).is_admin
