"""Typed text is harmless on the way out, and figures read as people say them."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.status import Status
from sandbox.web.mrkdwn import mrkdwn
from sandbox.web.surface import Surface
from tests.examples import ADA, member
from tests.strategies import HOSTILE, typed
from views.text import (
    SPOKEN,
    bar,
    count,
    cut,
    date_of,
    escape,
    first_name,
    mention,
    moment_of,
    percent,
    spoken,
    status_mark,
)


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("R&D <3", "R&amp;D &lt;3"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("<https://evil|https://bank>", "&lt;https://evil|https://bank&gt;"),
        ("*loud*", "∗loud∗"),
        ("_quiet_ but snake_case", "ˍquietˍ but snake_case"),
        ("~gone~ `code`", "∼gone∼ ˋcodeˋ"),
        ("two\nlines", "two lines"),
        ("\u202eevil", "evil"),
        ("שלום 👩‍👧", "שלום 👩‍👧"),
    ],
)
def test_typed_text_is_sent_so_that_it_reads_as_it_was_typed(said: str, sent: str) -> None:
    assert escape(said) == sent


@given(typed(300))
def test_nothing_typed_has_a_meaning_to_slack(text: str) -> None:
    sent = escape(text)
    assert not re.search(r"[<>*~`\n]", sent)
    assert not re.search(r"&(?!amp;|lt;|gt;)", sent)


@given(typed(300).filter(lambda text: ":" not in text))
def test_typed_text_is_drawn_without_any_formatting(text: str) -> None:
    drawn = str(mrkdwn(f"*O-1* {escape(text)}", Surface(), verbatim=True))
    assert set(re.findall(r"<(/?\w+)", drawn)) <= {"b", "/b"}
    assert drawn.count("<b>") == 1


@given(typed(300), st.integers(1, 300))
def test_escaped_text_keeps_to_its_length_and_its_entities_whole(text: str, at_most: int) -> None:
    sent = escape(text, at_most)
    assert len(sent) <= at_most
    assert not re.search(r"&(?!amp;|lt;|gt;)", sent)


@pytest.mark.parametrize(
    ("text", "at_most", "short"),
    [
        ("Sign-ups", 8, "Sign-ups"),
        ("Sign-ups per week", 9, "Sign-ups…"),
        ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 9, "👩‍👩‍👧‍👦…"),
        ("🇳🇬🇬🇧", 3, "🇳🇬…"),
        ("👍🏽👍🏽", 3, "👍🏽…"),
        ("e\u0301e\u0301", 3, "e\u0301…"),
        ("a" + "\u0301" * 50, 10, "…"),
    ],
)
def test_a_cut_falls_between_whole_characters(text: str, at_most: int, short: str) -> None:
    assert cut(text, at_most) == short


@given(st.one_of(st.sampled_from(HOSTILE), st.text()), st.integers(1, 80))
def test_a_cut_keeps_to_its_length_and_to_what_was_there(text: str, at_most: int) -> None:
    short = cut(text, at_most)
    assert len(short) <= at_most
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@pytest.mark.parametrize(
    ("part", "words"), [(0, "0%"), (0.456, "46%"), (0.994, "99%"), (0.999, "99%"), (1.0, "100%"), (0.29, "29%")]
)
def test_only_the_whole_is_a_hundred_percent(part: float, words: str) -> None:
    assert percent(part) == words


@pytest.mark.parametrize(
    ("progress", "drawn"),
    [
        (0.4, "▓▓▓▓░░░░░░ 40%"),
        (0.0, "░░░░░░░░░░ 0%"),
        (0.99, "▓▓▓▓▓▓▓▓▓░ 99%"),
        (1.0, "▓▓▓▓▓▓▓▓▓▓ 100%"),
        (0.3, "▓▓▓░░░░░░░ 30%"),
        (None, "░░░░░░░░░░ –"),
    ],
)
def test_a_bar_is_full_only_at_the_target(progress: float | None, drawn: str) -> None:
    assert bar(progress) == drawn


@pytest.mark.parametrize("status", [*Status, None])
def test_every_status_has_an_emoji_and_a_word(status: Status | None) -> None:
    assert re.fullmatch(r":\w+: \w[\w ]+", status_mark(status))


def test_days_and_instants_read_as_people_say_them() -> None:
    assert date_of(date(2026, 11, 3)) == "Tuesday 3 November"
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert moment_of(at) == "<!date^1795424400^{date_short_pretty} at {time}|Monday 23 November 09:00 UTC>"


def test_people_are_mentioned_by_id_and_greeted_by_first_name() -> None:
    assert mention(ADA) == "<@U001>"
    assert first_name(ADA) == "Ada"
    assert first_name(member(name="  ")) == "there"


def test_one_thing_is_not_many() -> None:
    assert count(1, "key result") == "1 key result"
    assert count(1_200, "person", "people") == "1,200 people"


def test_a_long_message_in_words_says_how_much_more_there_is() -> None:
    words = spoken("All of them:", ["a" * 100] * 100)
    assert len(words) <= SPOKEN + 20
    assert words.endswith(" And 66 more.")
