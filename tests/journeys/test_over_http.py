"""Slack over signed HTTP: the same journeys, and nothing that Slack has not signed."""

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.interactions import payloads
from sandbox.reading import text_of
from tests.conftest import at_work_over_http
from tests.journeys.between import between

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@pytest.fixture
async def town(slack, sqlite):
    async with at_work_over_http(slack, sqlite.fresh()) as town:
        yield town


@pytest.fixture
async def door(town):
    """Somebody at the door who may know the secret, and who may not."""
    async with aiohttp.ClientSession() as session:
        yield Door(town, session)


class Door:
    def __init__(self, town, session):
        self.url = f"{town.cairn.address}/slack/events"
        self._secret, self._session = town.slack.signing_secret, session

    def signed(self, body, at=None):
        stamp = str(int(time.time() if at is None else at))
        base = b":".join((b"v0", stamp.encode(), body))
        digest = hmac.new(self._secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    async def send(self, body, headers=None, method="POST", content_type=JSON):
        """What status comes back, and what with it."""
        sent = {"Content-Type": content_type} | (self.signed(body) if headers is None else headers)
        async with self._session.request(method, self.url, data=body, headers=sent) as answer:
            return answer.status, await answer.text()


def written(body):
    return urlencode(body).encode()


def typed(town, who, text):
    here = town.slack.workspace
    command = payloads.command(here, who.id, here.channel_named("general"), "/okr", text)
    return command | {"trigger_id": f"{time.time_ns()}.1"}


# journeys


async def test_a_company_is_set_up_sets_objectives_checks_in_and_says_thanks(town):
    await town.set_up()
    await town.team()
    gita, bo = town.person("gita"), town.person("bo")
    await town.objective(gita)
    await town.key_result(gita)

    await town.until(town.monday(gita, minute=5))
    await gita.press("Check in")
    await gita.submit({"value KR-1": "40", "note KR-1": "Warm now."})
    await gita.close()
    await bo.command("/kudos @gita for the payload of the year KR-1")
    await town.quiet()

    assert "40 → 100" in (await gita.command("/okr")).text
    assert "Checked in" in text_of(gita.dm[0])
    assert "thanked you" in text_of(gita.dm[-1])
    assert "the payload of the year" in text_of(town.slack.channel("kudos").messages[0])


async def test_a_shortcut_opens_its_form_and_a_word_in_the_conversation_is_answered(town):
    gita = town.person("gita")

    await gita.shortcut("Give kudos")
    opened = text_of(gita.modal)
    await gita.close()
    await gita.say("what now?")
    await town.quiet()

    assert "Who" in opened
    assert "I answer a few plain questions here" in text_of(gita.dm[-1])


async def test_a_form_with_a_mistake_stays_open(town):
    gita = town.person("gita")
    await town.objective(gita)
    await gita.command("/okr add kr O-1")

    await gita.submit({"title": "Sign-ups", "start": "none", "target": "100"})

    assert gita.errors


async def test_the_challenge_is_answered_to_slack_alone(town, door):
    body = json.dumps({"type": "url_verification", "challenge": "c-1", "token": "t"}).encode()

    status, said = await door.send(body)
    assert (status, json.loads(said)) == (200, {"challenge": "c-1"})
    assert (await door.send(body, headers={}))[0] == 401


async def test_what_is_under_way_at_the_end_is_answered(slack, sqlite):
    gita = slack.person("gita")
    async with between(slack.api_url) as network:
        network.held["views.open"] = asyncio.Event()
        cairn = at_work_over_http(slack, sqlite.fresh(), network.address)
        await cairn.__aenter__()
        asked = asyncio.create_task(gita.command("/okr add objective"))
        await slack.until(lambda: "views.open" in network.calls)

        ending = asyncio.create_task(cairn.__aexit__(None, None, None))
        await asyncio.wait([ending], timeout=0.2)
        assert not ending.done()
        network.held["views.open"].set()

        await asked
        assert "What should be true" in str(gita.modal)
        await ending


# once


async def test_a_request_that_is_played_again_byte_for_byte_has_one_effect(town, door):
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita)
    body = written(typed(town, gita, "update KR-1 +5"))
    headers = door.signed(body)

    answers = [await door.send(body, headers, content_type=FORM) for _ in range(3)]

    assert [status for status, _ in answers] == [200, 200, 200]
    assert "5 → 100" in (await gita.command("/okr")).text


# at the door


async def test_what_slack_has_not_signed_is_turned_away(town, door):
    gita = town.person("gita")
    body = written(typed(town, gita, "add objective"))
    good = door.signed(body)
    stamp, signature = good["X-Slack-Request-Timestamp"], good["X-Slack-Signature"]

    async def status(**changed):
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature} | {
            f"X-Slack-{name.replace('_', '-')}": value for name, value in changed.items()
        }
        kept = {name: value for name, value in headers.items() if value is not None}
        return (await door.send(body, kept, content_type=FORM))[0]

    assert await status() == 200
    assert await status(Request_Timestamp=None) == 401
    assert await status(Signature=None) == 401
    for bad in ("soon", "", "12.5", "-5", "１２３４５６７８９０", "9" * 5000, f"{stamp} "[:-1] + "x"):
        assert await status(Request_Timestamp=bad) == 401
    for bad in ("v0=", "nonsense", "v0=ünsigned", "v0=" + "é" * 64, signature.upper(), "v0=" + "0" * 64):
        assert await status(Signature=bad) == 401
    old = door.signed(body, at=time.time() - 301)
    early = door.signed(body, at=time.time() + 302)
    assert (await door.send(body, old, content_type=FORM))[0] == 401
    assert (await door.send(body, early, content_type=FORM))[0] == 401
    assert (await door.send(body + b"&more=1", good, content_type=FORM))[0] == 401


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", JSON),
        (b"[]", JSON),
        (b'"text"', JSON),
        (b"null", JSON),
        (b"", JSON),
        (b"[" * 100_000, JSON),
        (b'{"a":' * 50_000, JSON),
        (b'{"n": ' + b"9" * 5000 + b"}", JSON),
        (b"\xff\xfe{}", JSON),
        (b'{"event": {"type": "message", "text": "\\ud800"}}', JSON),
        (b'{"event": "message"}', JSON),
        (b'{"event": []}', JSON),
        (b'{"actions": ["press"]}', JSON),
        (b'{"authorizations": [1]}', JSON),
        (b"hello", FORM),
        (b"", FORM),
        (b"text=%ff%fe", FORM),
        (b"\xff=1", FORM),
        (b"payload=", FORM),
        (b"payload=%7B", FORM),
        (b"payload=%5B%5D", FORM),
        (b"payload=3", FORM),
        (b"&".join(b"a%d=1" % n for n in range(1000)), FORM),
    ],
    ids=repr,
)
async def test_what_cannot_be_read_is_turned_away_however_well_it_is_signed(door, body, content_type):
    assert (await door.send(body, content_type=content_type))[0] == 400


async def test_what_is_too_large_is_not_read(door):
    large = b"text=" + b"a" * (2 * 1024 * 1024)

    async def in_pieces():
        for at in range(0, len(large), 65536):
            yield large[at : at + 65536]

    assert (await door.send(large, content_type=FORM))[0] == 413
    sent = {"Content-Type": FORM} | door.signed(large)
    async with door._session.post(door.url, data=in_pieces(), headers=sent) as answer:
        assert answer.status == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD"])
async def test_only_a_post_is_heard(door, method):
    assert (await door.send(b"", method=method))[0] == 405


async def test_no_header_makes_bolt_work_in_another_way(town, door):
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita)
    body = written(typed(town, gita, "update KR-1 7") | {"mode": "socket_mode"})
    lazy = {"X-Slack-Bolt-Lazy-Only": "1", "X-Slack-Bolt-Lazy-Function-Name": "command", "Mode": "socket_mode"}

    assert (await door.send(body, lazy, content_type=FORM))[0] == 401
    status, said = await door.send(body, door.signed(body) | lazy, content_type=FORM)

    assert status == 200
    assert "7 of 100" in said


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = [
    *("type", "event", "view", "actions", "authorizations", "team", "team_id", "user", "channel", "command", "text"),
    *(
        "trigger_id",
        "callback_id",
        "container",
        "message",
        "state",
        "response_url",
        "response_urls",
        "bot_id",
        "inputs",
    ),
    *("enterprise", "function_data", "action_ts", "event_id", "is_enterprise_install", "options", "thread_ts", "item"),
]
KINDS = ["event_callback", "block_actions", "view_submission", "shortcut", "message_action", "block_suggestion"]
PAYLOADS = st.dictionaries(
    st.sampled_from(NAMES),
    ANYTHING | st.dictionaries(st.sampled_from(NAMES), ANYTHING | st.sampled_from(["message", "user_change"])),
    max_size=7,
).flatmap(lambda body: st.sampled_from([body, *({**body, "type": kind} for kind in KINDS)]))


async def test_no_object_of_whatever_shape_is_answered_with_a_404(town, door):
    """Whoever knows the secret is Slack; where it sends what makes no sense, that is said in one of a few ways."""
    bodies = []

    @settings(max_examples=400, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(PAYLOADS)
    def collect(body):
        bodies.append(body)

    collect()
    for body in bodies:
        status, _ = await door.send(json.dumps(body).encode())
        assert status in {200, 400}, body
