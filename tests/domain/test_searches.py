"""What is looked for in titles and among tags: as it is typed, compared and shown again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.searches import AT_MOST, LONGEST, Looked, holds, looked_for, read, shown, tagged, taken_out


@pytest.mark.parametrize(
    ("typed", "words", "tags"),
    [
        ("", (), ()),
        ("onboarding", ("onboarding",), ()),
        ("sign-ups, churn", ("sign-ups", "churn"), ()),
        ("“a week” churn", ("a week", "churn"), ()),
        ("#growth  #self-serve sign-ups", ("sign-ups",), ("growth", "self-serve")),
        ("SIGNUPS sign-ups", ("SIGNUPS",), ()),
        ('"#1 in Europe"', ("#1 in Europe",), ()),
        ("C#", ("C#",), ()),
        ("- -- #", ("#",), ()),
        ('half a "quote', ("half", "a", "quote"), ()),
        ("a b c d e f g", ("a", "b", "c", "d", "e"), ()),
        ("x" * 100, ("x" * LONGEST,), ()),
    ],
)
def test_words_and_tags_are_read_as_they_are_typed(typed, words, tags):
    assert read(typed) == Looked(words, tags)


@given(st.text())
def test_what_is_shown_is_read_as_it_was(typed):
    looked = read(typed)
    assert read(shown(looked)) == looked
    assert looked_for(*looked) == looked
    assert len(looked.words) <= AT_MOST


@pytest.mark.parametrize(
    ("title", "words", "fits"),
    [
        ("500 Sign-ups a week", ["signups"], True),
        ("500 Signups a week", ["sign-ups", "WEEK"], True),
        ("500 Signups a week", ["sign-ups", "month"], False),
        ("Größere Straßen", ["GRÖSSERE", "strasse"], True),
        ("Anything", [], True),
    ],
)
def test_a_title_has_every_word_in_whatever_letters(title, words, fits):
    assert holds(title, words) is fits


@pytest.mark.parametrize(
    ("tags", "wanted", "fits"),
    [
        (["Customer love"], ["customer-love"], True),
        (["Customer love"], ["customer_love", "growth"], True),
        (["Customer love"], ["love"], False),
        ([], ["love"], False),
        ([], [], True),
    ],
)
def test_one_of_the_tags_is_enough_and_is_meant_as_a_whole(tags, wanted, fits):
    assert tagged(tags, wanted) is fits


@pytest.mark.parametrize(
    ("typed", "left", "words", "tags"),
    [
        ("company at risk", "company at risk", (), ()),
        ('company "sign-ups" at risk', "company at risk", ("sign-ups",), ()),
        ('team "Growth" #mobile.', 'team "Growth"', (), ("mobile",)),
        ("tagged with self-serve, mine", ", mine", (), ("self-serve",)),
        ("okrs tag mobile", "okrs", (), ("mobile",)),
    ],
)
def test_quotes_and_tags_are_taken_out_of_other_words_but_not_names(typed, left, words, tags):
    rest, looked = taken_out(typed, lambda quoted: quoted == "Growth")
    assert (" ".join(rest.split()), looked) == (left, Looked(words, tags))
