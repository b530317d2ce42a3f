"""Plain questions, written to Cairn in its own conversation and answered there."""

import pytest

from sandbox.reading import text_of


@pytest.fixture
async def gita(town):
    """Gita of Engineering with O-1 and KR-1, beside Engineering's O-2 and the company's O-3."""
    await town.team()
    gita, bo, ada = (town.person(name) for name in ("gita", "bo", "ada"))
    await town.objective(gita, "Gita's own")
    await town.key_result(gita)
    await town.objective(bo, "Engineering's", level="A team's", team="Engineering")
    await town.objective(ada, "The company's", level="The company's")
    return gita


@pytest.fixture
def answered(gita, town):
    """What Cairn answers to somebody's words."""

    async def answered(words, who=gita):
        before = len(who.dm)
        await who.say(words)
        await town.quiet()
        assert len(who.dm) == before + 2, words
        return text_of(who.dm[-1])

    return answered


async def test_questions_are_answered_with_what_they_ask_for(answered):
    for words, shown in {
        "show my okrs": ["Gita's own", "My objectives"],
        "Show me the company's objectives, please": ["The company's", "Company"],
        "company okrs at risk": ["Nothing like that here.", "Company, at risk"],
        "what is on track?": ["Gita's own", "Everything, on track"],
        "how is engineering doing?": ["Engineering's", "Team Engineering"],
        "@bo": ["Engineering's", "Objectives of Bo"],
        "show me bo's okrs": ["Engineering's", "Objectives of Bo"],
        "how am I doing?": ["Gita's own", "My objectives"],
        "progress on O-3": ["O-3 The company's"],
        "who owns KR-1?": ["*KR-1* Sign-ups a week"],
        "why KR-1?": ["Gita's own", "KR-1", "You get this because you wrote to me here."],
        "history of KR-1": ["The history of KR-1"],
        "history KR-99": ["There is no KR-99 here."],
        "how is O-3 doing": ["O-3 The company's"],
        "kr-1": ["*KR-1* Sign-ups a week"],
        "help": ["update KR-34 45", "What can I type?"],
        "please undo KR-1": ["/okr undo KR-34", "Take back my last update of it."],
        "tree?": ["/okr tree [company"],
        "delete O-1": ["I did not quite understand that.", "/okr archive O-12"],
        "thanks!": ["You are welcome!", "/kudos @bo"],
        "set KR-1 to at risk because it rains": ["at risk", "set by Gita", "it rains"],
        "who are you": ["I did not quite understand that.", "I answer a few plain questions here"],
        "team enginering": ["There is no team called “enginering”. Did you mean Engineering?"],
        "why KR-99": ["There is no KR-99 here."],
        "add kr O-99": ["There is no O-99 here."],
        "update O-1 5": ["O-1 is an objective."],
        "update O-1": ["O-1 is an objective."],
        "add kr KR-1": ["KR-1 is a key result."],
        "compny okrs": ["Did you mean “company”?"],
        "search weekly": ["Nothing like that here."],
        "Search for sign-ups, please": ["*KR-1* Sign-ups a week", "Everything, with “sign-ups”"],
        "find signups": ["*KR-1* Sign-ups a week"],
        "anything about sign-ups?": ["*KR-1* Sign-ups a week"],
        "find my okrs": ["My objectives"],
        "my key results": ["My objectives", "*KR-1* Sign-ups a week"],
        "what are my KRs?": ["My objectives"],
        "who is at risk?": ["Gita's own", "Everything, at risk"],
        "who is off track?": ["Everything, off track"],
        "hello": ["Hello! I keep everybody's OKRs at hand.", "What can I type?"],
        "Good morning!": ["Hello!", "show my okrs"],
        "hi there": ["Hello!"],
        "Good morning, company okrs": ["The company's"],
        "emi tanaka okrs": ["Objectives of Emi"],
        "Hana Nováková's okrs": ["Objectives of Hana"],
        "Hana Nováková emi": ["Objectives of Hana"],
    }.items():
        told = await answered(words)
        for each in shown:
            assert each in told, (words, told)


async def test_a_key_result_is_moved_in_a_sentence_once(answered, gita):
    assert "0 → 100" in await answered("KR-1")
    told = await answered("update KR-1 to 45 confidence 7 note on our way")

    assert "KR-1 is updated." in told
    assert "45 → 100" in told
    assert "confidence 7/10" in (await gita.command("/okr show O-1")).text
    await gita.press("Undo", within=gita.dm[-1])
    assert "0 → 100" in await answered("KR-1")
    await answered("update KR-1 to 45")
    assert "lots" in await answered("update KR-1 lots")
    assert "45 → 100" in await answered("KR-1")


async def test_what_somebody_may_not_do_is_refused_in_a_sentence(answered, town):
    emi = town.person("emi")

    told = await answered("update KR-1 45", emi)

    assert "You cannot update KR-1" in told
    assert "0 → 100" in await answered("KR-1", emi)


async def test_what_takes_a_form_is_a_button_that_opens_it(answered, gita):
    for words, press, shown in (
        ("add objective Nobody waits & nobody worries", "Add an objective", "Nobody waits & nobody worries"),
        ("add a key result to O-1", "Add a key result", "Gita's own"),
        ("update KR-1", "Update", "KR-1"),
        ("check-in", "Check in", ""),
        ("kudos", "Say thank you", ""),
    ):
        await answered(words)
        await gita.press(press, within=gita.dm[-1])
        assert gita.modal is not None, words
        assert shown in text_of(gita.modal), words
        await gita.close(whole_stack=True)


async def test_a_long_answer_is_turned_in_the_conversation(answered, gita, town):
    for number in range(10):
        await town.objective(gita, f"Another {number}")

    assert "1–10 of 11 objectives." in await answered("my okrs")
    await gita.press("Next", within=gita.dm[-1])

    assert "11–11 of 11 objectives." in text_of(gita.dm[-1])


async def test_a_guest_is_told_of_nothing_that_is_not_theirs(answered, town):
    marek = town.person("marek")

    assert "Nothing here yet." in await answered("company okrs", marek)
    assert "There is no O-3 here." in await answered("show O-3", marek)
