"""HTTP mode: what happens is posted to the app's request URLs, and its answers are read from the responses."""

import asyncio
import secrets
from urllib.parse import parse_qs

from sandbox.errors import NoAnswer, Unheard
from sandbox.records import Json, Value
from sandbox.request_urls import FORM, JSON, NoResponse, RequestUrls, Response

ASK_AGAIN_SECONDS = 0.5
"""Between two challenges to an app that is not there yet."""


class NotVerified(ValueError):
    """The request URL did not pass its challenge; says why in one sentence."""


class HttpMode:
    """The line to an app that listens on the web. Events wait until its URL has passed a challenge."""

    def __init__(self, urls: RequestUrls) -> None:
        self._urls = urls
        self._verified = asyncio.Event()

    @property
    def is_up(self) -> bool:
        """Whether the URL has passed a challenge."""
        return self._verified.is_set()

    async def ask(self, kind: str, payload: Json, takes_payload: bool = False) -> Json:
        """Post what a person did; the app's answer, {} for an empty one. Raises NoAnswer on anything but a 200."""
        try:
            response = await self._urls.post(kind, payload)
        except NoResponse as silence:
            late = silence.reason == "http_timeout"
            raise NoAnswer("operation_timeout" if late else "dispatch_failed") from silence
        if response.status != 200:
            raise NoAnswer("dispatch_failed")
        return response.said if takes_payload else {}

    async def tell(self, event: Json, attempt: int, reason: str) -> None:
        """Post an event once the URL is verified. Raises Unheard on anything but a 2xx."""
        await self._verified.wait()
        retry = {"x-slack-retry-num": str(attempt), "x-slack-retry-reason": reason} if attempt else {}
        try:
            response = await self._urls.post("events_api", event, retry)
        except NoResponse as silence:
            raise Unheard(silence.reason) from silence
        if response.status // 100 != 2:
            raise Unheard("http_error", is_final=response.wants_no_retry)

    async def move_to(self, url: str) -> None:
        """Use this URL for everything once it has passed a challenge; the one before stays otherwise.

        Raises NotVerified.
        """
        before, self._urls.everything = self._urls.everything, url
        try:
            await self.verify()
        except NotVerified:
            self._urls.everything = before
            raise

    async def verify(self) -> None:
        """Challenge the app, as Slack does when the URL is entered. Raises NotVerified."""
        challenge = secrets.token_urlsafe(36)
        sent = {"token": "sandbox", "challenge": challenge, "type": "url_verification"}
        try:
            response = await self._urls.post("events_api", sent)
        except NoResponse as silence:
            raise NotVerified(f"Your URL did not answer the challenge: {silence.reason}.") from silence
        if response.status != 200:
            raise NotVerified(f"Your URL answered the challenge with HTTP {response.status}.")
        if _echoed(response) != challenge:
            raise NotVerified("Your URL didn't respond with the value of the `challenge` parameter.")
        self._verified.set()

    async def verify_when_up(self) -> None:
        """Challenge the app until it passes, like a person who presses Retry."""
        while not self.is_up:
            try:
                await self.verify()
            except NotVerified:
                await asyncio.sleep(ASK_AGAIN_SECONDS)

    async def close(self) -> None:
        """Close the connections to the app."""
        await self._urls.close()


def _echoed(response: Response) -> Value:
    """The challenge as the app gave it back: in JSON, in a form, or as plain text."""
    if response.content_type == JSON:
        return response.said.get("challenge")
    if response.content_type == FORM:
        return parse_qs(response.text).get("challenge", [""])[0]
    return response.text.strip()
