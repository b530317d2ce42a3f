"""What somebody sends may be about what has changed meanwhile: no words are lost, and nothing ends up impossible."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.check_ins import Answer, Answers, State
from domain.cycles import CycleDraft, Step
from domain.errors import NotFound, Refusal
from domain.objectives import KeyResultDraft, KeyResultId, Level, ObjectiveDraft, Visibility
from domain.people import Role
from operations import check_ins, cycles, key_results, objectives, proposals, sight, status, updates
from storage import people
from tests.examples import NOW, TODAY, milestones
from tests.storage.company import HERE, admin, check_in, key_result, objective, owning, person, with_role
from tests.storage.units import in_a_session

LATER, LATEST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)


def drafted(**changes):
    blank = KeyResultDraft("Weekly sign-ups", "0", "100", "sign-ups", "increase")
    return replace(blank, **changes)


def moved(session, who, kr, value, now=NOW):
    return updates.move(session, who, kr.id, Answer(kr.id, value), now).after


# taking back what was said in another measure


@in_a_session
def test_an_update_is_not_taken_back_once_it_is_measured_in_another_way(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada))
    moved(session, ada, kr, "45")
    moved(session, ada, kr, "0", LATER)
    key_results.change(session, ada, kr.id, drafted(kind="milestones", milestones="One\nTwo\nThree"), LATEST)

    with pytest.raises(Refusal, match="measured in another way since"):
        updates.undo(session, ada, kr.id, None, LATEST)

    assert sight.the_key_result(session, ada, kr.id)[0].measure.current == 0


@in_a_session
def test_what_was_reached_of_another_list_is_not_taken_back(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada), measure=milestones(3))
    moved(session, ada, kr, "4")
    shorter = drafted(kind="milestones", milestones="Interviews held\nDesign agreed")
    assert key_results.change(session, ada, kr.id, shorter, NOW).key_result.measure.current == 2

    with pytest.raises(Refusal, match="KR-1 has other milestones since"):
        updates.undo(session, ada, kr.id, None, LATER)


@in_a_session
def test_what_would_be_a_slip_in_percent_does_not_come_back_as_one(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada))
    moved(session, ada, kr, "1500")
    moved(session, ada, kr, "50", LATER)
    key_results.change(session, ada, kr.id, drafted(unit="%"), LATEST)

    with pytest.raises(Refusal, match="1,500% is outside this measure"):
        updates.undo(session, ada, kr.id, None, LATEST)


# a check-in that was open while one of its key results went elsewhere


def answered(session, who, opened, *values):
    """They send the form as it was drawn, with these values typed."""
    sheet = check_ins.to_answer(session, who, opened.id, NOW)
    each = zip(sheet.key_results, (*values, "", ""), strict=False)
    return Answers(opened.id, tuple(Answer(kr.id, value, 7) for kr, value in each))


def kept(session, who, answers):
    """What was recorded of it."""
    done = check_ins.record(session, who, answers, LATER)
    assert done.check_in.state is State.ANSWERED
    return [update.value for update in done.answered if update.key_result == answers.each[0].key_result]


@in_a_session
def test_the_rest_of_a_check_in_counts_when_one_cycle_was_closed_meanwhile(session):
    ada, hana = owning(session), with_role(session, person(session, "Hana"), Role.CHAMPION)
    people.finish_set_up(session, HERE, NOW)
    sprint = CycleDraft("Sprint", TODAY - timedelta(days=10), TODAY + timedelta(days=10))
    custom = cycles.add(session, hana, sprint, NOW).cycle
    key_result(session, objective(session, ada, cycle=custom))
    opened = check_in(session, ada)
    answers, typed = answered(session, ada, opened, "50"), answered(session, ada, opened, "50", "60")
    for step in (Step.BEGIN, Step.CLOSE):
        cycles.step(session, hana, custom.id, step, NOW)

    with pytest.raises(Refusal, match="Sprint is closed, so O-2 can be read") as refused:
        check_ins.record(session, ada, typed, LATER)
    assert refused.value.field == "value KR-2"
    assert kept(session, ada, answers) == [Decimal(50)]


@in_a_session
def test_the_rest_of_a_check_in_counts_when_one_key_result_is_somebody_elses_by_now(session):
    ada, bo, gus = owning(session), person(session, "Bo"), admin(session)
    theirs = key_result(session, objective(session, gus), ada)
    opened = check_in(session, ada)
    answers, typed = answered(session, ada, opened, "50"), answered(session, ada, opened, "50", "60")
    key_results.change(session, gus, theirs.id, drafted(owner=bo.slack_id), NOW)

    with pytest.raises(Refusal, match="You cannot update KR-2, which is Bo's") as refused:
        check_ins.record(session, ada, typed, LATER)
    assert refused.value.field == "value KR-2"
    assert kept(session, ada, answers) == [Decimal(50)]


@in_a_session
def test_the_rest_of_a_check_in_counts_when_one_key_result_is_hidden_from_them_by_now(session):
    ada, bo, gus = owning(session), person(session, "Bo"), admin(session)
    above = objective(session, gus)
    theirs = key_result(session, above, ada)
    opened = check_in(session, ada)
    answers, typed = answered(session, ada, opened, "50"), answered(session, ada, opened, "50", "60")
    key_results.change(session, gus, theirs.id, drafted(owner=bo.slack_id), NOW)
    private = ObjectiveDraft(above.title, Level.INDIVIDUAL, visibility=Visibility.PRIVATE)
    objectives.change(session, gus, above.id, private, NOW)

    with pytest.raises(NotFound, match="That key result is gone"):
        check_ins.record(session, ada, typed, LATER)
    assert kept(session, ada, answers) == [Decimal(50)]


@in_a_session
def test_a_check_in_about_nothing_but_what_never_was_says_so(session):
    ada = owning(session)
    opened = check_in(session, ada)

    with pytest.raises(NotFound):
        check_ins.record(session, ada, Answers(opened.id, (Answer(KeyResultId(99), "7"),)), NOW)


# a status for what does not count


@in_a_session
def test_nobody_sets_the_status_of_what_is_only_proposed_or_was_declined(session):
    ada, bo = person(session), person(session, "Bo")
    proposal = proposals.propose(session, bo, objective(session, ada).id, drafted(), NOW).key_result

    with pytest.raises(Refusal, match="is only proposed"):
        status.say(session, ada, proposal.ref, "at risk because of it", NOW)
    proposals.decline(session, ada, proposal.id, "Not now", NOW)
    with pytest.raises(Refusal, match="has been declined"):
        status.say(session, ada, proposal.ref, "at risk because of it", NOW)
