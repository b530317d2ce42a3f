"""The scopes and events that there are: a word that Slack does not know is refused, with the one that may be meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

import yaml

from sandbox.block_kit_rules import Problem, Rule, string

KNOWN: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
"""`bot scopes`, `user scopes` and `events`."""


def known(kind: str, words: Sequence[str]) -> Rule:
    """A string that is one of these words; `kind` says of what kind they are."""
    sound = string(1, 50)

    def check(value: object, at: str) -> Iterator[Problem]:
        wrong = list(sound(value, at))
        yield from wrong
        if isinstance(value, str) and not wrong and value not in words:
            yield Problem(at, f"unknown {kind} {value}{_meant(value, words)}")

    return check


def _meant(word: str, words: Sequence[str]) -> str:
    """A question after the word that comes closest, if one comes close."""
    close = get_close_matches(word, words, n=1)
    return f": is {close[0]} meant?" if close else ""
