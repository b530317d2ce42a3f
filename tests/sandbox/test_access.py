"""Who may call the Web API, what they may ask, and who is in the workspace."""

import aiohttp
import pytest

from sandbox.rules import Rules
from tests.sandbox.conftest import client_of
from tests.sandbox.forms import refused


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("bot", "auth.revolt", "unknown_method"),
        ("", "auth.test", "not_authed"),
        ("xoxb-forged", "auth.test", "invalid_auth"),
        ("app", "auth.test", "not_allowed_token_type"),
        ("bot", "apps.connections.open", "not_allowed_token_type"),
    ],
)
async def test_a_call_needs_the_right_token(slack, token, method, error):
    tokens = {"bot": slack.bot_token, "app": slack.app_token}
    header = {"Authorization": f"Bearer {tokens.get(token, token)}"} if token else {}
    async with aiohttp.ClientSession() as session, session.post(slack.api_url + method, headers=header) as answer:
        assert (answer.status, (await answer.json())["error"]) == (200, error)


async def test_the_app_learns_who_it_is_and_what_it_was_granted(slack, client):
    answer = await client.auth_test()
    assert (answer["user"], answer["team"], answer["url"]) == ("parrot", "Larkspur", slack.page_url)
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_arguments_come_as_json_as_a_form_or_in_the_address(slack):
    header = {"Authorization": f"Bearer {slack.bot_token}"}
    user = slack.person("gita").id
    url = f"{slack.api_url}users.info"
    async with aiohttp.ClientSession(headers=header) as session:
        answers = [
            await session.post(url, json={"user": user}),
            await session.post(url, data={"user": user}),
            await session.get(url, params={"user": user}),
        ]
        names = [(await answer.json())["user"]["real_name"] for answer in answers]
    assert names == ["Gita Raghunathan"] * 3


@pytest.mark.parametrize(
    ("scope", "method", "arguments"),
    [
        ("chat:write", "chat.postMessage", {"channel": "C1", "text": "x"}),
        ("users:read", "users.list", {}),
        ("usergroups:read", "usergroups.list", {}),
        ("team:read", "team.info", {}),
        ("im:write", "conversations.open", {"users": "U1"}),
        ("channels:read", "conversations.list", {}),
        ("groups:read", "conversations.list", {"types": "public_channel,private_channel"}),
        ("reactions:write", "reactions.add", {}),
    ],
)
async def test_a_method_without_its_scope_says_which_one_is_missing(start, scope, method, arguments):
    slack = await start(without_scopes=[scope])
    header = {"Authorization": f"Bearer {slack.bot_token}"}
    async with aiohttp.ClientSession(headers=header) as session:
        answer = await (await session.post(slack.api_url + method, json=arguments)).json()
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert scope not in answer["provided"].split(",")


async def test_people_come_in_pages_with_their_zones_and_flags(slack, client):
    pages = [page["members"] async for page in await client.users_list(limit=4)]
    people = {each["name"]: each for page in pages for each in page}
    assert max(len(page) for page in pages) == 4
    assert len({each["tz"] for each in people.values() if "tz" in each}) >= 5
    assert people["gita"]["tz_offset"] == 19800
    assert people["ada"]["is_primary_owner"]
    assert people["marek"]["is_restricted"]
    assert people["noor"]["deleted"]
    assert people["deploys"]["is_bot"]
    assert not people["slackbot"]["is_bot"]
    assert people["bo"]["profile"]["email"] == "bo@larkspur.example"


async def test_without_the_email_scope_nobody_has_an_address(start):
    slack = await start(without_scopes=["users:read.email"])
    client = client_of(slack)
    answer = await client.users_info(user=slack.person("bo").id)
    assert "email" not in answer["user"]["profile"]
    assert not any("email" in each["profile"] for each in (await client.users_list())["members"])
    assert await refused(client.users_lookupByEmail(email="bo@larkspur.example")) == "missing_scope"


async def test_with_the_email_scope_everybody_s_address_is_told(slack, client):
    bo = slack.person("bo").id
    people = {each["id"]: each for each in (await client.users_list())["members"]}
    told = [people[bo], (await client.users_info(user=bo))["user"]]
    assert [each["profile"]["email"] for each in told] == ["bo@larkspur.example"] * 2


async def test_somebody_unknown_is_not_found(client):
    assert await refused(client.users_info(user="U0NOBODY")) == "user_not_found"
    assert await refused(client.conversations_open(users="U0NOBODY")) == "user_not_found"


async def test_direct_messages_are_not_opened_with_people_who_left_or_bots(slack, client):
    assert await refused(client.conversations_open(users=slack.person("noor").id)) == "user_disabled"
    assert await refused(client.conversations_open(users=slack.person("deploys").id)) == "cannot_dm_bot"


async def test_channels_are_listed_by_kind_with_their_members(slack, client):
    public = await client.conversations_list()
    assert {"general", "kudos"} <= {each["name"] for each in public["channels"]}
    private = await client.conversations_list(types="private_channel")
    assert private["channels"] == []
    members = await client.conversations_members(channel=slack.channel("engineering").id)
    assert slack.person("deploys").id in members["members"]


async def test_user_groups_have_members(slack, client):
    groups = await client.usergroups_list(include_users=True)
    assert {each["handle"] for each in groups["usergroups"]} == {"product", "engineering", "success"}
    engineering = next(each for each in groups["usergroups"] if each["handle"] == "engineering")
    members = await client.usergroups_users_list(usergroup=engineering["id"])
    assert slack.person("gita").id in members["users"] == engineering["users"]


async def test_a_free_plan_has_no_user_groups(start):
    slack = await start(rules=Rules(paid_plan=False))
    assert await refused(client_of(slack).usergroups_list()) == "plan_upgrade_required"


async def test_the_rest_answers_too(slack, client):
    assert (await client.api_test(foo="bar"))["args"] == {"foo": "bar"}
    assert (await client.team_info())["team"]["domain"] == "larkspur"
    assert (await client.bots_info(bot=slack.workspace.bot.bot_id))["bot"]["name"] == "parrot"
