"""The pages say what the code does: their tables are its tables, their links lead somewhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import HTTP_PORT, Settings
from handlers.commands import EVERY_WORD
from scheduler.messages import KINDS
from views.help import Group

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted(ROOT.glob("docs/decisions/0*.md"))
PACKAGES = {"bot", "domain", "handlers", "operations", "sandbox", "scheduler", "storage", "views"}

TEXT = {".md", ".py", ".toml", ".txt", ".yml", ".yaml", ".cfg", ".css", ".js", ".html", ".svg", ".mako", ".example", ""}
REGISTRIES = [".".join(name) for name in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("docker", "io"))]
REGISTRIES += [".".join(name) for name in (("ghcr", "io"), ("quay", "io"), ("yarnpkg", "com"), ("anaconda", "org"))]
OF_A_MACHINE = re.compile(r"(?<![\w.}/])/(?:home|Users|root|work)/\w")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def rows(page: str, heading: str, below: str = "") -> list[list[str]]:
    """The rows of the table under this header row, each as its cells; of the first such row after `below`."""
    lines = (ROOT / page).read_text().splitlines()
    start = lines.index(heading, lines.index(below) if below else 0) + 2
    end = next(at for at in range(start, len(lines) + 1) if at == len(lines) or not lines[at].startswith("|"))
    parts = (re.split(r"(?<!\\)\|", line)[1:-1] for line in lines[start:end])
    return [[cell.strip().replace("\\|", "|") for cell in cells] for cells in parts]


def bare(cell: str) -> str:
    return cell.strip("`/")


def files() -> Iterator[Path]:
    """Every text that we wrote, wherever it lies."""
    for top in sorted(ROOT.iterdir()):
        ours = not top.name.startswith(".") or top.name in {".ci", ".env.example", ".dockerignore", ".gitignore"}
        for path in [top, *top.rglob("*")] if ours else ():
            if path.is_file() and path.suffix in TEXT:
                yield path


# tables


def test_the_readme_lists_every_command_in_the_words_and_groups_of_its_help():
    told = {group: rows("README.md", "| you type | what it does |", f"**{group}**") for group in Group}

    assert told == {
        group: [[f"`{word.usage}`", word.does] for word in EVERY_WORD.values() if word.group is group]
        for group in Group
    }


def test_the_readme_lists_every_setting_with_its_default():
    told = {bare(name): default.strip("`") for name, default, _ in rows("README.md", SETTINGS)}

    known = {name.upper(): field for name, field in Settings.model_fields.items()}
    assert told == {name: default_of(field) for name, field in known.items()}


def default_of(field) -> str:
    """What the README says of it: a port is only needed over HTTP, and then has a number of its own."""
    if field.is_required():
        return "required"
    if field.default is None:
        return f"none, or {HTTP_PORT} over HTTP"
    return "empty" if str(field.default) == "" else str(field.default)


SETTINGS = "| name | if you leave it out | meaning |"


def test_the_example_of_an_env_file_names_settings_that_there_are():
    named = re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert named
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_the_readme_lists_everything_that_cairn_says_unasked():
    assert {kind for kind, *_ in rows("README.md", "| message | goes to | when |")} == set(KINDS)


def test_the_architecture_lists_every_tick_and_how_often_it_comes():
    told = {bare(tick): seconds(often) for tick, often, _ in rows("ARCHITECTURE.md", "| tick | every | what it does |")}

    assert told == ticks()


def seconds(often: str) -> int:
    number, unit = often.split()
    return int(number) * {"s": 1, "min": 60, "h": 3600}[unit]


def ticks() -> dict[str, int]:
    """Each tick that the timetable sets up, with its seconds, read from the source."""
    calls = ast.walk(ast.parse((ROOT / "scheduler/timetable.py").read_text()))
    found = [each for each in calls if isinstance(each, ast.Call) and ast.unparse(each.func) == "self._every"]
    return {each.args[0].attr: eval(ast.unparse(each.keywords[0].value), {}) for each in found}


def test_the_architecture_lists_every_package():
    told = {bare(package) for package, *_ in rows("ARCHITECTURE.md", "| package | the question | may import |")}

    assert told == PACKAGES


def test_the_contributing_page_lists_every_folder_of_tests():
    told = {name for folder, *_ in rows("CONTRIBUTING.md", "| folder | tests | with |") for name in folder.split(", ")}

    folders = {f"tests/{path.name}" for path in (ROOT / "tests").iterdir() if (path / "__init__.py").exists()}
    assert folders <= {bare(name) for name in told}


def test_the_image_holds_every_package_that_a_real_workspace_needs():
    copied = re.findall(r"^COPY (\w+) \1$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    let_in = re.findall(r"^!(\w+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)

    assert set(copied) == set(let_in) == PACKAGES - {"sandbox"}


# what the pages point at


def test_the_pages_point_at_a_lot():
    """Or what the next tests look for would not be what the pages say."""
    assert sum(len(links(page)) for page in PAGES) > 50
    assert sum(len(anchors(page)) for page in PAGES) > 50
    assert sum(len(files_named(page)) for page in PAGES) > 50
    assert {"check", "demo"} <= set().union(*map(targets_named, PAGES))


def links(page: Path) -> list[str]:
    """The links of a page to what is here."""
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text()) if "://" not in link]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_something_that_is_there(page):
    for link in links(page):
        path, _, anchor = link.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), link
        assert not anchor or anchor in anchors(there), link


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_and_function_that_a_page_names_is_there(page):
    for package, rest in files_named(page):
        assert named(ROOT / package / rest), f"{package}/{rest}"


def files_named(page: Path) -> list[tuple[str, str]]:
    """Each file, folder or function that a page names, as its package and the rest."""
    return re.findall(rf"`({'|'.join(sorted(PACKAGES))})/([\w/.]*)`", page.read_text())


def named(what: Path) -> bool:
    """Whether it is a file, a folder, or something defined in a module: `domain/measures.moved`."""
    module = what.with_suffix(".py")
    if what.exists() or not what.suffix or not module.exists():
        return what.exists()
    return bool(
        re.search(rf"^(?:async def|def|class) {what.suffix[1:]}\b|^{what.suffix[1:]}\b.* = ", module.read_text(), re.M)
    )


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_make_target_that_a_page_names_is_there(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert targets_named(page) <= targets


def targets_named(page: Path) -> set[str]:
    asked = re.findall(r"(?:^ *|`)make ((?:[a-z]+ ?)+)(?=`|$|#| [A-Z ])", page.read_text(), re.MULTILINE)
    return {target for each in asked for target in each.split()}


# records, and what must not be written anywhere


@pytest.mark.parametrize("record", DECISIONS, ids=name_of)
def test_every_decision_is_told_in_the_same_order(record):
    text = record.read_text()

    number = int(record.name[:4])
    assert re.match(rf"# {number}\. \S", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_the_decisions_are_numbered_in_a_row_and_all_listed():
    listed = re.findall(r"\[(\d{4})\]\(([\w-]+\.md)\)", (ROOT / "docs/decisions/README.md").read_text())

    assert [name for _, name in listed] == [record.name for record in DECISIONS]
    assert [int(number) for number, _ in listed] == list(range(1, len(DECISIONS) + 1))
    assert all(name.startswith(number) for number, name in listed)


def test_no_file_names_the_host_of_a_package_registry():
    naming = [name_of(path) for path in files() if any(host in path.read_text().casefold() for host in REGISTRIES)]

    assert not naming


def test_no_file_names_a_place_on_somebody_s_machine():
    naming = [name_of(path) for path in files() if OF_A_MACHINE.search(path.read_text())]

    assert not naming


def test_the_files_that_are_looked_through_are_all_there():
    looked_at = {name_of(path) for path in files()}

    assert {"README.md", "Makefile", "Dockerfile", ".ci/run", "requirements/run.txt", "bot/cli.py"} <= looked_at
