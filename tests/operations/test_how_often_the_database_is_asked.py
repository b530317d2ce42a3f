"""How often the database is asked: as often for much as for little, and seldom enough for a busy Monday."""

from collections.abc import Callable
from typing import Any

from domain.check_ins import Answer, Answers
from operations import check_ins, hearing, objectives
from operations.hearing import Heard
from operations.objectives import Which
from storage.database import Session
from tests.examples import NOW
from tests.storage.company import HERE, check_in, key_result, objective, person, team, thanks
from tests.storage.statements import counted
from tests.storage.units import in_a_session


def asked(session: Session, deed: Callable[[], Any]) -> int:
    """How many statements it takes."""
    session.flush()
    with counted(session) as statements:
        deed()
    return len(statements)


def my_objectives(session: Session) -> Any:
    """/okr, as Ada types it."""
    return hearing.ask(session, Heard(HERE, "UADA", "x"), objectives.find, Which(person="UADA"), NOW)


@in_a_session
def test_my_objectives_take_three_statements_however_many_they_are(session):
    ada, bo = person(session), person(session, "Bo")
    counts = []
    for more in (1, 20):
        for _ in range(more):
            mine = objective(session, ada)
            for _ in range(3):
                key_result(session, mine)
            thanks(session, bo, ada, under=mine)
        counts.append(asked(session, lambda: my_objectives(session)))
    assert counts == [3, 3]


@in_a_session
def test_objectives_that_others_share_take_as_many_statements_for_all_of_them_as_for_one(session):
    ada, bo, emi = person(session), person(session, "Bo"), person(session, "Emi")
    growth = team(session, "Growth", bo, ada, emi)
    counts = []
    for more in (1, 20):
        for _ in range(more):
            shared = objective(session, bo, team=growth, parent=objective(session, emi))
            key_result(session, shared, ada)
            key_result(session, shared, emi)
        counts.append(asked(session, lambda: my_objectives(session)))
    assert counts == [6, 6], "the other owners, the team and its people come in one statement each"


@in_a_session
def test_a_check_in_takes_ten_statements_and_one_more_where_a_status_changes_however_many_there_are(session):
    counts = []
    for handle, key_results, colleagues in (("Ada", 1, 1), ("Bo", 12, 20)):
        who = person(session, handle)
        team(session, f"{handle}'s", who, *(person(session, f"{handle}{number}") for number in range(colleagues)))
        mine = objective(session, who)
        each = tuple(Answer(key_result(session, mine).id, "45", 7, "It moves") for _ in range(key_results))
        answers = Answers(check_in(session, who).id, each)
        heard = Heard(HERE, who.slack_id, f"view {handle}")
        counts.append(
            asked(session, lambda h=heard, a=answers: hearing.hear(session, h, NOW, check_ins.record, a, NOW))
        )
    assert counts == [11, 11], "each of these key results is on track again"
