"""A status that is set by hand: what is understood, and what is not let through."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.objectives import Status
from domain.overrides import SETTABLE, OverrideDraft, in_force, override, typed
from tests import examples
from tests.examples import ADA, TODAY

FOURTH = date(2026, 12, 4)
LATE = "the vendor is late"


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        (f"at risk until 4 Dec because {LATE}", OverrideDraft("at risk", LATE, FOURTH)),
        (f"At Risk until 2026-12-04: {LATE}", OverrideDraft("at risk", LATE, FOURTH)),
        (f"at-risk till next Friday, {LATE}", OverrideDraft("at risk", LATE, FOURTH)),
        (f"at risk because {LATE} until 4 December", OverrideDraft("at risk", LATE, FOURTH)),
        (f"to off track {LATE}", OverrideDraft("off track", LATE)),
        (f"red because of {LATE}", OverrideDraft("off track", LATE)),
        (f"yellow – {LATE}", OverrideDraft("at risk", LATE)),
        (
            "on track until Friday as it ships on Thursday",
            OverrideDraft("on track", "it ships on Thursday", date(2026, 11, 27)),
        ),
        (f"on track for 3 weeks because {LATE}", OverrideDraft("on track", LATE, date(2026, 12, 14))),
        (f"at risk for the next 5 days: {LATE}", OverrideDraft("at risk", LATE, date(2026, 11, 28))),
        (f"at risk for two weeks, {LATE}", OverrideDraft("at risk", LATE, date(2026, 12, 7))),
        ("at risk because we wait for 3 weeks", OverrideDraft("at risk", "we wait for 3 weeks")),
        ("at risk for want of people", OverrideDraft("at risk", "for want of people")),
        ("ontrack until tomorrow", OverrideDraft("on track", "", date(2026, 11, 24))),
        ("at risk because we wait until they answer", OverrideDraft("at risk", "we wait until they answer")),
        ("at risk as we wait until Friday for a key", OverrideDraft("at risk", "we wait until Friday for a key")),
        ("at risk because we went through all of it", OverrideDraft("at risk", "we went through all of it")),
        ("at risk", OverrideDraft("at risk", "")),
        ("auto", None),
        ("Automatic", None),
    ],
)
def test_what_people_mean_is_understood(text, draft):
    assert typed(text, TODAY) == draft


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "on track, at risk or off track"),
        ("done", "on track, at risk or off track"),
        ("stale because nobody looks", "on track, at risk or off track"),
        ("risky until Friday", "on track, at risk or off track"),
        (f"at risk until soon because {LATE}", "Until which day?"),
        ("at risk until", "Until which day?"),
        (f"at risk for 2 months because {LATE}", "For how long"),
        (f"at risk for a few days because {LATE}", "For how long"),
    ],
)
def test_what_is_not_understood_is_asked_about(text, says):
    with pytest.raises(Refusal, match=says):
        typed(text, TODAY)


@given(st.text(max_size=80))
def test_anything_may_be_typed_after_a_status(text):
    for words in (text, f"at risk {text}", f"at risk until {text}"):
        with suppress(Refusal):
            draft = typed(words, TODAY)
            assert draft is None or draft.status in SETTABLE


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (OverrideDraft("done", LATE, FOURTH), "status"),
        (OverrideDraft("stale", LATE, FOURTH), "status"),
        (OverrideDraft("", LATE, FOURTH), "status"),
        (OverrideDraft("at risk", "  ", FOURTH), "reason"),
        (OverrideDraft("at risk", "x" * 2_001, FOURTH), "reason"),
        (OverrideDraft("at risk", LATE, TODAY - timedelta(days=1)), "until"),
        (OverrideDraft("at risk", LATE, TODAY + timedelta(days=29)), "until"),
    ],
    ids=str,
)
def test_what_cannot_be_set_is_refused_beside_its_field(draft, field):
    with pytest.raises(Refusal) as refused:
        override(draft, ADA, TODAY)
    assert refused.value.field == field


def test_it_stands_for_a_week_unless_somebody_says_otherwise_and_for_four_at_most():
    assert override(OverrideDraft("at risk", LATE), ADA, TODAY).until == TODAY + timedelta(days=7)
    assert override(OverrideDraft("at risk", LATE, TODAY), ADA, TODAY).until == TODAY
    assert override(OverrideDraft("at risk", LATE, TODAY + timedelta(days=28)), ADA, TODAY).by == ADA


@given(st.sampled_from(SETTABLE), st.integers(-40, 40), st.integers(-40, 40))
def test_nothing_is_in_force_after_its_last_day(status, until, later):
    made = examples.override(status, until=TODAY + timedelta(days=until))
    assert (in_force(made, TODAY + timedelta(days=later)) is made) is (later <= until)
    assert Status(made.status) in SETTABLE


@pytest.mark.parametrize(
    ("until", "today", "says"),
    [
        ("1 Apr", date(2026, 4, 2), "1 April 2026 is over already"),
        ("April 1", date(2026, 4, 2), "1 April 2026 is over already"),
        ("28 Dec", date(2027, 1, 4), "28 December 2026 is over already"),
        ("1 Apr 2027", date(2026, 4, 2), "four weeks at most: until 30 April"),
        ("1 Sep", date(2026, 4, 2), "four weeks at most: until 30 April"),
        ("2026-04-01", date(2026, 4, 2), "1 April 2026 is over already"),
    ],
)
def test_a_day_that_has_just_been_is_not_taken_for_the_one_of_next_year(until, today, says):
    with pytest.raises(Refusal, match=says):
        override(typed(f"at risk until {until} because {LATE}", today), ADA, today)
