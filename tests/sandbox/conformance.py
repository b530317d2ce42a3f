"""What Slack does, rule by rule, with its source and the tests that prove that the sandbox does it too.

`python -m tests.sandbox.conformance` writes the page of it.
"""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_suffix(".yml")
PAGE = ROOT / "docs" / "sandbox-conformance.md"

CHAPTERS = {
    "1": "Block Kit",
    "2": "Interaction",
    "3": "Rate limits and calls",
    "4": "Security and installation",
    "5": "People and groups",
    "6": "Files and images",
    "7": "App Home, tabs, shortcuts and links",
    "8": "Manifest and scopes",
}

PREAMBLE = """# How the sandbox keeps Slack's rules

Each rule, the section of `slack.md` (the project's reference of Slack's behaviour, which cites Slack's own pages) that
it comes from, what Slack calls the refusal where it is one, and the tests in `tests/sandbox` that prove it. The table
is `tests/sandbox/conformance.yml`; `python -m tests.sandbox.conformance` writes this page from it.
"""


@dataclass(frozen=True)
class Rule:
    source: str
    """The section of slack.md."""
    says: str
    error: str
    """What Slack calls the refusal; "" where it is none."""
    tests: tuple[str, ...]
    """`test_file.py::test_name`, below tests/sandbox."""

    @property
    def chapter(self) -> str:
        return CHAPTERS[self.source.partition(".")[0]]


def rules() -> list[Rule]:
    """The table, in the order of its sources."""
    written = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return [
        Rule(source, each["rule"], each.get("error", ""), tuple(each["tests"]))
        for source, listed in written.items()
        for each in listed
    ]


def page() -> str:
    """The table for people to read."""
    parts = [PREAMBLE]
    for chapter, told in groupby(rules(), lambda rule: rule.chapter):
        head = f"\n## {chapter}\n\n| rule | refused as | source | proved by |\n| --- | --- | --- | --- |\n"
        parts += [head, *(_row(rule) for rule in told)]
    return "".join(parts)


def _row(rule: Rule) -> str:
    error = f"`{rule.error}`" if rule.error else ""
    return f"| {rule.says} | {error} | {rule.source} | {'<br>'.join(f'`{test}`' for test in rule.tests)} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
