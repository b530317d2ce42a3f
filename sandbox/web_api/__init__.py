"""Slack's Web API over HTTP: who may call what, and the answers."""

from dataclasses import dataclass

from aiohttp import web

from sandbox.bodies import NotReadable, form_of, parsed
from sandbox.errors import SlackError
from sandbox.events import Events
from sandbox.manifest import Manifest
from sandbox.pace import Pace
from sandbox.posting import addressed
from sandbox.records import Change, Json
from sandbox.rules import Rules
from sandbox.socket_mode import SocketMode
from sandbox.triggers import Triggers
from sandbox.web_api.call import Call, invalid_arguments
from sandbox.web_api.methods import METHODS, WITH_APP_TOKEN, WITHOUT_TOKEN
from sandbox.workspace import Workspace

__all__ = ["METHODS", "WebApi", "arguments_of", "token_of"]


@dataclass
class WebApi:
    """Serves `/api/METHOD` to the app whose tokens these are."""

    bot_token: str
    app_token: str
    workspace: Workspace
    manifest: Manifest
    rules: Rules
    triggers: Triggers
    events: Events
    sockets: SocketMode
    page_url: str = ""

    def __post_init__(self) -> None:
        self._pace = Pace(self.rules)

    async def serve(self, request: web.Request) -> web.Response:
        """One call, told to the workspace's feed with its answer."""
        method = request.match_info["method"]
        arguments: Json = {}
        try:
            arguments = await arguments_of(request)
            answer = {"ok": True, **self._answer(method, request, arguments)}
        except SlackError as refusal:
            answer = refusal.answer
        arguments.pop("token", None)
        self.workspace.tell(Change("call", detail={"method": method, "arguments": arguments, "answer": answer}))
        return self._response(answer)

    def _answer(self, method: str, request: web.Request, arguments: Json) -> Json:
        if method not in METHODS:
            raise SlackError("unknown_method", req_method=method)
        function, scope = METHODS[method]
        self._authorize(method, token_of(request, arguments))
        self._keep_pace(method, str(arguments.get("channel", "")))
        call = self._call(arguments)
        if scope:
            call.need(scope)
        return function(call)

    def _authorize(self, method: str, token: str) -> None:
        if method in WITHOUT_TOKEN:
            return
        if not token:
            raise SlackError("not_authed")
        if token not in (self.bot_token, self.app_token):
            raise SlackError("invalid_auth")
        if (token == self.app_token) != (method in WITH_APP_TOKEN):
            raise SlackError("not_allowed_token_type")

    def _keep_pace(self, method: str, channel: str) -> None:
        """Raise SlackError(ratelimited) for a call that comes too soon."""
        # One conversation, whether it is called by its id, by its name or, a direct one, by its person.
        channel_id = addressed(self.workspace, channel)
        found = self.workspace.channels.get(channel_id)
        seconds = self._pace.wait(method, (found and found.user) or channel_id)
        if seconds:
            raise SlackError("ratelimited", retry_after=seconds)

    def _call(self, arguments: Json) -> Call:
        given = {name: value for name, value in arguments.items() if name != "token"}
        return Call(
            given,
            self.workspace,
            self.manifest,
            self.rules,
            self.triggers,
            self.events,
            self.sockets,
            self.page_url,
        )

    def _response(self, answer: Json) -> web.Response:
        headers = {"x-oauth-scopes": ",".join(self.manifest.scopes)}
        if answer.get("error") != "ratelimited":
            return web.json_response(answer, headers=headers)
        body = {name: value for name, value in answer.items() if name != "retry_after"}
        headers["Retry-After"] = str(answer["retry_after"])
        return web.json_response(body, status=429, headers=headers)


def token_of(request: web.Request, arguments: Json) -> str:
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ").strip() or str(arguments.get("token", ""))


async def arguments_of(request: web.Request) -> Json:
    """The arguments from the address, and from a body of JSON or a form. Raises SlackError."""
    in_json = request.content_type == "application/json"
    try:
        body = parsed(await request.read() or "{}") if in_json else await form_of(request)
    except NotReadable as problem:
        raise SlackError("invalid_json" if in_json else "invalid_form_data") from problem
    if not isinstance(body, dict):
        raise invalid_arguments("the body must be an object")
    return {**request.query, **body}
