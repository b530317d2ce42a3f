"""The workspace's calendar: moved forward, in the embedder's steps, and never back."""

from datetime import UTC, datetime, timedelta

import pytest


async def test_it_is_real_time_until_somebody_moves_it(slack):
    before = datetime.now(UTC)
    assert before <= slack.calendar.now() <= datetime.now(UTC)


async def test_it_moves_forward_and_runs_on(slack):
    moved = []
    slack.workspace.subscribe(lambda change: moved.append(change.kind))
    target = slack.calendar.now() + timedelta(days=7)
    await slack.calendar.move(target)
    assert target <= slack.calendar.now() <= target + timedelta(minutes=1)
    assert moved == ["clock"]


async def test_it_never_goes_back(slack):
    with pytest.raises(ValueError, match="cannot go back"):
        await slack.calendar.move(slack.calendar.now() - timedelta(seconds=1))
    ahead = slack.calendar.now() + timedelta(days=1)
    slack.calendar.set(ahead)
    slack.calendar.set(ahead - timedelta(hours=5))
    assert slack.calendar.now() >= ahead


async def test_the_embedder_walks_it_through_every_step(start):
    steps = []

    async def walk(target):
        for hours in (1, 2):
            slack.calendar.set(begun + timedelta(hours=hours))
            steps.append(slack.calendar.now())

    slack = await start(on_move=walk)
    begun = slack.calendar.now()
    await slack.calendar.move(begun + timedelta(hours=3))
    assert [round((step - begun) / timedelta(hours=1)) for step in steps] == [1, 2]
    assert slack.calendar.now() >= begun + timedelta(hours=3)


async def test_a_message_shows_the_calendars_time_and_is_stamped_with_real_time(slack, client):
    await slack.calendar.move(slack.calendar.now() + timedelta(days=7))
    posted = await client.chat_postMessage(channel=slack.channel("kudos").id, text="Hello")
    message = slack.channel("kudos").messages[0]
    stamped = datetime.fromtimestamp(float(posted["ts"]), UTC)
    assert datetime.fromisoformat(message.shown_at) - stamped >= timedelta(days=6, hours=23)


async def test_a_fresh_workspace_can_begin_in_the_past(slack):
    earlier = slack.calendar.now() - timedelta(days=120)
    slack.calendar.begin(earlier)
    assert earlier <= slack.calendar.now() <= earlier + timedelta(minutes=1)
    await slack.calendar.move(earlier + timedelta(days=7))
    assert slack.calendar.now() >= earlier + timedelta(days=7)
