"""Asking another team: who is asked, who may answer, and who hears of it."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.dependencies import Need
from domain.errors import NotAllowed, NotFound, Refusal
from domain.objectives import Answered, Level, ObjectiveDraft, Visibility
from domain.outbox import Delivery, Sent
from domain.people import Role, TeamId
from domain.references import Prefix, Reference
from operations import dependencies, key_results, objectives, questions, sight, teams
from scheduler.messages import KINDS
from storage import cycles, people
from storage import key_results as known_key_results
from storage import objectives as known
from storage.database import Session
from tests.examples import NOW
from tests.storage.company import (
    ELSEWHERE,
    HERE,
    admin,
    again,
    key_result,
    objective,
    outgoing,
    person,
    team,
    with_role,
)
from tests.storage.outbox import claim, confirm, planned, state
from tests.storage.statements import counted
from tests.storage.units import in_a_session

API = "the new API by June"
YES, NO = Answered.CONFIRMED, Answered.DECLINED


def set_up(session: Session):
    """Ada's KR-1, and Platform, which Bo leads."""
    ada, bo = person(session), person(session, "Bo")
    people.finish_set_up(session, HERE, NOW)
    platform = team(session, "Platform", bo)
    kr = key_result(session, objective(session, ada))
    return ada, again(session, bo), platform, kr


@in_a_session
def test_the_same_is_not_asked_twice_while_it_waits_or_is_confirmed(session):
    ada, bo, _, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "platform", API, NOW)
    with pytest.raises(Refusal, match=r"has not answered yet: D-1\. `/okr depends D-1` shows it"):
        dependencies.ask_named(session, ada, kr.ref, "platform", API.upper(), NOW)
    dependencies.answer(session, bo, asked.id, YES, "", NOW)
    with pytest.raises(Refusal, match="has confirmed it: D-1"):
        dependencies.ask_named(session, ada, kr.ref, "platform", API, NOW)
    assert str(dependencies.ask_named(session, ada, kr.ref, "platform", "Something else", NOW).ref) == "D-2"
    dependencies.answer(session, bo, asked.id, NO, "Not this year", NOW)
    assert dependencies.ask_named(session, ada, kr.ref, "platform", API, NOW).state is Answered.ASKED


@in_a_session
def test_the_lead_of_the_team_is_asked_and_the_key_result_waits(session):
    ada, bo, platform, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "platform", API, NOW)
    assert (str(asked.ref), asked.state, asked.team.id) == ("D-1", Answered.ASKED, platform.id)
    assert planned(session, "dependency") == ["UBO"]
    (waits,) = sight.the_key_result(session, bo, kr.ref)[0].waits_for
    assert (waits.number, waits.team, waits.words, waits.state) == (1, "Platform", API, Answered.ASKED)


@in_a_session
def test_where_a_team_has_no_lead_the_champions_are_asked_and_else_the_admins(session):
    ada, _, _, kr = set_up(session)
    gus, emi = admin(session), person(session, "Emi")
    loose = teams.add(session, gus, teams.TeamDraft("Loose"), NOW)
    dependencies.ask(session, ada, kr.ref, Need(loose.id, API), NOW)
    assert planned(session, "dependency") == ["UGUS"]
    with_role(session, emi, Role.CHAMPION)
    dependencies.ask(session, ada, kr.ref, Need(loose.id, "and a test for it"), NOW)
    assert sorted(planned(session, "dependency")) == ["UEMI", "UGUS"]


@in_a_session
def test_a_confirmation_is_told_to_whoever_asked_and_the_question_is_settled(session):
    ada, bo, _, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    done = dependencies.answer(session, bo, asked.id, YES, "", NOW)
    assert (done.state, done.answered_by.id) == (YES, bo.id)
    assert planned(session, "dependency answer") == ["UADA"]
    assert planned(session, "dependency settled") == ["UBO"]
    session.expire_all()
    assert dependencies.waiting(session, bo, asked.id, NOW) is None
    assert sight.the_key_result(session, ada, kr.ref)[0].waits_for[0].state is YES


@in_a_session
def test_an_answer_can_be_changed_by_its_reference_and_is_told_again(session):
    ada, bo, _, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    dependencies.answer(session, bo, asked.ref, YES, "", NOW)
    later = NOW.replace(hour=15)
    changed = dependencies.answer(session, bo, asked.ref, NO, "July, sorry", later)
    assert (changed.state, changed.answer) == (NO, "July, sorry")
    assert planned(session, "dependency answer") == ["UADA", "UADA"]
    with pytest.raises(Refusal, match="has said so already"):
        dependencies.answer(session, bo, asked.ref, NO, "July, sorry", later)


@in_a_session
def test_only_who_has_a_part_in_it_may_ask_and_only_who_speaks_for_the_team_may_answer(session):
    ada, bo, _, kr = set_up(session)
    chidi = person(session, "Chidi")
    with pytest.raises(NotAllowed, match="You cannot ask another team about KR-1, which is Ada's"):
        dependencies.ask_named(session, chidi, kr.ref, "Platform", API, NOW)
    known_key_results.let_help(session, kr, [chidi])
    session.expire_all()
    asked = dependencies.ask_named(session, chidi, kr.ref, "Platform", API, NOW)
    for who in (ada, chidi):
        with pytest.raises(NotAllowed, match="You cannot answer for Platform on D-1"):
            dependencies.answer(session, who, asked.id, YES, "", NOW)
        with pytest.raises(NotAllowed):
            dependencies.to_answer(session, who, asked.id, NOW)
    assert dependencies.answer(session, bo, asked.id, YES, "", NOW).state is YES


@pytest.mark.parametrize(
    ("need", "field"),
    [(Need(None, API), "team"), (Need(999, API), "team"), (Need(1, " "), "words"), (Need(1, "x" * 201), "words")],
    ids=str,
)
@in_a_session
def test_what_cannot_be_asked_is_refused_beside_the_field(session, need, field):
    ada, _, platform, kr = set_up(session)
    team = need.team if need.team != 1 else platform.id
    with pytest.raises(Refusal) as refused:
        dependencies.ask(session, ada, kr.ref, Need(team, need.words), NOW)
    assert refused.value.field == field
    assert planned(session, "dependency") == []


@in_a_session
def test_a_team_that_is_put_away_its_own_or_elsewhere_is_not_asked(session):
    ada, bo, platform, kr = set_up(session)
    zoe = person(session, "Zoe", workspace=ELSEWHERE)
    own = key_result(session, objective(session, bo, team=platform))
    theirs = team(session, "Platform", zoe)
    with pytest.raises(Refusal, match="is Platform's own"):
        dependencies.ask_named(session, bo, own.ref, "Platform", API, NOW)
    with pytest.raises(Refusal, match="not there any more"):
        dependencies.ask(session, ada, kr.ref, Need(TeamId(theirs.id), API), NOW)
    teams.archive(session, admin(session), platform.id, NOW)
    session.expire_all()
    with pytest.raises(Refusal, match="not there any more"):
        dependencies.ask(session, ada, kr.ref, Need(platform.id, API), NOW)


@in_a_session
def test_nobody_is_asked_about_what_is_not_theirs_to_see(session):
    ada, bo, _, _ = set_up(session)
    secret = objective(session, ada, "The merger", visibility=Visibility.PRIVATE)
    kr = key_result(session, secret)
    with pytest.raises(Refusal, match="cannot see O-2") as refused:
        dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    assert refused.value.field == "team"
    assert planned(session, "dependency") == []
    with pytest.raises(NotFound):
        dependencies.choices(session, bo, kr.ref, NOW)


@in_a_session
def test_what_has_been_hidden_since_is_neither_asked_nor_told_any_more(session):
    ada, bo, _, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    above = sight.the_objective(session, ada, Reference(Prefix.OBJECTIVE, 1))
    known.change(session, objectives.replace(above, visibility=Visibility.PRIVATE))
    session.expire_all()
    assert dependencies.waiting(session, bo, asked.id, NOW) is None
    assert dependencies.current(session, bo, asked.id) is None
    assert dependencies.current(session, ada, asked.id) is not None
    with pytest.raises(NotFound, match="There is no D-1 here"):
        dependencies.answer(session, bo, asked.ref, YES, "", NOW)
    with pytest.raises(NotFound, match="That request is gone"):
        dependencies.to_answer(session, bo, asked.id, NOW)


@in_a_session
def test_what_is_put_away_is_not_asked_about(session):
    ada, bo, _, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    key_results.archive(session, ada, kr.ref, NOW)
    session.expire_all()
    assert dependencies.waiting(session, bo, asked.id, NOW) is None
    assert dependencies.to_answer(session, bo, asked.id, NOW).over.startswith("KR-1 is archived")
    for attempt in (
        lambda: dependencies.answer(session, bo, asked.id, YES, "", NOW),
        lambda: dependencies.withdraw(session, ada, asked.id, NOW),
        lambda: dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW),
    ):
        with pytest.raises(Refusal, match="KR-1 is archived"):
            attempt()


@in_a_session
def test_before_the_set_up_nobody_is_asked(session):
    ada, bo = person(session), person(session, "Bo")
    team(session, "Platform", bo)
    kr = key_result(session, objective(session, ada))
    with pytest.raises(Refusal, match="Cairn is not set up here yet"):
        dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)


# no longer needed


@in_a_session
def test_what_is_no_longer_needed_leaves_the_card_and_the_lead_hears_of_it_once(session):
    ada, bo, _, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    for taken in claim(session):
        confirm(session, taken, Sent("D1", "1.1"), NOW)
    after = dependencies.withdraw(session, ada, asked.ref, NOW)
    assert (after.state, after.answered_by.id) == (Answered.WITHDRAWN, ada.id)
    session.expire_all()
    assert sight.the_key_result(session, ada, kr.ref)[0].waits_for == ()
    assert planned(session, "dependency withdrawn") == ["UBO"]
    assert planned(session, "dependency answer") == [], "who did it knows already"
    assert set(planned(session, "dependency settled")) == {"UBO"}
    assert dependencies.waiting(session, bo, asked.id, NOW) is None
    for attempt in (
        lambda: dependencies.answer(session, bo, asked.ref, YES, "", NOW),
        lambda: dependencies.withdraw(session, ada, asked.ref, NOW),
    ):
        with pytest.raises(Refusal, match="D-1 is no longer needed"):
            attempt()


@in_a_session
def test_a_lead_who_was_not_asked_yet_hears_nothing_at_all(session):
    ada, bo, _, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    dependencies.withdraw(session, ada, asked.id, NOW)
    assert state(session, questions.question_key(asked.id, bo.id)) is Delivery.UNWANTED
    assert planned(session, "dependency withdrawn") == []


@pytest.mark.parametrize("confirmed", [False, True])
@in_a_session
def test_what_the_other_team_can_no_longer_read_is_withdrawn_with_a_word_to_both(session, confirmed):
    ada, bo, _, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    for taken in claim(session):
        confirm(session, taken, Sent("D1", "1.1"), NOW)
    if confirmed:
        dependencies.answer(session, bo, asked.id, YES, "", NOW)
    draft = ObjectiveDraft("Hush hush", Level.INDIVIDUAL, "UADA", visibility=Visibility.PRIVATE)
    objectives.change(session, ada, asked.objective.id, draft, NOW)
    session.expire_all()
    assert sight.the_key_result(session, ada, kr.ref)[0].waits_for == ()
    assert sorted(planned(session, "dependency let go")) == ["UADA", "UBO"]
    assert planned(session, "dependency let go, instead") == ["UBO"]
    theirs = str(KINDS["dependency let go"].draw(_told(session, asked, "UBO")))
    assert API in theirs
    assert not [word for word in ("Hush", kr.title, "KR-1", "may not see") if word in theirs]
    mine = str(KINDS["dependency let go"].draw(_told(session, asked, "UADA")))
    assert "whoever speaks for Platform may not see *KR-1*" in mine


@in_a_session
def test_what_the_other_team_was_not_asked_yet_is_withdrawn_without_a_word_to_it(session):
    ada, _, _, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    draft = ObjectiveDraft("Hush hush", Level.INDIVIDUAL, "UADA", visibility=Visibility.PRIVATE)
    objectives.change(session, ada, asked.objective.id, draft, NOW)
    assert planned(session, "dependency let go") == ["UADA"]


@in_a_session
def test_what_the_other_team_may_read_as_before_stays(session):
    ada, bo, _, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    objectives.change(session, ada, asked.objective.id, ObjectiveDraft("Another", Level.INDIVIDUAL, "UADA"), NOW)
    assert planned(session, "dependency let go") == []
    assert dependencies.waiting(session, bo, asked.id, NOW)


def _told(session, asked, place: str):
    told = outgoing(kind="dependency let go", place=place, facts={"dependency": asked.id})
    (found,) = KINDS["dependency let go"].load(session, [told], NOW)
    return found


@in_a_session
def test_whoever_may_change_the_key_result_takes_it_back_or_who_asked_and_nobody_else(session):
    ada, bo, _, kr = set_up(session)
    chidi, dana, emi = (person(session, name) for name in ("Chidi", "Dana", "Emi"))
    known_key_results.let_help(session, kr, [chidi, dana])
    session.expire_all()
    first, second = (dependencies.ask_named(session, chidi, kr.ref, "Platform", each, NOW) for each in (API, "a test"))
    for who in (bo, dana, emi):
        with pytest.raises(NotAllowed, match="You cannot take back D-1"):
            dependencies.withdraw(session, who, first.ref, NOW)
    dependencies.withdraw(session, chidi, first.ref, NOW)
    assert planned(session, "dependency answer") == []
    dependencies.withdraw(session, ada, second.ref, NOW)
    assert planned(session, "dependency answer") == ["UCHIDI"], "who asked hears that somebody else took it back"


# what is open


def numbers(found):
    return [each.number for each in found]


@in_a_session
def test_what_is_open_is_what_my_teams_are_asked_and_what_i_asked_for(session):
    ada, bo, _, kr = set_up(session)
    gus, emi = admin(session), person(session, "Emi")
    teams.add(session, gus, teams.TeamDraft("Loose"), NOW)
    for team_, words in (("Platform", "1"), ("Platform", "2"), ("Platform", "3"), ("Loose", "4")):
        dependencies.ask_named(session, ada, kr.ref, team_, words, NOW)
    dependencies.answer(session, bo, Reference(Prefix.DEPENDENCY, 1), YES, "", NOW)
    dependencies.withdraw(session, ada, Reference(Prefix.DEPENDENCY, 2), NOW)
    session.expire_all()
    mine = dependencies.open_now(session, ada, NOW)
    assert (numbers(mine.to_answer), numbers(mine.asked_for)) == ([], [4, 3, 1])
    theirs = dependencies.open_now(session, again(session, bo), NOW)
    assert (numbers(theirs.to_answer), numbers(theirs.asked_for)) == ([3], [])
    assert numbers(dependencies.open_now(session, gus, NOW).to_answer) == [4], "it has no lead, and Gus stands in"
    assert numbers(dependencies.open_now(session, emi, NOW).to_answer) == []
    key_results.archive(session, ada, kr.ref, NOW)
    session.expire_all()
    for who in (ada, again(session, bo), gus):
        found = dependencies.open_now(session, who, NOW)
        assert (found.to_answer, found.asked_for) == ((), ())


@in_a_session
def test_what_is_hidden_is_open_for_nobody(session):
    ada, bo, _, kr = set_up(session)
    dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    above = sight.the_objective(session, ada, Reference(Prefix.OBJECTIVE, 1))
    known.change(session, objectives.replace(above, visibility=Visibility.PRIVATE))
    session.expire_all()
    assert dependencies.open_now(session, bo, NOW).to_answer == ()
    assert numbers(dependencies.open_now(session, ada, NOW).asked_for) == [1]


@in_a_session
def test_what_is_open_takes_as_many_statements_for_many_as_for_one(session):
    ada, bo, *_ = set_up(session)
    counts = []
    for more in (1, 12):
        for _ in range(more):
            other = key_result(session, objective(session, ada))
            dependencies.ask_named(session, ada, other.ref, "Platform", API, NOW)
        session.flush()
        for who in (ada, bo):
            with counted(session) as statements:
                dependencies.open_now(session, who, NOW)
            counts.append(len(statements))
    assert counts[:2] == counts[2:]


# once more


@in_a_session
def test_what_nobody_answered_for_a_week_is_asked_once_more_and_only_once(session):
    ada, bo, _, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    due = dependencies.next_due(session)
    assert due == datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert dependencies.remind(session, due - timedelta(seconds=1)) == 0
    assert [dependencies.remind(session, due) for _ in range(2)] == [1, 0]
    assert planned(session, "dependency reminder") == ["UBO"]
    assert dependencies.next_due(session) is None
    dependencies.answer(session, bo, asked.id, YES, "", due)
    assert state(session, questions.question_key(asked.id, bo.id, again=True)) is Delivery.UNWANTED
    assert planned(session, "dependency settled") == ["UBO", "UBO"], "in place of both questions"


@pytest.mark.parametrize("meanwhile", ["answered", "withdrawn", "archived", "closed", "late"])
@in_a_session
def test_nobody_is_asked_once_more_about_what_nobody_waits_for(session, meanwhile):
    ada, bo, _, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    now = NOW + timedelta(days=7)
    if meanwhile == "answered":
        dependencies.answer(session, bo, asked.id, NO, "July", NOW)
    elif meanwhile == "withdrawn":
        dependencies.withdraw(session, ada, asked.id, NOW)
    elif meanwhile == "archived":
        key_results.archive(session, ada, kr.ref, NOW)
    elif meanwhile == "closed":
        cycles.close(session, asked.objective.cycle, NOW)
    else:
        now += timedelta(hours=37)
    session.expire_all()
    dependencies.remind(session, now)
    assert planned(session, "dependency reminder") == []
    assert dependencies.next_due(session) is None


@in_a_session
def test_once_its_cycle_is_closed_nobody_can_answer_it_any_more(session):
    ada, bo, _, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    cycles.close(session, asked.objective.cycle, NOW)
    session.expire_all()
    later = NOW + timedelta(days=1)
    said = "Q4 2026 is closed, so nobody waits for D-1 any more."
    assert dependencies.to_answer(session, bo, asked.id, later).over == said
    assert dependencies.one(session, ada, asked.ref, later).over == said
    with pytest.raises(Refusal, match=said):
        dependencies.answer(session, bo, asked.id, YES, "", later)
