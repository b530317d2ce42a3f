"""auth.test, apps.connections.open, team.info, api.test: the app about itself."""

from sandbox.errors import SlackError
from sandbox.records import Json
from sandbox.web_api.call import Call


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
