"""What has no score while a cycle closes: who hears of it, and where it is found."""

from datetime import UTC, datetime, timedelta

from domain.closing import ClosingDraft
from domain.objectives import Level, Stage, Visibility
from domain.people import Role
from operations import closing, lists, marks, reminders
from scheduler.messages import KINDS
from storage import people
from tests.examples import NOW
from tests.storage.company import HERE, admin, again, cycle, objective, person, team, with_role
from tests.storage.outbox import planned, said_of
from tests.storage.statements import counted
from tests.storage.units import in_a_session

CLOSING = datetime(2027, 1, 2, 12, tzinfo=UTC)
LAST_CALL = datetime(2027, 1, 11, 12, tzinfo=UTC)
ENDED = ClosingDraft("1", "All of it", "yes", "", "drop")


def company(session):
    """Hana runs the programme; Bo's team has two objectives, Emi's one, and Ada one that is nobody else's."""
    hana = with_role(session, person(session, "Hana"), Role.CHAMPION)
    people.finish_set_up(session, HERE, NOW)
    ada, bo, emi = person(session), person(session, "Bo"), person(session, "Emi")
    growth, sales = team(session, "Growth", bo), team(session, "Sales", emi)
    objective(session, ada, "Secret", team=growth, level=Level.TEAM, visibility=Visibility.TEAM)
    objective(session, ada, "Draft", team=growth, level=Level.TEAM, stage=Stage.DRAFT)
    each = [objective(session, ada, title, team=growth, level=Level.TEAM) for title in ("One", "Two")]
    each += [objective(session, ada, "Three", team=sales, level=Level.TEAM), objective(session, ada, "Mine")]
    session.expire_all()
    return again(session, hana), again(session, bo), each


@in_a_session
def test_a_champion_hears_once_how_much_of_how_many_teams_has_no_score(session):
    hana, _, (_, two, *_) = company(session)
    while (due := marks.next_due(session)) and due <= LAST_CALL + timedelta(hours=3):
        marks.turn(session, max(due, NOW))
    reminders.tell_who_runs_it(session, HERE, cycle(session), LAST_CALL)
    assert planned(session, "unscored") == ["UHANA"]
    (what,) = said_of(session, "unscored")
    load = KINDS["unscored"].load
    (left,) = load(session, [what], LAST_CALL)
    assert (left.objectives, left.teams, left.beside) == (4, 2, 1)
    closing.score(session, two.owner, two.id, ENDED, LAST_CALL)
    assert load(session, [what], LAST_CALL)[0].objectives == 3, "as it is when it goes out"
    assert load(session, [what], LAST_CALL + timedelta(days=9)) == [None], "it is closed"
    people.grant(session, HERE, {Role.CHAMPION: []}, hana, NOW)
    session.expire_all()
    assert load(session, [what], LAST_CALL) == [None], "somebody else runs it"


@in_a_session
def test_where_everything_has_a_score_nobody_hears_anything(session):
    _, _, each = company(session)
    for one in each:
        closing.score(session, one.owner, one.id, ENDED, CLOSING)
    reminders.tell_who_runs_it(session, HERE, cycle(session), LAST_CALL)
    assert planned(session, "unscored") == []


@in_a_session
def test_without_a_champion_an_admin_hears_it_and_before_the_set_up_nobody(session):
    gus = admin(session)
    objective(session, gus)
    reminders.tell_who_runs_it(session, HERE, cycle(session), LAST_CALL)
    assert planned(session, "unscored") == []
    people.finish_set_up(session, HERE, NOW)
    session.expire_all()
    reminders.tell_who_runs_it(session, HERE, cycle(session), LAST_CALL)
    assert planned(session, "unscored") == ["UGUS"]


def found(session, who, words: str, now=CLOSING) -> list[str]:
    """The objectives of a list, by their titles."""
    return [each.title for each in lists.typed(session, who, words, now).page.objectives]


@in_a_session
def test_what_has_no_score_is_listed_for_a_champion_and_a_lead_as_far_as_they_may_see_it(session):
    hana, bo, (one, *_) = company(session)
    assert found(session, hana, "unscored", NOW) == [], "nothing closes yet"
    assert found(session, hana, "unscored") == ["One", "Two", "Three", "Mine"]
    assert found(session, bo, "unscored my team") == ["Secret", "One", "Two"]
    closing.score(session, one.owner, one.id, ENDED, CLOSING)
    session.expire_all()
    assert found(session, hana, "not scored team Growth") == ["Two"]
    assert found(session, hana, "unscored Q4 2026", NOW) == ["Two", "Three", "Mine"]


@in_a_session
def test_how_much_there_is_takes_one_statement_however_much(session):
    _, bo, _ = company(session)
    counts = []
    for several in (1, 30):
        for each in range(several):
            made = team(session, f"T{several}x{each}", bo)
            objective(session, bo, team=made, level=Level.TEAM)
        session.flush()
        with counted(session) as statements:
            left = reminders.unscored(session, HERE, cycle(session))
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert (left.teams, left.beside) == (33, 1)
