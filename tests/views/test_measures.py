"""How a measure reads: where it is, how far that is, and what a move of it was."""

from decimal import Decimal

import pytest
from hypothesis import given

from domain.measures import Measure, MeasureKind
from tests import examples, strategies
from tests.examples import (
    ADA,
    CHIDI,
    STEPS,
    baseline,
    cycle,
    done_or_not,
    kept,
    key_result,
    measure,
    milestones,
    moment,
)
from tests.views.slack import pressed, words_of
from views import check_ins, objectives
from views.measures import bar_of, moved, reach, way

FULL, EMPTY = "▓" * 10, "░" * 10

READS = [
    # measure, where it is, the bar
    (measure(), "40 → 100 sign-ups", "▓▓▓▓░░░░░░ 40%"),
    (measure(current="100"), "100 sign-ups", f"{FULL} 100%"),
    (measure(current="130"), "130, past 100 sign-ups", f"{FULL} 130% of the way"),
    (measure(current="100.1"), "100.1, past 100 sign-ups", f"{FULL} 100%"),
    (measure("50", "100", "20"), "20 → 100 sign-ups", f"{EMPTY} 0%, below where it began"),
    (measure("40", "20", "60", "CHF"), "CHF 60 → CHF 20", f"{EMPTY} 0%, above where it began"),
    (measure("40", "20", "14", "hours"), "14, past 20 hours", f"{FULL} 130% of the way"),
    (measure("0", "2", "3.2", "€"), "€3.2, past €2", f"{FULL} 160% of the way"),
    (measure("0", "1", "50"), "50, past 1 sign-ups", f"{FULL} 5,000% of the way"),
    (measure("0", "1", "1000000"), "1,000,000, past 1 sign-ups", f"{FULL} more than 100 times the way"),
    (measure("95", "120", "110", "%"), "110% → 120%", "▓▓▓▓▓▓░░░░ 60%"),
    (kept(MeasureKind.AT_LEAST, "95", "96"), "96% (keep at least 95%)", f"{FULL} 100%"),
    (kept(MeasureKind.AT_MOST, "1", "1.2", unit="$"), "$1.2 (keep at most $1)", "▓▓▓▓▓▓▓▓░░ 80%"),
    (
        kept(MeasureKind.BETWEEN, "4", "6.5", "5", "4", "hours"),
        "6.5 (keep between 4 and 5 hours)",
        f"{EMPTY} 0%, further out than it may be",
    ),
    (milestones(0), "0 of 4 milestones, next: Interviews held", f"{EMPTY} 0%"),
    (milestones(3), "3 of 4 milestones, next: Everybody has it", "▓▓▓▓▓▓▓░░░ 75%"),
    (milestones(4), "4 of 4 milestones", f"{FULL} 100%"),
    (milestones(0).reaching((STEPS[1], STEPS[2])), "2 of 4 milestones, next: Interviews held", "▓▓▓▓▓░░░░░ 50%"),
    (done_or_not(), "not done yet", f"{EMPTY} 0%"),
    (done_or_not(True), "done", f"{FULL} 100%"),
    (baseline(), "not measured yet", f"{EMPTY} 0%"),
    (baseline("12.5"), "measured at 12.5 minutes, no target yet", f"{FULL} 100%"),
]


@pytest.mark.parametrize(("of", "where", "bar"), READS)
def test_a_measure_reads_as_it_is(of: Measure, where: str, bar: str) -> None:
    assert way(of) == where
    assert bar_of(of) == bar


MIDDLE = milestones(0).reaching((STEPS[1],))

MOVES = [
    (measure(), measure(current="45"), "40 → 45 of 100 sign-ups"),
    (measure("40", "20", "30"), measure("40", "20", "30"), "still 30 towards 20 sign-ups"),
    (kept(MeasureKind.AT_LEAST, "95", "96"), kept(MeasureKind.AT_LEAST, "95", "94"), "96% → 94% (keep at least 95%)"),
    (kept(MeasureKind.AT_MOST, "5", "4"), kept(MeasureKind.AT_MOST, "5", "4"), "still 4% (keep at most 5%)"),
    (milestones(1), milestones(3), "1 → 3 of 4 milestones, reached: Design agreed, Beta with ten customers"),
    (milestones(3), milestones(1), "3 → 1 of 4 milestones, taken back: Design agreed, Beta with ten customers"),
    (milestones(3), milestones(3), "still 3 of 4 milestones"),
    (
        milestones(0),
        milestones(4),
        "0 → 4 of 4 milestones, reached: …, Design agreed, Beta with ten customers, Everybody has it",
    ),
    (MIDDLE, milestones(1), "1 of 4 milestones, reached: Interviews held, taken back: Design agreed"),
    (MIDDLE, milestones(0), "1 → 0 of 4 milestones, taken back: Design agreed"),
    (done_or_not(), done_or_not(True), "not done yet → done"),
    (done_or_not(), done_or_not(), "still not done yet"),
    (baseline(), baseline("0"), "measured at 0 minutes"),
    (baseline(), baseline("12.5"), "measured at 12.5 minutes"),
    (baseline("12.5"), baseline("13"), "12.5 → 13 minutes"),
    (baseline("12.5"), baseline("12.5"), "still 12.5 minutes"),
    (baseline(), baseline(), "still not measured"),
]


@pytest.mark.parametrize(("before", "after", "reads"), MOVES)
def test_a_move_reads_as_what_happened(before: Measure, after: Measure, reads: str) -> None:
    assert moved(before, after) == reads


@given(strategies.measures())
def test_only_what_is_within_the_way_is_a_bare_percentage(of: Measure) -> None:
    bare = reach(of).removesuffix("%").isdigit()
    assert bare or of.reach < 0 or of.reach > 1


def test_whoever_measured_a_baseline_is_offered_a_target() -> None:
    before, after = key_result(measure=baseline()), key_result(measure=baseline("12.5"))
    answer = objectives.updated(before, after, moment(), cycle())
    assert answer["text"] == "KR-34 Weekly sign-ups: measured at 12.5 minutes, 100%, on track, confidence 7/10."
    assert pressed(answer) == [("key_result.target", "34")]
    said = examples.update(before, "12.5", previous=Decimal(0))
    receipt = check_ins.recorded(examples.check_in(), [after], [said], moment())
    assert "measured at 12.5 minutes" in words_of(receipt)
    assert "It can get a target now: `/okr edit KR-34`." in words_of(receipt)


def test_a_check_in_that_says_nothing_of_a_baseline_measures_nothing() -> None:
    waiting = key_result(measure=baseline())
    receipt = check_ins.recorded(examples.check_in(), [waiting], [examples.update(waiting, "0")], moment())
    assert "still not measured" in words_of(receipt)
    assert "It can get a target" not in words_of(receipt)


def test_weights_stand_where_the_number_is_rolled_up() -> None:
    parts = tuple(key_result(n, weight=Decimal(weight)) for n, weight in enumerate(["2", "1", "0.5", "0"], 1))
    words = words_of(objectives.card(examples.objective(key_results=parts), moment(), CHIDI))
    assert "▓▓▓▓░░░░░░ 40% · weighted · " in words
    assert [f"×{weight}" in words for weight in ("2 ·", "1 ·", "0.5 ·", "0, not counted ·")] == [True] * 4


def test_where_nothing_weighs_that_is_said_instead_of_a_progress() -> None:
    parts = tuple(key_result(n, weight=Decimal(0)) for n in (1, 2))
    words = words_of(objectives.card(examples.objective(key_results=parts), moment(), ADA))
    assert "none of its key results counts: each has a weight of 0 · " in words
    assert "weighted" not in words


def test_equal_weights_are_no_news() -> None:
    parts = tuple(key_result(n, weight=Decimal(3)) for n in (1, 2))
    words = words_of(objectives.card(examples.objective(key_results=parts), moment(), ADA))
    assert "weighted" not in words
    assert "×" not in words
