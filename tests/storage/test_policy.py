"""A workspace's settings, and who changed which of them when."""

from dataclasses import asdict, fields, replace
from datetime import date, time, timedelta

from sqlmodel import select

from domain.policy import Policy
from storage import policy
from storage.tables import PolicyChangeRow
from tests.examples import NOW
from tests.storage.company import HERE, admin, person
from tests.storage.units import in_a_session

OTHERWISE = Policy(
    zone="Asia/Kolkata",
    check_in_weekday=2,
    check_in_at=time(16, 30),
    first_check_in=date(2026, 12, 2),
    asked_since=date(2026, 11, 30),
    pilot_teams=(3, 5),
    recognition_channel="C0KUDOS",
    values=("speed", "søgen"),
    shortest_reason=20,
    most_recipients=3,
    behind=0.2,
    far_behind=0.5,
    stale_after=timedelta(days=6, hours=12),
    low_confidence=4,
    flat_weeks=3,
    most_objectives=3,
    most_key_results=4,
    quarters=False,
    planning_weeks=5,
    closing_days=7,
    review=True,
)


def trail(session) -> list[tuple]:
    rows = session.exec(select(PolicyChangeRow).order_by(PolicyChangeRow.id))
    return [(row.name, row.value, row.changed_by, row.at) for row in rows]


@in_a_session
def test_a_workspace_begins_with_what_the_field_has_found_to_work(session):
    assert policy.policy(session, HERE) == Policy()


def test_the_example_changes_every_setting():
    before, after = asdict(Policy()), asdict(OTHERWISE)
    assert [field.name for field in fields(Policy) if before[field.name] == after[field.name]] == []


@in_a_session
def test_every_setting_comes_back_as_it_was_given(session):
    gus = admin(session)
    policy.change(session, HERE, asdict(OTHERWISE), gus, NOW)
    kept = policy.policy(session, HERE)
    assert kept == OTHERWISE
    assert [type(value) for value in asdict(kept).values()] == [type(value) for value in asdict(OTHERWISE).values()]


@in_a_session
def test_every_change_stays_on_record_with_its_author(session):
    gus, ada = admin(session), person(session)
    policy.change(session, HERE, {"recognition_channel": "C1", "behind": 0.2}, gus, NOW)
    policy.change(session, HERE, {"recognition_channel": None}, ada, NOW + timedelta(days=1))

    assert policy.policy(session, HERE) == replace(Policy(), behind=0.2)
    assert trail(session) == [
        ("recognition_channel", "C1", gus.id, NOW),
        ("behind", 0.2, gus.id, NOW),
        ("recognition_channel", None, ada.id, NOW + timedelta(days=1)),
    ]


@in_a_session
def test_what_stays_as_it_is_leaves_no_trace(session):
    gus = admin(session)
    policy.change(session, HERE, asdict(Policy()), gus, NOW)
    assert trail(session) == []


@in_a_session
def test_a_setting_of_an_older_cairn_is_passed_over(session):
    gus = admin(session)
    session.add(PolicyChangeRow(workspace=HERE, name="mascot", value="goat", changed_by=gus.id, at=NOW))
    session.flush()
    assert policy.policy(session, HERE) == Policy()
