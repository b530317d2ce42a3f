"""How fast each method of Slack may be called in a workspace, and until when it rests: shared by all replicas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session, col

from domain import pace
from domain.outbox import Method, Terms
from domain.pace import Pace
from domain.people import WorkspaceId
from storage.prepared import Insert, Prepared
from storage.rows import columns, rows, run
from storage.tables import PaceRow, PauseRow

EVERYWHERE = "*"
"""The place of a pause that holds for a whole workspace."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many calls of a method may go now, with its pace as of now; none while it rests."""

    calls: int
    pace: Pace
    rests: bool = False


_PACE, _PAUSE = columns(PaceRow), columns(PauseRow)

_KNOWN = Prepared(
    select(_PACE.method, _PACE.rate, _PACE.tokens, _PACE.as_of, _PACE.ceiling, _PACE.limited_at)
    .where(_PACE.workspace == bindparam("workspace"))
    .order_by(_PACE.method)
    .with_for_update()
)
_RESTING = Prepared(
    select(_PAUSE.method).where(
        _PAUSE.workspace == bindparam("workspace"),
        _PAUSE.place == EVERYWHERE,
        _PAUSE.until > bindparam("now", type_=_PAUSE.until.type),
    )
)


def _learnt(insert: Insert) -> Any:
    row = insert(PaceRow)
    learnt = {name: row.excluded[name] for name in ("rate", "tokens", "as_of", "ceiling", "limited_at")}
    return row.on_conflict_do_update(index_elements=["workspace", "method"], set_=learnt)


def _paused(insert: Insert) -> Any:
    row = insert(PauseRow)
    later = {"until": row.excluded.until}
    keys = ["workspace", "method", "place"]
    return row.on_conflict_do_update(index_elements=keys, set_=later, where=_PAUSE.until < row.excluded.until)


_LEARN, _PAUSE_EACH = Prepared(_learnt), Prepared(_paused)


def allowances(session: Session, workspace: WorkspaceId, terms: Terms, now: datetime) -> dict[Method, Allowance]:
    """What each method allows now. On PostgreSQL the paces stay locked until the transaction ends, so that two
    replicas together let go no more than one would.
    """
    known = {method: Pace(*learnt) for method, *learnt in rows(session, _KNOWN, workspace=workspace)}
    resting = {method for (method,) in rows(session, _RESTING, workspace=workspace, now=now)}
    allowed = {}
    for method in Method:
        current = pace.as_of(known.get(method) or pace.fresh(_to_begin_with(method, terms), now), now)
        rests = method in resting
        allowed[method] = Allowance(0 if rests else max(int(current.tokens), 0), current, rests)
    return allowed


def take(session: Session, workspace: WorkspaceId, taken: Iterable[tuple[Method, Pace, int]]) -> None:
    """Remember that so many calls of each method were let go."""
    _keep(session, [_row(workspace, method, pace.taken(current, calls)) for method, current, calls in taken if calls])


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
    each = [{"workspace": workspace, "method": method, "place": place, "until": until} for place in sorted({*places})]
    if each:
        run(session, _PAUSE_EACH, *each)


def forget_pauses(session: Session, before: datetime) -> int:
    """Forget the pauses that ended before then; how many."""
    return run(session, delete(PauseRow).where(col(PauseRow.until) < before))


UNPACED = 1_000_000.0
"""Calls a minute where nobody counts them."""


def _to_begin_with(method: Method, terms: Terms) -> float:
    if not terms.paced:
        return UNPACED
    return terms.posts_a_minute if method is Method.POST else pace.A_MINUTE[method]


def _keep(session: Session, learnt: Sequence[dict[str, object]]) -> None:
    if learnt:
        run(session, _LEARN, *learnt)


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
