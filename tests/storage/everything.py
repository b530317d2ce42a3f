"""A workspace in which there is one of everything, and every row of it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlmodel import SQLModel, select

from domain.adjusting import CycleChange, Part
from domain.changes import Change, What
from domain.check_ins import CheckIn
from domain.closing import Closing, Mattered, Verdict
from domain.comments import CommentId
from domain.cycles import Cycle
from domain.dependencies import DependencyId
from domain.imports import NewObjective
from domain.objectives import KeyResult, Objective, Stage
from domain.outbox import Delivery, Sent
from domain.people import Member, Role, Team, WorkspaceId
from domain.recognition import Recognition
from domain.schedules import Schedule
from domain.staging import StagedObjective
from storage import (
    adjusting,
    changes,
    check_ins,
    claims,
    closings,
    comments,
    dependencies,
    doubts,
    inbox,
    key_results,
    notices,
    outbox,
    people,
    policy,
    retrospectives,
    schedules,
    staging,
)
from storage.database import Session
from tests import examples
from tests.examples import NOW
from tests.storage import company
from tests.storage.outbox import TERMS, claim

ONCE = "What it was called"
"""What the cycle was called before."""


@dataclass(frozen=True)
class Side:
    """Who asks: a workspace and somebody in it."""

    workspace: WorkspaceId
    who: Member


@dataclass(frozen=True)
class There:
    """A workspace in which there is one of everything."""

    side: Side
    cycle: Cycle
    team: Team
    objective: Objective
    kr: KeyResult
    archived: KeyResult
    check_in: CheckIn
    thanks: Recognition
    weekly: Schedule
    comment: CommentId
    dependency: DependencyId
    proposal: KeyResult


def one_of_everything(session: Session, at: WorkspaceId) -> There:
    """Fill a workspace."""
    gus = company.admin(session, "Gus", at)
    growth = company.team(session, "Growth", gus)
    mine = company.objective(session, gus, team=growth)
    below = company.objective(session, gus, "Below it", parent=mine.heading)
    kr, archived = company.key_result(session, mine), company.key_result(session, mine)
    key_results.archive(session, archived, NOW)
    opened = company.check_in(session, gus)
    check_ins.record(session, at, examples.update(kr, by=gus.id, check_in=opened.id))
    key_results.move(session, [replace(kr, updated_at=NOW)])
    changed = Change(mine.id, What.TARGET, "100", "120", gus.id, NOW, kr.id, "The market grew")
    changes.record(session, at, changed)
    comment = comments.add(session, gus, mine.id, kr, "Sales asked for the same", NOW)
    company.objective(session, gus, "What goes on of it", team=growth, carried_from=mine.heading)
    _ends(session, gus, mine)
    check_ins.keep_blocker(session, gus, opened, "A licence", NOW)
    thanks = company.thanks(session, gus, company.person(session, "Ada", at), under=mine)
    people.grant(session, at, {Role.CHAMPION: [gus]}, gus, NOW)
    people.home_opened(session, gus, NOW)
    people.keep_dm_channels(session, at, {gus.slack_id: "D1"})
    policy.change(session, at, {"recognition_channel": "C9"}, gus, NOW)
    notices.keep(session, at, "people", "missing_scope", NOW)
    inbox.first_time(session, at, "Ev1", NOW)
    open_one = company.key_result(session, below)
    key_results.move(session, [replace(open_one, updated_at=NOW)])
    proposal = company.key_result(session, below, stage=Stage.PROPOSED)
    changes.record(session, at, Change(below.id, What.STAGE, "", Stage.PROPOSED, gus.id, NOW, proposal.id))
    dependency = dependencies.add(session, kr, growth, "The new API by June", gus, NOW)
    _messages(session, at)
    staging.stage(session, at, f"of {at}", [_staged(mine, gus)])
    weekly = company.schedule(session, at)
    schedules.keep_due(session, at, weekly.id, "Europe/London", NOW)
    session.flush()
    session.expire_all()
    side = Side(at, company.again(session, gus))
    return There(side, mine.cycle, growth, mine, kr, archived, opened, thanks, weekly, comment, dependency, proposal)


def _ends(session: Session, who: Member, ended: Objective) -> None:
    """An objective that was closed, and talked about."""
    ending = Closing(ended.id, None, Decimal("0.7"), "So it was", Mattered.YES, "", Verdict.KEEP, who.id, NOW)
    closings.keep(session, who.workspace, ending)
    cycle_change = CycleChange(ended.cycle.id, Part.NAME, ONCE, ended.cycle.name, who.id, NOW)
    adjusting.record(session, who.workspace, cycle_change)
    retrospectives.begin(session, who.workspace, ended.cycle.id, None, "C9", "retrospective", NOW)


def _staged(mine: Objective, who: Member) -> StagedObjective:
    """An import that would add what is there already."""
    team = mine.team
    says = NewObjective(
        mine.title, mine.level, team and team.name, who.slack_id, (), mine.cycle.period, None, tags=("new",)
    )
    return StagedObjective(1, says, who.id, (who.id,), team and team.id)


def _messages(session: Session, at: WorkspaceId) -> None:
    for key, place in (("said", "U1"), ("lost", "U2"), ("doubtful", "U4"), ("waiting", "U3")):
        outbox.put(session, company.outgoing(key, at, place=place), NOW)
    for taken in claim(session, at_most=3):
        if taken.what.key == "said":
            claims.confirm(session, [(taken, Sent("D1", "1.0"))], NOW)
        elif taken.what.key == "doubtful":
            doubts.doubt(session, taken, "no answer came back", TERMS)
        else:
            claims.give_up(session, taken, Delivery.DEAD, "is_archived", NOW)


def everything(session: Session, workspace: WorkspaceId) -> dict[str, list[Any]]:
    """Every row of a workspace, in every table."""
    kept = {}
    for table in SQLModel.metadata.sorted_tables:
        column = table.c.id if table.name == "workspaces" else table.c.workspace
        found = session.connection().execute(select(table).where(column == workspace).order_by(*table.primary_key))
        kept[table.name] = [tuple(row) for row in found]
    return kept
