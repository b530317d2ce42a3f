"""`python -m bot export`: files in a folder, only what somebody may see, and back in again elsewhere."""

import csv
import io
import json
import stat

import pytest

from domain.cycles import quarter
from tests.conftest import at_work
from tests.faults.commands import refused, typed
from tests.spreadsheets import written

TABLES = ("check-ins", "closings", "comments", "dependencies", "history", "okrs", "recognition")
FILES = ["cairn.json", *(f"{table}.csv" for table in TABLES)]


@pytest.fixture
async def url(slack, database_url):
    """A company with one open and one private objective, on either database."""
    async with at_work(slack, database_url) as town:
        await town.quiet()
    return database_url


@pytest.fixture
async def export(slack, url, tmp_path):
    """Type an export of it."""
    ada, gita = slack.person("ada").id, slack.person("gita").id
    period = quarter(slack.calendar.now().date()).name
    common = {"Entity": "Individual", "Time Period": period}
    rows = [
        common | {"Row ID": "1", "Title": "=Everybody knows", "Owner Email": ada},
        common | {"Title": "Only Gita knows", "Owner Email": gita, "Visibility": "private"},
        {"Title": "How many", "Parent": "1", "Target": "5"},
    ]
    (tmp_path / "okrs.csv").write_text(written(*rows), newline="")
    done = await typed(tmp_path, "import", "okrs.csv", "--yes", "--as", ada, database_url=url)
    assert done.status == 0, done

    async def exported(*words):
        return await typed(tmp_path, "export", *words, database_url=url)

    return exported


def titles(folder):
    text = (folder / "okrs.csv").read_bytes().decode("utf-8-sig")
    return [row["Title"] for row in csv.DictReader(io.StringIO(text, newline=""))]


async def test_each_kind_of_export_holds_what_may_be_seen(export, slack, tmp_path):
    open_ones = ["'=Everybody knows", "How many"]
    gita, emi = slack.person("gita").id, slack.person("emi").id
    for words, found in {
        (): open_ones,
        ("--as", emi): open_ones,
        ("--as", gita): [*open_ones, "Only Gita knows"],
        ("--private",): [*open_ones, "Only Gita knows"],
    }.items():
        folder = tmp_path / "-".join(("out", *words))
        done = await export("--to", folder.name, *words)

        assert done.status == 0, done
        assert done.out == f"{folder.name} holds {', '.join(FILES)}."
        assert sorted(titles(folder)) == sorted(found)
        assert len(json.loads((folder / "cairn.json").read_text())["okrs"]) == len(found)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


async def test_it_takes_the_place_of_nothing_and_leaves_nothing_half_done(export, tmp_path):
    (tmp_path / "mine").mkdir()

    there = await export("--to", "mine")
    both = await export("--to", "new", "--as", "U1", "--private")
    nobody = await export("--to", "new", "--as", "U1")
    nowhere = await export("--to", "not/there")

    assert there.sentence == "mine is there already. Choose another folder with --to."
    assert "but not both" in both.sentence
    assert nobody.sentence.startswith("Cairn knows nobody with the Slack id U1.")
    assert nowhere.sentence.startswith("The export could not be written to not/there")
    assert {done.status for done in (there, both, nobody, nowhere)} == {1}
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["mine"]


async def test_what_was_exported_is_imported_elsewhere(export, slack, sqlite, tmp_path):
    await export("--to", "out", "--private")
    elsewhere = sqlite.fresh()
    async with at_work(slack, elsewhere) as town:
        await town.quiet()
    words = ("import", "out/okrs.csv", "--yes", "--as", slack.person("ada").id)

    done = await typed(tmp_path, *words, database_url=elsewhere)
    again = await typed(tmp_path, "export", "--to", "again", "--private", database_url=elsewhere)

    assert "Added 2 objectives (O-1 to O-2) and 1 key result (KR-1)." in done.out, done
    assert again.status == 0, again
    assert (tmp_path / "again" / "okrs.csv").read_bytes() == (tmp_path / "out" / "okrs.csv").read_bytes()


async def test_without_a_database_it_says_so(tmp_path):
    assert "There is no database" in await refused(tmp_path, "export")
