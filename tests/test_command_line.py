"""The command line is there at once: it brings along only what the command at hand needs."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEAVY = {"aiohttp", "alembic", "apscheduler", "sandbox", "slack_bolt", "slack_sdk", "sqlalchemy", "sqlmodel"}
MIGRATED = """
import asyncio
from storage.database import Database
from storage.migrations import migrate

async def main():
    db = Database("sqlite:///{file}")
    await migrate(db)
    await db.close()

asyncio.run(main())
"""


def loaded(code: str) -> set[str]:
    """The packages that a fresh process has loaded after this."""
    tell = "\nimport sys\nprint(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code + tell], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_list_of_commands_needs_neither_slack_nor_a_database():
    assert loaded("import bot.cli") & HEAVY == set()


def test_running_needs_no_sandbox():
    assert {"slack_bolt", "sqlmodel"} <= loaded("import bot.running")
    assert "sandbox" not in loaded("import bot.running")


def test_a_start_without_anything_to_migrate_does_without_alembic(tmp_path):
    start = MIGRATED.format(file=tmp_path / "cairn.db")

    assert "alembic" in loaded(start)
    assert "alembic" not in loaded(start)
