"""What is still wanted when its turn comes, and what is drawn of it."""

import inspect
import re

import pytest

import operations.amendments
import operations.check_ins
import operations.comments
import operations.dependencies
import operations.drafting
import operations.exports
import operations.hand_over
import operations.help
import operations.history
import operations.let_go
import operations.links
import operations.mentions
import operations.notices
import operations.people
import operations.proposals
import operations.receipts
import operations.recognition
import operations.reminders
import operations.retrospectives
import operations.set_up
import operations.status
import operations.wishes
import storage.planning
from domain.changes import Change, What
from domain.check_ins import Answer, Answers, CheckInId
from domain.objectives import Answered, Stage
from domain.outbox import EXPORT, Outgoing
from operations import amendments, check_ins, comments, dependencies, key_results, proposals, questions, stages, updates
from scheduler.messages import KINDS
from storage import changes, people, recognition
from tests.examples import NOW
from tests.storage.company import HERE, again, check_in, key_result, objective, outgoing, owning, person, team, thanks
from tests.storage.units import in_a_session, lasting_db, lasting_url

__all__ = ["lasting_db", "lasting_url"]

PLANNERS = [
    operations.amendments,
    operations.check_ins,
    operations.comments,
    operations.drafting,
    operations.retrospectives,
    operations.exports,
    operations.questions,
    operations.hand_over,
    operations.let_go,
    operations.mentions,
    operations.telling,
    operations.help,
    operations.reminders,
    operations.links,
    operations.history,
    operations.notices,
    operations.people,
    operations.proposals,
    operations.receipts,
    operations.recognition,
    operations.set_up,
    operations.wishes,
    operations.status,
    storage.planning,
]

MANY_AT_ONCE = {
    *("check-in prompt", "check-in closed", "home", "forgotten", "target awaited", "retrospective"),
    *("planning countdown", "closing begun", "closing called off", "closing reminder"),
}
"""What storage plans for many people in one statement, or is named by no keyword."""


def prompt(session, **changes) -> tuple[Outgoing, CheckInId]:
    opened = check_in(session, owning(session, **changes))
    return outgoing(kind="check-in prompt", facts={"check_in": opened.id}), opened.id


def loaded(session, what: Outgoing, now=NOW):
    (facts,) = KINDS[what.kind].load(session, [what], now)
    return facts


def test_everything_that_is_planned_can_be_drawn():
    source = "".join(inspect.getsource(each) for each in PLANNERS)
    assert set(re.findall(r'kind="([^"]+)"', source)) | MANY_AT_ONCE | {EXPORT} == set(KINDS)


@in_a_session
def test_a_prompt_shows_the_key_results_as_they_are_when_it_goes_out(session):
    what, _ = prompt(session)
    sheet = loaded(session, what)
    assert [str(kr.ref) for kr in sheet.key_results] == ["KR-1"]
    assert "KR-1" in str(KINDS[what.kind].draw(sheet))


@in_a_session
def test_a_prompt_is_not_sent_to_who_has_answered_meanwhile(session):
    what, opened = prompt(session)
    check_ins.record(session, people.member(session, HERE, "UADA"), Answers(opened, ()), NOW)
    assert loaded(session, what) is None


@in_a_session
def test_whoever_has_reached_everything_is_left_alone(session):
    what, _ = prompt(session)
    ada = people.member(session, HERE, "UADA")
    (kr,) = loaded(session, what).key_results
    updates.move(session, ada, kr.ref, Answer(kr.id, "done"), NOW)
    assert loaded(session, what) is None
    updates.undo(session, ada, kr.ref, None, NOW)
    assert loaded(session, what) is not None


@in_a_session
def test_a_prompt_is_not_sent_once_its_week_is_over(session):
    what, opened = prompt(session)
    ada = people.member(session, HERE, "UADA")
    closes = check_ins.sheet(session, ada, opened, NOW).check_in.closes_at
    assert loaded(session, what, closes) is None


@in_a_session
def test_a_prompt_is_not_sent_to_who_owns_nothing_any_more(session):
    what, opened = prompt(session)
    ada = people.member(session, HERE, "UADA")
    (kr,) = check_ins.sheet(session, ada, opened, NOW).key_results
    key_results.archive(session, ada, kr.ref, NOW)
    assert loaded(session, what) is None


LEFT = ["check-in prompt", "check-in receipt", "greeting", "hint", "help", "home"]
LEFT += ["answer", "answer card", "answer form", "answer history", "answer refusal", "answer why"]


@pytest.mark.parametrize("kind", LEFT)
@in_a_session
def test_nothing_is_sent_to_who_has_left(session, kind):
    opened = check_in(session, owning(session))
    person(session, active=False)
    place = "home/UADA" if kind == "home" else "UADA"
    facts = {"check_in": opened.id, "topic": "people", "detail": "", "entries": [], "wanted": {}, "ref": "O-1"}
    assert loaded(session, outgoing(kind=kind, place=place, facts=facts)) is None


@in_a_session
def test_another_team_is_asked_until_it_has_answered(session):
    ada, bo = person(session), person(session, "Bo")
    people.finish_set_up(session, HERE, NOW)
    team(session, "Platform", bo)
    kr = key_result(session, objective(session, ada))
    asked = dependencies.ask_named(session, ada, kr.ref, "Platform", "The new API", NOW)
    facts = {"dependency": asked.id, "asked": bo.id}
    question = outgoing(kind="dependency", place="UBO", facts=facts)
    settled = outgoing(kind="dependency settled", place="UBO", facts=facts)
    told = outgoing(kind="dependency answer", facts=facts)
    assert "The new API" in str(KINDS["dependency"].draw(loaded(session, question)))
    assert KINDS["dependency settled"].replaces(settled) == questions.question_key(asked.id, bo.id)
    instead = KINDS["dependency settled"].replaces(outgoing(facts=facts | {"again": True}))
    assert instead == questions.question_key(asked.id, bo.id, again=True)
    reminder = outgoing(kind="dependency reminder", place="UBO", facts=facts)
    gone = outgoing(kind="dependency withdrawn", place="UBO", facts=facts)
    assert "That was a week ago" in str(KINDS["dependency reminder"].draw(loaded(session, reminder)))
    assert loaded(session, gone) is None

    dependencies.answer(session, again(session, bo), asked.id, Answered.CONFIRMED, "", NOW)
    assert loaded(session, question) is loaded(session, reminder) is None
    for what in (settled, told):
        assert "confirmed" in str(KINDS[what.kind].draw(loaded(session, what)))
    dependencies.withdraw(session, ada, asked.id, NOW)
    assert "no longer depends on D-1" in str(KINDS["dependency withdrawn"].draw(loaded(session, gone)))
    person(session, "Bo", active=False)
    assert loaded(session, settled) is loaded(session, gone) is None


@in_a_session
def test_thanks_are_told_in_the_words_they_were_given_in(session):
    ada, bo = person(session), person(session, "Bo")
    given = thanks(session, bo, ada, under=objective(session, ada))
    facts = {"recognition": given.id}
    assert loaded(session, outgoing(kind="kudos", facts=facts)) == (given, ada)
    assert loaded(session, outgoing(kind="kudos post", place="C1", facts=facts)) == given
    assert given.reason in str(KINDS["kudos post"].draw(given))
    assert recognition.recent(session, HERE, 5) == [given]


@in_a_session
def test_a_receipt_takes_the_place_of_its_prompt(session):
    _, opened = prompt(session)
    receipt = outgoing(kind="check-in receipt", facts={"check_in": opened})
    assert KINDS["check-in receipt"].replaces(receipt) == f"check-in prompt {opened}"


@in_a_session
def test_a_proposal_is_put_to_its_owner_only_while_it_waits(session):
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada, description="Most leave early")
    kr = key_result(session, mine, bo, stage=Stage.PROPOSED)
    changes.record(session, HERE, Change(mine.id, What.STAGE, "", "proposed", bo.id, NOW, kr.id))
    to_ada = outgoing(kind="key result proposed", facts={"key_result": kr.id})
    to_bo = outgoing(kind="key result decided", place="UBO", facts={"key_result": kr.id})
    assert loaded(session, to_ada).proposer == bo
    assert loaded(session, to_bo) is None
    assert "<@UBO> proposes" in str(KINDS[to_ada.kind].draw(loaded(session, to_ada)))
    proposals.decline(session, ada, kr.id, "Next quarter", NOW)
    session.expire_all()
    assert loaded(session, to_ada) is None
    assert "Next quarter" in str(KINDS[to_bo.kind].draw(loaded(session, to_bo)))


@in_a_session
def test_a_question_about_a_proposal_turns_into_what_was_decided(session):
    ada, bo = person(session), person(session, "Bo")
    kr = key_result(session, objective(session, ada), bo, stage=Stage.PROPOSED)
    what = outgoing(kind="key result settled", facts={"key_result": kr.id, "asked": ada.id})
    assert loaded(session, what) is None, "it still waits"
    assert KINDS[what.kind].replaces(what) == amendments.proposal_key(kr.id, ada.id)
    proposals.decline(session, ada, kr.id, "Next quarter", NOW)
    session.expire_all()
    assert "<@UADA> declined KR-1" in str(KINDS[what.kind].draw(loaded(session, what)))


@in_a_session
def test_a_part_is_told_of_while_it_is_theirs(session):
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada)
    kr = key_result(session, mine, bo)
    facts = {"by": ada.id, "objectives": [], "key_results": [kr.id]}
    what = outgoing(kind="part given", place="UBO", facts=facts)
    assert "<@UADA> counts on you for 1 key result" in str(KINDS[what.kind].draw(loaded(session, what)))
    key_results.archive(session, ada, kr.ref, NOW)
    session.expire_all()
    assert loaded(session, what) is None
    person(session, "Bo", active=False)
    assert loaded(session, what) is None


@in_a_session
def test_what_is_proposed_is_put_before_people_only_while_it_is_and_they_may_see_it(session):
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada, stage=Stage.PROPOSED, description="Most leave early")
    key_result(session, mine)
    facts = {"objective": mine.id, "by": "UADA"}
    proposed = outgoing(kind="objective proposed", place="UBO", facts=facts)
    agreed = outgoing(kind="objective agreed", facts=facts | {"by": "UBO"})
    found, by = loaded(session, proposed)
    assert (found.only.id, by, loaded(session, agreed)) == (mine.id, ada, None)
    assert "Most leave early" in str(KINDS[proposed.kind].draw((found, by)))
    stages.agree(session, ada, mine.id, NOW)
    session.expire_all()
    assert loaded(session, proposed) is None
    assert "<@UBO> agreed to O-1" in str(KINDS[agreed.kind].draw(loaded(session, agreed)))
    assert bo


@in_a_session
def test_nothing_about_drafting_is_sent_to_who_has_left(session):
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada, stage=Stage.PROPOSED)
    kr = key_result(session, mine, bo, stage=Stage.PROPOSED)
    (said,) = comments.say(session, bo, mine.id, "One", NOW).comments
    person(session, active=False)
    facts = {"objective": mine.id, "by": "UBO", "key_result": kr.id, "comment": said.id, "at": NOW.isoformat()}
    changed = ("key result changed", "key result change settled", "key result change agreed")
    proposed = ("objective proposed", "objective agreed", "key result proposed", "key result decided", "comment")
    for kind in (*proposed, *changed):
        assert loaded(session, outgoing(kind=kind, facts=facts)) is None
