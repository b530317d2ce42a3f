"""Key results: who may add, change, archive and restore them."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from domain.errors import NotAllowed, NotFound, Refusal
from domain.objectives import KeyResultDraft, KeyResultId
from domain.references import Prefix, Reference
from operations import finding, key_results, objectives
from operations.finding import Which
from storage import key_results as known_key_results
from storage import people as known
from tests.examples import NOW
from tests.storage.company import ELSEWHERE, HERE, admin, again, key_result, objective, person, team
from tests.storage.outbox import planned
from tests.storage.units import in_a_session

NEXT_QUARTER = datetime(2027, 1, 18, 9, tzinfo=UTC)
DRAFT = KeyResultDraft("Sign-ups a week", "0", "100", "sign-ups", "increase")


def draft(**changes) -> KeyResultDraft:
    return replace(DRAFT, **changes)


@in_a_session
def test_a_new_key_result_begins_at_its_start_and_belongs_to_whoever_set_it(session):
    ada = person(session)
    mine = objective(session, ada)
    made = key_results.add(session, ada, mine.id, draft(start="95.5", target="99.9", unit="%"), NOW).key_result
    assert (str(made.ref), made.owner.name, made.measure.current) == ("KR-1", "Ada", Decimal("95.5"))
    assert finding.one(session, ada, made.ref, NOW).only.key_results[0].title == "Sign-ups a week"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 3001}, "title"),
        ({"start": "much"}, "start"),
        ({"target": "0"}, "target"),
        ({"target": "-5"}, "target"),
        ({"kind": "decrease"}, "target"),
        ({"unit": "x" * 21}, "unit"),
        ({"owner": "UNOBODY"}, "owner"),
        ({"current": "-45"}, "current"),
    ],
    ids=str,
)
@in_a_session
def test_a_key_result_that_cannot_be_is_refused_beside_the_field(session, changes, field):
    ada = person(session)
    mine = objective(session, ada)
    kr = key_result(session, mine)
    for attempt in (
        lambda: key_results.add(session, ada, mine.id, draft(**changes), NOW),
        lambda: key_results.change(session, ada, kr.id, draft(**changes), NOW),
    ):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.field == field
    assert finding.one(session, ada, mine.id, NOW).only.key_results[0].measure == kr.measure


@in_a_session
def test_only_owner_lead_and_admin_add_to_an_objective(session):
    ada, bo, chidi, gus = person(session), person(session, "Bo"), person(session, "Chidi"), admin(session)
    mine = objective(session, ada, team=team(session, "Growth", bo, chidi))
    for who in (ada, again(session, bo), gus):
        key_results.add(session, who, mine.id, draft(owner="UADA"), NOW)
    for attempt in (
        lambda: key_results.add(session, again(session, chidi), mine.id, draft(), NOW),
        lambda: key_results.choices(session, again(session, chidi), mine.ref, NOW),
    ):
        with pytest.raises(NotAllowed, match="You cannot add key results to O-1"):
            attempt()


@in_a_session
def test_whoever_owns_it_or_the_objective_may_change_it_and_nobody_else(session):
    ada, bo, chidi = (person(session, name) for name in ("Ada", "Bo", "Chidi"))
    kr = key_result(session, objective(session, ada), bo)
    for number, who in enumerate((ada, bo)):
        assert key_results.change(session, who, kr.id, draft(title=f"{number}"), NOW).key_result.title == f"{number}"
    for attempt in (
        lambda: key_results.change(session, chidi, kr.id, draft(), NOW),
        lambda: key_results.to_edit(session, chidi, kr.ref, NOW),
        lambda: key_results.archive(session, chidi, kr.ref, NOW),
        lambda: key_results.restore(session, chidi, kr.ref, NOW),
    ):
        with pytest.raises(NotAllowed, match="You cannot edit KR-1, which is Bo's"):
            attempt()


@in_a_session
def test_an_edit_keeps_where_it_is_unless_that_is_changed(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada))
    kept = key_results.change(session, ada, kr.id, draft(title="Renamed", target="200"), NOW).key_result
    assert (kept.title, kept.measure.current, kept.measure.target) == ("Renamed", Decimal(40), Decimal(200))
    moved = key_results.change(session, ada, kr.id, draft(target="200", current="50%"), NOW).key_result
    assert moved.measure.current == Decimal(100)


@in_a_session
def test_an_edit_keeps_its_owner_unless_another_is_named(session):
    ada, bo = person(session), person(session, "Bo")
    kr = key_result(session, objective(session, ada), bo)
    assert key_results.change(session, ada, kr.id, draft(), NOW).key_result.owner.name == "Bo"
    assert key_results.change(session, ada, kr.id, draft(owner="UADA"), NOW).key_result.owner.name == "Ada"


@in_a_session
def test_what_is_archived_comes_back_with_its_value(session):
    ada = person(session)
    mine = objective(session, ada)
    kr = key_result(session, mine)
    key_results.archive(session, ada, kr.ref, NOW)
    session.expire_all()
    assert [each.id for each, _ in finding.archived(session, ada, NOW).key_results] == [kr.id]
    for attempt in (key_results.to_edit, key_results.archive):
        with pytest.raises(Refusal, match="KR-1 is archived"):
            attempt(session, ada, kr.ref, NOW)
    with pytest.raises(Refusal, match="KR-1 is archived"):
        key_results.change(session, ada, kr.id, draft(), NOW)

    assert key_results.restore(session, ada, kr.ref, NOW).measure == kr.measure
    session.expire_all()
    with pytest.raises(Refusal, match="KR-1 is not archived"):
        key_results.restore(session, ada, kr.ref, NOW)


@in_a_session
def test_nothing_is_added_to_what_is_archived_or_closed(session):
    ada = person(session)
    mine, gone = objective(session, ada), objective(session, ada)
    kr, part = key_result(session, mine), key_result(session, gone)
    objectives.archive(session, ada, gone.id, NOW)
    session.expire_all()
    with pytest.raises(Refusal, match="O-2 is archived"):
        key_results.add(session, ada, gone.id, draft(), NOW)
    with pytest.raises(Refusal, match="O-2 is archived"):
        key_results.change(session, ada, part.id, draft(), NOW)
    for attempt in (
        lambda: key_results.add(session, ada, mine.id, draft(), NEXT_QUARTER),
        lambda: key_results.change(session, ada, kr.id, draft(), NEXT_QUARTER),
        lambda: key_results.archive(session, ada, kr.id, NEXT_QUARTER),
    ):
        with pytest.raises(Refusal, match="Q4 2026 is closed"):
            attempt()


@in_a_session
def test_a_key_result_from_elsewhere_reads_like_one_that_never_was(session):
    ada = person(session)
    theirs = key_result(session, objective(session, person(session, "Zoe", workspace=ELSEWHERE)))
    with pytest.raises(NotFound, match="There is no KR-1 here"):
        key_results.to_edit(session, ada, Reference(Prefix.KEY_RESULT, 1), NOW)
    for id in (theirs.id, KeyResultId(0)):
        with pytest.raises(NotFound, match="That key result is gone"):
            key_results.change(session, ada, id, draft(), NOW)


@in_a_session
def test_who_loses_a_key_result_and_who_gains_it_see_it_on_their_homes(session):
    ada, bo, chidi = (person(session, name) for name in ("Ada", "Bo", "Chidi"))
    kr = key_result(session, objective(session, ada), bo)
    for who in (ada, bo, chidi):
        known.home_opened(session, who, NOW)
    key_results.change(session, ada, kr.id, draft(owner="UCHIDI"), NOW)
    assert sorted(planned(session, "home")) == ["home/UADA", "home/UBO", "home/UCHIDI"]


@in_a_session
def test_several_people_help_with_a_key_result_and_one_checks_in_on_it(session):
    ada, bo, chidi = person(session), person(session, "Bo"), person(session, "Chidi")
    mine = objective(session, ada)
    made = key_results.add(session, ada, mine.id, draft(contributors=("UCHIDI", "UBO", "UADA")), NOW).key_result
    assert helping(session, made.id) == ["Bo", "Chidi"], "its owner does anyway"

    key_results.change(session, ada, made.id, draft(title="As it was"), NOW)
    assert helping(session, made.id) == ["Bo", "Chidi"]
    key_results.change(session, ada, made.id, draft(contributors=("UBO",)), NOW)
    assert helping(session, made.id) == ["Bo"]
    assert [each.id for each in finding.find(session, bo, Which(person="UBO"), NOW).objectives] == [mine.id]
    assert finding.find(session, chidi, Which(person="UCHIDI"), NOW).objectives == ()
    with pytest.raises(NotAllowed, match="You cannot edit KR-1"):
        key_results.change(session, bo, made.id, draft(), NOW)
    key_results.change(session, ada, made.id, draft(contributors=()), NOW)
    assert helping(session, made.id) == []


@in_a_session
def test_who_has_left_no_longer_helps_and_who_is_not_here_cannot(session):
    ada, gus = person(session), admin(session)
    person(session, "Bo")
    made = key_results.add(session, ada, objective(session, ada).id, draft(contributors=("UBO", "UGUS")), NOW)
    person(session, "Bo", active=False)
    session.expire_all()
    key_results.change(session, ada, made.key_result.id, draft(contributors=("UBO", gus.slack_id)), NOW)
    assert helping(session, made.key_result.id) == ["Gus"]
    for stranger in ("UNOBODY", "UBO"):
        with pytest.raises(Refusal) as refused:
            key_results.change(session, ada, made.key_result.id, draft(contributors=(stranger,)), NOW)
        assert refused.value.field == "contributors"


@in_a_session
def test_who_begins_or_ceases_to_help_sees_it_on_their_home(session):
    ada, bo = person(session), person(session, "Bo")
    made = key_results.add(session, ada, objective(session, ada).id, draft(contributors=("UBO",)), NOW).key_result
    known.home_opened(session, bo, NOW)
    key_results.change(session, ada, made.id, draft(contributors=()), NOW)
    assert planned(session, "home") == ["home/UBO"]


def helping(session, id):
    """Who helps with it, by name."""
    session.expire_all()
    return [who.name for who in known_key_results.key_result(session, HERE, id)[0].contributors]
