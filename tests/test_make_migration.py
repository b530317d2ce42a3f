"""Writing a migration, as CONTRIBUTING.md tells it: change the tables, let the step be written, look at it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

MOTTO = '''

class MottoRow(SQLModel, table=True):
    """What somebody lives by."""

    __tablename__ = "mottos"
    id: int | None = Field(default=None, primary_key=True)
    workspace: str = to("workspaces")
    words: str = prose()
    weight: Decimal = exact()
'''


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the code that a migration is written in."""
    for package in ("storage", "domain"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def write(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "storage.migrations", *words]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True)


def test_the_tables_in_the_code_are_those_that_the_migrations_make(checkout):
    done = write(checkout, "Nothing should be missing")

    assert done.returncode == 1
    assert "no step to write" in done.stderr


def test_a_new_table_gets_the_step_that_makes_it(checkout):
    versions = checkout / "storage/migrations/versions"
    before = sorted(versions.glob("0*.py"))
    with (checkout / "storage/tables/objectives.py").open("a") as tables:
        tables.write(MOTTO)

    done = write(checkout, "People have a motto")

    assert done.returncode == 0, done.stderr
    written = versions / f"{len(before) + 1:04}_people_have_a_motto.py"
    step = written.read_text()
    assert step.startswith('"""People have a motto"""')
    assert "columns.Exact(" in step
    assert write(checkout, "Again").returncode == 1


def test_a_step_without_a_name_is_not_written(checkout):
    done = write(checkout)

    assert done.returncode == 1
    assert "MESSAGE=" in done.stderr
