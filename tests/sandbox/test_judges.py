"""Two libraries that know nothing of us judge what Cairn sends; a page lists where they and our validator disagree."""

import ast
from collections import Counter
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from tests import examples
from tests.sandbox.judged import CASES
from tests.sandbox.judges import ACCEPTS, JUDGES, REFUSES, disagree, verdicts
from tests.test_docs import rows
from tests.views import test_alignment, test_dependencies, test_what_slack_takes
from views import check_ins, objectives

ROOT = Path(__file__).parents[2]
PAGE = "docs/sandbox-judges.md"
HEADER = "| what is sent | we | slack_sdk | slackblocks | why we side as we do |"

DRAWN = (test_what_slack_takes, test_alignment, test_dependencies)
TESTS = [
    (module, name)
    for module in DRAWN
    for name in vars(module)
    if name.startswith("test_slack_takes" if module is not test_what_slack_takes else "test_")
]


def drawing():
    """Every function that draws a whole message or view, as `module.name`."""
    found = set()
    for file in (ROOT / "views").glob("*.py"):
        functions = [each for each in ast.parse(file.read_text()).body if isinstance(each, ast.FunctionDef)]
        whole = [each for each in functions if each.returns and ast.unparse(each.returns) in ("Message", "View")]
        found |= {f"{file.stem}.{each.name}" for each in whole if not each.name.startswith("_")}
    return found - {"blocks.modal", "blocks.home"}  # what the others are made with


def assert_all_take(drawn):
    """Nobody refuses it; where a library does not know something in it, the others have judged."""
    said = verdicts(undisputed(dict(drawn)))
    assert said["we"] == ACCEPTS
    assert REFUSES not in said.values(), (said, drawn)
    return said


def undisputed(drawn):
    """It without the one thing of ours that slackblocks has wrong: which option of a group is chosen (see the page)."""
    if isinstance(drawn, list):
        return [undisputed(each) for each in drawn]
    if not isinstance(drawn, dict):
        return drawn
    disputed = {"initial_option"} if "option_groups" in drawn else set()
    return {key: undisputed(value) for key, value in drawn.items() if key not in disputed}


@pytest.mark.parametrize(("module", "name"), TESTS, ids=[name for _, name in TESTS])
def test_what_cairn_sends_is_taken_by_all_three_judges(module, name, monkeypatch):
    known = Counter()

    def judged(drawn):
        known.update(judge for judge, verdict in assert_all_take(drawn).items() if verdict == ACCEPTS)

    monkeypatch.setattr(module, "assert_slack_takes", judged)
    getattr(module, name)()

    assert set(known) == set(JUDGES)  # each of them knew at least some of it


def test_what_cairn_says_with_nothing_much_to_say_is_taken_by_all_three_judges():
    who = examples.member()
    assert_all_take(check_ins.nothing_open(date(2026, 11, 30), owns_any=True))
    assert_all_take(check_ins.nothing_open(None, owns_any=False))
    assert_all_take(check_ins.all_scored())
    assert_all_take(objectives.listed("Growth", [examples.objective()], examples.moment(), who))
    assert_all_take(objectives.listed("Growth", [], examples.moment(), who))


def test_everything_that_cairn_can_draw_has_been_before_the_judges():
    judged = {*called(__file__)}.union(*(called(module.__file__) for module in DRAWN))

    assert drawing() <= judged


def called(file):
    """The functions of modules that are called in a file, as `module.name`, by the module that defines them."""
    calls = [each for each in ast.walk(ast.parse(Path(file).read_text())) if isinstance(each, ast.Call)]
    named = [ast.unparse(each.func).split(".") for each in calls if isinstance(each.func, ast.Attribute)]
    return {home_of(*each) for each in named if len(each) == 2}


def home_of(module, name):
    """Where a function is defined that is called through another module, which hands it on."""
    if not (ROOT / f"views/{module}.py").exists():
        return f"{module}.{name}"
    function = getattr(import_module(f"views.{module}"), name, None)
    return f"{getattr(function, '__module__', module).removeprefix('views.')}.{name}"


def test_the_page_lists_every_disagreement_and_says_why():
    told = {what: (dict(zip(JUDGES, said, strict=True)), why) for what, *said, why in rows(PAGE, HEADER)}
    found = {what: said for what, drawn in CASES.items() if disagree(said := verdicts(drawn))}

    assert {what: said for what, (said, _) in told.items()} == found
    assert all(len(why) > 20 for _, why in told.values())


def test_the_page_counts_the_cases_on_which_all_agree():
    agreed = sum(not disagree(verdicts(drawn)) for drawn in CASES.values())

    assert f"{len(CASES)} cases, {agreed} of them agreed on" in (ROOT / PAGE).read_text()
