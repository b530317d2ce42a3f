"""Links to objectives that people share."""

import asyncio
from collections.abc import Mapping
from typing import Any

from domain.links import Shared, linked
from handlers.request import QUICK, Request
from handlers.slack import UNANSWERED
from operations import links

MOST = 1_000
"""People in a conversation whom Slack lists at once; of a larger one nobody knows quickly who is there."""


async def shared(request: Request) -> None:
    """Somebody shared links to objectives: what everybody there may read is shown below."""
    what = _shared(request.event, request.desk.unfurl_domain)
    if what.links:
        await request.run(links.shared, what, await _present(request, what.channel), request.now)
    await request.ack()


def _shared(event: Mapping[str, Any], domain: str) -> Shared:
    """What was shared in a message that has been sent; in one that is still being written, nothing."""
    urls = [str(each.get("url")) for each in event.get("links") or ()]
    found = {url: ref for url in urls if (ref := linked(url, domain))}
    source, unfurl_id = str(event.get("source") or ""), str(event.get("unfurl_id") or "")
    sent = bool(unfurl_id) and source == "conversations_history"
    return Shared(str(event.get("channel")), str(event.get("message_ts")), unfurl_id, source, found if sent else {})


async def _present(request: Request, channel: str) -> list[str] | None:
    """Everybody who is in the conversation; None where Slack does not say, or not in time."""
    asking = request.desk.client.conversations_members(channel=channel, limit=MOST)
    try:
        found = await asyncio.wait_for(asking, QUICK)
    except UNANSWERED:
        return None
    more = (found.get("response_metadata") or {}).get("next_cursor")
    return None if more else [str(id) for id in found.get("members") or ()]
