"""Objectives, as they are remembered."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, delete, update
from sqlmodel import Session, col

from domain.cycles import CLOSING, CycleId, Period
from domain.objectives import Heading, KeyResult, Level, Objective, ObjectiveId, Stage
from domain.people import Member, TeamId, WorkspaceId
from domain.references import Prefix, Reference
from storage import cycles, people
from storage.objective_rows import WHOLE, counting, heading_of, parts_in, with_parts
from storage.prepared import Prepared
from storage.rows import Among, Unsearched, among, columns, listed, new_id, next_number, rows, run
from storage.tables import AlignmentRow, ContributorRow, CoOwnerRow, CycleRow, KeyResultRow, MemberRow, ObjectiveRow

_OBJECTIVE, _KEY_RESULT, _CYCLE = columns(ObjectiveRow), columns(KeyResultRow), columns(CycleRow)
_CO_OWNER, _CONTRIBUTOR, _PERSON = columns(CoOwnerRow), columns(ContributorRow), columns(MemberRow)
_NEXT, _HELPED = _OBJECTIVE.id.table.alias("nexts").c, _KEY_RESULT.id.table.alias("helped").c

_HERE = _OBJECTIVE.workspace == bindparam("workspace")
_BY_NUMBER = Prepared(WHOLE.where(_HERE, _OBJECTIVE.number == bindparam("number")))
_BY_ID = Prepared(WHOLE.where(_HERE, _OBJECTIVE.id == bindparam("id")))
_BY_IDS = Prepared(WHOLE.where(Unsearched(_OBJECTIVE.workspace) == bindparam("workspace"), among(_OBJECTIVE.id, "ids")))

_SLICE = (
    sa.select(_OBJECTIVE.id)
    .where(_HERE, _OBJECTIVE.number > bindparam("after"))
    .order_by(_OBJECTIVE.number)
    .limit(bindparam("at_most", type_=sa.Integer))
    .correlate(None)
)
_SOME = Prepared(WHOLE.where(_OBJECTIVE.id.in_(_SLICE)))

_PROPOSED = sa.select(_HELPED.objective).where(
    _HELPED.workspace == bindparam("workspace"),
    _HELPED.stage == Stage.PROPOSED.value,
    _HELPED.archived_at.is_(None),
)
_WITH_PROPOSALS = Prepared(
    WHOLE.where(_HERE, _OBJECTIVE.cycle == bindparam("cycle"), _OBJECTIVE.archived_at.is_(None)).where(
        _OBJECTIVE.id.in_(_PROPOSED)
    )
)
_CARRIED_ON = Prepared(
    sa.select(_NEXT.carried_from, _NEXT.id, _NEXT.number, _NEXT.title, _NEXT.visibility, _NEXT.stage, _CYCLE.name)
    .join(_CYCLE.id.table, _CYCLE.id == _NEXT.cycle)
    .where(Unsearched(_NEXT.workspace) == bindparam("workspace"), among(_NEXT.carried_from, "ids"))
    .where(_NEXT.archived_at.is_(None))
    .order_by(_NEXT.number)
)

_HAVING_A_PART = sa.union(
    sa.select(_OBJECTIVE.id).where(_OBJECTIVE.owner == bindparam("owner")).correlate(None),
    sa.select(_CO_OWNER.objective).where(_CO_OWNER.member == bindparam("owner")),
    sa.select(_KEY_RESULT.objective).where(_KEY_RESULT.owner == bindparam("owner"), *counting(_KEY_RESULT)),
    sa.select(_HELPED.objective)
    .join(_CONTRIBUTOR.member.table, _CONTRIBUTOR.key_result == _HELPED.id)
    .where(_CONTRIBUTOR.member == bindparam("owner"), *counting(_HELPED)),
).scalar_subquery()
"""The objectives that somebody owns, alone or with others, or has a key result in, or helps with one."""


_OWNERS = Prepared(
    sa.select(*people.whole(_PERSON))
    .where(Unsearched(_PERSON.workspace) == bindparam("workspace"), _PERSON.active == bindparam("active"))
    .where(
        _PERSON.id.in_(
            sa.union(
                sa.select(_OBJECTIVE.owner).where(among(_OBJECTIVE.cycle, "cycles"), _OBJECTIVE.archived_at.is_(None)),
                sa.select(_KEY_RESULT.owner)
                .join(_OBJECTIVE.id.table, _OBJECTIVE.id == _KEY_RESULT.objective)
                .where(among(_OBJECTIVE.cycle, "cycles"), _OBJECTIVE.archived_at.is_(None))
                .where(_KEY_RESULT.archived_at.is_(None)),
            )
        )
    )
    .order_by(_PERSON.id)
)

_UNCLOSED = Prepared(
    WHOLE.where(Unsearched(_CYCLE.workspace) == bindparam("workspace"), Among(_OBJECTIVE.id, _HAVING_A_PART)).where(
        cycles.begun_and_not_over("day", "scored_on"), _OBJECTIVE.archived_at.is_(None)
    )
)

When = Period | date
"""A cycle by its period, or every cycle that runs on a day and is not closed."""


@cache
def _in_cycle(archived: bool, narrowed_by: frozenset[str]) -> Prepared:
    put_away = _OBJECTIVE.archived_at.is_not(None)
    during = cycles.runs_on("day") if "day" in narrowed_by else _CYCLE.name == bindparam("name")
    # A person's are found by their ids; by the cycle SQLite would go through everybody's.
    workspace = Unsearched(_CYCLE.workspace) if "owner" in narrowed_by else _CYCLE.workspace
    query = WHOLE.where(workspace == bindparam("workspace"), during, put_away if archived else ~put_away)
    if "level" in narrowed_by:
        query = query.where(_OBJECTIVE.level == bindparam("level"))
    if "team" in narrowed_by:
        query = query.where(_OBJECTIVE.team == bindparam("team"))
    if "owner" in narrowed_by:
        query = query.where(Among(_OBJECTIVE.id, _HAVING_A_PART))
    return Prepared(query)


def in_cycle(
    session: Session,
    workspace: WorkspaceId,
    when: When,
    *,
    level: Level | None = None,
    team: TeamId | None = None,
    owner: Member | None = None,
    archived: bool = False,
) -> list[Objective]:
    """The cycle's objectives with their key results, oldest first: all, or those of a level, a team or a person."""
    asked = {"level": level and level.value, "team": team, "owner": owner and owner.id, **_named(when)}
    narrowed = {name: value for name, value in asked.items() if value}
    found = rows(session, _in_cycle(archived, frozenset(narrowed)), workspace=workspace, **narrowed)
    return [each for each, _ in with_parts(session, workspace, found, known=[owner] if owner else [])]


def _named(when: When) -> dict[str, Any]:
    return {"name": when.name} if isinstance(when, Period) else {"day": when}


def owners(
    session: Session, workspace: WorkspaceId, during: Collection[CycleId], *, active: bool = True
) -> list[Member]:
    """Everybody who owns an objective or a key result in these cycles and is here, or where not `active` has left."""
    found = rows(session, _OWNERS, workspace=workspace, cycles=listed(during), active=active) if during else []
    return [people.met(*row) for row in found]


def unclosed(session: Session, owner: Member, day: date) -> list[Objective]:
    """Those that somebody has a part in, in the cycles that run on a day and in those that close, oldest first."""
    asked = {"workspace": owner.workspace, "owner": owner.id, "day": day, "scored_on": day - CLOSING}
    found = with_parts(session, owner.workspace, rows(session, _UNCLOSED, **asked), known=[owner])
    return [each for each, _ in found if not each.cycle.is_closed(day)]


def by_id(session: Session, workspace: WorkspaceId, ids: Collection[ObjectiveId]) -> list[Objective]:
    """The objectives with these ids, archived or not, oldest first."""
    return [each for each, _ in whole(session, workspace, ids)]


def whole(
    session: Session, workspace: WorkspaceId, ids: Collection[ObjectiveId]
) -> list[tuple[Objective, list[KeyResult]]]:
    """The same, each with all the key results that it ever had."""
    found = rows(session, _BY_IDS, workspace=workspace, ids=listed(ids)) if ids else []
    return with_parts(session, workspace, found)


def objective(session: Session, workspace: WorkspaceId, which: Reference | ObjectiveId) -> Objective | None:
    """One objective by its reference or its id, archived or not."""
    if isinstance(which, Reference):
        found = rows(session, _BY_NUMBER, workspace=workspace, number=which.number)
    else:
        found = rows(session, _BY_ID, workspace=workspace, id=which)
    return next((each for each, _ in with_parts(session, workspace, found)), None)


def some(session: Session, workspace: WorkspaceId, after: int, at_most: int) -> list[tuple[Objective, list[KeyResult]]]:
    """The next objectives after a number, archived or not, each with all its key results; the oldest first."""
    found = rows(session, _SOME, workspace=workspace, after=after, at_most=at_most)
    return with_parts(session, workspace, found)


def archived_key_results(session: Session, workspace: WorkspaceId, when: When) -> list[tuple[KeyResult, Objective]]:
    """Every key result of the cycle that was put away by itself, with its objective, oldest first."""
    named = _named(when)
    found = rows(session, _in_cycle(False, frozenset(named)), workspace=workspace, **named)
    gone = [(kr, above) for kr, above in parts_in(session, workspace, found) if kr.archived]
    return sorted(gone, key=lambda each: each[0].number)


def with_proposals(session: Session, workspace: WorkspaceId, cycle: CycleId) -> list[Objective]:
    """The cycle's objectives for which a key result is proposed and not decided on, oldest first."""
    found = rows(session, _WITH_PROPOSALS, workspace=workspace, cycle=cycle)
    return [each for each, _ in with_parts(session, workspace, found)]


def parts_of(session: Session, workspace: WorkspaceId, id: ObjectiveId) -> list[KeyResult]:
    """Every key result that an objective ever had, proposed, declined and archived ones too, oldest first."""
    found = parts_in(session, workspace, rows(session, _BY_ID, workspace=workspace, id=id))
    return sorted((kr for kr, _ in found), key=lambda kr: kr.number)


def carried_on(session: Session, workspace: WorkspaceId, ids: Collection[ObjectiveId]) -> dict[ObjectiveId, Heading]:
    """What became of each of these objectives in another cycle, where it was carried on and not put away there.

    Of several it is one that everybody may know of, if there is one.
    """
    found = rows(session, _CARRIED_ON, workspace=workspace, ids=listed(ids)) if ids else []
    each = [(ObjectiveId(past), heading_of(*near)) for past, *near in found]
    return dict(sorted(each, key=lambda pair: pair[1].is_open))


def add(session: Session, draft: Objective, by: Member, at: datetime) -> Objective:
    """Remember a new objective; it comes back with its number."""
    number = next_number(session, by.workspace, Prefix.OBJECTIVE)
    row = ObjectiveRow(workspace=by.workspace, number=number, created_by=by.id, created_at=at, **_columns(draft))
    session.add(row)
    session.flush()
    made = replace(draft, id=ObjectiveId(new_id(row)), number=number)
    _align(session, made)
    return made


def change(session: Session, objective: Objective) -> None:
    """Remember everything that can be changed of an objective but who owns it together with its owner."""
    run(session, update(ObjectiveRow).where(col(ObjectiveRow.id) == objective.id).values(_columns(objective)))
    run(session, delete(AlignmentRow).where(col(AlignmentRow.objective) == objective.id))
    _align(session, objective)


def _align(session: Session, objective: Objective) -> None:
    pulled, workspace = objective.parent_key_result, objective.owner.workspace
    if pulled:
        session.add(AlignmentRow(objective=objective.id, key_result=pulled.id, workspace=workspace))
        session.flush()


def share(session: Session, objective: Objective, co_owners: Iterable[Member]) -> None:
    """Let exactly these people own an objective together with its owner."""
    run(session, delete(CoOwnerRow).where(col(CoOwnerRow.objective) == objective.id))
    workspace = objective.owner.workspace
    session.add_all(CoOwnerRow(objective=objective.id, member=who.id, workspace=workspace) for who in co_owners)
    session.flush()


def archive(session: Session, objective: Objective, at: datetime | None) -> None:
    """Put an objective away, or bring it back with None."""
    run(session, update(ObjectiveRow).where(col(ObjectiveRow.id) == objective.id).values(archived_at=at))


def _columns(objective: Objective) -> dict[str, Any]:
    return {
        "title": objective.title,
        "level": objective.level.value,
        "owner": objective.owner.id,
        "team": objective.team.id if objective.team else None,
        "parent": objective.parent.id if objective.parent else None,
        "carried_from": objective.carried_from.id if objective.carried_from else None,
        "stage": objective.stage.value,
        "visibility": objective.visibility.value,
        "aspirational": objective.aspirational,
        "description": objective.description,
        "tags": "\n".join(objective.tags),
        "score": objective.score,
        "cycle": objective.cycle.id,
    }
