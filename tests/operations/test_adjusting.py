"""Cycles that get another name or other days, or are removed: what follows, who may, and what stays."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.changes import What
from domain.check_ins import Answer
from domain.closing import ClosingDraft
from domain.cycles import CycleDraft, CycleId, CycleState, Step, quarter
from domain.errors import NotAllowed, NotFound, Refusal
from domain.lists import Wanted
from domain.objectives import Level, ObjectiveDraft, Stage, Visibility
from domain.outbox import Sent
from domain.people import Role, WorkspaceId
from domain.status import Status, key_result_status
from operations import (
    adjusting,
    closing,
    cycles,
    finding,
    lists,
    marks,
    moving,
    objectives,
    planning,
    projections,
    retrospectives,
    updates,
)
from operations.finding import Which
from scheduler.messages import KINDS
from storage import adjusting as kept
from storage import changes, outbox, people, policy
from storage import cycles as known
from storage import lists as found_in
from storage import objectives as stored
from storage import planning as plans
from tests.examples import NOW, TODAY
from tests.storage.company import (
    HERE,
    admin,
    again,
    check_in,
    cycle,
    key_result,
    objective,
    outgoing,
    person,
    team,
    with_role,
)
from tests.storage.outbox import claim, confirm, planned, said_of
from tests.storage.statements import counted
from tests.storage.units import in_a_session

WEEK = timedelta(days=7)
DAYS = frozenset({"first", "last"})
NAME = frozenset({"name"})


def on(month: int, day: int, hour: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def champion(session):
    """Hana runs the programme in a workspace that is set up."""
    hana = with_role(session, person(session, "Hana"), Role.CHAMPION)
    people.finish_set_up(session, HERE, NOW)
    session.expire_all()
    return again(session, hana)


def planned_cycle(session, hana, name="Spring", begins=TODAY + 2 * WEEK):
    """A cycle of six weeks that Hana has opened."""
    return cycles.add(session, hana, CycleDraft(name, begins, begins + 6 * WEEK), NOW).cycle


def running_cycle(session, hana, name="Launch"):
    """One that runs since a week ago, until in four weeks."""
    return cycles.add(session, hana, CycleDraft(name, TODAY - WEEK, TODAY + 4 * WEEK), NOW).cycle


def renamed(session, who, which, name, now=NOW):
    return adjusting.adjust(session, who, which.id, CycleDraft(name, None, None, alone=DAYS), now).standing


def lasting(session, who, which, last, now=NOW):
    """The cycle with another last day and nothing else."""
    draft = CycleDraft("", None, last, alone=NAME | {"first"})
    return adjusting.adjust(session, who, which.id, draft, now).standing


def beginning(session, who, which, first, now=NOW):
    draft = CycleDraft("", first, None, alone=NAME | {"last"})
    return adjusting.adjust(session, who, which.id, draft, now).standing


def until(session, instant: datetime) -> None:
    """The clock runs until then, stopping wherever something is due about a cycle."""
    while (due := marks.next_due(session)) is not None and due <= instant:
        marks.turn(session, max(due, NOW))
    marks.turn(session, instant)


def wanted(session, kind: str, now: datetime) -> list[bool]:
    """Of everything of a kind that was ever planned, whether it would still be said."""
    load = KINDS[kind].load
    return [load(session, [what], now) != [None] for what in said_of(session, kind)]


# who may


@in_a_session
def test_only_who_runs_the_programme_changes_or_removes_a_cycle(session):
    hana, ada, gus = champion(session), person(session), admin(session)
    lead = team(session, "Growth", person(session, "Bo")).lead
    spring = planned_cycle(session, hana)
    for who in (ada, again(session, lead)):
        for attempt in (
            lambda who=who: adjusting.to_adjust(session, who, spring.id, NOW),
            lambda who=who: renamed(session, who, spring, "Summer"),
            lambda who=who: adjusting.remove(session, who, spring.id, NOW),
        ):
            with pytest.raises(NotAllowed, match=r"You cannot run cycles\. An OKR champion or an admin can"):
                attempt()
    assert renamed(session, gus, spring, "Summer").cycle.name == "Summer"


@in_a_session
def test_no_cycle_of_another_workspace_is_changed_or_removed(session):
    hana, zoe = champion(session), admin(session, "Zoe", WorkspaceId("T2"))
    theirs = planned_cycle(session, zoe)
    for id in (theirs.id, CycleId(0), CycleId(987)):
        with pytest.raises(NotFound):
            adjusting.adjust(session, hana, id, CycleDraft("Ours", TODAY, TODAY), NOW)
        with pytest.raises(NotFound):
            adjusting.remove(session, hana, id, NOW)
    assert known.named(session, zoe.workspace, "Spring") == theirs


# another name


@in_a_session
def test_everything_knows_a_cycle_by_its_new_name(session):
    hana, ada = champion(session), person(session)
    launch, spring = running_cycle(session, hana), planned_cycle(session, hana)
    mine, waiting = objective(session, ada, cycle=launch), objective(session, ada, cycle=spring)
    for each, name in ((launch, "The launch"), (spring, "Early summer")):
        assert renamed(session, hana, each, name).cycle == replace(each, period=replace(each.period, name=name))

    assert [found.name for found in cycles.every(session, ada, NOW).cycles if found.is_opened and not found.is_backlog][
        :2
    ] == [
        "Early summer",
        "The launch",
    ]
    for words, its in (("me Early summer", waiting), ("all the launch", mine)):
        assert [each.id for each in lists.typed(session, ada, words, NOW).page.objectives] == [its.id]
    assert "Early summer" in moving.to_move(session, ada, mine.id, NOW).destinations
    assert "Spring" not in objectives.choices(session, ada, NOW).cycles
    assert moving.move(session, ada, mine.ref, "early summer", NOW).found.only.cycle.id == spring.id
    assert changes.of_objective(session, HERE, mine.id)[-1].after == "Early summer"


@in_a_session
def test_forms_and_buttons_that_say_the_old_name_still_lead_there_unless_another_has_it_now(session):
    hana, ada = champion(session), person(session)
    spring, mine = planned_cycle(session, hana), objective(session, ada)
    renamed(session, hana, spring, "Summer")

    button = Wanted(cycle="Spring")
    assert [each.name for each in found_in.cycles_of(session, ada, button, TODAY)] == ["Summer"]
    assert lists.page(session, ada, button, 0, NOW).wanted.cycle == "Summer"
    assert cycles.standing(session, ada, "Spring", NOW).cycle.name == "Summer"
    made = objectives.add(session, ada, ObjectiveDraft("New", Level.INDIVIDUAL, cycle="Spring"), NOW).only
    assert made.cycle.id == spring.id
    assert moving.move(session, ada, mine.ref, "Spring", NOW).found.only.cycle.id == spring.id

    other = planned_cycle(session, hana, "Spring", TODAY + 10 * WEEK)
    assert [each.id for each in found_in.cycles_of(session, ada, button, TODAY)] == [other.id]
    assert cycles.standing(session, ada, "Spring", NOW).cycle.id == other.id


@pytest.mark.parametrize("name", ["Launch", "lAUNCH", "Backlog", "at risk", "Growth", "Q1 2027", "2027", "KR-1", ""])
@in_a_session
def test_a_name_that_is_taken_or_means_something_else_is_refused_beside_it(session, name):
    hana = champion(session)
    team(session, "Growth", hana)
    running_cycle(session, hana)
    spring = planned_cycle(session, hana)
    with pytest.raises(Refusal) as refused:
        renamed(session, hana, spring, name)
    assert refused.value.field == "name"
    assert cycles.standing(session, hana, spring.id, NOW).cycle == spring


@in_a_session
def test_a_quarter_keeps_its_name_while_quarters_open_by_themselves_and_is_not_opened_twice(session):
    hana = champion(session)
    here = planning.open_cycle(session, HERE, TODAY)
    with pytest.raises(Refusal, match="would open again beside this"):
        renamed(session, hana, here, "Autumn")
    policy.change(session, HERE, {"quarters": False}, hana, NOW)
    assert renamed(session, hana, here, "Autumn").cycle.name == "Autumn"
    planning.open_cycles(session, NOW)
    assert [each.name for each in known.all_of(session, HERE)] == ["Autumn"]
    assert cycles.standing(session, hana, "", NOW).cycle.name == "Autumn"


@in_a_session
def test_a_retrospective_that_has_begun_takes_the_new_name(session):
    hana, bo = champion(session), person(session, "Bo")
    growth = team(session, "Growth", bo, channel="C7")
    planning.open_cycle(session, HERE, TODAY)
    mine = objective(session, bo, team=growth, level=Level.TEAM)
    policy.change(session, HERE, {"quarters": False}, hana, NOW)
    cycles.step(session, hana, mine.cycle.id, Step.BEGIN, NOW)
    closing.score(session, bo, mine.id, ClosingDraft("1", "All of it", "yes", "", "drop"), NOW)
    (begun,) = [each for each in claim(session) if each.what.kind == "retrospective"]
    confirm(session, begun, Sent("C7", "1.0"), NOW)

    assert renamed(session, hana, mine.cycle, "Autumn").cycle.state(TODAY) is CycleState.CLOSING

    (shown,) = said_of(session, "retrospective as it is")
    (talk,) = KINDS["retrospective as it is"].load(session, [shown], NOW)
    assert "Retrospective of Autumn: Growth" in str(KINDS["retrospective as it is"].draw(talk))
    assert retrospectives.talk(session, HERE, mine.cycle.id, growth.id).cycle.name == "Autumn"


# other days


@in_a_session
def test_homes_of_those_whose_work_was_in_it_or_is_in_it_by_then_are_shown_afresh(session):
    hana, ada, bo = champion(session), person(session), person(session, "Bo")
    launch, spring = running_cycle(session, hana), planned_cycle(session, hana)
    for who, its in ((ada, launch), (bo, spring)):
        key_result(session, objective(session, who, cycle=its))
        people.home_opened(session, who, NOW)
    people.home_opened(session, hana, NOW)
    beginning(session, hana, launch, TODAY + WEEK)
    assert sorted(planned(session, "home")) == ["home/UADA", "home/UHANA"]
    beginning(session, hana, spring, TODAY)
    assert sorted(planned(session, "home")) == ["home/UADA", "home/UBO", "home/UHANA"]


@in_a_session
def test_a_countdown_to_the_old_day_is_not_sent_and_that_to_the_new_one_is(session):
    hana = champion(session)
    spring = planned_cycle(session, hana, begins=TODAY + WEEK)
    marks.turn(session, NOW)
    assert wanted(session, "planning countdown", NOW) == [True]

    beginning(session, hana, spring, TODAY + 5 * WEEK)
    assert wanted(session, "planning countdown", NOW) == [False]
    until(session, on(12, 6))
    assert len(planned(session, "planning countdown")) == 1
    until(session, on(12, 7))
    assert wanted(session, "planning countdown", on(12, 7)) == [False, True]
    until(session, on(12, 27))
    told = [what.facts for what in said_of(session, "planning countdown")]
    assert [each["begins"] for each in told if each["cycle"] == spring.id] == ["2026-11-30", *["2026-12-28"] * 3]


@in_a_session
def test_owners_and_champions_hear_of_the_end_when_it_ends_by_then(session):
    hana, ada = champion(session), person(session)
    launch = running_cycle(session, hana)
    objective(session, ada, cycle=launch)
    later = lasting(session, hana, launch, launch.period.ends + 2 * WEEK).cycle
    assert later.closes == launch.closes + 2 * WEEK

    until(session, on(12, 31))
    assert planned(session, "closing begun") == []
    until(session, on(1, 5, year=2027))
    assert planned(session, "closing begun") == ["UADA"]
    until(session, on(1, 14, year=2027))
    assert planned(session, "closing reminder") == []
    until(session, on(1, 15, year=2027))
    assert (planned(session, "closing reminder"), planned(session, "unscored")) == (["UADA"], ["UHANA"])
    until(session, on(1, 18, 23, year=2027))
    assert planned(session, "retrospective") == []
    until(session, on(1, 19, year=2027))
    assert planned(session, "retrospective") == ["UHANA"]


@in_a_session
def test_a_cycle_that_ends_earlier_is_over_earlier(session):
    hana, ada = champion(session), person(session)
    launch = running_cycle(session, hana)
    objective(session, ada, cycle=launch)
    until(session, NOW)
    lasting(session, hana, launch, TODAY)
    until(session, NOW + timedelta(hours=1))
    assert planned(session, "closing begun") == []
    until(session, on(11, 24))
    assert planned(session, "closing begun") == ["UADA"]
    with pytest.raises(Refusal, match="is closing, so its days stay") as refused:
        lasting(session, hana, launch, TODAY + WEEK, on(11, 24))
    assert refused.value.field == "last"


@in_a_session
def test_pace_and_projection_follow_the_days(session):
    hana, ada = champion(session), person(session)
    launch = running_cycle(session, hana)
    kr = key_result(session, objective(session, ada, cycle=launch))
    updates.move(session, ada, kr.ref, Answer(kr.id, "30"), NOW)

    def stands(now):
        found = finding.find(session, ada, Which(period=known.by_id(session, HERE, {launch.id})[launch.id].period), now)
        (mine,) = found.only.key_results
        at = found.moment
        going = projections.of(session, [(mine, found.only.cycle)], HERE, at).get(mine.id)
        status = key_result_status(mine, found.only.cycle, at.now, at.today, at.policy)
        return status, found.only.cycle.elapsed(at.today), going and going.ends

    status, elapsed, _ = stands(NOW)
    assert (status, elapsed) == (Status.ON_TRACK, 7 / 36)
    lasting(session, hana, launch, TODAY)
    status, elapsed, _ = stands(NOW)
    assert (status, elapsed) == (Status.OFF_TRACK, 7 / 8)
    lasting(session, hana, launch, TODAY + 20 * WEEK)
    assert stands(NOW)[:2] == (Status.ON_TRACK, 7 / 148)
    for weeks, value in ((1, "32"), (2, "34"), (3, "36")):
        updates.move(session, ada, kr.ref, Answer(kr.id, value), NOW + weeks * WEEK)
    assert stands(NOW + 3 * WEEK)[2] == TODAY + 20 * WEEK
    lasting(session, hana, launch, TODAY + 4 * WEEK, NOW + 3 * WEEK)
    assert stands(NOW + 3 * WEEK)[2] == TODAY + 4 * WEEK


@in_a_session
def test_nobody_is_asked_to_check_in_on_what_begins_later_by_now(session):
    hana, ada = champion(session), person(session)
    launch = running_cycle(session, hana)
    key_result(session, objective(session, ada, cycle=launch))
    asked = planning.asked(session, HERE, policy.policy(session, HERE), NOW)
    assert plans.people_asked(session, asked) == [ada.id]
    prompt = outgoing(kind="check-in prompt", facts={"check_in": check_in(session, ada).id})
    assert KINDS["check-in prompt"].load(session, [prompt], NOW) != [None]

    assert beginning(session, hana, launch, TODAY + WEEK).cycle.state(TODAY) is CycleState.PLANNING

    assert plans.people_asked(session, asked) == []
    assert KINDS["check-in prompt"].load(session, [prompt], NOW) == [None]


@in_a_session
def test_a_first_day_stays_before_the_first_check_in_unless_that_was_taken_back(session):
    hana, ada = champion(session), person(session)
    launch = running_cycle(session, hana)
    kr = key_result(session, objective(session, ada, cycle=launch))
    early = NOW - timedelta(days=3)
    updates.move(session, ada, kr.ref, Answer(kr.id, "50"), early)
    with pytest.raises(Refusal, match="People have checked in before that day") as refused:
        beginning(session, hana, launch, TODAY - timedelta(days=2))
    assert refused.value.field == "first"
    assert beginning(session, hana, launch, early.date()).cycle.period.starts == early.date()
    updates.undo(session, ada, kr.ref, None, NOW)
    assert beginning(session, hana, launch, TODAY).cycle.period.starts == TODAY
    assert beginning(session, hana, launch, TODAY - 9 * WEEK).cycle.period.starts == TODAY - 9 * WEEK


@in_a_session
def test_a_quarter_with_other_days_is_the_one_that_people_mean_on_those(session):
    hana = champion(session)
    here = planning.open_cycle(session, HERE, TODAY)
    coming = planning.opened(session, HERE, quarter(date(2027, 1, 1)), policy.policy(session, HERE))
    lasting(session, hana, here, date(2026, 12, 18))
    beginning(session, hana, coming, date(2026, 12, 21))

    def meant(day):
        return planning.open_cycle(session, HERE, day).name

    assert [meant(date(2026, 12, day)) for day in (18, 20, 21, 31)] == ["Q4 2026", "Q4 2026", "Q1 2027", "Q1 2027"]
    assert meant(date(2027, 1, 4)) == "Q1 2027"
    lasting(session, hana, coming, date(2027, 2, 26))
    assert meant(date(2027, 2, 6)) == "Q1 2027"
    assert [each.name for each in known.all_of(session, HERE)] == ["Q2 2027", "Q1 2027", "Q4 2026"]
    ada = person(session)
    assert objectives.choices(session, ada, on(12, 22)).cycles == ("Q1 2027", "Q2 2027", "Backlog")


# two at once


@in_a_session
def test_what_a_form_leaves_alone_stays_as_somebody_else_has_made_it(session):
    hana, gus = champion(session), admin(session)
    launch = running_cycle(session, hana)
    shown = CycleDraft("Launch", launch.period.starts, launch.period.ends)
    lasting(session, gus, launch, TODAY + 9 * WEEK)

    done = adjusting.adjust(session, hana, launch.id, replace(shown, name="The launch", alone=DAYS), NOW)

    assert (done.before.period.ends, done.standing.cycle.name) == (TODAY + 9 * WEEK, "The launch")
    assert done.standing.cycle.period.ends == TODAY + 9 * WEEK
    lasting(session, gus, launch, TODAY + WEEK)
    late = replace(shown, first=TODAY + 2 * WEEK, alone=NAME | {"last"})
    with pytest.raises(Refusal, match=r"comes before the first.* while your form was open") as refused:
        adjusting.adjust(session, hana, launch.id, late, NOW)
    assert refused.value.field == "first"


@in_a_session
def test_who_changed_what_stands_with_the_cycle(session):
    hana, gus, ada = champion(session), admin(session), person(session)
    launch = running_cycle(session, hana)
    lasting(session, gus, launch, TODAY + WEEK)
    renamed(session, hana, launch, "The launch", NOW + timedelta(hours=1))
    renamed(session, hana, launch, "The launch", NOW + timedelta(hours=2))

    told = cycles.standing(session, ada, launch.id, NOW).changes

    assert [(each.part, each.before, each.after, who.name) for each, who in told] == [
        ("name", "Launch", "The launch", "Hana"),
        ("last", "21 December 2026", "30 November 2026", "Gus"),
    ]


@in_a_session
def test_a_change_takes_as_many_statements_for_a_full_cycle_as_for_one_objective(session):
    hana, ada = champion(session), person(session)
    counts = []
    for number in range(2):
        launch = running_cycle(session, hana, f"Launch {number}")
        for _ in range(1 + 20 * number):
            key_result(session, objective(session, ada, cycle=launch))
        session.flush()
        with counted(session) as statements:
            lasting(session, hana, launch, TODAY + WEEK)
        counts.append(len(statements))
    assert counts[0] == counts[1]


# removed


@in_a_session
def test_a_planned_cycle_that_holds_nothing_is_removed_and_nobody_counts_down_to_it(session):
    hana = champion(session)
    spring = planned_cycle(session, hana, begins=TODAY + WEEK)
    renamed(session, hana, spring, "Summer")
    marks.turn(session, NOW)
    assert wanted(session, "planning countdown", NOW) == [True]

    assert adjusting.remove(session, hana, "summer", NOW).id == spring.id

    assert wanted(session, "planning countdown", NOW) == [False]
    assert spring.id not in {each.id for each in known.all_of(session, HERE)}
    with pytest.raises(NotFound):
        cycles.standing(session, hana, "Summer", NOW)
    assert planned_cycle(session, hana, "Summer")


@in_a_session
def test_what_is_in_a_cycle_keeps_it_until_it_is_moved(session):
    hana, ada = champion(session), person(session)
    spring = planned_cycle(session, hana)
    each = [objective(session, ada, cycle=spring), objective(session, hana, cycle=spring, stage=Stage.DRAFT)]
    with pytest.raises(Refusal, match="Spring holds 1 objective and 1 draft or proposal"):
        adjusting.remove(session, hana, spring.id, NOW)
    for one in each:
        moving.move(session, one.owner, one.id, "backlog", NOW)
    adjusting.remove(session, hana, spring.id, NOW)


@pytest.mark.parametrize(
    "hidden", [{"visibility": Visibility.PRIVATE}, {"visibility": Visibility.TEAM}, {"stage": Stage.DRAFT}], ids=str
)
@in_a_session
def test_of_what_somebody_may_not_see_a_refusal_tells_neither_how_much_nor_what(session, hidden):
    hana, ada = champion(session), person(session)
    spring, growth = planned_cycle(session, hana), team(session, "Growth", ada)
    for title in ("The zanzibar plan", "Another"):
        objective(session, ada, title, cycle=spring, team=growth, level=Level.TEAM, **hidden)
    with pytest.raises(Refusal) as refused:
        adjusting.remove(session, hana, spring.id, NOW)
    assert refused.value.sentence == (
        "Spring holds what only some people may see. Whoever has something in it finds that with "
        "`/okr list me Spring`, and can move it to another cycle or archive it."
    )
    assert known.by_id(session, HERE, {spring.id})


@in_a_session
def test_what_was_archived_in_a_removed_cycle_waits_in_the_backlog_and_can_come_back(session):
    hana, ada = champion(session), person(session)
    spring = planned_cycle(session, hana)
    gone = objective(session, ada, cycle=spring, visibility=Visibility.PRIVATE)
    objectives.archive(session, ada, gone.id, NOW)

    adjusting.remove(session, hana, spring.id, NOW)

    back = objectives.restore(session, ada, gone.id, NOW)
    found = stored.objective(session, HERE, gone.id)
    assert (back.ref, found.cycle.name, found.archived) == (gone.ref, "Backlog", False)
    moved = [each for each in changes.of_objective(session, HERE, gone.id) if each.what is What.CYCLE]
    assert [(each.before, each.after, each.by, each.why) for each in moved] == [
        ("Spring", "Backlog", hana.id, "Spring was removed")
    ]


@in_a_session
def test_a_cycle_that_has_begun_meanwhile_stays(session):
    hana = champion(session)
    spring = planned_cycle(session, hana, begins=TODAY + WEEK)
    with pytest.raises(Refusal, match="Spring is active"):
        adjusting.remove(session, hana, spring.id, NOW + WEEK)
    planning.open_cycle(session, HERE, TODAY)
    with pytest.raises(Refusal, match="Q4 2026 is active"):
        adjusting.remove(session, hana, "", NOW)
    with pytest.raises(Refusal, match="Q1 2027 is not open"):
        adjusting.remove(session, hana, "Q1 2027", NOW)
    with pytest.raises(Refusal, match="The backlog stays"):
        adjusting.remove(session, hana, "backlog", NOW)


@in_a_session
def test_a_cycle_that_was_talked_about_stays_though_it_begins_later_by_now(session):
    hana, bo = champion(session), person(session, "Bo")
    launch = running_cycle(session, hana)
    mine = objective(session, bo, cycle=launch)
    for step in (Step.BEGIN, Step.CLOSE, Step.REOPEN):
        cycles.step(session, hana, launch.id, step, NOW)
    beginning(session, hana, launch, TODAY + WEEK)
    moving.move(session, bo, mine.id, "backlog", NOW)
    with pytest.raises(Refusal, match="There is a retrospective of Launch already"):
        adjusting.remove(session, hana, launch.id, NOW)


async def test_no_objective_is_lost_when_its_cycle_is_removed_at_the_same_instant(db):
    def begin(session):
        hana, ada = champion(session), person(session)
        return hana, ada, planned_cycle(session, hana)

    hana, ada, spring = await db.run(begin)
    draft = ObjectiveDraft("New", Level.INDIVIDUAL, cycle="Spring")
    each = await asyncio.gather(
        db.run(lambda session: adjusting.remove(session, hana, spring.id, NOW)),
        db.run(lambda session: objectives.add(session, ada, draft, NOW).only),
        return_exceptions=True,
    )
    assert [isinstance(one, Refusal) for one in each].count(True) == 1, each
    left = await db.read(known.by_id, HERE, {spring.id})
    inside = await db.read(stored.in_cycle, HERE, spring.period)
    assert (len(left), len(inside)) in {(0, 0), (1, 1)}


async def test_two_cycles_never_get_the_same_name(db):
    def begin(session):
        hana = champion(session)
        return hana, running_cycle(session, hana), planned_cycle(session, hana)

    hana, *both = await db.run(begin)
    each = await asyncio.gather(
        *(db.run(lambda session, one=one: renamed(session, hana, one, "Summer")) for one in both),
        return_exceptions=True,
    )
    assert [isinstance(one, Refusal) for one in each].count(True) == 1, each
    names = [one.name for one in await db.read(known.all_of, HERE)]
    assert names.count("Summer") == 1


@in_a_session
def test_old_names_are_kept_for_cycles_alone(session):
    hana = champion(session)
    spring = planned_cycle(session, hana)
    beginning(session, hana, spring, TODAY + 3 * WEEK)
    assert kept.once_called(session, HERE, f"{TODAY + 2 * WEEK:%-d %B %Y}") is None
    assert kept.once_called(session, HERE, "Spring") is None
    assert cycle(session).id != spring.id
    assert not outbox.is_planned(session, HERE, "planning countdown")
