"""The first page of a list: of a thousand objectives against one of a hundred, on SQLite and on PostgreSQL."""

import json
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import insert

from benchmarks import company, databases, front_door
from benchmarks.pairs import Pair, Side, compare, median
from benchmarks.report import HEAD, Goal, keep, row, table
from domain.cycles import Period
from domain.measures import MeasureKind
from domain.objectives import Level
from storage import cycles, people
from storage.database import Database, Session
from storage.tables import KeyResultRow, ObjectiveRow

GOAL = Goal(1 / 1.5, 0.9)
PAGES = 60
"""In a round."""

FEW, MANY = 100, 1_000
KEY_RESULTS = 4
NAMES = {FEW: "Hundred", MANY: "Thousand"}
"""What the two cycles are called."""


async def run() -> None:
    """Measure on both databases: the same words, in a cycle with many objectives and in one with few."""
    rows: list[list[str]] = []
    told: list[str] = []
    async with databases.sqlite(1) as file:
        await _on("SQLite", databases.copy(file, "measured.db"), rows, told)
    with databases.postgresql() as url:
        await databases.founded(url, 1)
        await _on("PostgreSQL", url, rows, told)
    text = f"## `/okr list company`: a page of {MANY:,} objectives against a page of {FEW}\n\n{table(HEAD, rows)}"
    keep("listing", f"{text}\n\nA status is known only once an objective is loaded: {'; '.join(told)}.")


async def _on(database: str, url: str, rows: list[list[str]], told: list[str]) -> None:
    db = Database(url)
    try:
        await db.run(_objectives)
        pair = await _pair(db, "")
        rows.append(row(f"the first page, {database}", pair, GOAL))
        by_status = await _pair(db, "stale", rounds=3, times=3)
        many, few = median(by_status.ours).wall * 1e3, median(by_status.theirs).wall * 1e3
        told.append(f"on {database} `stale` takes {few:.0f} ms of {FEW} and {many:.0f} ms of {MANY:,}")
    finally:
        await db.close()


async def _pair(db: Database, words: str, rounds: int = 9, times: int = PAGES) -> Pair:
    app = front_door.cairn(db)

    async def asked(period: str, number: int) -> None:
        answer = await front_door.sent(app, front_door.okr(company.slack_id(1), f"list company {words} {period}"))
        assert f"of {number:,} objectives" in json.dumps(json.loads(answer.body)["blocks"], ensure_ascii=False)

    async def many() -> None:
        await asked(NAMES[MANY], MANY)

    async def few() -> None:
        await asked(NAMES[FEW], FEW)

    return await compare(Side(many, times), Side(few, times), rounds=rounds)


def _objectives(session: Session) -> None:
    """Two cycles of the company's objectives that run beside each other, in two statements each."""
    (owner,) = people.members(session, company.HERE, [company.slack_id(0)])
    first = 1_000_000
    begun = timedelta(days=70)
    for number in (FEW, MANY):
        period = Period(NAMES[number], company.MONDAY - begun, company.MONDAY + timedelta(days=20))
        cycle = cycles.opened(session, company.HERE, period)
        common = {"workspace": company.HERE, "owner": owner.id, "created_by": owner.id, "created_at": company.NOW}
        about = {"title": "Customers love how they begin", "level": Level.COMPANY.value, "cycle": cycle.id}
        measure = {"start": Decimal(0), "target": Decimal(100), "current": Decimal(40), "unit": "sign-ups"}
        kind = {"kind": MeasureKind.INCREASE.value, "title": "Sign-ups in a week"}
        common |= {"created_at": company.NOW - begun}
        tops = [common | about | {"id": id, "number": id} for id in range(first, first + number)]
        ids = [(id, KEY_RESULTS * id + each) for id in range(first, first + number) for each in range(KEY_RESULTS)]
        parts = [common | measure | kind | {"objective": top, "id": id, "number": id} for top, id in ids]
        for rows, each in ((ObjectiveRow, tops), (KeyResultRow, parts)):
            session.connection().execute(insert(rows), each)
        first += number
