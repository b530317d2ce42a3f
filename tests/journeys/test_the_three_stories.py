"""The main job, through the front door: set a key result, answer a check-in, give thanks."""

from sandbox.reading import text_of


async def test_a_person_sets_a_key_result_and_updates_it(either_town):
    town = either_town
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita, title="Checkout answers within a second", start="95.5", target="99.9", unit="%")

    seen = await gita.command("/okr update KR-1 96.2 confidence 7 note the cache is warm")

    assert "95.5% → 96.2%" in seen.text
    assert "confidence 7/10" in seen.text
    assert "96.2% → 99.9%" in (await gita.command("/okr")).text


async def test_everybody_is_asked_at_nine_on_their_own_monday(either_town):
    town = either_town
    gita, emi = town.person("gita"), town.person("emi")
    await town.set_up()
    for who, ref in ((gita, "O-1"), (emi, "O-2")):
        await town.objective(who)
        await town.key_result(who, ref)

    in_tokyo, almost_in_kolkata, in_kolkata = town.monday(emi), town.monday(gita, 8, 59), town.monday(gita)
    await town.until(in_tokyo)
    assert [emi.dm != [], gita.dm != []] == [True, False]

    await town.until(almost_in_kolkata)
    assert not gita.dm
    await town.until(in_kolkata)
    assert len(gita.dm) == 1
    assert len(emi.dm) == 1


async def test_a_check_in_is_answered_in_one_form_and_its_prompt_becomes_a_receipt(either_town):
    town = either_town
    gita = town.person("gita")
    await town.set_up()
    await town.objective(gita)
    await town.key_result(gita)
    await gita.open_home()
    await town.until(town.monday(gita))

    await gita.press("Check in", within=gita.dm[0])
    await gita.submit({"value KR-1": "+12", "confidence KR-1": "8", "note KR-1": "A good week", "blocker": "A licence"})
    await town.quiet()

    receipt = text_of(gita.dm[0])
    assert len(gita.dm) == 1
    assert "Checked in" in receipt
    assert "0 → 12 of 100" in receipt
    assert "A licence" in receipt
    assert "12 → 100" in text_of(gita.home)


async def test_thanks_are_posted_told_and_shown_on_the_objective(either_town):
    town = either_town
    hana, gita, bo = (town.person(name) for name in ("hana", "gita", "bo"))
    await town.set_up()
    await town.objective(gita)
    await town.key_result(gita)

    seen = await hana.command("/kudos @gita @bo for the migration #craft KR-1")
    await town.quiet()

    assert seen.text.startswith("Recorded.")
    post = text_of(town.slack.channel("kudos").messages[-1])
    assert "the migration" in post
    assert "KR-1" in post
    for who in (gita, bo):
        assert "the migration" in text_of(who.dm[-1])
    assert "the migration" in (await gita.command("/okr")).text
