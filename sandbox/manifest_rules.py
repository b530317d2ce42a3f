"""What Slack refuses in an app's manifest: keys, types and lengths, as in its schema (slackapi/manifest-schema)."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.block_kit_rules import (
    Problem,
    Rule,
    any_object,
    boolean,
    choice,
    integer,
    many,
    matching,
    shape,
    string,
)
from sandbox.manifest_wholes import manifest_as_a_whole
from sandbox.manifest_words import KNOWN, known


def manifest_problems(manifest: object) -> list[Problem]:
    """Everything that Slack would find wrong with it, each with the path of where it stands."""
    return [*MANIFEST(manifest, ""), *manifest_as_a_whole(manifest)]


# The keys and their limits


def unique(rule: Rule) -> Rule:
    """An array that keeps the rule and holds nothing twice."""

    def check(value: object, at: str) -> Iterator[Problem]:
        yield from rule(value, at)
        items = value if isinstance(value, list) else []
        for index, item in enumerate(items):
            if item in items[:index]:
                yield Problem(f"{at}/{index}", f"{item} is listed twice")

    return check


def objects(value: object, at: str) -> Iterator[Problem]:
    """An array, or an object, of whatever the sandbox makes no use of."""
    if not isinstance(value, list | dict):
        yield Problem(at, "must provide an object or an array")


def address(most: int) -> Rule:
    """An address on the web."""
    return matching(r"https?://\S+", "a valid URL", most)


BOT_SCOPES = unique(many(known("bot scope", KNOWN["bot scopes"]), 0, 255))
USER_SCOPES = unique(many(known("user scope", KNOWN["user scopes"]), 0, 255))
EVENTS = unique(many(known("event", KNOWN["events"]), 0, 100))

METADATA = shape(may=dict.fromkeys(["major_version", "minor_version", "schema_version", "min_version"], integer()))

DISPLAY_INFORMATION = shape(
    {"name": string(1, 35)},
    {
        "description": string(1, 140),
        "long_description": string(175, 4000),
        "background_color": matching(r"#([0-9a-fA-F]{3}){1,2}", "a colour like #000 or #000000"),
    },
)

COMMAND = shape(
    {"command": matching(r"/\S+", "a slash and a word", 32), "description": string(1, 2000)},
    {"url": address(3000), "usage_hint": string(1, 1000), "should_escape": boolean},
)

SHORTCUT = shape(
    {
        "name": string(1, 24),
        "type": choice("global", "message"),
        "callback_id": string(1, 255),
        "description": string(1, 150),
    }
)

FEATURES = shape(
    may={
        "app_home": shape(
            may=dict.fromkeys(["home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"], boolean)
        ),
        # Slack's pages allow the name only a-z, 0-9, "-", "_" and "."; its schema and its own samples do not mind.
        "bot_user": shape({"display_name": string(1, 80)}, {"always_online": boolean}),
        "shortcuts": many(SHORTCUT, 1, 10),
        "slash_commands": many(COMMAND, 1, 50),
        "unfurl_domains": unique(many(string(1, 255), 1, 5)),
        **dict.fromkeys(["agent_view", "assistant_view", "code_channels", "user_connections"], any_object),
        **dict.fromkeys(["workflow_steps", "functions"], objects),
    }
)

OAUTH_CONFIG = shape(
    may={
        "scopes": shape(
            may={
                **dict.fromkeys(["bot", "bot_optional"], BOT_SCOPES),
                **dict.fromkeys(["user", "user_optional"], USER_SCOPES),
            }
        ),
        "redirect_urls": unique(many(string(1, 2500), 0, 1000)),
        "pkce_enabled": boolean,
        "token_management_enabled": boolean,
    }
)

EVENT_SUBSCRIPTIONS = shape(
    may={
        "request_url": address(3500),
        "bot_events": EVENTS,
        "user_events": EVENTS,
        "metadata_subscriptions": many(shape({"app_id": string(), "event_type": string(1, 50)}), 1, 20),
    }
)

INTERACTIVITY = shape(
    {"is_enabled": boolean}, {"request_url": address(3500), "message_menu_options_url": address(3500)}
)

SWITCHES = ["socket_mode_enabled", "org_deploy_enabled", "token_rotation_enabled", "is_hosted", "is_mcp_enabled"]

SETTINGS = shape(
    may={
        "event_subscriptions": EVENT_SUBSCRIPTIONS,
        "interactivity": INTERACTIVITY,
        **dict.fromkeys(SWITCHES, boolean),
        "incoming_webhooks": shape(may={"incoming_webhooks_enabled": boolean}),
        "allowed_ip_address_ranges": unique(many(string(), 1, 50)),
        "siws_links": any_object,
        "hermes_app_type": string(),
        "function_runtime": string(),
    }
)

MANIFEST = shape(
    {"display_information": DISPLAY_INFORMATION},
    {
        "$schema": string(),
        "_metadata": METADATA,
        "features": FEATURES,
        "oauth_config": OAUTH_CONFIG,
        "settings": SETTINGS,
        "outgoing_domains": many(string(), 0, 10),
        **dict.fromkeys(["functions", "workflows", "datastores", "types", "external_auth_providers"], any_object),
        **dict.fromkeys(["mcp_servers", "app_directory"], any_object),
    },
)
