"""A company to measure with: fifty people with three objectives and ten key results, and many with one and three."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import func, insert, text
from sqlmodel import SQLModel, select

from domain.cycles import Cycle, quarter
from domain.measures import Measure, MeasureKind
from domain.objectives import KeyResult, KeyResultId, Level, Objective, ObjectiveId
from domain.people import Kind, Member, Profile, Team, WorkspaceId
from domain.recognition import Recognition, RecognitionId
from domain.schedules import Schedule, ScheduleId, occurrence
from storage import cycles, key_results, objectives, people, planning, policy, recognition, schedules, teams
from storage.database import Session
from storage.tables import KeyResultRow, ObjectiveRow

HERE = WorkspaceId("T1")
ZONE = "Europe/London"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
MONDAY = date(2026, 11, 23)

ASKING = 50
"""People who type /okr: the first of the company."""

IN_A_TEAM = 8
USES_HOME = 3
"""One in so many has opened their Home, and so is shown it again."""


def slack_id(number: int) -> str:
    """The Slack id of one of them."""
    return f"U{number:06}"


def found(session: Session, checking_in: int) -> None:
    """Everything that the company knows: it is set up, and this week's check-ins are open."""
    folk = _people(session, ASKING + checking_in)
    cycle = cycles.opened(session, HERE, quarter(MONDAY))
    weekly = schedules.keep(session, HERE, Schedule(ScheduleId(0), 0, time(9), date(2026, 10, 5)))
    for who in folk[:ASKING]:
        mine = [_objective(session, who, cycle, how_many) for how_many in (3, 3, 4)]
        thanks = Recognition(RecognitionId(0), folk[-1], (who,), "Found the slow query, and told us how", NOW)
        recognition.add(session, thanks, mine[0], None)
    _many(session, folk[ASKING:], cycle)
    planning.open_for(session, planning.Asked(HERE, MONDAY), weekly, occurrence(weekly, MONDAY, ZONE))


def check_ins(session: Session) -> list[tuple[str, int, list[tuple[int, int]]]]:
    """The open check-ins of those with three key results: whose, which, and the id and number of each key result."""
    query = text(
        "SELECT m.slack_id, c.id, k.id, k.number FROM check_ins c JOIN members m ON m.id = c.member "
        "JOIN key_results k ON k.owner = m.id WHERE m.slack_id >= :first ORDER BY c.id, k.number"
    )
    found: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for who, id, kr, number in session.connection().execute(query, {"first": slack_id(ASKING)}):
        found.setdefault((who, id), []).append((kr, number))
    return [(who, id, parts) for (who, id), parts in found.items()]


def as_on_monday(session: Session) -> None:
    """Nobody has answered yet: forget what was said."""
    for statement in (
        "DELETE FROM updates",
        "DELETE FROM outbox",
        "DELETE FROM inbox",
        "UPDATE check_ins SET state = 'open', answered_at = NULL",
    ):
        session.connection().execute(text(statement))


def _people(session: Session, number: int) -> list[Member]:
    people.keep_workspace(session, HERE, "Larkspur", "UCAIRN")
    ids = [slack_id(each) for each in range(number)]
    everybody = [Profile(id, f"Person {id}", ZONE, Kind.PERSON, active=True, workspace_admin=False) for id in ids]
    people.keep_profiles(session, HERE, everybody, ZONE)
    people.finish_set_up(session, HERE, NOW)
    folk = [who for place in range(0, number, 500) for who in people.members(session, HERE, ids[place : place + 500])]
    policy.change(session, HERE, {"zone": ZONE, "recognition_channel": "C1"}, folk[0], NOW)
    for place in range(0, number, IN_A_TEAM):
        _team(session, f"Team {place}", folk[place : place + IN_A_TEAM])
    for who in folk[::USES_HOME]:
        people.home_opened(session, who, NOW)
    return folk


def _team(session: Session, name: str, members: list[Member]) -> None:
    team = Team(teams.add(session, HERE, name), HERE, name)
    teams.change(session, team, name, members[0], members, None)


def _objective(session: Session, who: Member, cycle: Cycle, how_many: int) -> Objective:
    title = "Customers love how they begin with us"
    draft = Objective(ObjectiveId(0), 0, title, Level.INDIVIDUAL, who, cycle)
    made = objectives.add(session, draft, who, NOW - timedelta(days=20))
    measure = Measure(Decimal(0), Decimal(100), Decimal("40.5"), "sign-ups", MeasureKind.INCREASE)
    blank = KeyResult(KeyResultId(0), 0, made.id, "Sign-ups in a week", who, measure, NOW)
    for number in range(how_many):
        key_results.add(session, replace(blank, title=f"{blank.title}, kind {number}"), who, NOW)
    return made


def _many(session: Session, folk: list[Member], cycle: Cycle) -> None:
    """One objective and three key results each, in two statements."""
    common = {"workspace": HERE, "created_at": NOW - timedelta(days=20)}
    begun = 100_000  # ids and numbers above all that `_objective` gave
    tops, parts = [], []
    for place, who in enumerate(folk):
        id = begun + place
        named = {"id": id, "number": id, "title": "Nobody waits for us", "level": Level.INDIVIDUAL.value}
        tops.append(common | named | {"owner": who.id, "cycle": cycle.id, "created_by": who.id})
        for each in range(3):
            number = begun + 3 * place + each
            measure = {"start": Decimal(0), "target": Decimal(100), "current": Decimal(40), "unit": "sign-ups"}
            about = {"id": number, "number": number, "objective": id, "title": f"Sign-ups in a week, kind {each}"}
            mine = {"owner": who.id, "created_by": who.id, "kind": MeasureKind.INCREASE.value}
            parts.append(common | about | measure | mine)
    for table, each_row in ((ObjectiveRow, tops), (KeyResultRow, parts)):
        session.connection().execute(insert(table), each_row)


def count(session: Session, table: type[SQLModel]) -> int:
    """How many rows a table has."""
    return session.exec(select(func.count()).select_from(table)).one()
