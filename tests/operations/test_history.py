"""Looking back on what happened, and taking back one's own last update."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.changes import Change, What
from domain.check_ins import Answer, Update
from domain.closing import Carrying
from domain.errors import NotFound, Refusal
from domain.history import Origin
from domain.objectives import KeyResultId, Stage, Visibility
from domain.references import Prefix, Reference
from operations import closing, history, key_results, moving, stages, updates
from operations import objectives as operations
from storage import key_results as known_key_results
from storage import objectives as known
from storage.notices import all_of
from tests.examples import NOW
from tests.storage.company import HERE, admin, key_result, objective, owning, person
from tests.storage.outbox import planned
from tests.storage.units import in_a_session

KR_1, O_1 = Reference(Prefix.KEY_RESULT, 1), Reference(Prefix.OBJECTIVE, 1)
IT = KeyResultId(0)
SET = NOW - timedelta(days=50)


def moved(session, who, value, days=0, **others):
    """Somebody updates KR-1, so many days from now."""
    return updates.move(session, who, KR_1, Answer(IT, value, **others), NOW + timedelta(days=days))


@in_a_session
def test_the_history_of_a_key_result_tells_who_moved_it_and_what_became_of_its_status(session):
    ada = owning(session)
    moved(session, ada, "45", confidence=7, note="The cache is warm")
    moved(session, ada, "done", days=1)
    told = history.told(session, ada, KR_1, NOW + timedelta(days=1))
    done = [event for event in told.events if isinstance(event, Change) and event.after == "done"]
    assert [(change.what, change.by) for change in done] == [(What.STATUS, ada.id)]
    values = [event.value for event in told.events if isinstance(event, Update)]
    assert values == [Decimal(100), Decimal(45)]
    assert told.folk[ada.id].name == "Ada"
    assert told.points[-1].value == 100


@in_a_session
def test_a_new_owner_target_and_title_are_kept_with_their_author(session):
    ada, bo = owning(session), person(session, "Bo")
    draft = key_results.KeyResultDraft("Sign-ups", "0", "120", "", "increase", bo.slack_id)
    key_results.change(session, ada, known_key_results.key_result(session, HERE, KR_1)[0].id, draft, NOW)
    *told, _ = history.told(session, ada, KR_1, NOW).events
    assert {event.what for event in told} >= {What.TITLE, What.OWNER, What.TARGET}
    assert {event.by for event in told if event.what is not What.STATUS} == {ada.id}
    whole = history.told(session, ada, O_1, NOW).events
    assert set(told) <= set(whole)


@in_a_session
def test_a_history_begins_with_who_set_it_and_with_what(session):
    ada, bo = owning(session), person(session, "Bo")
    later = NOW + timedelta(days=1)
    updates.move(session, ada, KR_1, Answer(IT, "45"), later)
    draft = key_results.KeyResultDraft("Sign-ups", "0", "120", "", "increase", bo.slack_id)
    key_results.change(session, ada, known_key_results.key_result(session, HERE, KR_1)[0].id, draft, later)
    moving.move(session, ada, O_1, "Backlog", later)
    session.expire_all()
    *_, set_first = history.told(session, bo, KR_1, later).events
    assert set_first == Origin(
        ada.id, SET, "Weekly sign-ups", "Ada", set_first.key_result, "0 → 100 sign-ups", Decimal(40)
    )
    whole = history.told(session, bo, O_1, later)
    assert whole.events[-2] == set_first
    assert whole.events[-1] == Origin(ada.id, SET, "Nobody waits for us", "Ada", cycle="Q4 2026")
    assert whole.folk[ada.id].name == "Ada"


@in_a_session
def test_what_was_agreed_later_was_set_when_it_was_written_down(session):
    ada = person(session)
    mine = objective(session, ada, stage=Stage.DRAFT)
    key_result(session, mine)
    later = NOW + timedelta(days=9)
    stages.agree(session, ada, mine.id, later)
    session.expire_all()
    assert known_key_results.key_result(session, HERE, KR_1)[0].created_at == later
    assert history.told(session, ada, KR_1, later).events[-1].at == SET


@in_a_session
def test_what_was_carried_over_began_in_its_own_cycle(session):
    ada = person(session)
    past = objective(session, ada)
    there = Carrying("Q1 2027", "Once more")
    new = closing.carry(session, ada, past.id, there, NOW + timedelta(days=80)).found.only
    first = history.told(session, ada, new.ref, NOW + timedelta(days=80)).events[-1]
    assert (first.title, first.cycle) == ("Once more", "Q1 2027")
    known.change(session, replace(past, visibility=Visibility.PRIVATE))
    session.expire_all()
    bo, later = person(session, "Bo"), NOW + timedelta(days=80)
    assert history.told(session, ada, new.ref, later).objective.carried_from.ref == past.ref
    session.expire_all()
    assert history.told(session, bo, new.ref, later).objective.carried_from is None, "that is hidden from Bo by now"


@in_a_session
def test_an_objectives_history_tells_what_moved_below_it(session):
    ada = owning(session)
    moved(session, ada, "45")
    moved(session, ada, "50", days=1)
    updates.undo(session, ada, KR_1, None, NOW + timedelta(days=1))
    told = history.told(session, ada, O_1, NOW + timedelta(days=1))
    assert [event.value for event in told.events if isinstance(event, Update)] == [Decimal(45)]


@in_a_session
def test_what_somebody_may_not_read_has_no_history(session):
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada)
    key_result(session, mine)
    known.change(session, replace(mine, visibility=Visibility.PRIVATE))
    session.expire_all()
    for which in (KR_1, O_1):
        with pytest.raises(NotFound, match=f"There is no {which} here"):
            history.told(session, bo, which, NOW)


@in_a_session
def test_the_last_update_is_taken_back_and_what_was_before_it_stands_again(session):
    ada = owning(session)
    moved(session, ada, "45", confidence=7, note="The cache is warm")
    moved(session, ada, "90", confidence=9, note="A slip")
    undone = updates.undo(session, ada, KR_1, None, NOW)
    assert (undone.before.measure.current, undone.after.measure.current) == (90, 45)
    session.expire_all()
    now = known_key_results.key_result(session, HERE, KR_1)[0]
    assert (now.measure.current, now.confidence, now.note) == (45, 7, "The cache is warm")
    told = history.told(session, ada, KR_1, NOW)
    assert [bool(event.undone_at) for event in told.events if isinstance(event, Update)] == [True, False]
    assert updates.undo(session, ada, KR_1, None, NOW).after.measure.current == 40
    with pytest.raises(Refusal, match="nothing to take back"):
        updates.undo(session, ada, KR_1, None, NOW)


@in_a_session
def test_only_ones_own_last_update_is_taken_back(session):
    ada, gus = owning(session), admin(session)
    moved(session, ada, "45")
    first = int(NOW.timestamp() * 1_000_000)
    moved(session, gus, "50", days=1)
    with pytest.raises(Refusal, match="is not yours"):
        updates.undo(session, ada, KR_1, None, NOW + timedelta(days=1))
    with pytest.raises(Refusal, match="has been updated since"):
        updates.undo(session, gus, KR_1, first, NOW + timedelta(days=1))
    assert known_key_results.key_result(session, HERE, KR_1)[0].measure.current == 50


@in_a_session
def test_a_chart_is_sent_where_slack_takes_one_and_words_where_it_does_not(session):
    ada = owning(session)
    admin(session)
    assert not history.asked(session, ada, KR_1, NOW).charted, "there is nothing to draw yet"
    moved(session, ada, "45")
    assert history.asked(session, ada, KR_1, NOW).charted
    (chart,) = planned(session, "history chart")
    assert chart == ada.slack_id
    what = history.Outgoing(HERE, "history chart", ada.slack_id, "history chart 1", history.RULE, {"key_result": 1})
    history.chart_lost(session, what, "channel_not_found", NOW)
    assert all_of(session, HERE) == [], "that says nothing of charts"
    history.chart_lost(session, what, "invalid_blocks", NOW)
    assert [topic for topic, _, _ in all_of(session, HERE)] == ["charts"]
    assert planned(session, "history words") == [ada.slack_id]
    assert not history.asked(session, ada, KR_1, NOW + timedelta(days=29)).charted
    assert history.asked(session, ada, KR_1, NOW + timedelta(days=30)).charted, "it is tried once more"


@in_a_session
def test_archiving_is_part_of_the_history(session):
    ada = owning(session)
    operations.archive(session, ada, O_1, NOW)
    session.expire_all()
    operations.restore(session, ada, O_1, NOW)
    events = history.told(session, ada, O_1, NOW).events
    told = [(event.what, event.after) for event in events if isinstance(event, Change) and event.by]
    assert told == [(What.ARCHIVED, "no"), (What.ARCHIVED, "yes")]


@in_a_session
def test_what_time_alone_did_is_told_without_a_name(session):
    ada = owning(session)
    stale, *_ = history.told(session, ada, KR_1, NOW).events
    assert (stale.what, stale.after, stale.by) == (What.STATUS, "stale", None)
    assert SET < stale.at < NOW
    moved(session, ada, "45", days=1)
    kept = [event for event in history.told(session, ada, KR_1, NOW + timedelta(days=1)).events if event == stale]
    assert kept == [stale], "an update keeps what had happened before it"


@in_a_session
def test_the_history_of_an_objective_names_what_was_declined_or_put_away(session):
    ada = person(session)
    above = objective(session, ada)
    declined, gone = key_result(session, above, stage=Stage.DECLINED), key_result(session, above)
    key_results.archive(session, ada, gone.id, NOW)
    session.expire_all()
    told = history.told(session, ada, O_1, NOW)
    assert {each.id for each in told.parts} == {declined.id, gone.id}
    assert {event.key_result for event in told.events if isinstance(event, Origin)} == {None, declined.id, gone.id}
