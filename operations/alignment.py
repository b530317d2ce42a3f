"""Alignment: the tree of a cycle, and why a thing matters."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from domain.alignment import Forest, Reason, Tree, beside, moves
from domain.check_ins import Update
from domain.cycles import meant_among
from domain.home import Moment
from domain.lists import Wanted, is_of
from domain.objectives import KeyResult, KeyResultId, Objective, Stage, readable
from domain.people import Member, names
from domain.references import Prefix, Reference
from domain.schedules import local_day
from operations import lists, parents, planning, sight
from storage import alignment, check_ins, teams
from storage import lists as known_lists
from storage import objectives as known
from storage.database import Session
from storage.lists import Sought

LATELY = timedelta(days=7)
"""What moved within this time is told of."""


def typed(session: Session, who: Member, words: str, now: datetime) -> Tree:
    """The tree that these words ask for, which are read as those of a list are; raises `Refusal`."""
    return tree(session, who, lists.of_a_tree(session, who, words, now), now)


def tree(session: Session, who: Member, wanted: Wanted, now: datetime) -> Tree:
    """The alignment of a cycle, or of a year, as this person may see it: all of it, or what is the company's, a team's
    or somebody's.
    """
    at = sight.moment(session, who, now)
    day = local_day(now, at.policy.zone)
    found, during = _during(session, who, wanted, at, day)
    people = lists.people_of(session, who, wanted)
    whose = {each.id for each in people}
    forest = Forest(tuple(found))
    theirs = forest.tops_among(each for each in found if is_of(wanted, whose, each))
    tops = theirs if wanted.is_narrowed else forest.tops
    alone = {each.id for each in forest.orphans}
    groups = teams.by_id(session, who.workspace, wanted.teams).values() if wanted.teams else ()
    of = [(wanted.level or "").capitalize(), names(groups), names(people)]
    return Tree(
        who=who,
        moment=at,
        heading=f"{', '.join(filter(None, of)) or 'Alignment'} · {during}",
        forest=forest,
        tops=tuple(each for each in tops if each.id not in alone),
        orphans=tuple(each for each in tops if each.id in alone),
        takes_more=bool(tops) or lists.takes_more(session, who, wanted, day, at),
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


def _during(session: Session, who: Member, wanted: Wanted, at: Moment, day: date) -> tuple[list[Objective], str]:
    """What is agreed in the cycle or the year that is named, or else now; and what that is called."""
    if not wanted.cycle and not wanted.year:
        found = _agreed(session, who, known.in_cycle(session, who.workspace, day))
        cycle = meant_among((each.cycle for each in found), day, at.policy.quarters)
        return found, (cycle or planning.current_cycle(session, who.workspace, day)).name
    cycles = known_lists.cycles_of(session, who, wanted, day)
    ids = known_lists.ids(session, Sought(Wanted(), who, tuple(each.id for each in cycles)))
    called = next((each.name for each in cycles), wanted.cycle) if wanted.cycle else str(wanted.year)
    return _agreed(session, who, known.by_id(session, who.workspace, ids)), called


def _agreed(session: Session, who: Member, found: Sequence[Objective]) -> list[Objective]:
    return [each for each in _seen(session, who, found) if each.stage is Stage.AGREED]


def _seen(session: Session, who: Member, found: Iterable[Objective]) -> list[Objective]:
    """Those that this person may read, and of what lies above them only what is theirs to read."""
    return sight.seen_by(session, who, [each for each in found if readable(who, each)])


def _said(session: Session, who: Member, concerned: Sequence[Objective], now: datetime) -> list[Update]:
    parts = [kr.id for each in concerned for kr in each.key_results]
    return check_ins.said_since(session, who.workspace, parts, now - LATELY)
