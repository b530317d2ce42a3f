"""What a history says, in its own words."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.changes import CARRIED_OVER, Change, What
from domain.check_ins import Update
from domain.history import in_order, points
from domain.measures import MeasureKind
from tests.examples import ADA, BO, NOW, TODAY, baseline, cycle, heading, key_result, milestones, objective
from tests.views.slack import words_of
from views import history

KR = key_result()
FOLK = {ADA.id: ADA, BO.id: BO}


def said(*events, kr=KR, of=None, drawn=()):
    """The history of a key result, or of an objective, as people read it."""
    events = in_order([e for e in events if isinstance(e, Update)], [e for e in events if isinstance(e, Change)])
    of = of or objective()
    return words_of(history.told(kr.ref if kr else of.ref, of, kr, events, drawn, FOLK, charted=False))


def changed(what, before, after, why="", days=0, kr=KR):
    """Ada changes something, so many days from now."""
    return Change(KR.objective, what, before, after, ADA.id, NOW + timedelta(days=days), kr and kr.id, why)


def moved(before, after, days=0, **others):
    """Ada moves KR-34, so many days from now."""
    at = NOW + timedelta(days=days)
    return Update(KR.id, Decimal(after), Decimal(before), None, "", ADA.id, at, **others)


def test_a_status_set_by_hand_in_place_of_another_keeps_its_author_and_its_reason():
    told = said(changed(What.STATUS, "off track until 20 January 2027", "off track until 15 January 2027", "Late"))
    assert "Ada Lovelace set the status to off track until 15 January 2027: “Late”" in told


def test_a_status_that_followed_from_the_numbers_has_no_author():
    assert "The status went from on track to at risk" in said(changed(What.STATUS, "on track", "at risk"))


def test_the_first_value_of_what_was_to_be_measured_is_measured_not_moved():
    kr = replace(KR, measure=baseline("500", "ms"))
    told = said(moved(0, 400), moved(400, 500, 1), kr=kr)
    assert "measured it: 400 ms" in told
    assert "moved it from 400 ms to 500 ms" in told
    aimed = replace(KR, measure=replace(kr.measure, kind=MeasureKind.DECREASE))
    assert "measured it: 400" in said(moved(0, 400), changed(What.MEASURE, "baseline", "decrease", days=1), kr=aimed)
    again = said(moved(0, 40, undone_at=NOW + timedelta(hours=1)), moved(0, 400, 1), kr=kr)
    assert "measured it: 40 ms (taken back)" in again
    assert "measured it: 400 ms" in again


def test_the_milestones_that_were_reached_or_taken_back_are_named():
    kr = replace(KR, measure=milestones(2))
    told = said(
        replace(moved(0, 1, out_of=4), reached=("Beta",)),
        replace(moved(1, 1, 1, out_of=4), reached=("Launch",), taken_back=("Beta",)),
        kr=kr,
    )
    assert "moved it from 0 of 4 milestones to 1 of 4 milestones, reached: Beta" in told
    assert "moved it, still at 1 of 4 milestones, reached: Launch, taken back: Beta" in told


def test_milestones_that_were_others_then_do_not_rewrite_the_past():
    kr = replace(KR, measure=milestones(2))
    grown = changed(What.TARGET, "a, b, c", "a, b, c, d", days=1)
    told = said(moved(0, 1, out_of=3), grown, moved(1, 2, 2, out_of=4), kr=kr)
    assert "moved it from 0 of 3 milestones to 1 of 3 milestones" in told
    assert "moved it from 1 of 4 milestones to 2 of 4 milestones" in told


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (replace(heading(2), cycle="Q1 2027"), "carried it over from O-2 in Q1 2027"),
        (None, "carried it over from Q1 2027 to Q2 2027"),
    ],
)
def test_what_was_carried_over_says_from_what_where_that_may_be_known(past, words):
    change = changed(What.CYCLE, "Q1 2027", "Q2 2027", CARRIED_OVER, kr=None)
    assert words in said(change, kr=None, of=objective(carried_from=past))


def test_the_first_score_is_given_and_a_later_one_changed():
    told = said(changed(What.SCORE, "", "0.07", kr=None), changed(What.SCORE, "0.07", "0.2", kr=None), kr=None)
    assert "scored it 0.07" in told
    assert "changed the score from 0.07 to 0.2" in told


def test_that_it_began_as_a_draft_goes_without_saying():
    drafted, proposed = changed(What.STAGE, "", "draft"), changed(What.STAGE, "draft", "proposed", days=1)
    told = said(drafted, proposed)
    assert "made it a draft" not in told
    assert "proposed it" in told
    assert "made it a draft" in said(changed(What.STAGE, "proposed", "draft"))


def test_the_line_begins_where_it_began_though_all_of_it_happened_on_one_day():
    kr = key_result(created_at=NOW)
    updates = [moved(0, 5), moved(5, 13)]
    told = said(*updates, kr=kr, drawn=points(kr, cycle(), updates, TODAY))
    assert "▁█" in told
    assert "0 sign-ups to begin with, 13 sign-ups now" in told
