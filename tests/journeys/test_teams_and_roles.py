"""Teams and roles in Slack's own windows, and members as Slack describes them from one day to the next."""

from sandbox.reading import text_of
from tests.journeys.looking import option


async def open_teams(who):
    await who.open_home()
    await who.press("Teams")


# teams


async def test_a_team_is_made_edited_archived_and_restored(town):
    ada = town.person("ada")
    await town.team("Enginering", lead="@bo", members=["@gita"])
    await open_teams(ada)
    assert "led by @Bo" in text_of(ada.modal, town.slack.workspace.names)
    assert "2 members" in text_of(ada.modal)

    await ada.press("Edit")
    await ada.submit({"name": "Engineering", "members": ["@gita", "@emi", "@bo"], "channel": "engineering"})
    assert "*Engineering*" in text_of(ada.modal)
    assert "3 members · #engineering" in text_of(ada.modal, town.slack.workspace.names)
    await ada.press("Archive")
    assert "(archived)" in text_of(ada.modal)
    assert "There is no team called" in (await ada.command("/okr team Engineering")).text
    await ada.press("Restore")
    assert "(archived)" not in text_of(ada.modal)
    assert "Team Engineering" in (await ada.command("/okr team Engineering")).text


async def test_a_team_is_taken_from_a_user_group(town):
    ada = town.person("ada")
    await open_teams(ada)
    await ada.press("Add from a user group")

    await ada.submit({"group": option(ada.modal, "group", "Product")})
    await ada.submit({"lead": "@chiara"})

    assert "*Product*" in text_of(ada.modal)
    assert "3 members" in text_of(ada.modal)


async def test_a_name_that_is_taken_and_a_name_that_is_missing_are_refused_beside_it(town):
    ada = town.person("ada")
    await town.team()
    await open_teams(ada)
    await ada.press("Add a team")

    await ada.submit({"name": "engineering"})
    assert ada.errors == {"Name": "There is already a team called engineering."}
    await ada.submit({"name": "   "})
    assert list(ada.errors) == ["Name"]


async def test_an_app_or_somebody_who_has_left_is_in_no_team(town):
    ada = town.person("ada")
    await open_teams(ada)
    await ada.press("Add a team")

    await ada.submit({"name": "Growth", "members": ["@deploys"]})
    assert ada.errors == {"Members": "Deploys is an app. Choose a person."}
    await ada.fill({"members": [], "lead": "@imani"})
    await town.slack.interactions.deactivate(town.person("imani").id)
    await ada.submit()
    assert list(ada.errors) == ["Lead"]


async def test_a_lead_edits_their_own_team_and_adds_none(town):
    ada, bo, gita = (town.person(name) for name in ("ada", "bo", "gita"))
    await town.team()
    await town.team("Product", lead="@chiara")

    await open_teams(bo)

    assert text_of(bo.modal).count("[Edit]") == 1
    assert "[Add a team]" not in text_of(bo.modal)
    await gita.open_home()
    assert "[Teams]" not in text_of(gita.home)
    await open_teams(ada)
    assert text_of(ada.modal).count("[Edit]") == 2


async def test_the_week_of_my_team_stands_on_my_home(town):
    bo, gita = town.person("bo"), town.person("gita")
    await town.team()
    await town.set_up()
    await town.objective(gita)
    await town.key_result(gita)
    await town.key_result(gita, title="Two", owner="@bo")
    await town.until(town.monday(bo))
    await gita.command("/checkin")
    await gita.submit({"value KR-1": "4"})

    await bo.open_home()

    assert "Checked in: Gita" in text_of(bo.home)
    assert "Still time: Bo" in text_of(bo.home)


# roles


async def test_a_champion_may_add_teams_from_the_moment_the_role_is_granted(town):
    ada, hana = town.person("ada"), town.person("hana")
    await hana.open_home()
    assert "[Teams]" not in text_of(hana.home)
    await ada.open_home()
    await ada.press("Roles")

    await ada.submit({"champion": ["@hana"]})
    await town.quiet()

    assert "[Teams]" in text_of(hana.home)
    await hana.press("Teams")
    await hana.press("Add a team")
    await hana.submit({"name": "Growth"})
    assert "*Growth*" in text_of(hana.modal)
    await hana.close(whole_stack=True)
    await ada.open_home()
    await ada.press("Roles")
    await ada.submit({"champion": []})
    await town.quiet()
    assert "[Teams]" not in text_of(hana.home)


async def test_a_granted_admin_looks_after_everything(town):
    ada, hana, gita = (town.person(name) for name in ("ada", "hana", "gita"))
    await town.objective(gita)
    await ada.open_home()
    await ada.press("Roles")
    await ada.submit({"admin": ["@hana"]})

    await hana.command("/okr edit O-1")
    await hana.submit({"title": "Edited by an admin"})

    assert "Edited by an admin" in (await gita.command("/okr")).text


async def test_roles_are_shown_to_admins_only_and_not_given_to_apps(town):
    ada, hana = town.person("ada"), town.person("hana")
    await hana.open_home()
    await ada.open_home()
    await ada.press("Roles")

    await ada.submit({"hr": ["@deploys"]})

    assert "[Roles]" not in text_of(hana.home)
    assert ada.errors == {"HR": "Deploys is an app. Choose a person."}


# members


async def test_a_new_name_is_read_everywhere(town):
    gita = town.person("gita")
    await town.set_up()
    await town.slack.interactions.change_profile(gita.id, display_name="Gigi")

    seen = await town.person("hana").command("/okr update KR-1 5")
    await gita.open_home()

    assert "Hello Gigi" in text_of(gita.home)
    assert "There is no KR-1 here." in seen.text


async def test_somebody_who_arrives_can_be_thanked_and_asked_at_once(town):
    await town.set_up()
    ada = town.person("ada")
    id = await town.slack.interactions.arrive("zoe", "Zoë Brandt", tz="Europe/Vienna")
    zoe = town.person(id)
    await town.objective(ada)
    await town.key_result(ada, owner="@zoe")

    await ada.command("/kudos @zoe for a good first day")
    await town.until(town.monday(zoe))

    assert "counts on you for 1 key result" in text_of(zoe.dm[0])
    assert "a good first day" in text_of(zoe.dm[1])
    assert "KR-1" in text_of(zoe.dm[2])


async def test_somebody_who_leaves_is_not_asked_any_more(town):
    gita = town.person("gita")
    await town.set_up()
    await town.objective(gita)
    await town.key_result(gita)

    await town.slack.interactions.deactivate(gita.id)
    await town.until(town.monday(gita))

    assert not gita.dm


async def test_somebody_who_moves_is_asked_on_their_new_clock(town):
    gita = town.person("gita")
    await town.set_up()
    await town.objective(gita)
    await town.key_result(gita)

    await town.slack.interactions.change_profile(gita.id, tz="Europe/Lisbon")
    almost, monday = town.monday(gita, 8, 59), town.monday(gita)
    await town.until(almost)
    assert not gita.dm
    await town.until(monday)

    assert len(gita.dm) == 1


# guests


async def test_a_guest_reads_only_the_objectives_of_their_own_teams(town):
    marek, bo, chiara = (town.person(name) for name in ("marek", "bo", "chiara"))
    await town.team()
    await town.team("Product", lead="@chiara", members=["@marek"])
    await town.objective(bo, "Nobody waits", level="A team's", team="Engineering")
    await town.objective(chiara, "Research is read", level="A team's", team="Product")
    await town.objective(town.person("ada"), "Customers trust us", level="The company's")

    assert "Nothing here yet." in (await marek.command("/okr list company", "product")).text
    assert "Nobody waits" not in (await marek.command("/okr team Engineering", "product")).text
    assert "Research is read" in (await marek.command("/okr team", "product")).text
    assert "There is no O-1 here." in (await marek.command("/okr show O-1", "product")).text
    assert "Research is read" in (await marek.command("/okr show O-2", "product")).text
    assert "You cannot add objectives" in (await marek.command("/okr add objective", "product")).text
    await marek.command("/kudos", "product")
    assert "Customers trust us" not in str(marek.modal)
    assert "Research is read" in str(marek.modal)


async def test_a_guest_finds_nothing_on_home_that_is_not_theirs_to_do(town):
    marek = town.person("marek")
    await town.objective(town.person("ada"), "Customers trust us", level="The company's")

    await marek.open_home()

    assert "[Add an objective]" not in text_of(marek.home)
    assert "Customers trust us" not in text_of(marek.home)
    await marek.press("Company objectives")
    assert "Customers trust us" not in text_of(marek.modal)
