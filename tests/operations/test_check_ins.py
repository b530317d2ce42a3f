"""The weekly check-in: opened, answered, edited, skipped, closed; and single updates."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from domain.check_ins import Answer, Answers, State
from domain.errors import NotAllowed, NotFound, Refusal
from domain.outbox import Delivery, Mode, Sent
from domain.references import Prefix, Reference
from operations import check_ins, key_results, planning, updates
from operations.check_ins import NothingOpen
from storage import check_ins as known
from storage import outbox, people
from tests.examples import NOW
from tests.storage.company import ELSEWHERE, HERE, admin, check_in, key_result, objective, owning, person, schedule
from tests.storage.outbox import claim, confirm, planned, state
from tests.storage.units import in_a_session

KR_1 = Reference(Prefix.KEY_RESULT, 1)


def values(sheet) -> list[Decimal]:
    return [kr.measure.current for kr in sheet.key_results]


@in_a_session
def test_one_form_moves_everything_i_own(session):
    ada = owning(session)
    key_result(session, objective(session, ada))
    opened = check_in(session, ada)
    first, second = check_ins.to_answer(session, ada, opened.id, NOW).key_results
    answers = Answers(opened.id, (Answer(first.id, "+5", 8, "Good"), Answer(second.id, "", 3, "Stuck")), "A licence")
    sheet = check_ins.record(session, ada, answers, NOW)

    assert values(sheet) == [Decimal(45), Decimal(40)]
    assert [(kr.confidence, kr.note, kr.updated_at) for kr in sheet.key_results] == [
        (8, "Good", NOW),
        (3, "Stuck", NOW),
    ]
    assert (sheet.check_in.state, sheet.check_in.blocker) == (State.ANSWERED, "A licence")
    assert [(each.previous, each.value) for each in sheet.answered] == [(40, 45), (40, 40)]


@in_a_session
def test_an_answer_can_be_edited_until_the_period_closes(session):
    ada = owning(session)
    opened = check_in(session, ada)
    (kr,) = check_ins.sheet(session, ada, opened.id, NOW).key_results
    check_ins.record(session, ada, Answers(opened.id, (Answer(kr.id, "45"),), "A licence"), NOW)
    last = opened.closes_at - timedelta(seconds=1)
    edited = check_ins.record(session, ada, Answers(opened.id, (Answer(kr.id, "50"),)), last)
    assert (values(edited), edited.check_in.blocker) == ([Decimal(50)], "")

    for attempt in (
        lambda: check_ins.record(session, ada, Answers(opened.id, ()), opened.closes_at),
        lambda: check_ins.to_answer(session, ada, opened.id, opened.closes_at),
        lambda: check_ins.skip(session, ada, opened.id, opened.closes_at),
    ):
        with pytest.raises(Refusal, match="has closed"):
            attempt()


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ({"value": "nearly"}, "value KR-1"),
        ({"value": "-400"}, "value KR-1"),
        ({"confidence": 11}, "confidence KR-1"),
        ({"note": "x" * 3001}, "note KR-1"),
        ({"confidence": 3}, "note KR-1"),
    ],
    ids=str,
)
@in_a_session
def test_one_bad_answer_is_refused_beside_its_own_field(session, answer, field):
    ada = owning(session)
    opened = check_in(session, ada)
    (kr,) = check_ins.sheet(session, ada, opened.id, NOW).key_results
    with pytest.raises(Refusal) as refused:
        check_ins.record(session, ada, Answers(opened.id, (Answer(kr.id, **answer),)), NOW)
    assert refused.value.field == field


@in_a_session
def test_a_blocker_that_is_too_long_is_refused_beside_it(session):
    ada = owning(session)
    opened = check_in(session, ada)
    with pytest.raises(Refusal) as refused:
        check_ins.record(session, ada, Answers(opened.id, (), "x" * 3001), NOW)
    assert refused.value.field == "blocker"


@in_a_session
def test_nobody_sees_or_answers_somebody_elses_check_in(session):
    ada, gus, zoe = owning(session), admin(session), person(session, "Zoe", workspace=ELSEWHERE)
    opened = check_in(session, ada)
    for who in (gus, zoe):
        for attempt in (
            lambda who=who: check_ins.sheet(session, who, opened.id, NOW),
            lambda who=who: check_ins.record(session, who, Answers(opened.id, ()), NOW),
            lambda who=who: check_ins.skip(session, who, opened.id, NOW),
        ):
            with pytest.raises(NotFound, match="That check-in is not yours"):
                attempt()


@in_a_session
def test_what_was_archived_meanwhile_is_passed_over_unless_something_was_typed_about_it(session):
    ada = owning(session)
    opened = check_in(session, ada)
    (kr,) = check_ins.sheet(session, ada, opened.id, NOW).key_results
    key_results.archive(session, ada, kr.ref, NOW)
    for unsaid in (Answer(kr.id), Answer(kr.id, "40", 7)):
        assert check_ins.record(session, ada, Answers(opened.id, (unsaid,)), NOW).answered == ()
    for said in (Answer(kr.id, "41"), Answer(kr.id, note="Done with it")):
        with pytest.raises(Refusal, match="KR-1 has been archived meanwhile") as refused:
            check_ins.record(session, ada, Answers(opened.id, (said,)), NOW)
        assert refused.value.field == "value KR-1"


@in_a_session
def test_a_key_result_that_is_no_longer_mine_is_refused_beside_it(session):
    ada, bo = owning(session), person(session, "Bo")
    theirs = key_result(session, objective(session, bo))
    opened = check_in(session, ada)
    with pytest.raises(NotAllowed, match="You cannot update KR-2, which is Bo's") as refused:
        check_ins.record(session, ada, Answers(opened.id, (Answer(theirs.id, "41"),)), NOW)
    assert refused.value.field == "value KR-2"


@in_a_session
def test_a_prompt_that_has_not_gone_out_is_no_longer_wanted_once_i_have_answered(session):
    ada = owning(session)
    planning.start(session, HERE, schedule(session), {ada.zone}, NOW)
    planning.plan(session, NOW)
    opened = known.current(session, ada, NOW)
    check_ins.record(session, ada, Answers(opened.id, ()), NOW)
    assert state(session, check_ins.prompt_key(opened.id)) is Delivery.UNWANTED


@in_a_session
def test_the_prompt_that_went_out_becomes_a_receipt(session):
    ada = owning(session)
    planning.start(session, HERE, schedule(session), {ada.zone}, NOW)
    planning.plan(session, NOW)
    confirm(session, *claim(session), Sent("D1", "1.0"), NOW)
    opened = known.current(session, ada, NOW)
    check_ins.record(session, ada, Answers(opened.id, ()), NOW)
    (receipt,) = claim(session)
    assert (receipt.what.kind, receipt.what.mode) == ("check-in receipt", Mode.SHOW)
    assert receipt.what.place == "UADA"
    assert outbox.where_said(session, HERE, check_ins.prompt_key(opened.id)) == Sent("D1", "1.0")


@in_a_session
def test_the_check_in_can_be_opened_by_hand_any_time_in_the_period(session):
    ada = owning(session)
    schedule(session)
    thursday = NOW + timedelta(days=3)
    sheet = check_ins.open_now(session, ada, thursday)
    assert (sheet.check_in.day, sheet.check_in.opens_at) == (NOW.date(), NOW)
    assert check_ins.open_now(session, ada, thursday).check_in.id == sheet.check_in.id


@in_a_session
def test_before_the_set_up_nothing_is_open_and_nobody_knows_when(session):
    assert check_ins.open_now(session, owning(session), NOW) == NothingOpen(None, owns_any=True)


@in_a_session
def test_who_owns_no_key_result_hears_when_the_next_check_in_would_be(session):
    bo = person(session, "Bo")
    schedule(session)
    following = NothingOpen((NOW + timedelta(days=7)).date(), owns_any=False)
    assert check_ins.open_now(session, bo, NOW) == following
    assert check_ins.skip(session, bo, None, NOW) == following


@in_a_session
def test_who_owns_nothing_any_more_has_nothing_to_answer(session):
    ada = owning(session)
    opened = check_in(session, ada)
    key_results.archive(session, ada, KR_1, NOW)
    with pytest.raises(Refusal, match="You own no key result any more"):
        check_ins.to_answer(session, ada, opened.id, NOW)


@in_a_session
def test_a_week_can_be_skipped_and_answered_after_all_but_not_the_other_way_round(session):
    ada = owning(session)
    schedule(session)
    assert check_ins.skip(session, ada, None, NOW).state is State.SKIPPED
    opened = known.current(session, ada, NOW)
    assert opened.state is State.SKIPPED
    assert check_ins.record(session, ada, Answers(opened.id, ()), NOW).check_in.state is State.ANSWERED
    with pytest.raises(Refusal, match="You have checked in already"):
        check_ins.skip(session, ada, opened.id, NOW)


@in_a_session
def test_homes_follow_what_is_answered(session):
    ada = owning(session)
    people.home_opened(session, ada, NOW)
    opened = check_in(session, ada)
    check_ins.record(session, ada, Answers(opened.id, ()), NOW)
    assert planned(session, "home") == ["home/UADA"]


@in_a_session
def test_the_last_check_in_of_a_quarter_is_answered_when_the_quarter_is_over(session):
    ada = owning(session)
    weekly = schedule(session)
    last_monday, new_year = datetime(2026, 12, 28, 9, tzinfo=UTC), datetime(2027, 1, 2, 9, tzinfo=UTC)
    planning.start(session, HERE, weekly, {ada.zone}, last_monday)
    planning.plan(session, last_monday)
    opened = known.current(session, ada, new_year)
    (kr,) = check_ins.to_answer(session, ada, opened.id, new_year).key_results
    assert values(check_ins.record(session, ada, Answers(opened.id, (Answer(kr.id, "done"),)), new_year)) == [100]
    with pytest.raises(Refusal, match="Q4 2026 is closed"):
        updates.move(session, ada, KR_1, Answer(kr.id, "50"), new_year + timedelta(days=14))
