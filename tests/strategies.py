"""Strategies: any value of the domain that there can be, with the words that people should never have typed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from hypothesis import strategies as st

from domain import words
from domain.changes import Change, What
from domain.check_ins import CheckIn, State, Update
from domain.closing import Closing, Mattered, Verdict
from domain.comments import Comment
from domain.cycles import BACKLOG, Cycle, CycleId, Period
from domain.dependencies import Dependency
from domain.home import Home, Planned, Season, TeamWeek
from domain.lists import ATTENTION, SEVERAL, Only, Wanted
from domain.measures import Measure, MeasureKind
from domain.objectives import (
    Answered,
    Heading,
    KeyResult,
    KeyResultHeading,
    KeyResultId,
    Level,
    Objective,
    ObjectiveId,
    Override,
    Stage,
    Status,
    Visibility,
    Waiting,
)
from domain.outbox import Delivery, Trouble
from domain.overrides import SETTABLE
from domain.people import GRANTED, Kind, Member, Team, TeamId
from domain.projection import Projection
from domain.recognition import Helped, Recognition, Thanks
from domain.references import Prefix, Reference
from domain.set_up import Preview, SetUp
from tests.examples import (
    ADA,
    NOW,
    TODAY,
    WORKSPACE,
    baseline,
    check_in,
    comment,
    cycle,
    dependency,
    done_or_not,
    heading,
    home,
    key_result,
    member,
    milestones,
    objective,
    override,
    projection,
    pulled,
    recognition,
    update,
)

T = TypeVar("T")

HOSTILE = (
    "<!channel> all hands",
    "<!here|here> @here",
    "<https://evil.example|https://bank.example>",
    "<@UEVIL> <#CEVIL|general> <!subteam^SEVIL>",
    "https://evil.example/a?b=c&d=e",
    "&" * 200,
    "<" * 200,
    "*bold* _italic_ ~struck~ `code` ```block```",
    "> quoted",
    "&lt;!channel&gt; &amp;",
    "\u202egnol toof\u202c",
    "שלום עולם مرحبا",
    "👩‍👩‍👧‍👦" * 28,
    "🇳🇬🇬🇧🇮🇳" * 30,
    "e\u0301" * 100,
    "a" + "\u0301" * 199,
    "\u200b\u200d\ufeff",
    "two\nlines\tand a tab",
    ":tada: :not_an_emoji:",
    "'; DROP TABLE objective; --",
    "{{7*7}} ${7*7} %s {0}",
    "x",
)

_TYPED = st.text(st.characters(exclude_categories=("Cc", "Cs"))) | st.text("ab \n\t<>&*_~`@#!|:")

_SLACK_ID, _NUMBER = attrgetter("slack_id"), attrgetter("number")


@cache
def perhaps(what: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """That, or nothing. Strategies are made once each (hence `cache`): making them takes longer than drawing."""
    return st.none() | what


@cache
def typed(at_most: int) -> st.SearchStrategy[str]:
    """What somebody may have typed into a field, as it is kept; it may be empty."""
    return st.one_of(st.sampled_from(HOSTILE), _TYPED).map(lambda text: words.tidy(words.tidy(text)[:at_most]))


@cache
def titles(at_most: int = words.TITLE) -> st.SearchStrategy[str]:
    """A title or a name: one line, never empty."""
    return typed(at_most).map(lambda text: " ".join(text.split()) or "x")


@cache
def notes() -> st.SearchStrategy[str]:
    """A note, a reason or a blocker, sometimes as long as it may be."""
    return st.one_of(typed(words.NOTE), st.sampled_from(["&" * words.NOTE, "🎉" * words.NOTE, ""]))


ids, booleans = st.integers(1, 2**31 - 1), st.booleans()
one_of, decimals = cache(st.sampled_from), cache(st.decimals)

_FEW = st.integers(1, 999)
_KINDS = st.sampled_from([Kind.PERSON, Kind.PERSON, Kind.GUEST])
_ROLES = st.frozensets(st.sampled_from(GRANTED))


@cache
@st.composite
def members(draw: st.DrawFn, **changes: Any) -> Member:
    """Anybody who is here."""
    built = member(draw(_FEW), draw(titles(80)))
    return replace(built, kind=draw(_KINDS), granted=draw(_ROLES), **changes)


@cache
@st.composite
def teams(draw: st.DrawFn) -> Team:
    """Any team."""
    inside = draw(st.lists(members(), max_size=4, unique_by=_SLACK_ID))
    lead = draw(perhaps(members()))
    channel = draw(one_of((None, "C001", "G002")))
    archived = draw(booleans)
    return Team(TeamId(draw(ids)), WORKSPACE, draw(titles(80)), lead, tuple(inside), channel, None, archived)


@cache
@st.composite
def ways(draw: st.DrawFn) -> Measure:
    """Any way up or down, with as many decimals as can be typed; its current value may have more."""
    numbers = decimals(-1_000_000, 1_000_000, places=draw(one_of((0, 0, 2, 6))))
    start = draw(numbers)
    target = draw(numbers.filter(lambda number: number != start))
    current = start + (target - start) * Decimal(draw(st.integers(-1, 7))) / 6
    kind = MeasureKind.INCREASE if target > start else MeasureKind.DECREASE
    return Measure(start, target, current, draw(units()), kind)


@cache
def units() -> st.SearchStrategy[str]:
    """Any unit."""
    return titles(20) | one_of(("", "%", "€", "US$", "CHF"))


@cache
@st.composite
def bands(draw: st.DrawFn) -> Measure:
    """Anything that is to be kept at least, at most or between."""
    numbers = decimals(-1_000_000, 1_000_000, places=draw(one_of((0, 0, 2, 6))))
    kind = draw(one_of((MeasureKind.AT_LEAST, MeasureKind.AT_MOST, MeasureKind.BETWEEN)))
    start, edge, current = draw(numbers), draw(numbers), draw(numbers)
    width = draw(decimals("0.000001", 1_000_000, places=6))
    upper = edge + width if kind is MeasureKind.BETWEEN else None
    return Measure(start, edge, current, draw(units()), kind, upper)


@cache
@st.composite
def checklists(draw: st.DrawFn) -> Measure:
    """Any milestones, some of them reached."""
    names = tuple(draw(st.lists(titles(120), min_size=2, max_size=20, unique_by=str.casefold)))
    return milestones(draw(st.integers(0, len(names))), names)


@cache
def baselines() -> st.SearchStrategy[Measure]:
    """Anything to be measured first, measured or not."""
    numbers = decimals(-1_000_000, 1_000_000, places=2).map(str)
    return st.builds(baseline, st.none() | numbers, units())


@cache
def measures() -> st.SearchStrategy[Measure]:
    """Any measure of any kind."""
    others = st.one_of(bands(), checklists(), st.builds(done_or_not, booleans), baselines())
    return st.one_of(ways(), ways(), others)


@cache
@st.composite
def key_results(draw: st.DrawFn) -> KeyResult:
    """Any key result."""
    built = key_result(draw(st.integers(1, 999_999)), draw(titles()), owner=draw(members()), measure=draw(measures()))
    updated = draw(st.none() | st.integers(0, 40).map(lambda days: NOW - timedelta(days=days)))
    confidence = draw(perhaps(st.integers(1, 10)))
    archived = draw(one_of((False, False, True)))
    helping = draw(st.lists(members(), max_size=7, unique_by=_SLACK_ID))
    built = replace(built, contributors=tuple(helping), waits_for=tuple(draw(st.lists(waits(), max_size=4))))
    weight = draw(one_of(("1", "1", "0", "2", "0.5", "100")).map(Decimal))
    about = {"confidence": confidence, "note": draw(notes()), "updated_at": updated, "archived": archived}
    return replace(built, weight=weight, override=draw(perhaps(overrides())), **about)


@cache
@st.composite
def overrides(draw: st.DrawFn) -> Override:
    """Any status that somebody may have set by hand, in force or over."""
    until = TODAY + timedelta(days=draw(st.integers(-3, 28)))
    reason = draw(notes().map(lambda text: text or "So it is"))
    return override(draw(one_of(SETTABLE)), reason=reason, until=until, by=draw(members()))


@cache
@st.composite
def projections(draw: st.DrawFn) -> Projection:
    """Anywhere that a key result may land."""
    reaches = draw(perhaps(st.dates(TODAY, date(2028, 1, 1))))
    lands = draw(decimals(-1_000_000, 10**15, places=3))
    return projection(lands=lands, reaches=reaches, points=draw(st.integers(3, 42)), moves=draw(booleans))


@cache
def waits() -> st.SearchStrategy[Waiting]:
    """Anything that another team can be needed for."""
    return st.builds(Waiting, ids, titles(80), titles(), one_of(Answered), typed(200))


@cache
@st.composite
def dependencies(draw: st.DrawFn) -> Dependency:
    """Any dependency, answered or not."""
    above, state = draw(objectives()), draw(one_of(Answered))
    by = None if state is Answered.ASKED else draw(members())
    return dependency(
        draw(ids),
        draw(titles()),
        key_result=draw(key_results()),
        objective=above,
        team=draw(teams()),
        asked_by=draw(members()),
        state=state,
        answered_by=by,
        answer=draw(typed(200)),
    )


@cache
def several_key_results(at_most: int = 4) -> st.SearchStrategy[list[KeyResult]]:
    """Some key results, each with a number of its own."""
    return st.lists(key_results(), max_size=at_most, unique_by=_NUMBER)


@cache
def headings() -> st.SearchStrategy[Heading]:
    """Any objective's name."""
    return st.builds(heading, st.integers(1, 999_999), titles())


@cache
def headings_elsewhere() -> st.SearchStrategy[Heading]:
    """Any objective's name, with that of another cycle."""
    return st.builds(lambda near, cycle: replace(near, cycle=cycle), headings(), titles(40))


@cache
@st.composite
def cycles(draw: st.DrawFn) -> Cycle:
    """Any cycle, in any state today."""
    first = TODAY + timedelta(days=draw(st.integers(-400, 400)))
    period = Period(draw(titles(40)), first, first + timedelta(days=draw(st.integers(0, 700))))
    built = Cycle(CycleId(draw(ids)), draw(one_of((period, period, period, BACKLOG))))
    return replace(built, closing=draw(booleans), closed=draw(booleans))


@cache
def any_cycle() -> st.SearchStrategy[Cycle]:
    """The one that runs, or any other."""
    return st.just(cycle()) | cycles()


@cache
def scores() -> st.SearchStrategy[Decimal]:
    """Any score."""
    return decimals(0, 1, places=2)


@cache
@st.composite
def closings(draw: st.DrawFn) -> Closing:
    """Any end of an objective."""
    said = (draw(perhaps(scores())), draw(scores()), draw(notes()))
    chosen = (draw(one_of(Mattered)), draw(notes()), draw(one_of(Verdict)))
    return Closing(ObjectiveId(12), *said, *chosen, ADA.id, NOW)


@cache
@st.composite
def plans(draw: st.DrawFn) -> Planned:
    """Any cycle that is being planned."""
    ready, waiting = (draw(st.lists(titles(80), max_size=30)) for _ in range(2))
    return Planned(draw(cycles()), draw(st.integers(1, 60)), tuple(ready), tuple(waiting))


@cache
@st.composite
def seasons(draw: st.DrawFn) -> Season:
    """Whatever cycles can ask of somebody."""
    closing = draw(st.lists(cycles().filter(lambda cycle: not cycle.is_backlog), max_size=3))
    return Season(draw(perhaps(plans())), tuple(closing), tuple(draw(st.lists(headings(), max_size=5))))


@cache
@st.composite
def objectives(draw: st.DrawFn) -> Objective:
    """Any objective."""
    parent = draw(perhaps(headings()))
    on_one = draw(st.none() | st.builds(pulled, st.integers(1, 999_999), titles())) if parent else None
    return objective(
        draw(st.integers(1, 999_999)),
        draw(titles()),
        level=draw(one_of(Level)),
        owner=draw(members()),
        team=draw(perhaps(teams())),
        parent=parent,
        parent_key_result=on_one,
        key_results=tuple(draw(several_key_results(3))),
        proposals=tuple(draw(proposals())),
        archived=draw(one_of((False, False, True))),
        co_owners=tuple(draw(st.lists(members(), max_size=5, unique_by=_SLACK_ID))),
        stage=draw(one_of((Stage.AGREED, *Stage))),
        visibility=draw(one_of(Visibility)),
        aspirational=draw(booleans),
        description=draw(notes()),
        tags=draw(tags()),
        carried_from=draw(perhaps(headings_elsewhere())),
        carried_to=draw(perhaps(headings_elsewhere())),
        score=draw(perhaps(scores())),
        cycle=draw(any_cycle()),
    )


@cache
def proposals() -> st.SearchStrategy[list[KeyResult]]:
    """Key results that wait for an answer."""
    waiting = key_results().map(lambda kr: replace(kr, stage=Stage.PROPOSED, archived=False))
    return st.lists(waiting, max_size=2, unique_by=_NUMBER)


@cache
def tags() -> st.SearchStrategy[tuple[str, ...]]:
    """The tags of something, as they are kept."""
    one = titles(20).map(lambda text: text.replace(",", " ").lstrip("# ") or "x").map(lambda text: text.split()[0])
    return st.lists(one, max_size=4, unique_by=str.casefold).map(tuple)


@cache
@st.composite
def comments(draw: st.DrawFn) -> Comment:
    """Anybody's words on an objective, or on one of its key results."""
    about = draw(st.none() | st.builds(KeyResultHeading, ids.map(KeyResultId), st.integers(1, 999), titles()))
    words = draw(notes().map(lambda text: text or "x"))
    return comment(draw(ids), words, author=draw(members()), key_result=about)


@cache
def several_objectives(at_most: int = 3) -> st.SearchStrategy[list[Objective]]:
    """Some objectives, each with a number of its own."""
    return st.lists(objectives(), max_size=at_most, unique_by=_NUMBER)


@st.composite
def updates(draw: st.DrawFn, of: KeyResult) -> Update:
    """Any update of a key result."""
    confidence = draw(perhaps(st.integers(1, 10)))
    return update(of, str(draw(st.integers(0, 1000))), confidence=confidence, note=draw(notes()))


@st.composite
def changes(draw: st.DrawFn, of: Objective, part: KeyResult) -> Change:
    """Any change of an objective or one of its key results."""
    what = draw(one_of(What))
    words = one_of(Stage) if what is What.STAGE else typed(200)
    return Change(
        objective=of.id,
        what=what,
        before=draw(words),
        after=draw(words),
        by=draw(st.none() | st.just(part.owner.id)),
        at=NOW,
        key_result=draw(st.none() | st.just(part.id)),
        why=draw(notes()),
    )


@cache
@st.composite
def check_ins(draw: st.DrawFn) -> CheckIn:
    """A check-in in any state, open or closed."""
    days = draw(one_of((-1, 0, 6)))
    state = draw(one_of(State))
    return check_in(draw(ids), closes_at=NOW + timedelta(days=days), state=state, blocker=draw(notes()))


references = st.builds(Reference, one_of((Prefix.OBJECTIVE, Prefix.KEY_RESULT)), st.integers(1, 999_999_999))


@cache
def helped() -> st.SearchStrategy[Helped]:
    """Anything that can have been helped."""
    return st.builds(Helped, references, titles())


@cache
@st.composite
def recognitions(draw: st.DrawFn) -> Recognition:
    """Any thanks."""
    recipients = draw(st.lists(members(), min_size=1, max_size=10, unique_by=_SLACK_ID))
    reason = draw(notes().map(lambda text: text or "Thank you so much"))
    value = draw(perhaps(titles(40)))
    given = recognition(draw(ids), reason, giver=draw(members()), recipients=tuple(recipients), value=value)
    return replace(given, helped=draw(perhaps(helped())))


@cache
@st.composite
def thanks(draw: st.DrawFn, values: tuple[str, ...]) -> Thanks:
    """Thanks as somebody may have filled them in."""
    recipients = draw(st.lists(members().map(_SLACK_ID), max_size=10, unique=True))
    value = draw(st.none() | st.sampled_from(values)) if values else None
    return Thanks(tuple(recipients), draw(notes()), value, draw(perhaps(references)))


@cache
@st.composite
def set_ups(draw: st.DrawFn) -> SetUp:
    """Any decisions of an admin."""
    pilots = draw(st.lists(ids, max_size=100, unique=True))
    first = draw(st.dates(TODAY, date(2030, 1, 1)))
    return SetUp(draw(perhaps(st.just("C001"))), draw(perhaps(st.just("U001"))), tuple(pilots), first)


@cache
@st.composite
def previews(draw: st.DrawFn) -> Preview:
    """Any preview of a set-up."""
    asked = draw(st.lists(members(), max_size=30))
    return Preview(draw(set_ups()), tuple(asked), draw(st.integers(0, 5_000)), draw(perhaps(titles())))


@cache
@st.composite
def homes(draw: st.DrawFn) -> Home:
    """Anybody's Home."""
    weeks = st.builds(TeamWeek, teams(), st.lists(st.tuples(members(), one_of(State)), max_size=5).map(tuple))
    troubles = st.builds(Trouble, titles(), one_of(("C001", "U001")), one_of(Delivery), notes(), st.just(NOW))
    return home(
        draw(members(workspace_admin=draw(booleans))),
        is_set_up=draw(booleans),
        check_in=draw(perhaps(check_ins())),
        objectives=tuple(draw(several_objectives())),
        teams=tuple(draw(st.lists(weeks, max_size=3))),
        recognition=tuple(draw(st.lists(recognitions(), max_size=8))),
        troubles=tuple(draw(st.lists(troubles, max_size=12))),
        hints=tuple(draw(st.lists(notes(), max_size=3))),
        season=draw(seasons()),
    )


@cache
@st.composite
def lists_wanted(draw: st.DrawFn) -> Wanted:
    """Any list that can be asked for: of a cycle by its name, or of a year."""
    year = draw(perhaps(st.integers(1, 9999)))
    statuses = st.lists(one_of(Status), max_size=3, unique=True).map(tuple)
    people = st.lists(st.integers(1, 999).map("U{:03}".format), max_size=SEVERAL, unique=True)
    return Wanted(
        level=draw(perhaps(one_of(Level))),
        people=tuple(draw(people)),
        teams=tuple(TeamId(id) for id in draw(st.lists(ids, max_size=SEVERAL, unique=True))),
        cycle="" if year else draw(titles(80) | st.just("")),
        year=year,
        statuses=draw(statuses | st.just(ATTENTION)),
        only=draw(perhaps(one_of(Only))),
    )


@cache
def several_cycles() -> st.SearchStrategy[list[Cycle]]:
    """Some cycles, called anything."""
    return st.lists(titles(80).map(lambda name: Cycle(CycleId(1), Period(name, TODAY, TODAY))), max_size=4)
