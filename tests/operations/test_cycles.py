"""Cycles: opened, counted down, closed and left alone, by the clock and by hand; and objectives that move between."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.changes import What
from domain.check_ins import Answer
from domain.cycles import BACKLOG, CycleDraft, CycleId, CycleState, Step, quarter
from domain.errors import NotAllowed, NotFound, Refusal
from domain.objectives import KeyResultDraft, Level, ObjectiveDraft, Stage, Visibility
from domain.people import Role, WorkspaceId
from operations import closing, cycles, finding, key_results, marks, moving, objectives, planning, updates
from operations.finding import Which
from storage import changes, people, policy
from storage import cycles as known
from storage import key_results as known_key_results
from storage import objectives as stored
from storage import teams as groups
from tests.examples import NOW, TODAY
from tests.storage.company import HERE, admin, again, key_result, objective, person, team, with_role
from tests.storage.outbox import planned
from tests.storage.statements import counted
from tests.storage.units import in_a_session

CLOSED = datetime(2027, 1, 15, 12, tzinfo=UTC)
CLOSING = datetime(2027, 1, 2, 12, tzinfo=UTC)


def on(month: int, day: int, hour: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def begun(session):
    """Cairn is set up here, Hana runs the programme, and the quarter of now is open."""
    hana = with_role(session, person(session, "Hana"), Role.CHAMPION)
    people.finish_set_up(session, HERE, NOW)
    planning.open_cycle(session, HERE, TODAY)
    session.expire_all()
    return hana


def until(session, instant: datetime) -> None:
    """The clock runs until then, stopping wherever something is due about a cycle."""
    while (due := marks.next_due(session)) is not None and due <= instant:
        marks.turn(session, max(due, NOW))
    marks.turn(session, instant)


# by the clock


@in_a_session
def test_the_next_quarter_is_opened_when_it_is_time_to_plan_it(session):
    begun(session)
    until(session, on(12, 11, 8))
    assert known.named(session, HERE, "Q1 2027") is None
    until(session, on(12, 11, 9))
    coming = known.named(session, HERE, "Q1 2027")
    assert coming.state(date(2026, 12, 11)) is CycleState.PLANNING
    assert coming.closes == date(2027, 4, 14)


@in_a_session
def test_where_only_cycles_of_ones_own_are_wanted_no_quarter_opens(session):
    hana = begun(session)
    policy.change(session, HERE, {"quarters": False}, hana, NOW)
    until(session, on(12, 31))
    planning.open_cycles(session, on(12, 31))
    assert known.named(session, HERE, "Q1 2027") is None
    made = cycles.add(session, hana, CycleDraft("Q1 2027", date(2027, 1, 4), date(2027, 3, 1)), on(12, 31))
    assert made.cycle.period.starts == date(2027, 1, 4)


@in_a_session
def test_leads_and_champions_hear_of_a_cycle_three_times_and_nobody_else_ever(session):
    begun(session)
    ada, bo, noor = person(session), person(session, "Bo"), person(session, "Noor", active=False)
    team(session, "Growth", bo, ada)
    team(session, "Sales", noor)
    gone = team(session, "Gone", ada)
    groups.archive(session, gone, NOW)
    for day in range(11, 32):
        for hour in (8, 9, 10):
            until(session, on(12, day, hour))
    assert sorted(planned(session, "planning countdown")) == ["UBO"] * 3 + ["UHANA"] * 3


@in_a_session
def test_after_weeks_asleep_only_the_latest_is_said_and_nothing_stale(session):
    begun(session)
    objective(session, person(session))
    marks.turn(session, on(12, 26))
    planning.open_cycles(session, on(12, 26))
    marks.turn(session, on(12, 26))
    assert planned(session, "planning countdown") == ["UHANA"]
    marks.turn(session, on(3, 1, year=2027))
    assert planned(session, "closing begun") == planned(session, "retrospective") == []


@in_a_session
def test_before_cairn_is_set_up_no_cycle_says_anything(session):
    objective(session, person(session))
    assert marks.next_due(session) is None
    assert marks.turn(session, CLOSING) == 0


@in_a_session
def test_owners_are_asked_once_when_it_closes_and_once_before_it_is_over(session):
    begun(session)
    ada, bo, emi = person(session), person(session, "Bo"), person(session, "Emi")
    shared = objective(session, ada)
    stored.share(session, shared, [bo])
    key_result(session, shared, emi)
    done = objective(session, emi)
    until(session, CLOSING)
    until(session, CLOSING + timedelta(hours=1))
    assert sorted(planned(session, "closing begun")) == ["UADA", "UBO", "UEMI"]
    closing.score(session, emi, done.id, closing.ClosingDraft("1", "All of it", "yes", "", "drop"), CLOSING)
    until(session, CLOSED)
    assert sorted(planned(session, "closing reminder")) == ["UADA", "UBO"]


@in_a_session
def test_a_tick_takes_as_many_statements_for_a_company_as_for_one(session):
    begun(session)
    counts = []
    for number in range(2):
        for each in range(1 + 30 * number):
            objective(session, person(session, f"P{number}x{each}"))
        session.flush()
        with counted(session) as statements:
            marks.turn(session, CLOSING)
        counts.append(len(statements))
        known.look_again(session, known.named(session, HERE, "Q4 2026"), NOW)
    assert counts[0] == counts[1]
    assert len(planned(session, "closing begun")) == 32


# by hand


@in_a_session
def test_only_champions_and_admins_run_cycles(session):
    hana, ada, gus = begun(session), person(session), admin(session)
    draft, quarter_now = CycleDraft("Launch", TODAY, TODAY), known.named(session, HERE, "Q4 2026")
    for number, who in enumerate((hana, gus)):
        assert cycles.add(session, who, replace(draft, name=f"Launch {number}"), NOW).cycle.name == f"Launch {number}"
    for attempt in (
        lambda: cycles.add(session, ada, draft, NOW),
        lambda: cycles.step(session, ada, quarter_now.id, Step.BEGIN, NOW),
        lambda: cycles.may_run(session, ada),
    ):
        with pytest.raises(NotAllowed, match=r"You cannot run cycles\. An OKR champion or an admin can"):
            attempt()


@in_a_session
def test_a_cycle_is_closed_early_and_opened_again_while_it_can_be_scored(session):
    hana, ada = begun(session), person(session)
    mine = objective(session, ada, cycle=known.named(session, HERE, "Q4 2026"))
    id = mine.cycle.id
    assert cycles.step(session, hana, id, Step.BEGIN, NOW).cycle.state(TODAY) is CycleState.CLOSING
    assert planned(session, "closing begun") == ["UADA"]
    assert cycles.step(session, hana, id, Step.CLOSE, NOW).cycle.state(TODAY) is CycleState.CLOSED
    with pytest.raises(Refusal, match="Q4 2026 is closed, so O-1 can be read"):
        objectives.archive(session, ada, mine.id, NOW)
    assert cycles.step(session, hana, id, Step.REOPEN, NOW).cycle.state(TODAY) is CycleState.ACTIVE
    assert planned(session, "closing called off") == ["UADA"]
    cycles.step(session, hana, id, Step.BEGIN, NOW + timedelta(minutes=1))
    assert planned(session, "closing begun") == ["UADA", "UADA"]
    cycles.step(session, hana, id, Step.CLOSE, NOW)
    with pytest.raises(Refusal, match=r"so there is nothing to reopen\. It could be scored until 14 January 2027"):
        cycles.step(session, hana, id, Step.REOPEN, CLOSED)


@in_a_session
def test_no_cycle_of_another_workspace_is_touched(session):
    hana = begun(session)
    zoe = admin(session, "Zoe", WorkspaceId("T2"))
    theirs = planning.open_cycle(session, zoe.workspace, TODAY)
    for which in (theirs.id, CycleId(0), CycleId(987)):
        with pytest.raises(NotFound):
            cycles.step(session, hana, which, Step.BEGIN, NOW)
    with pytest.raises(NotFound):
        cycles.standing(session, hana, "Launch", NOW)


# reading


@in_a_session
def test_a_cycle_counts_what_this_person_may_read_and_nothing_else(session):
    hana, ada, chidi = begun(session), person(session), person(session, "Chidi")
    key_result(session, objective(session, ada))
    objective(session, ada, stage=Stage.DRAFT)
    objective(session, ada, stage=Stage.PROPOSED)
    objective(session, ada, visibility=Visibility.PRIVATE)
    mine, others = (cycles.standing(session, who, "", NOW) for who in (ada, chidi))
    assert (mine.agreed, mine.drafted, mine.without_key_results) == (2, 2, 1)
    assert (others.agreed, others.drafted, others.without_key_results) == (1, 1, 0)
    assert cycles.standing(session, hana, "q4-2026", NOW).agreed == 1


@in_a_session
def test_the_countdown_counts_no_team_by_what_only_some_may_know(session):
    begun(session)
    bo = person(session, "Bo")
    coming = known.opened(session, HERE, quarter(date(2027, 1, 1)))
    for name, its in {
        "A": {},
        "B": {"visibility": Visibility.TEAM},
        "C": {"stage": Stage.DRAFT},
        "D": {"stage": Stage.PROPOSED},
    }.items():
        group = team(session, name, again(session, bo))
        objective(session, bo, team=group, level=Level.TEAM, cycle=coming, **its)
    found = cycles.planned(session, HERE, coming, date(2026, 12, 13))
    assert (found.days, found.ready, found.waiting) == (19, ("A", "D"), ("B", "C"))


# moving


@in_a_session
def test_an_objective_moves_with_its_history(session):
    begun(session)
    ada = person(session)
    mine = objective(session, ada)
    moved = moving.move(session, ada, mine.ref, "Backlog", NOW)
    assert (moved.found.only.cycle.period, moved.before.name) == (BACKLOG, "Q4 2026")
    assert moving.move(session, ada, mine.ref, "q1 2027", NOW).found.only.cycle.name == "Q1 2027"
    kept = [(each.what, each.before, each.after, each.by) for each in changes.of_objective(session, HERE, mine.id)]
    assert kept == [
        (What.CYCLE, "Q4 2026", "Backlog", ada.id),
        (What.CYCLE, "Backlog", "Q1 2027", ada.id),
    ]


@in_a_session
def test_what_waits_in_the_backlog_asks_for_nothing(session):
    begun(session)
    ada = person(session)
    mine = objective(session, ada)
    key_result(session, mine)
    moving.move(session, ada, mine.ref, "backlog", NOW)
    assert planning.asked(session, HERE, policy.policy(session, HERE), NOW)
    assert known_key_results.of(session, ada, TODAY) == []
    assert [each.id for each in stored.in_cycle(session, HERE, BACKLOG)] == [mine.id]
    until(session, CLOSED)
    assert planned(session, "closing begun") == []


@pytest.mark.parametrize("to", ["Q3 2026", "Launch"])
@in_a_session
def test_a_closed_cycle_takes_nothing(session, to):
    hana, ada = begun(session), person(session)
    known.opened(session, HERE, quarter(date(2026, 7, 1)))
    made = cycles.add(session, hana, CycleDraft("Launch", TODAY, TODAY), NOW)
    known.close(session, made.cycle, NOW)
    mine = objective(session, ada)
    with pytest.raises(Refusal, match=f"{to} is closed, so nothing can be moved there"):
        moving.move(session, ada, mine.ref, to, NOW)


@in_a_session
def test_who_may_not_change_an_objective_may_not_move_it(session):
    begun(session)
    mine = objective(session, person(session))
    with pytest.raises(NotAllowed):
        moving.move(session, person(session, "Bo"), mine.ref, "backlog", NOW)
    hidden = objective(session, person(session), visibility=Visibility.PRIVATE)
    with pytest.raises(NotFound):
        moving.move(session, person(session, "Bo"), hidden.ref, "backlog", NOW)


# closed


KR = KeyResultDraft("Sign-ups", "0", "10", "", "increase")
ENDING = closing.ClosingDraft("0.4", "", "yes", "", "drop")

ENTRANCES = {
    "change": lambda s, who, o, kr: objectives.change(s, who, o.id, ObjectiveDraft("x", Level.INDIVIDUAL), CLOSED),
    "edit": lambda s, who, o, kr: objectives.choices(s, who, CLOSED, o.id),
    "archive": lambda s, who, o, kr: objectives.archive(s, who, o.ref, CLOSED),
    "add key result": lambda s, who, o, kr: key_results.add(s, who, o.id, KR, CLOSED),
    "new key result": lambda s, who, o, kr: key_results.choices(s, who, o.id, CLOSED),
    "change key result": lambda s, who, o, kr: key_results.change(s, who, kr.id, KR, CLOSED),
    "edit key result": lambda s, who, o, kr: key_results.to_edit(s, who, kr.ref, CLOSED),
    "archive key result": lambda s, who, o, kr: key_results.archive(s, who, kr.ref, CLOSED),
    "restore key result": lambda s, who, o, kr: key_results.restore(s, who, kr.ref, CLOSED),
    "update": lambda s, who, o, kr: updates.move(s, who, kr.ref, Answer(kr.id, "5"), CLOSED),
    "open an update": lambda s, who, o, kr: updates.to_update(s, who, kr.ref, CLOSED),
    "move": lambda s, who, o, kr: moving.move(s, who, o.ref, "backlog", CLOSED),
    "open a move": lambda s, who, o, kr: moving.to_move(s, who, o.ref, CLOSED),
    "score": lambda s, who, o, kr: closing.score(s, who, o.id, ENDING, CLOSED),
    "open a score": lambda s, who, o, kr: closing.to_score(s, who, o.ref, CLOSED),
}


@pytest.mark.parametrize("entrance", ENTRANCES.values(), ids=ENTRANCES)
@in_a_session
def test_nothing_in_a_closed_cycle_can_be_changed_through_any_entrance(session, entrance):
    begun(session)
    ada = person(session)
    mine = objective(session, ada)
    kr = key_result(session, mine)
    with pytest.raises(Refusal, match="Q4 2026 is closed, so O-1 can be read but no longer changed"):
        entrance(session, ada, mine, kr)
    found = finding.find(session, ada, Which(period=mine.cycle.period), CLOSED).only
    assert (found.title, [each.measure for each in found.key_results]) == (mine.title, [kr.measure])
