"""What goes along with an objective that is carried over: what hung above and below it, and what it needs of others."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.carrying import Along, run_together, same_part
from domain.changes import CARRIED_OVER, of_objective
from domain.cycles import Cycle
from domain.dependencies import Dependency
from domain.errors import Refusal
from domain.objectives import Answered, Heading, KeyResult, KeyResultHeading, Objective, readable
from domain.people import Member
from operations import dependencies, people, sight
from storage import alignment, changes
from storage import dependencies as asked_for
from storage import objectives as known
from storage.database import Session

Onward = tuple[KeyResult, KeyResult]
"""A key result, and the one that it goes on as."""


def above(session: Session, past: Objective, target: Cycle) -> tuple[Heading | None, KeyResultHeading | None]:
    """What it hangs below in its new cycle: what its parent became there, or its parent where that goes on itself."""
    if past.parent is None:
        return None, None
    workspace = past.owner.workspace
    over = known.objective(session, workspace, past.parent.id)
    if over and over.cycle.id != past.cycle.id and over.cycle.period.ends >= target.period.starts:
        return past.parent, past.parent_key_result
    became = known.carried_on(session, workspace, [past.parent.id]).get(past.parent.id)
    anew = known.objective(session, workspace, became.id) if became else None
    if anew is None or not run_together(anew.cycle.period, target.period):
        return None, None
    return anew.heading, same_part(past.parent_key_result, anew)


def along(
    session: Session, who: Member, past: Objective, made: Objective, parts: Sequence[Onward], now: datetime
) -> Along:
    """Take along what belongs to an objective that was just carried over, and say what does not go along."""
    below = _again_below(session, who, past, made, now)
    asked, unasked = _asked_again(session, who, made, parts, now)
    return Along(tuple(below), _left(session, who, past, made), tuple(asked), tuple(unasked))


def _again_below(session: Session, who: Member, past: Objective, made: Objective, now: datetime) -> list[Objective]:
    """Hang what was carried over before it below it again, unless that has found another place since."""
    workspace, today = who.workspace, sight.today(session, who, now)
    hung = known.by_id(session, workspace, alignment.children(session, workspace, past.id))
    became = known.carried_on(session, workspace, [each.id for each in hung])
    pulled = {became[each.id].id: each.parent_key_result for each in hung if each.id in became}
    over = alignment.above(session, workspace, made.id) if pulled else set()
    again: list[tuple[Objective, Objective]] = []
    for each in known.by_id(session, workspace, pulled):
        together = run_together(each.cycle.period, made.cycle.period) and not each.cycle.is_closed(today)
        if together and each.parent is None and each.id not in over:
            part = same_part(pulled[each.id], made)
            again.append((each, replace(each, parent=made.heading, parent_key_result=part)))
    alignment.hang(session, workspace, made.id, {each.id: each.parent_key_result for _, each in again})
    said = [change for before, after in again for change in of_objective(before, after, who.id, now, CARRIED_OVER)]
    changes.record(session, workspace, *said)
    people.refresh_homes(session, workspace, {id for each, _ in again for id in each.owners}, now)
    return [each for _, each in again if readable(who, each)]


def _left(session: Session, who: Member, past: Objective, made: Objective) -> Heading | None:
    """What it hung below and does not any more, since that has not been carried over; if this person may know of it."""
    if made.parent or past.parent is None or past.parent.archived:
        return None
    gone_on = known.carried_on(session, who.workspace, [past.parent.id])
    return None if gone_on else sight.seen_by(session, who, [past])[0].parent


def _asked_again(
    session: Session, who: Member, made: Objective, parts: Sequence[Onward], now: datetime
) -> tuple[list[Dependency], list[tuple[Dependency, KeyResult]]]:
    """What other teams had confirmed is asked of them again, by now for the key results that go on; the rest is not."""
    onward = {past.id: kr for past, kr in parts}
    asked, unasked = [], []
    for each in asked_for.all_standing(session, who.workspace, onward) if onward else ():
        kr = onward[each.key_result.id]
        anew = _ask(session, who, each, kr, made, now)
        if anew:
            asked.append(anew)
        else:
            unasked.append((each, kr))
    return asked, unasked


def _ask(
    session: Session, who: Member, before: Dependency, kr: KeyResult, made: Objective, now: datetime
) -> Dependency | None:
    """None where nobody has confirmed it, where it waits in the backlog, or where the team cannot be asked."""
    if before.state is not Answered.CONFIRMED or made.cycle.is_backlog:
        return None
    try:
        return dependencies.ask_again(session, who, before, kr, made, now)
    except Refusal:
        return None
