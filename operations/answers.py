"""Answers: what has been filled in about each key result of a check-in, and what of it still counts."""

from collections.abc import Sequence
from datetime import datetime

from domain.changes import Change
from domain.check_ins import Answer, CheckIn, measured_by
from domain.closing import unscored
from domain.errors import NotFound, Refusal
from domain.objectives import KeyResult, KeyResultId, Objective, changeable
from domain.people import Member
from domain.stages import counted
from operations import crossings, sight, updates
from operations.updates import Move
from storage.database import Session


def meant(
    session: Session, who: Member, each: Sequence[Answer], shared: Sequence[Objective], opened: CheckIn, now: datetime
) -> tuple[list[Move], list[Change]]:
    """What each of the answers means, one after the other, and which statuses that changes."""
    stand = sight.the_key_results(session, who, [answer.key_result for answer in each], shared)
    moves: list[Move] = []
    deeds: dict[KeyResultId, crossings.Deed] = {}
    for answer in each:
        if answer.key_result not in stand:
            _nothing_typed(answer)
            continue
        kr, objective = stand[answer.key_result]
        move = _answered(session, who, kr, objective, answer, opened, now)
        if move:
            moves.append(move)
            first = deeds[kr.id][0] if kr.id in deeds else kr
            deeds[kr.id] = first, move[1], objective
            stand[kr.id] = move[1], objective
    return moves, crossings.of(session, who, list(deeds.values()), now)


def _answered(
    session: Session, who: Member, kr: KeyResult, objective: Objective, answer: Answer, opened: CheckIn, now: datetime
) -> Move | None:
    """What an answer means; the last check-in of a cycle may still be answered when the cycle is over.

    What cannot be updated any more is passed over, unless somebody has just typed something about it.
    """
    try:
        elsewhere = _elsewhere(who, kr, objective, opened)
        if elsewhere is None:
            return updates.updated(session, who, kr, answer, opened.id, now)
        if _says_something(kr, answer):
            raise elsewhere
        return None
    except Refusal as refusal:
        raise refusal.beside(f"{refusal.field or 'value'} {kr.ref}") from refusal


def _elsewhere(who: Member, kr: KeyResult, objective: Objective, opened: CheckIn) -> Refusal | None:
    """Why this person cannot update it in this check-in, though it stands in their form; None where they can."""
    try:
        if kr.archived or objective.archived:
            raise Refusal(f"{kr.ref} has been archived meanwhile. Clear its value and its note to send the rest.")
        updates.may_update(who, kr, objective)
        counted(kr)
        unscored(changeable(objective, opened.day))
    except Refusal as why:
        return why
    return None


def _says_something(kr: KeyResult, answer: Answer) -> bool:
    """Whether there would be words or a number to lose."""
    return bool(answer.note.strip()) or measured_by(kr.measure, answer) != kr.measure


def _nothing_typed(answer: Answer) -> None:
    """What is hidden by now, or never was, is passed over without a word, unless there are words to lose."""
    if answer.moves or answer.note.strip():
        raise NotFound("That key result is gone. Clear what you wrote about it to send the rest.")
