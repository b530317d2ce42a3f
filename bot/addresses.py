"""Whom a file means: by Slack id, by a mapping file, or by the e-mail address that Slack has, which is kept nowhere."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import sheets
from domain.errors import Refusal
from domain.people import Member
from domain.sheets import Row, text
from scheduler.directory import pages
from scheduler.verdicts import UNANSWERED, verdict

NOT_GRANTED = (
    "Slack does not tell Cairn e-mail addresses: users:read.email is not granted. Name people in a file: --people."
)


def mapped(file: Path, folk: Sequence[Member]) -> dict[str, str]:
    """The Slack ids that a mapping file gives: what the import calls somebody, then their Slack id or their name.

    A header is passed over. Raises `Refusal` where somebody is not here, or two have the name.
    """
    rows = [row for row in sheets.read(file) if len(row.cells) > 1]
    known = _named(folk)
    first = rows[:1] if rows and not known.get(_second(rows[0])) else []
    return {text(row.cells[0]).casefold(): _whom(row, known) for row in rows[len(first) :]}


def by_slack_id(names: Collection[str], folk: Sequence[Member]) -> dict[str, str]:
    """Those who are called by their Slack id."""
    here = {each.slack_id.casefold(): each.slack_id for each in folk}
    return {name: here[name] for name in names if name in here}


async def by_address(client: AsyncWebClient, wanted: Collection[str]) -> tuple[dict[str, str], str]:
    """Those whom Slack has these e-mail addresses of, and a sentence where it does not tell."""
    found: dict[str, str] = {}
    told = False
    try:
        async for page in pages(client):
            theirs = {_address(user): str(user["id"]) for user in page if not user.get("deleted")}
            told = told or any(theirs)
            found |= {address: id for address, id in theirs.items() if address in wanted}
    except SlackApiError as error:
        return found, f"Slack did not say who people are ({verdict(error).error}). Name them in a file: --people."
    except UNANSWERED:
        return found, "Slack could not be reached to ask who people are. Name them in a file: --people."
    return found, "" if told else NOT_GRANTED


def _address(user: Mapping[str, object]) -> str:
    profile = user.get("profile")
    return str(profile.get("email") or "").casefold() if isinstance(profile, Mapping) else ""


def _named(folk: Sequence[Member]) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for each in folk:
        for name in (each.slack_id, each.name):
            known.setdefault(name.casefold(), []).append(each.slack_id)
    return known


def _second(row: Row) -> str:
    return text(row.cells[1]).removeprefix("@").casefold()


def _whom(row: Row, known: Mapping[str, list[str]]) -> str:
    found = known.get(_second(row), [])
    if len(found) != 1:
        why = "is the name of several people: write a Slack id" if found else "is nobody here"
        raise Refusal(f"Row {row.number} of the people's file: “{text(row.cells[1])[:60]}” {why}.")
    return found[0]
