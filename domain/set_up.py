"""Setting Cairn up: what an admin decides before it writes to anybody."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.errors import Refusal
from domain.people import Member

LATEST = timedelta(days=366)
"""How far ahead the first check-in may be; beyond it people have mistyped."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """An admin's decisions; channel and champion by Slack id, no pilot teams means everyone.

    What a form left `alone` is named: it stays as it has been decided by then. `drawn` are the lists that it was shown
    with.
    """

    channel: str | None
    champion: str | None
    pilot_teams: tuple[int, ...]
    first_check_in: date
    alone: frozenset[str] = frozenset()
    drawn: Mapping[str, Container[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would get what, if these decisions were confirmed now.

    `asked` are the people who own a key result today and so would be asked first; `later` how many more take part and
    will be asked once they own one; `channel_problem` says why thanks could not be posted there yet.
    """

    choices: SetUp
    asked: tuple[Member, ...]
    later: int
    channel_problem: str | None = None


def checked(choices: SetUp, everyone: bool, today: date, kept: date | None = None) -> SetUp:
    """The decisions, if they hold together; raises `Refusal` beside the field that is wrong.

    `kept` is the first day as it has been chosen before: it may have passed, as long as nobody changes it.
    """
    if choices.first_check_in < today and choices.first_check_in != kept:
        raise Refusal("That day has passed. Choose today or a later day.", "first")
    if choices.first_check_in > today + LATEST:
        raise Refusal("That is more than a year away. Choose an earlier day.", "first")
    if not everyone and not choices.pilot_teams:
        raise Refusal("Choose at least one pilot team, or everyone.", "teams")
    return choices
