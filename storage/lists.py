"""Lists of objectives: which of them somebody wants and may see, found and counted without loading them.

Whether somebody may read an objective is decided in `domain.permissions`; here its table is put into SQL, so that what
is counted is what they may see. The two are held together by a test over random companies.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.cycles import Cycle, CycleId
from domain.lists import Only, Wanted
from domain.objectives import READING, ObjectiveId, Stage, Visibility
from domain.people import Member, MemberId
from domain.permissions import TABLE, Relation, Stake, Verb, relations
from storage import cycles
from storage.objective_rows import counting
from storage.prepared import Prepared
from storage.rows import Among, Unsearched, among, columns, listed, rows
from storage.tables import ContributorRow, CoOwnerRow, CycleRow, KeyResultRow, ObjectiveRow

_OBJECTIVE, _KEY_RESULT, _CYCLE = columns(ObjectiveRow), columns(KeyResultRow), columns(CycleRow)
_CO_OWNER, _CONTRIBUTOR = columns(CoOwnerRow), columns(ContributorRow)
_HELPED = _KEY_RESULT.id.table.alias("helped").c

Condition = sa.ColumnElement[bool]
Sight = tuple[tuple[Verb, frozenset[Relation] | None], ...]
"""For each way of reading, the relations that let somebody do it; None where they may whatever their part in it."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A list whose words have been looked up: what is wanted, by whom, in which cycles, and of which people."""

    wanted: Wanted
    who: Member
    during: tuple[CycleId, ...]
    people: tuple[MemberId, ...] = ()


def cycles_of(session: Session, who: Member, wanted: Wanted, day: date) -> list[Cycle]:
    """The cycles that a list is of: the one named, those that lie in a year, or those that run on this day.

    What is not agreed yet is mostly for a cycle that is still planned, so it is looked for in all that are not over.
    """
    if wanted.cycle:
        found = cycles.named(session, who.workspace, wanted.cycle)
        return [found] if found else []
    if wanted.year:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        return [cycles.met(*row) for row in rows(session, _IN_YEAR, workspace=who.workspace, first=first, last=last)]
    if wanted.only in {Only.DRAFTS, Only.PROPOSED}:
        return cycles.not_over(session, who.workspace, day)
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
    sight = _sight(who)
    needs = _needs(sight)
    mine: dict[str, Any] = {"who": who.id, "leads": listed(who.leads), "teams": listed(who.teams)}
    values = {"workspace": who.workspace, **given, **{name: mine[name] for name in needs}}
    return _statements(frozenset(given), wanted.only, bool(wanted.statuses), sight), values


@cache
def _statements(narrowed: frozenset[str], only: Only | None, counted: bool, sight: Sight) -> _Statements:
    where = [
        Unsearched(_OBJECTIVE.workspace) == bindparam("workspace"),
        _OBJECTIVE.archived_at.is_(None),
        *(_NARROWING[name] for name in sorted(narrowed)),
        *([_ONLY[only]] if only else []),
        *([_OBJECTIVE.stage == Stage.AGREED.value] if counted else []),
        _readable(dict(sight)),
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
        _in(sa.select(_CO_OWNER.objective).where(among(_CO_OWNER.member, name))),
        _in(owning),
        _in(sa.select(_HELPED.objective).where(Among(_HELPED.id, helping), *counting(_HELPED))),
    )


def _in(found: sa.Select[Any]) -> Condition:
    condition: Condition = Among(_OBJECTIVE.id, found.scalar_subquery())
    return condition


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
}

# who may read


def _sight(who: Member) -> Sight:
    """What the table of permissions comes to for one person."""
    always = relations(who)
    everything = {Stake(frozenset({who.id}), frozenset({who.id}), team) for team in (None, *who.teams, *who.leads)}
    perhaps = frozenset(each for stake in everything for each in relations(who, stake)) - always
    return tuple(
        (verb, None if TABLE[verb] & always else TABLE[verb] & perhaps) for verb in (*READING.values(), Verb.READ_DRAFT)
    )


def _readable(sight: dict[Verb, frozenset[Relation] | None]) -> Condition:
    """`domain.objectives.readable`, in SQL."""
    visible = [
        sa.and_(_OBJECTIVE.visibility == visibility.value, *_holds(sight[verb])) for visibility, verb in READING.items()
    ]
    drafted = sight[Verb.READ_DRAFT]
    undrafted = [] if drafted is None else [sa.or_(_OBJECTIVE.stage != Stage.DRAFT.value, *_holds(drafted))]
    return sa.and_(sa.or_(*visible), *undrafted)


def _holds(held: Collection[Relation] | None) -> list[Condition]:
    """That one of these relations holds; nothing where none is needed."""
    if held is None:
        return []
    return [sa.or_(sa.false(), *(_RELATED[each] for each in sorted(held)))]


def _parts_of(who: Any) -> sa.Select[Any]:
    """The objectives in which somebody owns a key result that counts or is proposed, or helps with one."""
    helping = sa.select(_CONTRIBUTOR.key_result).where(_CONTRIBUTOR.member == who).scalar_subquery()
    return sa.union_all(
        sa.select(_KEY_RESULT.objective).where(_KEY_RESULT.owner == who, *counting(_KEY_RESULT)),
        sa.select(_HELPED.objective).where(Among(_HELPED.id, helping), *counting(_HELPED)),
    )  # type: ignore[return-value]


_RELATED: dict[Relation, Condition] = {
    Relation.OWNER: sa.or_(
        _OBJECTIVE.owner == bindparam("who"),
        _in(sa.select(_CO_OWNER.objective).where(_CO_OWNER.member == bindparam("who"))),
    ),
    Relation.CONTRIBUTOR: _in(_parts_of(bindparam("who"))),
    Relation.LEAD: among(_OBJECTIVE.team, "leads"),
    Relation.TEAM_MEMBER: among(_OBJECTIVE.team, "teams"),
    Relation.TEAM_GUEST: among(_OBJECTIVE.team, "teams"),
}
"""Each relation that depends on the objective."""

_NEEDED = {
    Relation.OWNER: "who",
    Relation.CONTRIBUTOR: "who",
    Relation.LEAD: "leads",
    Relation.TEAM_MEMBER: "teams",
    Relation.TEAM_GUEST: "teams",
}


def _needs(sight: Sight) -> Iterable[str]:
    return {_NEEDED[each] for _, held in sight for each in held or ()}
