"""Check-ins and what they said, as they are remembered."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update as change
from sqlmodel import Session, col, select

from domain.check_ins import CheckIn, CheckInId, State, Update
from domain.objectives import KeyResultId
from domain.people import Member, MemberId, WorkspaceId
from domain.references import Prefix
from storage.rows import new_id, next_number, run
from storage.tables import BlockerRow, CheckInRow, UpdateRow


def current(session: Session, who: Member, now: datetime) -> CheckIn | None:
    """The check-in of the period that is open now for this person."""
    query = select(CheckInRow).where(
        CheckInRow.member == who.id, col(CheckInRow.opens_at) <= now, col(CheckInRow.closes_at) > now
    )
    row = session.exec(query.order_by(col(CheckInRow.opens_at).desc())).first()
    return _check_in(session, row) if row else None


def check_in(session: Session, workspace: WorkspaceId, id: CheckInId) -> CheckIn | None:
    """One check-in by its id."""
    row = session.exec(select(CheckInRow).where(CheckInRow.workspace == workspace, CheckInRow.id == id)).first()
    return _check_in(session, row) if row else None


def states(session: Session, workspace: WorkspaceId, members: Collection[int], now: datetime) -> dict[int, State]:
    """Where the open check-in of each of these members stands; those who were not asked are left out."""
    query = select(CheckInRow).where(
        CheckInRow.workspace == workspace,
        col(CheckInRow.member).in_(members),
        col(CheckInRow.opens_at) <= now,
        col(CheckInRow.closes_at) > now,
    )
    return {row.member: State(row.state) for row in session.exec(query)}


def settle(session: Session, check_in: CheckIn, state: State, at: datetime) -> None:
    """Remember that a check-in was answered or skipped."""
    row = col(CheckInRow.id) == check_in.id
    run(session, change(CheckInRow).where(row).values(state=state.value, answered_at=at))


def record(session: Session, workspace: WorkspaceId, update: Update) -> None:
    """Add to a key result's history."""
    session.add(
        UpdateRow(
            workspace=workspace,
            key_result=update.key_result,
            check_in=update.check_in,
            value=update.value,
            previous=update.previous,
            confidence=update.confidence,
            note=update.note,
            made_by=update.by,
            at=update.at,
        )
    )


def updates_of(session: Session, check_in: CheckIn) -> list[Update]:
    """What a check-in said of each key result, the last word of each."""
    query = select(UpdateRow).where(UpdateRow.check_in == check_in.id).order_by(col(UpdateRow.id))
    return list({row.key_result: _update(row) for row in session.exec(query)}.values())


def history(session: Session, workspace: WorkspaceId, kr: KeyResultId) -> list[Update]:
    """Everything that was ever said of a key result, oldest first."""
    query = select(UpdateRow).where(UpdateRow.workspace == workspace, UpdateRow.key_result == kr)
    return [_update(row) for row in session.exec(query.order_by(col(UpdateRow.id)))]


def keep_blocker(session: Session, who: Member, check_in: CheckIn, words: str, at: datetime) -> None:
    """Remember what stands in the way, in the words of this check-in; without words it is withdrawn."""
    row = session.exec(select(BlockerRow).where(BlockerRow.check_in == check_in.id)).first()
    if row is None and words:
        number = next_number(session, who.workspace, Prefix.BLOCKER)
        row = BlockerRow(
            workspace=who.workspace, number=number, check_in=check_in.id, raised_by=who.id, raised_at=at, words=words
        )
    elif row is not None:
        row.words, row.withdrawn_at = (words, None) if words else (row.words, at)
    if row is not None:
        session.add(row)


def _check_in(session: Session, row: CheckInRow) -> CheckIn:
    blocker = session.exec(
        select(BlockerRow).where(BlockerRow.check_in == row.id, col(BlockerRow.withdrawn_at).is_(None))
    ).first()
    return CheckIn(
        id=CheckInId(new_id(row)),
        member=MemberId(row.member),
        day=row.day,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        state=State(row.state),
        answered_at=row.answered_at,
        blocker=blocker.words if blocker else "",
    )


def _update(row: UpdateRow) -> Update:
    return Update(
        key_result=KeyResultId(row.key_result),
        value=row.value,
        previous=row.previous,
        confidence=row.confidence,
        note=row.note,
        by=MemberId(row.made_by),
        at=row.at,
        check_in=CheckInId(row.check_in) if row.check_in else None,
    )
