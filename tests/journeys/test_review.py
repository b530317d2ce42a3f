"""Where somebody else agrees to objectives: they agree to what is added or changed afterwards as well."""

import pytest

from sandbox.reading import text_of


@pytest.fixture
async def gita(town):
    """Gita, whose objective with one key result Bo, who leads her team, has agreed to in a review."""
    await town.set_up()
    await town.team()
    gita, ada = town.person("gita"), town.person("ada")
    await ada.command("/okr settings")
    await ada.submit({"review": "yes"})
    await ada.close(whole_stack=True)
    await town.objective(gita, "Nobody waits for us", level="A team's", team="Engineering")
    await town.key_result(gita, "O-1", title="Sign-ups", target="90")
    await gita.command("/okr propose O-1")
    assert "O-1 is agreed" in (await town.person("bo").command("/okr agree O-1")).text
    await town.quiet()
    return gita


async def edit(who, ref: str, **fields) -> None:
    await who.command(f"/okr edit {ref}")
    await who.submit(fields)
    assert not who.errors
    await who.close(whole_stack=True)


def questions(who) -> list:
    return [message for message in who.dm if "Do you agree?" in text_of(message)]


def choices(seen) -> list[str]:
    """What the menu of what is proposed offers in a card."""
    menus = [block["accessory"] for block in seen.messages[-1].blocks if "accessory" in block]
    (menu,) = [menu for menu in menus if menu["action_id"] == "proposal.more"]
    return [option["text"]["text"] for option in menu["options"]]


async def test_a_changed_target_counts_at_once_and_the_lead_is_asked_once(gita, town):
    bo = town.person("bo")

    await edit(gita, "KR-1", target="1")
    await town.quiet()

    (asked,) = questions(bo)
    assert f"@{gita.id} changed KR-1: 0 to 90 is now 0 to 1. Do you agree?" in text_of(asked)
    assert not questions(gita)
    assert not questions(town.person("ada"))
    card = (await gita.command("/okr show O-1")).text
    assert "0 → 1" in card
    assert "0 to 90 is now 0 to 1; that waits for agreement" in card
    assert "It waits for Bo" in (await gita.command("/okr agree KR-1")).text

    await bo.press("Agree", within=asked)
    await town.quiet()

    (said,) = [message for message in bo.dm if message.ts == asked.ts]
    assert f"@{bo.id} agreed to KR-1: 0 to 90 is now 0 to 1." in text_of(said)
    assert not questions(bo)
    assert f"@{bo.id} agreed to what you changed of KR-1: 0 to 90 is now 0 to 1." in text_of(gita.dm[-1])
    assert "waits for agreement" not in (await gita.command("/okr show O-1")).text
    history = (await gita.command("/okr history KR-1")).text
    assert "changed the target from 0 → 90 to 0 → 1" in history
    assert "agreed to it as it is, 0 to 1 instead of 0 to 90" in history
    assert "Nothing about KR-1 waits" in (await bo.command("/okr agree KR-1")).text


async def test_nobody_agrees_to_what_has_changed_since_they_read_it(gita, town):
    bo = town.person("bo")
    await edit(gita, "KR-1", target="1")
    await town.quiet()
    (first,) = questions(bo)
    await edit(gita, "KR-1", target="2")

    await bo.press("Agree", within=first)
    await town.quiet()

    (asked,) = questions(bo)
    assert "0 to 90 is now 0 to 2. Do you agree?" in text_of(asked)
    assert "waits for agreement" in (await gita.command("/okr show O-1")).text
    await bo.press("Talk about it", within=asked)
    assert "KR-1" in text_of(bo.modal)


async def test_what_is_as_it_was_agreed_waits_for_nobody(gita, town):
    bo = town.person("bo")
    await edit(gita, "KR-1", target="1")
    await town.quiet()

    await edit(gita, "KR-1", target="90")
    await town.quiet()

    assert not questions(bo)
    assert "KR-1 is as it was agreed again: 0 to 90." in text_of(bo.dm[-1])
    assert "waits for agreement" not in (await gita.command("/okr show O-1")).text


async def test_what_the_owner_adds_is_proposed_and_the_lead_accepts_it(gita, town):
    bo = town.person("bo")
    await gita.command("/okr add kr O-1")
    await gita.submit({"title": "Jobs moved", "target": "20"})
    assert "KR-2 is proposed for O-1" in text_of(gita.modal)
    assert "Somebody else agrees to it, before it counts" in text_of(gita.modal)
    await gita.close(whole_stack=True)
    await town.quiet()
    asked = bo.dm[-1]
    assert "proposes a key result for O-1" in text_of(asked)
    assert "You get this because you can agree to it." in text_of(asked)

    assert choices(await gita.command("/okr show O-1")) == ["Decline"]
    assert choices(await bo.command("/okr show O-1")) == ["Accept", "Edit, then accept", "Decline"]
    assert "KR-2 waits for Bo." in (await gita.command("/okr agree KR-2")).text

    await bo.press("Accept", within=asked)
    await town.quiet()

    assert "accepted KR-2 Jobs moved, which you proposed for O-1" in text_of(gita.dm[-1])
    assert "0 → 4 of 20" in (await gita.command("/okr update KR-2 4")).text


async def test_the_lead_of_the_team_sets_and_changes_what_is_not_their_own_without_asking(gita, town):
    bo = town.person("bo")
    await edit(bo, "KR-1", target="80")
    await bo.command("/okr add kr O-1")
    await bo.submit({"title": "Jobs moved", "target": "20", "owner": "@gita"})
    await bo.close(whole_stack=True)
    await town.quiet()

    card = (await gita.command("/okr show O-1")).text
    assert "waits for agreement" not in card
    assert "proposed" not in card
    assert not questions(town.person("ada"))
