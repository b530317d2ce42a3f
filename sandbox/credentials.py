"""By what the app and Slack know each other: made once, and the same after a restart."""

import secrets
from dataclasses import dataclass

from sandbox.archive import Archive


@dataclass(frozen=True)
class Credentials:
    app_token: str
    """For Socket Mode, `xapp-…`."""
    bot_token: str
    """What an app that comes with its workspace begins with, `xoxb-…`."""
    signing_secret: str
    client_id: str
    client_secret: str


def credentials(archive: Archive) -> Credentials:
    """Those that the archive keeps; what is not there yet is made now."""
    return Credentials(
        app_token=_kept(archive, "xapp", f"xapp-{secrets.token_hex(16)}"),
        bot_token=_kept(archive, "xoxb", f"xoxb-{secrets.token_hex(16)}"),
        signing_secret=_kept(archive, "signing secret", secrets.token_hex(16)),
        client_id=_kept(archive, "client id", f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**13)}"),
        client_secret=_kept(archive, "client secret", secrets.token_hex(16)),
    )


def _kept(archive: Archive, name: str, fresh: str) -> str:
    secret = archive.read("token").get(name, fresh)
    archive.write("token", name, secret)
    return str(secret)
