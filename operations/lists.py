"""Lists of objectives: what somebody asked for, page by page, and what can be chosen to narrow it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.cycles import Cycle
from domain.errors import NotFound
from domain.home import Moment
from domain.lists import PAGE, Page, Part, Wanted, parts_of, stands_so
from domain.objectives import Objective, ObjectiveId
from domain.people import Member, Team, TeamId
from domain.recognition import Recognition
from domain.schedules import local_day
from domain.status import standings
from domain.typed_lists import Read, read, searched, tree, wanted
from domain.vocabulary import Known
from operations import drafting, finding, sight
from storage import cycles, lists, recognition, teams
from storage import objectives as known
from storage import people as members
from storage.database import Session
from storage.lists import Sought


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list as somebody may see it, with the people and teams that it is of and the thanks tied to each.

    `takes_more` is whether an objective could be added where the list has none.
    """

    wanted: Wanted
    page: Page
    people: tuple[Member, ...]
    teams: tuple[Team, ...]
    thanks: dict[ObjectiveId, list[Recognition]]
    moment: Moment
    who: Member
    takes_more: bool = True


@dataclass(frozen=True, slots=True)
class Choices:
    """A list with what it can be narrowed to: every team, and every cycle, the latest first."""

    listing: Listing
    teams: tuple[Team, ...]
    cycles: tuple[Cycle, ...]


def typed(session: Session, who: Member, words: str, now: datetime) -> Listing:
    """The first page of the list that these words ask for; raises `Refusal`, with a guess, for a word unknown."""
    return page(session, who, wanted(words, _terms(session, who, words, now)), 0, now)


def understood(session: Session, who: Member, words: str, now: datetime) -> tuple[Read, Known]:
    """What was understood of these words, among others, and what they could have meant."""
    terms = _terms(session, who, words, now)
    return read(words, terms), terms


def sought(session: Session, who: Member, words: str, now: datetime) -> Wanted:
    """The list of somebody who searches with these words: what means nothing else is looked for in titles."""
    return searched(words, _terms(session, who, words, now))


def found(session: Session, who: Member, words: str, now: datetime) -> Choices:
    """The first page of it, with everything that it can be narrowed to."""
    return choices(session, who, sought(session, who, words, now), 0, now)


def of_a_tree(session: Session, who: Member, words: str, now: datetime) -> Wanted:
    """Which tree these words ask for; raises `Refusal`, with a guess, for a word that means nothing there."""
    return tree(words, _terms(session, who, words, now))


def _terms(session: Session, who: Member, words: str, now: datetime) -> Known:
    """What these words can mean; what means nothing else is looked for among names."""
    terms = vocabulary(session, who, now)
    first = read(words, terms)
    names = [*first.lost, *(each.casefold() for each in first.wanted.looked.words)]
    return replace(terms, people=members.only_ones_called(session, who.workspace, names)) if names else terms


def page(session: Session, who: Member, wanted: Wanted, first: int, now: datetime) -> Listing:
    """A page of a list, from the `first` objective on (0 is the very first).

    It takes the same number of statements however much there is. A page by number loads the objectives on it and no
    others, beside counting the rest; by status every objective of the list has to be loaded, since a status follows
    from the day, from the policy and from the numbers: that costs as much as the list is long.
    """
    at = sight.moment(session, who, now)
    day = local_day(now, at.policy.zone)
    during = lists.cycles_of(session, who, wanted, day)
    if wanted.cycle and during:
        wanted = replace(wanted, cycle=during[0].name)  # a button may have been drawn before the cycle was renamed
    of = people_of(session, who, wanted)
    sought = Sought(wanted, who, tuple(each.id for each in during), tuple(each.id for each in of))
    found = _by_status(session, sought, first, at) if wanted.statuses else _by_number(session, sought, first)
    seen = tuple(sight.seen_by(session, who, finding.with_futures(session, who, found.objectives, at.today)))
    return Listing(
        wanted=wanted,
        page=replace(found, objectives=seen),
        people=of,
        teams=tuple(teams.by_id(session, who.workspace, wanted.teams).values()) if wanted.teams else (),
        thanks=recognition.for_objectives(session, who.workspace, [each.id for each in seen]),
        moment=at,
        who=who,
        takes_more=bool(found.total) or takes_more(session, who, wanted, day, at),
    )


def choices(session: Session, who: Member, wanted: Wanted, first: int, now: datetime) -> Choices:
    """A page of a list, with everything that it can be narrowed to."""
    offered = tuple(teams.all_of(session, who.workspace))
    return Choices(page(session, who, wanted, first, now), offered, tuple(cycles.all_of(session, who.workspace)))


def chosen(session: Session, who: Member, words: str, now: datetime) -> Choices:
    """The same for the list that these words of a button ask for."""
    return choices(session, who, wanted(words, vocabulary(session, who, now)), 0, now)


def vocabulary(session: Session, who: Member, now: datetime) -> Known:
    """What words can mean to this person."""
    at = sight.moment(session, who, now)
    names = teams.names(session, who.workspace)
    return Known(
        me=who.slack_id,
        today=local_day(now, at.policy.zone),
        teams=names,
        mine=_mine(who, names),
        cycles=tuple(cycle.period for cycle in cycles.all_of(session, who.workspace)),
    )


def _mine(who: Member, names: Iterable[TeamId]) -> tuple[TeamId, ...]:
    """The team that somebody leads, or else all that they are in or lead."""
    here = [id for id in names if id in who.teams | who.leads]
    leading = [id for id in here if id in who.leads]
    return tuple(leading if len(leading) == 1 else here)


def _by_number(session: Session, sought: Sought, first: int) -> Page:
    total = lists.count(session, sought)
    start = _within(first, total)
    found = _loaded(session, sought, lists.ids(session, sought, start, PAGE))
    looked = sought.wanted.looked
    parts = {each.id: part for each in found if (part := parts_of(sought.people, each, looked)) is not None}
    return Page(found, start, total, parts)


def _by_status(session: Session, sought: Sought, first: int, at: Moment) -> Page:
    every = _loaded(session, sought, lists.ids(session, sought))
    parts = {each.id: part for each in every if (part := _standing_so(each, sought, at))}
    fitting = [each for each in every if each.id in parts]
    start = _within(first, len(fitting))
    return Page(tuple(fitting[start : start + PAGE]), start, len(fitting), parts, sum(map(len, parts.values())))


def takes_more(session: Session, who: Member, wanted: Wanted, day: date, at: Moment) -> bool:
    """Whether the form for an objective offers the cycle that is named, or one of the year, and it is not over."""
    if not wanted.cycle and not wanted.year:
        return True
    offered = drafting.cycles_offered(session, who, day, at.policy)
    ahead = (each for each in offered if each.ends >= day)
    return any(each.name == wanted.cycle or each.starts.year == wanted.year for each in ahead)


def _within(first: int, total: int) -> int:
    """Where the page begins: of a list that has become shorter, the last one."""
    return max(first if first < total else (total - 1) // PAGE * PAGE, 0)


def _loaded(session: Session, sought: Sought, ids: Sequence[ObjectiveId]) -> tuple[Objective, ...]:
    return tuple(known.by_id(session, sought.who.workspace, ids))


def _standing_so(objective: Objective, sought: Sought, at: Moment) -> Part:
    """The key results that stand as is asked for; where people or words are named, those of them that are meant."""
    theirs, statuses = parts_of(sought.people, objective, sought.wanted.looked), sought.wanted.statuses
    each = standings(objective, at.now, at.today, at.policy)
    found = (kr.id for kr in objective.key_results if kr.id in each and stands_so(kr, each[kr.id], statuses))
    return frozenset(id for id in found if theirs is None or id in theirs)


def people_of(session: Session, who: Member, wanted: Wanted) -> tuple[Member, ...]:
    """Whoever the list is of, here or gone; raises `NotFound` for somebody whom Cairn has never met."""
    if set(wanted.people) <= {who.slack_id}:
        return (who,) if wanted.people else ()
    found = members.members(session, who.workspace, wanted.people)
    if len(found) < len(set(wanted.people)):
        raise NotFound("I have not met that person yet. Are they from another workspace?")
    return tuple(found)
