"""How objectives ended, as it is remembered; and who is asked about it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, literal
from sqlmodel import Session

from domain.closing import Closing, Mattered, Verdict
from domain.cycles import Cycle, CycleId
from domain.objectives import Heading, ObjectiveId, Stage
from domain.outbox import Method, Priority
from domain.people import Kind, MemberId, Role, WorkspaceId
from storage import outbox
from storage.columns import Instant
from storage.prepared import Prepared
from storage.rows import JsonOf, Unsearched, among, columns, listed, rows, run
from storage.tables import ClosingRow, CoOwnerRow, KeyResultRow, MemberRow, ObjectiveRow, OutboxRow, RoleRow, TeamRow

_CLOSING, _OBJECTIVE, _CO_OWNER = columns(ClosingRow), columns(ObjectiveRow), columns(CoOwnerRow)
_MEMBER, _TEAM, _ROLE = columns(MemberRow), columns(TeamRow), columns(RoleRow)
_OUTBOX, _KEY_RESULT = columns(OutboxRow), columns(KeyResultRow)

_WHOLE = sa.select(
    _CLOSING.objective,
    _CLOSING.suggested,
    _CLOSING.score,
    _CLOSING.why,
    _CLOSING.mattered,
    _CLOSING.learned,
    _CLOSING.verdict,
    _CLOSING.closed_by,
    _CLOSING.at,
)
_OF = Prepared(_WHOLE.where(Unsearched(_CLOSING.workspace) == bindparam("workspace"), among(_CLOSING.objective, "ids")))
_NEXT = Prepared(
    _WHOLE.where(_CLOSING.workspace == bindparam("workspace"), _CLOSING.objective > bindparam("after"))
    .order_by(_CLOSING.objective)
    .limit(bindparam("at_most", type_=sa.Integer))
)


def _keep(insert: Any) -> Any:
    begun = insert(ClosingRow)
    kept = ("suggested", "score", "why", "mattered", "learned", "verdict", "closed_by", "at")
    newer = {name: getattr(begun.excluded, name) for name in kept}
    return begun.on_conflict_do_update(index_elements=["objective"], set_=newer)


_KEEP = Prepared(_keep)
_SCORE = Prepared(
    sa.update(_OBJECTIVE.id.table).where(_OBJECTIVE.id == bindparam("its_id")).values(score=bindparam("its_score"))
)

_COUNTED = sa.and_(_OBJECTIVE.archived_at.is_(None), _OBJECTIVE.stage == Stage.AGREED.value)
_UNSCORED = sa.and_(_COUNTED, _OBJECTIVE.score.is_(None))
_WHOSE = sa.union_all(
    sa.select(_OBJECTIVE.owner.label("member"), _OBJECTIVE.id, _OBJECTIVE.number, _OBJECTIVE.title)
    .where(Unsearched(_OBJECTIVE.workspace) == bindparam("workspace"), among(_OBJECTIVE.cycle, "cycles"))
    .where(_UNSCORED, among(_OBJECTIVE.owner, "members")),
    sa.select(_CO_OWNER.member, _OBJECTIVE.id, _OBJECTIVE.number, _OBJECTIVE.title)
    .join(_OBJECTIVE.id.table, _OBJECTIVE.id == _CO_OWNER.objective)
    .where(Unsearched(_CO_OWNER.workspace) == bindparam("workspace"), among(_CO_OWNER.member, "members"))
    .where(_UNSCORED, among(_OBJECTIVE.cycle, "cycles")),
).subquery("whose")
_AWAITED = Prepared(sa.select(*_WHOSE.c).order_by(_WHOSE.c.number))


_HERE = sa.and_(Unsearched(_OBJECTIVE.workspace) == bindparam("workspace"), among(_OBJECTIVE.cycle, "cycles"), _COUNTED)
_ME: Any = bindparam("member")
_PART = Prepared(
    sa.union(
        sa.select(_OBJECTIVE.cycle).where(_HERE, _OBJECTIVE.owner == _ME),
        sa.select(_OBJECTIVE.cycle)
        .join(_CO_OWNER.member.table, _CO_OWNER.objective == _OBJECTIVE.id)
        .where(_HERE, _CO_OWNER.member == _ME),
        sa.select(_OBJECTIVE.cycle)
        .join(_KEY_RESULT.id.table, _KEY_RESULT.objective == _OBJECTIVE.id)
        .where(_HERE, _KEY_RESULT.owner == _ME, _KEY_RESULT.archived_at.is_(None)),
    )
)


def keep(session: Session, workspace: WorkspaceId, closing: Closing) -> None:
    """Remember how an objective ended; what was said of it before is replaced."""
    values = {
        "suggested": closing.suggested,
        "score": closing.score,
        "why": closing.why,
        "mattered": closing.mattered.value,
        "learned": closing.learned,
        "verdict": closing.verdict.value,
        "closed_by": closing.by,
        "at": closing.at,
    }
    run(session, _KEEP, objective=closing.objective, workspace=workspace, **values)
    run(session, _SCORE, its_id=closing.objective, its_score=closing.score)


def of(session: Session, workspace: WorkspaceId, ids: Collection[ObjectiveId]) -> dict[ObjectiveId, Closing]:
    """How each of these objectives ended, as far as somebody has said so."""
    found = rows(session, _OF, workspace=workspace, ids=listed(ids)) if ids else []
    return {ObjectiveId(row[0]): _closing(*row) for row in found}


def some(session: Session, workspace: WorkspaceId, after: int, at_most: int) -> list[Closing]:
    """How the next objectives after the one with this id ended, in the order in which they were set."""
    return [_closing(*row) for row in rows(session, _NEXT, workspace=workspace, after=after, at_most=at_most)]


def awaited(
    session: Session, workspace: WorkspaceId, cycles: Collection[CycleId], members: Collection[MemberId]
) -> dict[MemberId, list[Heading]]:
    """The objectives of these cycles without a score that each of these people owns, alone or with others."""
    theirs: dict[MemberId, list[Heading]] = defaultdict(list)
    if not cycles or not members:
        return theirs
    asked = {"cycles": listed(cycles), "members": listed(members)}
    for member, id, number, title in rows(session, _AWAITED, workspace=workspace, **asked):
        theirs[MemberId(member)].append(Heading(ObjectiveId(id), number, title))
    return theirs


def taking_part(
    session: Session, workspace: WorkspaceId, cycles: Collection[CycleId], member: MemberId
) -> set[CycleId]:
    """Those of these cycles in which somebody owns an agreed objective, or shares it, or owns a key result of one."""
    asked = {"cycles": listed(cycles), "member": member}
    return {CycleId(row[0]) for row in rows(session, _PART, workspace=workspace, **asked)} if cycles else set()


def remind(
    session: Session,
    workspace: WorkspaceId,
    kind: str,
    cycle: Cycle,
    rule: str,
    expires_at: datetime,
    now: datetime,
    occasion: str = "",
) -> int:
    """Plan a message of this kind to everybody who owns an objective of the cycle without a score; how many.

    Each hears it once on each `occasion`.
    """
    unscored = sa.and_(_OBJECTIVE.workspace == workspace, _OBJECTIVE.cycle == cycle.id, _UNSCORED)
    owning = sa.union(
        sa.select(_OBJECTIVE.owner).where(unscored),
        sa.select(_CO_OWNER.member).join(_OBJECTIVE.id.table, _OBJECTIVE.id == _CO_OWNER.objective).where(unscored),
    )
    facts = JsonOf(literal("cycle"), literal(cycle.id))
    whom = _whom(workspace, kind, f"{kind} {cycle.id} {occasion}", rule, facts, expires_at)
    whom = whom.where(_MEMBER.id.in_(owning))
    return outbox.put_each(session, Method.POST, whom, now)


def open_again(session: Session, workspace: WorkspaceId, cycle: Cycle) -> int:
    """Take the scores of a cycle that goes on away; what was said with each is kept, to be said again; how many."""
    theirs = sa.and_(_OBJECTIVE.workspace == workspace, _OBJECTIVE.cycle == cycle.id, _OBJECTIVE.score.is_not(None))
    return run(session, sa.update(_OBJECTIVE.id.table).where(theirs).values(score=None))


def call_off(
    session: Session, workspace: WorkspaceId, cycle: Cycle, said: str, instead: str, rule: str, now: datetime
) -> int:
    """Plan what stands `instead` in the place of each message of the kind `said` about this cycle; how many."""
    facts = JsonOf(literal("cycle"), literal(cycle.id), literal("said"), _OUTBOX.key)
    each = sa.select(
        _OUTBOX.workspace,
        literal(instead),
        _OUTBOX.place,
        _OUTBOX.key + literal(f" {instead}"),
        literal(rule),
        facts,
        literal(int(Priority.SHOW)),
        literal(None, Instant()),
    ).where(_OUTBOX.workspace == workspace, _OUTBOX.kind == said, _OUTBOX.key.startswith(f"{said} {cycle.id} "))
    return outbox.put_each(session, Method.UPDATE, each, now)


def count_down(
    session: Session, workspace: WorkspaceId, cycle: Cycle, days: int, rule: str, expires_at: datetime, now: datetime
) -> int:
    """Plan the message that a cycle begins in so many days to those who plan it, leads and champions; how many.

    Where it begins on another day by then, they hear of that day.
    """
    planning = sa.union(
        sa.select(_TEAM.lead).where(_TEAM.workspace == workspace, _TEAM.archived_at.is_(None), _TEAM.lead.is_not(None)),
        sa.select(_ROLE.member).where(_ROLE.workspace == workspace, _ROLE.role == Role.CHAMPION.value),
    )
    kind, begins = "planning countdown", cycle.period.starts.isoformat()
    facts = JsonOf(literal("cycle"), literal(cycle.id), literal("begins"), literal(begins))
    whom = _whom(workspace, kind, f"{kind} {cycle.id} {begins} {days} ", rule, facts, expires_at)
    return outbox.put_each(session, Method.POST, whom.where(_MEMBER.id.in_(planning)), now)


def _whom(workspace: WorkspaceId, kind: str, key: str, rule: str, facts: Any, expires_at: datetime) -> Any:
    """Everybody here who takes part, as the outbox wants them."""
    return sa.select(
        _MEMBER.workspace,
        literal(kind),
        _MEMBER.slack_id,
        literal(key) + _MEMBER.slack_id,
        literal(rule),
        facts,
        literal(int(Priority.DIGEST)),
        literal(expires_at, Instant()),
    ).where(_MEMBER.workspace == workspace, _MEMBER.active.is_(True), _MEMBER.kind != Kind.BOT.value)


def _closing(
    objective: int,
    suggested: Decimal | None,
    score: Decimal,
    why: str,
    mattered: str,
    learned: str,
    verdict: str,
    by: int,
    at: datetime,
) -> Closing:
    ended = (Mattered(mattered), learned, Verdict(verdict))
    return Closing(ObjectiveId(objective), suggested, score, why, *ended, MemberId(by), at)
