"""Small pictures of people: their initials on a colour of their own."""

import zlib

from sandbox.records import User
from sandbox.web.markup import Html, tag

COLOURS = 12


def avatar(user: User, *, is_app: bool = False) -> Html:
    """A square with up to two initials, in a colour that stays the same; the app has a picture of its own."""
    if is_app:
        return tag("img", src="/static/icon.svg", alt="", class_="avatar app")
    words = user.real_name.split() or ["?"]
    initials = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    colour = zlib.crc32(user.real_name.encode()) % COLOURS
    return tag("span", initials.upper(), class_=f"avatar colour-{colour}", aria_hidden="true")
