"""Thanks: given in a line, in a form or about a message; told, posted, and refused where they cannot be given."""

import pytest

from sandbox.interactions import payloads
from sandbox.reading import text_of
from tests.journeys.looking import option, options


@pytest.fixture
async def hana(town):
    """Hana, in a workspace that is set up, where Gita owns O-1 with KR-1."""
    await town.set_up()
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita)
    return town.person("hana")


def posts(town):
    return [text_of(message, town.slack.workspace.names) for message in town.slack.channel("kudos").messages]


async def nobody_was_thanked(town):
    await town.quiet()
    assert posts(town) == []
    assert [name for name in ("bo", "gita", "emi") if town.person(name).dm] == []


# given


async def test_several_people_are_thanked_in_one_line(hana, town):
    gita, bo = town.person("gita"), town.person("bo")

    seen = await hana.command("/kudos @gita and @bo for moving checkout over #craft KR-1")
    await town.quiet()

    assert "Recorded. Your thanks will be posted in #kudos and told to @Bo and @Gita." in seen.text
    (post,) = posts(town)
    assert "@Hana thanked @Bo and @Gita" in post
    assert "moving checkout over" in post
    assert "#craft · helped *KR-1* Sign-ups a week" in post
    assert "together with" in text_of(gita.dm[0])
    assert "moving checkout over" in text_of(bo.dm[0])
    assert "moving checkout over" in (await gita.command("/okr")).text


async def test_words_of_a_thank_you_are_kept_as_they_were_written(hana, town):
    await hana.command("/kudos @gita for R&D in #general, 3 < 4: see https://larkspur.example/a?b=1&c=2 #nonsense")
    await town.quiet()

    blocks = town.slack.channel("kudos").messages[0].blocks
    quoted = blocks[1]["elements"][0]["elements"][0]["text"]
    assert quoted == "R&D in #general, 3 < 4: see https://larkspur.example/a?b=1&c=2 #nonsense"


async def test_bare_it_opens_a_form_with_the_values_and_what_can_have_been_helped(hana, town):
    await hana.command("/kudos")
    assert options(hana.modal, "helped") == ["O-1 Nobody waits for us", "KR-1 Sign-ups a week"]

    helped = option(hana.modal, "helped", "O-1")
    await hana.submit({"recipients": ["@gita", "@emi"], "reason": "Stayed late", "value": "care", "helped": helped})
    assert "Recorded." in text_of(hana.modal)
    await town.quiet()

    assert "#care · helped *O-1*" in posts(town)[0]
    assert "Stayed late" in text_of(town.person("emi").dm[0])


async def test_the_author_of_a_message_is_thanked_from_its_menu(hana, town):
    written = await town.person("bo").say("Checkout is moved", "general")

    await hana.shortcut("Thank the author", written)
    assert "Who helped?: @" + town.person("bo").id in text_of(hana.modal)
    await hana.submit({"reason": "Moved checkout on a Friday"})
    await town.quiet()

    assert "@Hana thanked @Bo" in posts(town)[0]


async def test_an_app_is_not_offered_as_the_author_and_cannot_be_thanked(hana, town):
    await town.person("gita").command("/kudos @bo for the whole migration")
    await town.quiet()

    await hana.shortcut("Thank the author", town.slack.channel("kudos").messages[0])
    await hana.submit({"reason": "Posted so nicely"})
    assert hana.errors == {"Who helped?": "Please complete this field."}

    await hana.submit({"recipients": ["@cairn"]})
    assert hana.errors == {"Who helped?": "cairn is an app. Choose a person."}


async def test_the_shortcut_and_the_button_on_home_open_the_form(hana):
    await hana.shortcut("Give kudos")
    assert "Who helped?" in text_of(hana.modal)
    await hana.close()

    await hana.open_home()
    await hana.press("Say thank you")

    assert "Who helped?" in text_of(hana.modal)


async def test_a_guest_may_thank_but_learns_of_no_objective(hana, town):
    marek = town.person("marek")
    await hana.command("/kudos @marek for the interviews KR-1", "product")

    await marek.command("/kudos @hana for the introduction", "product")
    await town.quiet()

    assert "the introduction" in posts(town)[1]
    assert "the introduction" in text_of(marek.sees("product")[-1])


async def test_the_latest_thanks_are_listed(hana):
    await hana.command("/kudos @gita for moving checkout over")

    assert "Hana thanked Gita: moving checkout over" in (await hana.command("/kudos list")).text


async def test_the_latest_thanks_tell_which_value_they_were_for(hana):
    await hana.command("/kudos @gita for moving checkout over #craft KR-1")

    assert "moving checkout over (#craft, KR-1)" in (await hana.command("/kudos list")).text


# refused


async def test_thanks_that_cannot_be_given_say_why_and_reach_nobody(hana, town):
    for typed, sentence in {
        "@hana for being myself": "Thanks go to somebody else.",
        "@deploys for every release": "Deploys is an app. Choose a person.",
        "@gita": "Say what they did, in a few words.",
        "@gita for it": "What did they do? A few words more",
        "for the migration": "Who helped? Name at least one person with @.",
        "@product for the whole quarter": "Thanks go to people. Name them one by one with @.",
        "@channel for the whole quarter": "Thanks go to people. Name them one by one with @.",
        "@noor for all the help": "Noor has left this workspace.",
        "@zoe for all the help": "Name at least one person with @.",
        "@gita for the migration KR-1 O-1": "Tie the thanks to one objective or key result",
    }.items():
        assert sentence in (await hana.command(f"/kudos {typed}")).text, typed

    await nobody_was_thanked(town)


async def test_somebody_who_is_not_here_cannot_be_thanked(hana, town):
    workspace = town.slack.workspace
    sent = payloads.command(
        workspace, hana.id, workspace.channel_named("general"), "/kudos", "<@U0STRANGER0|zoe> for all the help"
    )

    answer = await town.slack.sockets.ask("slash_commands", {**sent, "trigger_id": "1.2.3"}, takes_payload=True)

    assert "I have not met one of these people yet." in answer["text"]
    await nobody_was_thanked(town)


async def test_a_form_says_beside_the_field_what_is_wrong(hana, town):
    await hana.command("/kudos")

    await hana.submit({"recipients": ["@hana"], "reason": "Being myself all week"})
    assert hana.errors == {"Who helped?": "Thanks go to somebody else. Tell us about a colleague who helped."}
    await hana.submit({"recipients": ["@gita"], "reason": "it"})
    assert list(hana.errors) == ["What did they do?"]

    await nobody_was_thanked(town)


async def test_before_the_set_up_thanks_wait(town):
    hana = town.person("hana")

    seen = await hana.command("/kudos @gita for moving checkout over")

    assert "Cairn is not set up here yet, so it cannot pass your thanks on." in seen.text
    await nobody_was_thanked(town)


# where they are posted


def hints(who):
    return [text_of(message) for message in who.dm if ":bulb:" in text_of(message)]


async def test_without_a_channel_thanks_are_told_and_an_admin_gets_one_hint(town):
    await town.set_up(channel=None)
    ada, hana, gita = (town.person(name) for name in ("ada", "hana", "gita"))

    seen = await hana.command("/kudos @gita for moving checkout over")
    await hana.command("/kudos @gita for moving the search over")
    await town.quiet()

    assert "Your thanks will be told to @Gita." in seen.text
    assert len(gita.dm) == 2
    assert len(hints(ada)) == 1
    assert not hints(town.person("lin"))
    assert "No channel for thanks is chosen" in hints(ada)[0]
    await ada.open_home()
    assert "No channel for thanks is chosen" in text_of(ada.home)


@pytest.mark.parametrize("closed", ["private", "archived"])
async def test_when_the_channel_is_closed_thanks_are_told_and_its_giver_hears_of_it(town, closed):
    await town.set_up(channel="leadership" if closed == "private" else "kudos")
    if closed == "archived":
        await town.slack.interactions.archive_channel(town.slack.channel("kudos").id)
    ada, hana, gita = (town.person(name) for name in ("ada", "hana", "gita"))

    for reason in ("moving checkout over", "moving the search over"):
        assert "Recorded." in (await hana.command(f"/kudos @gita for {reason}")).text
    await town.quiet()

    assert len(gita.dm) == 2
    assert ["Slack would not let me post them" in text_of(message) for message in hana.dm] == [True, True]
    assert len(hints(ada)) == 1
    assert "Thanks cannot be posted in the recognition channel" in hints(ada)[0]
    assert [message for message in town.slack.channel("leadership").messages if message.bot_id] == []


async def test_once_cairn_is_invited_thanks_are_posted_there(town):
    await town.set_up(channel="leadership")
    ada, bo = town.person("ada"), town.person("bo")
    await ada.invite_app("leadership")

    await ada.command("/kudos @bo for the calmest release so far")
    await town.quiet()

    assert any("the calmest release" in text_of(message) for message in town.slack.channel("leadership").messages)
    assert len(bo.dm) == 1
