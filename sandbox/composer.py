"""What a person types, as Slack sends it on: mentions and links as tokens, everything else escaped."""

import re

from sandbox.workspace import Workspace

TOKEN = r"<@[UW]\w+(?:\|[^<>]*)?>|<#C\w+(?:\|[^<>]*)?>|<!subteam\^S\w+(?:\|[^<>]*)?>"
LINK = r"https?://[^\s<>|]*[^\s<>|.,;:!?)'\"]"
"""The punctuation after an address is none of it."""
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escaped(workspace: Workspace, viewer: str, typed: str) -> str:
    """`@ada` → `<@U…>`, `#kudos` → `<#C…|kudos>` (a private channel has no name), `@product` → `<!subteam^S…>`,
    a link → `<https://…>`; `&`, `<` and `>` → entities."""
    mentions = _mentions(workspace, viewer)
    return _pattern(mentions).sub(lambda found: _written(workspace, mentions, found.group()), typed)


def plain(workspace: Workspace, typed: str) -> str:
    """The text of a command that does not escape: mentions stay mere names."""
    return re.sub(r"<@([UW]\w+)(?:\|[^<>]*)?>", lambda found: f"@{_name(workspace, found.group(1))}", typed)


def _mentions(workspace: Workspace, viewer: str) -> dict[str, str]:
    """What can be typed after @ or #, in lower case → its token."""
    channels = {
        f"#{each.name}": f"<#{each.id}|{'' if each.kind == 'private' else each.name}>"
        for each in workspace.visible_channels(viewer)
        if each.kind != "im"
    }
    groups = {f"@{each.handle}": f"<!subteam^{each.id}>" for each in workspace.groups.values()}
    everyone = {f"@{each}": f"<!{each}>" for each in ("here", "channel", "everyone")}
    people = {
        f"@{name.lower()}": f"<@{user.id}>"
        for user in workspace.users.values()
        for name in (user.real_name, user.display_name, user.name)
        if name
    }
    return {**channels, **groups, **everyone, **people}


def _pattern(mentions: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(mentions, key=len, reverse=True)
    names = "|".join(re.escape(name) for name in longest_first)
    return re.compile(rf"{TOKEN}|{LINK}|(?<!\w)(?:{names})(?!\w)|[&<>]", re.IGNORECASE)


def _written(workspace: Workspace, mentions: dict[str, str], piece: str) -> str:
    if piece in ENTITIES:
        return ENTITIES[piece]
    if piece.startswith(("http://", "https://")):
        return f"<{piece.replace('&', '&amp;')}>"
    if piece.startswith("<"):
        return _known(workspace, piece)
    return mentions[piece.lower()]


def _known(workspace: Workspace, token: str) -> str:
    """A token that was typed or picked: in its usual form if it names somebody here, else just text."""
    named = token.strip("<>").partition("|")[0].removeprefix("!subteam^").lstrip("@#")
    if named in workspace.users:
        return f"<@{named}>"
    if channel := workspace.channels.get(named):
        return f"<#{named}|{'' if channel.kind == 'private' else channel.name}>"
    if named in workspace.groups:
        return f"<!subteam^{named}>"
    return token.replace("<", "&lt;").replace(">", "&gt;")


def _name(workspace: Workspace, user_id: str) -> str:
    return workspace.users[user_id].name if user_id in workspace.users else user_id
