"""How fast Slack may be called: no faster than it takes, and nearly as fast."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain import pace
from domain.pace import Pace

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
rates = st.floats(pace.SLOWEST, 10_000)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def run(known: Pace, seconds: int, cap: float | None = None) -> tuple[Pace, list[float], int]:
    """Take whatever is allowed, four times a second, from a Slack that takes `cap` a minute.

    The pace at the end, when each call went, and how often Slack said that it was too fast.
    """
    went: list[float] = []
    refused = 0
    for quarter in range(seconds * 4):
        moment = quarter / 4
        known = pace.as_of(known, later(moment))
        for _ in range(int(known.tokens)):
            known = pace.taken(known, 1)
            if cap is not None and sum(1 for each in went if each > moment - 60) >= cap:
                known = pace.limited(known, later(moment), later(moment))
                refused += 1
                break
            went.append(moment)
    return known, went, refused


def test_after_a_quiet_while_a_tenth_of_a_minute_may_go_at_once_and_then_the_rate() -> None:
    begun = pace.fresh(240, NOW)
    assert int(begun.tokens) == 24
    empty = pace.taken(begun, 24)
    assert int(pace.as_of(empty, later(1)).tokens) == 4
    assert int(pace.as_of(empty, later(3600)).tokens) == 24


def test_it_is_known_how_long_the_next_call_has_to_wait() -> None:
    empty = pace.taken(pace.fresh(60, NOW), 6)
    assert timedelta(seconds=0.9) < pace.wait(empty) < timedelta(seconds=1)
    assert pace.wait(pace.fresh(60, NOW)) == timedelta()


def test_the_first_word_that_it_is_too_fast_halves_the_rate() -> None:
    slower = pace.limited(pace.fresh(240, NOW), NOW, later(1))
    assert (slower.rate, slower.ceiling, slower.tokens) == (120, 240, 0)


def test_calls_that_were_on_their_way_by_then_do_not_halve_it_again() -> None:
    slower = pace.limited(pace.fresh(240, NOW), NOW, later(1))
    assert pace.limited(slower, later(0.5), later(2)) == slower
    assert pace.limited(slower, later(1.5), later(2)).rate == 60


def test_however_often_it_is_too_fast_something_goes() -> None:
    slow = pace.fresh(240, NOW)
    for second in range(20):
        slow = pace.limited(slow, later(second + 0.5), later(second + 1))
    assert slow.rate == pace.SLOWEST


def test_it_returns_quickly_to_a_little_below_where_it_was_too_fast() -> None:
    slower = pace.limited(pace.fresh(300, NOW), NOW, NOW)
    after, _, _ = run(slower, seconds=20)
    assert 0.9 * 300 < after.rate < 300


def test_a_pace_that_nobody_uses_up_stays_as_it_is() -> None:
    known = pace.fresh(240, NOW)
    for minute in range(3 * 24 * 60):
        known = pace.taken(pace.as_of(known, later(60 * minute)), 6)
    assert known.rate == 240


def test_a_ceiling_is_forgotten_after_an_hour() -> None:
    slower = pace.limited(pace.fresh(300, NOW), NOW, NOW)
    assert pace.as_of(slower, later(3599)).ceiling == 300
    assert pace.as_of(slower, later(3600)).ceiling is None


def test_of_a_limit_that_nobody_told_nearly_all_is_used_and_hardly_ever_too_much() -> None:
    settled, _, _ = run(pace.fresh(240, NOW), seconds=600, cap=300)
    settled = pace.as_of(settled, later(600))
    begun = Pace(settled.rate, settled.tokens, NOW, settled.ceiling, NOW)
    _, went, refused = run(begun, seconds=1200, cap=300)
    assert len(went) / 20 > 0.95 * 300
    assert refused / len(went) < 0.002


@given(rates, st.floats(0, 10_000), st.lists(st.integers(0, 3), max_size=30))
def test_no_more_goes_than_the_bucket_held_and_the_rate_filled(rate: float, ceiling: float, taking: list[int]) -> None:
    known = Pace(rate, pace.burst(rate), NOW, ceiling or None, NOW)
    for second, calls in enumerate(taking):
        known = pace.as_of(known, later(second))
        known = pace.taken(known, min(calls, int(known.tokens)))
        assert -1e-9 <= known.tokens <= pace.burst(known.rate) + 1e-9
        assert known.rate >= min(rate, pace.SLOWEST)


@given(st.integers(-3600, 3600))
def test_a_clock_that_goes_back_takes_nothing_away(seconds: int) -> None:
    begun = pace.taken(pace.fresh(240, NOW), 20)
    assert pace.as_of(begun, later(seconds)).tokens >= begun.tokens
