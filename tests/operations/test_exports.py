"""Exports: only what somebody may see goes out, and what goes out can be brought in again."""

import csv
import gc
import io
import json
import os
import tracemalloc
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, insert, select

from domain import words
from domain.changes import Change, What, of_key_result
from domain.closing import Closing, Mattered, Verdict
from domain.cycles import BACKLOG, Period
from domain.errors import NotAllowed, Refusal
from domain.exports import OKRS
from domain.measures import Measure, MeasureKind
from domain.objectives import Answered, KeyResultHeading, Level, Stage, Visibility
from domain.people import Kind
from operations import exports
from operations.exports import Sight
from storage import changes, check_ins, closings, comments, cycles, dependencies, key_results, objectives
from storage.tables import CommentRow, KeyResultRow, ObjectiveRow
from tests import examples, spreadsheets, strategies
from tests.examples import NOW, TODAY
from tests.spreadsheets import brought, planned, rows_of
from tests.storage.company import (
    ELSEWHERE,
    HERE,
    admin,
    check_in,
    cycle,
    key_result,
    objective,
    outgoing,
    person,
    team,
    thanks,
)
from tests.storage.outbox import planned as waiting
from tests.storage.units import in_a_session

TABLES = ("okrs", "history", "check-ins", "recognition", "comments", "dependencies", "closings")

EVERYTHING = Sight(HERE, everything=True)
EVERYBODY = Sight(HERE)


def exported(session, sight):
    """The files of an export now, through somebody's eyes."""
    return spreadsheets.exported(session, sight, NOW)


def titles(session, sight):
    return [row["Title"] for row in rows_of(exported(session, sight), "okrs.csv")]


# how it stands today


@in_a_session
def test_each_stands_as_it_does_today_where_anybody_asks(session):
    ada = person(session)
    late = cycle(session, day=TODAY + timedelta(days=60))
    old = cycle(session, day=TODAY - timedelta(days=200))
    mixed = objective(session, ada, "Mixed")
    key_result(session, mixed, title="Silent", updated_at=None)
    fresh = key_result(session, mixed, title="Behind")
    shelved = key_result(session, mixed, title="Shelved")
    key_results.move(session, [replace(fresh, measure=examples.measure(current="0"), updated_at=NOW)])
    key_results.archive(session, shelved, NOW)
    for title, made in {
        "Draft": {"stage": Stage.DRAFT},
        "Proposed": {"stage": Stage.PROPOSED},
        "Planned": {"cycle": late},
        "Closed": {"cycle": old},
    }.items():
        key_result(session, objective(session, ada, title, **made), title=f"{title}'s", updated_at=None)
    gone = objective(session, ada, "Archived")
    key_result(session, gone, title="Archived's")
    objectives.archive(session, gone, NOW)
    objective(session, ada, "Empty")

    stands = {row["Title"]: row["Status"] for row in rows_of(exported(session, EVERYTHING), "okrs.csv")}

    assert stands.pop("Mixed") == "off track"
    assert (stands.pop("Silent"), stands.pop("Behind")) == ("stale", "off track")
    assert len(stands) > 10
    assert set(stands.values()) == {""}
    mine = {row["Title"]: row["Status"] for row in rows_of(exported(session, Sight(HERE, ada)), "okrs.csv")}
    assert (mine["Mixed"], mine["Silent"]) == ("off track", "stale")


# what goes out comes in again

MEASURES = [
    Measure(Decimal("-2"), Decimal("4.5"), Decimal("-1.25"), "€"),
    Measure(Decimal(90), Decimal(3), Decimal(95), "number", MeasureKind.DECREASE),
    Measure(Decimal(0), Decimal("99.5"), Decimal("99.7"), "%", MeasureKind.AT_LEAST),
    Measure(Decimal(0), Decimal(10), Decimal(12), "=1+1", MeasureKind.AT_MOST),
    Measure(Decimal(3), Decimal(2), Decimal(-1), "%", MeasureKind.AT_MOST),
    Measure(Decimal(2), Decimal(10), Decimal(-4), "people"),
    Measure(Decimal(1), Decimal(4), Decimal(5), "°C", MeasureKind.BETWEEN, Decimal(6)),
    Measure(Decimal(0), Decimal(3), Decimal(2), "", MeasureKind.MILESTONES, None, ("=A1", "Two, and more", "Three")),
    Measure(Decimal(0), Decimal(3), Decimal(0), "", MeasureKind.MILESTONES, None, ("Once", "Twice", "=A1")).reaching(
        ("Twice", "=A1")
    ),
    Measure(Decimal(0), Decimal(1), Decimal(1), "", MeasureKind.DONE),
    Measure(Decimal(0), Decimal(1), Decimal(0), "", MeasureKind.DONE),
    Measure(Decimal(0), Decimal(0), Decimal(0), "hours", MeasureKind.BASELINE, measured=False),
    Measure(Decimal(0), Decimal(0), Decimal(7), "", MeasureKind.BASELINE),
]


def hostile_titles():
    """Every hostile text that can be a title."""
    for text in (*strategies.HOSTILE, "=1+1", "'=1+1", "-2", "+SUM(A1)", "@here", '"quoted", and; more\ttabs'):
        try:
            yield words.title(text)
        except Refusal:
            continue


def a_company(session, at):
    """One of everything that an export holds, in a workspace."""
    ada, bo, gus = person(session, workspace=at), person(session, "Bo", at), admin(session, workspace=at)
    growth = team(session, "Growth, craft & “care”", bo, ada)
    year = cycles.opened(session, at, Period("Year of the snail", date(2026, 2, 1), date(2027, 1, 31)))
    backlog = cycles.opened(session, at, BACKLOG)
    old = cycle(session, at, TODAY - timedelta(days=200))
    top = objective(session, gus, "Win", level=Level.COMPANY, cycle=year, aspirational=True, tags=("bold", "2026"))
    objectives.share(session, top, [ada, bo])
    under = objective(
        session, bo, "Grow", level=Level.TEAM, team=growth, parent=top.heading, description="Why?\n=1+1\n\n• because"
    )
    for number, measure in enumerate(MEASURES):
        kr = key_result(session, under, ada, title=f"Result {number}", measure=measure, weight=Decimal(number))
        key_results.let_help(session, kr, [bo, gus] if number % 2 else [])
    pulled = objectives.objective(session, at, under.ref).key_results[3]
    objective(
        session,
        ada,
        "Call everybody",
        team=growth,
        parent=under.heading,
        parent_key_result=KeyResultHeading(pulled.id, pulled.number, pulled.title),
        tags=("one",),
    )
    objective(session, ada, "Only mine", visibility=Visibility.PRIVATE)
    objective(session, ada, "Only the team's", visibility=Visibility.TEAM, team=growth)
    objective(session, ada, "Not yet", stage=Stage.DRAFT)
    objective(session, ada, "Some day", cycle=backlog)
    for text in hostile_titles():
        key_result(session, objective(session, ada, text), title=text)
    past = objective(session, ada, "Long ago", cycle=old)
    key_result(session, past)
    objectives.archive(session, objective(session, ada, "Put away"), NOW)
    much_is_said(session, past, pulled, growth)
    return gus


def much_is_said(session, past, kr, growth):
    """One has ended, one waits for a team, and people talk, check in and thank each other."""
    ada = past.owner
    closings.keep(session, ada.workspace, closing(past, why="=1+1", learned="+2"))
    comments.add(session, ada, kr.objective, None, "=1+1", NOW)
    asked = dependencies.add(session, kr, growth, "@SUM(A1)", ada, NOW)
    dependencies.settle(session, asked, Answered.DECLINED, "-1+1", ada, NOW)
    check_ins.keep_blocker(session, ada, check_in(session, ada), "=1+1", NOW)
    changes.record(session, ada.workspace, Change(kr.objective, What.TITLE, "=1", "+1", ada.id, NOW))
    thanks(session, ada, ada, under=past)


def closing(objective, **said):
    """How an objective ended, in its owner's words."""
    built = Closing(
        objective=objective.id,
        suggested=Decimal("0.4"),
        score=Decimal("0.55"),
        why="Sales helped",
        mattered=Mattered.PARTLY,
        learned="Ask earlier",
        verdict=Verdict.CHANGE,
        by=objective.owner.id,
        at=NOW,
    )
    return replace(built, **said)


def shape(one):
    """All of an objective that an import brings, without numbers and ids."""
    return {
        "about": (one.title, one.level, one.team.name if one.team else None, one.description, one.tags),
        "owners": (one.owner.slack_id, {each.slack_id for each in one.co_owners}),
        "how": (one.visibility, one.stage, one.aspirational, one.cycle.period),
        "above": (one.parent and one.parent.title, one.parent_key_result and one.parent_key_result.title),
        "key results": [
            (kr.title, kr.owner.slack_id, {each.slack_id for each in kr.contributors}, kr.measure, kr.weight, kr.tags)
            for kr in one.key_results
        ],
    }


def everything_open(session, at):
    """Every objective of a cycle that is not over, by title."""
    each = [
        one
        for found in cycles.all_of(session, at)
        if not found.is_closed(TODAY)
        for one in objectives.in_cycle(session, at, found.period)
    ]
    return {one.title: shape(one) for one in each}


@in_a_session
def test_what_is_exported_is_imported_as_it_was(session):
    a_company(session, HERE)
    file = exported(session, EVERYTHING)["okrs.csv"]
    person(session, workspace=ELSEWHERE)
    bo, gus = person(session, "Bo", ELSEWHERE), admin(session, workspace=ELSEWHERE)
    team(session, "Growth, craft & “care”", bo)

    plan, _ = planned(session, gus, file, NOW)
    told = {row.title: row.fate.because for row in plan.rows if hasattr(row.fate, "because")}
    brought(session, gus, file, NOW)

    there, here = everything_open(session, ELSEWHERE), everything_open(session, HERE)
    assert len(there) > 25
    assert there == here
    assert told == {
        "Long ago": "Q2 2026 is closed: what is in it no longer changes.",
        "Weekly sign-ups": "It is left out together with its objective.",
        "Put away": "It is archived.",
    }


@in_a_session
def test_what_is_exported_is_here_already_where_it_came_from(session):
    gus = a_company(session, HERE)
    file = exported(session, Sight(HERE, gus))["okrs.csv"]

    plan, _ = planned(session, gus, file, NOW)

    assert b",Status," in file
    assert plan.unread == ()
    assert len(plan.rows) > 30
    assert all(hasattr(row.fate, "because") for row in plan.rows)


@in_a_session
def test_no_cell_of_an_export_is_a_formula(session):
    a_company(session, HERE)

    for name, data in exported(session, EVERYTHING).items():
        if name.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
            assert [
                cell for cell in cells if cell[:1] in set("=+@\t\r") or (cell[:1] == "-" and not number(cell))
            ] == []


def number(cell):
    try:
        return Decimal(cell) is not None
    except ArithmeticError:
        return False


@in_a_session
def test_the_json_holds_every_table_as_it_is(session):
    a_company(session, HERE)
    files = exported(session, EVERYTHING)

    whole = json.loads(files["cairn.json"])

    assert ["workspace", *TABLES] == list(whole)
    assert {f"{table}.csv" for table in TABLES} | {"cairn.json"} == set(files)
    for table in TABLES:
        assert len(whole[table]) == len(rows_of(files, f"{table}.csv")) > 0, table
    assert tuple(whole["okrs"][0]) == OKRS
    assert "=1+1" in {row["Title"] for row in whole["okrs"]}


# only what somebody may see


@in_a_session
def test_each_sees_what_is_theirs_to_see(session):
    a_company(session, HERE)
    ada, bo, zoe = person(session), person(session, "Bo"), person(session, "Zoe")
    hidden = ("Only mine", "Only the team's", "Not yet")

    def seen(sight):
        found = titles(session, sight)
        return [title for title in hidden if title in found]

    assert seen(EVERYTHING) == list(hidden)
    assert seen(Sight(HERE, ada)) == list(hidden)
    assert seen(Sight(HERE, bo)) == ["Only the team's"]
    assert seen(Sight(HERE, zoe)) == []
    assert seen(EVERYBODY) == []
    assert "Grow" in titles(session, EVERYBODY)


@in_a_session
def test_what_is_hidden_is_named_nowhere(session):
    ada, zoe = person(session), person(session, "Zoe")
    secret = objective(session, ada, "Sell the company", visibility=Visibility.PRIVATE)
    kr = key_result(session, secret, title="Find a buyer")
    open_one = objective(session, ada, "Tidy up", parent=secret.heading)
    check_ins.record(session, HERE, examples.update(kr, by=ada.id, check_in=None, note="A buyer called"))
    changes.record(
        session,
        HERE,
        Change(secret.id, What.TITLE, "Sell the company?", "Sell the company", ada.id, NOW),
        Change(open_one.id, What.PARENT, "", "O-1 Sell the company", ada.id, NOW),
    )
    thanks(session, ada, zoe, under=secret)
    comments.add(session, ada, secret.id, kr, "Sell it to whom?", NOW)
    dependencies.add(session, kr, team(session, "Legal", zoe), "A contract for the buyer", ada, NOW)
    closings.keep(session, HERE, closing(secret, learned="Sell earlier"))
    ended = objective(session, ada, "Tidied up")
    closings.keep(session, HERE, closing(ended))
    objectives.change(session, replace(secret, carried_from=ended.heading, score=Decimal("0.55")))

    for sight in (Sight(HERE, zoe), EVERYBODY):
        whole = b"".join(exported(session, sight).values()).decode()
        assert "Tidy up" in whole
        assert "Stayed late" in whole
        assert "Ask earlier" in whole
        assert not [word for word in ("Sell", "buyer", "O-1 ", "O-1,", '"O-1"') if word in whole]
    mine = b"".join(exported(session, Sight(HERE, ada)).values()).decode()
    for word in ("A buyer called", "Sell it to whom?", "A contract for the buyer", "Sell earlier"):
        assert word in mine
    assert ("Tidied up", "O-1") in [
        (row["Title"], row["Carried to"]) for row in rows_of(exported(session, Sight(HERE, ada)), "closings.csv")
    ]


@in_a_session
def test_the_history_holds_updates_and_changes_with_who_and_when(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada))
    check_ins.record(session, HERE, examples.update(kr, "45", by=ada.id, check_in=None))
    changes.record(session, HERE, Change(kr.objective, What.TARGET, "100", "120", ada.id, NOW, kr.id, "It grew"))

    said, changed = rows_of(exported(session, EVERYBODY), "history.csv")

    assert (said["What"], said["Before"], said["After"], said["Why"]) == ("value", "40", "45", "Two big customers")
    assert (said["At"], said["By"], said["By Slack ID"]) == ("2026-11-23T09:00:00Z", "Ada", "UADA")
    assert (changed["Reference"], changed["What"], changed["After"], changed["Why"]) == (
        "KR-1",
        "target",
        "120",
        "It grew",
    )


@in_a_session
def test_the_history_says_how_a_value_was_measured_then_and_where_it_began_anew(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada))
    check_ins.record(session, HERE, examples.update(kr, "45", by=ada.id, check_in=None))
    steps = replace(kr, measure=examples.milestones(0))
    changes.record(session, HERE, *of_key_result(kr, steps, ada.id, NOW))
    check_ins.record(session, HERE, examples.update(steps, "1", by=ada.id, check_in=None))

    rows = rows_of(exported(session, EVERYBODY), "history.csv")

    told = [(row["Before"], row["After"], row["Out of"]) for row in rows if row["What"] == "value"]
    assert told == [("40", "45", ""), ("0", "1", "4"), ("40 sign-ups", "0 of 4 milestones", "")]


@in_a_session
def test_the_history_names_each_milestone_that_was_reached_or_taken_back(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada), measure=examples.milestones(1))
    made = examples.update(kr, "2", by=ada.id, check_in=None)
    check_ins.record(session, HERE, replace(made, reached=("Beta", "=1+1"), taken_back=("Draft",)))

    told = [(row["What"], row["Before"], row["After"]) for row in rows_of(exported(session, EVERYBODY), "history.csv")]

    assert told == [
        ("value", "1", "2"),
        ("milestone", "", "Beta"),
        ("milestone", "", "'=1+1"),
        ("milestone", "Draft", ""),
    ]


@in_a_session
def test_what_people_said_of_an_objective_and_of_its_key_results(session):
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada)
    kr, declined = key_result(session, mine), key_result(session, mine, title="Faster", stage=Stage.DECLINED)
    comments.add(session, bo, mine.id, None, "=Is that\nenough?", NOW)
    comments.add(session, ada, mine.id, kr, "It is", NOW)
    comments.add(session, ada, mine.id, declined, "That is not", NOW)

    asked, said = rows_of(exported(session, EVERYBODY), "comments.csv")

    assert tuple(asked.values()) == (
        *("2026-11-23T09:00:00Z", "O-1", "Nobody waits for us", "'=Is that\nenough?", "Bo", "UBO"),
    )
    assert (said["Reference"], said["Title"], said["Comment"], said["By"]) == ("KR-1", kr.title, "It is", "Ada")
    assert len(rows_of(exported(session, EVERYTHING), "comments.csv")) == 3


@in_a_session
def test_what_is_needed_of_other_teams_and_what_they_say_to_it(session):
    ada, bo = person(session), person(session, "Bo")
    sales = team(session, "Sales", bo)
    kr = key_result(session, objective(session, ada))
    later = NOW + timedelta(hours=2)
    for needed, state, said in (
        ("A list of customers", None, ""),
        ("An offer", Answered.CONFIRMED, "By May"),
        ("A fair", Answered.DECLINED, "Not this year"),
        ("A discount", Answered.WITHDRAWN, ""),
    ):
        asked = dependencies.add(session, kr, sales, needed, ada, NOW)
        if state:
            dependencies.settle(session, asked, state, said, bo, later)

    waiting, confirmed, declined, gone = rows_of(exported(session, EVERYBODY), "dependencies.csv")

    assert confirmed == {
        "Reference": "D-2",
        "Key Result": "KR-1",
        "Title": kr.title,
        "Team": "Sales",
        "What For": "An offer",
        "State": "confirmed",
        "Answer": "By May",
        "Asked at": "2026-11-23T09:00:00Z",
        "Asked by": "Ada",
        "Asked by Slack ID": "UADA",
        "Answered at": "2026-11-23T11:00:00Z",
        "Answered by": "Bo",
        "Answered by Slack ID": "UBO",
    }
    assert (waiting["State"], waiting["Answered at"], waiting["Answered by"]) == ("asked", "", "")
    assert (declined["State"], declined["Answer"], gone["State"]) == ("declined", "Not this year", "withdrawn")


@in_a_session
def test_how_objectives_ended_and_what_comes_of_them(session):
    ada = person(session)
    mine, dropped = objective(session, ada), objective(session, ada, "Try it")
    closings.keep(session, HERE, closing(mine))
    closings.keep(session, HERE, closing(dropped, suggested=None, why="", learned="", verdict=Verdict.DROP))
    onward = objective(session, ada, "And on", cycle=cycle(session, day=date(2027, 1, 5)), carried_from=mine.heading)

    ended, over = rows_of(exported(session, EVERYBODY), "closings.csv")

    assert ended == {
        "Reference": "O-1",
        "Title": "Nobody waits for us",
        "Cycle": "Q4 2026",
        "Suggested Score": "0.4",
        "Score": "0.55",
        "Why": "Sales helped",
        "Moved What Mattered": "partly",
        "Learned": "Ask earlier",
        "Keep, Change or Drop": "change",
        "Carried to": str(onward.ref),
        "Carried into": "Q1 2027",
        "At": "2026-11-23T09:00:00Z",
        "By": "Ada",
        "By Slack ID": "UADA",
    }
    assert (over["Suggested Score"], over["Keep, Change or Drop"], over["Carried to"]) == ("", "drop", "")


@in_a_session
def test_what_was_said_before_a_cycle_was_opened_again_is_no_ending(session):
    ada = person(session)
    mine = objective(session, ada)
    closings.keep(session, HERE, closing(mine))
    closings.open_again(session, HERE, mine.cycle)

    assert not rows_of(exported(session, EVERYTHING), "closings.csv")


@in_a_session
def test_an_update_that_was_taken_back_is_no_history(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada))
    check_ins.record(session, HERE, examples.update(kr, "45", by=ada.id, check_in=None))
    session.connection().exec_driver_sql("UPDATE updates SET undone_at = at")

    assert not rows_of(exported(session, EVERYTHING), "history.csv")


@in_a_session
def test_check_ins_are_ones_own_and_those_of_the_teams_that_one_leads(session):
    ada, bo, zoe = person(session), person(session, "Bo"), person(session, "Zoe")
    team(session, "Growth", bo, ada)
    for who in (ada, zoe):
        key_result(session, objective(session, who))
        check_ins.keep_blocker(session, who, check_in(session, who), f"Waits, says {who.name}", NOW)
    bo = person(session, "Bo")

    def told(sight):
        return [row["Person"] for row in rows_of(exported(session, sight), "check-ins.csv")]

    assert told(Sight(HERE, ada)) == ["Ada"]
    assert told(Sight(HERE, bo)) == ["Ada"]
    assert told(EVERYTHING) == ["Ada", "Zoe"]
    assert told(EVERYBODY) == []
    assert "Waits, says Ada" in exported(session, Sight(HERE, bo))["check-ins.csv"].decode()


@pytest.mark.parametrize("moved", [False, True])
@in_a_session
def test_what_stands_in_the_way_of_something_hidden_is_for_who_wrote_it(session, moved):
    ada, bo, zoe = person(session), person(session, "Bo"), person(session, "Zoe")
    team(session, "Growth", bo, ada, zoe)
    for who in (ada, zoe):
        key_result(session, objective(session, who))
        check_ins.keep_blocker(session, who, check_in(session, who), f"Waits, says {who.name}", NOW)
    hidden = key_result(session, objective(session, ada, "Hush", visibility=Visibility.PRIVATE))
    if moved:
        said = examples.update(hidden, "45", by=ada.id, check_in=check_in(session, ada).id)
        check_ins.record(session, HERE, said)
        key_results.change(session, replace(hidden, owner=zoe))
        session.expire_all()
    bo = person(session, "Bo")

    def told(sight):
        return {row["Person"]: row["Blocker"] for row in rows_of(exported(session, sight), "check-ins.csv")}

    zoes = "" if moved else "Waits, says Zoe"
    assert told(Sight(HERE, bo)) == {"Ada": "", "Zoe": zoes}, "where there is any doubt it is not told"
    assert told(Sight(HERE, person(session))) == {"Ada": "Waits, says Ada"}
    assert told(EVERYTHING) == {"Ada": "Waits, says Ada", "Zoe": "Waits, says Zoe"}


@in_a_session
def test_a_guest_exports_what_a_guest_sees(session):
    ada, marek = person(session), person(session, "Marek", kind=Kind.GUEST)
    mine = objective(session, ada, "Everybody's business")
    thanks(session, ada, marek, under=mine)

    files = exported(session, Sight(HERE, marek))

    assert not rows_of(files, "okrs.csv")
    assert [row["Helped"] for row in rows_of(files, "recognition.csv")] == [""]


@in_a_session
def test_somebody_who_has_left_exports_nothing(session):
    zoe = person(session, "Zoe", active=False)

    with pytest.raises(NotAllowed, match="deactivated"):
        list(exports.tables(session, Sight(HERE, zoe), NOW))
    with pytest.raises(NotAllowed, match="deactivated"):
        exports.ask(session, zoe, NOW)


@in_a_session
def test_nothing_of_another_workspace_is_in_it(session):
    gus = a_company(session, ELSEWHERE)
    key_result(session, objective(session, gus))
    person(session)

    files = exported(session, EVERYTHING)

    assert [name for name in files if name.endswith(".csv") and rows_of(files, name)] == []


@in_a_session
def test_more_than_a_slice_is_read_in_slices(session):
    ada, zoe = person(session), person(session, "Zoe")
    for number in range(5):
        thanks(session, ada, zoe, under=objective(session, ada, f"Objective {number}"))

    files = spreadsheets.exported(session, EVERYBODY, NOW, at_once=2)

    assert [row["Title"] for row in rows_of(files, "okrs.csv")] == [f"Objective {number}" for number in range(5)]
    assert len(rows_of(files, "recognition.csv")) == 5


@in_a_session
def test_ten_times_as_much_takes_no_more_memory(session):
    ada = person(session)
    taken, written = [], []
    for many in (300, 3_000):
        much(session, ada, many)
        files, peak = traced(lambda: exports.files(session, ada, NOW, at_once=20))
        taken.append(peak)
        written.append(sum(os.fstat(file.fileno()).st_size for file in files.values()))
        assert sum(1 for _ in files["okrs.csv"]) == many + 1
        for file in files.values():
            file.close()
    assert written[1] > 9 * written[0]
    assert taken[1] < 1.2 * taken[0], f"{taken[0]:,} bytes and then {taken[1]:,}"


def traced(work):
    """What it gives, and the most memory that it takes meanwhile, in bytes.

    It is done twice, and no garbage is collected: a collection gives back what Python keeps for the next time, and that
    would be counted.
    """
    gc.disable()
    try:
        work()
        tracemalloc.start()
        return work(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.enable()


def much(session, who, many):
    """So many objectives and key results in all, and as many comments; what is there already is counted."""
    here = {"workspace": HERE, "owner": who.id, "created_by": who.id, "created_at": NOW}
    tops = [
        here | {"number": number, "title": f"Objective {number}", "level": "individual", "cycle": cycle(session).id}
        for number in range(session.scalar(select(func.count(ObjectiveRow.id))) + 1, many // 4 + 1)
    ]
    session.execute(insert(ObjectiveRow), tops)
    ids = session.scalars(select(ObjectiveRow.id).where(ObjectiveRow.number >= tops[0]["number"])).all()
    measure = {"kind": "increase", "start": Decimal(0), "target": Decimal(100), "current": Decimal(40)}
    parts = [
        here | measure | {"objective": id, "number": 3 * id + each, "title": f"Result {each}"}
        for id in ids
        for each in range(3)
    ]
    session.execute(insert(KeyResultRow), parts)
    said = [
        {"workspace": HERE, "objective": id, "member": who.id, "words": f"Well done, {each}", "at": NOW}
        for id in ids
        for each in range(4)
    ]
    session.execute(insert(CommentRow), said)


# asking for one in Slack


@in_a_session
def test_asking_twice_in_a_minute_sends_one(session):
    ada = person(session)
    exports.ask(session, ada, NOW)
    exports.ask(session, ada, NOW + timedelta(seconds=30))
    exports.ask(session, ada, NOW + timedelta(seconds=90))

    assert waiting(session, "export") == ["UADA", "UADA"]


@in_a_session
def test_whoever_asked_is_told_when_it_could_not_be_sent(session):
    person(session)
    exports.cannot_be_sent(session, outgoing("export 1", kind="export"), "missing_scope", NOW)

    assert waiting(session, "export failed") == ["UADA"]
