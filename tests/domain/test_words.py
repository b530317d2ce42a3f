"""What people type, tidied and held to a length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import words
from domain.errors import NotFound, Refusal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  hello  ", "hello"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("nul\x00 bell\x07 escape\x1b", "nul bell escape"),
        ("\r\nlines\r\n", "lines"),
        ("half a pair \ud83d", "half a pair"),
        ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"),
    ],
)
def test_control_characters_and_outer_space_are_dropped(typed, kept):
    assert words.tidy(typed) == kept


@given(st.text(st.characters()))
def test_tidied_text_can_be_kept_anywhere(typed):
    kept = words.tidy(typed)
    assert "\x00" not in kept
    assert kept.encode().decode() == words.tidy(kept)


@pytest.mark.parametrize("empty", ["", "   ", "\n", "\x00"])
def test_a_title_cannot_be_empty(empty):
    with pytest.raises(Refusal, match="Give it a title") as refused:
        words.title(empty)
    assert refused.value.field == "title"


def test_a_title_is_one_line_of_at_most_200_characters():
    assert words.title(" Two \n lines ") == "Two lines"
    assert words.title("x" * 200) == "x" * 200
    with pytest.raises(Refusal, match="That is 3,001 characters; please keep it to 200"):
        words.title("x" * 3001)


def test_a_note_may_be_empty_but_not_too_long():
    assert words.optional("", "note") == ""
    assert words.optional("x" * 2000, "note") == "x" * 2000
    with pytest.raises(Refusal) as refused:
        words.optional("x" * 3001, "note")
    assert refused.value.field == "note"


def test_a_refusal_keeps_its_kind_when_it_is_shown_beside_another_field():
    moved = NotFound("There is no KR-34 here.", "value").beside("helped")
    assert (type(moved), moved.sentence, moved.field) == (NotFound, "There is no KR-34 here.", "helped")


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("ships &amp; boats", "ships & boats"),
        ("a &lt;b&gt; c", "a <b> c"),
        ("&amp;lt;", "&lt;"),
        ("see <https://example.com|example.com>", "see example.com"),
        ("see <https://example.com/a?b=1>", "see https://example.com/a?b=1"),
        ("write <mailto:ada@example.com|ada@example.com>", "write ada@example.com"),
        ("in <#C123|general>", "in #general"),
        ("plain", "plain"),
    ],
)
def test_what_slack_wraps_reads_as_it_was_typed(sent, typed):
    assert words.unescaped(sent) == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("scroe", "score"), ("Updaet", "update"), ("LIST", "list"), ("zebra", None), ("", None)],
)
def test_a_slip_is_recognised(typed, meant):
    assert words.did_you_mean(typed, ["score", "update", "list", "team"]) == meant
