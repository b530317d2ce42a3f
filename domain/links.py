"""Links to objectives and key results on a domain of the company's own: https://okr.example.com/O-12."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from domain.references import Reference, reference
from domain.words import unescaped

_PATH = re.compile(r"/(?:okr/)?((?:KR|O)-\d{1,9})/?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Shared:
    """A message in which such links were shared: its conversation, its `ts`, and what Slack knows the sharing by.

    `links` by their addresses, just as Slack wrote them: only so does it take them back.
    """

    channel: str
    ts: str
    unfurl_id: str
    source: str
    links: dict[str, Reference]


def linked(url: str, domain: str) -> Reference | None:
    """What a link leads to, if it is one of this domain's or of a domain below it; "" is nobody's domain."""
    try:
        parts = urlsplit(unescaped(url))
        host = f".{parts.hostname or ''}"
    except ValueError:
        return None
    path = _PATH.fullmatch(parts.path)
    ours = bool(domain) and host.endswith(f".{domain.casefold()}") and parts.scheme in {"http", "https"}
    return reference(path[1]) if ours and path else None
