"""The app's manifest, as Slack checks it: whatever is wrong is told at once, each thing with its path."""

import copy

import pytest
import yaml

from sandbox.manifest import ManifestError, read
from sandbox.manifest_rules import manifest_problems
from sandbox.manifest_words import KNOWN
from sandbox.scopes import EVENT_SCOPES
from sandbox.web_api import METHODS
from tests.sandbox.conftest import MANIFEST

SOUND = yaml.safe_load(MANIFEST.read_text())
SHORTCUT = {"name": "Wave", "type": "global", "callback_id": "wave", "description": "Waves"}
COMMAND = {"command": "/echo", "description": "Says it again"}
ADDRESS = "https://app.example/slack"


def with_value(path, value):
    """The sound manifest with something else at this path; None takes it away."""
    manifest = copy.deepcopy(SOUND)
    *way, last = path.strip("/").split("/")
    place = manifest
    for key in way:
        place = place[int(key)] if isinstance(place, list) else place.setdefault(key, {})
    if value is None:
        del place[last]
    else:
        place[int(last) if isinstance(place, list) else last] = value
    return manifest


def problems(manifest):
    return [(each.pointer, each.message) for each in manifest_problems(manifest)]


def test_a_sound_manifest_is_taken():
    assert problems(SOUND) == []


@pytest.mark.parametrize(
    ("path", "least", "most"),
    [
        ("/display_information/name", 1, 35),
        ("/display_information/description", 1, 140),
        ("/display_information/long_description", 175, 4000),
        ("/features/bot_user/display_name", 1, 80),
        ("/features/shortcuts/0/name", 1, 24),
        ("/features/shortcuts/0/callback_id", 1, 255),
        ("/features/shortcuts/0/description", 1, 150),
        ("/features/slash_commands/0/description", 1, 2000),
        ("/features/slash_commands/0/usage_hint", 1, 1000),
    ],
)
def test_a_text_has_its_length(path, least, most):
    assert problems(with_value(path, "x" * least)) == problems(with_value(path, "x" * most)) == []
    for length in (least - 1, most + 1):
        assert [at for at, _ in problems(with_value(path, "x" * length))] == [path]


@pytest.mark.parametrize(
    ("path", "item", "most"),
    [
        ("/features/slash_commands", lambda index: {**COMMAND, "command": f"/{index}"}, 50),
        ("/features/shortcuts", lambda index: {**SHORTCUT, "callback_id": f"{index}"}, 10),
        ("/features/unfurl_domains", "{}.example".format, 5),
        ("/oauth_config/scopes/user", "scope{}".format, 255),
        ("/oauth_config/redirect_urls", "https://{}.example".format, 1000),
        ("/settings/event_subscriptions/user_events", "event{}".format, 100),
        (
            "/settings/event_subscriptions/metadata_subscriptions",
            lambda index: {"app_id": f"A{index}", "event_type": "x"},
            20,
        ),
        ("/settings/allowed_ip_address_ranges", "10.0.0.{}".format, 50),
    ],
)
def test_a_list_has_its_length(path, item, most):
    for count, expected in ((most, []), (most + 1, [f"no more than {most} items allowed"])):
        found = problems(with_value(path, [item(index) for index in range(count)]))
        assert [message for at, message in found if at == path] == expected


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("/display_information/background_color", "green", "must be a colour like #000 or #000000"),
        ("/features/slash_commands/0/command", "echo", "must be a slash and a word"),
        ("/features/slash_commands/0/command", "/" + "x" * 32, "must be less than 33 characters"),
        ("/features/slash_commands/0/should_escape", "yes", "must provide a boolean"),
        ("/features/slash_commands/0/url", "app.example", "must be a valid URL"),
        ("/features/shortcuts/0/type", "local", "must be a valid enum value"),
        ("/features/app_home/home_tab_enabled", 1, "must provide a boolean"),
        ("/oauth_config/scopes/bot", "chat:write", "must provide an array"),
        ("/settings/event_subscriptions/bot_events/0", 7, "must provide a string"),
        ("/settings/interactivity", True, "must provide an object"),
        ("/_metadata/major_version", "1", "must provide an integer"),
    ],
)
def test_a_value_of_the_wrong_type_or_form_is_refused_where_it_stands(path, value, message):
    assert (path, message) in problems(with_value(path, value))


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/display_information/name", "/display_information"),
        ("/features/bot_user/display_name", "/features/bot_user"),
        ("/features/slash_commands/0/description", "/features/slash_commands/0"),
        ("/features/shortcuts/0/callback_id", "/features/shortcuts/0"),
        ("/settings/interactivity/is_enabled", "/settings/interactivity"),
    ],
)
def test_what_is_missing_is_named(path, where):
    missing = path.rpartition("/")[2]
    assert problems(with_value(path, None)) == [(where, f"missing required field: {missing}")]


@pytest.mark.parametrize(
    "path", ["/colour", "/features/slash_command", "/settings/socket_mode", "/oauth_config/scopes/bots"]
)
def test_a_key_that_slack_does_not_know_is_refused(path):
    where, _, key = path.rpartition("/")
    assert problems(with_value(path, True)) == [(where, f"invalid additional property: {key}")]


def test_two_commands_or_shortcuts_cannot_share_a_name():
    twice = with_value("/features/slash_commands/1/command", "/echo")
    assert problems(twice) == [("/features/slash_commands/1/command", '`command` "/echo" already exists')]
    twice = with_value("/features/shortcuts/1/callback_id", "wave")
    assert problems(twice) == [("/features/shortcuts/1/callback_id", '`callback_id` "wave" already exists')]


def test_a_scope_or_event_is_listed_once():
    twice = with_value("/settings/event_subscriptions/bot_events/1", "app_home_opened")
    expected = ("/settings/event_subscriptions/bot_events/1", "app_home_opened is listed twice")
    assert expected in problems(twice)


@pytest.mark.parametrize(
    ("path", "word", "message"),
    [
        ("/oauth_config/scopes/bot/0", "chat:writes", "unknown bot scope chat:writes: is chat:write meant?"),
        ("/oauth_config/scopes/bot_optional/0", "search:read", "unknown bot scope search:read"),
        ("/oauth_config/scopes/user", ["user:read"], "unknown user scope user:read: is users:read meant?"),
        (
            "/settings/event_subscriptions/bot_events/0",
            "messages.im",
            "unknown event messages.im: is message.im meant?",
        ),
        ("/settings/event_subscriptions/user_events", ["sunrise"], "unknown event sunrise"),
    ],
)
def test_a_scope_or_event_that_slack_does_not_know_is_named_with_the_one_that_may_be_meant(path, word, message):
    (found,) = [found for _, found in problems(with_value(path, word)) if "unknown" in found]
    assert found.startswith(message)


def test_every_scope_and_event_that_the_sandbox_goes_by_is_known():
    needed = {scope for scopes in EVENT_SCOPES.values() for scope in scopes} | {scope for _, scope in METHODS.values()}
    assert needed - {None} <= {*KNOWN["bot scopes"]}
    assert {*EVENT_SCOPES} <= {*KNOWN["events"]}


def test_an_event_needs_its_scope():
    scopes = [scope for scope in SOUND["oauth_config"]["scopes"]["bot"] if scope not in ("users:read", "im:history")]
    expected = {
        ("/settings/event_subscriptions/bot_events/5", "message.im needs the scope im:history"),
        ("/settings/event_subscriptions/bot_events/7", "team_join needs the scope users:read"),
        ("/settings/event_subscriptions/bot_events/8", "user_change needs the scope users:read"),
    }
    assert set(problems(with_value("/oauth_config/scopes/bot", scopes))) == expected


def test_either_of_two_scopes_lets_an_app_hear_of_members():
    manifest = with_value("/settings/event_subscriptions/bot_events", ["member_joined_channel"])
    for scopes in (["commands", "channels:read"], ["commands", "groups:read"]):
        manifest["oauth_config"]["scopes"]["bot"] = scopes
        assert problems(manifest) == []
    manifest["oauth_config"]["scopes"]["bot"] = ["commands"]
    assert [message for _, message in problems(manifest)] == [
        "member_joined_channel needs the scope channels:read or groups:read"
    ]


def test_commands_and_shortcuts_need_their_scope():
    scopes = [scope for scope in SOUND["oauth_config"]["scopes"]["bot"] if scope != "commands"]
    assert problems(with_value("/oauth_config/scopes/bot", scopes)) == [
        ("/features/slash_commands", "needs the scope commands"),
        ("/features/shortcuts", "needs the scope commands"),
    ]


def test_without_socket_mode_slack_must_be_told_where_the_app_is():
    manifest = with_value("/settings/socket_mode_enabled", False)
    assert problems(manifest) == [
        ("/settings/event_subscriptions", "Event Subscription requires either Request URL or Socket Mode Enabled"),
        ("/settings/interactivity", "Interactivity requires either Request URL or Socket Mode Enabled"),
        *(
            (f"/features/slash_commands/{index}", "Slash Command requires either URL or Socket Mode Enabled")
            for index in range(3)
        ),
    ]
    manifest["settings"]["event_subscriptions"]["request_url"] = ADDRESS
    manifest["settings"]["interactivity"]["request_url"] = ADDRESS
    for command in manifest["features"]["slash_commands"]:
        command["url"] = ADDRESS
    assert problems(manifest) == []


def test_all_that_is_wrong_is_told_in_one_error(tmp_path):
    manifest = with_value("/features/slash_commands/1/command", "/echo")
    manifest["display_information"] = {"name": "x" * 36}
    manifest["colour"] = "green"
    written = tmp_path / "parrot.yml"
    written.write_text(yaml.safe_dump(manifest))
    with pytest.raises(ManifestError) as refusal:
        read(written)
    assert str(refusal.value).split("\n") == [
        "Slack would not take parrot.yml:",
        "  /: invalid additional property: colour",
        "  /display_information/name: must be less than 36 characters",
        '  /features/slash_commands/1/command: `command` "/echo" already exists',
    ]


@pytest.mark.parametrize("text", ["", "- a list", "just words", "{", "\x00"])
def test_a_file_that_is_no_manifest_says_so(tmp_path, text):
    written = tmp_path / "manifest.yml"
    written.write_text(text)
    with pytest.raises(ManifestError, match="Slack would not take"):
        read(written)


def test_what_a_manifest_says_of_its_addresses_is_kept(tmp_path):
    manifest = with_value("/settings/event_subscriptions/request_url", ADDRESS)
    manifest["settings"]["interactivity"] |= {"request_url": ADDRESS, "message_menu_options_url": f"{ADDRESS}/options"}
    manifest["oauth_config"]["redirect_urls"] = [ADDRESS]
    manifest["features"]["slash_commands"][0]["url"] = ADDRESS
    manifest["settings"]["socket_mode_enabled"] = False
    for command in manifest["features"]["slash_commands"]:
        command["url"] = ADDRESS
    written = tmp_path / "manifest.json"
    written.write_text(yaml.safe_dump(manifest))
    read_back = read(written)
    assert not read_back.socket_mode
    assert read_back.commands["/echo"].url == read_back.events_url == read_back.interactivity_url == ADDRESS
    assert (read_back.options_url, read_back.redirect_urls) == (f"{ADDRESS}/options", (ADDRESS,))
