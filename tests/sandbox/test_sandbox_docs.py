"""The page about the sandbox: its examples do what they say, its tables are those of the code."""

import asyncio
import re

import pytest

from sandbox.__main__ import parser
from sandbox.company import company
from sandbox.web.door import VERBS
from sandbox.web_api import METHODS
from tests.sandbox.alone import PATIENCE, ROOT, process, written
from tests.sandbox.conftest import MANIFEST


def written_in_the_page(language):
    """The blocks in this language in the page about the sandbox."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs/sandbox.md").read_text(), re.DOTALL)


@pytest.mark.parametrize("number", range(2))
async def test_an_example_in_the_page_does_what_it_says(tmp_path, number):
    (tmp_path / "manifest.yml").write_text(MANIFEST.read_text())
    (tmp_path / "test_example.py").write_text(written_in_the_page("python")[number])
    async with process("test_example.py", module="pytest", folder=tmp_path) as run:
        out, _ = await asyncio.wait_for(run.communicate(), PATIENCE)

    assert run.returncode == 0, out.decode()
    assert b"1 passed" in out


def test_every_example_in_the_page_is_run():
    assert len(written_in_the_page("python")) == 2


def test_the_people_of_the_page_can_move_in(tmp_path):
    (text,) = written_in_the_page("yaml")

    assert company("parrot", written(tmp_path, text)).name == "Two and a Bot"


def test_the_page_lists_every_option():
    page = (ROOT / "docs/sandbox.md").read_text()
    told = set(re.findall(r"^\| `(--[a-z-]+)", page, re.MULTILINE))

    assert told == {option for action in parser()._actions for option in action.option_strings} - {"-h", "--help"}


def test_the_page_lists_every_verb_of_the_door():
    told = re.findall(r"`POST /people/\{handle\}/(\w+)`", (ROOT / "docs/sandbox.md").read_text())

    assert sorted(told) == sorted(VERBS)


def test_the_page_lists_every_method(slack):
    _, told = (ROOT / "docs/sandbox.md").read_text().split("## Its methods")

    assert sorted(re.findall(r"`([\w.]+)`", told)) == sorted([*METHODS, *slack._front_door._own])
