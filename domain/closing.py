"""Closing: what became of an objective at the end of its cycle, in the words of those who own it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from domain import scores
from domain.cycles import CycleState
from domain.errors import Refusal
from domain.objectives import KeyResultId, Objective, ObjectiveId, Stage, changeable
from domain.people import Member, MemberId
from domain.words import optional

Choice = TypeVar("Choice", bound=StrEnum)


class Mattered(StrEnum):
    """Whether reaching it moved what mattered."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    TOO_EARLY = "too early to say"


class Verdict(StrEnum):
    """What shall become of it."""

    KEEP = "keep"
    CHANGE = "change"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Closing:
    """How an objective ended: what was suggested, the score that was given and why, and what comes of it."""

    objective: ObjectiveId
    suggested: Decimal | None
    score: Decimal
    why: str
    mattered: Mattered
    learned: str
    verdict: Verdict
    by: MemberId
    at: datetime


@dataclass(frozen=True, slots=True)
class ClosingDraft:
    """How an objective ended, as somebody filled it in; what a form left `alone` is named, and stays."""

    score: str
    why: str = ""
    mattered: str = ""
    learned: str = ""
    verdict: str = ""
    alone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Carrying:
    """How an objective shall be carried on: into which cycle, under which title, with which of its key results.

    `into` is the name of a cycle. With `keep_targets` they go on to where they were to get; else as far again. What a
    form left `alone` is named: it is as it is of the objective by then.
    """

    into: str
    title: str
    key_results: frozenset[KeyResultId] = frozenset()
    keep_targets: bool = True
    alone: frozenset[str] = frozenset()


def drafted(closing: Closing) -> ClosingDraft:
    """How an objective ended, as somebody would have filled it in."""
    said = closing
    return ClosingDraft(scores.shown(said.score), said.why, said.mattered, said.learned, said.verdict)


def closed(objective: Objective, draft: ClosingDraft, by: Member, at: datetime) -> Closing:
    """How it ended, tidied; raises `Refusal` beside the field that is wrong."""
    suggestion = scores.suggested(objective)
    score = scores.given(draft.score)
    why = optional(draft.why, "why")
    asked = scores.why_asked(score, suggestion, objective.aspirational)
    if asked and not why:
        raise Refusal(asked, "why")
    return Closing(
        objective=objective.id,
        suggested=suggestion,
        score=score,
        why=why,
        mattered=_chosen(Mattered, draft.mattered, "mattered", "Did it move what mattered? Choose one."),
        learned=optional(draft.learned, "learned"),
        verdict=_chosen(Verdict, draft.verdict, "verdict", "Keep, change or drop it? Choose one."),
        by=by.id,
        at=at,
    )


def scorable(objective: Objective, today: date) -> Objective:
    """The objective, if it can be scored today; raises `Refusal` unless it is agreed and its cycle is closing."""
    changeable(objective, today)
    if objective.stage is not Stage.AGREED:
        raise Refusal(f"{objective.ref} was not agreed on, so there is nothing to score.")
    if objective.cycle.is_backlog:
        raise Refusal(f"{objective.ref} waits in the backlog. It is scored once it has been in a cycle.")
    if objective.cycle.state(today) is not CycleState.CLOSING:
        day = f"{objective.cycle.period.ends:%-d %B}"
        raise Refusal(f"{objective.cycle.name} is not closing yet: {objective.ref} can be scored after {day}.")
    return objective


def unscored(objective: Objective) -> Objective:
    """The objective, while what it came to is open; raises `Refusal` once a score was given for the numbers it has."""
    if objective.score is not None:
        raise Refusal(
            f"{objective.ref} has its score, {scores.shown(objective.score)}, so its numbers stay as they were scored. "
            f"`/okr close {objective.ref}` changes the score and says why."
        )
    return objective


def awaits_a_score(objective: Objective, today: date) -> bool:
    """Whether somebody has yet to say how it ended."""
    agreed = objective.stage is Stage.AGREED and not objective.archived
    return agreed and objective.score is None and objective.cycle.state(today) is CycleState.CLOSING


def _chosen(choices: type[Choice], chosen: str, field: str, missing: str) -> Choice:
    try:
        return choices(chosen)
    except ValueError:
        raise Refusal(missing, field) from None
