"""Imports: what a file may name in a workspace, and adding everything that it holds at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.cycles import Cycle, Period
from domain.errors import Refusal
from domain.imports import same_key_result, same_objective
from domain.known import Known, Sameness
from domain.landmarks import passed
from domain.objectives import KeyResult, Objective, readable
from domain.people import Member, can_take_part
from domain.permissions import Verb, allow
from domain.references import Reference
from domain.staging import Names, Staged
from operations import people as homes
from operations import planning, sight
from storage import cycles, people, policy, publishing, staging, teams
from storage import objectives as known
from storage.database import Session

AGAIN = "Nothing was added. Run the import again to see what becomes of each row now."


@dataclass(frozen=True, slots=True)
class Ground:
    """What a workspace has that a file may name, and who and what its words are; people `called` as a file may name
    them have these names.
    """

    known: Known
    names: Names
    called: Mapping[str, str]


def ground(session: Session, who: Member, called: Mapping[str, str], now: datetime) -> Ground:
    """What this person's file may name; `called` are the Slack ids of people by what the file calls them.

    What they may not read is not there for it.
    """
    allow(Verb.IMPORT, who, "")
    day = sight.today(session, who, now)
    rules = policy.policy(session, who.workspace)
    every = cycles.all_of(session, who.workspace)
    standing = _standing(session, who, [cycle for cycle in every if not cycle.is_closed(day)])
    folk = _folk(session, who, called)
    groups = teams.all_of(session, who.workspace)
    workspace = people.workspace(session, who.workspace)
    return Ground(
        Known(
            people={name: member.slack_id for name, member in folk.items()},
            teams=tuple(team.name for team in groups),
            company=(workspace.name,) if workspace else (),
            cycles=tuple(cycle.period for cycle in every),
            closed=frozenset(cycle.name for cycle in every if cycle.is_closed(day)),
            current=planning.current_cycle(session, who.workspace, day).period,
            since=day - timedelta(days=rules.closing_days),
            standing=_titles(standing),
            here=_here(standing),
        ),
        Names(
            people={name: member.id for name, member in folk.items()},
            teams={team.name: team.id for team in groups},
            objectives={each.ref: (each.id, each.owner.id) for each in standing},
            key_results={kr.ref: (kr.id, each.id) for each in standing for kr in _parts(each)},
        ),
        {name: member.name for name, member in folk.items()},
    )


def stage(session: Session, who: Member, batch: str, slice: Sequence[Staged]) -> None:
    """Keep a slice of what is to be added, where nobody sees it."""
    allow(Verb.IMPORT, who, "")
    staging.stage(session, who.workspace, batch, slice)
    passed("mid staging")


def publish(
    session: Session, who: Member, batch: str, expected: tuple[int, int], periods: Sequence[Period], now: datetime
) -> publishing.Numbers:
    """Add everything that is staged, or nothing; raises `Refusal` where the workspace has changed meanwhile.

    It need not run as if nobody else were at work, so that on PostgreSQL it is not begun again for every check-in that
    comes in between: the numbers that it takes keep another import waiting, and it looks again at what it has read.
    """
    allow(Verb.IMPORT, who, "")
    numbers = publishing.reserved(session, who.workspace, expected)
    _all_there(session, who, batch, expected)
    changed = publishing.changed_meanwhile(session, who.workspace, batch)
    if changed:
        raise Refusal(f"{changed} meanwhile. {AGAIN}")
    _open(session, who, periods)
    publishing.publish(session, who, batch, numbers, now)
    passed("mid publishing")
    _all_there(session, who, batch, expected)
    return numbers


def concerned(session: Session, who: Member, batch: str) -> list[int]:
    """Everybody whose Home what was added may stand on."""
    return sorted(staging.members_of(session, who.workspace, batch) | {who.id})


def show(session: Session, who: Member, members: Sequence[int], now: datetime) -> None:
    """Show their Homes afresh: not while everything is added, since Homes are what others write to as well."""
    homes.refresh_homes(session, who.workspace, members, now)


def forget(session: Session, who: Member, at_most: int, batch: str | None = None) -> int:
    """Forget so much of what this import has staged, or, as one begins, any import that broke off; how much it was.

    One that is still under way then finds that it cannot be published, so of two at once the later is added.
    """
    allow(Verb.IMPORT, who, "")
    return staging.clear(session, who.workspace, at_most, batch)


def _all_there(session: Session, who: Member, batch: str, expected: tuple[int, int]) -> None:
    if staging.counted(session, who.workspace, batch) != expected:
        raise Refusal(f"Another import has begun meanwhile. {AGAIN}")


def _open(session: Session, who: Member, periods: Sequence[Period]) -> None:
    rules = policy.policy(session, who.workspace)
    for period in periods:
        closing = timedelta(days=rules.closing_days)
        closes = period.ends + closing if period.ends < date.max - closing else None
        cycles.opened(session, who.workspace, period, closes)


def _standing(session: Session, who: Member, open_cycles: Sequence[Cycle]) -> list[Objective]:
    """What stands here and this person may read."""
    each = (one for cycle in open_cycles for one in known.in_cycle(session, who.workspace, cycle.period))
    return [one for one in each if readable(who, one)]


def _folk(session: Session, who: Member, called: Mapping[str, str]) -> dict[str, Member]:
    found = {member.slack_id: member for member in people.members(session, who.workspace, list(set(called.values())))}
    here = {name: found[id] for name, id in called.items() if id in found}
    return {name: member for name, member in here.items() if can_take_part(member)}


def _titles(standing: Sequence[Objective]) -> dict[Reference, str]:
    tops = {each.ref: each.title for each in standing}
    return tops | {kr.ref: kr.title for each in standing for kr in _parts(each)}


def _parts(objective: Objective) -> tuple[KeyResult, ...]:
    return *objective.key_results, *objective.proposals


def _here(standing: Sequence[Objective]) -> dict[Sameness, Reference]:
    """What makes a row the same as what stands; of several the oldest."""
    found: dict[Sameness, Reference] = {}
    for each in standing:
        team = each.team.name if each.team else None
        key = same_objective(each.title, each.owner.slack_id, each.level, team, each.cycle.name)
        found.setdefault(key, each.ref)
        for kr in _parts(each):
            found.setdefault(same_key_result(kr.title, each.ref), kr.ref)
    return found
