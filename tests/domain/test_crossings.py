"""What time alone does to a status: kept with the day, and with nobody's name."""

from dataclasses import replace
from datetime import timedelta

from domain.crossings import crossings
from domain.policy import Policy
from domain.status import Status
from tests.examples import NOW, cycle, key_result, measure, override

POLICY = Policy()
BEGUN = NOW - timedelta(days=30)
AT_40 = replace(key_result(measure=measure("0", "100", "40")), created_at=BEGUN, updated_at=BEGUN)


def told(kr, since=BEGUN, until=NOW):
    return [
        (each.before, each.after, (each.at - since).days)
        for each in crossings(kr, cycle(NOW.date()), since, until, POLICY)
    ]


def test_what_nobody_looks_at_grows_stale_on_the_day_after_its_grace():
    (change,) = told(AT_40)
    assert change == (Status.ON_TRACK, Status.STALE, POLICY.stale_after.days)
    (by_nobody,) = crossings(AT_40, cycle(NOW.date()), BEGUN, NOW, POLICY)
    assert (by_nobody.by, by_nobody.key_result) == (None, AT_40.id)


def test_what_is_looked_at_and_does_not_move_falls_behind():
    kr = replace(key_result(measure=measure("0", "100", "1")), created_at=BEGUN, updated_at=NOW)
    first, *_, last = told(kr)
    assert first[0] is Status.ON_TRACK
    assert last[1] is Status.OFF_TRACK


def test_what_was_set_by_hand_ends_by_itself():
    until = NOW.date() - timedelta(days=3)
    kr = replace(AT_40, updated_at=NOW - timedelta(days=5), override=override(Status.OFF_TRACK, until=until))
    (change,) = told(kr, since=NOW - timedelta(days=5))
    assert change[0] is Status.OFF_TRACK


def test_nothing_happens_in_no_time_nor_once_the_cycle_is_over():
    assert told(AT_40, since=NOW) == []
    over = cycle(NOW.date()).period.ends
    late = NOW + timedelta(days=(over - NOW.date()).days + 5)
    assert crossings(AT_40, cycle(NOW.date()), late, late + timedelta(days=90), POLICY) == []
