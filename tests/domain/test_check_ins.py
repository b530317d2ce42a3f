"""What an answer in a check-in means."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.check_ins import Answer, CheckInId, still_open, update
from domain.errors import Refusal
from domain.policy import Policy
from tests.examples import ADA, BO, NOW, check_in, key_result

KR = key_result()
POLICY = Policy()


def test_a_check_in_is_open_until_the_next_one_begins():
    opened = check_in()
    assert still_open(opened, opened.closes_at - timedelta(seconds=1)) is opened
    with pytest.raises(Refusal, match="The check-in of 23 November has closed"):
        still_open(opened, opened.closes_at)


def test_an_answer_says_who_moved_what_from_where():
    made = update(KR, Answer(KR.id, "+5", 8, " Two big customers "), BO, NOW, POLICY, CheckInId(5))
    assert (made.previous, made.value) == (Decimal(40), Decimal(45))
    assert (made.by, made.at, made.check_in) == (BO.id, NOW, CheckInId(5))
    assert (made.confidence, made.note) == (8, "Two big customers")


def test_an_empty_value_means_that_nothing_moved():
    assert update(KR, Answer(KR.id, "  "), ADA, NOW, POLICY).value == KR.measure.current


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
        update(KR, answer, ADA, NOW, POLICY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("stood", "answer", "asked"),
    [
        # confidence and note as they stood · what is answered · whether a reason is asked for
        ((7, ""), (4, ""), False),
        ((7, ""), (3, ""), True),
        ((7, ""), (1, "   "), True),
        ((7, ""), (3, "The vendor is late"), False),
        ((7, "A good week"), (3, ""), True),
        ((3, "The vendor is late"), (3, ""), False),
        ((3, "The vendor is late"), (2, ""), True),
        ((3, ""), (3, ""), True),
        ((3, "The vendor is late"), (None, ""), False),
        ((None, ""), (None, ""), False),
        ((None, ""), (2, ""), True),
    ],
    ids=str,
)
def test_whoever_is_hardly_confident_says_why_unless_that_stands_already(stood, answer, asked):
    kr = key_result(confidence=stood[0], note=stood[1])
    given = Answer(kr.id, "45", *answer)
    if not asked:
        assert update(kr, given, ADA, NOW, POLICY).confidence == answer[0]
        return
    with pytest.raises(Refusal, match="say in a note") as refused:
        update(kr, given, ADA, NOW, POLICY)
    assert refused.value.field == "note"


def test_a_workspace_may_ask_for_a_reason_sooner_or_never():
    given = Answer(KR.id, "", 5)
    with pytest.raises(Refusal, match="With a confidence of 5"):
        update(KR, given, ADA, NOW, Policy(low_confidence=5))
    assert update(KR, Answer(KR.id, "", 1), ADA, NOW, Policy(low_confidence=0)).confidence == 1
