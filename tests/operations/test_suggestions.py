"""What is suggested to somebody: what they may read, in the cycles that run, found by any of its words."""

from domain.objectives import Stage, Visibility
from domain.suggestions import LISTED, Suggestion
from operations import objectives, recognition, suggestions
from storage import objectives as known
from tests.examples import NOW
from tests.storage.company import key_result, objective, person
from tests.storage.units import in_a_session


def refs(found: list[Suggestion]) -> list[str]:
    return [str(each.objective.ref) for each in found]


@in_a_session
def test_titles_are_found_by_words_in_them_and_by_those_of_key_results(session):
    ada = person(session)
    objective(session, ada, "Grow in Europe")
    other = objective(session, ada, "Ship weekly")
    key_result(session, other, title="Half of Europe hears of it")
    objective(session, ada, "100% renewable")
    assert refs(suggestions.above(session, ada, "europe", NOW)) == ["O-1", "O-2"]
    assert refs(suggestions.helped(session, ada, "hears half", NOW)) == ["O-2"]
    assert refs(suggestions.helped(session, ada, "100%", NOW)) == ["O-3"]
    assert refs(suggestions.helped(session, ada, "_", NOW)) == []
    assert refs(suggestions.helped(session, ada, "kr-1", NOW)) == ["O-2"]


@in_a_session
def test_small_and_capital_letters_are_the_same_in_every_alphabet(session):
    ada = person(session)
    for title in ("Élan vital", "Weniger Ärger auf der Straße", "ΚΑΛΟΣ ΔΡΌΜΟΣ", "Быстрее"):
        key_result(session, objective(session, ada, title), title=title.swapcase())
    for number, each in enumerate(("élan Élan ÉLAN", "ärger ÄRGER Ärger straße STRASSE", "δρόμος ΔΡΌΜΟΣ", "БЫСТР"), 1):
        for typed in each.split():
            (found,) = suggestions.helped(session, ada, typed, NOW)
            assert (str(found.objective.ref), found.itself, len(found.objective.key_results)) == (
                f"O-{number}",
                True,
                1,
            )
    assert refs(suggestions.helped(session, ada, "Arger", NOW)) == []


@in_a_session
def test_only_what_somebody_may_read_is_suggested_and_nothing_that_is_over(session):
    ada, bo = person(session), person(session, "Bo")
    objective(session, ada, "Hidden", visibility=Visibility.PRIVATE)
    objective(session, ada, "Begun", stage=Stage.DRAFT)
    objective(session, ada, "Refused", stage=Stage.DECLINED)
    known.archive(session, objective(session, ada, "Put away"), NOW)
    for typed in ("", "hidden", "O-1", "O-2", "O-3", "O-4"):
        assert refs(suggestions.helped(session, bo, typed, NOW)) == [], typed
    assert refs(suggestions.helped(session, ada, "", NOW)) == ["O-1", "O-2"]


@in_a_session
def test_an_objective_is_not_suggested_to_hang_below_itself(session):
    ada = person(session)
    mine, _ = objective(session, ada, "Mine"), objective(session, ada, "Yours")
    assert refs(suggestions.above(session, ada, "", NOW, mine.id)) == ["O-2"]
    assert refs(suggestions.above(session, ada, "O-1", NOW, mine.id)) == []
    offered = objectives.choices(session, ada, NOW, mine.id).parents
    assert [str(each.ref) for each in offered or ()] == ["O-2"]


@in_a_session
def test_a_form_lists_what_is_there_until_it_is_too_much(session):
    ada = person(session)
    for _ in range(LISTED):
        objective(session, ada)
    assert len(objectives.choices(session, ada, NOW).parents or ()) == LISTED
    assert len(recognition.form(session, ada, NOW).helped or ()) == LISTED
    objective(session, ada)
    assert objectives.choices(session, ada, NOW).parents is None
    assert recognition.form(session, ada, NOW).helped is None
