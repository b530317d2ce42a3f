"""Status: set by hand and taken back, and the question about what is on track without moving."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from domain.changes import What
from domain.check_ins import Answer
from domain.errors import NotAllowed, NotFound, Refusal
from domain.measures import Measure, MeasureKind
from domain.objectives import Status, Visibility
from domain.overrides import OverrideDraft
from domain.people import Kind
from domain.references import Prefix, Reference
from domain.status import stands
from operations import finding, key_results, status, updates
from scheduler.messages import KINDS
from storage import changes, outbox, people, policy
from storage import key_results as known
from storage.tables import KeyResultRow, OutboxRow, WorkspaceRow
from tests.examples import NOW, TODAY, measure
from tests.storage.company import ELSEWHERE, HERE, admin, again, key_result, objective, owning, person, profile, team
from tests.storage.outbox import planned
from tests.storage.statements import counted
from tests.storage.units import in_a_session

KR_1 = Reference(Prefix.KEY_RESULT, 1)
LATE = "the vendor is late"
FOURTH = date(2026, 12, 4)


def kept(session, kr=KR_1):
    """The key result as it is remembered."""
    found = known.key_result(session, HERE, kr)
    assert found
    return found[0]


# by hand


@in_a_session
def test_a_status_is_set_in_words_kept_with_its_reason_and_taken_back(session):
    ada = owning(session)
    done = status.say(session, ada, KR_1, f"at risk until 4 Dec because {LATE}", NOW)

    override = kept(session).override
    assert override == done.key_result.override
    assert (override.status, override.reason, override.until, override.by.id) == (Status.AT_RISK, LATE, FOURTH, ada.id)

    status.say(session, ada, KR_1, "auto", NOW + timedelta(hours=1))
    assert kept(session).override is None
    history = changes.of_key_result(session, HERE, kept(session).id)
    assert [(each.what, each.before, each.after, each.why, each.by) for each in history] == [
        (What.STATUS, "on track", "stale", "", None),
        (What.STATUS, "worked out", "at risk until 4 December 2026", LATE, ada.id),
        (What.STATUS, "at risk until 4 December 2026", "worked out", "", ada.id),
    ]
    with pytest.raises(Refusal, match="nobody has set it by hand"):
        status.say(session, ada, KR_1, "auto", NOW)


@in_a_session
def test_it_is_the_word_of_whoever_said_it_wherever_the_key_result_is_read(session):
    ada, bo = owning(session), person(session, "Bo", workspace_admin=True)
    status.judge(session, bo, KR_1, OverrideDraft("off track", LATE), NOW)
    by_hand = [
        kept(session).override,
        finding.find(session, ada, finding.Which(person=ada.slack_id), NOW).only.key_results[0].override,
        known.owned(session, HERE, TODAY, [ada])[ada.id][0].override,
        known.of(session, ada, TODAY)[0].override,
    ]
    assert [(each.status, each.by) for each in by_hand] == [(Status.OFF_TRACK, bo)] * 4


@in_a_session
def test_setting_a_status_is_no_check_in_and_hides_no_silence(session):
    ada = owning(session)
    late = NOW + timedelta(days=12)
    done = status.judge(session, ada, KR_1, OverrideDraft("on track", LATE), late)
    kr = kept(session)
    assert kr.updated_at is None
    assert (kr.measure, kr.confidence, kr.note) == (done.key_result.measure, None, "")
    stand = stands(kr, done.objective.cycle, late, done.moment.today, done.moment.policy)
    assert (stand.status, stand.override) == (Status.STALE, kr.override)


@in_a_session
def test_an_update_leaves_alone_what_was_set_by_hand(session):
    ada = owning(session)
    status.judge(session, ada, KR_1, OverrideDraft("at risk", LATE), NOW)
    updates.move(session, ada, KR_1, Answer(kept(session).id, "90"), NOW)
    assert kept(session).override.status is Status.AT_RISK


@in_a_session
def test_the_owner_the_lead_and_an_admin_set_a_status_and_nobody_else(session):
    ada, bo, chidi, gus = person(session), person(session, "Bo"), person(session, "Chidi"), admin(session)
    growth = team(session, "Growth", bo, chidi)
    key_result(session, objective(session, ada, team=growth))
    for who in (ada, again(session, bo), gus):
        assert status.judge(session, who, KR_1, OverrideDraft("at risk", LATE), NOW).key_result.override.by.id == who.id
    guest = person(session, "Marek", kind=Kind.GUEST)
    for who in (again(session, chidi), person(session, "Dee")):
        for attempt in (
            lambda who=who: status.judge(session, who, KR_1, OverrideDraft("on track", LATE), NOW),
            lambda who=who: status.say(session, who, KR_1, "auto", NOW),
            lambda who=who: status.to_judge(session, who, KR_1, NOW),
        ):
            with pytest.raises(NotAllowed, match="You cannot set the status of KR-1, which is Ada's"):
                attempt()
    for stranger in (guest, owning(session, "Zoe", ELSEWHERE)):
        with pytest.raises((NotFound, NotAllowed)):
            status.to_judge(session, stranger, kept(session).id, NOW)


@in_a_session
def test_what_somebody_may_not_know_of_they_cannot_judge(session):
    ada, gus = person(session), admin(session)
    key_result(session, objective(session, ada, visibility=Visibility.PRIVATE))
    with pytest.raises(NotFound, match="There is no KR-1 here"):
        status.say(session, gus, KR_1, f"at risk {LATE}", NOW)


@in_a_session
def test_what_is_over_or_put_away_keeps_its_status(session):
    ada = owning(session)
    with pytest.raises(Refusal, match="Q4 2026 is closed"):
        status.say(session, ada, KR_1, f"at risk {LATE}", NOW + timedelta(days=80))
    key_results.archive(session, ada, KR_1, NOW)
    with pytest.raises(Refusal, match="KR-1 is archived"):
        status.say(session, ada, KR_1, f"at risk {LATE}", NOW)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (f"done {LATE}", "status"),
        (f"at risk until 1 Nov because {LATE}", "until"),
        (f"at risk until 2027-06-01 because {LATE}", "until"),
        ("at risk until Friday", "reason"),
        (f"at risk until {'9' * 400}", "until"),
    ],
)
@in_a_session
def test_a_bad_word_changes_nothing(session, text, field):
    ada = owning(session)
    with pytest.raises(Refusal) as refused:
        status.say(session, ada, KR_1, text, NOW)
    assert refused.value.field == field
    assert kept(session).override is None
    assert changes.of_key_result(session, HERE, kept(session).id) == []


@in_a_session
def test_the_owner_hears_first_hand_that_somebody_else_has_set_the_status_as_long_as_it_stands(session):
    ada, gus = owning(session), admin(session)
    status.judge(session, gus, KR_1, OverrideDraft("off track", LATE), NOW)
    assert questions(session, "status set") == [], "before the set-up nobody hears anything"

    people.finish_set_up(session, HERE, NOW)
    status.judge(session, ada, KR_1, OverrideDraft("on track", LATE), NOW)
    assert questions(session, "status set") == [], "she knows what she has said"
    status.judge(session, gus, KR_1, OverrideDraft("at risk", LATE), NOW)
    (what,) = questions(session, "status set")
    (told,) = KINDS[what.kind].load(session, [what], NOW)
    assert (what.place, told.key_result.override.by.id) == (ada.slack_id, gus.id)

    status.say(session, ada, KR_1, "auto", NOW)
    assert KINDS[what.kind].load(session, [what], NOW) == [None]
    status.judge(session, ada, KR_1, OverrideDraft("at risk", LATE), NOW)
    assert KINDS[what.kind].load(session, [what], NOW) == [None]


# green but flat


def flat_owner(session, handle="Ada", **changes):
    """Somebody with a key result that was checked in on yesterday and has not moved since it was set."""
    who = person(session, handle, **changes)
    kr = key_result(session, objective(session, who), measure=measure(current="60"))
    known.move(session, [replace(kr, updated_at=NOW - timedelta(days=1))])
    people.finish_set_up(session, HERE, NOW)
    return who, kr


def questions(session, kind="flat question"):
    """The questions, or what there is of another kind, that are planned."""
    session.flush()
    return [outbox.outgoing(row) for row in session.exec(select(OutboxRow).where(OutboxRow.kind == kind))]


def asked_at(session, now=NOW):
    """What is asked when the clock ticks."""
    found = status.flat(session, now)
    status.ask(session, found, now)
    return [each.key_result for each in found]


@in_a_session
def test_the_owner_of_what_is_green_without_moving_is_asked_once(session):
    ada, kr = flat_owner(session)
    assert asked_at(session) == [kr.id]
    assert asked_at(session) == []
    assert asked_at(session, NOW + timedelta(days=1)) == []
    (what,) = questions(session)
    assert (what.kind, what.place, what.rule) == ("flat question", ada.slack_id, "on track without moving")
    (facts,) = KINDS[what.kind].load(session, [what], NOW)
    assert (facts.key_result.id, facts.weeks) == (kr.id, 7)


@in_a_session
def test_the_same_tick_twice_and_on_two_replicas_asks_once(session):
    flat_owner(session)
    found = status.flat(session, NOW)
    status.ask(session, found, NOW)
    status.ask(session, found, NOW)
    assert len(planned(session, "flat question")) == 1


async def test_a_tick_looks_without_leaving_a_trace_and_asks_in_another_unit_of_work(db):
    await db.run(flat_owner)
    found = await db.read(status.flat, NOW)
    assert [each.owner for each in found] == ["UADA"]
    assert await db.read(status.flat, NOW) == found
    await db.run(status.ask, found, NOW)
    assert await db.read(status.flat, NOW) == []
    assert len(await db.read(questions)) == 1


@pytest.mark.parametrize("why", ["not set up", "sleeps", "left", "guest", "no pilot", "archived", "stale", "moved"])
@in_a_session
def test_nobody_is_asked_who_should_not_be(session, why):
    ada, kr = flat_owner(session, **({"kind": Kind.GUEST} if why == "guest" else {}))
    gus, now = admin(session), NOW
    if why == "not set up":
        session.exec(select(WorkspaceRow)).one().set_up_at = None
    elif why == "sleeps":
        now = datetime(2026, 11, 23, 3, 0, tzinfo=NOW.tzinfo)
    elif why == "left":
        people.keep_profiles(session, HERE, [profile(ada.name, active=False)], "UTC")
    elif why == "no pilot":
        pilots = team(session, "Pilots", gus)
        policy.change(session, HERE, {"pilot_teams": (pilots.id,)}, gus, NOW)
    elif why == "archived":
        key_results.archive(session, ada, KR_1, NOW)
    elif why == "stale":
        known.move(session, [replace(kr, updated_at=NOW - timedelta(days=11))])
    else:
        updates.move(session, ada, KR_1, Answer(kr.id, "61"), NOW)
    assert asked_at(session, now) == []


@in_a_session
def test_what_is_to_stay_where_it_is_raises_no_question_and_milestones_do(session):
    ada, _ = flat_owner(session)
    under = objective(session, ada)
    steps = Measure(Decimal(0), Decimal(3), Decimal(2), "", MeasureKind.MILESTONES, milestones=("a", "b", "c"))
    still = replace(measure(current="100"), kind=MeasureKind.AT_LEAST)
    standing = key_result(session, under, measure=still)
    milestones = key_result(session, under, measure=steps)
    known.move(session, [replace(kr, updated_at=NOW) for kr in (standing, milestones)])
    assert milestones.id in (found := asked_at(session))
    assert standing.id not in found


@in_a_session
def test_a_question_is_dropped_once_it_has_an_answer(session):
    ada, kr = flat_owner(session)
    asked_at(session)
    (what,) = questions(session)
    updates.move(session, ada, KR_1, Answer(kr.id, "61"), NOW)
    assert KINDS[what.kind].load(session, [what], NOW) == [None]


@in_a_session
def test_a_question_is_dropped_when_the_key_result_is_somebody_elses(session):
    flat_owner(session)
    asked_at(session)
    (what,) = questions(session)
    known.change(session, replace(kept(session), owner=person(session, "Bo")))
    assert KINDS[what.kind].load(session, [what], NOW) == [None]


@in_a_session
def test_it_will_move_keeps_quiet_for_as_many_weeks_again(session):
    ada, kr = flat_owner(session)
    asked_at(session)
    answered = NOW + timedelta(days=3)
    assert status.will_move(session, ada, kr.id, answered).until == TODAY + timedelta(days=3 + 28)

    def checked_in(day):
        known.move(session, [replace(kept(session), updated_at=NOW + timedelta(days=day))])
        return asked_at(session, NOW + timedelta(days=day))

    gus = admin(session)
    policy.change(session, HERE, {"behind": 0.9}, gus, NOW)  # whatever the time, it is on track
    assert [checked_in(day) for day in (14, 28, 30)] == [[], [], []]
    assert checked_in(31) == [kr.id]
    assert len(planned(session, "flat question")) == 2


@in_a_session
def test_only_those_who_may_update_it_say_that_it_will_move(session):
    flat_owner(session)
    with pytest.raises(NotAllowed):
        status.will_move(session, person(session, "Bo"), kept(session).id, NOW)
    assert session.exec(select(KeyResultRow.quiet_until)).one() is None


@in_a_session
def test_looking_for_what_is_flat_takes_as_many_statements_for_fifty_people_as_for_one(session):
    counts = []
    for number in range(51):
        flat_owner(session, f"P{number}")
        if number in (0, 50):
            session.flush()
            session.info.clear()
            with counted(session) as statements:
                found = status.flat(session, NOW)
            counts.append((len(statements), len(found)))
    assert [found for _, found in counts] == [1, 51]
    assert counts[0][0] == counts[1][0] <= 6


@in_a_session
def test_the_outbox_holds_no_words_of_anybody(session):
    flat_owner(session)
    asked_at(session)
    row = session.exec(select(OutboxRow)).one()
    assert row.facts == {"key_result": kept(session).id}
    assert outbox.where_said(session, HERE, row.key) is None
