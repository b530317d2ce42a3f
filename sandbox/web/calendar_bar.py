"""The bar above everything: what day it is in the workspace and for the reader, and how to move on."""

from datetime import datetime, timedelta

from sandbox.web import dates
from sandbox.web.markup import Html, tag
from sandbox.web.visit import Visit

STEPS = {"+1 hour": timedelta(hours=1), "+1 day": timedelta(days=1), "+1 week": timedelta(weeks=1)}
MONDAY = "Next Monday 09:00"


def calendar_bar(at: Visit) -> Html:
    """The calendar with its buttons; while it moves it says where to, and the buttons wait."""
    moving = at.site.moving_to
    buttons = [
        tag("button", words, type="button", data_move=words, disabled=moving is not None) for words in (MONDAY, *STEPS)
    ]
    group = tag("div", *buttons, role="group", aria_label="Move the calendar", class_="moves")
    return tag("div", _date(at), _status(at, moving), group, id="calendar", class_="moving" if moving else None)


def target(at: Visit, move: str) -> datetime:
    """The instant that a button asks for, aware. Raises KeyError for a button that is not there."""
    if move == MONDAY:
        return next_monday(at.now)
    return at.workspace.calendar.now() + STEPS[move]


def next_monday(now: datetime) -> datetime:
    """The next Monday 09:00 on the same clock, later than `now`."""
    at_nine = now.replace(hour=9, minute=0, second=0, microsecond=0)
    candidate = at_nine + timedelta(days=-now.weekday() % 7)
    return candidate if candidate > now else candidate + timedelta(weeks=1)


def _date(at: Visit) -> Html:
    utc = at.workspace.calendar.now()
    words = f"{utc:%a} {utc.day} {utc:%b %Y, %H:%M} UTC"
    return tag("span", "📅 ", tag("time", words, datetime=utc.isoformat(timespec="minutes")), class_="workspace-time")


def _status(at: Visit, moving: datetime | None) -> Html:
    if moving:
        local = moving.astimezone(at.zone)
        words = f"Moving to {local:%a} {local.day} {local:%b}, {dates.clock_time(local)} …"
        return tag("span", words, class_="local-time", role="status")
    words = f"{at.now:%a} {dates.clock_time(at.now)} for you"
    return tag("span", words, tag("span", f" ({at.reader.tz or 'UTC'})", class_="zone"), class_="local-time")
