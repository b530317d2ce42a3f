"""Somebody leaves, or moves on: what they owned is offered once, handed over in one form, and each new owner hears."""

import pytest

from sandbox.reading import text_of


@pytest.fixture
async def gita(town):
    """Gita of Engineering, which Bo leads, with O-1 and KR-1, and KR-2 under Hana's O-2."""
    await town.set_up()
    await town.team()
    gita, hana = town.person("gita"), town.person("hana")
    await town.objective(gita)
    await town.key_result(gita)
    await town.objective(hana, "Everybody finds it")
    await town.key_result(hana, "O-2", title="Searches that end", owner="@gita")
    return gita


async def leaves(town, who):
    await town.slack.interactions.deactivate(who.id)
    await town.quiet()


async def test_the_lead_is_asked_once_and_hands_each_thing_to_somebody(gita, town):
    bo, hana, emi = (town.person(name) for name in ("bo", "hana", "emi"))
    await leaves(town, gita)

    (asked,) = bo.dm
    assert "Gita has left this workspace, and owned 1 objective and 2 key results." in text_of(asked)
    assert "You get this once, because you lead the team" in text_of(asked)
    await bo.press("Hand over", within=asked)
    await bo.submit({"owner KR-1": "@emi", "owner KR-2": "@hana"})
    assert "*O-1* Nobody waits for us → @" in text_of(bo.modal)
    await town.quiet()

    assert len(bo.dm) == 1, "who did it knows already"
    assert "has handed 1 key result over to you, from Gita" in text_of(emi.dm[-1])
    assert "*KR-2* Searches that end" in text_of(hana.dm[-1])
    await bo.close(whole_stack=True)
    card = (await bo.command("/okr show O-1")).text
    assert "Individual · @Bo" in card
    assert "on track · @Emi" in card
    await emi.command("/okr update KR-1 30")
    assert "30 → 100" in (await bo.command("/okr show O-1")).text


async def test_without_a_lead_the_champion_is_asked_and_told_to_find_one(gita, town):
    bo, lin = town.person("bo"), town.person("lin")
    ada = town.person("ada")
    await ada.open_home()
    await ada.press("Roles")
    await ada.submit({"champion": ["@lin"]})
    await leaves(town, bo)
    await leaves(town, gita)

    lead, owned = lin.dm
    assert "The team Engineering has no lead now that Bo has left." in text_of(lead)
    assert "Gita has left this workspace" in text_of(owned)
    assert not ada.dm[1:], "the greeting is all that an admin gets where there is a champion"
    await lin.open_home()
    await lin.press("Teams")
    assert "no lead yet" in text_of(lin.modal)


async def test_what_the_lead_had_not_handed_over_is_asked_of_the_champion_when_the_lead_leaves_too(gita, town):
    ada, bo, hana = (town.person(name) for name in ("ada", "bo", "hana"))
    await leaves(town, gita)
    await leaves(town, bo)

    (asked,) = [each for each in ada.dm if "Gita has left this workspace" in text_of(each)]
    await ada.press("Hand over", within=asked)
    await ada.submit({"owner O-1": None, "owner KR-1": None, "owner KR-2": "@hana"})
    await town.quiet()

    assert "*KR-2* Searches that end" in text_of(hana.dm[-1])


async def test_a_private_objective_is_given_on_by_who_cannot_read_it_and_does_not(gita, town):
    ada, emi = town.person("ada"), town.person("emi")
    await gita.command("/okr add objective")
    await gita.fill({"title": "Hush hush"})
    await gita.press("More…")
    await gita.submit({"visibility": "Private"})
    await gita.close(whole_stack=True)
    await leaves(town, gita)

    (asked,) = [each for each in ada.dm if "Gita has left this workspace" in text_of(each)]
    assert "and owned 1 objective closed to you. Who takes it on?" in text_of(asked)
    await ada.press("Hand over", within=asked)
    assert "O-3, closed to you" in text_of(ada.modal)
    await ada.submit({"owner O-3": "@ada"})
    assert ada.errors == {
        "O-3, closed to you": "Choose somebody else: what is closed does not open for whoever gives it on."
    }
    await ada.submit({"owner O-3": "@emi"})
    assert "*O-3*, closed to you → @" in text_of(ada.modal)
    await ada.close(whole_stack=True)
    await town.quiet()

    assert "There is no O-3 here." in (await ada.command("/okr show O-3")).text
    assert "Hush" not in str([ada.home, *map(text_of, ada.dm)])
    assert "*O-3* Hush hush" in text_of(emi.dm[-1])
    assert "Hush hush" in (await emi.command("/okr show O-3")).text


async def test_the_admins_hear_that_there_is_neither_a_lead_nor_a_champion(gita, town):
    ada, bo, lin = (town.person(name) for name in ("ada", "bo", "lin"))
    await ada.open_home()
    await ada.press("Roles")
    await ada.submit({"champion": ["@hana"]})
    await leaves(town, bo)
    await leaves(town, town.person("hana"))

    words = "Hana has left, and there is no OKR champion any more. Engineering has no lead either. Who shall it be?"
    for admin in (ada, lin):
        assert [each for each in admin.dm if words in text_of(each)], admin.user.id


async def test_a_guest_who_is_given_something_is_not_promised_a_check_in(gita, town):
    bo, marek = town.person("bo"), town.person("marek")
    await bo.command("/okr handover @gita")
    await bo.submit({"owner O-1": None, "owner KR-1": "@marek", "owner KR-2": None})
    await town.quiet()

    assert "Guests are not asked to check in" in text_of(marek.dm[-1])
    assert "weekly check-in asks" not in text_of(marek.dm[-1])


async def test_nobody_is_asked_to_check_in_for_who_has_left_until_it_is_handed_over(gita, town):
    bo, emi = town.person("bo"), town.person("emi")
    await leaves(town, gita)
    await bo.press("Hand over", within=bo.dm[0])
    await bo.submit({"owner KR-1": "@emi"})
    await bo.close(whole_stack=True)

    await town.until(town.monday(bo, 12))

    assert not gita.dm
    assert "*KR-1* Sign-ups a week" in text_of(emi.dm[-1])


async def test_who_comes_back_finds_their_own_and_the_offer_comes_to_nothing(gita, town):
    bo = town.person("bo")
    await leaves(town, gita)
    await town.slack.interactions.change_profile(gita.id, deleted=False)
    await gita.join("general")

    assert "*KR-1* Sign-ups a week" in (await gita.command("/okr")).text
    await bo.press("Hand over", within=bo.dm[0])
    assert "O-1 Nobody waits for us" in text_of(bo.modal), "it is hers, and her lead may still pass it on"


async def test_it_is_done_by_hand_for_somebody_who_moves_on(gita, town):
    bo, hana = town.person("bo"), town.person("hana")

    refused = await hana.command("/okr handover @emi")
    assert "You cannot hand over what Emi owns." in refused.text
    assert "Whose? Name them" in (await bo.command("/okr handover")).text
    await bo.command("/okr handover @gita")
    assert "Hand over" in text_of(bo.modal)
    await bo.submit({"owner O-1": None, "owner KR-1": "@emi", "owner KR-2": None})

    assert "*KR-1* Sign-ups a week" in text_of(bo.modal)
    assert "*O-1*" not in text_of(bo.modal)
    assert "O-1 Nobody waits for us" in (await gita.command("/okr")).text


async def test_a_lead_finds_it_on_their_home(gita, town):
    bo, hana = town.person("bo"), town.person("hana")
    await bo.open_home()
    await hana.open_home()

    await bo.choose("hand_over.person", "@gita")

    assert "KR-2 Searches that end" in text_of(bo.modal)
    assert "hand_over.person" not in str(hana.home)


async def test_somebody_who_has_left_meanwhile_takes_nothing_on(gita, town):
    bo = town.person("bo")
    await bo.command("/okr handover @gita")
    await bo.fill({"owner KR-1": "@imani"})
    await town.slack.interactions.deactivate(town.person("imani").id)

    await bo.submit()

    assert bo.errors == {"KR-1 Sign-ups a week": "Imani has left this workspace. Choose somebody who is here."}
