"""How often Slack lets one app call each method in one workspace.

"Posting" and "special" have no published number: Slack's pages say "several hundred" and "hundreds" a minute.
"""

from typing import Literal

Tier = Literal["1", "2", "3", "4", "posting", "special"]

CALLS_A_MINUTE: dict[Tier, int] = {"1": 1, "2": 20, "3": 50, "4": 100, "posting": 300, "special": 300}

TIER_OF_METHOD: dict[str, Tier] = {
    "api.test": "4",
    "apps.connections.open": "3",
    "auth.test": "special",
    "blocks.validate": "special",
    "bots.info": "3",
    "chat.delete": "3",
    "chat.getPermalink": "special",
    "chat.postEphemeral": "4",
    "chat.postMessage": "posting",
    "chat.unfurl": "3",
    "chat.update": "3",
    "conversations.history": "3",
    "conversations.info": "3",
    "conversations.join": "3",
    "conversations.list": "2",
    "conversations.members": "4",
    "conversations.open": "3",
    "conversations.replies": "3",
    "files.completeUploadExternal": "4",
    "files.getUploadURLExternal": "4",
    "files.info": "4",
    "reactions.add": "3",
    "reactions.get": "3",
    "reactions.remove": "2",
    "team.info": "3",
    "usergroups.list": "2",
    "usergroups.users.list": "2",
    "users.conversations": "3",
    "users.info": "4",
    "users.list": "2",
    "users.lookupByEmail": "3",
    "views.open": "4",
    "views.publish": "4",
    "views.push": "4",
    "views.update": "4",
}
