"""Retrospectives: a thread for each team about what became of its objectives, and one about the company's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.closing import Closing
from domain.cycles import Cycle, CycleId
from domain.marks import FRESH
from domain.objectives import Objective, ObjectiveId, Stage
from domain.outbox import Mode, Outgoing, Priority
from domain.people import Role, Team, TeamId, WorkspaceId
from domain.references import Reference
from operations.telling import may_speak
from storage import closings, cycles, outbox, people, teams
from storage import objectives as known
from storage import retrospectives as talks
from storage.database import Session

THREADS, SLICE = 10, 50
"""As many threads are answered in at once, with as many answers in all: some milliseconds of the one writer's time."""

RULE = "a team hears what became of its objectives when a cycle closes"


@dataclass(frozen=True, slots=True)
class Talk:
    """What a retrospective begins with: a team's objectives, or without a team the company's, and how they ended."""

    cycle: Cycle
    team: Team | None
    objectives: tuple[Objective, ...]
    closings: dict[ObjectiveId, Closing]


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of one objective."""

    objective: Objective
    closing: Closing | None


def begin_all(session: Session, workspace: WorkspaceId, cycle: Cycle, now: datetime) -> None:
    """Begin every retrospective of a cycle that has closed; those that were begun are not begun again."""
    _begin(session, workspace, cycle, talks.groups(session, workspace, cycle.id), now)


def scored(session: Session, objective: Objective, now: datetime) -> None:
    """Begin the retrospective that an objective belongs in, once the last one in it has its score.

    Where it was begun before, what stands there of the objective becomes what is true now; nothing is said anew. Of one
    that only some may know of nothing is touched there: an edit would tell that there is something.
    """
    workspace, cycle = objective.owner.workspace, objective.cycle
    about = talks.about(session, workspace, objective.id)
    if objective.is_open:
        _correct(session, objective, talks.begun(session, workspace, cycle.id, about), now)
    found = talks.groups(session, workspace, cycle.id)
    complete = [each for each in found if each.team == about and each.scored == each.objectives]
    _begin(session, workspace, cycle, complete, now)


def show_again(session: Session, workspace: WorkspaceId, cycle: Cycle, now: datetime) -> None:
    """Show the beginning of each retrospective of a cycle as it is now: the cycle is called otherwise."""
    for each in talks.of(session, workspace, cycle.id):
        outbox.put(session, _beginning(each), now)


def go_on(session: Session, now: datetime, at_most: int = SLICE) -> int:
    """Answer in the threads whose beginning has been said, an answer for each objective; how many threads those are.

    So many answers at a time are planned, so that nobody waits for the writer: the next slice comes right after.
    """
    begun = {talk.id: (talk, ts) for talk, ts in talks.untold(session, now - FRESH, THREADS)}
    if not begun:
        return 0
    unsaid = talks.unsaid(session, begun, at_most)
    answers = [_answer(*begun[talk], objective, ref) for talk, objective, ref in unsaid]
    outbox.put_all(session, answers, now)
    left = unsaid[-1][0] if len(unsaid) == at_most else None
    talks.told(session, [id for id in begun if left is None or id < left], now)
    return len(begun)


def _answer(talk: talks.Retrospective, ts: str, objective: ObjectiveId, ref: Reference) -> Outgoing:
    return Outgoing(
        workspace=talk.workspace,
        kind="retrospective note",
        place=talk.place,
        key=_note_key(talk, ref),
        rule=RULE,
        facts={"objective": objective, "cycle": talk.cycle},
        priority=Priority.DIGEST,
        thread=ts,
    )


def elsewhere(session: Session, lost: Outgoing, now: datetime) -> None:
    """A channel did not take what a retrospective begins with: it is held with the team's lead instead."""
    workspace, cycle = lost.workspace, cycles.by_id(session, lost.workspace, {lost.facts["cycle"]})
    team = teams.by_id(session, workspace, [lost.facts["team"]]).get(lost.facts["team"]) if lost.facts["team"] else None
    if team and lost.place == team.channel:
        for found in cycle.values():
            _begin_in(
                session, workspace, found.id, team.id, _places(session, workspace, replace(team, channel=None)), now
            )


def talk(session: Session, workspace: WorkspaceId, cycle: CycleId, team: TeamId | None) -> Talk | None:
    """What a retrospective begins with, as of now; None where there is nothing left to speak of."""
    found = _talked_about(session, workspace, cycle, team)
    if not found:
        return None
    ended = closings.of(session, workspace, [each.id for each in found])
    group = teams.by_id(session, workspace, [team]).get(team) if team else None
    return Talk(found[0].cycle, group, tuple(found), ended)


def note(session: Session, workspace: WorkspaceId, cycle: CycleId, id: ObjectiveId) -> Note | None:
    """What there is to say of one objective, as far as everybody may still know of it."""
    objective = known.objective(session, workspace, id)
    if objective is None or objective.cycle.id != cycle or not _open(objective):
        return None
    return Note(objective, closings.of(session, workspace, [id]).get(id))


def _begin(
    session: Session, workspace: WorkspaceId, cycle: Cycle, groups: Sequence[talks.Group], now: datetime
) -> None:
    if not groups or not may_speak(session, workspace):
        return
    known_teams = teams.by_id(session, workspace, {each.team for each in groups if each.team})
    for each in groups:
        places = _places(session, workspace, known_teams.get(each.team) if each.team else None)
        _begin_in(session, workspace, cycle.id, each.team, places, now)


def _begin_in(
    session: Session,
    workspace: WorkspaceId,
    cycle: CycleId,
    team: TeamId | None,
    places: Sequence[str],
    now: datetime,
) -> None:
    for place in places:
        key = f"retrospective {cycle} {f'team {team}' if team else 'company'} {place}"
        if talks.begin(session, workspace, cycle, team, place, key, now):
            facts = {"cycle": cycle, "team": team}
            begun = Outgoing(workspace, "retrospective", place, key, RULE, facts, priority=Priority.DIGEST)
            outbox.put(session, begun, now)


def _places(session: Session, workspace: WorkspaceId, team: Team | None) -> list[str]:
    """Where it is held: in the team's channel, else with its lead; the company's with those who run the programme."""
    if team and team.channel:
        return [team.channel]
    if team and team.lead and team.lead.active:
        return [team.lead.slack_id]
    return who_runs_it(session, workspace)


def who_runs_it(session: Session, workspace: WorkspaceId) -> list[str]:
    """The OKR champions by their Slack ids, or where there are none an admin."""
    champions = people.holders(session, workspace).get(Role.CHAMPION, [])
    running = [who for who in champions if who.active] or people.admins(session, workspace)[:1]
    return [who.slack_id for who in running]


def _correct(session: Session, objective: Objective, begun: Sequence[talks.Retrospective], now: datetime) -> None:
    """Show the beginning of each of these threads and its answer about an objective with the values of now.

    What has not been said yet will be said with them anyway: in place of nothing nothing is shown.
    """
    for talk in begun:
        note = {"cycle": talk.cycle, "objective": objective.id, "said": _note_key(talk, objective.ref)}
        outbox.put(session, _beginning(talk), now)
        outbox.put(session, _anew(talk, kind="retrospective note as it is", facts=note), now)


def _beginning(talk: talks.Retrospective) -> Outgoing:
    facts = {"cycle": talk.cycle, "team": talk.team, "said": talk.key}
    return _anew(talk, kind="retrospective as it is", facts=facts)


def _anew(talk: talks.Retrospective, kind: str, facts: dict[str, Any]) -> Outgoing:
    key = f"{facts['said']} as it is"
    return Outgoing(talk.workspace, kind, talk.place, key, RULE, facts, Mode.SHOW, Priority.SHOW)


def _note_key(talk: talks.Retrospective, ref: Reference) -> str:
    """What the answer about an objective is planned under; `storage/retrospectives.py` looks for these."""
    return f"{talk.key} {ref}"


def _talked_about(session: Session, workspace: WorkspaceId, cycle: CycleId, team: TeamId | None) -> list[Objective]:
    """The objectives that a retrospective is about: those that everybody may know of, never a word of any other."""
    return known.by_id(session, workspace, talks.talked_about(session, workspace, cycle, team))


def _open(objective: Objective) -> bool:
    return objective.is_open and objective.stage is Stage.AGREED and not objective.archived
