"""The words after the slash: lists for whoever is asked about, help that knows every word, and guesses at slips."""

import pytest

from handlers.commands import EVERY_WORD
from sandbox.reading import text_of
from views.help import Group


@pytest.fixture
async def gita(town):
    """Gita of Engineering with O-1, beside Engineering's O-2 and the company's O-3."""
    await town.team()
    gita, bo, ada = (town.person(name) for name in ("gita", "bo", "ada"))
    await town.objective(gita, "Gita's own")
    await town.objective(bo, "Engineering's", level="A team's", team="Engineering")
    await town.objective(ada, "The company's", level="The company's")
    return gita


def titles(seen):
    return {title for title in ("Gita's own", "Engineering's", "The company's") if title in seen.text}


async def test_a_list_is_of_a_person_a_team_or_the_company(gita):
    for words, found in {
        "list": {"Gita's own"},
        "list me": {"Gita's own"},
        "list @bo": {"Engineering's"},
        "list company": {"The company's"},
        "list team Engineering": {"Engineering's"},
        "list Engineering": {"Engineering's"},
        "list all": {"Gita's own", "Engineering's", "The company's"},
        "list team": {"Engineering's"},
        "team": {"Engineering's"},
        "team engineering": {"Engineering's"},
        "team eng": {"Engineering's"},
    }.items():
        assert titles(await gita.command(f"/okr {words}")) == found, words


async def test_a_list_is_of_another_quarter(gita, town):
    year = town.slack.calendar.now().year

    assert titles(await gita.command(f"/okr list company Q1 {year}")) == {"The company's"}
    other = await gita.command(f"/okr list company q3 {year - 1}")

    assert f"Company, Q3 {year - 1}" in other.text
    assert "There is nothing here, and nothing can be added." in other.text


async def test_a_team_that_does_not_exist_is_guessed_at(gita):
    assert "Did you mean Engineering?" in (await gita.command("/okr team Enginering")).text
    assert "There is no team called “Marketing”." in (await gita.command("/okr team Marketing")).text


async def test_somebody_in_no_team_is_told_how_to_name_one(gita, town):
    seen = await town.person("kalea").command("/okr team")

    assert "You are in no team yet." in seen.text


async def test_help_lists_every_word_by_what_people_want_to_do(town):
    ada = town.person("ada")

    shown = (await ada.command("/okr help")).text
    for group in Group:
        assert f"*{group}*" in shown
    for word in EVERY_WORD.values():
        assert f"`{word.entry.brief}`  {word.does}" in shown
    assert shown.index("`/checkin`") < shown.index("`/okr update KR-34 45`") < shown.index("`/okr settings`")
    skipping = (await ada.command("/checkin help")).text
    assert "`/checkin skip`" in skipping
    assert "`/okr" not in skipping.partition("`/okr help update`")[0]


def test_no_part_of_help_is_long():
    for group in Group:
        assert 1 <= len([word for word in EVERY_WORD.values() if word.group is group]) <= 8


@pytest.mark.parametrize("full", list(EVERY_WORD))
async def test_help_tells_each_word_in_full_with_an_example_that_leads_to_it(town, full):
    name, _, word = full.partition(" ")
    told = EVERY_WORD[full].entry
    if full == "/okr help":
        return

    shown = (await town.person("ada").command(f"/okr help {full if name != '/okr' else word or '/okr'}")).text

    assert told.usage in shown
    assert told.does in shown
    assert f"*For example*\n`{told.shown}`" in shown or told.shown == told.usage
    assert f"{told.shown} ".startswith(f"{full}{'' if word == '@' else ' '}")


async def test_help_leaves_out_what_somebody_could_never_do(town):
    gita, marek = town.person("gita"), town.person("marek")

    assert "Run the programme" not in (await gita.command("/okr help")).text
    assert "/okr templates" in (await gita.command("/okr help")).text
    guests = (await marek.command("/okr help", "product")).text
    for word in ("templates", "add", "propose", "close", "handover", "update"):
        assert f"`/okr {word}" not in guests
    ada = town.person("ada")
    await ada.command("/okr add objective")
    await ada.submit({"title": "Research is read", "owner": "@marek"})
    assert "/okr update" in (await marek.command("/okr help", "product")).text
    assert "*Change the settings*: champion, admin." in (await gita.command("/okr help settings")).text


async def test_help_about_what_there_is_not_has_a_guess(town):
    seen = (await town.person("gita").command("/okr help updat")).text

    assert "I do not know “updat”. Did you mean `/okr help update`?" in seen
    assert "/kudos list" in (await town.person("gita").command("/kudos help list")).text


async def test_a_slip_is_guessed_at_and_nothing_is_done(town):
    ada = town.person("ada")

    for typed, guess in {
        "/okr lsit": "Did you mean /okr list?",
        "/okr archvie O-1": "Did you mean /okr archive?",
        "/okr hlep": "Did you mean /okr help?",
        "/okr add objectiv": "Did you mean /okr add objective?",
        "/checkin skpi": "Did you mean /checkin skip?",
        "/kudos lits": "Did you mean /kudos list?",
    }.items():
        assert guess in (await ada.command(typed)).text.replace("`", "")
    seen = await ada.command("/okr frobnicate")
    assert "I do not know “frobnicate”." in seen.text
    assert "Did you mean `/okr close`?" in (await ada.command("/okr score O-1")).text
    assert "Did you mean `/okr archive`?" in (await ada.command("/okr delete O-1")).text
    assert "Did you mean" not in seen.text


async def test_words_may_be_shouted_and_spaced(gita):
    assert titles(await gita.command("/okr   LIST    Company  ")) == {"The company's"}


async def test_somebody_who_writes_to_cairn_is_told_what_can_be_typed_once(town):
    gita = town.person("gita")

    await gita.say("hello, what can you do?")
    await town.quiet()

    assert len(gita.dm) == 2
    told = text_of(gita.dm[-1])
    assert "What can I type?" in told
    assert "/kudos" in told


async def test_cairn_does_not_answer_itself_or_anybody_in_a_channel(town):
    gita = town.person("gita")

    await gita.say("hello", "general")
    await gita.say("hello")
    await town.quiet()

    assert [message.user for message in gita.dm] == [gita.id, town.slack.workspace.bot.id]


async def test_a_reference_alone_is_shown_and_with_a_value_is_moved(town):
    bo = town.person("bo")
    await town.objective(bo)
    await town.key_result(bo)

    assert "*O-1 Nobody waits for us*" in (await bo.command("/okr o-1")).text
    assert "0 → 45 of 100" in (await bo.command("/okr KR-1 45 confidence 7")).text
    assert "45 → 100" in (await bo.command("/okr KR-1")).text
    assert "O-1 is an objective." in (await bo.command("/okr O-1 45")).text
    assert "I do not know “O-one”" in (await bo.command("/okr O-one")).text
