"""auth.test, apps.connections.open, team.info, api.test, blocks.validate: the app about itself and what it sends."""

from collections.abc import Callable, Collection

from sandbox.block_kit import Problem, message_problems, view_problems
from sandbox.errors import SlackError
from sandbox.records import Json, Value
from sandbox.web_api.call import Call, invalid_arguments


def auth_test(call: Call) -> Json:
    company, bot = call.workspace.company, call.workspace.bot
    return {
        "url": call.page_url,
        "team": company.name,
        "user": bot.name,
        "team_id": company.team_id,
        "user_id": bot.id,
        "bot_id": bot.bot_id,
        "app_id": company.app_id,
        "is_enterprise_install": False,
    }


def open_connection(call: Call) -> Json:
    """The address of one new Socket Mode connection, where the manifest has switched it on."""
    if not call.manifest.socket_mode:
        raise SlackError("not_allowed_token_type")
    address = call.page_url.replace("http://", "ws://", 1)
    return {"url": f"{address}link/?ticket={call.sockets.ticket()}&app_id={call.workspace.company.app_id}"}


def team_info(call: Call) -> Json:
    company = call.workspace.company
    team = {"id": company.team_id, "name": company.name, "domain": company.domain, "email_domain": "", "icon": {}}
    return {"team": {**team, "url": call.page_url}}


def api_test(call: Call) -> Json:
    """Answer with the arguments; the argument `error` is answered as that error."""
    if call.text("error"):
        raise SlackError(call.text("error"), args=call.arguments)
    return {"args": call.arguments}


def validate_blocks(call: Call) -> Json:
    """Nothing where the one payload that is given is sound. Raises SlackError with all that is wrong in it."""
    given = [name for name in JUDGED if call.arguments.get(name) is not None]
    if len(given) != 1:
        raise invalid_arguments("provide exactly one of blocks, message or view")
    problems_in, error, root = JUDGED[given[0]]
    problems = problems_in(call.value(given[0]), call.rules.unsupported_blocks)
    if problems:
        raise SlackError(error, errors=[_told(each, root) for each in problems])
    return {}


JUDGED: dict[str, tuple[Callable[[Value, Collection[str]], list[Problem]], str, str]] = {
    # argument: what is wrong in it, the name of the refusal, and what every pointer begins with
    "blocks": (lambda blocks, without: message_problems({"blocks": blocks}, without), "invalid_blocks", "/blocks"),
    "message": (message_problems, "invalid_message", ""),
    "view": (lambda view, _: view_problems(view), "invalid_view", "/view"),
}


def _told(problem: Problem, root: str) -> Json:
    return {
        "pointer": problem.pointer.removeprefix(root),
        "code": "failed_constraint",
        "message": problem.message,
    }
