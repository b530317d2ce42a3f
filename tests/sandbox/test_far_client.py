"""Everything that can be done in this process can be done from another: the client's other half of the verbs."""

import asyncio

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.client import Slack
from tests.sandbox.forms import form, question
from tests.sandbox.test_faults import GONE


@pytest.fixture
async def far(slack):
    """The same sandbox through its door."""
    async with Slack.at(slack.page_url) as far:
        yield far


async def test_somebody_far_away_joins_invites_reacts_and_leaves(slack, far):
    said = await far.say("Well done", by="bo", channel="kudos")
    ada = far.person("ada")
    await ada.leave("kudos")
    await ada.join("kudos")
    await ada.invite_app("kudos")
    await ada.react(said, "tada")

    kudos = slack.channel("kudos")
    assert slack.workspace.bot.id in kudos.channel.members
    assert slack.workspace.message(said.channel, said.ts).reactions == {"tada": [slack.person("ada").id]}


async def test_somebody_far_away_fills_in_a_field_without_submitting(slack, app, far):
    @app.command("/form")
    async def open_form(ack, command, client):
        await client.views_open(trigger_id=command["trigger_id"], view=form(question("title", "Title")))
        await ack()

    await far.command("/form", by="ada")
    await far.person("ada").fill({"Title": "Mine"})
    (values,) = (await far.look("ada")).modal["state"]["values"]["title"].values()
    assert values["value"] == "Mine"


async def test_faults_are_set_and_end_from_far_away(slack, client, far):
    kudos = slack.channel("kudos").id
    async with far.faults.drop("chat.postMessage") as fault:
        with pytest.raises(GONE):
            await client.chat_postMessage(channel=kudos, text="lost")
        assert [each.number for each in await far.faults.active()] == [fault.number]
    await client.chat_postMessage(channel=kudos, text="heard")

    for kind in ("slow", "fail", "limit", "cut"):
        assert (await getattr(far.faults, kind)("chat.*", times=2)).deed == kind
    await far.faults.clear()
    assert slack.faults.active == []
    with pytest.raises(ValueError, match="every must be at least 1"):
        await far.faults.fail("chat.postMessage", every=0)


async def test_connections_are_refreshed_and_cut_from_far_away(slack, app, far):
    await far.next("apps.connections.open")
    await far.sockets.refresh()
    assert (await far.next("apps.connections.open")).detail["answer"]["ok"]
    await slack.until(lambda: slack.sockets.connections)
    await far.sockets.cut()
    await slack.until(lambda: not slack.sockets.connections)


async def test_the_app_is_taken_out_from_far_away(slack, client, far):
    await far.uninstall()
    with pytest.raises(SlackApiError, match="account_inactive"):
        await client.auth_test()
    with pytest.raises(KeyError):
        await far.uninstall()


async def test_what_an_app_says_later_is_seen_with_the_command_that_settles(slack, app, far):
    later = []

    @app.command("/echo")
    async def echo(ack, command, client):
        await ack("First")
        later.append(asyncio.create_task(say_more(client, command["channel_id"])))

    async def say_more(client, channel):
        await slack.until(lambda: any(each.text == "First" for each in slack.person("ada").sees("general")))
        await client.chat_postMessage(channel=channel, text="Second")

    seen = await far.command("/echo", by="ada", settle=1.0)
    again = await far.command("/nothing", by="ada")
    assert [each.text for each in seen.messages] == ["First", "Second"]
    assert [each.text for each in again.messages] == ["/nothing is not a valid command."]
