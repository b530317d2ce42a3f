"""Planning a ritual for everybody at once: one statement however many people it is for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import String, and_, bindparam, cast, exists, func, literal, or_, select, union, update
from sqlmodel import Session, col

from domain.check_ins import State
from domain.measures import MeasureKind
from domain.objectives import KeyResultId, Stage
from domain.outbox import Delivery, Method, Priority
from domain.people import Kind, MemberId, TeamId, WorkspaceId
from domain.schedules import Occurrence, Schedule
from storage import outbox
from storage.columns import Instant
from storage.prepared import Prepared
from storage.rows import Among, JsonOf, Unsearched, among, columns, listed, run, upsert, word
from storage.tables import CheckInRow, CycleRow, KeyResultRow, MemberRow, ObjectiveRow, TeamMemberRow, TeamRow


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked to check in: active people with a key result on this day, of these teams if any are named."""

    workspace: WorkspaceId
    day: date
    teams: Collection[int] = ()
    zone: str | None = None
    member: MemberId | None = None
    guests: bool = False
    """A guest is asked only by choice: by opening the check-in by hand."""


_MEMBER, _PLACE, _TEAM = columns(MemberRow), columns(TeamMemberRow), columns(TeamRow)

_HOMES = select(
    _MEMBER.workspace,
    word("home"),
    word("home/") + _MEMBER.slack_id,
    word("home ") + _MEMBER.slack_id,
    word("your Home is kept fresh"),
    JsonOf(word("member"), _MEMBER.slack_id),
    literal(int(Priority.SHOW)),
    literal(None, Instant()),
).where(_MEMBER.home_opened_at.is_not(None))
"""The Home of everybody who has ever opened it, as the outbox wants it."""

_HERE: Any = bindparam("workspace")
_SOME = _MEMBER.id.table.alias("some").c
_CONCERNED = union(  # each of them over an index; a condition with OR would go through the whole workspace
    select(_SOME.id).where(Unsearched(_SOME.workspace) == _HERE, among(_SOME.id, "members")),
    select(_PLACE.member).where(Unsearched(_PLACE.workspace) == _HERE, among(_PLACE.team, "teams")),
    select(_TEAM.lead).where(Unsearched(_TEAM.workspace) == _HERE, among(_TEAM.id, "teams")),
)
_THEIR_HOMES = _HOMES.where(Among(_MEMBER.id, _CONCERNED.scalar_subquery()))
_KEY_RESULT = columns(KeyResultRow)
_LOOKED_BACK = timedelta(weeks=4)
_KEEP_QUIET = Prepared(
    update(_KEY_RESULT.id.table)
    .where(_KEY_RESULT.workspace == bindparam("its_workspace"), _KEY_RESULT.id == bindparam("its_id"))
    .values(quiet_until=bindparam("quiet_until"))
)
_SHOW_HOMES = Prepared(lambda insert: outbox.each_of(insert, Method.PUBLISH, _THEIR_HOMES))


def open_for(session: Session, asked: Asked, schedule: Schedule, occurrence: Occurrence) -> int:
    """Open this occurrence's check-in for everybody who is asked and has none yet; how many were opened."""
    values = select(
        col(MemberRow.workspace),
        literal(schedule.id).label("schedule"),
        col(MemberRow.id),
        literal(occurrence.day).label("day"),
        literal(occurrence.opens, Instant()),
        literal(occurrence.closes, Instant()),
        literal(State.OPEN.value).label("state"),
    ).where(*_asked(asked))
    names = ["workspace", "schedule", "member", "day", "opens_at", "closes_at", "state"]
    return run(session, upsert(session, CheckInRow).from_select(names, values).on_conflict_do_nothing())


def prompt_for(
    session: Session, asked: Asked, schedule: Schedule, occurrence: Occurrence, expires_at: datetime, now: datetime
) -> int:
    """Plan the prompt of every open check-in of this occurrence that has none yet; how many were planned."""
    number = cast(col(CheckInRow.id), String)
    rows = (
        select(
            col(CheckInRow.workspace),
            literal("check-in prompt"),
            col(MemberRow.slack_id),
            literal("check-in prompt ") + number,
            literal("weekly check-in"),
            JsonOf(literal("check_in"), col(CheckInRow.id)),
            literal(int(Priority.PROMPT)),
            literal(expires_at, Instant()),
        )
        .join(MemberRow, col(MemberRow.id) == col(CheckInRow.member))
        .where(col(CheckInRow.schedule) == schedule.id, col(CheckInRow.day) == occurrence.day)
        .where(col(CheckInRow.state) == State.OPEN.value, *_asked(asked))
    )
    return outbox.put_each(session, Method.POST, rows, now)


def close_prompts(session: Session, asked: Asked, schedule: Schedule, occurrence: Occurrence, now: datetime) -> int:
    """Plan to say of each prompt of the weeks before this occurrence that nobody answered that it has closed; how many.

    Only the latest weeks are looked at, and each is told of once.
    """
    number = cast(col(CheckInRow.id), String)
    said, told = outbox.ROW.alias("said").c, outbox.ROW.alias("told").c
    rows = (
        select(
            col(CheckInRow.workspace),
            literal("check-in closed"),
            col(MemberRow.slack_id),
            literal("check-in closed ") + number,
            literal("weekly check-in"),
            JsonOf(literal("check_in"), col(CheckInRow.id)),
            literal(int(Priority.SHOW)),
            literal(None, Instant()),
        )
        .join(MemberRow, col(MemberRow.id) == col(CheckInRow.member))
        .where(col(CheckInRow.schedule) == schedule.id, col(CheckInRow.state) == State.OPEN.value)
        .where(col(CheckInRow.day) >= occurrence.day - _LOOKED_BACK, col(CheckInRow.day) < occurrence.day)
        .where(col(CheckInRow.closes_at) <= now, *_taking_part(asked))
        .where(_planned(said, literal("check-in prompt ") + number, said.state == Delivery.SENT.value))
        .where(~_planned(told, literal("check-in closed ") + number))
    )
    return outbox.put_each(session, Method.UPDATE, rows, now)


def _planned(row: Any, key: Any, *conditions: Any) -> Any:
    """Whether the outbox knows of this key for the check-in's workspace."""
    return exists().where(row.workspace == col(CheckInRow.workspace), row.key == key, *conditions)


def show_homes_of(session: Session, asked: Asked, now: datetime) -> int:
    """Show the Home again of everybody who is asked and uses it; how many."""
    return outbox.put_each(session, Method.PUBLISH, _HOMES.where(*_asked(asked)), now)


def show_homes(
    session: Session, workspace: WorkspaceId, members: Iterable[int], now: datetime, teams: Iterable[TeamId] = ()
) -> int:
    """Show the Home again of each of these members, and of everybody in these teams, who uses it; how many."""
    return run(session, _SHOW_HOMES, workspace=workspace, members=listed(members), teams=listed(teams), now=now)


def unmoved(
    session: Session, asked: Asked, checked_in_since: datetime, unmoved_since: datetime, kinds: Collection[MeasureKind]
) -> list[KeyResultId]:
    """The key results of those who are asked, of these kinds, that have been checked in on since the one instant, have
    not moved since the other, and about which nobody wants quiet.
    """
    query = (
        select(col(KeyResultRow.id))
        .join(MemberRow, col(MemberRow.id) == col(KeyResultRow.owner))
        .join(ObjectiveRow, col(ObjectiveRow.id) == col(KeyResultRow.objective))
        .join(CycleRow, col(CycleRow.id) == col(ObjectiveRow.cycle))
        .where(col(KeyResultRow.workspace) == asked.workspace, col(KeyResultRow.updated_at) > checked_in_since)
        .where(func.coalesce(KeyResultRow.moved_at, KeyResultRow.created_at) <= unmoved_since)
        .where(or_(col(KeyResultRow.quiet_until).is_(None), col(KeyResultRow.quiet_until) <= asked.day))
        .where(col(KeyResultRow.kind).in_([kind.value for kind in kinds]), *_counted(asked), *_taking_part(asked))
        .order_by(col(KeyResultRow.id))
    )
    return [KeyResultId(id) for id in session.connection().execute(query).scalars() if id is not None]


def keep_quiet(session: Session, workspace: WorkspaceId, kr: KeyResultId, until: date) -> None:
    """Do not ask before that day why this key result does not move."""
    run(session, _KEEP_QUIET, its_workspace=workspace, its_id=kr, quiet_until=until)


def people_asked(session: Session, asked: Asked) -> list[int]:
    """The ids of everybody who would be asked, by name."""
    query = select(col(MemberRow.id)).where(*_asked(asked)).order_by(col(MemberRow.name))
    return [id for id in session.connection().execute(query).scalars() if id is not None]


def _asked(asked: Asked) -> list[Any]:
    """The conditions on a member; a guest is asked only by choice, which nobody can make yet."""
    owns = exists().where(
        and_(
            col(KeyResultRow.owner) == col(MemberRow.id),
            col(ObjectiveRow.id) == col(KeyResultRow.objective),
            col(CycleRow.id) == col(ObjectiveRow.cycle),
            *_counted(asked),
        )
    )
    return [owns, *_taking_part(asked)]


def _counted(asked: Asked) -> list[Any]:
    """The conditions on a key result, its objective and its cycle for anybody to be asked about it."""
    return [
        col(KeyResultRow.archived_at).is_(None),
        col(ObjectiveRow.archived_at).is_(None),
        col(KeyResultRow.stage) == Stage.AGREED.value,
        col(ObjectiveRow.stage) == Stage.AGREED.value,
        col(ObjectiveRow.score).is_(None),
        col(CycleRow.starts) <= asked.day,
        col(CycleRow.ends) >= asked.day,
        col(CycleRow.closed_at).is_(None),
    ]


def _taking_part(asked: Asked) -> list[Any]:
    """The same, for a member of whom it is known that they own a key result."""
    conditions: list[Any] = [
        MemberRow.workspace == asked.workspace,
        col(MemberRow.active).is_(True),
        col(MemberRow.kind).in_([Kind.PERSON.value, *([Kind.GUEST.value] if asked.guests else [])]),
    ]
    if asked.zone is not None:
        conditions.append(MemberRow.zone == asked.zone)
    if asked.member is not None:
        conditions.append(MemberRow.id == asked.member)
    if asked.teams:
        inside = exists().where(
            and_(
                col(TeamMemberRow.member) == col(MemberRow.id),
                col(TeamMemberRow.team).in_(asked.teams),
                col(TeamRow.id) == col(TeamMemberRow.team),
                col(TeamRow.archived_at).is_(None),
            )
        )
        conditions.append(inside)
    return conditions
