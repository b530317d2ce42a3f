"""From `python` to ready: everything that `python -m bot run` imports, and the app built, against the bare libraries."""

from benchmarks.pairs import Side, compare

BARE = "import slack_bolt.async_app, sqlmodel, apscheduler"

CAIRN = """
import bot.cli
from bot.running import running
import bot.logs
from benchmarks import front_door
from storage.database import Database
front_door.ready(Database("sqlite:///nowhere.db"))
"""


async def run() -> None:
    """Measure processes, from their start to their end."""
    pair = await compare(Side(lambda: _process(CAIRN), 1), Side(lambda: _process(BARE), 1))
