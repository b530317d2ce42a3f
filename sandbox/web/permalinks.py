"""The address of a message: the one that `chat.getPermalink` gives."""

from sandbox.web.visit import Site, people


def permalink(channel: str, ts: str) -> str:
    """The address of a message, from the root of the page."""
    return f"/archives/{channel}/p{ts.replace('.', '')}"


def place_of(site: Site, channel: str, digits: str, as_: str | None = None) -> str:
    """Where the page shows that message, for this reader or the first who may see it. Raises KeyError without one."""
    workspace = site.sandbox.workspace
    ts = f"{digits[:-6]}.{digits[-6:]}"
    message = workspace.messages[channel][ts]
    can_see = [
        each.id for each in people(workspace) if workspace.channels[channel] in workspace.visible_channels(each.id)
    ]
    allowed = [each for each in can_see if message.only_for in (None, each)]
    wanted = workspace.user_named(as_).id if as_ else None
    reader = wanted if wanted in allowed else allowed[0] if allowed else None
    if reader is None:
        raise KeyError(ts)
    app = workspace.channels[channel].kind == "im"
    where = "app=messages" if app else f"channel={channel}"
    thread = f"&side={message.thread_ts}" if message.thread_ts else ""
    return f"/?as={reader}&{where}{thread}&at={ts}"
