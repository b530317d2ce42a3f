"""Who may do what in the client: bots and those who have left do nothing, and one types where one is."""

import pytest

from sandbox.client import Slack
from tests.sandbox.forms import form, plain

PEOPLE = {"type": "users_select", "action_id": "who", "placeholder": plain("Somebody")}
FIELD = {"type": "input", "block_id": "Who", "label": plain("Who"), "element": PEOPLE}


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("deploys", "Deploys is a bot: only people use Slack's client."),
        ("slackbot", "Slackbot is a bot: only people use Slack's client."),
        ("noor", "Noor is deactivated and cannot use Slack any more."),
    ],
)
async def test_who_has_no_client_can_do_nothing_in_one(slack, app, who, why):
    person, message = slack.person(who), await slack.person("ada").say("Hello", "general")
    deeds = [
        lambda: person.command("/echo"),
        lambda: person.say("Hello", "engineering"),
        lambda: person.say("Hello"),
        lambda: person.open_home(),
        lambda: person.shortcut("Wave"),
        lambda: person.react(message, "wave"),
        lambda: person.join("general"),
    ]
    for deed in deeds:
        with pytest.raises(ValueError, match=why):
            await deed()


async def test_a_command_is_typed_only_where_one_is(slack, app):
    marek = slack.person("marek")
    with pytest.raises(ValueError, match="is not in #general: only members can post there"):
        await marek.command("/echo", "general")
    assert slack.channel("general").messages == marek.sees("general") == []
    await slack.interactions.archive_channel(slack.channel("product").id)
    with pytest.raises(ValueError, match="#product is archived: nobody can post there"):
        await marek.command("/echo", "product")


async def test_the_door_says_why_somebody_cannot_act(slack):
    async with Slack.at(slack.page_url) as far:
        with pytest.raises(ValueError, match="is not in #general"):
            await far.command("/echo", by="marek")
        with pytest.raises(ValueError, match="is deactivated"):
            await far.command("/echo", by="noor")


async def test_nobody_chooses_a_person_who_has_left(opened):
    ada = await opened({**form(), "blocks": [FIELD]})
    with pytest.raises(ValueError, match="is deactivated and cannot be chosen"):
        await ada.fill({"Who": "@noor"})
    await ada.fill({"Who": "@bo"})


async def test_who_stood_there_already_may_stay(slack, opened):
    noor = slack.person("noor").id
    ada = await opened({**form(), "blocks": [{**FIELD, "element": {**PEOPLE, "initial_user": noor}}]})
    await ada.submit({"Who": "@noor"})
    (body,) = opened.submitted
    assert body["view"]["state"]["values"]["Who"]["who"]["selected_user"] == noor
