"""Recognition, as it is remembered."""

from datetime import timedelta

from domain.recognition import Helped, RecognitionId
from storage import recognition
from tests import examples
from tests.examples import NOW
from tests.storage.company import HERE, key_result, objective, person, thanks
from tests.storage.statements import counted
from tests.storage.units import in_a_session


@in_a_session
def test_thanks_come_back_with_everybody_in_them_and_what_was_helped(session):
    ada, bo, chidi = (person(session, name) for name in ("Ada", "Bo", "Chidi"))
    mine = objective(session, ada, "Welcome everybody")
    kr = key_result(session, mine, title="Sign-ups")
    draft = examples.recognition(giver=bo, recipients=(chidi, ada), value="craft")
    tied = {
        RecognitionId(recognition.add(session, draft, mine, kr)): Helped(kr.ref, "Sign-ups", mine.id),
        RecognitionId(recognition.add(session, draft, mine, None)): Helped(mine.ref, "Welcome everybody", mine.id),
        RecognitionId(recognition.add(session, draft, None, None)): None,
    }
    for id, helped in tied.items():
        found = recognition.recognition(session, HERE, id)
        assert (found.giver, found.recipients) == (bo, (ada, chidi))
        assert (found.reason, found.value, found.at, found.helped) == (draft.reason, "craft", NOW, helped)
    assert recognition.recognition(session, HERE, RecognitionId(0)) is None


@in_a_session
def test_the_latest_thanks_come_first(session):
    ada, bo = person(session), person(session, "Bo")
    for minutes in (5, 1, 3, 1):
        draft = examples.recognition(
            giver=bo, recipients=(ada,), reason=f"{minutes}", at=NOW - timedelta(minutes=minutes)
        )
        recognition.add(session, draft, None, None)
    assert [each.reason for each in recognition.recent(session, HERE, 3)] == ["1", "1", "3"]
    first, second, *_ = recognition.recent(session, HERE, 3)
    assert first.id > second.id


@in_a_session
def test_thanks_concern_those_who_gave_and_those_who_received_them(session):
    ada, bo, chidi = (person(session, name) for name in ("Ada", "Bo", "Chidi"))
    given, received, other = thanks(session, ada, bo), thanks(session, chidi, bo, ada), thanks(session, bo, chidi)
    assert {each.id for each in recognition.concerning(session, ada, 10)} == {given.id, received.id}
    assert other.id not in {each.id for each in recognition.concerning(session, ada, 10)}
    assert len(recognition.concerning(session, bo, 2)) == 2


@in_a_session
def test_thanks_are_found_under_the_objective_that_they_helped(session):
    ada, bo = person(session), person(session, "Bo")
    mine, yours = objective(session, ada), objective(session, bo)
    kr = key_result(session, mine)
    draft = examples.recognition(giver=bo, recipients=(ada,))
    ids = [recognition.add(session, draft, mine, kr), recognition.add(session, draft, mine, None)]
    thanks(session, bo, ada)

    tied = recognition.for_objectives(session, HERE, [mine.id, yours.id])
    assert {id: [each.id for each in found] for id, found in tied.items()} == {mine.id: ids[::-1]}
    assert recognition.for_objectives(session, HERE, []) == {}


@in_a_session
def test_as_many_questions_are_asked_for_thirty_thanks_as_for_three(session):
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada)
    asked = []
    for more in (3, 27):
        for _ in range(more):
            thanks(session, bo, ada, under=mine)
        with counted(session) as statements:
            found = recognition.recent(session, HERE, 50)
        asked.append((len(found), len(statements)))
    assert [(3, asked[0][1]), (30, asked[0][1])] == asked
