"""Words and figures as Slack shows them: typed text made harmless, mentions, percentages, bars and dates."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from domain.people import Member
from domain.status import Status

SPOKEN = 3_500
"""Characters in the words that notifications and screen readers get; Slack refuses an update beyond 4,000."""

_HALF = 0.5 + 1e-9
"""What is added before the rest is cut off; a little more, since few fractions are exact."""

_MARKS = {
    Status.ON_TRACK: (":large_green_circle:", "on track"),
    Status.AT_RISK: (":large_yellow_circle:", "at risk"),
    Status.OFF_TRACK: (":red_circle:", "off track"),
    Status.STALE: (":white_circle:", "stale"),
    Status.DONE: (":checkered_flag:", "done"),
    None: (":white_circle:", "no key results yet"),
}

# Slack has no escape for its formatting characters, and its rules for where they count are not published: a twin that
# looks the same and means nothing is safe wherever it stands.
_HARMLESS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "*": "∗", "~": "∼", "`": "ˋ"})
_MEANS_SOMETHING = re.compile("[&<>*~`_]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_DIRECTIONS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_JOINER = "\u200d"


def escape(typed: str, at_most: int | None = None) -> str:
    """Typed text on one line of mrkdwn, where it pings, links and formats nothing; at most so many characters then."""
    line = one_line(typed)
    if not _MEANS_SOMETHING.search(line):  # as most of what people write: looking is cheaper than changing nothing
        return line if at_most is None else cut(line, at_most)
    if at_most is not None:
        line = cut(line, at_most, size=lambda part: len(part.translate(_HARMLESS)))
    return (_without_italics(line) if "_" in line else line).translate(_HARMLESS)


def ours(text: str) -> str:
    """Words of our own in mrkdwn: they may be formatted, but link and ping nothing."""
    return text.translate(_ENTITIES)


def one_line(typed: str) -> str:
    """Typed text without line breaks, and without the characters that would turn the rest of a line around."""
    return " ".join((typed if typed.isascii() else typed.translate(_DIRECTIONS)).split())


def mention(member: Member) -> str:
    """A person by name, as a link to them."""
    return f"<@{member.slack_id}>"


def first_name(member: Member) -> str:
    """What to call somebody in a greeting, as they wrote it."""
    return next(iter(one_line(member.name).split()), "there")


def percent(part: float) -> str:
    """A part of a whole: 0.456 is "46%", and 0.065 is "7%", as a score is rounded. Only the whole is "100%"."""
    return f"{min(int(part * 100 + _HALF), 100 if part >= 1 else 99)}%"


def bar(progress: float | None, width: int = 10) -> str:
    """Progress, 0.0-1.0, as a bar and a figure."""
    if progress is None:
        return "░" * width + " –"
    return f"{gauge(progress, width)} {percent(progress)}"


def gauge(progress: float, width: int = 10) -> str:
    """Progress, 0.0-1.0, as a bar alone."""
    full = int(progress * width + 1e-9)
    return "▓" * full + "░" * (width - full)


def status_mark(status: Status | None) -> str:
    """A status as an emoji and a word."""
    return " ".join(_MARKS[status])


def status_word(status: Status | None) -> str:
    """A status in words alone."""
    return _MARKS[status][1]


def date_of(day: date, today: date | None = None) -> str:
    """A day as people say it: "Monday 23 November", with its year where that is another than `today`'s."""
    return f"{day:%A %-d %B}" if today is None or day.year == today.year else f"{day:%A %-d %B %Y}"


def day_of(day: date) -> str:
    """A day of this year or the next, in short: "4 December"."""
    return f"{day:%-d %B}"


def moment_of(instant: datetime) -> str:
    """An instant that Slack shows on each reader's own clock."""
    fallback = f"{instant:%A %-d %B %H:%M} UTC"
    return f"<!date^{int(instant.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number of things: "1 key result", "3 key results"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def spoken(opening: str, parts: Iterable[str] = ()) -> str:
    """A message in words: the opening, then as many of the parts as there is room for, then how many more there are."""
    words, left = opening, list(parts)
    while left and len(words) + len(left[0]) < SPOKEN:
        words += f" {left.pop(0)}"
    return f"{words} And {len(left)} more." if left else words


def cut(text: str, at_most: int, size: Callable[[str], int] = len) -> str:
    """The text, shortened between whole characters as people see them, with “…” where it ends early."""
    if size(text) <= at_most:
        return text
    kept, room = "", at_most - 1
    for grapheme in _graphemes(text):
        room -= size(grapheme)
        if room < 0:
            break
        kept += grapheme
    return kept.rstrip() + "…"


def cut_between(before: str, text: str, after: str, at_most: int = 75) -> str:
    """The text between two others that are shown whole, shortened so that the three fit together."""
    return before + cut(one_line(text), at_most - len(before) - len(after)) + after


def _without_italics(line: str) -> str:
    """The line with its underscores changed, except inside a word such as snake_case, where Slack leaves them alone."""
    return "".join("ˍ" if char == "_" and not _inside_a_word(line, at) else char for at, char in enumerate(line))


def _inside_a_word(line: str, at: int) -> bool:
    return 0 < at < len(line) - 1 and line[at - 1].isalnum() and line[at + 1].isalnum()


def _graphemes(text: str) -> Iterator[str]:
    grapheme = ""
    for char in text:
        if grapheme and not _continues(grapheme, char):
            yield grapheme
            grapheme = ""
        grapheme += char
    if grapheme:
        yield grapheme


def _continues(grapheme: str, char: str) -> bool:
    """Whether a character belongs to the one before it: an accent, a skin tone, a joined emoji, half a flag."""
    return (
        unicodedata.category(char) in {"Mn", "Mc", "Me"}
        or char == _JOINER
        or grapheme[-1] == _JOINER
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
        or (len(grapheme) == 1 and _is_half_a_flag(grapheme) and _is_half_a_flag(char))
    )


def _is_half_a_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
