"""Small pictures of people: their initials on a colour of their own."""

import zlib

from sandbox.records import User
from sandbox.web.markup import Html, tag

COLOURS = 10


def avatar(user: User) -> Html:
    """A square with up to two initials; the colour is the same everywhere for the same person."""
    words = user.real_name.split() or ["?"]
    initials = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    colour = zlib.crc32(user.id.encode()) % COLOURS
    app = " app" if user.is_bot else ""
    return tag("span", initials.upper(), class_=f"avatar colour-{colour}{app}", aria_hidden="true")
