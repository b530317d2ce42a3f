"""What an answer in a check-in means."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.check_ins import Answer, CheckInId, still_open, update
from domain.errors import Refusal
from tests.examples import ADA, BO, NOW, check_in, key_result

KR = key_result()


def test_a_check_in_is_open_until_the_next_one_begins():
    opened = check_in()
    assert still_open(opened, opened.closes_at - timedelta(seconds=1)) is opened
    with pytest.raises(Refusal, match="The check-in of 23 November has closed"):
        still_open(opened, opened.closes_at)


def test_an_answer_says_who_moved_what_from_where():
    made = update(KR, Answer(KR.id, "+5", 8, " Two big customers "), BO, NOW, CheckInId(5))
    assert (made.previous, made.value) == (Decimal(40), Decimal(45))
    assert (made.by, made.at, made.check_in) == (BO.id, NOW, CheckInId(5))
    assert (made.confidence, made.note) == (8, "Two big customers")


def test_an_empty_value_means_that_nothing_moved():
    assert update(KR, Answer(KR.id, "  "), ADA, NOW).value == KR.measure.current


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (Answer(KR.id, "nearly"), "value"),
        (Answer(KR.id, "45", 0), "confidence"),
        (Answer(KR.id, "45", 11), "confidence"),
        (Answer(KR.id, "45", 7, "x" * 3001), "note"),
    ],
)
def test_an_answer_that_means_nothing_is_refused_beside_its_field(answer, field):
    with pytest.raises(Refusal) as refused:
        update(KR, answer, ADA, NOW)
    assert refused.value.field == field
