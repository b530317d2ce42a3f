"""Socket Mode: connections that come and go, and events that are told until they are heard."""

import asyncio

import aiohttp
import pytest

from sandbox.rules import Rules
from tests.sandbox.conftest import bolt, client_of, connected

QUICK = Rules(ack_seconds=0.2, retry_delays=(0.0, 0.01, 0.02))


@pytest.fixture
async def socket(slack):
    """A bare WebSocket in the app's place."""
    async with aiohttp.ClientSession() as session:
        yield await session.ws_connect(await address(slack))


async def address(slack):
    answer = await client_of(slack, slack.app_token).apps_connections_open(app_token=slack.app_token)
    return answer["url"]


async def acknowledge(socket, payload=None):
    """Take the next envelope and acknowledge it."""
    envelope = await socket.receive_json()
    await socket.send_json({"envelope_id": envelope["envelope_id"], **({"payload": payload} if payload else {})})
    return envelope


async def test_a_connection_begins_with_hello(slack, socket):
    hello = await socket.receive_json()
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"]["app_id"] == slack.workspace.company.app_id


async def test_a_ticket_opens_one_connection(slack):
    url = await address(slack)
    async with aiohttp.ClientSession() as session:
        await session.ws_connect(url)
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect(url)


async def test_an_eleventh_connection_is_turned_away(start):
    slack = await start(rules=Rules(max_connections=1))
    async with aiohttp.ClientSession() as session:
        first = await session.ws_connect(await address(slack))
        second = await session.ws_connect(await address(slack))
        assert (await second.receive_json())["reason"] == "too_many_websockets"
        assert slack.sockets.connections == 1
        assert not first.closed


async def test_an_envelope_says_what_may_be_answered(slack, socket):
    await socket.receive_json()
    command = asyncio.create_task(slack.person("ada").command("/echo hello"))
    envelope = await acknowledge(socket, {"text": "hello"})
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert (await command).text == "hello"
    saying = asyncio.create_task(slack.person("ada").say("hello"))
    opened, said = await acknowledge(socket), await acknowledge(socket)
    await saying
    assert (opened["payload"]["event"]["type"], said["payload"]["event"]["type"]) == ("app_home_opened", "message")
    assert (said["type"], said["accepts_response_payload"], said["retry_attempt"]) == ("events_api", False, 0)


async def test_pings_are_answered(slack, socket):
    await socket.receive_json()
    await socket.ping(b"still there?")
    command = asyncio.create_task(slack.person("ada").command("/echo"))
    await acknowledge(socket, {"text": "yes"})
    assert (await command).text == "yes"


async def test_an_event_that_is_not_acknowledged_comes_again(start):
    slack = await start(rules=QUICK)
    app, heard = bolt(slack), []

    @app.event("team_join")
    async def joined(body, request):
        heard.append((body["event_id"], request.headers.get("x-slack-retry-num")))
        if len(heard) < 3:
            raise RuntimeError("not this time")

    async with connected(app, slack):
        await slack.interactions.arrive("zoe", "Zoe Papadaki")
        await slack.until(lambda: len(heard) >= 3)
    assert len({event_id for event_id, _ in heard}) == 1
    assert [retry for _, retry in heard[:3]] == [["0"], ["1"], ["2"]]


async def test_an_event_that_nobody_hears_is_given_up_after_the_last_retry(start):
    slack = await start(rules=Rules(ack_seconds=0.02, retry_delays=(0.0, 0.0, 0.0)))
    fates = []
    slack.workspace.subscribe(
        lambda change: fates.append(change.detail["attempts"]) if change.kind == "event" else None
    )
    async with aiohttp.ClientSession() as session:
        socket = await session.ws_connect(await address(slack))
        await socket.receive_json()
        await slack.interactions.change_profile(slack.person("ada").id, tz="Asia/Tokyo")
        await slack.until(lambda: fates)
        retries = [(await socket.receive_json())["retry_attempt"] for _ in range(4)]
    assert retries == [0, 1, 2, 3]
    assert fates == [None]


async def test_an_event_whose_socket_was_cut_comes_again_at_once_over_another(slack, socket):
    await socket.receive_json()
    change = asyncio.create_task(slack.interactions.change_profile(slack.person("ada").id, tz="Asia/Tokyo"))
    first = await socket.receive_json()
    await socket.close()
    async with aiohttp.ClientSession() as session:
        second = await session.ws_connect(await address(slack))
        await second.receive_json()
        again = await acknowledge(second)
        await change
    assert again["payload"]["event_id"] == first["payload"]["event_id"]
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "connection_failed")


async def test_events_wait_for_an_app_that_is_away(slack):
    ada, heard = slack.person("ada"), []
    await slack.interactions.change_profile(ada.id, tz="Asia/Tokyo")
    app = bolt(slack)

    @app.event("user_change")
    async def changed(event):
        heard.append(event["user"]["tz"])

    async with connected(app, slack):
        await slack.events.heard()
    assert heard == ["Asia/Tokyo"]


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_an_app_asked_to_refresh_comes_back(slack, app, reason):
    @app.command("/echo")
    async def again(ack):
        await ack("Still here")

    tickets = []
    slack.workspace.subscribe(lambda change: tickets.append(change) if change.kind == "call" else None)
    await slack.sockets.refresh(reason)
    await slack.until(lambda: [each for each in tickets if each.detail["method"] == "apps.connections.open"])
    assert (await slack.person("ada").command("/echo")).text == "Still here"


async def test_a_command_under_way_during_a_refresh_is_still_answered(slack, app):
    woken = asyncio.Event()

    @app.command("/echo")
    async def again(ack):
        await slack.sockets.refresh()
        await slack.until(lambda: slack.sockets.connections)
        woken.set()
        await ack("Still here")

    assert (await slack.person("ada").command("/echo")).text == "Still here"
    assert woken.is_set()


async def test_payloads_go_to_any_of_the_connections(slack):
    app, heard = bolt(slack), []

    @app.command("/echo")
    async def again(ack):
        heard.append(1)
        await ack("ok")

    async with connected(app, slack), connected(app, slack):
        assert slack.sockets.connections == 2
        for _ in range(4):
            await slack.person("ada").command("/echo")
    assert len(heard) == 4


async def test_one_connection_can_be_asked_to_refresh_while_the_other_stays(slack):
    url = await address(slack)
    async with aiohttp.ClientSession() as session:
        oldest, other = await session.ws_connect(url), await session.ws_connect(await address(slack))
        for each in (oldest, other):
            assert (await each.receive_json())["type"] == "hello"
        asking = asyncio.create_task(slack.sockets.refresh(only_one=True))

        assert (await oldest.receive_json())["reason"] == "refresh_requested"
        assert (await oldest.receive()).type is aiohttp.WSMsgType.CLOSE
        await asking

        assert slack.sockets.connections == 1
        assert not other.closed
