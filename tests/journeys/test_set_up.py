"""Setting up: greeted once, previewed, and until it is finished nobody else hears from Cairn."""

import pytest

from sandbox.company import company
from sandbox.reading import text_of
from tests.conftest import at_work, workspace


def greetings(who):
    return [message for message in who.dm if "I am Cairn" in text_of(message)]


async def test_the_first_admin_who_opens_home_is_greeted_exactly_once(town):
    hana, ada, lin = (town.person(name) for name in ("hana", "ada", "lin"))

    for who in (hana, ada, ada, lin):
        await who.open_home()
    await town.quiet()

    assert len(greetings(ada)) == 1
    assert not hana.dm
    assert not lin.dm


async def test_the_greeting_is_not_repeated_after_a_restart(slack, sqlite):
    url = sqlite.fresh()
    for _ in range(2):
        async with at_work(slack, url) as town:
            await town.person("ada").open_home()
            await town.quiet()

    assert len(greetings(slack.person("ada"))) == 1


async def test_the_set_up_begins_from_the_greeting(town):
    ada = town.person("ada")
    await ada.open_home()
    await town.quiet()

    await ada.press("Set up", within=ada.dm[0])

    assert "Where are thanks posted?" in text_of(ada.modal)


async def test_only_admins_are_offered_the_set_up_and_may_do_it(town):
    hana, ada = town.person("hana"), town.person("ada")
    await hana.open_home()
    await ada.open_home()
    await town.quiet()

    assert "An admin of this workspace can do that" in text_of(hana.home)
    assert "[Set up]" not in text_of(hana.home)


async def test_a_form_that_somebody_else_got_hold_of_sets_nothing_up(town):
    ada, hana = town.person("ada"), town.person("hana")
    await ada.open_home()
    await ada.press("Set up")
    await ada.submit({"channel": "kudos"})
    for view in town.slack.workspace.modals[ada.id]:
        view.user = hana.id
    town.slack.workspace.show_modals(hana.id, town.slack.workspace.modals[ada.id])

    seen = await hana.submit()

    assert "You cannot set Cairn up" in seen.text
    await ada.open_home()
    assert "Cairn is not set up yet." in text_of(ada.home)


async def test_the_preview_says_who_gets_what_before_anybody_does(town):
    ada, gita, bo = (town.person(name) for name in ("ada", "gita", "bo"))
    await town.objective(gita)
    await town.key_result(gita)
    await ada.open_home()
    await ada.press("Set up")

    seen = await ada.submit({"channel": "kudos", "champion": "@lin"})

    assert "1 person will be asked to check in first" in seen.text
    assert "Gita" in seen.text
    assert "11 more people take part and will be asked once they own a key result." in seen.text
    assert "posted in #kudos" in seen.text
    assert "@Lin will be OKR champion" in seen.text
    await town.quiet()
    assert not gita.dm
    assert not bo.dm
    await ada.submit()
    assert "Cairn is set up" in text_of(ada.modal)


async def test_the_preview_warns_of_a_channel_that_cairn_cannot_post_in(town):
    ada = town.person("ada")
    await ada.open_home()
    await ada.press("Set up")
    assert "Cairn is not in that private channel yet" in (await ada.submit({"channel": "leadership"})).text
    await ada.close()

    await town.slack.interactions.archive_channel(town.slack.channel("product").id)
    assert "That channel is archived." in (await ada.submit({"channel": "product"})).text


async def test_only_the_pilot_teams_are_asked(town):
    ada, gita, hana = (town.person(name) for name in ("ada", "gita", "hana"))
    await town.team()
    for who, ref in ((gita, "O-1"), (hana, "O-2")):
        await town.objective(who)
        await town.key_result(who, ref)

    await town.set_up(everyone="Pilot teams", teams=["Engineering"])
    await town.until(town.monday(hana))

    assert len(gita.dm) == 1
    assert not hana.dm
    await ada.open_home()
    await ada.press("Set up")
    assert "Which pilot teams?: Engineering" in text_of(ada.modal)


async def test_pilot_teams_without_a_team_and_a_day_that_has_passed_are_refused(town):
    ada = town.person("ada")
    await town.team()
    await ada.open_home()
    await ada.press("Set up")

    await ada.submit({"everyone": "Pilot teams"})
    assert ada.errors == {"Which pilot teams?": "Choose at least one pilot team, or everyone."}
    await ada.submit({"everyone": "Everyone who owns a key result", "first": "2020-01-06"})
    assert list(ada.errors) == ["When is the first check-in?"]


async def test_until_it_is_finished_nobody_else_hears_from_cairn(town):
    ada, gita = town.person("ada"), town.person("gita")
    await ada.open_home()
    await town.objective(gita)
    await town.key_result(gita)
    await gita.command("/kudos @bo for moving checkout over")
    await gita.open_home()

    await town.until(town.monday(gita))

    heard = [user.name for user in town.slack.workspace.users.values() if town.person(user.id).dm]
    assert heard == ["ada"]
    assert [room for room in ("general", "kudos", "product") if any(m.bot_id for m in ada.sees(room))] == []


async def test_it_can_be_changed_later_and_asks_nobody_twice(town):
    ada, gita = town.person("ada"), town.person("gita")
    await town.set_up()
    await town.objective(gita)
    await town.key_result(gita)
    await town.until(town.monday(gita))

    await town.set_up(channel="general")

    await town.quiet()
    assert len(gita.dm) == 1
    await ada.command("/kudos @bo for the calmest release so far")
    await town.quiet()
    assert any("the calmest release" in text_of(message) for message in town.slack.channel("general").messages)


# what a workspace does not offer


def hints(who):
    return [text_of(message) for message in who.dm if ":bulb:" in text_of(message)]


@pytest.fixture
async def poor_town(sqlite):
    """A workspace without user groups, where one person has no zone."""
    larkspur = company("cairn")
    for user in larkspur.users:
        user.tz = None if user.name == "kalea" else user.tz
    poor = workspace(company=larkspur, without_scopes=["usergroups:read"])
    async with poor as slack, at_work(slack, sqlite.fresh()) as town:
        yield town


async def test_what_is_not_offered_is_told_to_an_admin_once_and_only_after_the_set_up(poor_town):
    ada = poor_town.person("ada")
    await ada.open_home()
    await poor_town.quiet()
    assert not hints(ada)
    assert "Some people have no time zone" in text_of(ada.home)
    assert "Cairn lacks a permission" in text_of(ada.home)

    await poor_town.set_up()
    await ada.open_home()
    await ada.press("Teams")
    for _ in range(2):
        await ada.press("Add from a user group")
        assert "no user groups to take a team from" in text_of(ada.modal)
        await ada.close()
    await poor_town.quiet()

    told = hints(ada)
    assert sum("Some people have no time zone" in each for each in told) == 1
    assert sum("User groups cannot be read here" in each for each in told) == 1
    assert sum("Cairn lacks a permission" in each for each in told) == 1
    assert not hints(poor_town.person("lin"))


async def test_somebody_without_a_zone_is_asked_at_the_hour_of_the_workspace(poor_town):
    kalea, ada = poor_town.person("kalea"), poor_town.person("ada")
    await poor_town.set_up()
    await poor_town.objective(kalea)
    await poor_town.key_result(kalea)

    almost, monday = poor_town.monday(ada, 8, 59), poor_town.monday(ada)
    await poor_town.until(almost)
    assert not kalea.dm
    await poor_town.until(monday)

    assert len(kalea.dm) == 1
