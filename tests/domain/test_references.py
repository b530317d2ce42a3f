"""The short names that people type for things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.references import Prefix, Reference, reference, references_in, the_reference
from tests.strategies import references

KR, O, B = Prefix.KEY_RESULT, Prefix.OBJECTIVE, Prefix.BLOCKER  # noqa: E741 - what people type


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("KR-34", Reference(KR, 34)),
        ("kr-34", Reference(KR, 34)),
        ("Kr34", Reference(KR, 34)),
        (" kr 34 ", Reference(KR, 34)),
        ("KR–34", Reference(KR, 34)),
        ("KR-034", Reference(KR, 34)),
        ("O-12", Reference(O, 12)),
        ("o12", Reference(O, 12)),
        ("B-5", Reference(B, 5)),
        ("34", None),
        ("KR", None),
        ("KR-", None),
        ("KR-3.4", None),
        ("KR--34", None),
        ("KR-1234567890", None),
        ("KR-٣٤", None),
        ("OKR-34", None),
        ("KR-34 please", None),
        ("", None),
    ],
)
def test_a_reference_is_read_however_it_is_spelt(typed, means):
    assert reference(typed) == means


def test_a_number_alone_is_enough_where_it_can_mean_one_thing():
    assert the_reference("34", KR) == Reference(KR, 34)


def test_a_number_that_could_be_two_things_is_asked_about():
    with pytest.raises(Refusal, match="34 could be O-34 or KR-34") as refused:
        the_reference("34", O, KR, field="helped")
    assert refused.value.field == "helped"


@pytest.mark.parametrize("typed", ["the second one", "", "1234567890", "<!channel>", "KR-"])
def test_what_is_not_wanted_is_refused_with_an_example(typed):
    with pytest.raises(Refusal, match=r"They look like KR-34 \(a key result\)"):
        the_reference(typed, KR)


def test_what_is_something_else_is_told_what_it_is():
    with pytest.raises(Refusal, match=r"^O-12 is an objective\. Name a key result, such as KR-34\.$"):
        the_reference("o12", KR)


def test_every_kind_that_would_do_is_named_in_the_refusal():
    with pytest.raises(Refusal, match=r"O-12 \(an objective\) or KR-34 \(a key result\)"):
        the_reference("twelve", O, KR)


def test_references_are_found_in_a_sentence_and_nowhere_inside_words():
    found = references_in("For KR-34 (and o-7), not XKR-3, KR-3-b, B-5 or a4o-3")
    assert found == [("KR-34", Reference(KR, 34)), ("o-7", Reference(O, 7))]


@given(references)
def test_a_reference_reads_as_it_can_be_typed(ref):
    assert reference(str(ref)) == ref
    assert references_in(f"for {ref}.") == [(str(ref), ref)]


@given(st.text())
def test_any_text_is_a_reference_or_refused(typed):
    try:
        assert the_reference(typed, O, KR).prefix in {O, KR}
    except Refusal:
        assert reference(typed) is None or reference(typed).prefix is B
