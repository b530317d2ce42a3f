"""Emoji by the names people type between colons."""

import re
from pathlib import Path

from sandbox.web.markup import Html, join, tag

# One "name character" a line, in Slack's names.
_TABLE = (Path(__file__).parent / "emoji.txt").read_text(encoding="utf-8")
NAMES = dict(line.split(" ", 1) for line in _TABLE.splitlines())

_SHORTCODE = re.compile(r":([a-z0-9_+'-]+):(?::(skin-tone-[2-6]):)?")


def with_emoji(text: str) -> Html:
    """The text with each known `:name:` as its character; an unknown one stays as it was typed."""
    out: list[str] = []
    end = 0
    for found in _SHORTCODE.finditer(text):
        if found[1] in NAMES:
            out += [text[end : found.start()], emoji(found[1], found[2])]
            end = found.end()
    return join([*out, text[end:]])


def emoji(name: str, skin_tone: str | None = None) -> Html:
    """One emoji, named for those who hover or listen."""
    character = NAMES.get(name)
    if character is None:
        return join(f":{name}:")
    toned = character + NAMES.get(skin_tone or "", "")
    return tag("span", toned, class_="emoji", role="img", aria_label=name, title=f":{name}:")
