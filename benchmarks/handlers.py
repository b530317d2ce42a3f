"""The last of sixty handlers against an app with only one: what a new word or button costs all the others."""

from slack_bolt.async_app import AsyncApp

import handlers
from benchmarks import company, databases, front_door
from benchmarks.pairs import Side, compare
from benchmarks.report import HEAD, Goal, keep, row, table
from handlers.request import Request
from storage.database import Database

SIXTY = 60
TIMES = 1_500
LAST = "benchmark.last"


async def run() -> None:
    """Measure a button that does nothing but acknowledge: one of sixty and more, and the only one."""
    async with databases.sqlite(8) as file:
        db = Database(databases.copy(file, "measured.db"))
        others = {f"benchmark.{number}": _nothing for number in range(SIXTY - len(handlers.ACTIONS) - 1)}
        handlers.ACTIONS.update(others | {LAST: _nothing})  # Cairn's own are among them
        assert len(handlers.ACTIONS) == SIXTY
        pair = await compare(_pressed(front_door.cairn(db)), _pressed(_alone(db)))
        await db.close()
    rows = [row("the last of sixty handlers", pair, Goal(0.9, 1.0))]
    keep("handlers", f"## The last of sixty handlers against one handler\n\n{table(HEAD, rows)}")


def _alone(db: Database) -> AsyncApp:
    """An app with one listener for one button, as Bolt's own guide has it."""
    app = front_door.empty(db)

    async def pressed(ack: front_door.Ack) -> None:
        await ack()

    app.action(LAST)(pressed)
    return app


def _pressed(app: AsyncApp) -> Side:
    button = front_door.pressed(company.slack_id(0), LAST)

    async def press() -> None:
        await front_door.sent(app, button)

    return Side(press, TIMES)


async def _nothing(request: Request) -> None:
    await request.ack()
