"""The mirror of who is in the workspace: read whole at the start and once a day, kept current by events in between."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from domain.people import Profile, WorkspaceId
from operations import directory, notices
from scheduler.verdicts import Fate, verdict
from storage.database import Database
from views.people import profile

log = logging.getLogger("cairn.directory")

PAGE = 200


class Directory:
    """Everybody in one workspace, as Slack lists them."""

    def __init__(
        self, db: Database, client: AsyncWebClient, workspace: WorkspaceId, calendar: Callable[[], datetime]
    ) -> None:
        self._db, self._client, self._workspace, self._calendar = db, client, workspace, calendar

    async def refresh(self) -> None:
        """Read the whole list; where a workspace does not offer it, people are met one by one as they come along."""
        without_zone = 0
        try:
            async for page in self._pages():
                without_zone += sum(1 for each in page if each.zone is None and each.active and each.kind != "bot")
                await self._db.run(directory.keep_profiles, self._workspace, page, self._calendar())
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            found = verdict(error)
            log.warning("the list of people could not be read", extra={"error": found.error})
            await self._notice("people", found.error)
            return
        except Exception:
            log.exception("the list of people could not be kept")
            return
        await self._db.run(notices.mended, self._workspace, "people")
        if without_zone:
            await self._notice("zones", str(without_zone))

    async def _pages(self) -> AsyncIterator[list[Profile]]:
        async for page in pages(self._client):
            yield [profile(user) for user in page]

    async def _notice(self, topic: str, detail: str) -> None:
        await self._db.run(notices.notice, self._workspace, topic, detail, self._calendar())


async def pages(client: AsyncWebClient) -> AsyncIterator[list[dict[str, Any]]]:
    """Everybody in a workspace as Slack describes them, page by page."""
    cursor = ""
    while True:
        answer = await _page(client, cursor)
        yield [user for user in answer.get("members") or () if user.get("id")]
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return


async def _page(client: AsyncWebClient, cursor: str) -> Any:
    """One page, waiting where Slack asks us to."""
    while True:
        try:
            return await client.users_list(limit=PAGE, cursor=cursor or None)
        except SlackApiError as error:
            found = verdict(error)
            if found.fate is not Fate.LATER or found.rest is None:
                raise
            await asyncio.sleep(found.rest)
