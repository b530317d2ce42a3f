"""The lines to Slack: two sockets or signed requests, one session, and an answer to whatever comes."""

import asyncio
from collections import Counter

import aiohttp
import pytest
from aiohttp import WSMsgType, web

from bot.lines import Spans
from bot.running import Client
from sandbox.interactions import payloads
from tests.conftest import at_work, at_work_over_http
from tests.journeys.between import between, served

LINES = {"over sockets": at_work, "over HTTP": at_work_over_http}


@pytest.fixture(params=LINES)
async def town(request, slack, sqlite):
    """Cairn at work, hearing Slack in each of the two ways."""
    async with LINES[request.param](slack, sqlite.fresh()) as town:
        yield town


@pytest.fixture
async def on_sockets(slack, sqlite):
    async with at_work(slack, sqlite.fresh()) as town:
        await both_open(town)
        yield town


async def both_open(town):
    await town.slack.until(lambda: town.slack.sockets.connections == 2)


async def answers(town, who, times=1):
    """Somebody types, again and again; what they read."""
    seen = []
    for _ in range(times):
        seen.append((await who.command("/okr")).text)
    return seen


def is_answer(text):
    return "You have no objectives" in text


# whatever comes is answered


EVENTS = ["app_mention", "function_executed", "workflow_step_execute", "link_shared", "team_rename", "tokens_revoked"]
EVENTS += ["app_uninstalled", "subteam_updated", "channel_rename", "file_shared", "something_from_next_year"]
SUBTYPES = ["message_changed", "message_deleted", "bot_message", "channel_join", "file_share", "thread_broadcast", "me"]


async def test_every_event_is_acknowledged_whether_it_is_meant_for_cairn_or_not(town):
    gita, line = town.person("gita"), town.slack.delivery.line
    for name in EVENTS:
        await line.tell(told(town, {"type": name, "user": gita.id, "function": {"callback_id": "x"}}), 0, "")
    for subtype in SUBTYPES:
        message = {"type": "message", "subtype": subtype, "channel": "D1", "channel_type": "im", "user": gita.id}
        await line.tell(told(town, message), 0, "")
    await line.tell(told(town, {"type": "message", "channel": "C1", "channel_type": "channel", "text": "hello"}), 0, "")
    await line.tell(told(town, {"type": "message", "bot_id": "B9", "channel": "D1", "channel_type": "im"}), 0, "")

    await town.quiet()
    assert gita.dm == []


def told(town, event):
    known = {
        "type": "event_callback",
        "team_id": town.slack.workspace.team_id,
        "event_id": town.slack.workspace.new_id("Ev"),
    }
    return known | {"event": event}


INTERACTIONS = [
    {"type": "block_suggestion", "action_id": "who", "block_id": "b", "value": "gi"},
    {"type": "dialog_suggestion", "callback_id": "old", "name": "who", "value": "gi"},
    {"type": "dialog_submission", "callback_id": "old", "submission": {"a": "b"}},
    {"type": "dialog_cancellation", "callback_id": "old"},
    {"type": "interactive_message", "callback_id": "old", "actions": [{"name": "go", "type": "button", "value": "1"}]},
    {"type": "view_closed", "view": {"id": "V1", "type": "modal", "callback_id": "objective"}, "is_cleared": False},
    {"type": "view_submission", "view": {"id": "V1", "type": "modal", "callback_id": "of somebody else", "blocks": []}},
    {"type": "shortcut", "callback_id": "unknown"},
    {"type": "message_action", "callback_id": "unknown", "message": {"ts": "1.2", "text": "hello"}},
    {"type": "block_actions", "actions": [{"action_id": "unknown", "block_id": "b", "type": "button"}]},
    {"type": "workflow_step_edit", "callback_id": "unknown", "workflow_step": {"step_id": "1", "inputs": {}}},
    {"type": "something_from_next_year"},
]


@pytest.mark.parametrize("what", INTERACTIONS, ids=lambda what: what["type"])
async def test_every_interaction_is_acknowledged_whether_it_is_known_or_not(town, what):
    gita = town.person("gita")
    begun = payloads.interaction(town.slack.workspace, what["type"], gita.id)

    said = await town.slack.delivery.line.ask("interactive", begun | what | {"trigger_id": "1.2.3"}, True)

    asks_for_options = what["type"].endswith("_suggestion")
    assert said == ({"options": []} if asks_for_options else {})


async def test_a_command_that_cairn_does_not_have_is_acknowledged(town):
    here = town.slack.workspace
    sent = payloads.command(here, town.person("gita").id, here.channel_named("general"), "/okr", "")

    assert await town.slack.delivery.line.ask("slash_commands", sent | {"command": "/okr2", "trigger_id": "1.2"}) == {}


# one session, one question who we are


@pytest.mark.parametrize("way", LINES)
async def test_slack_is_asked_once_who_cairn_is_and_over_few_connections(way, slack, sqlite):
    async with between(slack.api_url) as network, LINES[way](slack, sqlite.fresh(), network.address) as town:
        await town.set_up()
        gita = town.person("gita")
        await town.objective(gita)
        for _ in range(20):
            await gita.command("/okr")
            await gita.open_home()
        await gita.say("hello")
        await town.quiet()

    calls = Counter(network.calls)
    assert calls["auth.test"] == 1
    assert calls["views.publish"] > 20
    assert len(network.connections) <= 6


async def test_a_call_whose_answer_is_lost_is_not_made_again(town):
    gita, ada = town.person("gita"), town.person("ada")
    await town.set_up()
    before = Counter(each.name for each in town.slack.traffic)
    with town.slack.faults.drop("views.open"), town.slack.faults.drop("chat.postMessage"):
        await gita.command("/okr add objective")
        await ada.command("/kudos @gita for patience")
        await town.quiet()

    made = Counter(each.name for each in town.slack.traffic)
    assert made["views.open"] == before["views.open"] + 1
    assert len(town.slack.channel("kudos").messages) == 1


async def test_a_call_that_takes_too_long_is_cut_off(slack):
    async with aiohttp.ClientSession() as session:
        client = Client(slack.bot_token, slack.api_url, timeout=0.2, session=session, retry_handlers=[])
        with slack.faults.slow("chat.postMessage", seconds=60), pytest.raises(TimeoutError):
            await client.chat_postMessage(channel=slack.channel("kudos").id, text="Hello")
        assert (await client.auth_test())["ok"]


# two sockets


async def test_two_sockets_are_open_and_both_carry(on_sockets):
    seen = await answers(on_sockets, on_sockets.person("gita"), 6)

    assert all(map(is_answer, seen))
    assert all(line.is_open for line in on_sockets.cairn.health.lines)


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
async def test_commands_typed_while_slack_renews_the_sockets_one_by_one_are_all_answered(on_sockets, reason):
    people = [on_sockets.person(name) for name in ("gita", "bo", "hana", "emi")]
    typing = [asyncio.create_task(answers(on_sockets, who, 10)) for who in people]
    for _ in range(6):
        await on_sockets.slack.sockets.refresh(reason, only_one=True)
        assert on_sockets.slack.sockets.is_up
        await both_open(on_sockets)

    seen = [text for texts in await asyncio.gather(*typing) for text in texts]
    assert len(seen) == 40
    assert all(map(is_answer, seen))


@pytest.mark.parametrize("strike", ["refresh", "cut"])
async def test_commands_typed_while_every_socket_goes_at_once_are_all_answered(on_sockets, strike):
    people = [on_sockets.person(name) for name in ("gita", "bo", "hana", "emi")]
    typing = [asyncio.create_task(answers(on_sockets, who, 6)) for who in people]
    for _ in range(2):
        await getattr(on_sockets.slack.sockets, strike)()
        await asyncio.sleep(0.3)

    seen = [text for texts in await asyncio.gather(*typing) for text in texts]
    assert all(map(is_answer, seen))
    await both_open(on_sockets)


async def test_a_command_under_way_on_a_socket_that_is_renewed_is_answered(slack, sqlite):
    async with between(slack.api_url) as network, at_work(slack, sqlite.fresh(), network.address) as town:
        await both_open(town)
        network.held["views.open"] = asyncio.Event()
        gita = town.person("gita")
        typed = [asyncio.create_task(who.command("/okr add objective")) for who in (gita, town.person("bo"))]
        await slack.until(lambda: network.calls.count("views.open") == 2)

        await slack.sockets.refresh()
        network.held["views.open"].set()

        await asyncio.gather(*typed)
        assert "What should be true" in str(gita.modal)
        assert not gita.sees("general")


async def test_the_new_socket_is_open_before_the_old_one_goes(on_sockets):
    fewest = []
    on_sockets.slack.workspace.subscribe(lambda _: fewest.append(on_sockets.slack.sockets.connections))

    await on_sockets.slack.sockets.refresh("warning")
    await on_sockets.slack.until(lambda: on_sockets.slack.sockets.connections == 4)

    assert min(fewest, default=2) >= 2
    assert is_answer((await on_sockets.person("gita").command("/okr")).text)


async def test_a_socket_that_gives_no_sign_of_life_is_given_up_for_another(slack, sqlite, deaf):
    spans = Spans(ping=0.05, silence=0.3)
    async with at_work(slack, sqlite.fresh(), deaf.address, spans=spans) as town:
        await asyncio.wait_for(deaf.third.wait(), 10)

        assert town.cairn.health.lines


@pytest.fixture
async def deaf(slack):
    """A Slack whose sockets open and then do nothing: no pong, no close."""

    class Deaf:
        address, opened, third = "", 0, asyncio.Event()

        async def socket(self, request):
            line = web.WebSocketResponse(autoping=False)
            await line.prepare(request)
            self.opened += 1
            if self.opened > 2:
                self.third.set()
            while (await line.receive()).type not in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING):
                pass
            return line

    deaf = Deaf()
    async with between(slack.api_url) as network, served({"/socket": deaf.socket}) as address:
        network.answers["apps.connections.open"] = {"ok": True, "url": f"{address.replace('http', 'ws')}/socket"}
        deaf.address = network.address
        yield deaf
