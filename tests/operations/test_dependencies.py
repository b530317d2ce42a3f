"""Asking another team: who is asked, who may answer, and who hears of it."""

import pytest

from domain.dependencies import Need
from domain.errors import NotAllowed, NotFound, Refusal
from domain.objectives import Answered, Visibility
from domain.people import Role, TeamId
from domain.references import Prefix, Reference
from operations import dependencies, key_results, objectives, teams
from storage import objectives as known
from storage import people
from storage.database import Session
from tests.examples import NOW
from tests.storage.company import ELSEWHERE, HERE, admin, again, key_result, objective, person, team, with_role
from tests.storage.outbox import planned
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
def test_the_lead_of_the_team_is_asked_and_the_key_result_waits(session):
    ada, bo, platform, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "platform", API, NOW)
    assert (str(asked.ref), asked.state, asked.team.id) == ("D-1", Answered.ASKED, platform.id)
    assert planned(session, "dependency") == ["UBO"]
    (waits,) = objectives.the_key_result(session, bo, kr.ref)[0].waits_for
    assert (waits.number, waits.team, waits.words, waits.state) == (1, "Platform", API, Answered.ASKED)


@in_a_session
def test_where_a_team_has_no_lead_the_champions_are_asked_and_else_the_admins(session):
    ada, _, _, kr = set_up(session)
    gus, emi = admin(session), person(session, "Emi")
    loose = teams.add(session, gus, teams.TeamDraft("Loose"), NOW)
    dependencies.ask(session, ada, kr.ref, Need(loose.id, API), NOW)
    assert planned(session, "dependency") == ["UGUS"]
    with_role(session, emi, Role.CHAMPION)
    dependencies.ask(session, ada, kr.ref, Need(loose.id, API), NOW)
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
    assert dependencies.waiting(session, bo, asked.id) is None
    assert objectives.the_key_result(session, ada, kr.ref)[0].waits_for[0].state is YES


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
    known.let_help(session, kr, [chidi])
    session.expire_all()
    asked = dependencies.ask_named(session, chidi, kr.ref, "Platform", API, NOW)
    for who in (ada, chidi):
        with pytest.raises(NotAllowed, match="You cannot answer for Platform on D-1"):
            dependencies.answer(session, who, asked.id, YES, "", NOW)
        with pytest.raises(NotAllowed):
            dependencies.to_answer(session, who, asked.id)
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
    above = objectives.the_objective(session, ada, Reference(Prefix.OBJECTIVE, 1))
    known.change(session, objectives.replace(above, visibility=Visibility.PRIVATE))
    session.expire_all()
    assert dependencies.waiting(session, bo, asked.id) is None
    assert dependencies.current(session, bo, asked.id) is None
    assert dependencies.current(session, ada, asked.id) is not None
    with pytest.raises(NotFound, match="There is no D-1 here"):
        dependencies.answer(session, bo, asked.ref, YES, "", NOW)
    with pytest.raises(NotFound, match="That request is gone"):
        dependencies.to_answer(session, bo, asked.id)


@in_a_session
def test_what_is_put_away_is_not_asked_about(session):
    ada, bo, _, kr = set_up(session)
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", API, NOW)
    key_results.archive(session, ada, kr.ref, NOW)
    session.expire_all()
    assert dependencies.waiting(session, bo, asked.id) is None
    for attempt in (
        lambda: dependencies.answer(session, bo, asked.id, YES, "", NOW),
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
