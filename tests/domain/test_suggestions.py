"""What is suggested for a few letters: a title with these words in it, or what a reference names."""

import pytest

from domain.objectives import Objective
from domain.suggestions import MOST, suggestions
from tests.examples import key_result, objective

SIGN_UPS, HELP = key_result(7, "500 sign-ups a week"), key_result(8, "Help pages for all of it")
GROW: Objective = objective(1, "Grow in Europe", key_results=(SIGN_UPS, HELP))
SHIP: Objective = objective(2, "Ship weekly", key_results=())


@pytest.mark.parametrize(
    ("typed", "fitting"),
    [
        ("", ["O-1", "KR-7", "KR-8", "O-2"]),
        ("ship", ["O-2"]),
        ("WEEK", ["KR-7", "O-2"]),
        ("europe grow", ["O-1"]),
        ("week sign", ["KR-7"]),
        ("o-2", ["O-2"]),
        ("kr 8", ["KR-8"]),
        ("kr-99", []),
        ("nothing like it", []),
        ("%", []),
    ],
)
def test_what_fits_is_suggested(typed, fitting):
    found = suggestions([GROW, SHIP], typed)
    refs = [
        str(ref)
        for each in found
        for ref in ([each.objective.ref] if each.itself else []) + [kr.ref for kr in each.objective.key_results]
    ]
    assert refs == fitting


def test_no_more_is_suggested_than_slack_shows():
    parts = tuple(key_result(n) for n in range(1, 8))
    found = suggestions([objective(n, key_results=parts) for n in range(1, 31)], "")
    assert sum(each.itself + len(each.objective.key_results) for each in found) == MOST
