"""Whom a file means: by Slack id, by a mapping file, or by what Slack itself knows of people, which is kept nowhere."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import sheets
from domain.people import Member
from domain.sheets import Row, text
from scheduler.directory import pages
from scheduler.verdicts import UNANSWERED, verdict

NOT_GRANTED = (
    "Slack does not tell Cairn e-mail addresses: users:read.email is not granted. Name people in a file: --people."
)


Named = Mapping[str, frozenset[str]]
"""The Slack ids of those who have a name, in small letters."""


@dataclass(frozen=True, slots=True)
class Told:
    """What Slack says of people: the ids of those with the addresses that were wanted, and of those with each name."""

    addresses: dict[str, str] = field(default_factory=dict)
    names: Named = field(default_factory=dict)
    sentence: str = ""
    """Why it does not tell, if it does not."""


def explained(file: Path) -> list[Row]:
    """The rows of a mapping file: what the import calls somebody, then their Slack id or a name."""
    return [row for row in sheets.read(file) if len(row.cells) > 1]


def named(folk: Iterable[Member]) -> Named:
    """Those who are here, by their Slack ids and their names."""
    return _gathered((name, each.slack_id) for each in folk for name in (each.slack_id, each.name))


def mapped(rows: Sequence[Row], *known: Named) -> tuple[dict[str, str], list[str]]:
    """The Slack ids that a mapping file gives, and a sentence for each row that does not say who is meant.

    A header is passed over. Those who are `known` first count more.
    """
    found: dict[str, str] = {}
    lost = []
    for at, row in enumerate(rows):
        ids = next(filter(None, (names.get(_second(row)) for names in known)), frozenset())
        if len(ids) == 1:
            found[_first(row)] = next(iter(ids))
        elif ids or at:
            why = "is the name of several people: write a Slack id" if ids else "is nobody here"
            lost.append(f"Row {row.number} of the people's file: “{text(row.cells[1])[:60]}” {why}.")
    return found, lost


def by_slack_id(names: Collection[str], folk: Sequence[Member]) -> dict[str, str]:
    """Those who are called by their Slack id."""
    here = {each.slack_id.casefold(): each.slack_id for each in folk}
    return {name: here[name] for name in names if name in here}


async def told(client: AsyncWebClient, wanted: Collection[str]) -> Told:
    """What Slack says of people, of whom these e-mail addresses are wanted."""
    addresses: dict[str, str] = {}
    names: list[tuple[str, str]] = []
    tells = False
    sentence = ""
    try:
        async for page in pages(client):
            here = [user for user in page if not user.get("deleted")]
            theirs = {_address(user): str(user["id"]) for user in here}
            tells = tells or any(theirs)
            addresses |= {address: id for address, id in theirs.items() if address in wanted}
            names += ((name, str(user["id"])) for user in here for name in _names(user))
    except SlackApiError as error:
        sentence = f"Slack did not say who people are ({verdict(error).error}). Name them in a file: --people."
    except UNANSWERED:
        sentence = "Slack could not be reached to ask who people are. Name them in a file: --people."
    return Told(addresses, _gathered(names), sentence or ("" if tells or not wanted else NOT_GRANTED))


def _address(user: Mapping[str, object]) -> str:
    return _said(user, "email")


def _names(user: Mapping[str, object]) -> set[str]:
    """What somebody is called in Slack: the name that they show, and the one that they have."""
    return {_said(user, "display_name"), _said(user, "real_name")} - {""}


def _said(user: Mapping[str, object], what: str) -> str:
    profile = user.get("profile")
    return str(profile.get(what) or "").casefold() if isinstance(profile, Mapping) else ""


def _gathered(pairs: Iterable[tuple[str, str]]) -> Named:
    found: dict[str, set[str]] = {}
    for name, id in pairs:
        found.setdefault(_tidied(name), set()).add(id)
    return {name: frozenset(ids) for name, ids in found.items()}


def _first(row: Row) -> str:
    return _tidied(text(row.cells[0]))


def _second(row: Row) -> str:
    return _tidied(text(row.cells[1]).removeprefix("@"))


def _tidied(name: str) -> str:
    return " ".join(name.split()).casefold()
