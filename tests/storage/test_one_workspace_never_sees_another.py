"""One workspace never sees another: each query is asked here about everything that is there.

Every public function of `storage` stands in one of the tables below, so that a new one fails until somebody has thought
of it.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from types import FunctionType
from typing import Any

import pytest

import storage
from domain.check_ins import CheckInId
from domain.cycles import BACKLOG, quarter
from domain.lists import Wanted
from domain.measures import MeasureKind
from domain.objectives import KeyResultId, ObjectiveId
from domain.outbox import Method
from domain.pace import fresh
from domain.people import Role, WorkspaceId
from domain.policy import Policy
from domain.references import Prefix
from storage import (
    adjusting,
    alignment,
    changes,
    check_ins,
    claims,
    closings,
    comments,
    cycles,
    dead_letters,
    dependencies,
    doubts,
    forgotten,
    inbox,
    key_results,
    lists,
    notices,
    objective_rows,
    objectives,
    outbox,
    paces,
    people,
    planning,
    policy,
    prepared,
    publishing,
    pulse,
    recognition,
    retrospectives,
    rows,
    schedules,
    sight,
    staging,
    suggestions,
    teams,
)
from storage.database import Database, Session
from storage.lists import Sought
from tests import examples
from tests.examples import NOW, TODAY
from tests.storage import company
from tests.storage.company import ELSEWHERE, HERE
from tests.storage.everything import ONCE, Side, There, everything, one_of_everything
from tests.storage.outbox import TERMS
from tests.storage.units import rolled_back

NOWHERE = WorkspaceId("T3")
LATE = NOW + timedelta(days=1)

Ask = Callable[[Session, Side, There], Any]

QUESTIONS: dict[Callable[..., Any], Ask] = {
    # what it is asked on one side about what is there; there it has an answer, here it has none
    adjusting.history: lambda s, at, there: adjusting.history(s, at.workspace, there.cycle.id, 5),
    adjusting.once_called: lambda s, at, _: adjusting.once_called(s, at.workspace, ONCE),
    adjusting.first_said: lambda s, at, there: adjusting.first_said(
        s, at.workspace, there.cycle.id, NOW - timedelta(days=9)
    ),
    retrospectives.of: lambda s, at, there: retrospectives.of(s, at.workspace, there.cycle.id),
    alignment.above: lambda s, at, there: alignment.above(s, at.workspace, there.objective.id),
    alignment.below: lambda s, at, there: alignment.below(s, at.workspace, there.objective.id),
    alignment.children: lambda s, at, there: alignment.children(s, at.workspace, there.objective.id),
    alignment.around: lambda s, at, there: alignment.around(s, at.workspace, there.objective.id),
    changes.touched: lambda s, at, there: changes.touched(s, at.workspace, [there.kr.id]),
    changes.set_by: lambda s, at, there: changes.set_by(s, at.workspace, there.objective.id),
    check_ins.said_since: lambda s, at, there: check_ins.said_since(s, at.workspace, [there.kr.id], NOW),
    dependencies.some: lambda s, at, _: dependencies.some(s, at.workspace, 0, 9),
    comments.some: lambda s, at, _: comments.some(s, at.workspace, 0, 9),
    closings.some: lambda s, at, _: closings.some(s, at.workspace, 0, 9),
    objectives.whole: lambda s, at, there: objectives.whole(s, at.workspace, [there.objective.id]),
    dependencies.unanswered: lambda s, at, there: dependencies.unanswered(s, at.workspace, [there.team.id], 9),
    dependencies.asked_by: lambda s, at, there: dependencies.asked_by(s, at.workspace, there.side.who.id, 9),
    dependencies.standing: lambda s, at, there: dependencies.standing(s, at.workspace, there.kr.id, there.team.id),
    dependencies.all_standing: lambda s, at, there: dependencies.all_standing(s, at.workspace, [there.kr.id]),
    dependencies.dependency: lambda s, at, there: dependencies.dependency(s, at.workspace, there.dependency),
    check_ins.current: lambda s, at, _: check_ins.current(s, at.who, NOW),
    check_ins.check_in: lambda s, at, there: check_ins.check_in(s, at.workspace, there.check_in.id),
    check_ins.about: lambda s, at, there: check_ins.about(s, at.workspace, [there.check_in.id])[there.check_in.id],
    check_ins.check_ins: lambda s, at, there: check_ins.check_ins(s, at.workspace, [there.check_in.id]),
    check_ins.states: lambda s, at, there: check_ins.states(s, at.workspace, [there.side.who.id], NOW),
    changes.of_objective: lambda s, at, there: changes.of_objective(s, at.workspace, there.objective.id),
    changes.of_objectives: lambda s, at, there: changes.of_objectives(s, at.workspace, [there.objective.id]),
    check_ins.some: lambda s, at, there: [
        *check_ins.some(s, at.workspace, CheckInId(0), 9),
        *check_ins.some(s, at.workspace, CheckInId(0), 9, [there.side.who.id]),
    ],
    changes.proposers: lambda s, at, there: changes.proposers(s, at.workspace, [there.proposal.id]),
    objectives.with_proposals: lambda s, at, there: objectives.with_proposals(s, at.workspace, there.cycle.id),
    objectives.parts_of: lambda s, at, there: objectives.parts_of(s, at.workspace, there.objective.id),
    objectives.some: lambda s, at, _: objectives.some(s, at.workspace, 0, 9),
    objectives.owners: lambda s, at, there: objectives.owners(s, at.workspace, [there.cycle.id]),
    people.only_ones_called: lambda s, at, there: people.only_ones_called(
        s, at.workspace, [there.side.who.name.casefold().partition(" ")[0]]
    ),
    people.everybody: lambda s, at, _: people.everybody(s, at.workspace),
    recognition.some: lambda s, at, _: recognition.some(s, at.workspace, 0, 9),
    staging.counted: lambda s, at, _: sum(staging.counted(s, at.workspace, f"of {ELSEWHERE}")),
    publishing.changed_meanwhile: lambda s, at, _: publishing.changed_meanwhile(s, at.workspace, f"of {ELSEWHERE}"),
    staging.members_of: lambda s, at, _: staging.members_of(s, at.workspace, f"of {ELSEWHERE}"),
    changes.of_key_result: lambda s, at, there: changes.of_key_result(s, at.workspace, there.kr.id),
    check_ins.history: lambda s, at, there: check_ins.history(s, at.workspace, there.kr.id),
    comments.comment: lambda s, at, there: comments.comment(s, at.workspace, there.comment),
    comments.latest: lambda s, at, there: comments.latest(s, at.workspace, there.objective.id, 5),
    comments.commenters: lambda s, at, there: comments.commenters(s, at.workspace, there.objective.id),
    check_ins.lately: lambda s, at, there: check_ins.lately(s, at.workspace, [there.kr.id], NOW)[there.kr.id],
    closings.taking_part: lambda s, at, there: closings.taking_part(
        s, at.workspace, [there.cycle.id], there.side.who.id
    ),
    cycles.named: lambda s, at, _: cycles.named(s, at.workspace, quarter(TODAY).name),
    cycles.running: lambda s, at, _: cycles.running(s, at.workspace, TODAY),
    cycles.all_of: lambda s, at, _: cycles.all_of(s, at.workspace),
    cycles.found: lambda s, at, _: cycles.found(s, at.workspace, quarter(TODAY)).id,
    cycles.not_over: lambda s, at, _: cycles.not_over(s, at.workspace, TODAY),
    cycles.teams_in: lambda s, at, there: cycles.teams_in(s, at.workspace, there.cycle.id),
    closings.of: lambda s, at, there: closings.of(s, at.workspace, [there.objective.id]),
    closings.awaited: lambda s, at, there: [
        *closings.awaited(s, at.workspace, [there.cycle.id], [there.side.who.id])[there.side.who.id]
    ],
    retrospectives.about: lambda s, at, there: retrospectives.about(s, at.workspace, there.objective.id),
    retrospectives.talked_about: lambda s, at, there: retrospectives.talked_about(
        s, at.workspace, there.cycle.id, there.team.id
    ),
    retrospectives.begun: lambda s, at, there: retrospectives.begun(s, at.workspace, there.cycle.id, None),
    retrospectives.groups: lambda s, at, there: retrospectives.groups(s, at.workspace, there.cycle.id),
    objectives.carried_on: lambda s, at, there: objectives.carried_on(s, at.workspace, [there.objective.id]),
    cycles.by_id: lambda s, at, there: cycles.by_id(s, at.workspace, {there.cycle.id}),
    lists.cycles_of: lambda s, at, _: [
        *lists.cycles_of(s, at.who, Wanted(), TODAY),
        *lists.cycles_of(s, at.who, Wanted(year=TODAY.year), TODAY),
        *lists.cycles_of(s, at.who, Wanted(cycle=quarter(TODAY).name), TODAY),
    ],
    lists.ids: lambda s, at, there: lists.ids(s, Sought(Wanted(), at.who, (there.cycle.id,))),
    suggestions.called: lambda s, at, there: suggestions.called(s, at.who, [there.cycle.id], ("o",), 9),
    suggestions.few: lambda s, at, there: suggestions.few(s, at.who, [there.cycle.id]),
    lists.count: lambda s, at, there: lists.count(s, Sought(Wanted(), at.who, (there.cycle.id,))),
    inbox.first_time: lambda s, at, _: not inbox.first_time(s, at.workspace, "Ev1", NOW),
    notices.all_of: lambda s, at, _: notices.all_of(s, at.workspace),
    objectives.in_cycle: lambda s, at, there: objectives.in_cycle(s, at.workspace, there.cycle.period),
    objectives.unclosed: lambda s, at, there: objectives.unclosed(
        s, replace(there.side.who, workspace=at.workspace), TODAY
    ),
    key_results.owned: lambda s, at, there: [
        *key_results.owned(s, at.workspace, TODAY, [there.side.who])[there.side.who.id]
    ],
    objectives.by_id: lambda s, at, there: objectives.by_id(s, at.workspace, [there.objective.id]),
    objectives.objective: lambda s, at, there: [
        *filter(
            None, (objectives.objective(s, at.workspace, which) for which in (there.objective.id, there.objective.ref))
        )
    ],
    key_results.key_result: lambda s, at, there: [
        *filter(None, (key_results.key_result(s, at.workspace, which) for which in (there.kr.id, there.kr.ref)))
    ],
    key_results.by_id: lambda s, at, there: key_results.by_id(s, at.workspace, [there.kr.id]),
    objectives.archived_key_results: lambda s, at, there: objectives.archived_key_results(
        s, at.workspace, there.cycle.period
    ),
    key_results.of: lambda s, at, there: key_results.of(s, at.who, there.cycle.period),
    paces.allowances: lambda s, at, _: 24 - paces.allowances(s, at.workspace, TERMS, NOW)[Method.POST].calls,
    doubts.take_up: lambda s, at, _: doubts.take_up(s, at.workspace, TERMS, LATE, 9),
    outbox.is_planned: lambda s, at, _: outbox.is_planned(s, at.workspace, "said"),
    outbox.where_said: lambda s, at, _: outbox.where_said(s, at.workspace, "said"),
    outbox.troubles: lambda s, at, _: outbox.troubles(s, at.workspace, 5),
    people.workspace: lambda s, at, _: getattr(people.workspace(s, at.workspace), "bot_user", ""),
    people.member: lambda s, at, there: people.member(s, at.workspace, there.side.who.slack_id),
    people.acting: lambda s, at, there: people.acting(s, at.workspace, there.side.who.slack_id),
    people.members: lambda s, at, there: people.members(s, at.workspace, [there.side.who.slack_id]),
    people.by_id: lambda s, at, there: people.by_id(s, at.workspace, [there.side.who.id]),
    people.admins: lambda s, at, _: people.admins(s, at.workspace),
    people.count_people: lambda s, at, there: people.count_people(s, at.workspace, [there.team.id]),
    people.zones: lambda s, at, _: people.zones(s, at.workspace),
    planning.show_homes: lambda s, at, there: planning.show_homes(s, at.workspace, [there.side.who.id], NOW),
    people.dm_channels: lambda s, at, there: people.dm_channels(s, at.workspace, [there.side.who.slack_id]),
    people.holders: lambda s, at, _: people.holders(s, at.workspace),
    planning.people_asked: lambda s, at, there: planning.people_asked(s, planning.Asked(at.workspace, TODAY)),
    planning.unmoved: lambda s, at, _: planning.unmoved(
        s, planning.Asked(at.workspace, TODAY), NOW - timedelta(days=60), NOW, MeasureKind
    ),
    policy.last_changed: lambda s, at, _: policy.last_changed(s, at.workspace),
    policy.policy: lambda s, at, _: policy.policy(s, at.workspace) != Policy(),
    recognition.recognition: lambda s, at, there: recognition.recognition(s, at.workspace, there.thanks.id),
    recognition.recent: lambda s, at, _: recognition.recent(s, at.workspace, 5),
    recognition.concerning: lambda s, at, _: recognition.concerning(s, at.who, 5),
    recognition.for_objectives: lambda s, at, there: recognition.for_objectives(s, at.workspace, [there.objective.id]),
    schedules.schedule: lambda s, at, _: schedules.schedule(s, at.workspace),
    teams.all_of: lambda s, at, _: teams.all_of(s, at.workspace, archived=True),
    teams.names: lambda s, at, _: teams.names(s, at.workspace),
    teams.by_id: lambda s, at, there: teams.by_id(s, at.workspace, [there.team.id]),
}

CHANGES: dict[Callable[..., Any], Callable[[Session, Side], Any]] = {
    # what is done here; nothing of what is there changes, however alike the names are
    adjusting.adjust: lambda s, at: adjusting.adjust(
        s, at.workspace, replace(cycles.found(s, at.workspace, quarter(TODAY)), closes=TODAY)
    ),
    adjusting.put_into: lambda s, at: adjusting.put_into(
        s, at.workspace, cycles.found(s, at.workspace, quarter(TODAY)), cycles.opened(s, at.workspace, BACKLOG)
    ),
    adjusting.remove: lambda s, at: adjusting.remove(s, at.workspace, cycles.opened(s, at.workspace, BACKLOG)),
    retrospectives.begin: lambda s, at: retrospectives.begin(
        s, at.workspace, cycles.found(s, at.workspace, quarter(TODAY)).id, None, "C1", "talk", NOW
    ),
    closings.remind: lambda s, at: closings.remind(
        s, at.workspace, "closing begun", cycles.found(s, at.workspace, quarter(TODAY)), "a test", LATE, NOW
    ),
    closings.call_off: lambda s, at: closings.call_off(
        s, at.workspace, cycles.found(s, at.workspace, quarter(TODAY)), "closing begun", "called off", "a test", NOW
    ),
    closings.open_again: lambda s, at: closings.open_again(
        s, at.workspace, cycles.found(s, at.workspace, quarter(TODAY))
    ),
    closings.count_down: lambda s, at: closings.count_down(
        s, at.workspace, cycles.found(s, at.workspace, quarter(TODAY)), 7, "a test", LATE, NOW
    ),
    forgotten.ask: lambda s, at: forgotten.ask(
        s, at.workspace, cycles.found(s, at.workspace, quarter(TODAY)), LATE, "a test", LATE, NOW
    ),
    forgotten.ask_for_targets: lambda s, at: forgotten.ask_for_targets(
        s, at.workspace, cycles.found(s, at.workspace, quarter(TODAY)), LATE, "a test", LATE, NOW
    ),
    cycles.opened: lambda s, at: cycles.opened(s, at.workspace, quarter(TODAY)),
    planning.keep_quiet: lambda s, at: planning.keep_quiet(s, at.workspace, KeyResultId(1), TODAY),
    notices.keep: lambda s, at: notices.keep(s, at.workspace, "people", "another", NOW),
    notices.mended: lambda s, at: notices.mended(s, at.workspace, "people"),
    outbox.put: lambda s, at: outbox.put(s, company.outgoing("waiting", at.workspace), NOW),
    claims.claim: lambda s, at: claims.claim(s, at.workspace, TERMS, NOW, LATE, 9),
    paces.limit: lambda s, at: paces.limit(s, at.workspace, Method.POST, NOW, NOW, TERMS, NOW),
    paces.pause: lambda s, at: paces.pause(s, at.workspace, "chat.postMessage", paces.EVERYWHERE, NOW),
    paces.pause_each: lambda s, at: paces.pause_each(s, at.workspace, "chat.postMessage", ["UGUS"], NOW),
    paces.take: lambda s, at: paces.take(s, at.workspace, [(Method.POST, fresh(9, NOW), 1)]),
    key_results.begin: lambda s, at: key_results.begin(s, at.workspace, list(map(KeyResultId, range(99))), LATE),
    alignment.hang: lambda s, at: alignment.hang(
        s, at.workspace, ObjectiveId(1), dict.fromkeys(map(ObjectiveId, range(1, 99)))
    ),
    key_results.decline: lambda s, at: key_results.decline(s, at.workspace, list(map(KeyResultId, range(99)))),
    outbox.put_all: lambda s, at: outbox.put_all(s, [company.outgoing("waiting", at.workspace)], NOW),
    outbox.withdraw_each: lambda s, at: outbox.withdraw_each(s, at.workspace, ["waiting"], NOW),
    outbox.withdraw: lambda s, at: outbox.withdraw(s, at.workspace, "waiting", NOW),
    people.keep_workspace: lambda s, at: people.keep_workspace(s, at.workspace, "Renamed", "UOTHER"),
    people.keep_installer: lambda s, at: people.keep_installer(s, at.workspace, "UHERE"),
    people.finish_set_up: lambda s, at: people.finish_set_up(s, at.workspace, NOW),
    people.keep_profiles: lambda s, at: people.keep_profiles(s, at.workspace, [company.profile("Gus")], "UTC"),
    people.keep_dm_channels: lambda s, at: people.keep_dm_channels(s, at.workspace, {"UGUS": "D9"}),
    people.grant: lambda s, at: people.grant(s, at.workspace, {Role.CHAMPION: []}, at.who, NOW),
    policy.change: lambda s, at: policy.change(s, at.workspace, {"recognition_channel": None}, at.who, NOW),
    rows.next_number: lambda s, at: rows.next_number(s, at.workspace, Prefix.OBJECTIVE),
    schedules.keep: lambda s, at: schedules.keep(s, at.workspace, company.WEEKLY),
    staging.clear: lambda s, at: [staging.clear(s, at.workspace, 9, batch) for batch in (f"of {ELSEWHERE}", None)],
    publishing.reserved: lambda s, at: publishing.reserved(s, at.workspace, (3, 4)),
    publishing.publish: lambda s, at: publishing.publish(
        s, at.who, f"of {at.workspace}", publishing.Numbers(range(90, 91), range(0)), NOW
    ),
    teams.add: lambda s, at: teams.add(s, at.workspace, "Growth"),
}

BY_VALUE = {
    # given a value that a question above has answered with, or that names its own workspace
    adjusting.record,
    changes.record,
    comments.add,
    key_results.settle,
    staging.of_batch,
    staging.stage,
    check_ins.settle,
    closings.keep,
    retrospectives.told,
    retrospectives.unsaid,
    cycles.begin_closing,
    cycles.close,
    cycles.look_again,
    dependencies.add,
    dependencies.settle,
    dependencies.looked_at,
    check_ins.undo,
    cycles.met,
    cycles.begun_and_not_over,
    cycles.runs_on,
    check_ins.record,
    check_ins.said_in,
    check_ins.keep_blocker,
    objective_rows.beside,
    objective_rows.counting,
    objective_rows.heading_of,
    objective_rows.ids_in,
    objective_rows.key_result_of,
    objective_rows.parts_in,
    objective_rows.with_parts,
    objectives.add,
    objectives.change,
    objectives.archive,
    objectives.share,
    key_results.let_help,
    key_results.add,
    key_results.change,
    key_results.archive,
    key_results.move,
    doubts.cannot_look,
    doubts.doubt,
    doubts.found,
    doubts.look_later,
    doubts.missed,
    claims.confirm,
    claims.put_back,
    claims.give_up,
    outbox.put_each,
    outbox.each_of,
    outbox.outgoing,
    claims.remember_channels,
    people.home_opened,
    people.whole,
    people.met,
    planning.open_for,
    policy.changes_in,
    policy.remember,
    planning.close_prompts,
    planning.prompt_for,
    planning.show_homes_of,
    pulse.beat,
    recognition.add,
    schedules.keep_due,
    schedules.zones_without,
    schedules.forget_dues,
    teams.change,
    teams.follow_usergroup,
    teams.archive,
}

FOR_ALL = {
    # Cairn's own housekeeping, and that of whoever runs it, in every workspace at once
    dead_letters.listed,
    dead_letters.counts,
    dead_letters.requeue,
    dead_letters.drop,
    dependencies.due,
    dependencies.next_due,
    retrospectives.untold,
    cycles.due,
    cycles.next_due,
    inbox.forget,
    doubts.doubt_unsent,
    doubts.lose,
    outbox.waiting,
    outbox.clear,
    people.workspaces,
    people.every_workspace,
    pulse.whole,
    schedules.due,
    schedules.next_due,
    claims.is_person,
    outbox.state_is,
    paces.forget_pauses,
    rows.upsert,
    rows.run,
    rows.word,
    prepared.insert_of,
    sight.asker,
    sight.readable,
    sight.sight,
    sight.within,
    rows.among,
    rows.listed,
    rows.rows,
    rows.columns,
    rows.among_words,
    rows.holding,
    rows.with_tags,
    rows.line,
    rows.new_id,
}


BENEATH = {
    *("backup", "clock", "columns", "database", "files", "in_use", "migrating", "migrations", "postgresql", "restore"),
    *("sqlite", "tables", "unavailable", "units"),
}
"""Modules that ask nothing: they are about tables, files and whole databases."""


def public_functions() -> Iterator[FunctionType]:
    for found in pkgutil.iter_modules(storage.__path__):
        if found.name in BENEATH:
            continue
        module = importlib.import_module(f"storage.{found.name}")
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_"):
                yield function


def named(function: Callable[..., Any]) -> str:
    return f"{function.__module__.removeprefix('storage.')}.{function.__name__}"


def test_every_function_of_the_storage_has_its_place_here():
    placed = [*QUESTIONS, *CHANGES, *BY_VALUE, *FOR_ALL]
    homeless = {*map(named, public_functions())} - {*map(named, placed)}
    assert homeless == set(), "Put each of these in one of the tables above."


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def two_sides_url(request):
    return request.getfixturevalue(request.param).fresh()


@pytest.fixture(scope="module")
async def two_sides(two_sides_url):
    """A database with two workspaces in it, in each of which there is one of everything."""
    opened = Database(two_sides_url)
    yield opened
    await opened.close()


@pytest.fixture(scope="module")
async def there(two_sides):
    return await two_sides.run(one_of_everything, ELSEWHERE)


@pytest.fixture(scope="module")
async def here(two_sides, there):
    return await two_sides.run(one_of_everything, HERE)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=map(named, QUESTIONS))
@rolled_back("two_sides")
def test_what_is_there_cannot_be_seen_from_anywhere_else(session, there, here, question):
    assert question(session, there.side, there), "there it has an answer"
    stranger = examples.member(there.side.who.id + 1000, workspace=NOWHERE, slack_id="UGUS")
    assert not question(session, Side(NOWHERE, stranger), there)


@pytest.mark.parametrize("change", CHANGES.values(), ids=map(named, CHANGES))
@rolled_back("two_sides")
def test_what_is_done_here_changes_nothing_there(session, there, here, change):
    before = everything(session, ELSEWHERE)
    change(session, here.side)
    session.flush()
    session.expire_all()
    assert everything(session, ELSEWHERE) == before


@rolled_back("two_sides")
def test_planning_for_one_side_asks_nobody_on_the_other(session, there, here):
    before = everything(session, ELSEWHERE)
    asked, week = planning.Asked(HERE, TODAY), company.week(here.weekly)
    planning.open_for(session, asked, here.weekly, week)
    assert planning.prompt_for(session, asked, here.weekly, week, week.closes, NOW) == 1
    planning.close_prompts(session, asked, here.weekly, replace(week, day=week.day + timedelta(days=7)), week.closes)
    assert everything(session, ELSEWHERE) == before
