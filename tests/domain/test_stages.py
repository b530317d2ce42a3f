"""Who may take an objective further, from draft to agreed, and where a new one begins."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from domain.cycles import BACKLOG, Cycle, CycleId
from domain.errors import NotAllowed, Refusal
from domain.objectives import Level, Stage, Visibility, readable
from domain.people import Kind, Role, TeamId
from domain.policy import Policy
from domain.stages import counted, first_stage, may_agree, may_propose, proposable, stepped, to_decide
from tests.examples import ADA, BO, CHIDI, TODAY, admin, cycle, key_result, member, objective, team

OPEN, REVIEWED = Policy(), Policy(review=True)

LEAD = member(5, "Lea Lead", leads=frozenset({TeamId(1)}))
SPONSOR = member(6, "Sam Sponsor", granted=frozenset({Role.SPONSOR}))
CHAMPION = member(7, "Cleo Champion", granted=frozenset({Role.CHAMPION}))
GUEST = member(8, "Marek Guest", kind=Kind.GUEST)

MAY_AGREE = {
    # who, of the company's, of the team's, of somebody's own; "own" only where nobody else has to look at it
    "its owner": (ADA, "own", "own", "own"),
    "the lead": (LEAD, False, True, True),
    "a sponsor": (SPONSOR, True, False, False),
    "a champion": (CHAMPION, True, True, True),
    "an admin": (admin(), True, True, True),
    "a member": (CHIDI, False, False, False),
    "a guest": (GUEST, False, False, False),
}


@pytest.mark.parametrize(("who", "policy"), [*product(MAY_AGREE, [OPEN, REVIEWED])])
def test_who_agrees_depends_on_whose_objective_it_is(who, policy):
    person, *expected = MAY_AGREE[who]
    for level, may in zip((Level.COMPANY, Level.TEAM, Level.INDIVIDUAL), expected, strict=True):
        proposed = objective(level=level, team=team(), stage=Stage.PROPOSED)
        wanted = not policy.review if may == "own" else may
        assert may_agree(person, proposed, policy) is wanted, level
        if wanted:
            assert stepped(person, proposed, Stage.AGREED, policy).stage is Stage.AGREED
        else:
            with pytest.raises(NotAllowed) as refused:
                stepped(person, proposed, Stage.AGREED, policy)
            assert refused.value.field == "stage"


def test_the_lead_of_any_team_that_somebody_is_in_agrees_to_their_own_objective():
    ada = replace(ADA, teams=frozenset({TeamId(1)}))
    mine = objective(owner=ada, stage=Stage.PROPOSED)
    assert may_agree(LEAD, mine, REVIEWED)
    assert not may_agree(LEAD, objective(stage=Stage.PROPOSED), REVIEWED)


def test_a_lead_does_not_agree_to_what_is_theirs_where_somebody_else_must_look_at_it():
    mine = objective(owner=LEAD, level=Level.TEAM, team=team(), stage=Stage.PROPOSED)
    assert may_agree(LEAD, mine, OPEN)
    assert not may_agree(LEAD, mine, REVIEWED)
    with pytest.raises(NotAllowed, match="somebody else agrees"):
        stepped(LEAD, mine, Stage.AGREED, REVIEWED)


@pytest.mark.parametrize(
    ("stage", "to", "sentence"),
    [
        (Stage.PROPOSED, Stage.PROPOSED, "O-12 is proposed already"),
        (Stage.AGREED, Stage.AGREED, "O-12 is agreed already"),
        (Stage.DRAFT, Stage.DRAFT, "O-12 is a draft"),
        (Stage.AGREED, Stage.PROPOSED, "O-12 is agreed already"),
        (Stage.PROPOSED, Stage.DECLINED, "archive it"),
    ],
)
def test_a_step_that_leads_nowhere_is_refused(stage, to, sentence):
    with pytest.raises(Refusal, match=sentence) as refused:
        stepped(ADA, objective(stage=stage), to, OPEN)
    assert refused.value.field == "stage"


def test_a_draft_is_proposed_by_its_owner_and_by_nobody_who_has_no_part_in_it():
    draft = objective(stage=Stage.DRAFT)
    assert may_propose(ADA, draft)
    assert not may_propose(ADA, objective())
    assert stepped(ADA, draft, Stage.PROPOSED, OPEN).stage is Stage.PROPOSED
    with pytest.raises(NotAllowed):
        stepped(CHIDI, draft, Stage.PROPOSED, OPEN)


NEXT = cycle(date(2027, 1, 4))
SOME_DAY = Cycle(CycleId(3), BACKLOG)


@pytest.mark.parametrize(
    ("who", "during", "policy", "stage"),
    [
        (ADA, cycle(), OPEN, Stage.AGREED),
        (ADA, cycle(), REVIEWED, Stage.PROPOSED),
        (admin(), cycle(), REVIEWED, Stage.AGREED),
        (ADA, NEXT, OPEN, Stage.DRAFT),
        (ADA, SOME_DAY, OPEN, Stage.DRAFT),
        (BO, NEXT, OPEN, Stage.PROPOSED),
        (BO, cycle(), OPEN, Stage.AGREED),
    ],
)
def test_where_a_new_objective_of_adas_begins(who, during, policy, stage):
    assert first_stage(who, objective(cycle=during), TODAY, policy) is stage


def test_whoever_writes_something_down_can_read_it_where_it_begins():
    for who, during, policy in product((ADA, BO, LEAD, admin()), (cycle(), NEXT, SOME_DAY), (OPEN, REVIEWED)):
        new = objective(cycle=during)
        assert readable(who, replace(new, stage=first_stage(who, new, TODAY, policy)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"stage": Stage.AGREED}, "KR-34 has been accepted already"),
        ({"stage": Stage.DECLINED}, "KR-34 has been declined already"),
        ({"stage": Stage.PROPOSED, "archived": True}, "KR-34 has been put away"),
    ],
)
def test_what_is_settled_is_not_decided_again(changes, sentence):
    with pytest.raises(Refusal, match=sentence):
        to_decide(key_result(**changes))


def test_only_what_is_agreed_has_a_value_to_move():
    assert counted(key_result()) == key_result()
    with pytest.raises(Refusal, match="only proposed"):
        counted(key_result(stage=Stage.PROPOSED))
    with pytest.raises(Refusal, match="declined"):
        counted(key_result(stage=Stage.DECLINED))


def test_a_key_result_is_proposed_by_who_could_not_add_it_at_once():
    assert proposable(CHIDI, objective()) == objective()
    for who in (ADA, admin()):
        with pytest.raises(Refusal, match="`/okr add kr O-12` adds it at once"):
            proposable(who, objective())
    with pytest.raises(NotAllowed):
        proposable(GUEST, objective(visibility=Visibility.EVERYONE))
