"""Closing objectives: who scores them, what is kept, and who is reminded."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.changes import What
from domain.check_ins import Answer
from domain.closing import Verdict
from domain.cycles import Step, quarter
from domain.errors import NotAllowed, NotFound, Refusal
from domain.objectives import KeyResultDraft, Level, Stage, Visibility
from domain.people import Role
from operations import closing, cycles, key_results, proposals, reminders, status, updates
from storage import changes, people
from storage import closings as kept
from storage import cycles as known
from storage import objectives as stored
from tests.examples import NOW, TODAY
from tests.operations.closing import CLOSED, CLOSING, carrying, draft, set_up
from tests.storage.company import HERE, admin, again, key_result, objective, person, profile, team, with_role
from tests.storage.units import in_a_session


@in_a_session
def test_the_numbers_that_were_scored_stay_and_the_score_can_be_changed(session):
    ada = person(session)
    mine = objective(session, ada)
    kr = key_result(session, mine)
    updates.move(session, ada, kr.ref, Answer(kr.id, "50"), CLOSING)
    another = KeyResultDraft("Another", "0", "9", "", "increase")
    closing.score(session, ada, mine.id, draft("0.5"), CLOSING)
    for attempt in (
        lambda: updates.move(session, ada, kr.ref, Answer(kr.id, "90"), CLOSING),
        lambda: updates.undo(session, ada, kr.ref, None, CLOSING),
        lambda: key_results.change(session, ada, kr.id, KeyResultDraft(kr.title, "0", "200", "", "increase"), CLOSING),
        lambda: key_results.add(session, ada, mine.id, another, CLOSING),
        lambda: proposals.propose(session, person(session, "Bo"), mine.id, another, CLOSING),
        lambda: status.say(session, ada, kr.ref, "at risk because the vendor is late", CLOSING),
        lambda: key_results.archive(session, ada, kr.ref, CLOSING),
    ):
        with pytest.raises(Refusal, match=r"O-1 has its score, 0\.5, so its numbers stay .* `/okr close O-1` changes"):
            attempt()
    assert closing.score(session, ada, mine.id, draft("0.9"), CLOSING).objective.score == Decimal("0.9")


@in_a_session
def test_where_nobody_is_left_to_score_it_the_way_to_somebody_is_named(session):
    chidi, gus, bo = person(session, "Chidi"), admin(session), person(session, "Bo")
    whole = objective(session, chidi, level=Level.COMPANY)
    leads = objective(session, chidi, team=team(session, "Growth", again(session, bo)), level=Level.TEAM)
    with pytest.raises(NotAllowed, match=r"Its owner or the team's lead can|Its owner .*can"):
        closing.to_score(session, gus, whole.ref, CLOSING)
    people.keep_profiles(session, HERE, [profile("Chidi", active=False)], "UTC")
    session.expire_all()
    with pytest.raises(NotAllowed, match="`/okr handover @Chidi` gives it to somebody who can"):
        closing.to_score(session, gus, whole.ref, CLOSING)
    with pytest.raises(NotAllowed, match="lead can"):
        closing.to_score(session, gus, leads.ref, CLOSING)


@in_a_session
def test_a_cycle_that_runs_again_is_scored_anew_with_what_was_said(session):
    hana, ada = set_up(session), person(session)
    mine = objective(session, ada)
    kr = key_result(session, mine)
    cycles.step(session, hana, mine.cycle.id, Step.BEGIN, NOW)
    closing.score(session, ada, mine.id, draft("0.5"), NOW)
    cycles.step(session, hana, mine.cycle.id, Step.REOPEN, NOW)
    assert updates.move(session, ada, kr.ref, Answer(kr.id, "90"), NOW).after.measure.current == 90
    again_ = closing.to_score(session, ada, mine.ref, CLOSING)
    assert (again_.objective.score, again_.closing.why) == (None, "So it was")
    assert closing.next_to_score(session, ada, CLOSING).objective.id == mine.id


@in_a_session
def test_an_owner_says_how_it_ended_and_may_say_it_again(session):
    ada = person(session)
    mine = objective(session, ada)
    key_result(session, mine)
    first = closing.score(session, ada, mine.id, draft("0.5", why="We found more to do"), CLOSING)
    assert (first.objective.score, first.closing.suggested, first.left) == (Decimal("0.5"), Decimal("0.4"), 0)
    closing.score(session, ada, mine.id, draft("0.3", why="Not quite", verdict="keep"), CLOSING)
    again_ = closing.ended(session, ada, mine.ref, CLOSED)
    assert (again_.closing.score, again_.closing.why, again_.closing.verdict) == (
        Decimal("0.3"),
        "Not quite",
        Verdict.KEEP,
    )
    told = [(each.what, each.before, each.after, each.why) for each in changes.of_objective(session, HERE, mine.id)]
    assert told == [
        (What.SCORE, "", "0.5", "We found more to do"),
        (What.SCORE, "0.5", "0.3", "Not quite"),
    ]


@in_a_session
def test_owner_co_owner_and_lead_may_score_and_nobody_else(session):
    ada, bo, emi, gus = person(session), person(session, "Bo"), person(session, "Emi"), admin(session)
    chidi = with_role(session, person(session, "Chidi"), Role.CHAMPION)
    growth = team(session, "Growth", bo, ada, chidi)
    mine = objective(session, ada, team=growth)
    stored.share(session, mine, [emi])
    key_result(session, mine, chidi)
    for who in (ada, again(session, bo), emi):
        assert closing.score(session, who, mine.id, draft(), CLOSING).objective.score == Decimal("0.4")
    for who in (gus, chidi):
        with pytest.raises(NotAllowed, match=r"which is Ada's\. Its owner or the team's lead can"):
            closing.score(session, who, mine.id, draft(), CLOSING)
        with pytest.raises(NotAllowed):
            closing.to_score(session, who, mine.ref, CLOSING)


@in_a_session
def test_what_is_hidden_can_be_neither_scored_nor_read_nor_carried(session):
    ada, bo = person(session), person(session, "Bo")
    hidden = objective(session, ada, visibility=Visibility.PRIVATE)
    for attempt in (
        lambda: closing.score(session, bo, hidden.id, draft(), CLOSING),
        lambda: closing.ended(session, bo, hidden.ref, CLOSING),
        lambda: closing.carry(session, bo, hidden.id, carrying(), CLOSING),
    ):
        with pytest.raises(NotFound):
            attempt()


@in_a_session
def test_one_objective_after_the_other_waits_for_its_score(session):
    ada, bo = person(session), person(session, "Bo")
    first, second = objective(session, ada, "One"), objective(session, bo, "Two")
    stored.share(session, second, [ada])
    objective(session, ada, "Draft", stage=Stage.DRAFT)
    assert closing.next_to_score(session, ada, NOW) is None
    sheet = closing.next_to_score(session, ada, CLOSING)
    assert (sheet.objective.id, sheet.left) == (first.id, 1)
    closing.score(session, ada, first.id, draft(), CLOSING)
    assert closing.next_to_score(session, ada, CLOSING).objective.id == second.id
    closing.score(session, bo, second.id, draft(), CLOSING)
    assert closing.next_to_score(session, ada, CLOSING) is None


@in_a_session
def test_a_reminder_names_what_still_waits_and_is_not_sent_when_nothing_does(session):
    ada, bo = person(session), person(session, "Bo")
    mine, done = objective(session, ada, "Mine"), objective(session, bo)
    closing.score(session, bo, done.id, draft(), CLOSING)
    asked = reminders.to_remind(session, HERE, mine.cycle.id, ["UADA", "UBO"], CLOSING.date())
    assert {who: [each.title for each in found.awaited] for who, found in asked.items()} == {"UADA": ["Mine"]}
    assert reminders.to_remind(session, HERE, mine.cycle.id, ["UADA"], CLOSED.date()) == {}
    assert reminders.to_remind(session, HERE, mine.cycle.id, ["UADA"], NOW.date()) == {}
    assert kept.of(session, HERE, [mine.id]) == {}


@in_a_session
def test_home_tells_what_the_cycles_ask_of_somebody(session):
    ada = person(session)
    mine = objective(session, ada)
    assert cycles.season(session, ada, TODAY).awaited == ()
    season = cycles.season(session, ada, CLOSING.date())
    assert ([each.name for each in season.closing], [each.id for each in season.awaited]) == (["Q4 2026"], [mine.id])
    assert cycles.season(session, ada, CLOSED.date()).closing == ()


@in_a_session
def test_mine_are_those_of_the_cycles_that_run_and_what_of_the_others_waits_for_my_score(session):
    ada, bo = person(session), person(session, "Bo")
    mine, ours = objective(session, ada, "Mine"), objective(session, bo, "Ours")
    stored.share(session, ours, [ada])
    key_result(session, objective(session, bo, "Bo's, with a number of mine"), ada)
    stored.change(session, replace(objective(session, ada, "A thought"), stage=Stage.DRAFT))
    closing.score(session, ada, objective(session, ada, "Done").id, draft(), CLOSING)
    current = objective(session, ada, "Now", cycle=known.opened(session, HERE, quarter(CLOSING.date())))
    shown = cycles.mine(session, ada, CLOSING)
    assert [each.id for each in shown.found.objectives] == [current.id]
    assert [each.id for each in shown.awaited] == [mine.id, ours.id]
    assert [each.id for each in cycles.mine(session, ada, CLOSED).awaited] == []


@in_a_session
def test_what_is_closed_before_its_last_day_is_still_mine_and_waits_already(session):
    ada = person(session)
    mine = objective(session, ada)
    known.begin_closing(session, mine.cycle, NOW)
    shown = cycles.mine(session, ada, NOW)
    assert ([each.id for each in shown.found.objectives], [each.id for each in shown.awaited]) == ([mine.id], [mine.id])
    known.close(session, mine.cycle, NOW)
    shown = cycles.mine(session, ada, NOW)
    assert (shown.found.objectives, shown.awaited) == ((), ())
