"""A status set by hand as it is read and filled in, where a key result will land, and the question to its owner."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.objectives import KeyResult, Status
from domain.overrides import SETTABLE, OverrideDraft
from tests import strategies
from tests.examples import ADA, NOW, TODAY, cycle, key_result, measure, moment, objective, override, projection
from tests.views.slack import ANY, filled, pressed, words_of
from views import objectives, status
from views.projections import going

BY_BO = "set by Bo until 30 November: The vendor is late (its numbers say: on track)"


def test_a_status_set_by_hand_stands_with_its_reason_and_the_one_that_the_numbers_give() -> None:
    kr = key_result(measure=measure(current="60"), override=override())
    words = words_of(objectives.card(objective(key_results=(kr,)), moment(), ADA))
    assert f":large_yellow_circle: at risk · confidence 7/10 · <@U001>\n{BY_BO}" in words


def test_in_silence_what_was_set_is_told_of_and_counts_for_nothing() -> None:
    silent = NOW - timedelta(days=11)
    kr = key_result(measure=measure(current="60"), override=override(Status.ON_TRACK), updated_at=silent)
    words = words_of(status.judged(kr, cycle(), moment()))
    assert ":white_circle: stale · on track, set by Bo until 30 November: The vendor is late" in words
    assert "until somebody checks in on it" in words


@pytest.mark.parametrize(
    ("landing", "words"),
    [
        ({}, "78 of 100 sign-ups by 31 December, the target only on 21 January (from 4 days with an update)"),
        ({"reaches": date(2026, 12, 20)}, "78 of 100 sign-ups by 31 December, the target on 20 December"),
        ({"reaches": None}, "78 of 100 sign-ups by 31 December (from 4 days with an update)"),
        ({"reaches": None, "moves": False, "lands": Decimal(40)}, "it stays at 40 (from 4 days with an update)"),
    ],
)
def test_where_it_will_land_is_told_with_what_it_rests_on(landing: dict[str, object], words: str) -> None:
    assert f"At this pace: {words}" in going(measure(), projection(**landing))


def test_where_less_is_better_the_target_is_named_as_one() -> None:
    words = going(measure("30", "10", "20", "minutes"), projection(lands=Decimal(12), reaches=None))
    assert "At this pace: 12 for a target of 10 minutes by 31 December (from" in words


@ANY
@given(
    strategies.key_results(),
    st.sampled_from(SETTABLE),
    st.dates(TODAY, TODAY + timedelta(days=28)),
    strategies.notes(),
)
def test_what_is_filled_in_comes_back(kr: KeyResult, chosen: Status, until: date, reason: str) -> None:
    form = status.form(kr, cycle(), moment())
    entered = {"status": chosen.value, "until": until.isoformat(), "reason": reason}
    read, draft = status.read(filled(form, entered))
    assert (read, draft and replace(draft, alone=frozenset())) == (kr.id, OverrideDraft(chosen.value, reason, until))


def test_a_form_begins_with_what_stands_and_offers_to_take_it_back() -> None:
    stands = key_result(measure=measure(current="60"), override=override(Status.OFF_TRACK))
    draft = status.read(filled(status.form(stands, cycle(), moment())))[1]
    assert draft == OverrideDraft("off track", "", TODAY + timedelta(days=7), frozenset({"status", "until"}))
    assert status.read(filled(status.form(stands, cycle(), moment()), {"status": "auto"})) == (stands.id, None)
    assert BY_BO.replace("at risk", "off track") in words_of(status.form(stands, cycle(), moment()))

    nothing = status.form(key_result(), cycle(), moment())
    assert "Worked out" not in words_of(nothing)
    given = status.read(filled(status.form(key_result(), cycle(), moment(), Status.AT_RISK)))[1]
    assert given
    assert "status" not in given.alone, "what we have chosen for them is meant"


def test_a_form_that_comes_back_broken_is_no_status() -> None:
    broken = filled(status.form(key_result(), cycle(), moment()))
    broken["state"] = {"values": {"status": {"status": {"selected_option": {"value": 7}}}, "until": "soon"}}
    assert status.read(broken)[1] == OverrideDraft("", "", None, frozenset({"status", "until"}))


def test_the_question_is_private_says_why_it_came_and_has_three_answers() -> None:
    asked = status.flat_question(key_result(), moment(), 4)
    assert "is on track, and has not moved for 4 weeks. Is that right?" in asked["text"]
    assert "Only you are asked" in words_of(asked)
    assert pressed(asked) == [("status.will_move", "34"), ("status.doubt", "34"), ("key_result.update", "34")]
