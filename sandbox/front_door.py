"""The front door of the Web API: each token leads to the workspace that gave it out."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping

from aiohttp import web

from sandbox.errors import SlackError
from sandbox.installations import Installations
from sandbox.oauth import Consent, OAuth
from sandbox.records import Change, Json
from sandbox.team import Team
from sandbox.web_api import arguments_of, token_of

SECRET = ("token", "client_secret", "code")
"""Arguments that the feed does not tell."""

TakeOut = Callable[[Team], None]


class FrontDoor:
    """Serves `/api/METHOD`. What changes an installation is done here, everything else in its workspace."""

    def __init__(
        self, teams: Mapping[str, Team], installations: Installations, oauth: OAuth, take_out: TakeOut
    ) -> None:
        """`teams` are the workspaces by id, the first of them answering for everything that needs no workspace."""
        self._teams, self._installations, self._oauth, self._take_out = teams, installations, oauth, take_out
        self._first = next(iter(teams.values()))
        self._own: dict[str, Callable[[str, Json], tuple[Team, Json]]] = {
            "oauth.v2.access": self._access,
            "auth.revoke": self._revoke,
            "apps.uninstall": self._remove,
        }

    async def serve(self, request: web.Request) -> web.Response:
        """One call of the app."""
        method, team = request.match_info["method"], self._first
        arguments: Json = {}
        try:
            arguments = await arguments_of(request)
            own = self._own.get(method)
            if own is None:
                return await self._team(token_of(request, arguments)).api.serve(request)
            token, arguments = _credentials(request, arguments)
            team, told = own(token, arguments)
            answer = {"ok": True, **told}
        except SlackError as refusal:
            answer = refusal.answer
        _tell(team, method, arguments, answer)
        return web.json_response(answer)

    def _team(self, token: str) -> Team:
        """Whose workspace this token opens. Raises SlackError for one that was lost, or that stands for a person."""
        try:
            team_id, user_id = self._installations.holder(token)
        except SlackError:
            if self._installations.was_lost(token):
                raise
            return self._first
        if user_id:
            raise SlackError("not_allowed_token_type")
        return self._teams.get(team_id, self._first)  # a file whose company was renamed has the same token still

    def _access(self, _: str, arguments: Json) -> tuple[Team, Json]:
        """oauth.v2.access: a code for a token."""
        consent = self._oauth.redeemed(arguments)
        team = self._teams[consent.team_id]
        return team, self._installed(team, consent)

    def _installed(self, team: Team, consent: Consent) -> Json:
        asked, user_id = consent.asked, consent.user_id
        installation = self._installations.install(team.id, user_id, asked.scopes, asked.user_scopes)
        team.let_in(installation)
        company, bot = team.workspace.company, team.workspace.bot
        for_bot = {"access_token": installation.bot_token, "token_type": "bot", "bot_user_id": bot.id}
        return {
            **({**for_bot, "scope": ",".join(installation.scopes)} if asked.scopes else {}),
            "app_id": company.app_id,
            "team": {"id": team.id, "name": company.name},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": user_id, **installation.for_user(user_id)},
        }

    def _revoke(self, token: str, arguments: Json) -> tuple[Team, Json]:
        """auth.revoke: one token; with `test` nothing happens."""
        team_id, user_id = self._holder(token)
        team = self._teams[team_id]
        if str(arguments.get("test", "")).lower() in ("1", "true"):
            return team, {"revoked": False}
        self._installations.revoke(token)
        team.events.tokens_revoked(people=[user_id] if user_id else [], bot=not user_id)
        if installation := self._installations.of(team_id):
            team.let_in(installation)
        return team, {"revoked": True}

    def _remove(self, token: str, arguments: Json) -> tuple[Team, Json]:
        """apps.uninstall: every token that this workspace gave out."""
        team_id, _ = self._holder(token)
        self._oauth.identify(arguments)
        self._take_out(self._teams[team_id])
        return self._teams[team_id], {}

    def _holder(self, token: str) -> tuple[str, str]:
        if not token:
            raise SlackError("not_authed")
        return self._installations.holder(token)


def _tell(team: Team, method: str, arguments: Json, answer: Json) -> None:
    """Let the workspace's feed know, without the secrets."""
    told = {name: value for name, value in arguments.items() if name not in SECRET}
    team.workspace.tell(Change("call", detail={"method": method, "arguments": told, "answer": answer}))


def _credentials(request: web.Request, arguments: Json) -> tuple[str, Json]:
    """The token of a call, and its arguments with the app's own credentials, which may come as HTTP Basic."""
    scheme, _, written = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return token_of(request, arguments), arguments
    try:
        client_id, _, client_secret = b64decode(written).decode().partition(":")
    except (NotBase64, UnicodeDecodeError):
        client_id = client_secret = ""
    return str(arguments.get("token", "")), {**arguments, "client_id": client_id, "client_secret": client_secret}
