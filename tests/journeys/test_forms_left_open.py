"""Forms that stay open while something happens to what they are about: what nobody touched in them undoes nothing."""


async def hand_over(bo):
    """Bo gives everything to Gita."""
    await bo.command("/okr handover @bo")
    fields = [block["block_id"] for block in bo.modal["blocks"] if block["type"] == "input"]
    await bo.submit(dict.fromkeys(fields, "@gita"))
    assert not bo.errors
    await bo.close(whole_stack=True)


async def test_a_form_for_an_objective_does_not_take_back_what_was_handed_over_hidden_or_moved(town):
    await town.set_up()
    bo, gita, ada = town.person("bo"), town.person("gita"), town.person("ada")
    await town.objective(bo)
    await ada.command("/okr edit O-1")
    await ada.press("More…")
    await ada.fill({"title": "Nobody ever waits for us"})
    await hand_over(bo)
    await gita.command("/okr move O-1 to backlog")
    await gita.command("/okr edit O-1")
    await gita.press("More…")
    await gita.submit({"co_owners": ["@ada"], "visibility": "private"})
    assert not gita.errors
    await gita.close(whole_stack=True)

    await ada.submit()

    assert not ada.errors
    await ada.close(whole_stack=True)
    told = (await ada.command("/okr show O-1")).text
    assert "Nobody ever waits for us" in told
    assert "@Gita" in told
    assert "Backlog" in (await ada.command("/okr history O-1")).text
    assert "There is no O-1 here." in (await bo.command("/okr show O-1")).text


async def test_a_form_for_a_key_result_does_not_take_back_what_was_handed_over(town):
    await town.set_up()
    bo, ada = town.person("bo"), town.person("ada")
    await town.objective(bo)
    await town.key_result(bo)
    await ada.command("/okr edit KR-1")
    await hand_over(bo)

    await ada.submit({"title": "Sign-ups a day"})

    assert not ada.errors
    await ada.close(whole_stack=True)
    told = (await ada.command("/okr show KR-1")).text
    assert "Sign-ups a day" in told
    assert "@Bo" not in told
