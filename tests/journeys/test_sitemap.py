"""Everything that can be pressed or sent anywhere has a handler, and no handler waits for what is never drawn."""

from datetime import UTC, datetime, timedelta

import pytest

import handlers
from sandbox import inputs
from sandbox.reading import text_of
from sandbox.records import Change
from tests.journeys.looking import option


@pytest.fixture
def drawn(slack):
    """Every message and view of Cairn that Slack shows, from now on."""
    seen = []

    def note(change: Change) -> None:
        if change.kind in ("message", "message_changed"):
            seen.append({"blocks": slack.workspace.message(change.channel, change.ts).blocks})
        elif change.kind == "home":
            seen.append(slack.workspace.homes[change.user].content)
        elif change.kind == "modal" and (view := slack.workspace.modal(change.user)):
            seen.append(view.content)

    stop = slack.workspace.subscribe(note)
    yield seen
    stop()


async def test_whatever_is_drawn_has_a_handler_and_every_handler_something_drawn(town, drawn):
    await everything_is_seen(town)

    assert pressable(drawn) == set(handlers.ACTIONS)
    assert {view["callback_id"] for view in drawn if view.get("callback_id")} == set(handlers.FORMS)


async def test_whatever_is_on_home_does_something(town):
    ada = town.person("ada")
    await town.set_up()
    await town.objective(ada)
    await ada.open_home()
    menus = {"objective.more": "Edit", "objective.person": "@gita", "hand_over.person": "@ada"}

    pressed = 0
    for block_id, element in list(inputs.controls(ada.home["blocks"])):
        action = element["action_id"]
        seen = await (ada.choose(action, menus[action]) if action in menus else ada.press(action))
        assert seen.modal is not None, (block_id, action)
        await ada.close(whole_stack=True)
        await ada.open_home()
        pressed += 1

    assert pressed >= 10


async def everything_is_seen(town):
    """A walk past everything that Cairn ever shows."""
    ada, gita = town.person("ada"), town.person("gita")
    await ada.open_home()
    await town.quiet()
    await town.set_up()
    await teams_are_made(ada)
    await gita.open_home()
    await gita.press("Add an objective")
    await gita.submit({"title": "Nobody waits for us"})
    await gita.press("Add a key result")
    await gita.submit({"title": "Sign-ups a week", "target": "100"})
    await gita.press("Add another key result")
    await gita.choose("kind", "Baseline: measure first, set the target later")
    await gita.submit({"title": "Waiting time"})
    await gita.close(whole_stack=True)
    await gita.command("/okr update KR-2 12")
    await gita.command("/okr update KR-1")
    await gita.close()
    await ada.command("/okr show O-1")
    await things_hang_together(town)
    await gita.command("/kudos list")
    await gita.press("Say thank you")
    await gita.close()
    await ada.open_home()
    await ada.press("Roles")
    await ada.close()
    await objectives_are_set_together(town, town.person("emi"), gita)
    await what_was_agreed_is_changed(town, gita, ada)
    await town.until(town.monday(gita))
    await gita.press("Check in", within=gita.dm[-1])
    await gita.close()
    await nothing_moves(town, gita, ada)
    await ada.open_home()
    await ada.press("Settings")
    await ada.close()
    await cycles_are_seen(town)
    await a_list_is_turned(town, ada)
    await town.slack.interactions.deactivate(gita.id)
    await town.quiet()
    await ada.press("Hand over", within=ada.dm[-1])


async def cycles_are_seen(town):
    """One is opened, begins later and then at once after all, and is closed by hand; an objective is moved, scored in
    the quarter's closing, and carried on.
    """
    ada, gita = town.person("ada"), town.person("gita")
    await ada.open_home()
    await ada.press("Cycle")
    await ada.press("All cycles")
    await ada.press("New cycle")
    today = town.slack.calendar.now().date()
    days = {"first": today.isoformat(), "last": (today + timedelta(days=30)).isoformat()}
    await ada.submit({"name": "Launch"} | days)
    await ada.close(whole_stack=True)
    for first in (today + timedelta(days=5), today):
        await ada.command("/okr cycle edit Launch")
        await ada.submit({"first": first.isoformat()})
        assert not ada.errors
        await ada.close(whole_stack=True)
    for step in ("Begin to close", "Close now", "Reopen"):
        await ada.command("/okr cycle Launch")
        await ada.press(step)
    await gita.command("/okr show O-1")
    await gita.choose("objective.more", "More…")
    await gita.press("Move to another cycle")
    await gita.close(whole_stack=True)
    await town.objective(gita, "One that waits")
    await town.until(datetime(today.year, 4, 2, 12, tzinfo=UTC))
    await gita.open_home()
    await gita.press("Close my objectives")
    await gita.submit({"score": "0.5", "why": "So it was", "mattered": "no", "verdict": "keep"})
    await gita.submit()
    await gita.close(whole_stack=True)
    for ref in ("O-1", "O-4", "O-5"):
        await gita.command(f"/okr show {ref}")


async def a_list_is_turned(town, ada):
    """It is longer than a page."""
    for _ in range(10):
        await town.objective(ada, level="The company's")
    await ada.command("/okr list all this year")
    await ada.press("Next")
    await ada.press("Open as a list")
    await ada.close()


async def nothing_moves(town, gita, ada):
    """Gita's key result stays where it is, on track, until she is asked about it."""
    await gita.command("/okr update KR-1 60")
    for _ in range(5):
        await town.until(town.monday(gita))
        await gita.command("/okr update KR-1 note still at it")
    await ada.command("/okr status KR-1 on track because it ships on Friday")
    await town.quiet()
    await gita.press("Set to at risk", within=next(each for each in gita.dm if "Is that right?" in text_of(each)))
    await gita.close()


async def things_hang_together(town):
    """Gita's objective stands alone beside one of the company, and waits for a team that Ada leads."""
    ada, gita = town.person("ada"), town.person("gita")
    await town.team("Platform", "@ada")
    await town.objective(ada, "Customers trust us", level="The company's")
    await gita.command("/okr tree")
    await gita.command("/okr depends KR-1")
    await gita.submit({"team": "Platform", "words": "The new API"})
    await gita.close(whole_stack=True)
    await town.quiet()
    await ada.press("Not possible…", within=ada.dm[-1])
    await ada.close()
    await gita.command("/okr depends")


async def objectives_are_set_together(town, emi, gita):
    """One is drafted from an example and proposed; a key result is proposed for it and talked over."""
    await gita.command("/okr templates")
    await gita.press("Use this")
    await gita.submit({"stage": "A draft: only those with a part in it see it"})
    await gita.press("Propose it")
    await gita.close(whole_stack=True)
    await gita.command("/okr show O-3")
    await gita.choose("proposal.more", "Decline")
    await gita.close()
    await emi.command("/okr propose kr O-1")
    await emi.submit({"title": "Jobs moved", "target": "20"})
    await emi.close(whole_stack=True)
    await emi.command("/okr comment O-1")
    await emi.close()
    await town.quiet()


async def what_was_agreed_is_changed(town, gita, ada):
    """For as long as somebody else agrees to objectives here: Gita changes a target, and Ada is asked."""
    await ada.command("/okr settings")
    await ada.submit({"review": "yes"})
    await ada.close(whole_stack=True)
    await gita.command("/okr edit KR-1")
    await gita.submit({"target": "110"})
    await gita.close(whole_stack=True)
    await town.quiet()
    await ada.press("Agree", within=next(each for each in ada.dm if "Do you agree?" in text_of(each)))
    await ada.command("/okr settings")
    await ada.submit({"review": "no"})
    await ada.close(whole_stack=True)


async def teams_are_made(ada):
    """One by hand, one from a user group; one of them is archived."""
    await ada.open_home()
    await ada.press("Teams")
    await ada.press("Add a team")
    await ada.submit({"name": "Growth", "lead": "@gita"})
    await ada.press("Add from a user group")
    await ada.submit({"group": option(ada.modal, "group", "Product")})
    await ada.close(whole_stack=True)
    await ada.open_home()
    await ada.press("Teams")
    await ada.press("Archive")
    await ada.close(whole_stack=True)


def pressable(drawn):
    """The action ids of everything outside the fields of forms, and of the fields that tell at once what is chosen."""
    blocks = [block for each in drawn for block in each["blocks"]]
    blocks = [block for block in blocks if block["type"] != "input" or block.get("dispatch_action")]
    alone = [block.get(part) or {} for block in blocks for part in ("accessory", "element")]
    elements = alone + [each for block in blocks for each in block.get("elements", [])]
    return {each["action_id"] for each in elements if "action_id" in each}
