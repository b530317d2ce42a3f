"""An update in a line, as people write it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.objectives import KeyResultId
from handlers.phrases import answer
from tests import strategies
from tests.examples import done_or_not, key_result, measure, milestones

KR = KeyResultId(1)


@pytest.mark.parametrize(
    ("typed", "value", "confidence", "note"),
    [
        ("45 confidence 7 note on its way", "45", 7, "on its way"),
        ("45 conf 7", "45", 7, ""),
        ("1,200, conf: 8, note two more", "1,200", 8, "two more"),
        ("45 7 confidence", "45", 7, ""),
        ("45 7/10 confidence all well", "45", 7, "all well"),
        ("conf 7", "", 7, ""),
        ("done conf 9", "done", 9, ""),
        ("45 with some confidence in it", "45", None, "with some confidence in it"),
        ("45 two more, confidence 8", "45", 8, "two more"),
        ("45 two more confidence 8, one left", "45", 8, "two more, one left"),
        ("45 vendor late, 3/10 confidence", "45", 3, "vendor late"),
        ("45 note two more confidence 7.", "45", 7, "two more"),
        ("45 note a confidence 3 of theirs is odd", "45", None, "a confidence 3 of theirs is odd"),
        ("45 we hold 3 confidence workshops", "45", None, "we hold 3 confidence workshops"),
        ("done, at last, confidence 9", "done", 9, "at last"),
        ("45 with a confidence of 7", "45", 7, ""),
        ("45 confidence is 7, confidence=8 last week", "45", 7, "confidence=8 last week"),
        ("45 two more and confidence: 7", "45", 7, "two more"),
    ],
)
def test_a_confidence_is_understood_before_or_behind_its_word_and_shortened(typed, value, confidence, note):
    said = answer(typed, KR)
    assert (said.value, said.confidence, said.note) == (value, confidence, note)


def people(unit, title="Weekly sign-ups"):
    return key_result(title=title, measure=measure("0", "40", "3", unit))


STEPWISE, YES_OR_NO = key_result(measure=milestones(1)), key_result(measure=done_or_not())


@pytest.mark.parametrize(
    ("typed", "of", "value", "confidence", "note"),
    [
        ("5 customers confidence 8", people("", "Win ten new customers"), "5", 8, ""),
        ("6 customers, confidence 8, two more soon", people("", "Win ten new customers"), "6", 8, "two more soon"),
        ("5 new customers confidence 2", people("people", "Win ten new customers"), "5", 2, ""),
        ("5 widgets confidence 8", people(""), "5", 8, "widgets"),
        ("5 customers", people("paying customers"), "5", None, ""),
        ("45 min, confidence 7", people("minutes"), "45", 7, ""),
        ("5 new ones", people("", "Win ten new customers"), "5", None, "new ones"),
        ("7 Q&A confidence 8", people("Q&A"), "7 Q&A", 8, ""),
        ("7 Q&A, confidence 8 note well", people("Q&A"), "7 Q&A", 8, "well"),
        ("1 hour confidence 8", people("hours"), "1 hour", 8, ""),
        ("5 hours, at last", people("hours"), "5 hours", None, "at last"),
        ("€10 per month", people("€ per month"), "€10", None, ""),
        ("10 € per month conf 7", people("€ per month"), "10 € per month", 7, ""),
        ("200 T€ conf 7", people("T€"), "200 T€", 7, ""),
        ("3m users conf 7", people("million users"), "3m users", 7, ""),
        ("12 of 40", people(""), "12 of 40", None, ""),
        ("12 of 40 confidence 2", people("people"), "12 of 40", 2, ""),
        ("12 of 40 people confidence 7 note on", people("people"), "12 of 40 people", 7, "on"),
        ("12/40 confidence 7", people(""), "12/40", 7, ""),
        ("12 of them are new, confidence 7", people(""), "12", 7, "of them are new"),
        ("2 of 3 confidence 2", STEPWISE, "2 of 3", 2, ""),
        ("3 of 4 milestones confidence 8", STEPWISE, "3 of 4 milestones", 8, ""),
        ("all of them", STEPWISE, "all of them", None, ""),
        ("none yet, confidence 3 note late", STEPWISE, "none yet", 3, "late"),
        ("not done yet confidence 7", YES_OR_NO, "not done yet", 7, ""),
    ],
)
def test_what_is_counted_belongs_to_the_value_and_a_confidence_is_heard_behind_it(typed, of, value, confidence, note):
    said = answer(typed, KR, of)
    assert (said.value, said.confidence, said.note) == (value, confidence, note)


@given(strategies.measures(), st.sampled_from(["", "k", "m", "k€", "Q&A", "of 7", "/10", "note", "confidence", "000"]))
def test_a_value_as_it_is_told_is_heard_whole(of, unit):
    of = replace(of, unit=unit or of.unit, current=round(of.current, 6)) if of.kind.is_number else of
    told = of.told(of.current)
    said = answer(f"{told} confidence 2 note late", KR, key_result(measure=of))
    assert (said.value, said.confidence, said.note) == (told, 2, "late")


@pytest.mark.parametrize("typed", ["45 1.0 confidence", "45 conf high", "45 two more, confidence 8.5"])
def test_a_confidence_that_is_none_is_no_note(typed):
    with pytest.raises(Refusal, match="Confidence goes from 1 to 10"):
        answer(typed, KR)
