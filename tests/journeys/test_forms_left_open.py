"""Forms that stay open while something happens to what they are about: what nobody touched in them undoes nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.reading import text_of

UP = "Up: more is better"
DOWN = "Down: less is better"
STEPWISE = "Milestones: a checklist of steps"
STEPS = "Interviews held\nDesign agreed\nBeta with ten customers"


async def hand_over(bo):
    """Bo gives everything to Gita."""
    await bo.command("/okr handover @bo")
    fields = [block["block_id"] for block in bo.modal["blocks"] if block["type"] == "input"]
    await bo.submit(dict.fromkeys(fields, "@gita"))
    assert not bo.errors
    await bo.close(whole_stack=True)


async def edits(who, ref: str, more: bool = False, **fields) -> None:
    """Somebody changes something from beginning to end."""
    await who.command(f"/okr edit {ref}")
    if more:
        await who.press("More…")
    await sends(who, **fields)


async def sends(who, **fields) -> str:
    """Somebody sends the form that they have open; what they read then."""
    await who.submit(fields)
    assert not who.errors
    read = text_of(who.modal)
    await who.close(whole_stack=True)
    return read


async def settings(who) -> None:
    await who.open_home()
    await who.press("Settings")


@pytest.fixture
async def pair(town):
    """Ada, who may change everything, and Bo, who owns O-1 and KR-1 and leads the engineers."""
    await town.set_up()
    await town.team()
    bo = town.person("bo")
    await town.objective(bo, level="One person's")
    await town.key_result(bo, unit="sign-ups", weight="1")
    return town.person("ada"), bo


# objectives


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


async def test_a_form_for_an_objective_leaves_a_new_title_team_and_parent_as_somebody_has_made_them(pair, town):
    ada, bo = pair
    await town.objective(ada, "The best place to begin", level="The company's")
    await ada.command("/okr edit O-1")
    parent = "O-2 The best place to begin"
    await edits(bo, "O-1", title="Nobody ever waits", level="A team's", team="Engineering", parent=parent)

    await ada.press("More…")
    read = await sends(ada, tags="speed")

    assert "had been changed" not in read
    await bo.command("/okr edit O-1")
    element = {block["block_id"]: block["element"] for block in bo.modal["blocks"] if block["type"] == "input"}
    assert element["title"]["initial_value"] == "Nobody ever waits"
    chosen = {field: element[field]["initial_option"]["text"]["text"] for field in ("level", "team", "parent")}
    assert chosen == {"level": "A team's", "team": "Engineering", "parent": parent}
    assert element["tags"]["initial_value"] == "speed"


async def test_more_fields_keep_what_was_typed_and_undo_nothing_of_what_has_changed_since(pair):
    ada, bo = pair
    await ada.command("/okr edit O-1")
    await ada.fill({"title": "Nobody ever waits"})
    await edits(bo, "O-1", title="Quick answers", level="A team's", team="Engineering")

    await ada.press("More…")

    read = await sends(ada)
    assert "Nobody ever waits*\nEngineering" in read
    assert "“Objective” had been changed while your form was open; yours counts now." in read
    history = (await ada.command("/okr history O-1")).text
    assert "changed the title from Nobody waits for us to Quick answers" in history
    assert "changed the title from Quick answers to Nobody ever waits" in history


async def test_whoever_is_alone_with_an_objective_is_told_of_nobody(pair):
    ada, _ = pair
    await ada.command("/okr edit O-1")

    assert "had been changed" not in await sends(ada, title="Nobody ever waits")


async def test_a_team_that_is_taken_away_from_what_somebody_has_made_a_teams_is_asked_for(pair):
    ada, bo = pair
    await edits(bo, "O-1", team="Engineering")
    await ada.command("/okr edit O-1")
    await edits(bo, "O-1", level="A team's")

    await ada.submit({"team": None})

    assert "A team objective needs a team." in ada.errors["Team"]
    assert "Somebody has changed this while your form was open" in ada.errors["Team"]


# key results


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


async def test_a_form_for_a_key_result_leaves_target_unit_weight_and_helpers_as_somebody_has_made_them(pair):
    ada, bo = pair
    await ada.command("/okr edit KR-1")
    await edits(bo, "KR-1", target="250", unit="people", weight="3", contributors=["@gita"])

    await sends(ada, title="Sign-ups a day")

    assert "Sign-ups a day" in (await ada.command("/okr update KR-1 50")).text
    await bo.command("/okr edit KR-1")
    element = {block["block_id"]: block["element"] for block in bo.modal["blocks"] if block["type"] == "input"}
    kept = {field: element[field]["initial_value"] for field in ("title", "target", "unit", "weight", "current")}
    assert kept == {"title": "Sign-ups a day", "target": "250", "unit": "people", "weight": "3", "current": "50"}
    assert len(element["contributors"]["initial_users"]) == 1


async def test_a_title_can_be_changed_while_somebody_measures_in_another_way(pair):
    ada, bo = pair
    await ada.command("/okr edit KR-1")
    await bo.command("/okr edit KR-1")
    await bo.choose("kind", STEPWISE)
    await sends(bo, milestones=STEPS)

    read = await sends(ada, title="Launch")

    assert "Launch" in read
    assert "0 of 3 milestones" in (await ada.command("/okr show KR-1")).text


async def test_another_way_of_measuring_keeps_what_somebody_has_changed_beside_it(pair):
    ada, bo = pair
    await edits(bo, "KR-1", start="80", target="100")
    await ada.command("/okr edit KR-1")
    await ada.fill({"target": "10"})
    await ada.choose("kind", STEPWISE)
    await edits(bo, "KR-1", start="90", unit="minutes")
    await ada.choose("kind", DOWN)

    await sends(ada)

    assert "90 → 10 minutes" in (await ada.command("/okr history KR-1")).text


async def test_a_target_for_what_is_measured_otherwise_by_now_is_refused_beside_it(pair):
    ada, bo = pair
    await ada.command("/okr edit KR-1")
    await bo.command("/okr edit KR-1")
    await bo.choose("kind", STEPWISE)
    await sends(bo, milestones=STEPS)

    await ada.submit({"target": "200"})

    assert "KR-1 is measured in another way by now (milestones)" in ada.errors["Target"]


async def test_a_target_that_no_longer_fits_the_start_is_refused_beside_it_and_says_why(pair):
    ada, bo = pair
    await ada.command("/okr edit KR-1")
    await edits(bo, "KR-1", start="60")

    await ada.submit({"target": "50"})

    assert "The target is below the start" in ada.errors["Target"]
    assert "Somebody has changed this while your form was open" in ada.errors["Target"]
    await ada.submit({"target": "150"})
    assert not ada.errors


async def test_the_later_of_two_targets_counts_and_says_that_there_was_another(pair):
    ada, bo = pair
    await ada.command("/okr edit KR-1")
    await edits(bo, "KR-1", target="250")

    read = await sends(ada, target="300")

    assert "“Target” had been changed while your form was open; yours counts now. `/okr history KR-1` has both." in read
    assert "0 → 300 sign-ups" in (await bo.command("/okr show KR-1")).text


async def test_what_was_measured_gets_its_target_though_somebody_renames_it_meanwhile(pair):
    ada, bo = pair
    await bo.command("/okr edit KR-1")
    await bo.choose("kind", "Baseline: measure first, set the target later")
    await sends(bo)
    await bo.command("/okr update KR-1 40")
    await bo.command("/okr")
    await bo.press("Set a target")
    await edits(ada, "KR-1", title="Sign-ups a day")

    read = await sends(bo, target="120")

    assert "Sign-ups a day" in read
    assert "had been changed" not in read
    assert "→ 120 sign-ups" in (await ada.command("/okr show KR-1")).text


async def test_a_proposal_is_accepted_with_changes_to_what_it_says_by_then(pair, town):
    ada, bo = pair
    emi = town.person("emi")
    await emi.command("/okr propose kr O-1")
    await sends(emi, title="Answers a day", start="0", target="20")
    await town.quiet()
    asked = next(message for message in bo.dm if "Answers a day" in text_of(message))
    await bo.press("Edit, then accept", within=asked)
    await edits(ada, "KR-2", target="30")

    await sends(bo, title="Good answers a day")

    assert "30" in (await bo.command("/okr show KR-2")).text
    assert "Good answers a day" in (await bo.command("/okr show KR-2")).text


# check-ins


async def test_a_check_in_means_a_milestone_by_what_it_says_and_not_by_its_place(pair, town):
    ada, bo = pair
    await bo.command("/okr edit KR-1")
    await bo.choose("kind", STEPWISE)
    await sends(bo, milestones=STEPS)
    await town.until(town.monday(bo) + timedelta(hours=1))
    await bo.command("/checkin")
    await edits(ada, "KR-1", milestones=f"Money found\n{STEPS}")

    read = await sends(bo, **{"value KR-1": ["2. Design agreed"]})

    assert "0 → 1 of 4 milestones, reached: Design agreed" in read


async def test_a_milestone_that_is_gone_is_refused_beside_its_key_result(pair):
    ada, bo = pair
    await bo.command("/okr edit KR-1")
    await bo.choose("kind", STEPWISE)
    await sends(bo, milestones=STEPS)
    await bo.command("/okr update KR-1")
    await edits(ada, "KR-1", milestones="Interviews held\nDesign agreed by all\nBeta with ten customers")

    await bo.submit({"value": ["2. Design agreed"]})

    [(field, sentence)] = bo.errors.items()
    assert field == "Which ones are reached?"
    assert "There is no milestone “Design agreed” here, or not any more." in sentence
    assert "0 of 3 milestones" in (await ada.command("/okr show KR-1")).text


async def test_a_check_in_leaves_what_somebody_else_has_said_of_it_meanwhile(pair, town):
    ada, bo = pair
    await bo.command("/okr update KR-1 20 confidence 8")
    await town.until(town.monday(bo) + timedelta(hours=1))
    await bo.command("/checkin")
    await ada.command("/okr update KR-1 30 confidence 2 note the vendor is gone")

    await sends(bo, blocker="No vendor")

    told = (await ada.command("/okr show KR-1")).text
    assert "30 → 100" in told
    assert "confidence 2/10" in told


async def test_editing_a_check_in_says_nothing_again_that_was_left_alone(pair, town):
    ada, bo = pair
    await town.until(town.monday(bo) + timedelta(hours=1))
    await bo.command("/checkin")
    await sends(bo, **{"value KR-1": "20", "note KR-1": "A slow start"})
    await bo.command("/checkin")
    await ada.command("/okr update KR-1 30 note a big customer came")

    await sends(bo, blocker="No vendor")

    history = (await ada.command("/okr history KR-1")).text
    assert history.count("A slow start") == 1
    assert history.index("a big customer came") < history.index("A slow start"), "the latest first"


# what is set for a while, and how it ended


async def test_a_status_that_somebody_has_extended_meanwhile_stays_so(pair, town):
    ada, bo = pair
    today = town.slack.calendar.now().date()
    await bo.command("/okr status KR-1 at risk because the vendor is late")
    await ada.command("/okr status KR-1")
    later = today + timedelta(days=20)
    await bo.command(f"/okr status KR-1 off track until {later:%Y-%m-%d} because the vendor is gone")

    read = await sends(ada, reason="Nobody has another one")

    assert f"off track · set by Ada until {later:%-d %B}: Nobody has another one" in read


async def test_a_score_is_not_taken_back_by_whoever_adds_what_was_learned(town):
    await town.set_up()
    bo, ada, year = town.person("bo"), town.person("ada"), town.slack.calendar.now().year
    await town.objective(bo)
    await edits(bo, "O-1", more=True, co_owners=["@ada"])
    await town.key_result(bo)
    await town.until(datetime(year, 4, 3, 12, tzinfo=UTC))
    how = {"why": "It went as it went", "mattered": "yes", "verdict": "drop"}
    await bo.command("/okr close O-1")
    await bo.submit({"score": "0.4"} | how)
    await bo.close(whole_stack=True)
    await ada.command("/okr close O-1")
    await bo.command("/okr close O-1")
    await bo.submit({"score": "0.7", "verdict": "keep"})
    await bo.close(whole_stack=True)

    await ada.submit({"learned": "Ask earlier"})

    assert not ada.errors
    await ada.close(whole_stack=True)
    card = (await ada.command("/okr show O-1")).text
    assert "*score 0.7*" in card
    await ada.press("How it ended")
    assert "Ask earlier" in text_of(ada.modal)
    assert "Keep: go on with it" in text_of(ada.modal)


# the workspace


async def test_two_people_change_different_settings_at_once_and_both_count(town):
    await town.set_up(champion="@lin")
    ada, lin = town.person("ada"), town.person("lin")
    await ada.command("/okr settings")
    await lin.command("/okr settings")
    assert "Stale after (days): 10 → 12" in await sends(lin, stale_after="12")

    read = await sends(ada, behind="20")

    assert "At risk when behind by (%): 15 → 20" in read
    assert "Stale after" not in read
    await ada.command("/okr settings")
    assert "Stale after (days): @Lin" in text_of(ada.modal, town.slack.workspace.names)


async def test_a_threshold_that_no_longer_fits_the_other_is_refused_beside_what_was_touched(town):
    await town.set_up(champion="@lin")
    ada, lin = town.person("ada"), town.person("lin")
    await ada.command("/okr settings")
    await lin.command("/okr settings")
    await sends(lin, far_behind="20")

    await ada.submit({"behind": "25"})

    [(field, sentence)] = ada.errors.items()
    assert field == "At risk when behind by (%)"
    assert "Off track begins at 20%" in sentence


async def test_a_form_for_a_team_leaves_its_new_lead_and_members_alone(pair, town):
    ada, bo = pair
    for who in (ada, bo):
        await who.open_home()
        await who.press("Teams")
        await who.press("Edit")
    await bo.submit({"lead": "@emi", "members": ["@gita", "@emi", "@chiara"]})
    await bo.close(whole_stack=True)

    await ada.submit({"name": "Engineers"})

    assert "*Engineers*" in text_of(ada.modal)
    assert "led by @Emi · 3 members" in text_of(ada.modal, town.slack.workspace.names)


async def test_granting_one_role_does_not_take_back_another_that_was_granted_meanwhile(town):
    await town.set_up()
    ada, lin = town.person("ada"), town.person("lin")
    for who in (ada, lin):
        await who.open_home()
        await who.press("Roles")
    await lin.submit({"champion": ["@hana"]})
    assert not lin.errors

    await ada.submit({"hr": ["@gita"]})

    await ada.press("Roles")
    element = {block["block_id"]: block["element"] for block in ada.modal["blocks"] if block["type"] == "input"}
    held = {role: len(element[role].get("initial_users", [])) for role in ("champion", "hr")}
    assert held == {"champion": 1, "hr": 1}


async def test_setting_up_anew_leaves_what_another_admin_has_decided_meanwhile(town):
    await town.set_up(champion="@hana")
    ada, lin = town.person("ada"), town.person("lin")
    await ada.open_home()
    await ada.press("Set up")
    await lin.open_home()
    await lin.press("Set up")
    first = (town.monday(lin) + timedelta(days=9)).date()
    await lin.submit({"champion": "@gita", "first": first.isoformat()})
    await lin.submit()
    await lin.close(whole_stack=True)

    await ada.submit({"channel": "general"})
    assert "will be OKR champion" in text_of(ada.modal)
    await ada.submit()

    assert f"{first:%-d %B}" in text_of(ada.modal)
    await ada.close(whole_stack=True)
    await ada.press("Set up")
    element = {block["block_id"]: block["element"] for block in ada.modal["blocks"] if block["type"] == "input"}
    assert element["champion"]["initial_user"] == town.person("gita").user.id
    assert element["first"]["initial_date"] == first.isoformat()
    assert element["channel"]["initial_conversation"] == town.slack.channel("general").id


# lists


def chosen(who, field: str, town) -> set[str]:
    """The names in a list of the form that somebody has open, as it is drawn."""
    element = next(block["element"] for block in who.modal["blocks"] if block.get("block_id") == field)
    return {town.slack.workspace.names[id] for id in element.get("initial_users", [])}


async def test_of_two_who_change_the_members_of_a_team_at_once_both_are_heard(pair, town):
    ada, bo = pair
    for who in (ada, bo):
        await who.open_home()
        await who.press("Teams")
        await who.press("Edit")
    assert chosen(ada, "members", town) == {"Bo", "Gita", "Emi"}
    await bo.submit({"members": ["@bo", "@gita", "@emi", "@chiara"]})
    await bo.close(whole_stack=True)

    await ada.submit({"members": ["@bo", "@emi", "@hana"]})

    assert "4 members" in text_of(ada.modal)
    await ada.press("Edit")
    assert chosen(ada, "members", town) == {"Bo", "Emi", "Chiara", "Hana"}


async def test_of_two_who_choose_co_owners_at_once_both_are_heard(pair, town):
    ada, bo = pair
    await edits(bo, "O-1", more=True, co_owners=["@gita", "@hana"])
    await ada.command("/okr edit O-1")
    await edits(bo, "O-1", co_owners=["@gita", "@hana", "@emi"])

    read = await sends(ada, co_owners=["@hana", "@chiara"])

    assert "had been changed" not in read
    await bo.command("/okr edit O-1")
    assert chosen(bo, "co_owners", town) == {"Hana", "Emi", "Chiara"}


async def test_of_two_who_choose_who_helps_at_once_both_are_heard_whatever_it_is_measured_by(pair, town):
    ada, bo = pair
    await ada.command("/okr edit KR-1")
    await ada.choose("kind", STEPWISE)
    await ada.fill({"contributors": ["@chiara"], "milestones": STEPS})
    await edits(bo, "KR-1", contributors=["@gita", "@emi"])
    await ada.choose("kind", DOWN)

    await sends(ada, start="100", target="0")

    await bo.command("/okr edit KR-1")
    assert chosen(bo, "contributors", town) == {"Gita", "Emi", "Chiara"}


async def test_of_two_who_tick_milestones_at_once_both_are_heard(pair, town):
    ada, bo = pair
    await bo.command("/okr edit KR-1")
    await bo.choose("kind", STEPWISE)
    await sends(bo, milestones=STEPS)
    await town.until(town.monday(bo) + timedelta(hours=1))
    await bo.command("/checkin")
    await ada.command("/okr update KR-1 beta")

    read = await sends(bo, **{"value KR-1": ["1. Interviews held"]})

    assert "1 → 2 of 3 milestones, reached: Interviews held" in read
    assert "2 of 3 milestones, next: Design agreed" in (await ada.command("/okr show KR-1")).text


async def test_of_two_who_grant_the_same_role_at_once_both_are_heard(town):
    await town.set_up()
    ada, lin = town.person("ada"), town.person("lin")
    await ada.open_home()
    await ada.press("Roles")
    await ada.submit({"champion": ["@hana", "@gita"]})
    for who in (ada, lin):
        await who.open_home()
        await who.press("Roles")
    await lin.submit({"champion": ["@hana", "@gita", "@bo"]})

    await ada.submit({"champion": ["@gita", "@emi"]})

    await ada.press("Roles")
    assert chosen(ada, "champion", town) == {"Gita", "Bo", "Emi"}


async def test_of_two_who_choose_pilot_teams_at_once_both_are_heard(town):
    await town.set_up()
    for name in ("One", "Two", "Three"):
        await town.team(name)
    ada, lin = town.person("ada"), town.person("lin")
    for who in (ada, lin):
        await who.open_home()
        await who.press("Set up")
    await lin.submit({"everyone": "Pilot teams", "teams": ["One", "Two"]})
    await lin.submit()
    await lin.close(whole_stack=True)

    await ada.submit({"everyone": "Pilot teams", "teams": ["Three"]})
    await ada.submit()
    await ada.close(whole_stack=True)

    await ada.press("Set up")
    element = next(block["element"] for block in ada.modal["blocks"] if block.get("block_id") == "teams")
    assert {each["text"]["text"] for each in element["initial_options"]} == {"One", "Two", "Three"}
