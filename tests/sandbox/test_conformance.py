"""The conformance table is complete and true: every rule has its tests, every refusal has its rule."""

import ast
import re
from pathlib import Path

import pytest

from sandbox import block_kit
from tests.sandbox.conformance import CHAPTERS, PAGE, ROOT, TABLE, page, rules

HERE = Path(__file__).parent
RULES = rules()

HANDED_A_REFUSAL = ("SlackError", "_own_message", "self._lose")
"""The functions of the sandbox that are given the name of a refusal."""


def test_nothing_stands_twice():
    said = [rule.says for rule in RULES]
    assert len(said) == len(set(said))
    sections = re.findall(r'^"([\d.]+)":$', TABLE.read_text(), re.MULTILINE)
    assert sorted(set(sections)) == sorted(sections) == sorted({rule.source for rule in RULES})


def test_the_rules_follow_their_sources():
    sources = [[int(number) for number in rule.source.split(".")] for rule in RULES]
    assert sources == sorted(sources)
    assert {str(chapter) for chapter, *_ in sources} <= set(CHAPTERS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)
def test_every_rule_has_its_tests(rule):
    assert rule.tests
    for test in rule.tests:
        file, _, name = test.partition("::")
        assert name in names_in(file), test


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.error], ids=lambda rule: rule.says)
def test_the_tests_of_a_refusal_name_it(rule):
    files = {test.partition("::")[0] for test in rule.tests}
    assert any(f'"{rule.error}"' in (HERE / file).read_text() for file in files)


def test_every_refusal_of_the_sandbox_has_its_rule():
    known = {rule.error for rule in RULES if rule.error}
    assert refusals() == known


def test_the_page_is_the_table():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.sandbox.conformance"


def names_in(file):
    """The names of the tests in a file."""
    defined = ast.walk(ast.parse((HERE / file).read_text()))
    functions = (each for each in defined if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
    return {each.name for each in functions if each.name.startswith("test_")}


def refusals():
    """Every error that the sandbox answers with, read from its source."""
    trees = [ast.parse(path.read_text()) for path in (ROOT / "sandbox").rglob("*.py")]
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    naming = [call.args for call in calls if ast.unparse(call.func) in HANDED_A_REFUSAL and call.args]
    named = {code for args in naming for arg in args for code in re.findall(r"'([a-z_]+)'", ast.unparse(arg))}
    tables = (block_kit.ERROR_OF_PROBLEM, block_kit.ERROR_OF_MESSAGE, block_kit.ERROR_OF_ARGUMENT)
    return named - {"error"} | {error for table in tables for error in table.values()}
