"""Examples of everything in the domain: builders with sensible defaults."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.check_ins import CheckIn, CheckInId, State, Update
from domain.comments import Comment, CommentId
from domain.cycles import Cycle, CycleId, quarter
from domain.dependencies import Dependency, DependencyId
from domain.home import Home, Moment, TeamWeek
from domain.measures import Measure, MeasureKind
from domain.objectives import (
    Heading,
    KeyResult,
    KeyResultHeading,
    KeyResultId,
    Level,
    Objective,
    ObjectiveId,
    Override,
    Status,
)
from domain.people import Kind, Member, MemberId, Team, TeamId, WorkspaceId
from domain.policy import Policy
from domain.projection import Projection
from domain.recognition import Helped, Recognition, RecognitionId
from domain.references import Prefix, Reference
from domain.set_up import SetUp

WORKSPACE = WorkspaceId("T1")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
"""A Monday."""

# Builders


def member(number: int = 1, name: str = "Ada Lovelace", **changes: Any) -> Member:
    """A person who is here; `number` makes the id and the Slack id."""
    built = Member(MemberId(number), WORKSPACE, f"U{number:03}", name, "Europe/London", Kind.PERSON, active=True)
    return replace(built, **changes)


ADA = member(1, "Ada Lovelace")
BO = member(2, "Bo Nilsson", zone="Europe/Stockholm")
CHIDI = member(3, "Chidi Okafor", zone="Africa/Lagos")


def admin(number: int = 9, name: str = "Gus Admin", **changes: Any) -> Member:
    """Somebody who looks after the workspace."""
    return member(number, name, workspace_admin=True, **changes)


def team(number: int = 1, name: str = "Growth", **changes: Any) -> Team:
    """A team that Bo leads and Ada is in."""
    return replace(Team(TeamId(number), WORKSPACE, name, lead=BO, members=(ADA, BO), channel="C001"), **changes)


def cycle(day: date = TODAY) -> Cycle:
    """The quarter that a day falls in."""
    return Cycle(CycleId(1), quarter(day))


def measure(start: str = "0", target: str = "100", current: str = "40", unit: str = "sign-ups") -> Measure:
    """A measure; which way is better follows from start and target."""
    begins, ends = Decimal(start), Decimal(target)
    way = MeasureKind.INCREASE if ends > begins else MeasureKind.DECREASE
    return Measure(begins, ends, Decimal(current), unit, way)


def kept(
    kind: MeasureKind, edge: str, current: str, upper: str | None = None, start: str = "0", unit: str = "%"
) -> Measure:
    """Something to be kept on the right side of an edge, or between two."""
    top = None if upper is None else Decimal(upper)
    return Measure(Decimal(start), Decimal(edge), Decimal(current), unit, kind, top)


STEPS = ("Interviews held", "Design agreed", "Beta with ten customers", "Everybody has it")


def milestones(reached: int = 1, names: tuple[str, ...] = STEPS) -> Measure:
    """Steps in order, of which some are reached."""
    return Measure(Decimal(0), Decimal(len(names)), Decimal(reached), "", MeasureKind.MILESTONES, milestones=names)


def done_or_not(done: bool = False) -> Measure:
    """Something that happens or does not."""
    return Measure(Decimal(0), Decimal(1), Decimal(int(done)), "", MeasureKind.DONE)


def baseline(measured: str | None = None, unit: str = "minutes") -> Measure:
    """Something to be measured before it gets a target."""
    at = Decimal(measured or 0)
    return Measure(Decimal(0), Decimal(0), at, unit, MeasureKind.BASELINE, measured=measured is not None)


def key_result(number: int = 34, title: str = "Weekly sign-ups", **changes: Any) -> KeyResult:
    """Ada's key result, at 40 of 100, checked in on a week ago."""
    built = KeyResult(
        id=KeyResultId(number),
        number=number,
        objective=ObjectiveId(12),
        title=title,
        owner=ADA,
        measure=measure(),
        created_at=NOW - timedelta(days=50),
        confidence=7,
        updated_at=NOW - timedelta(days=7),
    )
    return replace(built, **changes)


def override(status: Status = Status.AT_RISK, **changes: Any) -> Override:
    """Bo's word on a key result, for another week."""
    return replace(Override(status, "The vendor is late", TODAY + timedelta(days=7), BO), **changes)


def projection(**changes: Any) -> Projection:
    """A key result that lands at 78 and gets there three weeks late."""
    built = Projection(Decimal(78), date(2026, 12, 31), date(2027, 1, 21), points=4, moves=True)
    return replace(built, **changes)


def objective(number: int = 12, title: str = "Customers love our onboarding", **changes: Any) -> Objective:
    """Ada's objective with one key result."""
    built = Objective(
        id=ObjectiveId(number),
        number=number,
        title=title,
        level=Level.INDIVIDUAL,
        owner=ADA,
        cycle=cycle(),
        key_results=(key_result(objective=ObjectiveId(number)),),
    )
    return replace(built, **changes)


def heading(number: int = 3, title: str = "Delight customers") -> Heading:
    """An objective's name."""
    return Heading(ObjectiveId(number), number, title)


def comment(number: int = 8, words: str = "Sales asked for the same", **changes: Any) -> Comment:
    """Bo's words on O-12."""
    return replace(Comment(CommentId(number), ObjectiveId(12), BO, words, NOW), **changes)


def pulled(number: int = 7, title: str = "Net promoter score") -> KeyResultHeading:
    """A key result's name."""
    return KeyResultHeading(KeyResultId(number), number, title)


def dependency(number: int = 5, words: str = "The new API by June", **changes: Any) -> Dependency:
    """What Ada's key result depends on Platform for, which Chidi leads; it has been asked."""
    platform = team(2, "Platform", lead=CHIDI, members=(CHIDI,))
    above = objective()
    built = Dependency(DependencyId(number), number, above.key_results[0], above, platform, words, ADA, NOW)
    return replace(built, **changes)


def check_in(number: int = 5, **changes: Any) -> CheckIn:
    """Ada's check-in of this week, still open."""
    built = CheckIn(CheckInId(number), ADA.id, TODAY, opens_at=NOW, closes_at=NOW + timedelta(days=7))
    return replace(built, **changes)


def update(kr: KeyResult | None = None, value: str = "45", **changes: Any) -> Update:
    """Ada's update of a key result in this week's check-in."""
    of = kr or key_result()
    built = Update(of.id, Decimal(value), of.measure.current, 8, "Two big customers", ADA.id, NOW, CheckInId(5))
    built = replace(built, out_of=of.measure.out_of)
    return replace(built, **changes)


def recognition(
    number: int = 7, reason: str = "Stayed late to get the migration through", **changes: Any
) -> Recognition:
    """Bo's thanks to Ada for a key result."""
    helped = Helped(Reference(Prefix.KEY_RESULT, 34), "Weekly sign-ups")
    return replace(Recognition(RecognitionId(number), BO, (ADA,), reason, NOW, "craft", helped), **changes)


def moment(now: datetime = NOW, **policy: Any) -> Moment:
    """A Monday morning under a policy."""
    return Moment(now, now.date(), Policy(**policy))


def home(who: Member = ADA, **changes: Any) -> Home:
    """Somebody's Home in the middle of a quarter."""
    built = Home(
        who=who,
        moment=moment(),
        cycle=cycle(),
        is_set_up=True,
        check_in=check_in(),
        objectives=(objective(),),
        teams=(TeamWeek(team(), ((ADA, State.OPEN), (BO, State.ANSWERED))),),
        recognition=(recognition(),),
    )
    return replace(built, **changes)


def set_up(**changes: Any) -> SetUp:
    """An admin's decisions."""
    return replace(SetUp("C001", BO.slack_id, (), TODAY + timedelta(days=7)), **changes)


# Strategies: any value there can be, the hostile ones more often than chance would have it
