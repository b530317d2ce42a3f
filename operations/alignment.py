"""Alignment: the tree of a cycle, and why a thing matters."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from domain.alignment import Forest, Reason, Tree, beside, moves
from domain.check_ins import Update
from domain.cycles import Period, meant_among
from domain.errors import Refusal
from domain.objectives import KeyResult, KeyResultId, Objective, Stage, readable
from domain.people import Member, Team, names
from domain.references import Prefix, Reference
from domain.schedules import local_day
from operations import finding, parents, planning, sight, teams
from operations.finding import Which
from storage import alignment, check_ins
from storage import objectives as known
from storage.database import Session

LATELY = timedelta(days=7)
"""What moved within this time is told of."""


def tree(session: Session, who: Member, which: Which, now: datetime) -> Tree:
    """The alignment of a cycle as this person may see it: all of it, or the company's, a team's or somebody's."""
    at = sight.moment(session, who, now)
    when = which.period or local_day(now, at.policy.zone)
    meant = _teams(session, who, which)
    forest = Forest(tuple(_agreed(session, who, known.in_cycle(session, who.workspace, when))))
    person = finding.whom(session, who, which.person) if which.person else None
    if meant:
        tops = forest.tops_of(*(team.id for team in meant))
    elif person:
        tops = forest.tops_with(person.id)
    else:
        tops = tuple(each for each in forest.tops if which.level in {None, each.level})
    alone = {each.id for each in forest.orphans}
    of = names(meant or filter(None, [person])) or (which.level or "Alignment").capitalize()
    return Tree(
        who=who,
        moment=at,
        heading=f"{of} · {_cycle(session, who, forest, when, at.policy.quarters)}",
        forest=forest,
        tops=tuple(each for each in tops if each.id not in alone),
        orphans=tuple(each for each in tops if each.id in alone),
    )


def tree_of(session: Session, who: Member, which: Reference, now: datetime) -> Tree:
    """One objective, or that of a key result, with everything that pulls on it; what is over by now is left out."""
    at = sight.moment(session, who, now)
    top = _meant(session, who, which)[0]
    today = local_day(now, at.policy.zone)
    ids = alignment.below(session, who.workspace, top.id) - {top.id}
    found = [each for each in known.by_id(session, who.workspace, ids) if not each.archived]
    current = [each for each in found if each.cycle.id == top.cycle.id or each.cycle.period.ends >= today]
    forest = Forest((*sight.seen_by(session, who, [top]), *_agreed(session, who, current)))
    return Tree(who, at, f"What pulls on {top.ref}", forest, forest.objectives[:1], every=True)


def why(session: Session, who: Member, which: Reference | KeyResultId, now: datetime) -> Reason:
    """Why an objective or a key result matters, as far as this person may see."""
    objective, kr = _meant(session, who, which)
    ids = alignment.around(session, who.workspace, objective.id)
    around = _seen(session, who, known.by_id(session, who.workspace, ids))
    path = Forest(tuple(around)).path(next(each for each in around if each.id == objective.id))
    steps = {each.id for each in path}
    forest = Forest(tuple(each for each in around if each.stage is Stage.AGREED or each.id in steps))
    others = beside(forest, path[0])
    under = forest.pulling(path[0], kr) if kr else forest.children(path[0])
    concerned = [*path, *others, *under]
    return Reason(
        who=who,
        moment=sight.moment(session, who, now),
        path=path,
        key_result=kr,
        beside=others,
        below=under,
        moved=moves(_said(session, who, concerned, now), concerned),
    )


def hanging_below(session: Session, who: Member, which: Reference, now: datetime) -> tuple[Objective, ...]:
    """What pulls right on an objective or a key result, of what this person may read and can still be changed."""
    above, kr = _meant(session, who, which)
    today = sight.today(session, who, now)
    return tuple(
        each
        for each in parents.pulling_on(session, above, kr)
        if readable(who, each) and each.stage is not Stage.DECLINED and not each.cycle.is_closed(today)
    )


def _meant(session: Session, who: Member, which: Reference | KeyResultId) -> tuple[Objective, KeyResult | None]:
    """The objective, or the key result with its objective."""
    if isinstance(which, Reference) and which.prefix is Prefix.OBJECTIVE:
        return sight.the_objective(session, who, which), None
    kr, objective = sight.the_key_result(session, who, which)
    return objective, kr


def _teams(session: Session, who: Member, which: Which) -> list[Team]:
    """The team that is named, or one's own; raises `Refusal` where one is in none."""
    if which.team:
        return [teams.named(session, who, which.team)]
    mine = teams.of(session, who) if which.mine else []
    if which.mine and not mine:
        raise Refusal("You are in no team yet. Name one, as in `/okr tree team Product`.")
    return mine


def _cycle(session: Session, who: Member, forest: Forest, when: known.When, quarters: bool) -> str:
    """The name of the cycle that is shown, also where there is nothing in it."""
    if isinstance(when, Period):
        return when.name
    found = meant_among((each.cycle for each in forest.objectives), when, quarters)
    return (found or planning.current_cycle(session, who.workspace, when)).name


def _agreed(session: Session, who: Member, found: Sequence[Objective]) -> list[Objective]:
    return [each for each in _seen(session, who, found) if each.stage is Stage.AGREED]


def _seen(session: Session, who: Member, found: Iterable[Objective]) -> list[Objective]:
    """Those that this person may read, and of what lies above them only what is theirs to read."""
    return sight.seen_by(session, who, [each for each in found if readable(who, each)])


def _said(session: Session, who: Member, concerned: Sequence[Objective], now: datetime) -> list[Update]:
    parts = [kr.id for each in concerned for kr in each.key_results]
    return check_ins.said_since(session, who.workspace, parts, now - LATELY)
