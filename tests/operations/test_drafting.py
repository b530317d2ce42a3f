"""Setting objectives: stages, the cycle they are for, who shares and sees them, and who hears of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from domain.changes import What
from domain.cycles import BACKLOG, quarter
from domain.errors import NotAllowed, NotFound, Refusal
from domain.objectives import Level, ObjectiveDraft, Stage, Visibility
from domain.people import Role
from operations import drafting, finding, objectives, sight, stages, templates, updates
from operations.finding import Which
from scheduler.messages import KINDS
from storage import changes, cycles, key_results, people, policy
from storage.tables import OutboxRow
from tests.examples import NOW, TODAY
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
from tests.storage.outbox import planned
from tests.storage.units import in_a_session

DECEMBER = datetime(2026, 12, 14, 9, tzinfo=UTC)
NEXT_QUARTER = datetime(2027, 1, 4, 9, tzinfo=UTC)


def draft(title: str = "Nobody waits for us", level: Level = Level.INDIVIDUAL, **more) -> ObjectiveDraft:
    return ObjectiveDraft(title, level, **more)


def reviewed(session, who) -> None:
    policy.change(session, HERE, {"review": True}, who, NOW)


def steps(session, of) -> list[tuple[str, str]]:
    said = changes.of_objective(session, HERE, of.id)
    return [(each.before, each.after) for each in said if each.what is What.STAGE]


@in_a_session
def test_everything_that_a_form_asks_for_is_kept_and_stays_when_it_is_not_asked_for(session):
    ada, bo, gus = person(session), person(session, "Bo"), admin(session)
    growth = team(session, "Growth", gus, ada)
    whole = draft(
        level=Level.TEAM,
        team=growth.id,
        description=" Most leave early ",
        co_owners=("UBO", "UADA"),
        aspirational=True,
        visibility=Visibility.TEAM,
        tags="growth, #mobile",
    )
    made = objectives.add(session, ada, whole, NOW).only
    assert (made.description, made.aspirational, made.visibility) == ("Most leave early", True, Visibility.TEAM)
    assert ([each.name for each in made.co_owners], made.tags) == (["Bo"], ("growth", "mobile"))
    assert made.stage is Stage.AGREED
    session.expire_all()
    after = objectives.change(session, ada, made.id, draft("Other", Level.TEAM, team=growth.id), NOW).only
    assert after == replace(made, title="Other")
    session.expire_all()
    alone = draft(level=Level.TEAM, team=growth.id, co_owners=())
    with pytest.raises(Refusal, match="could not see it yourself"):
        objectives.change(session, bo, made.id, alone, NOW)
    assert objectives.change(session, ada, made.id, alone, NOW).only.co_owners == ()
    session.expire_all()
    with pytest.raises(NotFound):
        sight.the_objective(session, bo, made.id)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"description": "x" * 2_001}, "description"),
        ({"co_owners": ("UNOOR",)}, "co_owners"),
        ({"co_owners": ("UZOE",)}, "co_owners"),
        ({"visibility": Visibility.TEAM}, "visibility"),
        ({"visibility": Visibility.PRIVATE, "owner": "UBO"}, "visibility"),
        ({"stage": Stage.DRAFT, "owner": "UBO"}, "stage"),
        ({"cycle": "Q1 2020"}, "cycle"),
        ({"cycle": "'; DROP TABLE cycles"}, "cycle"),
        ({"tags": "x" * 31}, "tags"),
    ],
    ids=str,
)
@in_a_session
def test_what_cannot_be_is_refused_beside_its_field(session, more, field):
    ada, mine = person(session), None
    person(session, "Bo"), person(session, "Noor", active=False), person(session, "Zoe", workspace=ELSEWHERE)
    with pytest.raises(Refusal) as refused:
        mine = objectives.add(session, ada, draft(**more), NOW)
    assert (refused.value.field, mine) == (field, None)


@in_a_session
def test_an_objective_can_be_for_this_quarter_the_next_or_some_day(session):
    ada = person(session)
    assert objectives.choices(session, ada, NOW).cycles == ("Q4 2026", "Q1 2027", "Backlog")
    now = objectives.add(session, ada, draft(), NOW).only
    later = objectives.add(session, ada, draft(cycle="Q1 2027"), NOW).only
    some_day = objectives.add(session, ada, draft(cycle="Backlog"), NOW).only
    assert [(each.cycle.name, each.stage) for each in (now, later, some_day)] == [
        ("Q4 2026", Stage.AGREED),
        ("Q1 2027", Stage.DRAFT),
        ("Backlog", Stage.DRAFT),
    ]
    session.expire_all()
    moved = objectives.change(session, ada, some_day.id, draft(cycle="Q1 2027"), NOW).only
    assert (moved.cycle.id, moved.stage) == (later.cycle.id, Stage.DRAFT)
    assert [each.id for each in finding.find(session, ada, Which(), NOW).objectives] == [now.id]
    assert objectives.choices(session, ada, NEXT_QUARTER).cycles[0] == "Q1 2027"
    assert cycles.named(session, HERE, "Backlog").period == BACKLOG


@in_a_session
def test_a_closed_cycle_is_not_offered(session):
    ada = person(session)
    cycles.opened(session, HERE, quarter(date(2026, 4, 1)))
    assert "Q2 2026" not in objectives.choices(session, ada, NOW).cycles
    with pytest.raises(Refusal, match="not open any more"):
        drafting.the_cycle(session, ada, "Q2 2026", TODAY)


@in_a_session
def test_a_draft_is_proposed_and_agreed_to_and_only_then_counts(session):
    ada, bo = person(session), person(session, "Bo")
    people.finish_set_up(session, HERE, NOW)
    growth = team(session, "Growth", bo, ada)
    reviewed(session, bo)
    made = objectives.add(session, ada, draft(team=growth.id, cycle="Q1 2027"), NOW).only
    kr = key_result(session, made)
    assert made.stage is Stage.DRAFT
    assert planned(session, "objective proposed") == []
    with pytest.raises(NotFound):
        sight.the_objective(session, person(session, "Chidi"), made.id)
    session.expire_all()

    assert stages.propose(session, ada, made.ref, NOW).only.stage is Stage.PROPOSED
    assert planned(session, "objective proposed") == ["UBO"]
    with pytest.raises(NotAllowed, match=r"somebody else agrees .* waits for Bo"):
        stages.agree(session, ada, made.ref, NOW)
    with pytest.raises(Refusal, match=r"O-1 is proposed already\. It waits for Bo"):
        stages.propose(session, ada, made.ref, NOW)
    assert key_results.owned(session, HERE, NEXT_QUARTER.date(), [ada])[ada.id] == []
    session.expire_all()

    assert stages.agree(session, again(session, bo), made.ref, DECEMBER).only.stage is Stage.AGREED
    assert planned(session, "objective agreed") == ["UADA"]
    assert steps(session, made) == [("", "draft"), ("draft", "proposed"), ("proposed", "agreed")]
    session.expire_all()
    (asked,) = key_results.owned(session, HERE, NEXT_QUARTER.date(), [ada])[ada.id]
    assert (asked.id, asked.created_at) == (kr.id, DECEMBER), "nobody was late with it before it was agreed"
    for again_ in (stages.agree, stages.propose):
        with pytest.raises(Refusal, match="O-1 is agreed already"):
            again_(session, ada, made.ref, DECEMBER)


@in_a_session
def test_where_nobody_else_has_to_look_the_owner_agrees_alone(session):
    ada = person(session)
    made = objectives.add(session, ada, draft(cycle="Q1 2027"), NOW).only
    assert stages.agree(session, ada, made.ref, NOW).only.stage is Stage.AGREED
    assert planned(session, "objective agreed") == []


@in_a_session
def test_where_somebody_else_has_to_look_what_is_added_is_proposed_and_cannot_be_agreed_at_once(session):
    ada, gus = person(session), admin(session)
    people.finish_set_up(session, HERE, NOW)
    reviewed(session, gus)
    made = objectives.add(session, ada, draft(), NOW).only
    assert (made.stage, planned(session, "objective proposed")) == (Stage.PROPOSED, ["UGUS"])
    with pytest.raises(Refusal) as refused:
        objectives.add(session, ada, draft(stage=Stage.AGREED), NOW)
    assert refused.value.field == "stage"
    assert objectives.add(session, again(session, gus), draft(owner="UADA"), NOW).only.stage is Stage.AGREED


@in_a_session
def test_whoever_is_nearest_is_asked_to_agree(session):
    ada, bo, chidi, gus = (person(session, name) for name in ("Ada", "Bo", "Chidi", "Dana"))
    sam = with_role(session, chidi, Role.SPONSOR)
    growth = team(session, "Growth", bo, ada)
    admin(session)
    rules = policy.policy(session, HERE)
    strict = replace(rules, review=True)
    ada, bo = again(session, ada), again(session, bo)
    of_ada = objective(session, ada, stage=Stage.PROPOSED)
    of_team = objective(session, ada, stage=Stage.PROPOSED, level=Level.TEAM, team=growth)
    of_all = objective(session, ada, stage=Stage.PROPOSED, level=Level.COMPANY)

    def asked(of, by, policy_) -> list[str]:
        return [one.name for one in drafting.asked_to_agree(session, by, of, policy_)]

    assert [asked(of, ada, strict) for of in (of_ada, of_team, of_all)] == [["Bo"], ["Bo"], ["Chidi"]]
    assert asked(of_ada, gus, rules) == ["Ada"], "the owner, where the owner may agree"
    assert asked(of_team, bo, strict) == ["Gus"], "not the one who proposes it, and there is no champion"
    private = objective(session, ada, stage=Stage.PROPOSED, visibility=Visibility.PRIVATE)
    assert asked(private, ada, strict) == [], "nobody hears of what they may not see"
    assert sam


@in_a_session
def test_before_the_set_up_is_finished_nobody_is_told(session):
    ada, gus = person(session), admin(session)
    reviewed(session, gus)
    objectives.add(session, ada, draft(), NOW)
    assert planned(session, "objective proposed") == []


@in_a_session
def test_an_objective_goes_back_to_being_a_draft_only_by_who_could_agree(session):
    ada, bo = person(session), person(session, "Bo")
    growth = team(session, "Growth", bo, ada)
    reviewed(session, bo)
    mine = objective(session, ada, team=growth)
    with pytest.raises(NotAllowed) as refused:
        objectives.change(session, ada, mine.id, draft(team=growth.id, stage=Stage.DRAFT), NOW)
    assert refused.value.field == "stage"
    after = objectives.change(session, again(session, bo), mine.id, draft(team=growth.id, stage=Stage.DRAFT), NOW)
    assert after.only.stage is Stage.DRAFT


@in_a_session
def test_a_key_result_of_a_draft_is_not_asked_about(session):
    ada = person(session)
    mine = objective(session, ada, stage=Stage.DRAFT)
    key_result(session, mine)
    assert key_results.of(session, ada, TODAY) == []


@in_a_session
def test_a_stranger_to_it_neither_proposes_nor_agrees(session):
    ada, chidi = person(session), person(session, "Chidi")
    proposed = objective(session, ada, stage=Stage.PROPOSED)
    hidden = objective(session, ada, stage=Stage.DRAFT)
    with pytest.raises(NotAllowed, match="You cannot agree to O-1"):
        stages.agree(session, chidi, proposed.ref, NOW)
    for step in (stages.propose, stages.agree):
        with pytest.raises(NotFound):
            step(session, chidi, hidden.ref, NOW)


@in_a_session
def test_a_warning_counts_what_its_owner_has_in_that_cycle(session):
    ada, bo = person(session), person(session, "Bo")
    for _ in range(2):
        objective(session, ada)
    key_result(session, objective(session, bo), ada)
    assert objectives.add(session, ada, draft(), NOW).owned == 3
    assert objectives.add(session, ada, draft(cycle="Backlog"), NOW).owned == 1


@in_a_session
def test_whoever_writes_down_somebody_elses_counts_only_what_they_may_know_of(session):
    ada, gus = person(session), admin(session)
    for visibility in (Visibility.EVERYONE, Visibility.PRIVATE):
        objective(session, ada, visibility=visibility)
    assert objectives.add(session, gus, draft(owner="UADA"), NOW).owned == 2
    assert objectives.add(session, ada, draft(), NOW).owned == 4


@in_a_session
def test_an_example_brings_its_key_results_as_proposals(session):
    ada = person(session)
    chosen = templates.offered(session, ada)[0]
    made = objectives.add(session, ada, draft(chosen.title, template=chosen.key), NOW).only
    assert [kr.title for kr in made.proposals] == [sample.title for sample in chosen.key_results]
    assert (made.key_results, made.progress) == ((), None)
    assert objectives.add(session, ada, draft(template="nothing of ours"), NOW).only.proposals == ()
    with pytest.raises(Refusal, match="only proposed"):
        updates.to_update(session, ada, made.proposals[0].ref, NOW)


@in_a_session
def test_once_somebody_has_agreed_the_others_are_asked_no_more(session):
    ada, uma = person(session), admin(session, "Uma")
    people.finish_set_up(session, HERE, NOW)
    gus = admin(session)
    reviewed(session, gus)
    made = objectives.add(session, ada, draft(cycle="Q1 2027"), NOW).only
    stages.propose(session, ada, made.ref, NOW + timedelta(minutes=1, microseconds=7))
    assert sorted(planned(session, "objective proposed")) == ["UGUS", "UUMA"]
    session.expire_all()
    stages.agree(session, gus, made.ref, NOW + timedelta(minutes=2))
    assert planned(session, "objective settled") == ["UUMA"]
    asked = session.exec(select(OutboxRow).where(OutboxRow.kind == "objective settled")).one()
    assert KINDS["objective settled"].replaces(outgoing(facts=asked.facts)) + " settled" == asked.key
    what = outgoing(kind="objective settled", place="UUMA", facts=asked.facts)
    (found,) = KINDS["objective settled"].load(session, [what], NOW)
    assert "<@UGUS> agreed to O-1" in KINDS["objective settled"].draw(found)["text"]
    assert uma
