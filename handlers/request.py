"""One delivery from Slack, as a handler sees it: who asks, what came with it, and the few ways to answer."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from domain.errors import NotAllowed, Refusal, Settled
from domain.landmarks import passed
from domain.people import Kind, Member, Profile, WorkspaceId
from domain.words import MENTION
from handlers import windows
from handlers.slack import UNANSWERED, code_of
from operations import people
from operations.hearing import Heard, Stranger, ask, hear, learn
from storage import people as members
from storage.database import Database, Session
from views.blocks import Block, Message, View
from views.blocks import modal as readable
from views.people import profile

P = ParamSpec("P")
T = TypeVar("T")
Json = Mapping[str, Any]

TYPED = 100
"""Characters of what is being typed that are looked at."""

QUICK = 1.0
"""Seconds that a look at Slack may take before an operation; after that our own mirror has to do."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every request is served with: the database, Slack, the two clocks, and a way to wake the courier.

    `unfurl_domain` is the one whose links are ours; "" for none.
    """

    db: Database
    client: AsyncWebClient
    workspace: WorkspaceId
    response_hosts: frozenset[str]
    calendar: Callable[[], datetime]
    stopwatch: Callable[[], datetime]
    wake: Callable[[], None]
    unfurl_domain: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that somebody did in Slack."""

    desk: Desk
    body: Json
    heard: Heard
    acknowledge: Callable[..., Awaitable[Any]]

    # what came

    @property
    def now(self) -> datetime:
        """What day and hour it is for rituals."""
        return self.desk.calendar()

    @property
    def view(self) -> Json:
        """The form that was submitted."""
        return self.body.get("view") or {}

    @property
    def action(self) -> Json:
        """What was pressed or chosen."""
        return next(iter(self.body.get("actions") or ()), {})

    @property
    def pressed(self) -> str:
        """The value behind what was pressed or chosen: never trusted, always loaded and authorised again."""
        option = self.action.get("selected_option") or {}
        value = option.get("value") or self.action.get("selected_user") or self.action.get("value") or ""
        return str(value).replace("\0", "")

    @property
    def typed(self) -> str:
        """What has been typed so far where something is to be chosen."""
        return str(self.body.get("value") or "").replace("\0", "")[:TYPED]

    @property
    def event(self) -> Json:
        """What happened, for an event."""
        return self.body.get("event") or {}

    # what it does

    async def run(self, verb: Callable[Concatenate[Session, Member, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something for the actor, once, in one transaction; raises `HeardBefore` for a repetition."""
        await self._from_here()
        try:
            done = await self.desk.db.run(hear, self.heard, self.desk.stopwatch(), verb, *args, **kwargs)
        except Stranger:
            await self.meet([self.heard.actor])
            done = await self.desk.db.run(hear, self.heard, self.desk.stopwatch(), verb, *args, **kwargs)
        passed("after commit before ack")
        self.desk.wake()
        return done

    async def learn(
        self, verb: Callable[Concatenate[Session, WorkspaceId, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Keep what Slack tells of somebody, once; raises `HeardBefore` for a repetition."""
        done = await self.desk.db.run(learn, self.heard, self.desk.stopwatch(), verb, *args, **kwargs)
        passed("after commit before ack")
        self.desk.wake()
        return done

    async def read(
        self, question: Callable[Concatenate[Session, Member, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Ask something for the actor; it leaves no trace."""
        await self._from_here()
        try:
            return await self.desk.db.read(ask, self.heard, question, *args, **kwargs)
        except Stranger:
            await self.meet([self.heard.actor])
            return await self.desk.db.read(ask, self.heard, question, *args, **kwargs)

    async def named(self, text: str) -> str:
        """The text with people called by name where they are mentioned."""
        if not MENTION.search(text):
            return text
        return await self.desk.db.read(people.with_names, self.desk.workspace, text)

    async def meet(self, slack_ids: Collection[str]) -> None:
        """Get to know those of these people whom Cairn has not met, as Slack describes them."""
        known = await self.desk.db.read(members.members, self.desk.workspace, tuple(slack_ids))
        missing = set(filter(None, slack_ids)) - {member.slack_id for member in known}
        if missing:
            found = [each for each in await asyncio.gather(*map(self._profile, missing)) if each]
            await self.desk.db.run(people.keep_profiles, self.desk.workspace, found, self.now)

    # how it is answered

    async def ack(self, **answer: Any) -> None:
        """Acknowledge: always the last thing a handler does, after everything it did has been kept."""
        await self.acknowledge(**answer)

    async def answer(self, message: Message) -> None:
        """Answer a command, for its reader only."""
        await self.acknowledge(text=message["text"], blocks=message["blocks"], response_type="ephemeral")

    async def suggest(self, groups: Sequence[Block]) -> None:
        """Answer what is being typed with what can be chosen, in groups."""
        await self.acknowledge(**({"option_groups": list(groups)} if groups else {"options": []}))

    async def conclude(self, title: str, message: Message) -> None:
        """Put the outcome in place of the form that was submitted; closing it closes whatever lies below."""
        await self.acknowledge(response_action="update", view=_outcome(title, message))

    async def open(self, view: View) -> None:
        """Show a form: over the one that is open, or on its own."""
        try:
            await windows.show(self.desk.client, self.body, view)
        except SlackApiError as error:
            if code_of(error) in {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"}:
                raise Refusal("That took a moment too long and Slack closed the door. Please try once more.") from error
            raise

    async def tell(self, message: Message) -> None:
        """Say the outcome in place of the form or the message where it was pressed; a Home is shown afresh anyway."""
        if self.view.get("type") == "modal":
            await self.redraw(_outcome("Done", message))
        else:
            await self.replace(message)

    async def redraw(self, view: View) -> None:
        """Draw the open form anew, as well as that goes: what it tells of is done already."""
        if not self.view.get("id"):
            return
        with contextlib.suppress(*UNANSWERED):
            await self.desk.client.views_update(view_id=self.view.get("id"), view=view)

    async def replace(self, message: Message) -> None:
        """Put something in place of the message that was pressed, as well as that goes."""
        url = str(self.body.get("response_url") or "")
        address = urlsplit(url)
        if f"{address.scheme}://{address.hostname}" not in self.desk.response_hosts:
            return
        body = {"replace_original": True, "text": message["text"], "blocks": message["blocks"]}
        session, timeout = self.desk.client.session, aiohttp.ClientTimeout(total=2)
        if session is None:
            return
        with contextlib.suppress(*UNANSWERED):
            async with session.post(url, json=body, timeout=timeout, allow_redirects=False) as response:
                await response.read()

    async def settle(self, how: Settled, message: Message) -> None:
        """Put how it stands in place of the message that asked about it; pressed elsewhere, raise `Settled`."""
        if self.view or not self.body.get("response_url"):
            raise how
        await self.replace(message)
        await self.ack()

    async def _from_here(self) -> None:
        if self.heard.workspace != self.desk.workspace:
            raise NotAllowed("Cairn here is for the members of this workspace.")

    async def _profile(self, slack_id: str) -> Profile | None:
        """Somebody as Slack describes them; when Slack cannot say in time, a person without a name for now."""
        try:
            found = await asyncio.wait_for(self.desk.client.users_info(user=slack_id), QUICK)
            return profile(found["user"])
        except (*UNANSWERED, KeyError) as error:
            if code_of(error) in {"user_not_found", "user_not_visible"}:
                return None
        return self._somebody(slack_id)

    def _somebody(self, slack_id: str) -> Profile:
        user = self.body.get("user")
        name = self.body.get("user_name") or (user.get("name") if isinstance(user, Mapping) else None)
        mine = slack_id == self.heard.actor
        shown = str(name) if name and mine else slack_id
        return Profile(slack_id, shown, None, Kind.PERSON, active=True, workspace_admin=False)


def number(value: str) -> int:
    """The id behind a button; one that is none finds nothing."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def _outcome(title: str, message: Message) -> View:
    """What came of it, to read; what lies below shows how things were before, so that it is closed along with it."""
    return readable(title, message["blocks"]) | {"clear_on_close": True}
