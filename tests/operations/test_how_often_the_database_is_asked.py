"""How often the database is asked: as often for much as for little, and seldom enough for a busy Monday."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert

from domain.check_ins import Answer, Answers
from domain.closing import Closing, Mattered, Verdict
from domain.cycles import Period
from domain.objectives import Level
from domain.people import Member
from operations import check_ins, cycles, hearing, lists
from operations.exports import Sight
from operations.hearing import Heard
from storage import closings, comments, dependencies
from storage.cycles import opened
from storage.database import Session
from storage.tables import KeyResultRow, ObjectiveRow
from tests.examples import NOW, TODAY
from tests.spreadsheets import exported
from tests.storage.company import HERE, check_in, cycle, key_result, objective, person, team, thanks
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
    return hearing.ask(session, Heard(HERE, "UADA", "x"), cycles.mine, NOW)


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
def test_an_export_takes_as_many_statements_however_much_there_is(session):
    ada, bo = person(session), person(session, "Bo")
    sales = team(session, "Sales", bo)
    exported(session, Sight(HERE), NOW)  # so that the rules of the workspace are known
    counts = []
    for more in (1, 20):
        for _ in range(more):
            past = objective(session, ada)
            kr = key_result(session, objective(session, ada, carried_from=past.heading))
            said = (Decimal("0.5"), Decimal("0.5"), "", Mattered.YES, "", Verdict.KEEP, bo.id, NOW)
            closings.keep(session, HERE, Closing(past.id, *said))
            comments.add(session, bo, kr.objective, kr, "Well done", NOW)
            dependencies.add(session, kr, sales, "A list", ada, NOW)
            thanks(session, bo, ada, under=past)
        for sight in (Sight(HERE, ada), Sight(HERE)):
            counts.append(asked(session, lambda sight=sight: exported(session, sight, NOW)))
    assert counts[:2] == counts[2:]


@in_a_session
def test_what_waits_for_a_score_takes_no_statement_more_however_much_it_is(session):
    ada = person(session)
    over = opened(session, HERE, Period("Autumn", TODAY - timedelta(days=40), TODAY - timedelta(days=2)))
    counts = []
    for more in (1, 20):
        for _ in range(more):
            objective(session, ada, cycle=over)
            key_result(session, objective(session, ada))
        counts.append(asked(session, lambda: my_objectives(session)))
    assert len(my_objectives(session).awaited) == 21
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
def test_a_check_in_takes_eleven_statements_and_one_more_where_a_status_changes_however_many_there_are(session):
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
    assert counts == [12, 12], "each of these key results is on track again"


def of_the_company(session: Session, owner: Member, number: int) -> None:
    """So many objectives of the company, each with four key results that nobody has looked at for long."""
    at, here = NOW - timedelta(days=50), cycle(session)
    common = {"workspace": HERE, "owner": owner.id, "created_by": owner.id, "created_at": at}
    about = {"title": "Nobody waits for us", "level": Level.COMPANY.value, "cycle": here.id}
    tops = [common | about | {"id": id, "number": id} for id in range(1, number + 1)]
    measure = {"kind": "increase", "start": Decimal(0), "target": Decimal(100), "current": Decimal(40)}
    ids = [(top["id"], 4 * top["id"] + each) for top in tops for each in range(4)]
    parts = [common | measure | {"objective": top, "id": id, "number": id, "title": "Sign-ups"} for top, id in ids]
    for table, each_row in ((ObjectiveRow, tops), (KeyResultRow, parts)):
        session.connection().execute(insert(table), each_row)


@pytest.mark.parametrize("words", ["company", "company stale", "@bo Q4 2026", "this year needs attention"])
@in_a_session
def test_a_list_of_a_thousand_objectives_takes_as_many_statements_as_one_of_twenty(session, words):
    person(session)
    bo = person(session, "Bo")
    typed, counts, pages = words.replace("@bo", "<@UBO>"), [], []
    for number in (20, 1_000):
        kept = session.begin_nested()
        of_the_company(session, bo, number)
        heard = Heard(HERE, "UADA", "x")
        ask = partial(hearing.ask, session, heard, lists.typed, typed, NOW)
        counts.append(asked(session, lambda ask=ask: pages.append(ask().page)))
        kept.rollback()
    assert counts[0] == counts[1] <= 11
    assert [(page.total, len(page.objectives)) for page in pages] == [(20, 10), (1_000, 10)]
    assert [len(each.key_results) for each in pages[1].objectives] == [4] * 10
