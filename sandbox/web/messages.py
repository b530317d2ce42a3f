"""What was said in a channel, day by day."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sandbox.records import Message
from sandbox.web import dates
from sandbox.web.markup import Html, tag
from sandbox.web.message import draw_message
from sandbox.web.visit import Visit

_SHOWN = 200
_TOGETHER = timedelta(minutes=5)


def timeline(at: Visit) -> Html:
    """The open channel's latest messages under their days, oldest first; replies stand in their threads."""
    if at.channel is None:
        return Html()
    said = [each for each in at.workspace.timeline(at.channel.id, at.reader.id) if not _is_reply(each, at)]
    name = f"Messages in #{at.channel.name}" if at.channel.name else f"Messages with {at.app_name}"
    nothing = tag("p", "Nothing has been said here yet.", class_="empty")
    rows = _rows(said[-_SHOWN:], at) if said else [nothing]
    return tag("div", *rows, id="timeline", role="log", aria_label=name, tabindex="0", data_channel=at.channel.id)


def _is_reply(message: Message, at: Visit) -> bool:
    return not message.in_channel and at.workspace.message(message.channel, str(message.thread_ts)) is not None


def _rows(said: Iterable[Message], at: Visit) -> Iterator[Html]:
    """Days, the line above what is new, and the messages: what the same person says soon after has no name."""
    last: tuple[Message, datetime] | None = None
    for message in said:
        when = datetime.fromisoformat(message.shown_at).astimezone(at.zone)
        if last is None or when.date() != last[1].date():
            yield _day(when, at)
            last = None
        if message.ts == at.first:
            yield tag("div", tag("span", "New"), class_="new", role="separator", data_key="new")
            last = None
        yield draw_message(message, when, _follows(message, when, last), at)
        last = message, when


def _day(when: datetime, at: Visit) -> Html:
    words = tag("span", dates.day_divider(when, at.now))
    return tag("div", words, class_="day", role="separator", data_key=f"day-{when:%Y-%m-%d}")


def _follows(message: Message, when: datetime, last: tuple[Message, datetime] | None) -> bool:
    if last is None or message.only_for or last[0].only_for or last[0].pinned_by or message.pinned_by:
        return False
    return message.user == last[0].user and when - last[1] < _TOGETHER
