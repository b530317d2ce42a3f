"""`python -m bot import` beside a running Cairn: real processes, real files, and ends in the middle of it."""

import asyncio
import zipfile

import pytest

from domain.cycles import quarter
from domain.people import WorkspaceId
from storage import cycles, objectives
from storage.database import Database
from tests.conftest import at_work, workspace
from tests.faults.commands import refused, typed
from tests.faults.worker import KILLED
from tests.journeys.test_starting import tokens
from tests.spreadsheets import company, written


@pytest.fixture
async def folder(tmp_path, slack, sqlite):
    """A folder from which somebody runs Cairn, which knows everybody in the workspace."""
    url = sqlite.fresh()
    async with at_work(slack, url) as town:
        await town.quiet()
    return Folder(tmp_path, slack, url)


class Folder:
    """Where files lie and commands are typed."""

    def __init__(self, path, slack, url):
        self.path, self.slack, self.url = path, slack, url
        self.ada = slack.person("ada").id
        self.period = quarter(slack.calendar.now().date()).name

    def file(self, *rows, name="okrs.csv"):
        """A file of these rows, each Ada's and the company's unless it says otherwise."""
        common = {"Entity": "Company", "Owner Email": self.ada, "Time Period": self.period}
        (self.path / name).write_text(written(*(common | row for row in rows)), newline="")
        return name

    async def imports(self, *words, **environment):
        return await typed(self.path, "import", *words, "--as", self.ada, database_url=self.url, **environment)

    async def refuses(self, *words):
        return await refused(self.path, "import", *words, "--as", self.ada, database_url=self.url)

    async def broken_off(self, at, nth, *words):
        module = "tests.faults.importer"
        done = await typed(self.path, at, str(nth), "import", *words, database_url=self.url, module=module)
        assert done.status == KILLED, done

    async def asked(self, question):
        db = Database(self.url)
        try:
            return await db.read(lambda session: question(session, WorkspaceId(self.slack.team.id)))
        finally:
            await db.close()

    async def found(self):
        """The titles of all objectives and key results."""

        def titles(session, workspace):
            every = [
                one
                for each in cycles.all_of(session, workspace)
                for one in objectives.in_cycle(session, workspace, each.period)
            ]
            return [title for one in every for title in (one.title, *(kr.title for kr in one.key_results))]

        return await self.asked(titles)

    async def is_clean(self):
        """Whether nothing is left behind."""

        def left(session, workspace):
            return [
                session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
                for table in ("staged_objectives", "staged_key_results", "staged_hands")
            ]

        return await self.asked(left) == [0, 0, 0]


ROWS = (
    {"Row ID": "1", "Title": "Win the market"},
    {"Row ID": "2", "Title": "500 sign-ups", "Parent": "1", "Target": "500", "Entity": ""},
)


# what somebody reads


async def test_a_dry_run_says_what_becomes_of_each_row_and_adds_nothing(folder):
    done = await folder.imports(folder.file(*ROWS, {"Title": "A task", "Type": "Task"}), "--dry-run")

    assert done.status == 0, done
    assert done.out.splitlines() == [
        f"Row 2 “Win the market” becomes an objective of the company in {folder.period}.",
        "Row 3 “500 sign-ups” becomes a key result under row 2, increase from 0 to 500, owned by Ada.",
        "Row 4 “A task” is left out. It is neither an objective nor a key result, and Cairn keeps only these.",
        "3 rows: 1 objective, 1 key result, 1 left out, 0 refused.",
        "Nothing was added.",
    ]
    assert await folder.found() == []


async def test_an_import_adds_everything_and_the_same_file_nothing_more(folder):
    file = folder.file(*ROWS)

    first, second = await folder.imports(file, "--yes"), await folder.imports(file, "--yes")

    assert first.out.splitlines()[-1] == "Added 1 objective (O-1) and 1 key result (KR-1)."
    assert second.out.splitlines()[-2:] == [
        "2 rows: 0 objectives, 0 key results, 2 left out, 0 refused.",
        "Nothing was added.",
    ]
    assert "is left out. It is here already, as O-1." in second.out
    assert await folder.found() == ["Win the market", "500 sign-ups"]
    assert await folder.is_clean()


async def test_one_row_that_cannot_be_added_keeps_all_the_others_out(folder):
    done = await folder.imports(folder.file(*ROWS, {"Title": "More", "Parent": "1", "Target": "lots"}), "--yes")

    assert done.status == 1
    assert "Row 4 “More” is refused. Target: “lots” is not a number." in done.out
    assert done.sentence == "1 row cannot be added, so nothing is. Mend the file first."
    assert await folder.found() == []


async def test_where_nobody_can_be_asked_it_says_so(folder):
    done = await folder.imports(folder.file(*ROWS))

    assert (done.status, done.sentence.split(":")[0]) == (1, "Nothing was added")
    assert await folder.found() == []


async def test_only_a_champion_or_an_admin_may(folder):
    file, gita = folder.file(*ROWS), folder.slack.person("gita").id

    sentence = await refused(folder.path, "import", file, "--as", gita, "--yes", database_url=folder.url)

    assert sentence == "You cannot import objectives. An OKR champion or an admin can."


async def test_whoever_does_it_must_be_somebody_here(folder):
    file = folder.file(*ROWS)

    said = await refused(folder.path, "import", file, "--as", "U999", database_url=folder.url)
    assert said.startswith("Cairn knows nobody with the Slack id U999.")
    elsewhere = await refused(folder.path, "import", file, "--workspace", "Nowhere", database_url=folder.url)
    assert elsewhere.startswith("Which workspace? Say --workspace and one of")


async def test_without_a_database_or_a_workspace_it_says_what_to_do(tmp_path, sqlite):
    (tmp_path / "okrs.csv").write_text(written(*ROWS))

    assert "There is no database" in await refused(tmp_path, "import", "okrs.csv")
    empty = await refused(tmp_path, "import", "okrs.csv", database_url=sqlite.fresh())
    assert empty == "Cairn has not been in any workspace yet. Start it once, with `python -m bot run`."


async def test_a_file_that_is_none_is_one_sentence(folder):
    bad = {
        "quotes.csv": b'Title,Owner Email\n"Win,ada\n',
        "damaged.xlsx": b"PK\x03\x04" + b"\1" * 100,
    }
    for name, data in bad.items():
        (folder.path / name).write_bytes(data)
    with zipfile.ZipFile(folder.path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"\0" * (101 * 2**20))

    for name in (*bad, "bomb.xlsx", "nowhere.csv"):
        assert await folder.refuses(name)


async def test_headers_that_it_does_not_know_can_be_told(folder):
    (folder.path / "okrs.csv").write_text(f"Wish,Who,When\nWin the market,{folder.ada},{folder.period}\n")
    told = ("--map", "Wish=Title", "--map", "Who=Owner Email", "--map", "When=Time Period")

    assert "No column is the title." in await folder.refuses("okrs.csv")
    assert "Added 1 objective" in (await folder.imports("okrs.csv", *told, "--yes")).out


async def test_numbers_that_can_be_read_in_two_ways_are_asked_about(folder):
    growth = {"Title": "Visits", "Parent": "1", "Target": "1.200"}
    file = folder.file(*ROWS[:1], growth)

    asked = await folder.imports(file, "--dry-run")
    told = await folder.imports(file, "--dry-run", "--decimals", "comma")
    shown = await folder.imports(
        folder.file(*ROWS[:1], growth, growth | {"Title": "Hours", "Target": "7,5"}), "--dry-run"
    )

    assert "Target: 1.200 can be read in two ways. Say --decimals point or --decimals comma." in asked.out
    assert "increase from 0 to 1,200, owned" in told.out
    assert "increase from 0 to 1,200, owned" in shown.out
    assert "increase from 0 to 7.5, owned" in shown.out
    assert asked.sentence == "1 row cannot be added, so nothing is. Mend the file first, or say --decimals."


# people


async def test_people_are_found_by_the_address_that_slack_has(folder):
    gita = folder.slack.person("gita")
    file = folder.file({"Title": "Win", "Owner Email": gita.user.email.upper()})

    without = await folder.imports(file, "--dry-run")
    done = await folder.imports(file, "--yes", **tokens(folder.slack))

    assert "Nobody here has the address" in without.out
    assert "Without SLACK_BOT_TOKEN nobody can be found by e-mail." in without.sentence
    assert "Added 1 objective" in done.out, done
    kept = await folder.asked(
        lambda session, _: (
            session.connection().exec_driver_sql("SELECT group_concat(name || slack_id) FROM members").scalar()
        )
    )
    assert "@" not in kept


async def test_where_slack_does_not_tell_addresses_a_file_does(sqlite, tmp_path):
    url = sqlite.fresh()
    async with workspace(without_scopes=["users:read.email"]) as slack:
        async with at_work(slack, url) as town:
            await town.quiet()
        folder = Folder(tmp_path, slack, url)
        gita = slack.person("gita").user
        file = folder.file({"Title": "Win", "Owner Email": "gita@old.example\nemi@old.example"})
        (tmp_path / "people.csv").write_text(
            f"Address,Person\ngita@old.example,{gita.display_name or gita.real_name}\n"
            f"emi@old.example,{slack.person('emi').id}\n"
        )

        without = await folder.imports(file, "--dry-run", **tokens(slack))
        done = await folder.imports(file, "--people", "people.csv", "--yes", **tokens(slack))

    assert "users:read.email is not granted. Name people in a file: --people." in without.sentence
    assert "Added 1 objective" in done.out, done


async def test_a_name_in_the_owner_column_means_whom_a_file_says(folder):
    gita, bo = folder.slack.person("gita"), folder.slack.person("bo")
    file = folder.file(
        {"Title": "Win", "Owner Email": "the boss"},
        {"Title": "Sail", "Owner Email": "Bo"},
        {"Title": "Swim", "Owner Email": "Emi"},
        {"Title": "Row", "Owner Email": "Somebody Else"},
    )
    (folder.path / "people.csv").write_text(
        f"Called,Person\nThe  Boss,{gita.id}\nBO,{bo.user.real_name}\nEmi,Nobody At All\n"
    )

    done = await folder.imports(file, "--dry-run", "--people", "people.csv", **tokens(folder.slack))

    assert "Row 2 “Win” becomes an objective of the company" in done.out
    assert "Row 3 “Sail” becomes an objective of the company" in done.out, done
    assert "Row 4 “Swim” is refused. Owner Email: I know nobody called “emi”." in done.out
    assert "Row 5 “Row” is refused. Owner Email: I know nobody called “somebody else”." in done.out
    assert "Row 4 of the people's file: “Nobody At All” is nobody here." in done.sentence
    assert "2 rows cannot be added, so nothing is. Mend the file first, or say --people." in done.sentence


# ends in the middle


@pytest.mark.parametrize(("at", "nth"), [("mid staging", 1), ("mid staging", 3), ("mid publishing", 1)])
async def test_an_import_that_breaks_off_leaves_nothing_to_be_seen_and_can_be_run_again(folder, at, nth):
    (folder.path / "okrs.csv").write_text(company(900, folder.ada, folder.period))

    await folder.broken_off(at, nth, "okrs.csv", "--yes", "--as", folder.ada)

    assert await folder.found() == []
    assert not await folder.is_clean() or (at, nth) == ("mid staging", 1)
    done = await folder.imports("okrs.csv", "--yes")
    assert done.out.splitlines()[-1].startswith("Added 226 objectives (O-1 to O-226)"), done
    assert len(await folder.found()) == 900
    assert await folder.is_clean()


async def test_an_import_that_breaks_off_once_it_is_all_there_is_all_there(folder):
    (folder.path / "okrs.csv").write_text(company(300, folder.ada, folder.period))

    await folder.broken_off("after publishing", 1, "okrs.csv", "--yes", "--as", folder.ada)

    assert len(await folder.found()) == 300
    assert not await folder.is_clean()
    again = await folder.imports("okrs.csv", "--yes")
    assert "300 left out" in again.out
    assert len(await folder.found()) == 300


async def test_of_two_imports_at_once_one_adds_everything(folder):
    (folder.path / "okrs.csv").write_text(company(900, folder.ada, folder.period))

    both = await asyncio.gather(folder.imports("okrs.csv", "--yes"), folder.imports("okrs.csv", "--yes"))

    assert len(await folder.found()) == 900, both
    assert sorted(done.status for done in both) in ([0, 1], [0, 0]), both


# beside a running Cairn


@pytest.mark.alone
async def test_nobody_waits_too_long_while_ten_thousand_rows_come_in(tmp_path, slack, sqlite):
    url = sqlite.fresh()
    async with at_work(slack, url) as town:
        folder, gita = Folder(tmp_path, slack, url), town.person("gita")
        await town.set_up()
        await town.objective(gita)
        await town.key_result(gita)
        await town.until(town.monday(gita))
        (tmp_path / "okrs.csv").write_text(company(10_000, folder.ada, folder.period))

        coming = asyncio.create_task(folder.imports("okrs.csv", "--yes"))
        times = 0
        while not coming.done():
            times += 1
            assert "Nobody waits for us" in (await gita.command("/okr")).text
            assert "Sign-ups a week" in (await gita.command(f"/okr update KR-1 {times % 90 + 1}")).text
            await gita.command("/checkin")
            await gita.submit({"value KR-1": str(times % 80 + 2)})
            assert not gita.errors
            await gita.close(whole_stack=True)

        done = await coming
        assert "Added 2,501 objectives (O-2 to O-2502) and 7,499 key results" in done.out, done.sentence
        assert times > 3
        assert not [each.text for each in gita.sees("general") if "failed with the error" in each.text]
        assert "The company thrives" in (await gita.command("/okr list company")).text
        assert await folder.is_clean()
