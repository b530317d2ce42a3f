"""Proposing a key result for somebody else's objective, and what its owner makes of it."""

from dataclasses import replace

import pytest

from domain.changes import What
from domain.check_ins import Answer
from domain.errors import NotAllowed, NotFound, Refusal
from domain.objectives import KeyResultDraft, KeyResultId, Stage, Visibility
from domain.outbox import Delivery
from domain.people import Kind
from operations import amendments, finding, key_results, proposals, updates
from storage import changes, people
from storage import key_results as known_key_results
from storage import objectives as known
from tests.examples import NOW, TODAY
from tests.storage.company import HERE, objective, person, team
from tests.storage.outbox import planned, state
from tests.storage.units import in_a_session

DRAFT = KeyResultDraft("Sign-ups a week", "0", "100", "", "increase")


def proposing(session, **changes_):
    """Bo proposes a key result for Ada's objective."""
    ada, bo = person(session), person(session, "Bo")
    people.finish_set_up(session, HERE, NOW)
    mine = objective(session, ada, **changes_)
    made = proposals.propose(session, bo, mine.id, DRAFT, NOW)
    session.expire_all()
    return ada, bo, mine, made.key_result


def steps(session, kr) -> list[tuple[str, str, str]]:
    said = changes.of_key_result(session, HERE, kr.id)
    return [(each.before, each.after, each.why) for each in said if each.what is What.STAGE]


@in_a_session
def test_a_proposal_is_seen_and_not_counted_until_its_owner_accepts_it(session):
    ada, bo, mine, kr = proposing(session)
    assert planned(session, "key result proposed") == ["UADA"]
    seen = finding.one(session, bo, mine.ref, NOW).only
    assert ([each.id for each in seen.proposals], seen.key_results, seen.progress) == ([kr.id], (), None)
    assert known_key_results.of(session, bo, TODAY) == []
    with pytest.raises(Refusal, match="only proposed"):
        updates.move(session, bo, kr.ref, Answer(kr.id, "4"), NOW)

    after = proposals.accept(session, ada, kr.id, NOW).found.only
    assert ([each.id for each in after.key_results], after.proposals) == ([kr.id], ())
    assert planned(session, "key result decided") == ["UBO"]
    assert steps(session, kr) == [("", "proposed", ""), ("proposed", "agreed", "")]
    session.expire_all()
    assert [each.id for each in known_key_results.of(session, bo, TODAY)] == [kr.id]


@in_a_session
def test_a_proposal_is_accepted_with_changes(session):
    ada, _, _, kr = proposing(session)
    changed = KeyResultDraft("Sign-ups a month", "10", "80", "people", "increase", "UADA")
    written = proposals.accept(session, ada, kr.id, NOW, changed)
    (after,) = written.found.only.key_results
    assert (after.title, after.owner.name, after.measure.target, after.stage) == (
        "Sign-ups a month",
        "Ada",
        80,
        Stage.AGREED,
    )
    assert written.key_result.stage is Stage.AGREED


@in_a_session
def test_every_question_about_it_is_settled_with_it(session):
    ada, bo, chidi = person(session), person(session, "Bo"), person(session, "Chidi")
    people.finish_set_up(session, HERE, NOW)
    mine = objective(session, ada)
    known.share(session, mine, [chidi])
    session.expire_all()
    first, second = (proposals.propose(session, bo, mine.id, DRAFT, NOW).key_result for _ in range(2))
    assert sorted(planned(session, "key result proposed")) == ["UADA", "UADA", "UCHIDI", "UCHIDI"]
    proposals.accept(session, chidi, first.id, NOW, DRAFT)
    assert sorted(planned(session, "key result settled")) == ["UADA", "UCHIDI"]
    proposals.decline(session, ada, second.id, "Not now", NOW)
    assert sorted(planned(session, "key result settled")) == ["UADA", "UADA", "UCHIDI", "UCHIDI"]
    assert state(session, amendments.proposal_key(second.id, chidi.id)) is Delivery.UNWANTED


@in_a_session
def test_whoever_is_to_own_it_hears_once_it_counts_unless_they_proposed_it(session):
    ada, bo, mine, kr = proposing(session)
    chidi = person(session, "Chidi")
    proposals.accept(session, ada, kr.id, NOW)
    assert planned(session, "part given") == [], "Bo proposed it, and hears that it was accepted"
    for_chidi = proposals.propose(session, bo, mine.id, replace(DRAFT, owner=chidi.slack_id), NOW).key_result
    assert planned(session, "part given") == []
    proposals.accept(session, ada, for_chidi.id, NOW)
    assert planned(session, "part given") == ["UCHIDI"]


@in_a_session
def test_a_bad_number_neither_changes_nor_accepts_it(session):
    ada, _, _, kr = proposing(session)
    with pytest.raises(Refusal) as refused:
        proposals.accept(session, ada, kr.id, NOW, KeyResultDraft("X", "0", "lots", "", "increase"))
    assert refused.value.field == "target"
    assert proposals.waiting(session, ada, kr.id)


@in_a_session
def test_a_proposal_is_declined_with_a_word_that_its_proposer_reads(session):
    ada, bo, mine, kr = proposing(session)
    with pytest.raises(Refusal) as refused:
        proposals.decline(session, ada, kr.id, "  ", NOW)
    assert refused.value.field == "why"
    proposals.decline(session, ada, kr.id, "Next quarter, <@UBO>", NOW)
    session.expire_all()
    told = proposals.decided(session, bo, kr.id, NOW)
    assert (told.why, told.by.name, told.key_result.stage) == ("Next quarter, @Bo", "Ada", Stage.DECLINED)
    seen = finding.one(session, ada, mine.ref, NOW).only
    assert (seen.key_results, seen.proposals) == ((), ())
    assert steps(session, kr)[-1] == ("proposed", "declined", "Next quarter, @Bo")
    with pytest.raises(Refusal, match="has been declined"):
        key_results.change(session, ada, kr.id, DRAFT, NOW)
    with pytest.raises(Refusal, match="has been declined"):
        updates.to_update(session, ada, kr.id, NOW)


@in_a_session
def test_what_is_settled_cannot_be_settled_again_whatever_was_pressed(session):
    ada, _, _, kr = proposing(session)
    proposals.accept(session, ada, kr.id, NOW)
    session.expire_all()
    for attempt in (
        lambda: proposals.accept(session, ada, kr.id, NOW),
        lambda: proposals.accept(session, ada, kr.id, NOW, DRAFT),
        lambda: proposals.decline(session, ada, kr.id, "No", NOW),
        lambda: proposals.to_edit(session, ada, kr.id, NOW),
        lambda: proposals.to_decline(session, ada, kr.id, NOW),
    ):
        with pytest.raises(Refusal, match="KR-1 has been accepted already"):
            attempt()
    assert len(steps(session, kr)) == 2
    assert proposals.waiting(session, ada, kr.id) is None


@in_a_session
def test_nobody_but_who_looks_after_the_objective_decides(session):
    _, bo, _, kr = proposing(session)
    for who in (bo, person(session, "Chidi")):
        for attempt in (
            lambda w=who: proposals.accept(session, w, kr.id, NOW),
            lambda w=who: proposals.decline(session, w, kr.id, "No", NOW),
        ):
            with pytest.raises(NotAllowed, match="You cannot accept or decline key results of O-1"):
                attempt()


@in_a_session
def test_whoever_looks_after_it_adds_rather_than_proposes(session):
    ada, _, mine, _ = proposing(session)
    with pytest.raises(Refusal, match="adds it at once"):
        proposals.propose(session, ada, mine.id, DRAFT, NOW)


@in_a_session
def test_what_somebody_may_not_read_takes_no_proposal(session):
    ada, bo, marek = person(session), person(session, "Bo"), person(session, "Marek", kind=Kind.GUEST)
    private = objective(session, ada, visibility=Visibility.PRIVATE)
    for who, which in ((bo, private.id), (marek, objective(session, ada).id)):
        with pytest.raises(NotFound):
            proposals.choices(session, who, which, NOW)
        with pytest.raises(NotFound):
            proposals.propose(session, who, which, DRAFT, NOW)
    with pytest.raises(NotFound):
        proposals.accept(session, ada, KeyResultId(0), NOW)


@in_a_session
def test_a_proposal_lets_nobody_in_who_could_not_see_the_objective(session):
    ada, bo = person(session), person(session, "Bo")
    person(session, "Chidi")
    growth = team(session, "Growth", ada, bo)
    only_team = objective(session, ada, team=growth, visibility=Visibility.TEAM)
    bo = person(session, "Bo")
    theirs = KeyResultDraft("Sign-ups", "0", "100", "", "increase", "UCHIDI")
    with pytest.raises(Refusal) as refused:
        proposals.propose(session, bo, only_team.id, theirs, NOW)
    assert refused.value.field == "owner"
    assert proposals.propose(session, bo, only_team.id, DRAFT, NOW)


@in_a_session
def test_co_owners_are_asked_too(session):
    ada, bo, chidi = person(session), person(session, "Bo"), person(session, "Chidi")
    people.finish_set_up(session, HERE, NOW)
    mine = objective(session, ada)
    known.share(session, mine, [chidi])
    session.expire_all()
    proposals.propose(session, bo, mine.id, DRAFT, NOW)
    assert planned(session, "key result proposed") == ["UADA", "UCHIDI"]
