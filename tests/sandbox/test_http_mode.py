"""HTTP mode: what happens in the workspace is posted to the app, signed, and what it answers is shown."""

import asyncio
import json
from contextlib import AsyncExitStack
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from sandbox.http_mode import NotVerified
from sandbox.rules import Rules
from tests.patience import PATIENT
from tests.sandbox.conftest import client_of
from tests.sandbox.forms import button, form, row
from tests.sandbox.web_app import MANIFEST, answering, challenged, heron, listening, serving

QUICK = Rules(ack_seconds=0.2, retry_delays=(0.0, 0.01, 0.02))


@pytest.fixture
async def slack(start):
    return await start(manifest=MANIFEST, rules=PATIENT)


@pytest.fixture
async def app(slack):
    """A Bolt app on the web; a test adds the listeners it needs."""
    app = heron(slack)
    async with listening(app) as address:
        await slack.set_request_url(f"{address}/slack/events")
        yield app


@pytest.fixture
async def listen(slack):
    """Have the sandbox talk to a bare web app: every request is kept, and this is answered after the challenge."""
    async with AsyncExitStack() as stack:

        async def listen(answer, slack=slack):
            kept = []

            async def handle(request):
                kept.append((request.path, dict(request.headers), await request.read()))
                return await challenged(request) or await answer(request)

            address = await stack.enter_async_context(serving(answering(handle)))
            await slack.set_request_url(address)
            kept.clear()
            return kept

        yield listen


async def heard(_):
    return web.Response(text="Heard")


async def test_a_command_is_answered_in_the_response(slack, app):
    @app.command("/echo")
    async def echo(ack, command):
        await ack(f"{command['text']}, says {command['user_name']}")

    assert (await slack.person("ada").command("/echo Hello @bo")).text == "Hello @Bo, says ada"


async def test_a_request_is_signed_over_the_body_as_it_is_sent(slack, listen):
    kept = await listen(heard)
    await slack.person("ada").command("/echo Grüße & more")
    _, headers, body = kept[0]
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, headers)
    assert not SignatureVerifier("another secret").is_valid_request(body, headers)
    assert parse_qs(body.decode())["text"] == ["Grüße &amp; more"]
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"


async def test_an_app_with_another_secret_turns_everything_away(start):
    slack = await start(manifest=MANIFEST)
    async with listening(heron(slack, signing_secret="another secret")) as address:
        with pytest.raises(NotVerified, match="HTTP 401"):
            await slack.set_request_url(f"{address}/slack/events")
        slack = await start(manifest=MANIFEST, request_url=f"{address}/slack/events")
        seen = await slack.person("ada").command("/echo hello")
    assert seen.text == '/echo failed with the error "dispatch_failed"'


async def test_a_form_is_opened_refused_mended_and_kept(slack, app):
    @app.command("/form")
    async def open_form(ack, command, client):
        await client.views_open(trigger_id=command["trigger_id"], view=form())
        await ack()

    @app.view("form")
    async def submitted(ack, view):
        title = view["state"]["values"]["title"]["answer"]["value"]
        refusal = {"response_action": "errors", "errors": {"title": "Say more."}}
        await ack(**(refusal if len(title) < 5 else {}))

    ada = slack.person("ada")
    await ada.command("/form")
    await ada.submit({"Title": "Up"})
    assert ada.errors == {"Title": "Say more."}
    await ada.submit({"Title": "Grow the reef"})
    assert ada.modal is None


async def test_a_button_is_pressed_and_its_message_replaced(slack, app):
    @app.action("hi")
    async def pressed(ack, respond):
        await respond("Well done", replace_original=True)
        await ack()

    ada = slack.person("ada")
    await client_of(slack).chat_postMessage(channel=ada.id, text="Press", blocks=[row(button("Press me", "hi"))])
    await ada.press("Press me")
    assert [each.text for each in ada.dm] == ["Well done"]


async def test_events_reach_the_app_as_json(slack, app):
    heard = []

    @app.event("app_home_opened")
    async def opened():
        pass

    @app.event("message")
    async def said(event, body):
        heard.append((event["text"], body["team_id"]))

    await slack.person("ada").say("Hello")
    assert heard == [("Hello", slack.workspace.team_id)]


async def test_each_kind_goes_to_its_own_address_of_the_manifest(start, tmp_path):
    kept, manifest = [], tmp_path / "manifest.yml"

    async def handle(request):
        kept.append(request.path)
        return await challenged(request) or web.json_response({"text": "Heard"})

    picker = {
        "type": "input",
        "block_id": "pick",
        "label": {"type": "plain_text", "text": "Pick"},
        "element": {"type": "external_select", "action_id": "pick", "min_query_length": 0},
    }
    async with serving(answering(handle)) as address:
        manifest.write_text(MANIFEST.read_text().replace("http://127.0.0.1:9", address))
        slack = await start(manifest=manifest, rules=PATIENT)
        ada = slack.person("ada")
        await slack.until(lambda: slack.http.is_up)
        kept.clear()
        await ada.command("/echo hello")
        await ada.shortcut("Wave")
        await ada.open_home()
        await client_of(slack).views_publish(user_id=ada.id, view={"type": "home", "blocks": [picker]})
        with pytest.raises(AssertionError, match="Nothing is offered"):
            await ada.choose("Pick", "anything")
    assert kept == ["/commands", "/interactivity", "/events", "/options"]


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        ({"body": b""}, ""),
        ({"text": "Plain words"}, "Plain words"),
        ({"text": '{"text": "In JSON"}', "content_type": "application/json"}, "In JSON"),
        ({"text": '{"text": "In JSON"}'}, '{"text": "In JSON"}'),
        ({"text": "no", "status": 201}, '/echo failed with the error "dispatch_failed"'),
        ({"text": "no", "status": 500}, '/echo failed with the error "dispatch_failed"'),
    ],
)
async def test_what_a_person_sees_of_an_answer_to_their_command(slack, listen, answer, seen):
    async def handle(_):
        return web.Response(**answer)

    await listen(handle)
    ada = slack.person("ada")
    await slack.interactions.command(ada.id, slack.channel("general").id, "/echo hello")
    assert [each.text for each in ada.sees("general")] == ([seen] if seen else [])


async def test_an_answer_that_takes_too_long_is_a_timeout(start, listen):
    slack = await start(manifest=MANIFEST, rules=QUICK)
    released = asyncio.Event()

    async def slow(_):
        await released.wait()
        return web.Response(text="Too late")

    await listen(slow, slack)
    seen = await slack.person("ada").command("/echo hello")
    released.set()
    assert seen.text == '/echo failed with the error "operation_timeout"'


async def test_an_app_that_is_gone_fails_a_command(slack):
    async with serving(answering(challenged)) as address:
        await slack.set_request_url(address)
    seen = await slack.person("ada").command("/echo hello")
    assert seen.text == '/echo failed with the error "dispatch_failed"'


@pytest.mark.parametrize(
    "echo",
    [
        lambda challenge: {"text": challenge},
        lambda challenge: {"text": f"challenge={challenge}", "content_type": "application/x-www-form-urlencoded"},
        lambda challenge: {"text": json.dumps({"challenge": challenge}), "content_type": "application/json"},
    ],
)
async def test_a_url_is_verified_by_giving_the_challenge_back(slack, echo):
    async def handle(request):
        return web.Response(**echo((await request.json())["challenge"]))

    async with serving(answering(handle)) as address:
        await slack.set_request_url(address)
    assert slack.http.is_up


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [({"text": "What?"}, "the value of the `challenge`"), ({"text": "no", "status": 404}, "HTTP 404")],
)
async def test_a_url_that_does_not_is_not_used(slack, app, answer, trouble):
    @app.command("/echo")
    async def echo(ack):
        await ack("Still here")

    async def handle(_):
        return web.Response(**answer)

    async with serving(answering(handle)) as address:
        with pytest.raises(NotVerified, match=trouble):
            await slack.set_request_url(address)
    with pytest.raises(NotVerified, match="connection_failed"):
        await slack.set_request_url(address)
    assert (await slack.person("ada").command("/echo")).text == "Still here"


async def test_events_wait_until_an_app_has_answered_the_challenge(start):
    heard = []
    slack = await start(manifest=MANIFEST, rules=PATIENT)
    await slack.interactions.change_profile(slack.person("ada").id, tz="Asia/Tokyo")
    app = heron(slack)

    @app.event("user_change")
    async def changed(event):
        heard.append(event["user"]["tz"])

    assert heard == []
    async with listening(app) as address:
        await slack.set_request_url(f"{address}/slack/events")
        await slack.until(lambda: heard)
    assert heard == ["Asia/Tokyo"]


async def test_an_app_that_starts_after_the_workspace_is_found(start):
    async with serving(answering(challenged)) as address:
        slack = await start(manifest=MANIFEST, request_url=address)
        await slack.until(lambda: slack.http.is_up)


def retries(kept):
    return [
        (headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason"))
        for _, headers, body in kept
        if json.loads(body)["type"] == "event_callback"
    ]


async def fate(slack):
    """What became of the next event: the attempts that it took, None where it was given up."""
    fates = []
    stop = slack.workspace.subscribe(lambda change: change.kind == "event" and fates.append(change.detail["attempts"]))
    await slack.interactions.change_profile(slack.person("ada").id, tz="Asia/Tokyo")
    await slack.until(lambda: fates)
    stop()
    return fates[0]


async def test_an_event_that_fails_comes_again_three_times_and_says_why(start, listen):
    slack = await start(manifest=MANIFEST, rules=QUICK)

    async def broken(_):
        return web.Response(status=500)

    kept = await listen(broken, slack)
    assert await fate(slack) is None
    assert retries(kept) == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({json.loads(body)["event_id"] for _, _, body in kept}) == 1


async def test_any_2xx_acknowledges_an_event(start, listen):
    slack = await start(manifest=MANIFEST, rules=QUICK)

    async def accepted(_):
        return web.Response(status=202)

    await listen(accepted, slack)
    assert await fate(slack) == 1


async def test_an_event_that_took_too_long_says_so_when_it_comes_again(start, listen):
    slack = await start(manifest=MANIFEST, rules=QUICK)
    released = asyncio.Event()

    async def slow_at_first(request):
        if "x-slack-retry-num" not in request.headers:
            await released.wait()
        return web.Response()

    kept = await listen(slow_at_first, slack)
    assert await fate(slack) == 2
    released.set()
    assert retries(kept)[1] == ("1", "http_timeout")


async def test_an_event_whose_connection_broke_says_so_when_it_comes_again(start, listen):
    slack = await start(manifest=MANIFEST, rules=QUICK)

    async def broken_at_first(request):
        if "x-slack-retry-num" not in request.headers:
            request.transport.close()
        return web.Response()

    kept = await listen(broken_at_first, slack)
    assert await fate(slack) == 2
    assert retries(kept)[1] == ("1", "connection_failed")


async def test_an_app_may_ask_for_no_redelivery(start, listen):
    slack = await start(manifest=MANIFEST, rules=QUICK)

    async def never_mind(_):
        return web.Response(status=500, headers={"x-slack-no-retry": "1"})

    kept = await listen(never_mind, slack)
    assert await fate(slack) is None
    assert retries(kept) == [(None, None)]


@pytest.mark.parametrize(("hops", "reasons"), [(2, []), (3, ["too_many_redirects"] * 3)])
async def test_two_redirects_are_followed_and_no_third(start, listen, hops, reasons):
    slack = await start(manifest=MANIFEST, rules=QUICK)

    async def elsewhere(request):
        taken = len(request.path) - 1
        if taken < hops:
            raise web.HTTPTemporaryRedirect("/" + "x" * (taken + 1))
        return web.Response()

    kept = await listen(elsewhere, slack)
    assert await fate(slack) == (None if reasons else 1)
    firsts = [headers for path, headers, _ in kept if path == "/"]
    assert [each.get("x-slack-retry-reason") for each in firsts[1:]] == reasons


async def test_bolt_s_own_failures_are_told_again(start):
    slack = await start(manifest=MANIFEST, rules=Rules(ack_seconds=10.0, retry_delays=(0.0, 0.01, 0.02)))
    app, heard = heron(slack), []

    @app.event("user_change")
    async def changed(request):
        heard.append(request.headers.get("x-slack-retry-reason"))
        if len(heard) < 3:
            raise RuntimeError("not this time")

    async with listening(app) as address:
        await slack.set_request_url(f"{address}/slack/events")
        assert await fate(slack) == 3
    assert heard == [None, ["http_error"], ["http_error"]]


async def test_the_inspector_has_the_requests_with_their_answers(slack, listen):
    await listen(heard)
    await slack.person("ada").command("/echo hello")
    last = list(slack.traffic)[-1]
    assert (last.kind, last.name, last.status) == ("request", "slash_commands", "200")
    assert last.asked["text"] == "hello"
