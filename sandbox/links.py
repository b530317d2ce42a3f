"""Links that people share: which of them are the app's to unfurl, and what it was told of them."""

import re
import secrets
from collections.abc import Collection
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from sandbox.archive import Archive
from sandbox.records import Json

LINK = re.compile(r"<(https?://[^<>|]+)(?:\|[^<>]*)?>")
"""A link as Slack writes it in a message."""


@dataclass
class Shared:
    """The links of one message that the app was told of in a `link_shared`."""

    unfurl_id: str
    channel: str
    ts: str
    urls: list[str]
    is_heard: bool = False
    """Whether the app has acknowledged that."""


class Links:
    """All that a workspace has told the app of links, by `unfurl_id`."""

    def __init__(self, archive: Archive) -> None:
        """What was told so far is in the archive."""
        self._archive = archive
        self._told = {key: Shared(**each) for key, each in archive.read("links").items()}

    def share(self, channel_id: str, ts: str, urls: list[str]) -> Shared:
        """The app is about to be told of these links in this message."""
        return self._keep(Shared(f"{channel_id}.{ts}.{secrets.token_hex(32)}", channel_id, ts, urls))

    def hear(self, unfurl_id: str) -> None:
        """The app has acknowledged this."""
        self._told[unfurl_id].is_heard = True
        self._keep(self._told[unfurl_id])

    def with_id(self, unfurl_id: str) -> Shared | None:
        """What was told under this id."""
        return self._told.get(unfurl_id)

    def of(self, channel_id: str, ts: str) -> Shared | None:
        """What was told of this message."""
        return next((each for each in self._told.values() if (each.channel, each.ts) == (channel_id, ts)), None)

    def _keep(self, shared: Shared) -> Shared:
        self._archive.write("links", shared.unfurl_id, asdict(shared))
        self._told[shared.unfurl_id] = shared
        return shared


def links_in(text: str) -> list[str]:
    """The links of a message's text, each once.

    They stay as they stand there, `&` as `&amp;`: so they are told (slackapi/python-slack-events-api#49).
    """
    return list(dict.fromkeys(LINK.findall(text)))


def links_of(domains: Collection[str], text: str) -> list[Json]:
    """The links whose host is one of these domains, or below one: `domain` and `url`, as `link_shared` lists them."""
    found = [(_domain(url, domains), url) for url in links_in(text)]
    return [{"domain": domain, "url": url} for domain, url in found if domain]


def _domain(url: str, domains: Collection[str]) -> str | None:
    host = f".{urlsplit(url).hostname or ''}"
    return next((each for each in domains if host.endswith(f".{each.casefold()}")), None)
