"""The settings of a workspace, and who may do what in it, as people come to them in Slack."""

from sandbox.reading import text_of


async def test_a_champion_makes_it_stricter_and_everybody_reads_it_so(town):
    ada, gita = town.person("ada"), town.person("gita")
    await town.set_up(champion="@lin")
    await town.objective(gita)
    await town.key_result(gita)
    lin = town.person("lin")
    await town.until(town.slack.calendar.now().replace(month=2, day=20))
    await gita.command("/okr update KR-1 36")
    assert "36 → 100 · :large_green_circle: on track" in (await gita.command("/okr")).text

    await lin.command("/okr settings")
    await lin.submit({"behind": "5", "far_behind": "20"})

    assert "At risk when behind by (%): 15 → 5" in text_of(lin.modal)
    assert "36 → 100 · :large_yellow_circle: at risk" in (await gita.command("/okr")).text
    await lin.close(whole_stack=True)
    await ada.open_home()
    await ada.press("Settings")
    assert "Last changed" in text_of(ada.modal)
    assert "At risk when behind by (%): @Lin" in text_of(ada.modal, town.slack.workspace.names)


async def test_what_cannot_be_is_refused_beside_its_field_and_the_rest_survives(town):
    ada = town.person("ada")
    await ada.command("/okr settings")

    await ada.submit({"behind": "30", "far_behind": "20", "low_confidence": "4"})
    later = "Off track begins at 20%, and at risk at 30%: off track has to begin later than at risk."
    assert ada.errors == {"Off track when behind by (%)": later}
    await ada.submit({"far_behind": "a lot"})
    assert ada.errors == {"Off track when behind by (%)": "A whole number from 2 to 95, please."}
    await ada.submit({"far_behind": "60"})

    assert "Low confidence, of 10: 3 → 4" in text_of(ada.modal)


async def test_hr_changes_what_thanks_are_for(town):
    ada, hana = town.person("ada"), town.person("hana")
    await town.set_up()
    await ada.open_home()
    await ada.press("Roles")
    await ada.submit({"hr": ["@hana"]})
    await hana.open_home()
    await hana.press("Settings")
    assert "At risk" not in text_of(hana.modal)

    await hana.submit({"values": "candour, #Kindness"})
    await hana.close(whole_stack=True)
    await ada.command("/kudos @hana for all of your help #kindness")
    await town.quiet()

    assert "#kindness" in text_of(town.slack.channel("kudos").messages[-1])


async def test_who_may_do_what_is_read_from_a_word_and_from_home(town):
    gita = town.person("gita")

    typed = (await gita.command("/okr help roles")).text
    await gita.open_home()
    await gita.press("Who may do what?")

    for words in (typed, text_of(gita.modal)):
        assert "*Update a key result*: owner, team's lead, admin." in words
        assert "*Read a private objective*: owner, who has a part in it." in words
    assert "/okr update" in (await gita.command("/okr help update")).text
    assert "/okr archive" not in (await gita.command("/okr help update")).text
