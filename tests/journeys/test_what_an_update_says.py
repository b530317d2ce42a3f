"""An update in a line, as people write it."""

import pytest

from domain.errors import Refusal
from domain.objectives import KeyResultId
from handlers.phrases import answer

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
    ],
)
def test_a_confidence_is_understood_before_or_behind_its_word_and_shortened(typed, value, confidence, note):
    said = answer(typed, KR)
    assert (said.value, said.confidence, said.note) == (value, confidence, note)


@pytest.mark.parametrize("typed", ["45 1.0 confidence", "45 conf high"])
def test_a_confidence_that_is_none_is_no_note(typed):
    with pytest.raises(Refusal, match="Confidence goes from 1 to 10"):
        answer(typed, KR)
