"""How things hang together, by typing and by pressing: the tree, why a thing matters, and who helps."""

import pytest

from sandbox.reading import text_of
from tests.journeys.looking import option, options


@pytest.fixture
async def bo(town):
    """Bo of Engineering, whose O-2 with KR-2 pulls on KR-1 of the company's O-1, beside Gita's loose O-3."""
    ada, bo, gita = (town.person(name) for name in ("ada", "bo", "gita"))
    await town.team()
    await town.objective(ada, "Customers trust us", level="The company's")
    await town.key_result(ada, title="Net promoter score")
    await bo.command("/okr add objective")
    parent = option(bo.modal, "parent", "KR-1 ")
    await bo.submit({"title": "Ship weekly", "level": "A team's", "team": "Engineering", "parent": parent})
    await bo.close(whole_stack=True)
    await town.key_result(bo, "O-2", title="Releases", owner="@emi")
    await town.objective(gita, "Learn to sail")
    return bo


def lines(seen):
    each = seen.text.replace("*", "").replace("↳ ", "").split("\n")
    return [line for line in each if line.strip().startswith(("O-", "KR-"))]


def places(seen):
    """Each line's reference, set in as it is."""
    found = [line.split()[0] for line in lines(seen)]
    return ["\u2003" * line.count("\u2003") + ref for line, ref in zip(lines(seen), found, strict=True)]


# the tree


async def test_the_tree_shows_what_pulls_on_what_and_what_stands_alone(bo):
    seen = await bo.command("/okr tree")

    assert places(seen) == ["O-1", "\u2003KR-1", "\u2003\u2003O-2", "O-3"]
    assert "These stand on their own for now. Do they help one of the above?" in seen.text


async def test_a_tree_is_of_the_company_of_a_team_of_somebody_or_of_one_objective(bo):
    whole = ["O-1", "\u2003KR-1", "\u2003\u2003O-2"]
    for words, found in {
        "tree company": whole,
        "tree team Engineering": ["O-2"],
        "tree engineering": ["O-2"],
        "tree team": ["O-2"],
        "tree my team": ["O-2"],
        "tree O-1": [*whole, "\u2003\u2003\u2003KR-2"],
        "tree kr 1": [*whole, "\u2003\u2003\u2003KR-2"],
        "tree O-3": ["O-3"],
        "tree @bo": ["O-2"],
        "tree @emi": ["O-2"],
        "tree @ada": whole,
        "tree @gita": ["O-3"],
        "tree me": ["O-2"],
    }.items():
        assert places(await bo.command(f"/okr {words}")) == found, words


async def test_a_tree_of_my_team_takes_one_to_be_in(bo, town):
    seen = await town.person("kalea").command("/okr tree team")

    assert "You are in no team yet. Name one, as in /okr tree team Product." in seen.text


async def test_a_tree_of_nothing_says_so_kindly(bo):
    for words, said in {
        "tree O-99": "There is no O-99 here",
        "tree KR-99": "There is no KR-99 here",
        "tree B-5": "B-5 is a blocker.",
        "tree Enginering": "Did you mean Engineering?",
        "tree Q3 2020": "Nothing here yet.",
        "tree Q7 2020": "I do not know that quarter",
        "tree <!channel>": "There is no team called",
    }.items():
        assert said in (await bo.command(f"/okr {words}")).text, words


async def test_an_orphan_is_aligned_from_the_tree_on_home(bo, town):
    gita = town.person("gita")
    await gita.open_home()
    await gita.press("Tree")

    await gita.press("Align…")
    await gita.submit({"parent": option(gita.modal, "parent", "O-2")})

    assert not gita.errors
    assert places(await gita.command("/okr tree")) == ["O-1", "\u2003KR-1", "\u2003\u2003O-2", "\u2003\u2003\u2003O-3"]
    await gita.close(whole_stack=True)
    bo_sees = await bo.command("/okr tree")
    assert "stand on their own" not in bo_sees.text


async def test_only_who_may_change_an_orphan_is_offered_to_align_it(bo):
    seen = await bo.command("/okr tree")

    assert "Align…" not in str(seen.messages[0].blocks)


async def test_the_form_offers_key_results_and_refuses_a_loop_through_one(bo, town):
    ada = town.person("ada")
    await ada.command("/okr edit O-1")
    assert options(ada.modal, "parent") == ["O-2 Ship weekly", "KR-2 Releases of O-2", "O-3 Learn to sail"]

    await ada.submit({"parent": option(ada.modal, "parent", "KR-2")})

    assert "O-2 already hangs below O-1" in ada.errors["Which objective does it help?"]


async def test_archiving_names_what_hangs_below_and_its_card_says_so(bo, town):
    ada, emi = town.person("ada"), town.person("emi")
    await emi.command("/okr add objective")
    parent = option(emi.modal, "parent", "O-1 ")
    await emi.fill({"title": "The merger", "parent": parent})
    await emi.press("More…")
    await emi.submit({"visibility": "Private"})
    await emi.close(whole_stack=True)

    seen = await ada.command("/okr archive KR-1")
    assert "O-2 Ship weekly (Bo) pulled on it, and pulls on O-1 as a whole now." in seen.text.replace("*", "")
    assert "↑ KR-1 Net promoter score (archived) of O-1" in (await bo.command("/okr show O-2")).text
    await ada.command("/okr restore KR-1")
    await ada.command("/okr show O-1")
    await ada.choose("objective.more", "More…")
    await ada.press("Archive")

    said = text_of(ada.modal).replace("*", "")
    assert "O-2 Ship weekly (Bo) hung below it, and stands on its own now." in said
    assert "merger" not in said
    assert "others" not in said
    assert "more" not in said
    assert "of O-1 (archived)" in (await bo.command("/okr show O-2")).text
    await town.objective(ada, "Customers stay", level="The company's")
    seen = await bo.command("/okr tree")
    assert places(seen) == ["O-5", "O-2", "O-3"]
    assert "O-2 Ship weekly ↑ O-1 (archived)" in seen.text.replace("*", "")
    assert "Align…" in seen.text
    assert "stand on their own for now" in seen.text


# why


async def test_why_leads_up_to_the_company(bo, town):
    gita = town.person("gita")
    await bo.command("/okr update KR-2 40")

    seen = await gita.command("/okr why KR-2")

    way = "KR-2 is the only key result of O-2 (Bo), which pulls on KR-1, the only key result of O-1 (Ada)"
    assert f"{way}, a company objective." in seen.text
    assert "KR-2 Releases: 0 → 40 of 100" in seen.text.replace("*", "")


async def test_why_tells_who_else_pulls(bo, town):
    emi = town.person("emi")
    await emi.command("/okr add objective")
    await emi.submit({"title": "Answer within a day", "parent": option(emi.modal, "parent", "KR-1 ")})
    await emi.close(whole_stack=True)

    seen = await emi.command("/okr why O-2")

    assert "Who else pulls on KR-1" in seen.text
    assert "O-4 Answer within a day" in seen.text.replace("*", "")


async def test_why_is_in_the_menu_of_a_key_result(bo, town):
    gita = town.person("gita")
    await gita.command("/okr show O-2")

    await gita.choose("key_result.more", "Why does it matter?")

    assert "which pulls on KR-1" in text_of(gita.modal)


async def test_why_of_nothing_is_refused_in_a_sentence(bo):
    for words, said in {
        "why": "Which one?",
        "why KR-99": "There is no KR-99 here",
        "why O-99": "There is no O-99 here",
        "why not": "is not a reference I know",
        "why 1": "1 could be O-1 or KR-1",
    }.items():
        assert said in (await bo.command(f"/okr {words}")).text, words


# who helps


async def test_who_helps_is_shown_sees_it_under_its_own_heading_and_is_not_prompted(bo, town):
    ada, hana = town.person("ada"), town.person("hana")
    await town.set_up()
    await bo.command("/okr edit KR-2")
    await bo.submit({"contributors": ["@hana", "@emi"]})
    assert not bo.errors
    await bo.close(whole_stack=True)

    assert "@Emi with @Hana" in (await ada.command("/okr show O-2")).text
    seen = await hana.command("/okr")
    assert "You help with" in seen.text
    assert "KR-2" in seen.text
    assert "You cannot update KR-2" in (await hana.command("/okr update KR-2 50")).text
    await town.until(town.monday(hana))
    assert not any("check-in" in text_of(message).casefold() for message in hana.dm)


async def test_an_app_cannot_help(bo):
    await bo.command("/okr edit KR-2")
    await bo.submit({"contributors": ["@cairn"]})

    assert bo.errors or "contributors" not in str(bo.modal)
