"""Drafts and proposals in a running cycle: their owner is asked once, and nobody else."""

from dataclasses import replace
from datetime import timedelta

from domain.objectives import Stage, Visibility
from domain.people import Role
from domain.policy import Policy
from operations import forgotten, marks, moving, objectives, stages
from scheduler.messages import KINDS
from storage import key_results, people, policy
from storage import objectives as stored
from tests.examples import NOW, baseline, measure
from tests.storage.company import HERE, cycle, key_result, objective, person, with_role
from tests.storage.outbox import planned, said_of
from tests.storage.statements import counted
from tests.storage.units import in_a_session


def begun(session):
    """Hana runs the programme in a workspace that is set up."""
    hana = with_role(session, person(session, "Hana"), Role.CHAMPION)
    people.finish_set_up(session, HERE, NOW)
    session.expire_all()
    return hana


def ask(session, at=NOW) -> list[str]:
    """Who is asked by now, each time they were."""
    forgotten.ask(session, HERE, cycle(session), at - Policy().stale_after, at)
    return planned(session, "forgotten")


@in_a_session
def test_the_owner_of_what_nobody_agreed_to_is_asked_once_about_each(session):
    begun(session)
    ada, bo = person(session), person(session, "Bo")
    draft = objective(session, ada, stage=Stage.DRAFT, visibility=Visibility.PRIVATE)
    stored.share(session, draft, [bo])
    objective(session, bo, stage=Stage.PROPOSED)
    objective(session, bo)
    stored.archive(session, objective(session, bo, stage=Stage.DRAFT), NOW)
    objective(session, person(session, "Gone", active=False), stage=Stage.DRAFT)
    assert ask(session) == ["UADA", "UBO"]
    assert ask(session, NOW + timedelta(days=30)) == ["UADA", "UBO"]


@in_a_session
def test_what_somebody_has_touched_lately_is_not_forgotten(session):
    begun(session)
    ada = person(session)
    mine = objective(session, ada, stage=Stage.DRAFT)
    stages.propose(session, ada, mine.id, NOW - timedelta(days=3))
    assert ask(session) == []
    assert ask(session, NOW + timedelta(days=7)) == ["UADA"]


@in_a_session
def test_what_was_written_down_lately_is_not_forgotten(session):
    begun(session)
    ada = person(session)
    built = replace(objective(session, ada), stage=Stage.DRAFT)
    stored.add(session, built, ada, NOW - timedelta(days=3))
    assert ask(session) == []
    assert ask(session, NOW + timedelta(days=7)) == ["UADA"]


@in_a_session
def test_the_clock_asks_while_the_cycle_runs_and_not_before(session):
    begun(session)
    ada = person(session)
    coming = cycle(session, day=NOW.date() + timedelta(days=60))
    objective(session, ada, stage=Stage.DRAFT, cycle=coming)
    for day in range(0, 38, 2):
        marks.turn(session, NOW + timedelta(days=day))
    assert planned(session, "forgotten") == []
    days = []
    while not planned(session, "forgotten"):
        days.append(marks.next_due(session))
        marks.turn(session, days[-1])
    assert (days[-1].date() - coming.period.starts).days == 10
    assert planned(session, "forgotten") == ["UADA"]


@in_a_session
def test_nothing_is_said_before_the_set_up(session):
    objective(session, person(session), stage=Stage.DRAFT)
    assert ask(session) == []


@in_a_session
def test_a_question_is_wanted_until_something_has_become_of_it(session):
    begun(session)
    ada, bo = person(session), person(session, "Bo")
    agreed, gone, moved, given, _ = (objective(session, ada, title, stage=Stage.DRAFT) for title in "ABCDE")
    ask(session)
    whats = said_of(session, "forgotten")
    load = KINDS["forgotten"].load
    assert [each.objective.title for each in load(session, whats, NOW)] == ["A", "B", "C", "D", "E"]
    stages.agree(session, ada, agreed.id, NOW)
    objectives.archive(session, ada, gone.id, NOW)
    moving.move(session, ada, moved.id, "Backlog", NOW)
    stored.change(session, replace(given, owner=bo))
    session.expire_all()
    found = load(session, whats, NOW)
    assert [each and each.objective.title for each in found] == [None, None, None, None, "E"]
    person(session, active=False)
    session.expire_all()
    assert load(session, whats, NOW)[4] is None


@in_a_session
def test_where_somebody_else_agrees_its_owner_is_told_so(session):
    begun(session)
    ada = person(session)
    policy.change(session, HERE, {"review": True}, ada, NOW)
    objective(session, ada, stage=Stage.PROPOSED)
    ask(session)
    (found,) = KINDS["forgotten"].load(session, said_of(session, "forgotten"), NOW)
    assert "Talk it over" in str(KINDS["forgotten"].draw(found))


@in_a_session
def test_it_takes_as_many_statements_for_a_company_as_for_one(session):
    begun(session)
    counts = []
    for several in (1, 2, 30):
        for each in range(several):
            objective(session, person(session, f"P{several}x{each}"), stage=Stage.DRAFT)
        session.flush()
        session.expire_all()
        with counted(session) as statements:
            ask(session)
            KINDS["forgotten"].load(session, said_of(session, "forgotten"), NOW)
        counts.append(len(statements))
    assert counts[1] == counts[2], "but for the policy, which is read once"
    assert len(planned(session, "forgotten")) == 33


@in_a_session
def test_the_owner_of_what_was_measured_is_asked_for_its_target_once(session):
    begun(session)
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada)
    a_while_ago = NOW - timedelta(days=11)
    measured, lately, untold, usual, drafted = (
        key_result(session, under, owner=owner, measure=of)
        for under, owner, of in (
            (mine, bo, baseline("12.5")),
            (mine, ada, baseline("12.5")),
            (mine, ada, baseline()),
            (mine, ada, measure()),
            (objective(session, ada, stage=Stage.DRAFT), ada, baseline("1")),
        )
    )
    long_ago = [replace(kr, moved_at=a_while_ago) for kr in (measured, untold, usual, drafted)]
    key_results.move(session, [*long_ago, replace(lately, moved_at=NOW)])
    for days in (0, 5):
        ask(session, NOW + timedelta(days=days))
        assert planned(session, "target awaited") == ["UBO"]
    ask(session, NOW + timedelta(days=12))
    assert sorted(planned(session, "target awaited")) == ["UADA", "UBO"]

    whats = said_of(session, "target awaited")
    kind = KINDS["target awaited"]
    first, second = kind.load(session, whats, NOW)
    assert {first.key_result.id, second.key_result.id} == {measured.id, lately.id}
    assert "measured at 12.5 minutes, no target yet" in str(kind.draw(first))
    key_results.change(session, replace(measured, measure=measure()))
    session.expire_all()
    assert [each.key_result.id for each in kind.load(session, whats, NOW) if each] == [lately.id]
    stored.archive(session, mine, NOW)
    session.expire_all()
    assert [each for each in kind.load(session, whats, NOW) if each] == []
