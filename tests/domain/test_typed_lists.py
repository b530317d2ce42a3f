"""What words mean where somebody asks for a list of objectives."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cycles import Period, quarter
from domain.errors import NotFound, Refusal
from domain.lists import ATTENTION, SEVERAL, Only, Wanted, packed, unpacked
from domain.objectives import Level, Status
from domain.people import TeamId
from domain.searches import Looked
from domain.typed_lists import read, searched, tree, wanted
from domain.vocabulary import Known, guess, has_a_meaning
from tests import strategies
from tests.examples import TODAY

GROWTH, ENGINEERING, SUCCESS, RESEARCH = (TeamId(number) for number in range(1, 5))
TEAMS = {GROWTH: "Growth", ENGINEERING: "Engineering", SUCCESS: "Customer Success", RESEARCH: "R&D"}
SUMMER = Period("Summer push 2026", date(2026, 6, 1), date(2026, 8, 31))
SPRING = Period("Spring 2027", date(2027, 3, 1), date(2027, 5, 31))
KNOWN = Known("UME", TODAY, TEAMS, (GROWTH,), (quarter(TODAY), SUMMER, SPRING))
ME = ("UME",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Wanted(people=ME)),
        ("me", Wanted(people=ME)),
        ("MINE", Wanted(people=ME)),
        ("<@UBO>", Wanted(people=("UBO",))),
        ("<@UBO> and <@UADA|ada>, <@UBO>", Wanted(people=("UBO", "UADA"))),
        ("me and <@UBO>", Wanted(people=("UME", "UBO"))),
        ("<@UBO>'s", Wanted(people=("UBO",))),
        ("company", Wanted(level=Level.COMPANY)),
        ("the company's okrs", Wanted(level=Level.COMPANY)),
        ("teams", Wanted(level=Level.TEAM)),
        ("individual", Wanted(level=Level.INDIVIDUAL)),
        ("all", Wanted()),
        ("everything", Wanted()),
        ("team Growth", Wanted(teams=(GROWTH,))),
        ("growth okrs", Wanted(teams=(GROWTH,))),
        ("growth team", Wanted(teams=(GROWTH,))),
        ("Growth's", Wanted(teams=(GROWTH,))),
        ("team eng", Wanted(teams=(ENGINEERING,))),
        ("eng", Wanted(teams=(ENGINEERING,))),
        ("r&d", Wanted(teams=(RESEARCH,))),
        ("customer success and growth", Wanted(teams=(SUCCESS, GROWTH))),
        ("team growth, customer success", Wanted(teams=(GROWTH, SUCCESS))),
        ("team", Wanted(teams=(GROWTH,))),
        ("my team", Wanted(teams=(GROWTH,))),
        ("team at risk", Wanted(teams=(GROWTH,), statuses=(Status.AT_RISK,))),
        ("team Customer Success Q4 2026", Wanted(teams=(SUCCESS,), cycle="Q4 2026")),
        ("at risk", Wanted(statuses=(Status.AT_RISK,))),
        ("off-track", Wanted(statuses=(Status.OFF_TRACK,))),
        ("on track or done", Wanted(statuses=(Status.ON_TRACK, Status.DONE))),
        ("what is stale?", Wanted(statuses=(Status.STALE,))),
        ("not updated lately", Wanted(statuses=(Status.STALE,))),
        ("confidential", Wanted(only=Only.PRIVATE)),
        ("needs attention", Wanted(statuses=ATTENTION)),
        ("mine at risk", Wanted(people=ME, statuses=(Status.AT_RISK,))),
        ("private", Wanted(only=Only.PRIVATE)),
        ("my drafts", Wanted(people=ME, only=Only.DRAFTS)),
        ("proposed", Wanted(only=Only.PROPOSED)),
        ("Q4 2026", Wanted(people=ME, cycle="Q4 2026")),
        ("2026 q4 company", Wanted(level=Level.COMPANY, cycle="Q4 2026")),
        ("q4-2026", Wanted(people=ME, cycle="Q4 2026")),
        ("Q12026 all", Wanted(cycle="Q1 2026")),
        ("q1", Wanted(people=ME, cycle="Q1 2026")),
        ("all last quarter", Wanted(cycle="Q3 2026")),
        ("all next quarter", Wanted(cycle="Q1 2027")),
        ("all this quarter", Wanted(cycle="Q4 2026")),
        ("all last cycle", Wanted(cycle="Summer push 2026")),
        ("all next cycle", Wanted(cycle="Spring 2027")),
        ("all this cycle", Wanted()),
        ("company this year", Wanted(level=Level.COMPANY, year=2026)),
        ("company last year", Wanted(level=Level.COMPANY, year=2025)),
        ("company 2024", Wanted(level=Level.COMPANY, year=2024)),
        ("mine in 2025", Wanted(people=ME, year=2025)),
        ("summer push 2026 growth", Wanted(teams=(GROWTH,), cycle="Summer push 2026")),
        ("backlog", Wanted(cycle="Backlog")),
        ("my backlog", Wanted(people=ME, cycle="Backlog")),
        ("company growth <@UBO> at risk private 2025 q2", Wanted(
            Level.COMPANY, ("UBO",), (GROWTH,), "Q2 2025", None, (Status.AT_RISK,), Only.PRIVATE)),
    ],
)  # fmt: skip
def test_words_mean_a_list_in_any_order(typed, meant):
    assert wanted(typed, KNOWN) == meant


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("compny", "I do not know “compny”. Did you mean “company”?"),
        ("at rsik", "I do not know “at rsik”. Did you mean “at risk”?"),
        ("groth stale", "I do not know “groth”. Did you mean “growth”?"),
        ("zzzzzz", "I do not know “zzzzzz”. A list takes people"),
        ("Q7", "I do not know that quarter. Write it like Q4 2026."),
        ("quarter 9", "I do not know that quarter."),
    ],
)
def test_a_word_that_means_nothing_is_guessed_at(typed, sentence):
    with pytest.raises(Refusal) as refused:
        wanted(typed, KNOWN)
    assert refused.value.sentence.startswith(sentence)


def test_a_team_that_there_is_not_is_guessed_at_by_its_name_as_typed():
    with pytest.raises(NotFound) as refused:
        wanted("team Grwth at risk", KNOWN)
    assert refused.value.sentence == "There is no team called “Grwth”. Did you mean Growth?"
    with pytest.raises(NotFound) as refused:
        wanted("team Other People company", KNOWN)
    assert refused.value.sentence == "There is no team called “Other People”."


def test_the_beginning_of_several_names_is_asked_about():
    both = Known("UME", TODAY, {GROWTH: "Growth", ENGINEERING: "Grown-ups"})
    with pytest.raises(Refusal, match="“Grow” could be Growth or Grown-ups"):
        wanted("team Grow", both)


def test_somebody_in_no_team_is_told_how_to_name_one():
    with pytest.raises(Refusal, match="You are in no team yet"):
        wanted("my team", Known("UME", TODAY, TEAMS))


def test_a_cycle_may_be_called_anything():
    odd = Period("Company at risk", date(2026, 10, 1), date(2026, 12, 1))
    known = Known("UME", TODAY, TEAMS, cycles=(odd,))
    assert wanted("company at risk growth", known) == Wanted(teams=(GROWTH,), cycle="Company at risk")


def test_too_many_people_are_too_many():
    with pytest.raises(Refusal, match=f"more than {SEVERAL} at once"):
        wanted(" ".join(f"<@U{number}>" for number in range(SEVERAL + 1)), KNOWN)


def test_other_words_may_stand_between_and_are_told():
    found = read("hello there, show me the growth okrs", KNOWN)
    assert found.wanted == Wanted(teams=(GROWTH,))
    assert found.lost == ("hello",)
    assert not read("what can you do", KNOWN).said
    assert not read("is it", KNOWN).said
    assert read("show okrs", KNOWN).said
    assert guess(("compny",), KNOWN) == "company"
    assert guess(("zzzzzz",), KNOWN) is None


@given(st.text(), strategies.titles())
def test_whatever_is_typed_is_read_or_refused_in_a_sentence(typed, name):
    known = Known("UME", TODAY, {GROWTH: name, ENGINEERING: "Growth"}, (GROWTH,), (Period(name, TODAY, TODAY),))
    for words in (typed, f"team {typed}", f"{name} {typed}"):
        sentence, found = read_or_refused(words, known)
        assert unpacked(packed(found)) == found if found else sentence.endswith((".", "?"))


def read_or_refused(typed, known):
    try:
        return "", wanted(typed, known)
    except Refusal as refused:
        return refused.sentence, None


@pytest.mark.parametrize(
    "name",
    [
        *("at risk", "At-Risk", "ON TRACK", "company", "me", "all", "stale", "private", "next quarter", "this year"),
        *("team", "my team", "the", "show me", "drafts", "***", ""),
    ],
)
def test_a_name_that_a_list_would_take_for_something_else(name: str) -> None:
    assert has_a_meaning(name)


@pytest.mark.parametrize(
    ("words", "cycles", "which"),
    [
        ("2027", (), Wanted(people=ME, year=2027)),
        ("2027", ("2027",), Wanted(people=ME, cycle="2027")),
        ("company at risk 2027", ("2027",), Wanted(level=Level.COMPANY, statuses=(Status.AT_RISK,), cycle="2027")),
        ("year 2027", ("2027",), Wanted(people=ME, year=2027)),
        ("company in the year 2027", (), Wanted(level=Level.COMPANY, year=2027)),
        ("year 2027", ("Year 2027",), Wanted(people=ME, cycle="Year 2027")),
        ("2028", ("2027",), Wanted(people=ME, year=2028)),
        ("2027 Q1", ("2027",), Wanted(people=ME, cycle="Q1 2027")),
    ],
)
def test_a_year_is_all_that_lies_in_it_unless_a_cycle_has_its_name(words, cycles, which):
    named = tuple(Period(name, date(2027, 1, 1), date(2027, 12, 31)) for name in cycles)
    assert wanted(words, Known("UME", TODAY, TEAMS, cycles=named)) == which


@pytest.mark.parametrize("name", ["Spring 2027", "2027", "Q1 2027", "Risk", "The long march", "FY27 all hands", "春"])
def test_a_name_that_means_nothing_else_in_a_list(name: str) -> None:
    assert not has_a_meaning(name)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("about sign-ups, churn last quarter", Wanted(cycle="Q3 2026", looked=Looked(("sign-ups", "churn")))),
        ("company about onboarding at risk", Wanted(
            Level.COMPANY, statuses=(Status.AT_RISK,), looked=Looked(("onboarding",)))),
        ("tell me about growth", Wanted(teams=(GROWTH,))),
        ('"at risk"', Wanted(looked=Looked(("at risk",)))),
        ('"Growth"', Wanted(teams=(GROWTH,))),
        ("my key results #self-serve", Wanted(people=ME, looked=Looked((), ("self-serve",)))),
        ("who is off track?", Wanted(statuses=(Status.OFF_TRACK,))),
    ],
)  # fmt: skip
def test_what_a_list_is_about_is_looked_for(typed, meant):
    assert wanted(typed, KNOWN) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Wanted()),
        ("sign-ups", Wanted(looked=Looked(("sign-ups",)))),
        ("the company's onboarding in Q4 2026", Wanted(
            Level.COMPANY, cycle="Q4 2026", looked=Looked(("onboarding",)))),
        ("Q4 2026", Wanted(cycle="Q4 2026")),
        ("mine", Wanted(people=ME)),
        ("compny #growth", Wanted(looked=Looked(("compny",), ("growth",)))),
    ],
)  # fmt: skip
def test_whoever_searches_finds_what_means_nothing_else_in_titles(typed, meant):
    assert searched(typed, KNOWN) == meant


def test_somebody_is_known_by_all_of_their_name_or_by_a_first_name_that_nobody_else_has():
    people = {"emi": "UEMI", "emi tanaka": "UEMI", "hana nováková": "UHANA", "hana sato": "USATO", "anna lena": "UAL"}
    known = Known("UME", TODAY, TEAMS, people=people)
    for typed, who in {
        "emi tanaka okrs": ("UEMI",),
        "Emi's": ("UEMI",),
        "Hana Nováková and HANA SATO": ("UHANA", "USATO"),
        "Anna-Lena at risk": ("UAL",),
    }.items():
        assert wanted(typed, known).people == who
    with pytest.raises(Refusal, match="I do not know “hana”"):
        wanted("hana", known)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Wanted()),
        ("last quarter", Wanted(cycle="Q3 2026")),
        ("spring 2027 growth", Wanted(teams=(GROWTH,), cycle="Spring 2027")),
        ("me 2027", Wanted(people=ME, year=2027)),
        ("backlog", Wanted(cycle="Backlog")),
    ],
)
def test_a_tree_is_asked_for_as_a_list_is_and_is_of_everybody(typed, meant):
    assert tree(typed, KNOWN) == meant


@pytest.mark.parametrize("typed", ["at risk", "private", "#growth", "about onboarding"])
def test_a_tree_has_no_statuses_sorts_or_words(typed):
    with pytest.raises(Refusal, match=f"For the rest there is `/okr list {typed}`"):
        tree(typed, KNOWN)
