"""`/okr` and a durable check-in against a handler that does nothing, on SQLite and on PostgreSQL."""

import json
import random

from benchmarks import company, databases, front_door
from benchmarks.pairs import Side, compare
from benchmarks.report import HEAD, Goal, keep, row, table
from storage.database import Database

GOALS = {"SQLite": Goal(0.12, 0.25), "PostgreSQL": Goal(0.09, 0.15)}

CHECK_INS = 400
"""In a round, in any order; nobody has answered before."""

OKRS = 300
NOTHINGS = 1_500


async def run() -> None:
    """Measure on both databases, one person after the other and twenty at once."""
    rows = []
    async with databases.sqlite(CHECK_INS) as file:
        rows += await _on("SQLite", databases.copy(file, "measured.db"))
    with databases.postgresql() as url:
        await databases.founded(url, CHECK_INS)
        rows += await _on("PostgreSQL", url)
    keep("commands", f"## `/okr` and a check-in against a handler that does nothing\n\n{table(HEAD, rows)}")


async def _on(database: str, url: str) -> list[list[str]]:
    db = Database(url)
    try:
        rows = []
        for at_once in (1, 20):
            for what, side in (("/okr", _okr), ("a check-in", _check_in)):
                ours, theirs = await side(db)
                pair = await compare(ours, theirs, at_once)
                rows.append(row(f"{what}, {database}, {at_once} at once", pair, GOALS[database]))
        return rows
    finally:
        await db.close()


async def _okr(db: Database) -> tuple[Side, Side]:
    asked = front_door.in_turn([front_door.okr(company.slack_id(each)) for each in range(company.ASKING)])
    ours, theirs = front_door.cairn(db), front_door.nothing(db)
    answer = json.loads((await front_door.sent(ours, next(asked))).body)
    assert len(answer["blocks"]) == 20, len(answer["blocks"])

    async def okr() -> None:
        await front_door.sent(ours, next(asked))

    async def noop() -> None:
        await front_door.sent(theirs, next(asked))

    return Side(okr, OKRS), Side(noop, NOTHINGS)


async def _check_in(db: Database) -> tuple[Side, Side]:
    ours, theirs = front_door.cairn(db), front_door.nothing(db)
    open_now = await db.read(company.check_ins)
    assert [len(key_results) for _, _, key_results in open_now] == [3] * CHECK_INS
    waiting: list[front_door.Signed] = []
    same = front_door.in_turn([front_door.check_in(*each) for each in open_now])

    async def monday() -> None:
        await db.run(company.as_on_monday)
        waiting.extend(front_door.check_in(*each) for each in random.sample(open_now, len(open_now)))

    async def check_in() -> None:
        answer = await front_door.sent(ours, waiting.pop())
        assert "is recorded" in answer.body

    async def noop() -> None:
        await front_door.sent(theirs, next(same))

    return Side(check_in, CHECK_INS, monday), Side(noop, NOTHINGS)
