"""A key result of every kind: added through the form, moved by command and by form, and read."""

import pytest

from handlers.phrases import answer
from sandbox.reading import text_of
from tests import examples
from tests.journeys.looking import options

STEPS = "1. Interviews held\n2. Design agreed\n3. Beta with ten customers\n4. Everybody has it"

STEPWISE = "Milestones: a checklist of steps"
DONE_OR_NOT = "Done or not: it happens, or it does not"
BASELINE = "Baseline: measure first, set the target later"


@pytest.fixture
async def gita(town):
    """Gita, who owns O-1."""
    gita = town.person("gita")
    await town.objective(gita)
    return gita


def fields(modal) -> list[str]:
    """What can be filled in."""
    return [block["block_id"] for block in modal["blocks"] if block["type"] == "input"]


async def added(who, kind: str, **filled_in: str) -> None:
    """A key result of this kind."""
    await who.command("/okr add kr O-1")
    await who.choose("kind", kind)
    await who.submit(filled_in)
    assert not who.errors
    await who.close(whole_stack=True)


EACH = [
    # what is chosen, what is filled in, the fields there are, a move, what is answered, what is read then
    (
        "Up: more is better",
        {"start": "95", "target": "120", "unit": "%"},
        ["start", "target", "unit"],
        ("130", "95% → 130% of 120%", "130%, past 120%"),
    ),
    (
        "Down: less is better",
        {"start": "1,200", "target": "900", "unit": "CHF"},
        ["start", "target", "unit"],
        ("CHF 1,050 note two contracts", "CHF 1,200 → CHF 1,050 towards CHF 900", "CHF 1,050 → CHF 900"),
    ),
    (
        "Keep at least: never less than this",
        {"target": "95", "start": "90", "unit": "%"},
        ["target", "start", "unit"],
        ("92.5", "90% → 92.5% (keep at least 95%)", "▓▓▓▓▓░░░░░ 50% · 92.5% (keep at least 95%)"),
    ),
    (
        "Keep at most: never more than this",
        {"target": "1", "start": "1", "unit": "$"},
        ["target", "start", "unit"],
        ("$1.2", "$1 → $1.2 (keep at most $1)", "▓▓▓▓▓▓▓▓░░ 80% · $1.2 (keep at most $1)"),
    ),
    (
        "Keep between two numbers",
        {"target": "4", "upper": "5", "start": "4.5", "unit": "stars"},
        ["target", "upper", "start", "unit"],
        ("-1", "4.5 → 3.5 (keep between 4 and 5 stars)", "▓▓▓▓▓░░░░░ 50% · 3.5 (keep between 4 and 5 stars)"),
    ),
    (
        STEPWISE,
        {"milestones": STEPS},
        ["milestones"],
        (
            "design agreed confidence 8 note at last",
            "0 → 1 of 4 milestones, reached: Design agreed",
            "1 of 4 milestones, next: Interviews held",
        ),
    ),
    (
        DONE_OR_NOT,
        {},
        [],
        ("yes", "not done yet → done", "▓▓▓▓▓▓▓▓▓▓ 100% · :checkered_flag: done"),
    ),
    (
        BASELINE,
        {"unit": "minutes"},
        ["unit"],
        ("12.5", "measured at 12.5 minutes", "measured at 12.5 minutes, no target yet"),
    ),
]


@pytest.mark.parametrize(("kind", "filled_in", "asked", "move"), EACH, ids=[each[0][:14] for each in EACH])
async def test_each_kind_is_chosen_filled_in_moved_and_read(gita, kind, filled_in, asked, move):
    typed, answered, read = move
    await gita.command("/okr add kr O-1")
    await gita.fill({"title": "What shows it", "weight": "2"})
    await gita.choose("kind", kind)
    assert fields(gita.modal) == ["title", "kind", *asked, "weight", "owner", "contributors"]

    await gita.submit(filled_in)

    assert not gita.errors
    assert "*KR-1* What shows it" in text_of(gita.modal)
    await gita.close(whole_stack=True)
    assert answered in (await gita.command(f"/okr update KR-1 {typed}")).text
    assert read in (await gita.command("/okr show O-1")).text


async def test_a_form_that_was_sent_with_the_fields_of_another_kind_saves_nothing_and_asks_for_the_right_ones(gita):
    await gita.command("/okr add kr O-1")

    await gita.submit({"title": "Stars", "kind": "Keep between two numbers", "target": "4"})

    assert "Nothing is saved yet" in text_of(gita.modal)
    await gita.submit({"upper": "3"})
    assert gita.errors == {"Upper edge": "The upper edge must lie above the lower one."}
    await gita.submit({"upper": "5", "start": "4.5"})
    assert "4.5 (keep between 4 and 5)" in text_of(gita.modal)


async def test_milestones_and_what_is_done_or_not_are_chosen_in_the_form(gita):
    await added(gita, STEPWISE, title="Launch", milestones=STEPS)
    await added(gita, DONE_OR_NOT, title="Contract signed")

    await gita.command("/okr update KR-1")
    assert options(gita.modal, "value")[:2] == ["1. Interviews held", "2. Design agreed"]
    await gita.submit({"value": ["3. Beta with ten customers"], "note": "Ten and counting"})
    assert "0 → 1 of 4 milestones, reached: Beta with ten customers" in text_of(gita.modal)
    await gita.close()
    await gita.command("/okr update KR-1")
    await gita.submit({"value": ["1. Interviews held", "2. Design agreed"]})
    read = text_of(gita.modal)
    assert "1 → 2 of 4 milestones, reached: Interviews held, Design agreed, taken back: Beta with ten customers" in read
    await gita.press("Undo")
    await gita.close()
    assert "1 of 4 milestones, next: Interviews held" in (await gita.command("/okr show KR-1")).text
    assert "reached: Interviews held, Design agreed" in (await gita.command("/okr update KR-1 3")).text
    history = (await gita.command("/okr history KR-1")).text
    assert "from 0 of 4 milestones to 1 of 4 milestones, reached: Beta with ten customers" in history
    await gita.command("/okr update KR-2")
    await gita.submit({"value": "Done"})
    assert "not done yet → done" in text_of(gita.modal)
    await gita.close()
    assert "done → not done yet" in (await gita.command("/okr update KR-2 not yet, note the tests failed")).text


async def test_a_check_in_asks_for_each_kind_in_its_own_way(gita, town):
    await town.set_up()
    await added(gita, STEPWISE, title="Launch", milestones=STEPS)
    await added(gita, DONE_OR_NOT, title="Contract signed")
    await added(gita, BASELINE, title="Waiting time", unit="minutes")
    await town.until(town.monday(gita))
    await gita.press("Check in", within=gita.dm[0])

    await gita.submit({"value KR-1": ["2. Design agreed"], "value KR-2": "Done", "value KR-3": "14"})

    read = text_of(gita.modal)
    assert "0 → 1 of 4 milestones, reached: Design agreed" in read
    assert "not done yet → done" in read
    assert "measured at 14 minutes" in read


async def test_a_baseline_gets_its_target_once_it_is_measured(gita):
    await added(gita, BASELINE, title="Waiting time", unit="minutes")
    await gita.command("/okr update KR-1 40")

    await gita.press("Set a target")
    await gita.choose("kind", "Down: less is better")
    await gita.submit({"target": "20"})

    assert "40 → 20 minutes" in text_of(gita.modal)
    await gita.close(whole_stack=True)
    assert "▓▓▓▓▓░░░░░ 50%" in (await gita.command("/okr update KR-1 30")).text


async def test_what_was_measured_waits_for_its_target_and_its_owner_is_asked_for_it_once(gita, town):
    await town.set_up()
    await added(gita, BASELINE, title="Waiting time", unit="minutes")
    await gita.command("/okr update KR-1 40")
    card = (await gita.command("/okr show O-1")).text
    assert "measured at 40 minutes, no target yet" in card
    assert "done" not in card
    assert "KR-1" in (await gita.command("/okr list needs attention")).text

    for _ in range(5):
        await town.until(town.monday(gita, hour=12))
    (asked,) = [message for message in gita.dm if "where should it get to" in text_of(message)]
    assert "KR-1 Waiting time is measured at 40 minutes, no target yet." in text_of(asked)
    assert "stale" in (await gita.command("/okr show O-1")).text

    await gita.press("Set a target", within=asked)
    await gita.choose("kind", "Down: less is better")
    await gita.submit({"target": "20"})
    assert "40 → 20 minutes" in text_of(gita.modal)


async def test_what_weighs_more_counts_more_and_says_so(gita, town):
    await town.key_result(gita, weight="3")
    await town.key_result(gita, title="Jobs moved")
    await gita.command("/okr update KR-1 done")

    seen = (await gita.command("/okr show O-1")).text

    assert "▓▓▓▓▓▓▓░░░ 75% · weighted" in seen
    assert "×3" in seen
    assert "×1" in seen


async def test_a_unit_behind_a_number_is_no_note(gita, town):
    await town.key_result(gita, title="First reply", target="100", unit="hours")

    for typed, shown in {"40 hours": "40 of 100 hours", "41 hour, confidence 7 note on our way": "7/10"}.items():
        assert shown in (await gita.command(f"/okr update KR-1 {typed}")).text, typed
    history = (await gita.command("/okr history KR-1")).text
    assert "to 40 hours\n" in history
    assert "to 41 hours, confidence 7/10, “on our way”" in history


async def test_what_stands_with_the_numbers_is_the_unit_where_none_is_said(gita):
    await added(gita, "Up: more is better", title="Revenue", start="€1.2m", target="€3,2m")
    assert "€1,200,000 → €3,200,000" in (await gita.command("/okr show O-1")).text

    await gita.command("/okr add kr O-1")
    await gita.choose("kind", "Up: more is better")
    await gita.submit({"title": "Margin", "start": "$0", "target": "€5"})
    assert gita.errors == {"Target": "“€5” is in another currency; this is measured in $."}
    await gita.submit({"start": "10%", "target": "50%"})
    assert "10% → 50%" in text_of(gita.modal)


async def test_a_line_and_a_form_read_the_same_number(gita, town):
    await town.key_result(gita, title="Share", start="7", target="100", unit="%")
    await town.key_result(gita, title="Visits", start="0", target="2000")
    await town.key_result(gita, title="Revenue", start="€0", target="€3m", unit="")

    for typed, shown in {
        "KR-1 70 %": "7% → 70% of 100%",
        "KR-2 1 000": "0 → 1,000 of 2,000",
        "KR-3 1,2 Mio. EUR": "€0 → €1,200,000 of €3,000,000",
        "KR-3 50 EUR": "€1,200,000 → €50 of",
        "KR-3 50 USD": "“50 USD” is in another currency; this is measured in €.",
        "KR-3 1.200": "Write 1,200 or 1.2, whichever you mean.",
    }.items():
        assert shown in (await gita.command(f"/okr update {typed}")).text, typed
    history = (await gita.command("/okr history KR-3")).text
    assert history.count("“") == 1, history
    assert "“Revenue”, €0 → €3,000,000, owned" in history

    for typed, refused in {"50 USD": "another currency", "1.200": "two ways", "1e9": "exponent"}.items():
        await gita.command("/okr update KR-3")
        await gita.submit({"value": typed})
        assert refused in str(gita.errors)
        await gita.close()
    await gita.command("/okr update KR-1")
    await gita.submit({"value": "71 %"})
    assert "70% → 71% of 100%" in text_of(gita.modal)


async def test_what_a_kind_cannot_be_is_said_in_words(gita):
    await gita.command("/okr add kr O-1")
    await gita.choose("kind", STEPWISE)
    await gita.submit({"title": "Launch", "milestones": "Just one"})
    assert "two milestones or more" in gita.errors["Milestones"]
    await gita.submit({"milestones": STEPS, "weight": "heavy"})
    assert "“heavy” is not a number" in gita.errors["Weight"]
    await gita.submit({"weight": "1"})
    await gita.close(whole_stack=True)

    for typed, sentence in {
        "5": "There are 4 milestones, so it goes from 0 to 4.",
        "50.5%": "There are 4 milestones",
        "party": "“party” is none of the milestones.",
        "<!channel>": "is none of the milestones.",
    }.items():
        assert sentence in (await gita.command(f"/okr update KR-1 {typed}")).text


@pytest.mark.parametrize(
    ("typed", "value", "sure", "note"),
    [
        ("Beta launched confidence 3 note all good", "Beta launched", 3, "all good"),
        ("beta LAUNCHED, at last", "beta LAUNCHED", None, "at last"),
        ("beta", "beta", None, ""),
        ("R&D done note x", "R&D done", None, "x"),
        ("“Beta launched” note yes", "Beta launched", None, "yes"),
        ("to CHF 1,200 confidence 7/10", "CHF 1,200", 7, ""),
        ("45 of them are new", "45", None, "of them are new"),
        ("to 50, confidence 6", "50", 6, ""),
        ("1,200; note fine", "1,200", None, "fine"),
        ("-1 note back", "-1", None, "back"),
        ("=-1 note churned", "=-1", None, "churned"),
        ("= -1% confidence 4", "=-1%", 4, ""),
        ("to -€3k", "=-€3k", None, ""),
        ("=+3", "=+3", None, ""),
        ("to beta-test", "beta-test", None, ""),
        ("note hello", "", None, "hello"),
        ("70 %", "70 %", None, ""),
        ("1 000", "1 000", None, ""),
        ("1 234 567,5 confidence 7 note up", "1 234 567,5", 7, "up"),
        ("to -70 % at last", "=-70 %", None, "at last"),
        ("50 USD, confidence 6", "50 USD", 6, ""),
        ("3.4 Mio. EUR note wow", "3.4 Mio. EUR", None, "wow"),
        ("€ 3,4 m", "€ 3,4 m", None, ""),
        ("2 million people came", "2 million", None, "people came"),
        ("3 months of it", "3", None, "months of it"),
        ("50 CEOs", "50", None, "CEOs"),
        ("50 ALL in", "50 ALL", None, "in"),
        ("45 1000 of them", "45", None, "1000 of them"),
    ],
)
def test_a_value_of_several_words_is_told_from_the_note(typed, value, sure, note):
    steps = examples.milestones(0, ("Beta launched", "R&D done", "not yet"))
    said = answer(typed, 0, examples.key_result(measure=steps))
    assert (said.value, said.confidence, said.note) == (value, sure, note)


async def test_a_value_below_zero_is_said_with_an_equals_sign_wherever_it_is_typed(gita):
    await added(gita, "Keep at most: never more than this", title="Net churn", target="2", start="3", unit="%")

    refused = (await gita.command("/okr update KR-1 -4")).text
    assert "-1% is outside this measure: it cannot go below zero." in refused
    assert "Where it is below zero, write =-4." in refused
    assert "3% → 2% (keep at most 2%)" in (await gita.command("/okr update KR-1 -1")).text
    assert "2% → -1% (keep at most 2%)" in (await gita.command("/okr update KR-1 =-1 note many came back")).text

    await gita.command("/okr update KR-1 3")
    await gita.command("/okr update KR-1")
    assert "Below zero is written =-1." in str(gita.modal)
    await gita.submit({"value": "=-2"})
    await gita.close(whole_stack=True)
    assert "-2% (keep at most 2%)" in (await gita.command("/okr show O-1")).text
    await gita.command("/okr undo KR-1")
    assert "3% (keep at most 2%)" in (await gita.command("/okr show O-1")).text

    await gita.command("/okr update KR-1 to -0.5")
    await gita.command("/okr edit KR-1")
    await gita.submit({"title": "Churn, net of who came back"})
    assert not gita.errors
    await gita.close(whole_stack=True)
    assert "-0.5% (keep at most 2%)" in (await gita.command("/okr show O-1")).text
