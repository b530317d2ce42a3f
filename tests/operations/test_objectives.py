"""Objectives: who may do what with them, and what stands in the way."""

from datetime import UTC, datetime

import pytest

from domain.cycles import named_quarter
from domain.errors import NotAllowed, NotFound, Refusal
from domain.objectives import Level, ObjectiveDraft, ObjectiveId
from domain.people import Kind, Role, TeamId
from domain.references import Prefix, Reference
from operations import finding, objectives, teams
from operations.finding import Which
from storage import people as known
from storage import policy
from tests.examples import NOW
from tests.storage.company import ELSEWHERE, admin, again, cycle, key_result, objective, person, team, with_role
from tests.storage.outbox import planned
from tests.storage.units import in_a_session

NEXT_QUARTER = datetime(2027, 1, 18, 9, tzinfo=UTC)


def draft(title: str = "Nobody waits for us", level: Level = Level.INDIVIDUAL, **changes) -> ObjectiveDraft:
    return ObjectiveDraft(title, level, **changes)


@in_a_session
def test_a_member_sets_an_objective_in_the_quarter_of_now(session):
    ada, bo = person(session), person(session, "Bo")
    growth = team(session, "Growth", bo, ada)
    top = objective(session, bo, "Delight customers", level=Level.COMPANY)
    made = objectives.add(session, ada, draft(level=Level.TEAM, team=growth.id, parent=top.ref, owner="UBO"), NOW).only
    assert (made.title, made.level, made.owner.name) == ("Nobody waits for us", Level.TEAM, "Bo")
    assert (made.cycle.name, made.team.name, made.parent.title) == ("Q4 2026", "Growth", "Delight customers")
    assert (str(made.ref), made.progress) == ("O-2", None)


@in_a_session
def test_a_guest_sets_no_objective(session):
    marek = person(session, "Marek", kind=Kind.GUEST)
    with pytest.raises(NotAllowed, match="You cannot add objectives"):
        objectives.add(session, marek, draft(), NOW)
    with pytest.raises(NotAllowed, match="You cannot add objectives"):
        objectives.choices(session, marek, NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 3001}, "title"),
        ({"level": Level.TEAM}, "team"),
        ({"team": 0}, "team"),
        ({"owner": "UZOE"}, "owner"),
        ({"owner": "UNOOR"}, "owner"),
        ({"parent": Reference(Prefix.OBJECTIVE, 9)}, "parent"),
    ],
    ids=str,
)
@in_a_session
def test_an_objective_that_cannot_be_is_refused_beside_the_field(session, changes, field):
    ada = person(session)
    person(session, "Noor", active=False)
    person(session, "Zoe", workspace=ELSEWHERE)
    with pytest.raises(Refusal) as refused:
        objectives.add(session, ada, draft(**changes), NOW)
    assert refused.value.field == field
    assert finding.find(session, ada, Which(), NOW).objectives == ()


@in_a_session
def test_neither_team_nor_parent_may_be_put_away_or_from_elsewhere(session):
    ada, gus, zoe = person(session), admin(session), person(session, "Zoe", workspace=ELSEWHERE)
    archived, theirs = team(session, "Growth", gus), team(session, "Growth", zoe)
    teams.archive(session, gus, archived.id, NOW)
    gone, _, foreign = objective(session, ada), objective(session, zoe), objective(session, zoe)
    objectives.archive(session, ada, gone.id, NOW)
    session.expire_all()
    for id in (archived.id, theirs.id):
        with pytest.raises(Refusal, match="That team is not there any more"):
            objectives.add(session, ada, draft(team=id), NOW)
    for ref in (gone.ref, foreign.ref):
        with pytest.raises(Refusal, match="cannot stand above this objective"):
            objectives.add(session, ada, draft(parent=ref), NOW)


@in_a_session
def test_objectives_never_hang_below_each_other(session):
    ada = person(session)
    top = objective(session, ada, "Top")
    middle = objective(session, ada, "Middle", parent=top)
    bottom = objective(session, ada, "Bottom", parent=middle)
    for parent in (top, middle, bottom):
        with pytest.raises(Refusal, match=f"{parent.ref} cannot stand above this objective") as refused:
            objectives.change(session, ada, top.id, draft("Top", parent=parent.ref), NOW)
        assert refused.value.field == "parent"
    moved = objectives.change(session, ada, bottom.id, draft("Bottom", parent=top.ref), NOW).only
    assert moved.parent.id == top.id


@in_a_session
def test_owner_lead_and_admin_may_change_it_and_nobody_else(session):
    ada, bo, gus = person(session), person(session, "Bo"), admin(session)
    chidi = with_role(session, person(session, "Chidi"), Role.CHAMPION)
    growth = team(session, "Growth", bo, ada, chidi)
    mine = objective(session, ada, team=growth)
    for number, who in enumerate((ada, again(session, bo), gus)):
        assert objectives.change(session, who, mine.id, draft(f"{number}"), NOW).only.title == f"{number}"
        objectives.change(session, ada, mine.id, draft(team=growth.id), NOW)
    sentence = "You cannot change O-1, which is Ada's"
    for attempt in (
        lambda: objectives.change(session, chidi, mine.id, draft(), NOW),
        lambda: objectives.choices(session, chidi, NOW, mine.id),
        lambda: objectives.archive(session, chidi, mine.id, NOW),
        lambda: objectives.restore(session, chidi, mine.id, NOW),
    ):
        with pytest.raises(NotAllowed, match=sentence):
            attempt()


@in_a_session
def test_whoever_owns_only_a_key_result_cannot_change_the_objective(session):
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada)
    key_result(session, mine, bo)
    with pytest.raises(NotAllowed):
        objectives.change(session, bo, mine.id, draft(), NOW)


@in_a_session
def test_what_is_archived_comes_back_as_it_was(session):
    ada = person(session)
    mine = objective(session, ada)
    key_result(session, mine)
    objectives.archive(session, ada, mine.ref, NOW)
    session.expire_all()

    assert finding.find(session, ada, Which(), NOW).objectives == ()
    assert [each.id for each in finding.archived(session, ada, NOW).objectives] == [mine.id]
    with pytest.raises(Refusal, match="O-1 is archived"):
        objectives.change(session, ada, mine.id, draft(), NOW)
    with pytest.raises(Refusal, match="O-1 is archived"):
        objectives.archive(session, ada, mine.id, NOW)

    objectives.restore(session, ada, mine.ref, NOW)
    session.expire_all()
    assert [len(each.key_results) for each in finding.find(session, ada, Which(), NOW).objectives] == [1]
    with pytest.raises(Refusal, match="O-1 is not archived"):
        objectives.restore(session, ada, mine.ref, NOW)


@in_a_session
def test_what_is_in_a_closed_cycle_is_read_but_not_changed(session):
    ada = person(session)
    mine, gone = objective(session, ada), objective(session, ada)
    objectives.archive(session, ada, gone.id, NOW)
    session.expire_all()
    for attempt in (
        lambda: objectives.change(session, ada, mine.id, draft(), NEXT_QUARTER),
        lambda: objectives.archive(session, ada, mine.id, NEXT_QUARTER),
        lambda: objectives.restore(session, ada, gone.id, NEXT_QUARTER),
    ):
        with pytest.raises(Refusal, match="Q4 2026 is closed"):
            attempt()
    assert finding.find(session, ada, Which(), NEXT_QUARTER).objectives == ()
    assert len(finding.find(session, ada, Which(period=named_quarter("Q4 2026")), NEXT_QUARTER).objectives) == 1
    assert finding.one(session, ada, mine.ref, NEXT_QUARTER).only.id == mine.id


@in_a_session
def test_the_last_evening_for_scoring_a_quarter_counts_on_the_workspaces_own_clock(session):
    ada = person(session)
    mine = objective(session, ada)
    policy.change(session, ada.workspace, {"zone": "America/New_York"}, ada, NOW)
    still_open = datetime(2027, 1, 15, 4, 59, tzinfo=UTC)
    assert objectives.change(session, ada, mine.id, draft("Just in time"), still_open).only.title == "Just in time"
    with pytest.raises(Refusal, match="Q4 2026 is closed"):
        objectives.change(session, ada, mine.id, draft("Too late"), datetime(2027, 1, 15, 5, tzinfo=UTC))


@in_a_session
def test_the_form_offers_parents_but_not_the_objective_itself(session):
    ada = person(session)
    mine, other = objective(session, ada), objective(session, ada, "Other")
    offered = objectives.choices(session, ada, NOW, mine.id)
    assert ([each.id for each in offered.parents], offered.editing.id) == ([other.id], mine.id)
    assert len(objectives.choices(session, ada, NOW).parents) == 2


@in_a_session
def test_everybody_concerned_sees_a_change_on_their_home(session):
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada)
    for who in (ada, bo):
        known.home_opened(session, who, NOW)
    objectives.change(session, ada, mine.id, draft(owner="UBO"), NOW)
    assert sorted(planned(session, "home")) == ["home/UADA", "home/UBO"]


@in_a_session
def test_a_form_about_something_that_never_was_is_told_so(session):
    ada = person(session)
    cycle(session)
    with pytest.raises(NotFound):
        objectives.change(session, ada, ObjectiveId(0), draft(), NOW)
    with pytest.raises(NotFound):
        teams.to_change(session, ada, TeamId(0))
