"""Every method of the Web API that the sandbox has."""

from collections.abc import Callable

from sandbox.records import Json
from sandbox.web_api import app, chat, conversations, files, people, reactions, unfurls, views
from sandbox.web_api.call import Call

Method = Callable[[Call], Json]

METHODS: dict[str, tuple[Method, str | None]] = {
    # method: what it does, and the scope it needs (None: none, or one that depends on the conversation)
    "api.test": (app.api_test, None),
    "apps.connections.open": (app.open_connection, None),
    "auth.test": (app.auth_test, None),
    "blocks.validate": (app.validate_blocks, None),
    "bots.info": (people.bot_info, "users:read"),
    "chat.delete": (chat.delete, "chat:write"),
    "chat.getPermalink": (chat.get_permalink, None),
    "chat.postEphemeral": (chat.post_ephemeral, "chat:write"),
    "chat.postMessage": (chat.post_message, "chat:write"),
    "chat.unfurl": (unfurls.unfurl, "links:write"),
    "chat.update": (chat.update, "chat:write"),
    "conversations.history": (conversations.history, None),
    "conversations.info": (conversations.info, None),
    "conversations.join": (conversations.join, "channels:join"),
    "conversations.list": (conversations.list_, None),
    "conversations.members": (conversations.members, None),
    "conversations.open": (conversations.open_, "im:write"),
    "conversations.replies": (conversations.replies, None),
    "files.completeUploadExternal": (files.complete, "files:write"),
    "files.getUploadURLExternal": (files.upload_url, "files:write"),
    "files.info": (files.info, "files:read"),
    "reactions.add": (reactions.add, "reactions:write"),
    "reactions.get": (reactions.get, "reactions:read"),
    "reactions.remove": (reactions.remove, "reactions:write"),
    "team.info": (app.team_info, "team:read"),
    "usergroups.list": (people.groups, "usergroups:read"),
    "usergroups.users.list": (people.group_users, "usergroups:read"),
    "users.conversations": (conversations.of_user, None),
    "users.info": (people.info, "users:read"),
    "users.list": (people.list_, "users:read"),
    "users.lookupByEmail": (people.by_email, "users:read.email"),
    "views.open": (views.open_, None),
    "views.publish": (views.publish, None),
    "views.push": (views.push, None),
    "views.update": (views.update, None),
}
WITHOUT_TOKEN = {"api.test"}
WITH_APP_TOKEN = {"apps.connections.open"}
