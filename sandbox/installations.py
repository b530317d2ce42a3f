"""Who has installed the app where: every token it was given, and every one it has lost."""

import secrets
from collections.abc import Collection
from dataclasses import asdict, dataclass, field

from sandbox.archive import Archive
from sandbox.errors import SlackError
from sandbox.records import Json


@dataclass
class Installation:
    """What one workspace has granted the app: a bot token, "" where it has none, and a token for each person."""

    bot_token: str = ""
    scopes: list[str] = field(default_factory=list)
    user_tokens: dict[str, str] = field(default_factory=dict)
    user_scopes: dict[str, list[str]] = field(default_factory=dict)

    def for_user(self, user_id: str) -> Json:
        """What the app may do for this person, as `authed_user` tells it; {} for nothing."""
        if user_id not in self.user_tokens:
            return {}
        scope = ",".join(self.user_scopes[user_id])
        return {"scope": scope, "access_token": self.user_tokens[user_id], "token_type": "user"}


class Installations:
    """The installations of every workspace, kept in the archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._of: dict[str, Installation] = {
            team_id: Installation(**each) for team_id, each in archive.read("installation").items()
        }
        self._lost: dict[str, str] = archive.read("lost token")
        """Token → the error that it is answered with from now on."""

    def of(self, team_id: str) -> Installation | None:
        """What this workspace has granted; None where the app is not installed."""
        return self._of.get(team_id)

    def holder(self, token: str) -> tuple[str, str]:
        """The workspace of a token and the person it stands for, "" for the bot.

        Raises SlackError: `token_revoked`, `account_inactive`, or `invalid_auth` for one that was never given out.
        """
        if token in self._lost:
            raise SlackError(self._lost[token])
        for team_id, each in self._of.items():
            for user_id, given in {"": each.bot_token, **each.user_tokens}.items():
                if token and token == given:
                    return team_id, user_id
        raise SlackError("invalid_auth")

    def was_lost(self, token: str) -> bool:
        """Whether a token was good once and no longer is."""
        return token in self._lost

    def settle(self, team_id: str, bot_token: str, scopes: Collection[str]) -> None:
        """An app that came with its workspace, under this token, has exactly these scopes.

        Nothing changes where it was since installed anew.
        """
        made = self._of.get(team_id) or Installation(bot_token)
        if made.bot_token == bot_token:
            made.scopes = list(scopes)
            self._keep(team_id, made)

    def install(
        self, team_id: str, installer: str, scopes: Collection[str], user_scopes: Collection[str] = ()
    ) -> Installation:
        """Grant scopes on top of those granted before; a token that is still good stays the same.

        A bot token is given for `scopes`, the installer's own for `user_scopes`.
        """
        made = self._of.get(team_id) or Installation()
        if scopes:
            made.bot_token = made.bot_token or f"xoxb-{secrets.token_hex(16)}"
            made.scopes = list(dict.fromkeys([*made.scopes, *scopes]))
        if user_scopes:
            made.user_tokens.setdefault(installer, f"xoxp-{secrets.token_hex(16)}")
            made.user_scopes[installer] = list(dict.fromkeys([*made.user_scopes.get(installer, []), *user_scopes]))
        self._keep(team_id, made)
        return made

    def revoke(self, token: str) -> None:
        """Take back one token: it answers `token_revoked` from now on."""
        team_id, user_id = self.holder(token)
        made = self._of[team_id]
        if user_id:
            del made.user_tokens[user_id], made.user_scopes[user_id]
        else:
            made.bot_token = ""
        self._lose([token], "token_revoked")
        self._keep(team_id, made)

    def uninstall(self, team_id: str) -> Installation:
        """Take everything back: every token answers `account_inactive`. Raises KeyError where it is not installed."""
        gone = self._of.pop(team_id)
        self._lose([each for each in (gone.bot_token, *gone.user_tokens.values()) if each], "account_inactive")
        self._archive.write("installation", team_id, None)
        return gone

    def _keep(self, team_id: str, made: Installation) -> None:
        self._archive.write("installation", team_id, asdict(made))
        self._of[team_id] = made

    def _lose(self, tokens: list[str], error: str) -> None:
        for token in tokens:
            self._lost[token] = error
            self._archive.write("lost token", token, error)
