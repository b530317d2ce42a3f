"""Long lists: a page at a time in an answer, narrowed in a window; and only what the one who asks may see."""

import json

import pytest

from sandbox.reading import text_of


@pytest.fixture
async def gita(town):
    """Gita, among twelve objectives of hers, one of Engineering's and one of the company's."""
    await town.team()
    gita, bo, ada = (town.person(name) for name in ("gita", "bo", "ada"))
    for number in range(1, 13):
        await town.objective(gita, f"Gita's {number}.")
    await town.objective(bo, "Engineering's", level="A team's", team="Engineering")
    await town.objective(ada, "The company's", level="The company's")
    return gita


def numbers(words):
    """The numbers of the objectives in some words."""
    return [n for n in range(1, 16) if f"O-{n} " in words]


# in an answer


async def test_a_long_answer_is_turned_page_by_page_and_back(gita):
    seen = await gita.command("/okr list all")
    answer = seen.messages[0]
    assert numbers(seen.text) == [*range(1, 11)]
    assert "1–10 of 14 objectives." in seen.text

    await gita.press("Next", within=answer)
    assert numbers(text_of(answer)) == [11, 12, 13, 14]
    assert "11–14 of 14 objectives." in text_of(answer)
    assert "[Next]" not in text_of(answer)

    await gita.press("Previous", within=answer)
    assert numbers(text_of(answer)) == [*range(1, 11)]


async def test_a_short_answer_has_nothing_to_turn(gita):
    seen = await gita.command("/okr list company")

    assert numbers(seen.text) == [14]
    assert "[Next]" not in seen.text
    assert "Open as a list" not in seen.text


async def test_a_page_that_is_not_there_any_more_is_the_last_one(gita):
    answer = (await gita.command("/okr list me")).messages[0]
    for number in range(1, 4):
        await gita.command(f"/okr archive O-{number}")

    await gita.press("Next", within=answer)

    assert numbers(text_of(answer)) == [*range(4, 13)]


async def test_words_come_in_any_order(gita, town):
    await town.key_result(town.person("ada"), "O-14")
    year = town.slack.calendar.now().year

    for words in (
        f"on track company Q1 {year}",
        f"company q1-{year} on-track",
        f"{year} q1, on track: the company's okrs",
    ):
        assert numbers((await gita.command(f"/okr list {words}")).text) == [14], words
    assert numbers((await gita.command("/okr list company at risk")).text) == []
    assert numbers((await gita.command("/okr list on track")).text) == [14]
    assert numbers((await gita.command("/okr list @bo @ada")).text) == [13, 14]
    assert numbers((await gita.command("/okr list engineering company")).text) == []


async def test_what_nobody_has_looked_at_is_stale(gita, town):
    await town.key_result(gita, "O-3")
    assert numbers((await gita.command("/okr list stale")).text) == []

    await town.until(town.monday(gita, hour=12))
    await town.until(town.monday(gita, hour=12))

    assert numbers((await gita.command("/okr list stale")).text) == [3]
    assert numbers((await gita.command("/okr list mine needs attention")).text) == [3]


async def test_silence_does_not_hide_what_is_off_track(gita, town):
    await town.key_result(gita, "O-3", title="Slow", target="100")
    for _ in range(5):
        await town.until(town.monday(gita, hour=12))

    for words in ("stale", "off track", "mine needs attention"):
        assert numbers((await gita.command(f"/okr list {words}")).text) == [3], words
    assert numbers((await gita.command("/okr list on track")).text) == []
    assert "; its numbers say off track" in (await gita.command("/okr show O-3")).text


async def test_of_a_status_only_the_key_results_that_have_it_are_shown(gita, town):
    for title, target in (("Slow", "100"), ("Quick", "100"), ("Quicker", "100")):
        await town.key_result(gita, "O-3", title=title, target=target)
    await town.key_result(town.person("bo"), "O-13", title="Bo's own")
    for words in ("KR-2 90", "KR-3 95"):
        await gita.command(f"/okr update {words}")
    await town.until(town.monday(gita, hour=8))
    await town.until(town.monday(gita, hour=8))
    for words in ("KR-2 91", "KR-3 96"):
        await gita.command(f"/okr update {words}")

    stale = (await gita.command("/okr list stale")).text
    mine = (await gita.command("/okr list mine on track")).text

    assert "2 key results in 2 objectives." in stale
    assert "*KR-1* Slow" in stale
    assert "KR-2" not in stale
    assert "…and 2 more key results: `/okr show O-3`" in stale
    assert "2 key results in 1 objective." in mine
    assert "KR-1" not in mine
    assert "…and 1 more key result: `/okr show O-3`" in mine
    assert "*KR-1* Slow" in (await gita.command("/okr show O-3")).text


async def test_somebodys_key_result_in_an_objective_of_others_is_shown_without_the_rest(gita, town):
    bo = town.person("bo")
    await town.key_result(bo, "O-13", title="Bo's own")
    await town.key_result(bo, "O-13", title="For Gita", owner="@gita")

    seen = (await bo.command("/okr list @gita engineering")).text

    assert "*KR-2* For Gita" in seen
    assert "KR-1" not in seen
    assert "…and 1 more key result: `/okr show O-13`" in seen
    assert "*KR-1* Bo's own" in (await bo.command("/okr list team Engineering")).text


async def test_an_unknown_word_is_guessed_at_and_nothing_is_listed(gita):
    seen = await gita.command("/okr list compny at rsik")

    assert "I do not know “compny at rsik”. Did you mean “company”?" in seen.text
    assert "To look for it in titles: /okr find compny at rsik." in seen.text
    assert numbers(seen.text) == []
    assert "I do not know that quarter. Write it like Q4 2026." in (await gita.command("/okr list Q7")).text


# in a window


async def test_the_window_is_narrowed_by_each_choice_and_turned_from_there(gita):
    await gita.command("/okr find")
    assert "1–10 of 14 objectives." in text_of(gita.modal)

    await gita.choose("list.level", "Individual")
    assert "1–10 of 12 objectives." in text_of(gita.modal)
    await gita.press("Next")
    assert numbers(text_of(gita.modal)) == [11, 12]

    await gita.choose("list.level", "Company")
    assert numbers(text_of(gita.modal)) == [14]
    await gita.choose("list.level", "Every level")
    await gita.choose("list.team", "Engineering")
    assert numbers(text_of(gita.modal)) == [13]
    await gita.choose("list.team", "Every team")
    await gita.choose("list.people", ["@ada", "@bo"])
    assert numbers(text_of(gita.modal)) == [13, 14]
    await gita.choose("list.status", "Off track")
    assert "Nothing like that here." in text_of(gita.modal)


async def test_the_window_opens_where_the_answer_was(gita):
    answer = (await gita.command("/okr list me")).messages[0]
    await gita.press("Next", within=answer)

    await gita.press("Open as a list", within=answer)

    assert numbers(text_of(gita.modal)) == [11, 12]
    await gita.press("Previous")
    assert numbers(text_of(gita.modal)) == [*range(1, 11)]


async def test_home_opens_the_same_window(gita):
    await gita.open_home()

    await gita.press("Find…")

    assert "1–10 of 14 objectives." in text_of(gita.modal)
    await gita.choose("list.cycle", "Backlog")
    assert "Nothing here yet." in text_of(gita.modal)


async def test_what_is_archived_in_the_window_is_gone_from_it(gita):
    await gita.command("/okr find")
    await gita.choose("list.level", "Individual")

    await gita.choose("objective.more", "More…")
    await gita.press("Archive")

    assert "O-1 Gita's 1. is archived." in text_of(gita.modal)
    await gita.close()
    assert gita.modal is None, "the list as it was before is closed along with the news"


# by words and by tags


@pytest.fixture
async def bo(gita, town):
    """Bo of Engineering, whose O-15 about onboarding has KR-1 about sign-ups beside two others."""
    bo = town.person("bo")
    await bo.command("/okr add objective")
    await bo.press("More…")
    await bo.submit({"title": "Customers love our Onboarding", "tags": "Customer love, mobile"})
    await bo.close(whole_stack=True)
    await town.key_result(bo, "O-15", title="500 Sign-ups a week")
    await town.key_result(bo, "O-15", title="Self-serve contracts")
    await town.key_result(bo, "O-15", title="Fewer questions")
    return bo


async def test_what_it_is_about_is_looked_for_in_titles_and_among_tags(bo):
    for words, found, shown in (
        ("about onboarding", [15], "Everything, with “onboarding”"),
        ("anything about ONBOARD customers", [15], "KR-2"),
        ('"sign-ups"', [15], "…and 2 more key results: `/okr show O-15`"),
        ("about signups", [15], "*KR-1* 500 Sign-ups a week"),
        ("@bo about signups", [15], "My objectives, with “signups”"),
        ("@gita about signups", [], "Nothing like that here."),
        ("about engineering", [13, 15], "Team Engineering"),
        ("#mobile about signups", [15], "*KR-1* 500 Sign-ups a week"),
        ("#growth", [], "Nothing like that here."),
        ("tagged customer-love", [15], "Everything, #customer-love"),
        ("#mobile about onboarding last quarter", [], "Nothing like that here."),
        ("about company on track", [], "Nothing like that here."),
        ("about sign-ups questions", [], "Nothing like that here."),
    ):
        seen = await bo.command(f"/okr list {words}")
        assert numbers(seen.text) == found, words
        assert shown in seen.text, (words, seen.text)


async def test_the_window_opens_with_what_is_looked_for_and_looks_for_more_on_enter(bo):
    await bo.command("/okr find customers sign-ups engineering")
    assert looked_for(bo.modal) == "customers sign-ups"
    assert "Nothing like that here." in text_of(bo.modal)
    await bo.choose("list.team", "Every team")
    await bo.choose("list.words", "sign-ups #mobile")
    assert numbers(text_of(bo.modal)) == [15]
    assert "KR-2" not in text_of(bo.modal)
    await bo.choose("list.level", "Company")
    assert "Nothing like that here." in text_of(bo.modal)
    await bo.choose("list.level", "Every level")
    await bo.submit({"list.words": '"gita’s" Gita'})
    assert "Nothing like that here." in text_of(bo.modal)
    await bo.submit({"list.words": "Gita's"})
    assert "1–10 of 12 objectives." in text_of(bo.modal)
    await bo.press("Next")
    assert numbers(text_of(bo.modal)) == [11, 12]
    assert looked_for(bo.modal) == "Gita's"


def looked_for(window):
    return next(block["element"] for block in window["blocks"] if block.get("block_id") == "list.words")[
        "initial_value"
    ]


async def test_a_long_answer_about_something_is_turned_and_opened_as_a_list(bo):
    answer = (await bo.command('/okr list "Gita\'s"')).messages[0]
    await bo.press("Next", within=answer)
    assert numbers(text_of(answer)) == [11, 12]
    await bo.press("Open as a list", within=answer)
    assert looked_for(bo.modal) == "Gita's"
    assert numbers(text_of(bo.modal)) == [11, 12]


# what somebody may not see, and what nobody sends


async def test_a_guest_counts_and_turns_only_what_is_theirs_to_read(gita, town):
    marek = town.person("marek")
    await town.key_result(gita, "O-5", owner="@marek")

    seen = await marek.command("/okr list all", "product")

    assert numbers(seen.text) == [5]
    assert "[Next]" not in seen.text


async def test_a_button_with_nonsense_behind_it_lists_what_anybody_may_see(gita, town):
    answer = (await gita.command("/okr list me")).messages[0]
    for value in ("", "x", "[]", '{"first":-1}', '{"first":1e9,"people":[5,"<!channel>"]}', json.dumps({"teams": "x"})):
        turning = [each for block in answer.blocks if block["type"] == "actions" for each in block["elements"]]
        next(each for each in turning if each["action_id"] == "list.next")["value"] = value
        await gita.press("Next", within=answer)
        assert "of 14 objectives." in text_of(answer), value
