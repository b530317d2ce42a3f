"""Parents: what an objective can hang below, and what hangs right below one."""

from datetime import date

from domain.alignment import cannot_stand_above
from domain.cycles import Cycle
from domain.objectives import Heading, KeyResult, KeyResultHeading, Objective, Stage, readable
from domain.people import Member
from domain.references import Prefix, Reference
from operations import sight
from storage import alignment, cycles, key_results, objectives, suggestions
from storage.database import Session

Above = tuple[Heading | None, KeyResultHeading | None]
"""What an objective hangs below: another one, and the key result of that which it pulls on, if it is one."""


def offered(session: Session, who: Member, child: Objective | None, day: date) -> tuple[Objective, ...] | None:
    """Every objective that this person may align another one to, or the one that they change; None for too many."""
    during = [each.id for each in cycles_above(session, who, child, day)]
    ids = suggestions.few(session, who, during)
    found = sight.readable_among(session, who, ids or [])
    return None if ids is None else tuple(each for each in found if not child or each.id != child.id)


def cycles_above(session: Session, who: Member, child: Objective | None, day: date) -> list[Cycle]:
    """The cycles of what an objective can hang below: those that run with its own, or its own where that does not."""
    if child is None or child.cycle.period.starts <= day <= child.cycle.period.ends:
        return cycles.running(session, who.workspace, day)
    return [child.cycle]


def chosen(session: Session, who: Member, which: Reference | None, child: Objective) -> Above:
    """What was chosen for an objective to hang below; raises `Refusal`, in the same words for each of them, where it is
    gone, hidden from this person, the objective itself, or below that already.
    """
    if _keeps_its_parent(session, who, which, child):
        return child.parent, child.parent_key_result
    if which is None:
        return None, None
    chosen, pulled = _to_pull_on(session, who, which)
    if child.id in {chosen.id, *alignment.above(session, who.workspace, chosen.id)}:
        raise cannot_stand_above(which)
    return chosen.heading, pulled


def _to_pull_on(session: Session, who: Member, which: Reference) -> tuple[Objective, KeyResultHeading | None]:
    """The objective that is to hang above, and the key result of it that is named, while both are still there."""
    if which.prefix is Prefix.KEY_RESULT:
        kr, above = key_results.key_result(session, who.workspace, which) or (None, None)
    else:
        kr, above = None, objectives.objective(session, who.workspace, which)
    is_gone = above is None or above.archived or above.stage is Stage.DECLINED or (kr is not None and kr.archived)
    if above is None or is_gone or not readable(who, above):
        raise cannot_stand_above(which)
    return above, KeyResultHeading(kr.id, kr.number, kr.title) if kr else None


def _keeps_its_parent(session: Session, who: Member, which: Reference | None, child: Objective) -> bool:
    """Whether it stays where it is: somebody who was not shown the parent cannot have meant to take it away."""
    if child.parent is None:
        return False
    return which == child.pulls_on or (which is None and sight.seen_by(session, who, [child])[0].parent is None)


def pulling_on(session: Session, above: Objective, kr: KeyResult | None = None) -> list[Objective]:
    """Everything that hangs right below an objective, or pulls on this key result of it, and is not archived."""
    workspace = above.owner.workspace
    found = objectives.by_id(session, workspace, alignment.children(session, workspace, above.id))
    return [
        each
        for each in found
        if not each.archived and (kr is None or (each.parent_key_result and each.parent_key_result.id == kr.id))
    ]
