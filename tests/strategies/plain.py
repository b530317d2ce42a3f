"""Plain values that everything else is made of, and the words that people should never have typed."""

from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

from domain import words

T = TypeVar("T")

HOSTILE = (
    "<!channel> all hands",
    "<!here|here> @here",
    "<https://evil.example|https://bank.example>",
    "<@UEVIL> <#CEVIL|general> <!subteam^SEVIL>",
    "https://evil.example/a?b=c&d=e",
    "&" * 200,
    "<" * 200,
    "*bold* _italic_ ~struck~ `code` ```block```",
    "> quoted",
    "&lt;!channel&gt; &amp;",
    "\u202egnol toof\u202c",
    "שלום עולם مرحبا",
    "👩‍👩‍👧‍👦" * 28,
    "🇳🇬🇬🇧🇮🇳" * 30,
    "e\u0301" * 100,
    "a" + "\u0301" * 199,
    "\u200b\u200d\ufeff",
    "two\nlines\tand a tab",
    ":tada: :not_an_emoji:",
    "'; DROP TABLE objective; --",
    "{{7*7}} ${7*7} %s {0}",
    "x",
)

_TYPED = st.text(st.characters(exclude_categories=("Cc", "Cs"))) | st.text("ab \n\t<>&*_~`@#!|:")

ids, booleans = st.integers(1, 2**31 - 1), st.booleans()
one_of, decimals = cache(st.sampled_from), cache(st.decimals)


@cache
def perhaps(what: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """That, or nothing. Strategies are made once each (hence `cache`): making them takes longer than drawing."""
    return st.none() | what


@cache
def typed(at_most: int) -> st.SearchStrategy[str]:
    """What somebody may have typed into a field, as it is kept; it may be empty."""
    return st.one_of(st.sampled_from(HOSTILE), _TYPED).map(lambda text: words.tidy(words.tidy(text)[:at_most]))


@cache
def titles(at_most: int = words.TITLE) -> st.SearchStrategy[str]:
    """A title or a name: one line, never empty."""
    return typed(at_most).map(lambda text: " ".join(text.split()) or "x")


@cache
def notes() -> st.SearchStrategy[str]:
    """A note, a reason or a blocker, sometimes as long as it may be."""
    return st.one_of(typed(words.NOTE), st.sampled_from(["&" * words.NOTE, "🎉" * words.NOTE, ""]))
