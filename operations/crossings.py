"""Every change of a key result's status, kept with whatever brings it about: what time did until then, and what this
deed does. It is asked before anything else of the deed is kept.
"""

from collections.abc import Sequence
from datetime import datetime

from domain.changes import Change, What
from domain.crossings import crossings
from domain.home import Moment
from domain.objectives import KeyResult, KeyResultId, Objective
from domain.people import Member
from domain.stages import counts
from domain.status import key_result_status
from operations import sight
from storage import changes
from storage.database import Session

Deed = tuple[KeyResult, KeyResult, Objective]
"""A key result before and after something is done to it, and its objective."""


def of(session: Session, who: Member, deeds: Sequence[Deed], now: datetime) -> list[Change]:
    """What time has done to the statuses of these, and what somebody does to them now: one statement for all."""
    at = sight.moment(session, who, now)
    passed = by_time(session, who, [(before, objective) for before, _, objective in deeds], at)
    return [change for deed in deeds for change in (*passed[deed[0].id], *_by_deed(deed, who, at))]


def by_time(
    session: Session, who: Member, each: Sequence[tuple[KeyResult, Objective]], at: Moment
) -> dict[KeyResultId, list[Change]]:
    """What time has done to the status of each since anything was last done to it."""
    touched = changes.touched(session, who.workspace, [kr.id for kr, _ in each])
    return {kr.id: _meanwhile(kr, objective, touched.get(kr.id), at) for kr, objective in each}


def _meanwhile(kr: KeyResult, objective: Objective, touched: datetime | None, at: Moment) -> list[Change]:
    if not counts(kr, objective):
        return []
    since = max(touched, kr.created_at) if touched else kr.created_at
    return crossings(kr, objective.cycle, since, at.now, at.policy)


def _by_deed(deed: Deed, who: Member, at: Moment) -> list[Change]:
    before, after, objective = deed
    if not (counts(before, objective) and counts(after, objective)):
        return []
    then, now = (key_result_status(kr, objective.cycle, at.now, at.today, at.policy) for kr in (before, after))
    return [] if then is now else [Change(objective.id, What.STATUS, then, now, who.id, at.now, after.id)]
