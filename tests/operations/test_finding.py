"""Objectives: who may read which of them, and how they are found."""

import pytest

from domain.errors import NotFound, Refusal
from domain.objectives import Level, ObjectiveDraft
from domain.people import Kind
from domain.references import Prefix, Reference
from operations import finding, objectives, sight
from operations.finding import Which
from tests.examples import NOW
from tests.storage.company import ELSEWHERE, again, key_result, objective, person, team, thanks
from tests.storage.units import in_a_session


def titles(found: finding.Found) -> list[str]:
    return [each.title for each in found.objectives]


@in_a_session
def test_members_read_all_and_guests_what_is_theirs_or_their_teams(session):
    ada, bo, marek = person(session), person(session, "Bo"), person(session, "Marek", kind=Kind.GUEST)
    growth, core = team(session, "Growth", bo, marek), team(session, "Core", bo)
    objective(session, bo, "Company's", level=Level.COMPANY)
    objective(session, bo, "Growth's", team=growth)
    secret = objective(session, bo, "Core's", team=core)
    key_result(session, objective(session, bo, "Marek's part"), marek)
    hidden = key_result(session, secret)

    marek = again(session, marek)
    assert len(finding.find(session, ada, Which(), NOW).objectives) == 4
    assert titles(finding.find(session, marek, Which(), NOW)) == ["Growth's", "Marek's part"]
    for which in (secret.ref, secret.id):
        with pytest.raises(NotFound):
            sight.the_objective(session, marek, which)
    with pytest.raises(NotFound, match="There is no KR-2 here"):
        sight.the_key_result(session, marek, hidden.ref)


@in_a_session
def test_what_is_elsewhere_reads_like_what_never_was(session):
    ada, zoe = person(session), person(session, "Zoe", workspace=ELSEWHERE)
    theirs = objective(session, zoe)
    key_result(session, theirs)
    for prefix, ask in ((Prefix.OBJECTIVE, sight.the_objective), (Prefix.KEY_RESULT, sight.the_key_result)):
        with pytest.raises(NotFound, match=f"There is no {prefix}-1 here"):
            ask(session, ada, Reference(prefix, 1))
    with pytest.raises(NotFound, match="That objective is gone"):
        sight.the_objective(session, ada, theirs.id)


@in_a_session
def test_objectives_are_found_by_level_person_and_team(session):
    ada, bo = person(session), person(session, "Bo")
    growth = team(session, "Growth", bo)
    objective(session, ada, "Ada's")
    objective(session, bo, "Growth's", level=Level.TEAM, team=growth)
    assert titles(finding.find(session, ada, Which(level=Level.TEAM), NOW)) == ["Growth's"]
    assert titles(finding.find(session, ada, Which(person="UBO"), NOW)) == ["Growth's"]
    assert titles(finding.find(session, bo, Which(team="growth"), NOW)) == ["Growth's"]
    with pytest.raises(NotFound, match="There is no team called"):
        finding.find(session, ada, Which(team="zebras"), NOW)
    with pytest.raises(Refusal, match="I have not met"):
        finding.find(session, ada, Which(person="UNOBODY"), NOW)


@in_a_session
def test_the_thanks_that_helped_an_objective_come_with_it(session):
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada)
    given = thanks(session, bo, ada, under=mine)
    assert [each.id for each in finding.one(session, ada, mine.id, NOW).thanks[mine.id]] == [given.id]


@in_a_session
def test_a_guest_is_not_told_what_lies_above_and_cannot_take_it_away_unseen(session):
    bo, marek = person(session, "Bo"), person(session, "Marek", kind=Kind.GUEST)
    top = objective(session, bo, "Delight customers", level=Level.COMPANY)
    mine = objective(session, marek, "Marek's", parent=top)
    assert finding.one(session, marek, mine.ref, NOW).only.parent is None
    objectives.change(session, marek, mine.id, ObjectiveDraft("Renamed", Level.INDIVIDUAL), NOW)
    session.expire_all()
    assert finding.one(session, bo, mine.ref, NOW).only.parent.id == top.id
