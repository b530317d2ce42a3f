"""The last of all handlers against an app with only one: what a new word or button costs all the others."""

from slack_bolt.async_app import AsyncApp

import handlers
from benchmarks import company, databases, front_door
from benchmarks.pairs import Once, Side, compare
from benchmarks.report import HEAD, Goal, keep, row, table
from handlers.request import Request
from storage.database import Database

TIMES = 1_500
AT_LEAST = 60
"""Handlers, for the measure to mean something."""

LAST = "benchmark.last"

GOAL = Goal(0.9, 1.0)


async def run() -> None:
    """Measure a button that does nothing but acknowledge: the last of as many as Cairn has, and the only one."""
    ours = dict(handlers.ACTIONS)
    many = ours | {LAST: _nothing}
    assert len(many) >= AT_LEAST
    async with databases.sqlite(8) as file:
        db = Database(databases.copy(file, "measured.db"))
        last = _pressed(front_door.cairn(db), _offered(many))
        only = _pressed(front_door.cairn(db), _offered({LAST: _nothing}))
        bare = _pressed(_bare(db))
        rows = [
            row(f"the last of {len(many)}, against the only one", await compare(last, only), GOAL),
            row(
                f"the last of {len(many)}, against the only listener of a bare Bolt app",
                await compare(last, bare),
                GOAL,
            ),
        ]
        await db.close()
    _put(ours)
    keep("handlers", f"## The last of all handlers against one handler\n\n{table(HEAD, rows)}")


def _bare(db: Database) -> AsyncApp:
    """An app with one listener for one button, as Bolt's own guide has it."""
    app = front_door.empty(db)

    async def pressed(ack: front_door.Ack) -> None:
        await ack()

    app.action(LAST)(pressed)
    return app


def _pressed(app: AsyncApp, before: Once | None = None) -> Side:
    button = front_door.pressed(company.slack_id(0), LAST)

    async def press() -> None:
        await front_door.sent(app, button)

    return Side(press, TIMES, before)


def _offered(actions: dict[str, handlers.Handler]) -> Once:
    async def put() -> None:
        _put(actions)

    return put


def _put(actions: dict[str, handlers.Handler]) -> None:
    handlers.ACTIONS.clear()
    handlers.ACTIONS.update(actions)


async def _nothing(request: Request) -> None:
    await request.ack()
