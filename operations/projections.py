"""Where key results will land: asked for all that are shown in one statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.cycles import Cycle
from domain.home import Moment
from domain.objectives import KeyResult, KeyResultId, ObjectiveId
from domain.people import Member, WorkspaceId
from domain.projection import WINDOW, Projection, is_projected, projection
from domain.references import Reference
from domain.status import has_ended
from operations import finding
from storage import check_ins
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Shown:
    """An objective with everything about it, and where its key results will land."""

    found: finding.Found
    projections: Mapping[KeyResultId, Projection]


def show(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Shown:
    """One objective, as somebody may see it who wants to know where it is going."""
    found = finding.one(session, who, which, now)
    ended = has_ended(found.only, found.moment.today)
    each = [] if ended else [(kr, found.only.cycle) for kr in found.only.key_results]
    return Shown(found, of(session, each, who.workspace, found.moment))


def of(
    session: Session, each: Iterable[tuple[KeyResult, Cycle]], workspace: WorkspaceId, at: Moment
) -> dict[KeyResultId, Projection]:
    """Where each of these will land, as far as enough is known to say."""
    wanted = [(kr, cycle) for kr, cycle in each if is_projected(kr.measure)]
    said = check_ins.lately(session, workspace, [kr.id for kr, _ in wanted], at.now - WINDOW)
    going = {kr.id: projection(kr.measure, said[kr.id], cycle, at.now, at.today) for kr, cycle in wanted}
    return {id: known for id, known in going.items() if known}
