"""Closing: what can be scored when, and how an objective's end is told."""

from datetime import date
from decimal import Decimal

import pytest

from domain.closing import ClosingDraft, Mattered, Verdict, awaits_a_score, closed, scorable
from domain.cycles import BACKLOG, Cycle, CycleId
from domain.errors import Refusal
from domain.objectives import Stage
from tests.examples import ADA, NOW, cycle, objective

WITHIN, AFTER, LATE = date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 15)


def draft(**changes: str) -> ClosingDraft:
    return ClosingDraft(**{"score": "0.4", "why": "So it was", "mattered": "yes", "verdict": "keep"} | changes)


def test_an_ending_is_kept_with_its_suggestion():
    ending = closed(objective(), draft(score="0.45", why=" close ", learned="less is more"), ADA, NOW)
    assert (ending.suggested, ending.score) == (Decimal("0.4"), Decimal("0.45"))
    assert (ending.why, ending.mattered, ending.learned) == ("close", Mattered.YES, "less is more")
    assert (ending.verdict, ending.by, ending.at) == (Verdict.KEEP, ADA.id, NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"score": "x"}, "score"),
        ({"score": "0.9", "why": ""}, "why"),
        ({"score": "0.9", "why": " "}, "why"),
        ({"score": "0.4", "why": ""}, "why"),
        ({"why": "x" * 2001}, "why"),
        ({"learned": "x" * 2001}, "learned"),
        ({"mattered": ""}, "mattered"),
        ({"mattered": "perhaps"}, "mattered"),
        ({"verdict": ""}, "verdict"),
        ({"verdict": "burn"}, "verdict"),
    ],
    ids=str,
)
def test_an_ending_that_says_too_little_or_too_much_is_refused_beside_its_field(changes, field):
    with pytest.raises(Refusal) as refused:
        closed(objective(), draft(**changes), ADA, NOW)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("changes", "today", "sentence"),
    [
        ({}, WITHIN, "Q4 2026 is not closing yet: O-12 can be scored after 31 December."),
        ({}, LATE, "Q4 2026 is closed, so O-12 can be read but no longer changed."),
        ({"archived": True}, AFTER, "O-12 is archived. Restore it first if it is still wanted."),
        ({"stage": Stage.PROPOSED}, AFTER, "O-12 was not agreed on, so there is nothing to score."),
        ({"stage": Stage.DRAFT}, AFTER, "O-12 was not agreed on, so there is nothing to score."),
        (
            {"cycle": Cycle(CycleId(9), BACKLOG)},
            AFTER,
            "O-12 waits in the backlog. It is scored once it has been in a cycle.",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_scored_says_why(changes, today, sentence):
    with pytest.raises(Refusal) as refused:
        scorable(objective(**changes), today)
    assert refused.value.sentence == sentence
    assert not awaits_a_score(objective(**changes), today)


@pytest.mark.parametrize("today", [AFTER, date(2027, 1, 14)])
def test_it_is_scored_while_its_cycle_is_closing(today):
    assert scorable(objective(), today)
    assert awaits_a_score(objective(), today)
    assert not awaits_a_score(objective(score=Decimal("0.4")), today)


def test_a_cycle_that_somebody_has_begun_to_close_can_be_scored_at_once():
    early = Cycle(CycleId(1), cycle().period, closing=True)
    assert scorable(objective(cycle=early), WITHIN)
