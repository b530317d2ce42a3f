"""Scores: what an objective came to, 0.0-1.0, as it is suggested, given, and read."""

from decimal import ROUND_HALF_UP, Decimal

from domain.errors import Refusal
from domain.measures import number
from domain.objectives import KeyResult, Objective

EXPECTED_COMMITTED = Decimal(1)
"""What a committed objective is expected to come to (Google's OKR playbook: a committed OKR is delivered in full)."""

TOO_EASY = Decimal("0.8")
"""An aspirational objective that scores more was perhaps too easy (Viva Goals warns at the same score)."""

LOW = Decimal("0.7")
"""A commitment that comes to less is worth a word (Google's OKR playbook: whoever misses one explains it)."""

ALMOST = Decimal("0.99")
"""The most that something scores which has not got there: rounding makes nothing true."""

_HUNDREDTH = Decimal("0.01")


def final(kr: KeyResult) -> Decimal:
    """A key result's own part of a score: its progress, 0.0-1.0, to two decimals; what was just missed is not 1."""
    return _to_hundredths(_exact(kr), kr.measure.reach >= 1)


def suggested(objective: Objective) -> Decimal | None:
    """The mean of what its key results came to, by weight, to two decimals (as Viva Goals and OKR playbooks score).

    sum(weight * progress) / sum(weight), rounded once, as its progress in percent is; None where no key result weighs
    anything.
    """
    whole = sum((kr.weight for kr in objective.key_results), Decimal(0))
    if whole <= 0:
        return None
    parts = sum((kr.weight * _exact(kr) for kr in objective.key_results), Decimal(0))
    return _to_hundredths(parts / whole, all(kr.measure.reach >= 1 for kr in objective.key_results if kr.weight))


def derivation(objective: Objective) -> str:
    """How the suggestion comes about: "KR-1 0.7 × 2 + KR-2 0.4 → 0.6"; empty where there is none."""
    score = suggested(objective)
    if score is None:
        return ""
    parts = [f"{kr.ref} {shown(final(kr))}{_times(kr.weight)}" for kr in objective.key_results]
    return f"{' + '.join(parts)} → {shown(score)}"


def given(typed: str) -> Decimal:
    """The score that was typed, such as "0.6", ".6", "0,6" or "60%"; raises `Refusal` beside `score`."""
    text = typed.strip().replace(",", ".")
    if not text:
        raise Refusal("A score is missing. It goes from 0.0 to 1.0.", "score")
    found = number(f"0{text}" if text.startswith(".") else text, "score")
    score = found / 100 if text.endswith("%") else found
    if not 0 <= score <= 1:
        raise Refusal("A score goes from 0.0 to 1.0.", "score")
    return score.quantize(_HUNDREDTH, ROUND_HALF_UP)


def why_asked(score: Decimal, suggestion: Decimal | None, aspirational: bool) -> str:
    """Why a score needs a word, in a sentence; empty where it is as suggested, and not a commitment that was missed."""
    if suggestion is None:
        return f"There was nothing to suggest a score from. Say in a sentence why it came to {shown(score)}."
    if score != suggestion:
        return f"The suggestion is {shown(suggestion)}. Say in a sentence why it came to {shown(score)}."
    if score < LOW and not aspirational:
        return (
            f"It was a commitment, and came to {shown(score)}. A sentence on why helps everybody to plan the next one."
        )
    return ""


def expectation(aspirational: bool) -> str:
    """What to expect of a score, in a sentence."""
    if aspirational:
        return "Aspirational: around 0.7 is a good result, and above 0.8 it was perhaps too easy."
    return "Committed: expected to come to 1.0; if it did not, that is worth a few words."


def remark(score: Decimal, aspirational: bool) -> str:
    """What a score says, in a few words; empty where it is what was hoped for."""
    if aspirational:
        return "perhaps it was too easy" if score > TOO_EASY else ""
    return "the commitment was 1.0" if score < EXPECTED_COMMITTED else ""


def shown(score: Decimal) -> str:
    """A score as people read it: "0.6", "0.57", "1.0"."""
    text = f"{score.quantize(_HUNDREDTH, ROUND_HALF_UP)}"
    return text.removesuffix("0")


def _exact(kr: KeyResult) -> Decimal:
    return Decimal(repr(kr.measure.progress))


def _to_hundredths(part: Decimal, is_reached: bool) -> Decimal:
    rounded = part.quantize(_HUNDREDTH, ROUND_HALF_UP)
    return rounded if is_reached else min(rounded, ALMOST)


def _times(weight: Decimal) -> str:
    return "" if weight == 1 else f" × {weight.normalize():f}"
