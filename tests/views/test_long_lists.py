"""However much there is to say, Slack takes it: what there is no room for is counted."""

from collections.abc import Callable, Sequence

import pytest

from tests.examples import ADA, NOW, check_in, dependency, heading, key_result, moment, recognition, team, update
from tests.examples import cycle as cycle_of
from tests.views.slack import assert_slack_takes, words_of
from views import check_ins, cycles, dependencies, reminders, teams
from views import recognition as thanks
from views.blocks import Message, View

MANY = range(44, 54)
"""Around the 50 blocks of a message."""


def krs(n: int) -> Sequence:
    return [key_result(number) for number in range(1, n + 1)]


DRAWN: dict[str, Callable[[int], Message | View]] = {
    "the prompt of a check-in": lambda n: check_ins.prompt(ADA, check_in(), krs(n), moment()),
    "its receipt": lambda n: check_ins.receipt(check_in(), krs(n), [update(kr) for kr in krs(n)], moment()),
    "its answer": lambda n: check_ins.recorded(check_in(), krs(n), [update(kr) for kr in krs(n)], moment()),
    "its form": lambda n: check_ins.form(check_in(), krs(n), moment()),
    "what is open between teams": lambda n: dependencies.open_now(
        [dependency(number) for number in range(n // 2)], [dependency(number) for number in range(n // 2, n)], ADA
    ),
    "thanks": lambda n: thanks.listed([recognition(number) for number in range(1, n + 1)]),
    "who has no objectives yet": lambda n: reminders.begun(
        cycle_of(), [heading(number) for number in range(1, n + 1)], NOW.date()
    ),
    "teams": lambda n: teams.teams([team(number) for number in range(1, 2 * n)], ADA, groups_offered=False),
    "cycles": lambda n: cycles.listed([cycle_of()] * n, NOW.date(), ADA),
}


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_however_many_there_are_slack_takes_it_and_the_rest_is_counted(draw: Callable[[int], Message | View]) -> None:
    drawn = [draw(n) for n in MANY]

    for each in drawn:
        assert_slack_takes(each)
    assert "…and " in words_of(drawn[-1]["blocks"])
