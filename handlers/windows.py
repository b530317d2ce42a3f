"""Windows in front of somebody: Slack stacks three, and takes no fourth."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from views.blocks import View

Json = Mapping[str, Any]


async def show(client: AsyncWebClient, body: Json, view: View) -> None:
    """Show a window: on its own, on top of the one that somebody acted in, or instead of that where it is the third."""
    below = body.get("view") or {}
    if body.get("type") != "block_actions" or below.get("type") != "modal":
        await client.views_open(trigger_id=str(body.get("trigger_id")), view=view)
    elif is_third(below):
        await client.views_update(view_id=str(below.get("id")), view=view)
    else:
        await client.views_push(trigger_id=str(body.get("trigger_id")), view=view)


def is_third(view: Json) -> bool:
    """Whether nothing can be put on top of this window."""
    return view.get("previous_view_id") not in {None, view.get("root_view_id")}
