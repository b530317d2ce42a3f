"""How fast each method of Slack may be called in a workspace, and until when it rests: shared by all replicas."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from domain import pace
from domain.outbox import Method, Terms
from domain.pace import Pace
from domain.people import WorkspaceId
from storage.rows import run, upsert
from storage.tables import PaceRow, PauseRow

EVERYWHERE = "*"
"""The place of a pause that holds for a whole workspace."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many calls of a method may go now, with its pace as of now; none while it rests."""

    calls: int
    pace: Pace
    rests: bool = False


def allowances(session: Session, workspace: WorkspaceId, terms: Terms, now: datetime) -> dict[Method, Allowance]:
    """What each method allows now. On PostgreSQL the paces stay locked until the transaction ends, so that two
    replicas together let go no more than one would.
    """
    columns = PaceRow.__table__.c  # type: ignore[attr-defined]
    query = select(columns).where(columns.workspace == workspace).order_by(columns.method).with_for_update()
    known = {row.method: _pace(row) for row in session.connection().execute(query)}
    resting = _resting(session, workspace, now)
    allowed = {}
    for method in Method:
        current = pace.as_of(known.get(method) or pace.fresh(_to_begin_with(method, terms), now), now)
        rests = method in resting
        allowed[method] = Allowance(0 if rests else max(int(current.tokens), 0), current, rests)
    return allowed


def take(session: Session, workspace: WorkspaceId, taken: Iterable[tuple[Method, Pace, int]]) -> None:
    """Remember that so many calls of each method were let go."""
    rows = [_row(workspace, method, pace.taken(current, calls)) for method, current, calls in taken if calls]
    _keep(session, rows)


def limit(
    session: Session,
    workspace: WorkspaceId,
    method: Method,
    began: datetime,
    rest: datetime,
    terms: Terms,
    now: datetime,
) -> None:
    """Slack said that a call that was let go at `began` was too fast: rest until then, and go slower from then on."""
    pause(session, workspace, method, EVERYWHERE, rest)
    current = allowances(session, workspace, terms, now)[method].pace
    _keep(session, [_row(workspace, method, pace.limited(current, began, now))])


def pause(session: Session, workspace: WorkspaceId, method: str, place: str, until: datetime) -> None:
    """Let a method rest until then, in one place or EVERYWHERE; never shorter than it already does."""
    pause_each(session, workspace, method, [place], until)


def pause_each(session: Session, workspace: WorkspaceId, method: str, places: Iterable[str], until: datetime) -> None:
    """The same in several places."""
    rows = [{"workspace": workspace, "method": method, "place": place, "until": until} for place in sorted({*places})]
    if rows:
        insert = upsert(session, PauseRow)
        keys = ["workspace", "method", "place"]
        longer = col(PauseRow.until) < insert.excluded.until
        later = insert.on_conflict_do_update(index_elements=keys, set_={"until": insert.excluded.until}, where=longer)
        session.connection().execute(later, rows)


def forget_pauses(session: Session, before: datetime) -> int:
    """Forget the pauses that ended before then; how many."""
    return run(session, delete(PauseRow).where(col(PauseRow.until) < before))


def _resting(session: Session, workspace: WorkspaceId, now: datetime) -> set[str]:
    columns = PauseRow.__table__.c  # type: ignore[attr-defined]
    everywhere = (columns.workspace == workspace, columns.place == EVERYWHERE, columns.until > now)
    return set(session.connection().execute(select(columns.method).where(*everywhere)).scalars())


def _to_begin_with(method: Method, terms: Terms) -> float:
    return terms.posts_a_minute if method is Method.POST else pace.A_MINUTE[method]


def _keep(session: Session, rows: list[dict[str, object]]) -> None:
    if rows:
        insert = upsert(session, PaceRow)
        learnt = {name: insert.excluded[name] for name in ("rate", "tokens", "as_of", "ceiling", "limited_at")}
        kept = insert.on_conflict_do_update(index_elements=["workspace", "method"], set_=learnt)
        session.connection().execute(kept, rows)


def _row(workspace: WorkspaceId, method: Method, current: Pace) -> dict[str, object]:
    return {
        "workspace": workspace,
        "method": method.value,
        "rate": current.rate,
        "tokens": current.tokens,
        "as_of": current.as_of,
        "ceiling": current.ceiling,
        "limited_at": current.limited_at,
    }


def _pace(row: object) -> Pace:
    return Pace(row.rate, row.tokens, row.as_of, row.ceiling, row.limited_at)  # type: ignore[attr-defined]
