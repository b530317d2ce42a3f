"""Setting objectives together: drafted, talked over, proposed and agreed, by typing and by pressing."""

from datetime import timedelta

import pytest

from sandbox.reading import text_of
from tests.journeys.looking import option, options


@pytest.fixture
async def gita(town):
    """Gita, who owns O-1 in a workspace where everything is set up."""
    gita = town.person("gita")
    await town.set_up()
    await town.objective(gita)
    return gita


def backlog(who) -> str:
    return option(who.modal, "cycle", "Backlog")


def words(messages) -> str:
    return "\n".join(text_of(message) for message in messages)


# the form


async def test_more_fields_come_at_a_press_and_keep_what_was_typed(town):
    gita = town.person("gita")
    await gita.command("/okr add objective")
    await gita.fill({"title": "Nobody waits for us", "owner": "@emi"})
    assert "Why it matters" not in text_of(gita.modal)

    await gita.press("More…")
    await gita.submit(
        {
            "Why it matters": "Every second customer leaves early",
            "co_owners": ["@gita", "@bo"],
            "aspirational": "Aspirational",
            "visibility": "Private",
            "tags": "growth, #mobile",
        }
    )

    card = text_of(gita.modal)
    assert "O-1 Nobody waits for us" in card
    assert "Every second customer leaves early" in card
    assert "aspirational" in card
    assert ":lock: private" in card
    assert "#growth #mobile" in card
    assert "O-1" not in (await town.person("ada").command("/okr list all")).text
    assert "O-1" in (await town.person("bo").command("/okr show O-1")).text


async def test_a_mistake_in_a_rare_field_stands_beside_it(town):
    gita = town.person("gita")
    await gita.command("/okr add objective")
    await gita.press("More…")

    await gita.submit({"title": "Nobody waits for us", "visibility": "Only its team", "tags": "x" * 40})
    assert gita.errors == {"Tags": "A tag has at most 30 characters. Put a comma between two of them."}
    await gita.submit({"tags": "growth"})
    assert set(gita.errors) == {"Who may see it?"}


async def test_what_is_other_than_usual_is_in_sight_when_it_is_edited(gita):
    await gita.command("/okr edit O-1")
    await gita.press("More…")
    await gita.submit({"Why it matters": "They told us so"})

    await gita.command("/okr edit O-1")

    assert "They told us so" in str(gita.modal["blocks"])


async def test_an_objective_moves_to_the_backlog_and_out_of_sight_of_this_quarter(gita):
    await gita.command("/okr edit O-1")
    assert [text.split()[0] for text in options(gita.modal, "cycle")] == ["Q1", "Q2", "Backlog"]

    await gita.submit({"cycle": backlog(gita)})

    assert "O-1" not in (await gita.command("/okr")).text
    assert "O-1 Nobody waits for us" in (await gita.command("/okr show O-1")).text


# from draft to agreed


async def test_a_draft_is_seen_by_its_owner_alone_until_it_is_proposed(gita, town):
    emi = town.person("emi")
    await gita.command("/okr add objective")
    await gita.submit({"title": "Some day", "cycle": backlog(gita)})
    assert ":pencil2: draft" in text_of(gita.modal)
    await gita.close(whole_stack=True)
    assert "There is no O-2 here" in (await emi.command("/okr show O-2")).text
    assert "There is no O-2 here" in (await emi.command("/okr agree O-2")).text

    seen = await gita.command("/okr propose O-2")

    assert "O-2 is proposed" in seen.text
    assert ":speech_balloon: proposed" in (await emi.command("/okr show O-2")).text
    assert "You cannot agree to O-2" in (await emi.command("/okr agree O-2")).text
    assert "O-2 is proposed already" in (await gita.command("/okr propose O-2")).text
    assert "it counts once it leaves the backlog" in (await gita.command("/okr agree O-2")).text
    assert "O-2 is agreed already" in (await gita.command("/okr agree O-2")).text


async def test_an_admin_proposes_one_for_somebody_who_agrees_at_a_press(gita, town):
    ada = town.person("ada")
    await ada.command("/okr add objective")
    await ada.submit({"title": "Fewer meetings", "owner": "@gita", "cycle": backlog(ada)})
    await ada.close(whole_stack=True)
    await town.quiet()
    asked = gita.dm[-1]
    assert "proposes O-2 Fewer meetings for Backlog" in text_of(asked)
    assert "until somebody does it is not counted" in text_of(asked)

    await gita.press("Agree", within=asked)
    await town.quiet()

    assert "O-2 is agreed" in text_of(gita.dm[-1])
    assert len([message for message in gita.dm if "proposes O-2" in text_of(message)]) == 0

    await gita.command("/okr agree O-2")
    assert words(gita.dm).count("O-2 is agreed: it counts") == 1


async def test_the_card_of_a_draft_takes_it_further(gita):
    await gita.command("/okr add objective")
    await gita.submit({"title": "Improve things", "cycle": backlog(gita)})

    await gita.press("Propose it")

    assert "O-2 is proposed" in text_of(gita.modal)


# proposed key results


@pytest.fixture
async def asked(gita, town):
    """What Gita reads once Emi has proposed a key result for her objective."""
    emi = town.person("emi")
    await emi.command("/okr propose kr O-1")
    await emi.submit({"title": "Jobs moved", "start": "0", "target": "20"})
    assert not emi.errors
    assert "KR-1 is proposed for O-1" in text_of(emi.modal)
    await emi.close(whole_stack=True)
    await town.quiet()
    return gita.dm[-1]


async def test_a_proposed_key_result_is_accepted_at_a_press_and_only_once(gita, town, asked):
    emi = town.person("emi")
    assert "proposes a key result for O-1" in text_of(asked)
    card = (await emi.command("/okr show O-1")).text
    assert ":speech_balloon: proposed · 0 → 20" in card
    assert "KR-1 is only proposed" in (await emi.command("/okr update KR-1 4")).text

    await gita.press("Accept", within=asked)
    await town.quiet()

    assert "accepted KR-1 Jobs moved for O-1: it counts from now on." in text_of(gita.dm[-1])
    assert "accepted KR-1 Jobs moved, which you proposed for O-1" in text_of(emi.dm[-1])
    assert "0 → 4 of 20" in (await emi.command("/okr update KR-1 4")).text


async def test_a_button_that_is_pressed_too_late_says_so(gita, town, asked):
    await gita.command("/okr show O-1")
    await gita.choose("proposal.more", "Accept")

    await gita.press("Decline", within=asked)

    (said,) = [each for each in gita.dm if each.ts == asked.ts]
    assert "accepted" in text_of(said)
    assert not any(block["type"] == "actions" for block in said.blocks)


async def test_the_question_turns_into_what_was_decided_wherever_that_was(gita, town, asked):
    await gita.press("Edit, then accept", within=asked)
    await gita.submit({"target": "30"})
    await gita.close(whole_stack=True)
    await town.quiet()

    said = gita.dm[-1]
    assert said.ts == asked.ts
    assert f"@{gita.id} accepted KR-1 Jobs moved for O-1: it counts from now on." in text_of(said)
    assert not any(block["type"] == "actions" for block in said.blocks)


async def test_accepting_more_than_can_be_followed_is_warned_of(gita, town):
    for number in range(5):
        await town.key_result(gita, title=f"Number {number}")
    emi = town.person("emi")
    await emi.command("/okr propose kr O-1")
    await emi.submit({"title": "Jobs moved", "target": "20"})
    await town.quiet()

    await gita.press("Edit, then accept", within=gita.dm[-1])
    await gita.submit()

    assert "O-1 has 6 key results now, where about 5 can be followed." in text_of(gita.modal)


async def test_the_warning_stays_where_the_proposal_was_accepted(gita, town):
    for number in range(5):
        await town.key_result(gita, title=f"Number {number}")
    emi = town.person("emi")
    await emi.command("/okr propose kr O-1")
    await emi.submit({"title": "Jobs moved", "target": "20"})
    await town.quiet()

    asked = gita.dm[-1]
    await gita.press("Accept", within=asked)
    await town.quiet()

    (said,) = [message for message in gita.dm if message.ts == asked.ts]
    assert "it counts from now on" in text_of(said)
    assert "O-1 has 6 key results now, where about 5 can be followed." in text_of(said)


async def test_moving_one_more_than_can_be_followed_is_warned_of_like_adding_it(gita, town):
    for number in range(2, 6):
        await town.objective(gita, f"Number {number}")
    await gita.command("/okr add objective")
    await gita.submit({"title": "Some day", "cycle": backlog(gita)})
    assert "where about" not in text_of(gita.modal)
    await gita.close(whole_stack=True)

    moved = await gita.command("/okr move O-6 to Q1 2027")

    assert "That makes 6 objectives of Gita in Q1 2027" in moved.text
    assert "where about 5 can be looked after well" in moved.text


async def test_a_proposal_is_declined_with_a_word(gita, town, asked):
    emi = town.person("emi")
    await gita.press("Decline", within=asked)
    await gita.submit({"why": " "})
    assert gita.errors == {"A word on why": "A word on why helps them to propose the next one."}

    await gita.submit({"why": "Next quarter, when the team is complete <!channel>"})
    await town.quiet()

    assert "KR-1 Jobs moved is declined" in text_of(gita.modal)
    assert "declined KR-1" in text_of(emi.dm[-1])
    assert "Next quarter, when the team is complete <!channel>" in text_of(emi.dm[-1])
    assert "KR-1" not in (await emi.command("/okr show O-1")).text
    assert "declined KR-1 Jobs moved for O-1, with a word" in text_of(gita.dm[-1])
    assert not any(block["type"] == "actions" for block in gita.dm[-1].blocks)


async def test_a_proposal_is_accepted_with_other_numbers(gita, town, asked):
    await gita.press("Edit, then accept", within=asked)
    await gita.submit({"target": "lots"})
    assert set(gita.errors) == {"Target"}

    await gita.submit({"target": "30", "owner": "@gita"})

    assert "KR-1 Jobs moved is accepted" in text_of(gita.modal)
    assert "0 → 3 of 30" in (await gita.command("/okr update KR-1 3")).text


async def test_a_key_result_is_proposed_from_the_menu_of_a_card(gita, town):
    emi = town.person("emi")
    await emi.command("/okr show O-1")
    await emi.choose("objective.more", "Propose a key result")

    await emi.submit({"title": "Jobs moved", "target": "20"})

    assert "KR-1 is proposed for O-1" in text_of(emi.modal)


async def test_a_proposal_may_be_measured_in_any_way(gita, town):
    emi = town.person("emi")
    await emi.command("/okr propose kr O-1")
    await emi.fill({"title": "The move"})
    await emi.choose("kind", "Milestones: a checklist of steps")
    await emi.submit({"milestones": "Pick a place\nPack\nMove"})
    assert "KR-1 is proposed for O-1" in text_of(emi.modal)
    await town.quiet()

    await gita.press("Edit, then accept", within=gita.dm[-1])
    await gita.choose("kind", "Done or not: it happens, or it does not")
    await gita.submit()

    assert "KR-1 The move is accepted" in text_of(gita.modal)


async def test_whoever_owns_it_is_told_how_to_add_one_at_once(gita):
    assert "/okr add kr O-1 adds it at once" in (await gita.command("/okr propose kr O-1")).text
    assert "For which objective?" in (await gita.command("/okr propose kr")).text
    assert "not a reference I know" in (await gita.command("/okr propose lots")).text


# comments


async def test_comments_of_a_private_talk_are_one_thread_with_the_owner(gita, town):
    emi = town.person("emi")
    await emi.command("/okr comment O-1 Sales asked for the same <!here>")
    await town.quiet()
    first = gita.dm[-1]
    assert "on *O-1* Nobody waits for us:" in text_of(first)
    assert "Sales asked for the same <!here>" in text_of(first)

    await emi.command("/okr comment O-1 And so did support")
    await town.quiet()

    thread = [message for message in gita.dm if message.thread_ts == first.ts and message.ts != first.ts]
    assert "And so did support" in words(thread)
    await gita.press("Answer", within=thread[-1])
    await gita.submit({"words": "Then let us ask them both"})
    await gita.close(whole_stack=True)
    await town.quiet()
    assert "Then let us ask them both" in text_of(emi.dm[-1])
    card = (await gita.command("/okr show O-1")).text
    assert card.index("Sales asked") < card.index("And so did support")


async def test_comments_on_a_teams_objective_are_one_thread_in_its_channel(town):
    await town.set_up()
    ada, bo, emi = town.person("ada"), town.person("bo"), town.person("emi")
    await ada.open_home()
    await ada.press("Teams")
    await ada.press("Add a team")
    await ada.submit({"name": "Engineering", "lead": "@bo", "members": ["@emi"], "channel": "kudos"})
    await ada.close(whole_stack=True)
    await town.objective(bo, level="A team's", team="Engineering")
    before = len(town.slack.channel("kudos").messages)

    for said in ("One", "Two", "Three"):
        await emi.command(f"/okr comment O-1 {said}")
    await town.quiet()

    posted = town.slack.channel("kudos").messages[before:]
    assert [said for said in ("One", "Two", "Three") if said in words(posted)] == ["One", "Two", "Three"]
    roots = {message.thread_ts or message.ts for message in posted}
    assert (len(posted), len(roots)) == (3, 1)


async def test_whoever_is_mentioned_reads_it_and_can_answer(gita, town):
    emi, hana, marek = (town.person(name) for name in ("emi", "hana", "marek"))
    seen = await emi.command("/okr comment O-1 @hana and @marek please look")
    assert "Marek cannot see O-1 here, and does not hear of it from Cairn." in seen.text
    await town.quiet()

    told = hana.dm[-1]
    assert f"@{emi.id} mentions you on *O-1* Nobody waits for us:" in text_of(told)
    assert "please look" in text_of(told)
    assert "To stop it, mute this conversation in Slack." in text_of(told)
    assert "please look" not in words(marek.dm)
    await hana.press("Answer", within=told)
    await hana.submit({"words": "I did, @Emi"})
    await hana.close(whole_stack=True)
    await town.quiet()
    assert "I did, @Emi" in text_of(emi.dm[-1])


async def test_a_comment_from_the_menu_without_words_is_asked_for_some(gita, town):
    emi = town.person("emi")
    await emi.command("/okr show O-1")
    await emi.choose("objective.more", "Comment")
    await emi.submit({"words": " "})
    assert emi.errors == {"Your comment": "What would you like to say?"}

    await emi.submit({"words": "Count me in"})

    assert "Your comment is with O-1" in text_of(emi.modal)
    await emi.close(whole_stack=True)
    await emi.command("/okr comment O-1")
    assert "Count me in" in text_of(emi.modal)


# hints, limits and examples


async def test_hints_are_shown_with_a_reason_and_never_stand_in_the_way(town):
    gita = town.person("gita")
    await gita.command("/okr add objective")
    await gita.submit({"title": "Improve onboarding"})
    assert "Added O-1" in text_of(gita.modal)

    await gita.press("objective.hints")

    hints = text_of(gita.modal)
    assert "uses a word such as “improve”" in hints
    assert "It has no key result yet." in hints
    assert "For example:" in hints


async def test_beyond_a_limit_there_is_a_warning_and_no_wall(gita, town):
    for number in range(4):
        await town.objective(gita, f"Another {number}")

    await gita.command("/okr add objective")
    await gita.submit({"title": "The sixth"})

    assert "Added O-6" in text_of(gita.modal)
    assert "That makes 6 objectives of Gita" in text_of(gita.modal)
    await gita.close(whole_stack=True)
    for number in range(5):
        await town.key_result(gita, title=f"Number {number}")
    await gita.command("/okr add kr O-1")
    await gita.submit({"title": "The sixth", "target": "10"})
    assert "O-1 has 6 key results now" in text_of(gita.modal)


async def test_an_objective_begins_with_an_example(town):
    gita = town.person("gita")
    await gita.command("/okr add objective")
    await gita.press("Start from an example")
    await gita.press("Use this")
    assert "Comes with 3 key results as proposals" in text_of(gita.modal)

    await gita.submit({"title": "Our billing is boringly reliable"})

    card = text_of(gita.modal)
    assert "O-1 Our billing is boringly reliable" in card
    assert card.count(":speech_balloon: proposed") == 3
    await gita.choose("proposal.more", "Edit, then accept")
    await gita.submit({"start": "100", "target": "10"})
    assert "KR-1 Minutes that customers could not work is accepted" in text_of(gita.modal)


async def test_the_same_by_typing(town):
    gita = town.person("gita")
    await gita.command("/okr templates")
    assert "Customer success" in text_of(gita.modal)

    await gita.press("Use this")

    await gita.submit()
    assert "Added O-1" in text_of(gita.modal)


async def test_everything_in_the_next_quarter_is_planned_while_this_one_runs(gita, town):
    await gita.command("/okr add objective")
    await gita.submit({"title": "Next", "cycle": option(gita.modal, "cycle", "Q2")})
    assert ":pencil2: draft" in text_of(gita.modal)
    await gita.close(whole_stack=True)
    await town.key_result(gita, "O-2")
    await gita.command("/okr agree O-2")
    seen = await gita.command("/okr update KR-1 5")
    assert seen.text.startswith("*KR-1* Sign-ups a week: 0 → 5 of 100\n░░░░░░░░░░ 5%\n"), "nothing is on track yet"

    await town.until(town.slack.calendar.now() + timedelta(days=90))

    assert "*KR-1* Sign-ups a week" in (await gita.command("/okr")).text


# who is given a part


async def test_a_guest_who_is_given_a_key_result_hears_of_it_and_who_chose_them_is_told_what_that_means(gita, town):
    marek = town.person("marek")
    await gita.command("/okr add kr O-1")

    await gita.submit({"title": "Interviews held", "target": "12", "owner": "@marek"})
    await town.quiet()

    hint = "Marek is a guest here, and guests are not asked to check in."
    assert hint in text_of(gita.modal)
    assert "Added KR-1" in text_of(gita.modal)
    said = text_of(marek.dm[-1])
    assert f"@{gita.id} counts on you for 1 key result." in said
    assert "KR-1 Interviews held" in said.replace("*", "")
    assert "Guests are not asked to check in" in said
    await gita.close(whole_stack=True)
    await gita.command("/okr edit KR-1")
    await gita.submit({"title": "Interviews written up"})
    assert hint not in text_of(gita.modal), "it has been said"


async def test_a_new_co_owner_hears_of_it_once(gita, town):
    bo = town.person("bo")
    await gita.command("/okr edit O-1")
    await gita.press("More…")
    await gita.submit({"co_owners": ["@bo"]})
    assert not gita.errors
    await gita.close(whole_stack=True)
    await gita.command("/okr edit O-1")
    await gita.submit({"title": "Nobody ever waits"})
    await town.quiet()

    (said,) = [text_of(message) for message in bo.dm]
    assert f"@{gita.id} counts on you for 1 objective." in said
    assert f"you own it together with @{gita.id}" in said


async def test_whoever_opens_what_was_private_reads_that_its_past_opens_too(town):
    await town.set_up()
    gita = town.person("gita")
    await gita.command("/okr add objective")
    await gita.fill({"title": "Hush hush"})
    await gita.press("More…")
    past = "Whoever is let in reads its past as well: earlier titles, notes and comments."
    assert past not in str(gita.modal), "it has none yet"
    await gita.submit({"visibility": "Private"})
    await gita.close(whole_stack=True)

    await gita.command("/okr edit O-1")
    assert past in str(gita.modal)
    await gita.submit({"visibility": "Everyone"})
    await gita.close(whole_stack=True)
    await gita.command("/okr edit O-1")
    await gita.press("More…")
    assert past not in str(gita.modal)
