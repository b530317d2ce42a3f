"""What is over: what nobody is asked about any more, what nobody can add to, and where nothing goes any more."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.changes import What
from domain.check_ins import Answer, Answers
from domain.closing import Carrying, ClosingDraft
from domain.cycles import BACKLOG, Period, Step, quarter
from domain.errors import Refusal, Settled
from domain.objectives import KeyResultDraft, Level, ObjectiveDraft, Stage
from domain.outbox import Sent
from domain.people import Role
from operations import (
    amendments,
    check_ins,
    closing,
    cycles,
    finding,
    history,
    home,
    marks,
    moving,
    objectives,
    proposals,
    retrospectives,
    status,
    updates,
)
from storage import changes, outbox, people, policy
from storage import check_ins as kept
from storage import cycles as known
from storage import key_results as parts
from storage import objectives as stored
from storage import planning as plans
from storage import retrospectives as talks
from tests.examples import NOW, TODAY
from tests.storage.company import (
    HERE,
    check_in,
    cycle,
    key_result,
    objective,
    owning,
    person,
    schedule,
    week,
    with_role,
)
from tests.storage.outbox import claim, confirm, planned, said_of, state
from tests.storage.statements import counted
from tests.storage.units import in_a_session

CLOSING = datetime(2027, 1, 2, 12, tzinfo=UTC)
CLOSED = datetime(2027, 1, 15, 12, tzinfo=UTC)
SCORE = ClosingDraft("0.4", why="So it was", mattered="yes", verdict="drop")
DRAFT = KeyResultDraft("Sign-ups a week", "0", "100", "", "increase")


def scored_now(session, ada, *objectives):
    """Somebody closes the cycle before its last day, and these have their score."""
    hana = with_role(session, person(session, "Hana"), Role.CHAMPION)
    cycles.step(session, hana, objectives[0].cycle.id, Step.BEGIN, NOW)
    for each in objectives:
        closing.score(session, ada, each.id, SCORE, NOW)
    session.expire_all()


# check-ins


@in_a_session
def test_a_check_in_asks_only_about_what_has_no_score_and_keeps_what_was_said(session):
    ada = person(session)
    first, second = objective(session, ada), objective(session, ada)
    locked, still = key_result(session, first), key_result(session, second)
    opened = check_in(session, ada)
    check_ins.record(session, ada, Answers(opened.id, (Answer(locked.id, "50"),), ""), NOW)
    scored_now(session, ada, first)

    sheet = check_ins.to_answer(session, ada, opened.id, NOW)
    assert [kr.id for kr in sheet.to_ask] == [still.id]
    assert [each.key_result for each in sheet.answered] == [locked.id]
    assert {kr.id for kr in sheet.key_results} == {locked.id, still.id}
    assert home.home(session, ada, NOW).check_in.id == opened.id

    closing.score(session, ada, second.id, SCORE, NOW)
    session.expire_all()
    with pytest.raises(Refusal, match="What you own has its score by now"):
        check_ins.to_answer(session, ada, opened.id, NOW)
    assert check_ins.sheet(session, ada, opened.id, NOW).to_ask == ()
    assert home.home(session, ada, NOW).check_in is None


@in_a_session
def test_whoever_has_scored_everything_is_not_asked(session):
    ada, bo = owning(session), owning(session, "Bo")
    (mine,) = stored.in_cycle(session, HERE, TODAY, owner=ada)
    weekly = schedule(session)
    scored_now(session, ada, mine)
    asked = plans.Asked(HERE, TODAY)
    assert plans.people_asked(session, asked) == [bo.id]
    plans.open_for(session, asked, weekly, week(weekly))
    assert kept.current(session, ada, NOW) is None
    assert isinstance(check_ins.open_now(session, ada, NOW), check_ins.NothingOpen)


@in_a_session
def test_a_prompt_for_what_was_scored_meanwhile_is_not_sent(session):
    ada = owning(session)
    (mine,) = stored.in_cycle(session, HERE, TODAY, owner=ada)
    opened = check_in(session, ada)
    assert list(check_ins.to_prompt(session, HERE, {opened.id: "UADA"}, NOW)) == [opened.id]
    scored_now(session, ada, mine)
    assert check_ins.to_prompt(session, HERE, {opened.id: "UADA"}, NOW) == {}


# proposals


def proposing(session, at=CLOSING):
    """Bo proposes a key result for Ada's objective, which she shares with Emi."""
    ada, bo, emi = person(session), person(session, "Bo"), person(session, "Emi")
    people.finish_set_up(session, HERE, NOW)
    mine = objective(session, ada)
    stored.share(session, mine, [emi])
    made = proposals.propose(session, bo, mine.id, DRAFT, at).key_result
    session.expire_all()
    return ada, bo, mine, made


def read(session, kr):
    session.expire_all()
    return parts.key_result(session, HERE, kr.id)[0]


@in_a_session
def test_what_is_proposed_when_it_is_scored_is_settled_with_a_word(session):
    ada, bo, mine, kr = proposing(session)
    closing.score(session, ada, mine.id, SCORE, CLOSING)
    assert read(session, kr).stage is Stage.DECLINED
    said = [each for each in changes.of_key_result(session, HERE, kr.id) if each.what is What.STAGE]
    assert (said[-1].by, said[-1].why) == (None, "O-1 had its score before anybody had decided on it.")
    assert planned(session, "key result decided") == ["UBO"]
    assert sorted(planned(session, "key result settled")) == ["UADA", "UEMI"]
    assert state(session, amendments.proposal_key(kr.id, ada.id)).value == "unwanted"
    decided = proposals.decided(session, bo, kr.id, NOW)
    assert (decided.by, decided.why) == (None, "O-1 had its score before anybody had decided on it.")
    assert finding.one(session, ada, mine.ref, CLOSING).only.proposals == ()
    with pytest.raises(Settled, match="has been declined already"):
        proposals.accept(session, ada, kr.id, CLOSING)
    with pytest.raises(Refusal, match=r"O-1 has its score, 0\.4"):
        proposals.propose(session, bo, mine.id, DRAFT, CLOSING)
    closing.score(session, ada, mine.id, SCORE, CLOSING + timedelta(hours=1))
    assert planned(session, "key result decided") == ["UBO"]


@pytest.mark.parametrize("by_hand", [True, False])
@in_a_session
def test_what_is_proposed_when_its_cycle_closes_is_settled_too(session, by_hand):
    _, bo, mine, kr = proposing(session)
    hana = with_role(session, person(session, "Hana"), Role.CHAMPION)
    if by_hand:
        cycles.step(session, hana, mine.cycle.id, Step.CLOSE, CLOSING)
    else:
        marks.turn(session, datetime(2027, 1, 15, 9, tzinfo=UTC))
    assert read(session, kr).stage is Stage.DECLINED
    assert proposals.decided(session, bo, kr.id, NOW).why == "Q4 2026 closed before anybody had decided on it."
    assert [each.place for each in said_of(session, "key result decided")] == ["UBO"]


@in_a_session
def test_however_much_is_proposed_it_is_settled_at_once(session):
    asked = []
    _, bo, mine, _ = proposing(session)
    for many in (1, 6):
        for _ in range(many - 1):
            proposals.propose(session, bo, mine.id, DRAFT, CLOSING)
        session.expire_all()
        with counted(session) as statements:
            proposals.lapse_in(session, HERE, mine.cycle, CLOSING)
        asked.append(len(statements))
        proposals.propose(session, bo, mine.id, DRAFT, CLOSING)
    assert asked[0] == asked[1]


# where nothing goes any more


def half_a_year(session):
    """H1 runs beside the quarters: from February to June."""
    return known.opened(session, HERE, Period("H1 2027", date(2027, 2, 1), date(2027, 6, 30)))


@in_a_session
def test_what_is_carried_goes_by_default_into_the_cycle_that_begins_when_its_own_ends(session):
    ada = person(session)
    half_a_year(session)
    quarterly = objective(session, ada, cycle=known.opened(session, HERE, quarter(date(2027, 1, 1))))
    april = datetime(2027, 4, 2, 12, tzinfo=UTC)
    found = closing.to_carry(session, ada, quarterly.ref, april)
    assert (found.destinations, found.next) == (("H1 2027", "Q2 2027", "Q3 2027", "Backlog"), "Q2 2027")


@in_a_session
def test_nothing_is_carried_moved_or_set_where_a_cycle_is_only_scored(session):
    ada = person(session)
    half_a_year(session)
    quarterly = objective(session, ada, cycle=known.opened(session, HERE, quarter(date(2027, 4, 1))))
    later = objective(session, ada, cycle=known.opened(session, HERE, quarter(date(2027, 7, 1))))
    july = datetime(2027, 7, 1, 12, tzinfo=UTC)
    assert closing.to_carry(session, ada, quarterly.ref, july).destinations == ("Q3 2027", "Q4 2027", "Backlog")
    assert moving.to_move(session, ada, later.ref, july).destinations == ("Q4 2027", "Backlog")
    assert objectives.choices(session, ada, july).cycles == ("Q3 2027", "Q4 2027", "Backlog")
    for name in ("H1 2027", "Q2 2027"):
        said = rf"{name} is over: .* There are Q3 2027, Q4 2027 and Backlog\."
        with pytest.raises(Refusal, match=said):
            moving.move(session, ada, later.ref, name, july)
        with pytest.raises(Refusal, match=said):
            closing.carry(session, ada, quarterly.id, Carrying(name, "Once more"), july)
    with pytest.raises(Refusal, match=r"called “Nope” that is open\. There are Q3 2027, Q4 2027 and Backlog\."):
        moving.move(session, ada, later.ref, "Nope", july)


@in_a_session
def test_where_quarters_do_not_open_a_cycle_that_is_only_scored_is_no_default(session):
    ada = person(session)
    policy.change(session, HERE, {"quarters": False}, ada, NOW)
    known.opened(session, HERE, Period("Autumn", date(2026, 9, 1), date(2026, 11, 20)))
    assert objectives.choices(session, ada, NOW).cycles == ("Backlog",)
    assert objectives.add(session, ada, ObjectiveDraft("Late", Level.INDIVIDUAL), NOW).only.cycle.is_backlog
    mine = objective(session, ada, cycle=known.opened(session, HERE, BACKLOG))
    with pytest.raises(Refusal, match=r"There is Backlog\."):
        moving.move(session, ada, mine.ref, "Autumn", NOW)


# what is announced, and when


@pytest.mark.parametrize(
    ("weeks", "begins", "announced"),
    [
        (3, date(2026, 12, 14), True),
        (3, date(2026, 12, 15), False),
        (3, date(2030, 1, 1), False),
        (1, date(2026, 12, 1), False),
        (12, date(2027, 2, 15), True),
    ],
)
@in_a_session
def test_a_cycle_is_announced_when_it_is_time_to_plan_it(session, weeks, begins, announced):
    ada = person(session)
    policy.change(session, HERE, {"planning_weeks": weeks, "quarters": False}, ada, NOW)
    running = known.opened(session, HERE, quarter(TODAY))
    coming = known.opened(session, HERE, Period("Later", begins, begins + timedelta(days=30)))
    shown = home.home(session, ada, NOW).season.planned
    assert (shown.cycle.id if shown else None) == (coming.id if announced else None)
    beside = cycles.standing(session, ada, running.id, NOW).planned
    assert (beside.cycle.id if beside else None) == (coming.id if announced else None)
    assert cycles.standing(session, ada, coming.id, NOW).planned.cycle.id == coming.id


@in_a_session
def test_the_quarters_that_open_by_themselves_are_among_the_cycles(session):
    ada = person(session)
    cycle(session)
    far = known.opened(session, HERE, Period("Far", date(2030, 1, 1), date(2030, 3, 31)))
    every = cycles.every(session, ada, NOW).cycles
    assert [(each.name, each.is_opened) for each in every] == [("Far", True), ("Q1 2027", False), ("Q4 2026", True)]
    assert every[0].id == far.id
    policy.change(session, HERE, {"quarters": False}, ada, NOW)
    assert [each.name for each in cycles.every(session, ada, NOW).cycles] == ["Far", "Q4 2026"]


# a long retrospective


def begun(session, many):
    """A retrospective about so many objectives of Ada's, whose beginning has been said."""
    ada = person(session)
    with_role(session, person(session, "Hana"), Role.CHAMPION)
    people.finish_set_up(session, HERE, NOW)
    for number in range(many):
        objective(session, ada, f"Objective {number}")
    retrospectives.begin_all(session, HERE, cycle(session), CLOSING)
    for row in claim(session, CLOSING):
        confirm(session, row, Sent(row.what.place, f"{row.id}.0"), CLOSING)


@in_a_session
def test_a_long_retrospective_is_answered_a_slice_at_a_time_in_its_order(session):
    begun(session, 7)
    asked = []
    for said in (3, 6, 7, 7):
        with counted(session) as statements:
            going = retrospectives.go_on(session, CLOSING, at_most=3)
        asked.append(len(statements))
        answers = said_of(session, "retrospective note")
        assert [each.key.split()[-1] for each in answers] == [f"O-{n}" for n in range(1, said + 1)]
        assert going == (1 if len(asked) < 4 else 0)
    assert asked[0] == asked[1] == asked[2] == 4
    assert {each.thread for each in answers} == {outbox.where_said(session, HERE, key_of_the_talk(session)).ts}
    assert retrospectives.go_on(session, CLOSING) == 0


def key_of_the_talk(session):
    (talk,) = talks.begun(session, HERE, cycle(session).id, None)
    return talk.key


@in_a_session
def test_whatever_the_slice_it_asks_as_much(session):
    begun(session, 40)
    with counted(session) as statements:
        assert retrospectives.go_on(session, CLOSING) == 1
    assert len(statements) == 4
    assert len(said_of(session, "retrospective note")) == 40
    assert retrospectives.go_on(session, CLOSING) == 0


# what was asked


@in_a_session
def test_nobody_is_promised_another_question_about_what_is_over(session):
    ada = owning(session)
    (mine,) = stored.in_cycle(session, HERE, TODAY, owner=ada)
    kr = mine.key_results[0]
    assert status.will_move(session, ada, kr.id, NOW).until is not None
    for late in (CLOSING, CLOSED):
        assert status.will_move(session, ada, kr.id, late).until is None
    scored_now(session, ada, mine)
    assert status.will_move(session, ada, kr.id, NOW).until is None


@in_a_session
def test_looking_at_a_history_in_a_form_leaves_no_trace_until_it_is_open(session):
    ada = owning(session)
    (mine,) = stored.in_cycle(session, HERE, TODAY, owner=ada)
    kr = mine.key_results[0]
    updates.move(session, ada, kr.ref, Answer(kr.id, "50"), NOW)
    assert history.foreseen(session, ada, kr.id, NOW).charted
    assert planned(session, "history chart") == []
    assert history.asked(session, ada, kr.id, NOW).charted
    assert planned(session, "history chart") == ["UADA"]
