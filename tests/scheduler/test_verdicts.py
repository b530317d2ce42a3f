"""What an answer from Slack means for the message that was sent."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from scheduler.verdicts import NEVER, UNSURE, Fate, Verdict, verdict


def refused(body, status: int = 200, **headers: str) -> SlackApiError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=body, headers=named, status_code=status
    )
    return SlackApiError("refused", response)


def error(code: str) -> dict:
    return {"ok": False, "error": code}


REFUSALS = [
    (refused(error("channel_not_found")), Verdict(Fate.NEVER, error="channel_not_found")),
    (refused(error("is_archived")), Verdict(Fate.NEVER, error="is_archived")),
    (refused(error("invalid_blocks")), Verdict(Fate.NEVER, error="invalid_blocks")),
    (refused(error("something_new")), Verdict(Fate.LATER, error="something_new")),
    (refused(error("token_expired")), Verdict(Fate.LATER, error="token_expired", rest=60.0)),
    (refused(error("fatal_error")), Verdict(Fate.UNKNOWN, error="fatal_error")),
    (refused(error("internal_error")), Verdict(Fate.UNKNOWN, error="internal_error")),
    (refused(error("is_archived"), 503), Verdict(Fate.UNKNOWN, error="is_archived")),
    (refused({}, 502), Verdict(Fate.UNKNOWN, error="http 502")),
    (refused("upstream is down", 503), Verdict(Fate.UNKNOWN, error="http 503")),
    (refused(None), Verdict(Fate.UNKNOWN, error="http 200")),
    (refused({"ok": False}), Verdict(Fate.UNKNOWN, error="http 200")),
    (refused(error("ratelimited"), 429, Retry_After="7"), Verdict(Fate.LATER, error="ratelimited", rest=7.0)),
    (refused(error("ratelimited"), 429, retry_after="1.5"), Verdict(Fate.LATER, error="ratelimited", rest=1.5)),
    (refused(error("ratelimited"), 200, Retry_After="7"), Verdict(Fate.LATER, error="ratelimited", rest=7.0)),
    (refused("slow down", 429, Retry_After="7"), Verdict(Fate.LATER, error="ratelimited", rest=7.0)),
    (refused(error("ratelimited"), 429), Verdict(Fate.LATER, error="ratelimited", rest=30.0)),
    (refused(error("ratelimited"), 429, Retry_After="soon"), Verdict(Fate.LATER, error="ratelimited", rest=30.0)),
]

SILENCES = [
    (aiohttp.ServerDisconnectedError(), Fate.UNKNOWN),
    (aiohttp.ClientPayloadError(), Fate.UNKNOWN),
    (aiohttp.ServerTimeoutError(), Fate.UNKNOWN),
    (TimeoutError(), Fate.UNKNOWN),
    (ConnectionResetError(), Fate.UNKNOWN),
    (aiohttp.ClientConnectorError(None, OSError("refused")), Fate.LATER),
    (aiohttp.ClientConnectorDNSError(None, OSError("no such name")), Fate.LATER),
]


@pytest.mark.parametrize(("failure", "means"), REFUSALS, ids=lambda each: getattr(each, "error", None))
def test_every_refusal_has_its_meaning(failure, means):
    assert verdict(failure) == means


@pytest.mark.parametrize(("failure", "fate"), SILENCES, ids=lambda each: type(each).__name__)
def test_without_an_answer_nobody_knows_unless_slack_was_never_reached(failure, fate):
    assert verdict(failure).fate is fate


@pytest.mark.parametrize("bug", [KeyError("blocks"), ValueError(), AttributeError()])
def test_a_bug_of_ours_is_not_taken_for_slacks(bug):
    with pytest.raises(type(bug)):
        verdict(bug)


def test_no_error_means_two_things():
    assert frozenset() == NEVER & UNSURE
