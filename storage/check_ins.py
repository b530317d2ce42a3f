"""Check-ins and what they said, as they are remembered."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.check_ins import CheckIn, CheckInId, State, Update
from domain.objectives import KeyResultId, ObjectiveId
from domain.people import Member, MemberId, WorkspaceId
from domain.references import Prefix
from storage.prepared import Prepared
from storage.rows import Unsearched, among, columns, listed, next_number, rows, run
from storage.tables import BlockerRow, CheckInRow, CycleRow, KeyResultRow, ObjectiveRow, UpdateRow

_CHECK_IN, _BLOCKER, _UPDATE = columns(CheckInRow), columns(BlockerRow), columns(UpdateRow)
_KEY_RESULT, _OBJECTIVE, _CYCLE = columns(KeyResultRow), columns(ObjectiveRow), columns(CycleRow)

_WHOLE = (
    sa.select(
        _CHECK_IN.id,
        _CHECK_IN.member,
        _CHECK_IN.day,
        _CHECK_IN.opens_at,
        _CHECK_IN.closes_at,
        _CHECK_IN.state,
        _CHECK_IN.answered_at,
        _BLOCKER.words,
    )
    .select_from(_CHECK_IN.id.table)
    .outerjoin(_BLOCKER.id.table, sa.and_(_BLOCKER.check_in == _CHECK_IN.id, _BLOCKER.withdrawn_at.is_(None)))
    .where(_CHECK_IN.workspace == bindparam("workspace"))
)
"""Check-ins with what stands in the way."""

_ONE = Prepared(_WHOLE.where(_CHECK_IN.id == bindparam("id")))
_SOME = Prepared(_WHOLE.where(among(_CHECK_IN.id, "ids")))
_CURRENT = Prepared(
    _WHOLE.where(
        _CHECK_IN.member == bindparam("member"),
        _CHECK_IN.opens_at <= bindparam("now"),
        _CHECK_IN.closes_at > bindparam("now"),
    ).order_by(_CHECK_IN.opens_at.desc())
)

_AFTER = (
    _WHOLE.where(_CHECK_IN.id > bindparam("after")).order_by(_CHECK_IN.id).limit(bindparam("at_most", type_=sa.Integer))
)
_NEXT, _NEXT_OF = Prepared(_AFTER), Prepared(_AFTER.where(among(_CHECK_IN.member, "members")))

_SAID_ABOUT = (
    sa.select(_UPDATE.check_in.label("check_in"), _KEY_RESULT.objective)
    .join(_KEY_RESULT.id.table, _KEY_RESULT.id == _UPDATE.key_result)
    .where(Unsearched(_UPDATE.workspace) == bindparam("workspace"), among(_UPDATE.check_in, "ids"))
)
_ASKED_ABOUT = (
    sa.select(_CHECK_IN.id.label("check_in"), _KEY_RESULT.objective)
    .join(_KEY_RESULT.id.table, _KEY_RESULT.owner == _CHECK_IN.member)
    .join(_OBJECTIVE.id.table, _OBJECTIVE.id == _KEY_RESULT.objective)
    .join(_CYCLE.id.table, _CYCLE.id == _OBJECTIVE.cycle)
    .where(Unsearched(_CHECK_IN.workspace) == bindparam("workspace"), among(_CHECK_IN.id, "ids"))
    .where(_CYCLE.starts <= _CHECK_IN.day, sa.func.coalesce(_CYCLE.closes, _CYCLE.ends) >= _CHECK_IN.day)
)
_ABOUT = Prepared(sa.union(_SAID_ABOUT, _ASKED_ABOUT))

_STATES = Prepared(
    sa.select(_CHECK_IN.member, _CHECK_IN.state)
    .where(Unsearched(_CHECK_IN.workspace) == bindparam("workspace"), among(_CHECK_IN.member, "members"))
    .where(_CHECK_IN.opens_at <= bindparam("now"), _CHECK_IN.closes_at > bindparam("now"))
)
_SETTLE = Prepared(
    sa.update(_CHECK_IN.id.table)
    .where(_CHECK_IN.id == bindparam("check_in"))
    .values(state=bindparam("state"), answered_at=bindparam("answered_at"))
)

_SAID = sa.select(
    _UPDATE.key_result,
    _UPDATE.value,
    _UPDATE.previous,
    _UPDATE.confidence,
    _UPDATE.note,
    _UPDATE.made_by,
    _UPDATE.at,
    _UPDATE.check_in,
    _UPDATE.undone_at,
    _UPDATE.id,
    _UPDATE.reached,
    _UPDATE.taken_back,
    _UPDATE.out_of,
).order_by(_UPDATE.id)
_SAID_IN = Prepared(_SAID.where(_UPDATE.check_in == bindparam("check_in")))
_UNDO = Prepared(
    sa.update(_UPDATE.id.table).where(_UPDATE.id == bindparam("update")).values(undone_at=bindparam("undone_at"))
)
_SAID_OF = Prepared(
    _SAID.where(_UPDATE.workspace == bindparam("workspace"), _UPDATE.key_result == bindparam("key_result"))
)
_SAID_SINCE = Prepared(
    _SAID.where(
        Unsearched(_UPDATE.workspace) == bindparam("workspace"),
        among(_UPDATE.key_result, "key_results"),
        _UPDATE.at >= bindparam("since"),
        _UPDATE.undone_at.is_(None),
    )
)
_RECORD = Prepared(sa.insert(_UPDATE.id.table))

_IN_THE_WAY = _BLOCKER.check_in == bindparam("of")
_REWORD = Prepared(sa.update(_BLOCKER.id.table).where(_IN_THE_WAY).values(words=bindparam("words"), withdrawn_at=None))
_WITHDRAW = Prepared(sa.update(_BLOCKER.id.table).where(_IN_THE_WAY).values(withdrawn_at=bindparam("withdrawn_at")))
_RAISE = Prepared(sa.insert(_BLOCKER.id.table))


def current(session: Session, who: Member, now: datetime) -> CheckIn | None:
    """The check-in of the period that is open now for this person."""
    found = rows(session, _CURRENT, workspace=who.workspace, member=who.id, now=now)
    return next((_check_in(*row) for row in found), None)


def check_in(session: Session, workspace: WorkspaceId, id: CheckInId) -> CheckIn | None:
    """One check-in by its id."""
    return next((_check_in(*row) for row in rows(session, _ONE, workspace=workspace, id=id)), None)


def check_ins(session: Session, workspace: WorkspaceId, ids: Collection[CheckInId]) -> dict[CheckInId, CheckIn]:
    """The check-ins with these ids."""
    found = (_check_in(*row) for row in rows(session, _SOME, workspace=workspace, ids=listed(ids)))
    return {each.id: each for each in found}


def states(session: Session, workspace: WorkspaceId, members: Collection[int], now: datetime) -> dict[int, State]:
    """Where the open check-in of each of these members stands; those who were not asked are left out."""
    found = rows(session, _STATES, workspace=workspace, members=listed(members), now=now) if members else []
    return {member: State(state) for member, state in found}


def about(session: Session, workspace: WorkspaceId, ids: Collection[CheckInId]) -> dict[CheckInId, set[ObjectiveId]]:
    """Which objectives each of these check-ins can have been about: what it said something of, and whatever else its
    person has a key result in, archived or not, that was in a cycle of that day.
    """
    found: dict[CheckInId, set[ObjectiveId]] = {id: set() for id in ids}
    for id, objective in rows(session, _ABOUT, workspace=workspace, ids=listed(ids)) if ids else []:
        found[CheckInId(id)].add(ObjectiveId(objective))
    return found


def settle(session: Session, check_in: CheckIn, state: State, at: datetime) -> None:
    """Remember that a check-in was answered or skipped."""
    run(session, _SETTLE, check_in=check_in.id, state=state.value, answered_at=at)


def record(session: Session, workspace: WorkspaceId, *updates: Update) -> None:
    """Add to the history of key results."""
    each = [
        {
            "workspace": workspace,
            "key_result": update.key_result,
            "check_in": update.check_in,
            "value": update.value,
            "previous": update.previous,
            "confidence": update.confidence,
            "note": update.note,
            "made_by": update.by,
            "at": update.at,
            "reached": "\n".join(update.reached),
            "taken_back": "\n".join(update.taken_back),
            "out_of": update.out_of,
        }
        for update in updates
    ]
    if each:
        run(session, _RECORD, *each)


def said_in(session: Session, check_in: CheckIn) -> list[Update]:
    """Everything that was said in a check-in, oldest first, also what was taken back."""
    return [_update(*row) for row in rows(session, _SAID_IN, check_in=check_in.id)]


def history(session: Session, workspace: WorkspaceId, kr: KeyResultId) -> list[Update]:
    """Everything that was ever said of a key result, oldest first, also what was taken back."""
    return [_update(*row) for row in rows(session, _SAID_OF, workspace=workspace, key_result=kr)]


def some(
    session: Session, workspace: WorkspaceId, after: int, at_most: int, members: Collection[int] | None = None
) -> list[CheckIn]:
    """The next check-ins after the one with this id, in the order in which they opened: of these members, or all."""
    given = {"workspace": workspace, "after": after, "at_most": at_most}
    if members is None:
        return [_check_in(*row) for row in rows(session, _NEXT, **given)]
    return [_check_in(*row) for row in rows(session, _NEXT_OF, **given, members=listed(members))]


def said_since(
    session: Session, workspace: WorkspaceId, key_results: Collection[KeyResultId], since: datetime
) -> list[Update]:
    """Everything that was said of these key results since then and has not been undone, oldest first."""
    given = {"workspace": workspace, "key_results": listed(key_results), "since": since}
    return [_update(*row) for row in rows(session, _SAID_SINCE, **given)] if key_results else []


def lately(
    session: Session, workspace: WorkspaceId, key_results: Collection[KeyResultId], since: datetime
) -> dict[KeyResultId, list[Update]]:
    """The same for each of them."""
    said: dict[KeyResultId, list[Update]] = {id: [] for id in key_results}
    for each in said_since(session, workspace, key_results, since):
        said[each.key_result].append(each)
    return said


def undo(session: Session, update: Update, at: datetime) -> None:
    """Remember that somebody took an update back; it stays in the history."""
    run(session, _UNDO, update=update.id, undone_at=at)


def keep_blocker(session: Session, who: Member, check_in: CheckIn, words: str, at: datetime) -> None:
    """Remember what stands in the way, in the words of this check-in; without words it is withdrawn."""
    if not words:
        run(session, _WITHDRAW, of=check_in.id, withdrawn_at=at)
    elif not run(session, _REWORD, of=check_in.id, words=words):
        number = next_number(session, who.workspace, Prefix.BLOCKER)
        run(
            session,
            _RAISE,
            workspace=who.workspace,
            number=number,
            check_in=check_in.id,
            words=words,
            raised_by=who.id,
            raised_at=at,
        )


def _check_in(
    id: int,
    member: int,
    day: date,
    opens_at: datetime,
    closes_at: datetime,
    state: str,
    answered_at: datetime | None,
    blocker: str | None,
) -> CheckIn:
    return CheckIn(
        id=CheckInId(id),
        member=MemberId(member),
        day=day,
        opens_at=opens_at,
        closes_at=closes_at,
        state=State(state),
        answered_at=answered_at,
        blocker=blocker or "",
    )


def _update(
    key_result: int,
    value: Decimal,
    previous: Decimal,
    confidence: int | None,
    note: str,
    made_by: int,
    at: datetime,
    check_in: int | None,
    undone_at: datetime | None,
    id: int,
    reached: str,
    taken_back: str,
    out_of: int | None,
) -> Update:
    return Update(
        key_result=KeyResultId(key_result),
        value=value,
        previous=previous,
        confidence=confidence,
        note=note,
        by=MemberId(made_by),
        at=at,
        check_in=CheckInId(check_in) if check_in else None,
        undone_at=undone_at,
        id=id,
        reached=tuple(reached.split("\n")) if reached else (),
        taken_back=tuple(taken_back.split("\n")) if taken_back else (),
        out_of=out_of,
    )
