"""The events that the app subscribed to, as people cause them."""

import re

import pytest

from tests.sandbox.conftest import bolt, connected


@pytest.fixture
async def heard(app):
    """Every event that the app is told of."""
    events = []

    @app.event(re.compile(".*"))
    async def hear(event):
        events.append(event)

    return events


def kinds(events):
    return [(each["type"], each.get("subtype")) for each in events]


async def test_a_direct_message_is_told_with_its_escaped_words(slack, heard):
    said = await slack.person("ada").say("R&D: thanks @bo")
    event = next(each for each in heard if each["type"] == "message")
    assert event["text"] == said.text == f"R&amp;D: thanks <@{slack.person('bo').id}>"
    assert (event["channel_type"], event["user"]) == ("im", slack.person("ada").id)


async def test_what_is_said_in_a_channel_is_told_only_to_an_app_that_is_in_it(slack, heard):
    ada = slack.person("ada")
    await ada.say("Before", "kudos")
    await ada.invite_app("kudos")
    await ada.say("After @parrot", "kudos")
    assert [each["text"] for each in heard if kinds([each]) == [("message", None)]] == [
        f"After <@{slack.workspace.bot.id}>"
    ]
    assert ("app_mention", None) in kinds(heard)


async def test_an_event_without_a_subscription_is_not_sent(slack, heard):
    ada = slack.person("ada")
    await ada.invite_app("leadership")
    await ada.say("Private", "leadership")
    assert ("message", None) not in kinds(heard)


async def test_an_event_without_its_scope_is_not_sent(start):
    slack = await start(without_scopes=["users:read"])
    app, heard = bolt(slack), []

    @app.event("user_change")
    async def changed(event):
        heard.append(event)

    async with connected(app, slack):
        await slack.interactions.change_profile(slack.person("ada").id, title="Chair")
        await slack.events.heard()
    assert heard == []


async def test_people_arrive_change_and_leave(slack, heard):
    zoe = await slack.interactions.arrive("zoe", "Zoe Papadaki", tz="Europe/Athens")
    await slack.interactions.change_profile(zoe, tz="America/New_York")
    await slack.interactions.deactivate(zoe)
    people = [(each["type"], each["user"].get("tz"), each["user"]["deleted"]) for each in heard if "tz" in str(each)]
    assert ("team_join", "Europe/Athens", False) in people
    assert ("user_change", "America/New_York", False) in people
    assert [each["user"]["deleted"] for each in heard if each["type"] == "user_change"] == [False, True]
    assert zoe not in slack.channel("general").channel.members


async def test_joining_leaving_and_reacting(slack, heard):
    ada, hana = slack.person("ada"), slack.person("hana")
    await ada.invite_app("engineering")
    await hana.join("engineering")
    said = await hana.say("Hello", "engineering")
    await ada.react(said, "wave")
    await hana.leave("engineering")
    joined = [each["user"] for each in heard if each["type"] == "member_joined_channel"]
    assert joined == [slack.workspace.bot.id, hana.id]
    assert ("reaction_added", None) in kinds(heard)
    assert hana.id not in slack.channel("engineering").channel.members
    with pytest.raises(ValueError, match="only members"):
        await hana.say("Still here?", "engineering")


async def test_a_guest_sees_only_their_channels(slack):
    marek = slack.person("marek")
    assert {each.name for each in slack.workspace.visible_channels(marek.id)} == {"product"}
    with pytest.raises(ValueError, match="by invitation"):
        await marek.join("engineering")


async def test_opening_the_apps_tabs_says_which(slack, heard):
    ada = slack.person("ada")
    await ada.open_home()
    await ada.say("Hello")
    assert [each["tab"] for each in heard if each["type"] == "app_home_opened"] == ["home", "messages"]


async def test_the_app_is_told_of_its_own_messages(slack, app, client):
    told = []
    slack.workspace.subscribe(lambda change: told.append(change.detail["event"]) if change.kind == "event" else None)
    posted = await client.chat_postMessage(channel=slack.person("ada").id, text="Hello")
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Goodbye")
    await client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    await slack.events.heard()
    subtypes = [("message", None), ("message", "message_changed"), ("message", "message_deleted")]
    assert kinds(told) == subtypes
