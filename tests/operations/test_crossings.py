"""Every change of status is kept, whatever brings it about, and none is told of that there never was."""

from datetime import timedelta
from itertools import pairwise

import pytest

from domain.changes import Change, What
from domain.check_ins import Answer
from domain.objectives import KeyResultId
from domain.references import Prefix, Reference
from operations import history, key_results, updates
from operations.exports import Sight
from storage import changes
from storage import key_results as known
from tests.examples import NOW
from tests.spreadsheets import exported, rows_of
from tests.storage.company import HERE, key_result, objective, owning, person
from tests.storage.units import in_a_session

KR_1 = Reference(Prefix.KEY_RESULT, 1)
IT = KeyResultId(0)
DAY = timedelta(days=1)


def moved(session, who, value, days=0):
    """Somebody updates KR-1, so many days from now."""
    return updates.move(session, who, KR_1, Answer(IT, value), NOW + days * DAY)


def changed(session, who, days=0, start="0", target="100", kind="increase", **others):
    """Somebody edits KR-1, so many days from now."""
    draft = key_results.KeyResultDraft("Weekly sign-ups", start, target, "", kind, **others)
    kr = known.key_result(session, HERE, KR_1)[0]
    key_results.change(session, who, kr.id, draft, NOW + days * DAY)
    session.expire_all()


def statuses(session, who, days):
    """Each change of its status that its history tells of then, the first one first."""
    told = history.told(session, who, KR_1, NOW + days * DAY).events
    return [each for each in reversed(told) if isinstance(each, Change) and each.what is What.STATUS]


def words(each):
    return [(change.before, change.after, change.by) for change in each]


@pytest.mark.parametrize(
    ("edit", "goes"),
    [
        ({"target": "60"}, "on track"),
        ({"target": "30"}, "done"),
        ({"start": "20", "target": "30"}, "done"),
        ({"current": "70"}, "on track"),
        ({"kind": "at least", "target": "20"}, "on track"),
        ({"kind": "done or not"}, "on track"),
    ],
    ids=str,
)
@in_a_session
def test_an_edit_that_moves_the_status_keeps_that_with_its_author(session, edit, goes):
    ada = owning(session)
    gus = person(session, "Gus", workspace_admin=True)
    moved(session, ada, "32")
    before = len(statuses(session, ada, 1))
    changed(session, gus, 1, **edit)
    assert words(statuses(session, ada, 1)[before:]) == [("at risk", goes, gus.id)]


@in_a_session
def test_an_edit_that_leaves_the_status_where_it_is_tells_of_none(session):
    ada = owning(session)
    moved(session, ada, "60")
    before = statuses(session, ada, 1)
    changed(session, ada, 1, target="110")
    assert statuses(session, ada, 1) == before


@in_a_session
def test_an_edit_keeps_what_time_had_done_before_it(session):
    ada = owning(session)
    moved(session, ada, "60")
    stale = statuses(session, ada, 13)[-1]
    assert stale.after == "stale"
    changed(session, ada, 14, target="110")
    assert statuses(session, ada, 15)[-1] == stale


@in_a_session
def test_what_is_taken_back_notes_the_way_back_also_in_an_export(session):
    ada = owning(session)
    moved(session, ada, "60")
    moved(session, ada, "done", 1)
    updates.undo(session, ada, KR_1, None, NOW + 2 * DAY)
    session.expire_all()
    assert words(statuses(session, ada, 2)[-2:]) == [("on track", "done", ada.id), ("done", "on track", ada.id)]
    rows = rows_of(exported(session, Sight(HERE), NOW + 2 * DAY), "history.csv")
    kept = [(row["Before"], row["After"], row["By"]) for row in rows if row["What"] == "status"]
    assert kept[-2:] == [("on track", "done", "Ada"), ("done", "on track", "Ada")]
    assert [row["After"] for row in rows if row["What"] == "value"] == ["60"]


@in_a_session
def test_after_several_undos_a_history_is_one_chain_without_days_that_never_were(session):
    ada = owning(session)
    for days, value in ((0, "60"), (7, "65"), (14, "70"), (21, "75")):
        moved(session, ada, value, days)
    for _ in range(3):
        updates.undo(session, ada, KR_1, None, NOW + 22 * DAY)
        session.expire_all()
    told = statuses(session, ada, 23)
    assert all(then.after == now.before for then, now in pairwise(told))
    between = [each for each in told if NOW < each.at < NOW + 22 * DAY]
    assert between == [], "it was looked at every week"
    whole = history.told(session, ada, Reference(Prefix.OBJECTIVE, 1), NOW + 23 * DAY).events
    assert {each for each in whole if isinstance(each, Change) and each.what is What.STATUS} == set(told)


@in_a_session
def test_what_happened_to_it_last_is_known_of_each(session):
    ada = person(session)
    mine = objective(session, ada)
    first, second, third = (key_result(session, mine) for _ in range(3))
    moved(session, ada, "45")
    updates.undo(session, ada, KR_1, None, NOW + DAY)
    key_results.archive(session, ada, second.id, NOW + 3 * DAY)
    touched = changes.touched(session, HERE, [first.id, second.id, third.id])
    assert touched == {first.id: NOW + DAY, second.id: NOW + 3 * DAY}
