"""Strategies: any value of the domain that there can be, with the words that people should never have typed."""

from tests.strategies.measuring import bands, checklists, measures, ways
from tests.strategies.okrs import (
    dependencies,
    key_results,
    objectives,
    projections,
    references,
    several_key_results,
    several_objectives,
    tags,
)
from tests.strategies.pages import homes, lists_wanted, previews, set_ups
from tests.strategies.people import members, teams
from tests.strategies.periods import cycles, headings, plans, several_cycles
from tests.strategies.plain import HOSTILE, notes, titles, typed
from tests.strategies.records import changes, closings, comments
from tests.strategies.rituals import check_ins, helped, recognitions, thanks, updates

__all__ = [
    "HOSTILE",
    "bands",
    "changes",
    "check_ins",
    "checklists",
    "closings",
    "comments",
    "cycles",
    "dependencies",
    "headings",
    "helped",
    "homes",
    "key_results",
    "lists_wanted",
    "measures",
    "members",
    "notes",
    "objectives",
    "plans",
    "previews",
    "projections",
    "recognitions",
    "references",
    "set_ups",
    "several_cycles",
    "several_key_results",
    "several_objectives",
    "tags",
    "teams",
    "thanks",
    "titles",
    "typed",
    "updates",
    "ways",
]
