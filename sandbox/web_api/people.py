"""users.*, usergroups.*, bots.info: who is in the workspace."""

from sandbox.errors import SlackError
from sandbox.payloads import group_json, user_json
from sandbox.records import Json, User
from sandbox.web_api.call import Call


def info(call: Call) -> Json:
    return {"user": _user(call, call.user(call.required("user")))}


def list_(call: Call) -> Json:
    """Everybody, bots and people who have left among them; in a larger workspace only page by page."""
    if not call.text("limit") and len(call.workspace.users) > call.rules.users_in_one_piece:
        raise SlackError("limit_required")
    page, more = call.page([_user(call, each) for each in call.workspace.users.values()], default=1000)
    return {"members": page, "cache_ts": 0, "response_metadata": more}


def by_email(call: Call) -> Json:
    """users.lookupByEmail: the member with this address."""
    email = call.required("email").casefold()
    found = [each for each in call.workspace.users.values() if each.email.casefold() == email and not each.deleted]
    if not found:
        raise SlackError("users_not_found")
    return {"user": _user(call, found[0])}


def groups(call: Call) -> Json:
    _paid(call)
    with_users, with_disabled = call.flag("include_users"), call.flag("include_disabled")
    kept = [each for each in call.workspace.groups.values() if with_disabled or not each.date_delete]
    return {"usergroups": [group_json(call.workspace, each, with_users) for each in kept]}


def group_users(call: Call) -> Json:
    _paid(call)
    group = call.workspace.groups.get(call.required("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": group.users}


def bot_info(call: Call) -> Json:
    bots = {each.bot_id: each for each in call.workspace.users.values() if each.bot_id}
    bot = bots.get(call.text("bot") or str(call.workspace.bot.bot_id))
    if bot is None:
        raise SlackError("bot_not_found")
    told = {"id": bot.bot_id, "deleted": bot.deleted, "name": bot.name, "user_id": bot.id, "updated": bot.updated}
    app = {"app_id": call.workspace.company.app_id} if bot is call.workspace.bot else {}
    return {"bot": {**told, **app, "icons": {}}}


def _user(call: Call, user: User) -> Json:
    return user_json(call.workspace, user, "users:read.email" in call.manifest.scopes)


def _paid(call: Call) -> None:
    if not call.rules.paid_plan:
        raise SlackError("plan_upgrade_required")
