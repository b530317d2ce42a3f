"""Somebody at a browser tab: they look, click and type, and note what the browser complains of."""

import os
from pathlib import Path

from playwright.async_api import Locator, Page, Request, Response, expect

from sandbox.person import Person

SCREENSHOTS = Path(os.environ.get("SCREENSHOTS") or Path(__file__).parents[2] / "screenshots")


class Tab:
    """One tab of the workspace's page, in the hands of `who`."""

    def __init__(self, page: Page, who: Person) -> None:
        self.page, self.who = page, who
        self.complaints: list[str] = []
        page.on("console", lambda said: said.type in ("error", "warning") and self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    async def open(self, address: str, app: str = "") -> None:
        """The workspace, or the app's own Home or messages in it."""
        await self.page.goto(f"{address}?as={self.who.id}" + (f"&app={app}" if app else ""))

    async def go(self, name: str) -> None:
        """Follow a link in the side bar."""
        link = self.page.get_by_label("Workspace").get_by_role("link", name=name, include_hidden=True)
        await link.click()
        await expect(link).to_have_attribute("aria-current", "page")
        await self.page.wait_for_load_state()

    async def act_as(self, name: str) -> None:
        """Become somebody else in the same place."""
        await self.page.get_by_role("button", name="Act as somebody else").click()
        await self.picture("act as")
        await self.page.locator("#people").get_by_role("link", name=name).click()
        await self.arrive(self.page.get_by_role("button", name=f"You are {name}. Act as somebody else"))

    async def arrive(self, sign: Locator) -> None:
        """Wait for the page that `sign` stands on, with its looks and its script."""
        await sign.wait_for()
        await self.page.wait_for_load_state()

    async def say(self, words: str) -> None:
        """Type into the composer and send it."""
        field = self.page.get_by_role("textbox", name="Message")
        await field.press_sequentially(words)
        await field.press("Enter")
        await expect(field).to_have_value("")

    async def press(self, name: str, within: Locator | None = None) -> None:
        await (within or self.page.locator("main")).get_by_role("button", name=name, exact=True).click()

    async def move_calendar(self, words: str) -> None:
        """Press a button of the calendar and wait until it has arrived."""
        calendar = self.page.locator("#calendar")
        before = await calendar.locator("time").inner_text()
        await calendar.get_by_role("button", name=words).click()
        await expect(calendar.locator("time")).not_to_have_text(before)
        await expect(calendar.get_by_role("button", name=words)).to_be_enabled()

    async def react(self, message: Locator, emoji: str) -> None:
        """Choose a reaction from the menu of a message."""
        await message.hover()
        await message.locator(".toolbar").get_by_role("button", name="Add a reaction").click()
        await self.page.get_by_role("menu", name="Reactions").get_by_role("menuitem", name=emoji, exact=True).click()

    async def menu(self, message: Locator, item: str) -> None:
        """Choose something from the menu of a message."""
        await message.hover()
        await message.get_by_role("button", name="More actions").click()
        await message.get_by_role("menuitem", name=item).click()

    def dialog(self, title: str) -> Locator:
        return self.page.get_by_role("dialog", name=title)

    @property
    def latest(self) -> Locator:
        """The message at the bottom."""
        return self.page.get_by_role("log").get_by_role("article").last

    async def picture(self, name: str) -> None:
        """Keep what is on the screen, for people to look at."""
        await self.page.screenshot(path=SCREENSHOTS / f"{name}.png")

    def _failed(self, request: Request) -> None:
        # Whoever leaves a page does not wait for what it was still fetching.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.url}: {response.status}")
