"""Requests to the doors whose bodies are in the wrong shape: a sentence says so, and nothing breaks."""

import json

import aiohttp
import pytest

from tests.sandbox.forms import form, question
from tests.sandbox.test_bodies import DEEP

PYTHON_WORDS = ("object has", "NoneType", "argument", "unhashable", "supported between", "could not convert", "int()")


@pytest.fixture
async def ask(slack):
    """What a door answers to this body: the status, and its sentence."""
    async with aiohttp.ClientSession(slack.page_url) as browser:

        async def ask(path, body):
            text = body if isinstance(body, str) else json.dumps(body)
            async with browser.post(path, data=text) as answer:
                told = await answer.json()
            sentence = told.get("refused") or told.get("trouble") or ""
            assert not [words for words in PYTHON_WORDS if words in sentence], sentence
            return answer.status, sentence

        yield ask


@pytest.mark.parametrize(
    ("verb", "body", "wrong"),
    [
        *(("command", {"text": said}, "'text'") for said in (5, None, {}, [])),
        *(("command", {"text": "/echo", "channel": said}, "'channel'") for said in (5, None, {}, [])),
        ("command", DEEP, "object of JSON"),
        ("say", {"text": 5}, "'text'"),
        ("say", {"text": "Hello", "channel": []}, "'channel'"),
        ("say", {"text": "Hello", "thread_ts": 5}, "'thread_ts'"),
        ("press", {"label": 5}, "'label'"),
        ("press", {"label": "Go", "within": 5}, "'within'"),
        ("press", {"label": "Go", "within": {"id": "V1"}}, "'within'"),
        ("press", {"label": "Go", "within": {"ts": 5, "channel": []}}, "'channel'"),
        ("choose", {"label": "Go", "option": {}}, "'option'"),
        ("choose", {"label": "Go", "option": [5]}, "'option'"),
        ("shortcut", {"name": []}, "'name'"),
        ("shortcut", {"name": "Wave", "message": "x"}, "'message'"),
        ("submit", {"entered": 5}, "'entered'"),
        ("submit", {"entered": {"Title": 5}}, "'Title'"),
        ("fill", {"entered": {"Title": {}}}, "'Title'"),
        ("join", {"channel": 5}, "'channel'"),
        ("react", {"message": None, "emoji": "tada"}, "'channel'"),
        ("react", {"message": 5, "emoji": "tada"}, "'message'"),
    ],
)
async def test_a_person_s_door_names_what_is_in_the_wrong_shape(ask, verb, body, wrong):
    status, sentence = await ask(f"people/ada/{verb}", body)
    assert (status, wrong in sentence) == (422, True), sentence


async def test_several_things_do_not_go_into_a_field_for_one(ask, opened):
    await opened(form(question("title", "Title"), question("when", "When", type="datetimepicker")))
    assert await ask("people/ada/fill", {"entered": {"Title": ["a", "b"]}}) == (
        422,
        "Only one thing can be entered here.",
    )
    status, sentence = await ask("people/ada/fill", {"entered": {"When": "soon"}})
    assert (status, "'soon' is no date and time" in sentence) == (422, True)


@pytest.mark.parametrize("seconds", [[], "1", None, True, -1, 10**400, float("nan")])
async def test_a_wait_is_a_number_of_seconds(ask, seconds):
    status, sentence = await ask("calls/chat.postMessage", {"seconds": seconds})
    assert (status, "'seconds' must be a number" in sentence) == (422, True)


@pytest.mark.parametrize(
    "body",
    [
        "x",
        "5",
        {},
        {"deed": []},
        {"deed": "dance"},
        {"deed": "drop", "self": 5},
        {"deed": "drop", "name": 5},
        {"deed": "drop", "every": "x"},
        {"deed": "drop", "every": None},
        {"deed": "drop", "times": 1.5},
        {"deed": "slow", "seconds": []},
        {"deed": "slow", "seconds": 10**400},
        {"deed": "limit", "retry_after": "x"},
        {"deed": "fail", "status": 99999},
        {"deed": "fail", "status": "x"},
        {"deed": "fail", "body": 5},
        {"deed": "fail", "content_type": 5},
    ],
)
async def test_a_fault_that_cannot_be_is_refused(slack, client, ask, body):
    status, sentence = await ask("faults", body)
    assert (status, sentence.startswith("No such fault: ")) == (422, True)
    assert slack.faults.active == []
    assert (await client.auth_test())["ok"]


@pytest.mark.parametrize(
    "body",
    [
        "5",
        "x",
        {},
        {"do": []},
        {"do": "Rate limit", "often": []},
        {"do": "Rate limit", "often": "Once", "seconds": "inf"},
        {"do": "Rate limit", "often": "Once", "seconds": []},
    ],
)
async def test_the_inspector_s_panel_says_what_it_cannot_do(slack, ask, body):
    status, sentence = await ask("inspector/do", body)
    assert (status, bool(sentence)) == (200, True)
    assert slack.faults.active == []
