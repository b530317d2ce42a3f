"""The manifest is a contract: complete, within Slack's limits, and the same as the tables behind it."""

import re

import pytest
import yaml

import handlers
from bot.settings import MANIFEST

TEXT = MANIFEST.read_text()
WRITTEN = yaml.safe_load(TEXT)
FEATURES = WRITTEN["features"]
SCOPES = WRITTEN["oauth_config"]["scopes"]
ASKED = [*SCOPES["bot"], *SCOPES["bot_optional"]]
EVENTS = WRITTEN["settings"]["event_subscriptions"]["bot_events"]

SCOPE_OF_EVENT = {
    "link_shared": "links:read",
    "message.im": "im:history",
    "team_join": "users:read",
    "user_change": "users:read",
}
"""Slack tells an app of these only with the scope; the others need none."""

SCOPE_OF_METHOD = {
    "chat_postMessage": "chat:write",
    "chat_unfurl": "links:write",
    "chat_update": "chat:write",
    "conversations_info": "channels:read",
    "conversations_members": "channels:read",
    "conversations_open": "im:write",
    "files_completeUploadExternal": "files:write",
    "files_getUploadURLExternal": "files:write",
    "usergroups_list": "usergroups:read",
    "users_info": "users:read",
    "users_list": "users:read",
}
WITHOUT_SCOPE = {"apps_connections_open", "auth_test", "views_open", "views_publish", "views_push", "views_update"}


def test_every_command_is_handled_and_sends_mentions_as_ids():
    commands = {each["command"]: each for each in FEATURES["slash_commands"]}

    assert set(commands) == set(handlers.COMMANDS)
    for each in commands.values():
        assert each["should_escape"] is True
        assert "url" not in each  # Socket Mode has none


def test_every_shortcut_and_event_is_handled_and_the_other_way_round():
    assert {each["callback_id"] for each in FEATURES["shortcuts"]} == set(handlers.SHORTCUTS)
    assert {event.partition(".")[0] for event in EVENTS} == set(handlers.EVENTS)


def test_everything_keeps_to_slacks_lengths():
    about = WRITTEN["display_information"]
    lengths = [
        (about["name"], 1, 35),
        (about["description"], 1, 140),
        (about["long_description"], 175, 4000),
        (FEATURES["bot_user"]["display_name"], 1, 80),
    ]
    for each in FEATURES["slash_commands"]:
        lengths += [(each["command"], 2, 32), (each["description"], 1, 2000), (each["usage_hint"], 1, 1000)]
    for each in FEATURES["shortcuts"]:
        lengths += [(each["name"], 1, 24), (each["callback_id"], 1, 255), (each["description"], 1, 150)]

    assert [text for text, least, most in lengths if not least <= len(text) <= most] == []
    assert re.fullmatch(r"#[0-9a-fA-F]{6}", about["background_color"])
    assert re.fullmatch(r"[a-z0-9._-]+", FEATURES["bot_user"]["display_name"])
    assert all(re.fullmatch(r"/[a-z0-9_-]+", each["command"]) for each in FEATURES["slash_commands"])
    assert len(FEATURES["shortcuts"]) <= 10


def test_home_and_messages_are_open():
    assert FEATURES["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_it_connects_by_socket_and_needs_no_address():
    assert WRITTEN["settings"]["socket_mode_enabled"] is True
    assert WRITTEN["settings"]["interactivity"] == {"is_enabled": True}
    assert "request_url" not in TEXT


def test_every_event_has_the_scope_that_it_needs():
    assert {scope for event, scope in SCOPE_OF_EVENT.items() if event in EVENTS} <= set(ASKED)
    assert set(EVENTS) <= {*SCOPE_OF_EVENT, "app_home_opened"}


def test_every_method_that_is_called_has_the_scope_that_it_needs():
    packages = [MANIFEST.parent / name for name in ("bot", "handlers", "scheduler")]
    code = "\n".join(path.read_text() for package in packages for path in package.glob("*.py"))
    called = set(re.findall(r"(?:client|sending)\.([a-z]+_\w+)\(", code))

    assert called
    assert called <= WITHOUT_SCOPE | set(SCOPE_OF_METHOD)
    assert {SCOPE_OF_METHOD[method] for method in called - WITHOUT_SCOPE} <= set(ASKED)


@pytest.mark.parametrize("asked", [*ASKED, *EVENTS])
def test_whatever_is_asked_for_says_why(asked):
    assert re.search(rf"^ +- {re.escape(asked)} # \S.{{8,}}$", TEXT, re.MULTILINE)


def test_nothing_is_asked_for_twice():
    assert len(ASKED) == len(set(ASKED))
