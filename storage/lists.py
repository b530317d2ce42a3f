"""Lists of objectives: which of them somebody wants and may see, found and counted without loading them."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.cycles import Cycle, CycleId, CycleState
from domain.lists import Only, Wanted
from domain.objectives import ObjectiveId, Stage, Visibility
from domain.people import Member, MemberId
from storage import adjusting, cycles
from storage.objective_rows import counting
from storage.prepared import Prepared
from storage.rows import Among, Unsearched, among, columns, listed, rows
from storage.sight import Condition, Sight, asker, readable, sight, within
from storage.tables import ContributorRow, CoOwnerRow, CycleRow, KeyResultRow, ObjectiveRow

_OBJECTIVE, _KEY_RESULT, _CYCLE = columns(ObjectiveRow), columns(KeyResultRow), columns(CycleRow)
_CO_OWNER, _CONTRIBUTOR = columns(CoOwnerRow), columns(ContributorRow)
_HELPED = _KEY_RESULT.id.table.alias("helped").c


@dataclass(frozen=True, slots=True)
class Sought:
    """A list whose words have been looked up: what is wanted, by whom, in which cycles, and of which people."""

    wanted: Wanted
    who: Member
    during: tuple[CycleId, ...]
    people: tuple[MemberId, ...] = ()


def cycles_of(session: Session, who: Member, wanted: Wanted, day: date) -> list[Cycle]:
    """The cycles that a list is of: the one named, those that lie in a year, or those that run on this day.

    What is not agreed yet is mostly for a cycle that is still planned, so it is looked for in all that are not over; a
    score is missing where a cycle closes.
    """
    if wanted.cycle:
        found = cycles.named(session, who.workspace, wanted.cycle)
        found = found or adjusting.once_called(session, who.workspace, wanted.cycle)
        return [found] if found else []
    if wanted.year:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        return [cycles.met(*row) for row in rows(session, _IN_YEAR, workspace=who.workspace, first=first, last=last)]
    if wanted.only in {Only.DRAFTS, Only.PROPOSED}:
        return cycles.not_over(session, who.workspace, day)
    if wanted.only is Only.UNSCORED:
        near = cycles.not_over(session, who.workspace, day)
        return [cycle for cycle in near if cycle.state(day) is CycleState.CLOSING]
    return cycles.running(session, who.workspace, day)


def ids(session: Session, sought: Sought, first: int = 0, at_most: int = 1_000_000) -> list[ObjectiveId]:
    """The objectives of a list that this person may read, by number, from the `first` on (0 is the very first).

    Of one cycle they are read along an index and no further than asked; of several all of them are sorted.
    """
    statement, values = _asked(sought)
    found = rows(session, statement.page, **values, first=first, at_most=at_most)
    return [ObjectiveId(id) for (id,) in found]


def count(session: Session, sought: Sought) -> int:
    """How many they are: one look at each row of the cycle, and nothing is loaded."""
    statement, values = _asked(sought)
    return int(rows(session, statement.count, **values)[0][0])


_IN_YEAR = Prepared(
    sa.select(*cycles.WHOLE)
    .where(_CYCLE.workspace == bindparam("workspace"))
    .where(_CYCLE.starts >= bindparam("first"), _CYCLE.ends <= bindparam("last"))
)


@dataclass(frozen=True, slots=True)
class _Statements:
    page: Prepared
    count: Prepared


def _asked(sought: Sought) -> tuple[_Statements, dict[str, Any]]:
    wanted, who = sought.wanted, sought.who
    narrowed = {
        "level": wanted.level and wanted.level.value,
        "among_teams": listed(wanted.teams) if wanted.teams else None,
        "people": listed(sought.people) if wanted.people else None,
        **({"cycle": sought.during[0]} if len(sought.during) == 1 else {"cycles": listed(sought.during)}),
    }
    given = {name: value for name, value in narrowed.items() if value is not None}
    seen = sight(who)
    values = {"workspace": who.workspace, **given, **asker(who, seen)}
    return _statements(frozenset(given), wanted.only, bool(wanted.statuses), seen), values


@cache
def _statements(narrowed: frozenset[str], only: Only | None, counted: bool, seen: Sight) -> _Statements:
    where = [
        Unsearched(_OBJECTIVE.workspace) == bindparam("workspace"),
        _OBJECTIVE.archived_at.is_(None),
        *(_NARROWING[name] for name in sorted(narrowed)),
        *([_ONLY[only]] if only else []),
        *([_OBJECTIVE.stage == Stage.AGREED.value] if counted else []),
        readable(seen),
    ]
    found = sa.select(_OBJECTIVE.id).where(*where).order_by(_OBJECTIVE.number)
    return _Statements(
        Prepared(found.limit(bindparam("at_most")).offset(bindparam("first"))),
        Prepared(sa.select(sa.func.count()).select_from(_OBJECTIVE.id.table).where(*where)),
    )


def _having_a_part(name: str) -> Condition:
    """Those that any of these people owns, alone or with others, or has a key result in, or helps with one."""
    helping = sa.select(_CONTRIBUTOR.key_result).where(among(_CONTRIBUTOR.member, name)).scalar_subquery()
    owning = sa.select(_KEY_RESULT.objective).where(among(_KEY_RESULT.owner, name), *counting(_KEY_RESULT))
    return sa.or_(
        among(_OBJECTIVE.owner, name),
        within(sa.select(_CO_OWNER.objective).where(among(_CO_OWNER.member, name))),
        within(owning),
        within(sa.select(_HELPED.objective).where(Among(_HELPED.id, helping), *counting(_HELPED))),
    )


_NARROWING: dict[str, Condition] = {
    "level": _OBJECTIVE.level == bindparam("level"),
    "among_teams": among(_OBJECTIVE.team, "among_teams"),
    "people": _having_a_part("people"),
    "cycle": _OBJECTIVE.cycle == bindparam("cycle"),
    "cycles": among(_OBJECTIVE.cycle, "cycles"),
}

_ONLY: dict[Only, Condition] = {
    Only.PRIVATE: _OBJECTIVE.visibility == Visibility.PRIVATE.value,
    Only.DRAFTS: _OBJECTIVE.stage == Stage.DRAFT.value,
    Only.PROPOSED: _OBJECTIVE.stage == Stage.PROPOSED.value,
    Only.UNSCORED: sa.and_(_OBJECTIVE.stage == Stage.AGREED.value, _OBJECTIVE.score.is_(None)),
}
