"""Days as people write them, and the ones that can be read in two ways."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import DayOrder, day, day_order
from domain.errors import Refusal

CLEAR = [
    (date(2026, 10, 1), date(2026, 10, 1)),
    ("2026-10-01", date(2026, 10, 1)),
    ("2026/10/1", date(2026, 10, 1)),
    ("2026-10-01T00:00:00Z", date(2026, 10, 1)),
    ("2026-10-01 09:30", date(2026, 10, 1)),
    ("03.04.2026", date(2026, 4, 3)),
    ("3. 4. 26", date(2026, 4, 3)),
    ("31/12/2026", date(2026, 12, 31)),
    ("12/31/2026", date(2026, 12, 31)),
    ("12-31-26", date(2026, 12, 31)),
    ("05/05/2026", date(2026, 5, 5)),
    ("1 Oct 2026", date(2026, 10, 1)),
    ("1-Oct-26", date(2026, 10, 1)),
    ("1st October, 2026", date(2026, 10, 1)),
    ("October 1, 2026", date(2026, 10, 1)),
    ("Thursday, October 1, 2026", date(2026, 10, 1)),
    ("Sept. 30 2026", date(2026, 9, 30)),
    (Decimal(46296), date(2026, 10, 1)),
    ("46296", date(2026, 10, 1)),
    (Decimal("46296.5"), date(2026, 10, 1)),
    ("", None),
    ("  ", None),
]


@pytest.mark.parametrize(("cell", "means"), CLEAR)
def test_a_clear_day_is_read_in_any_usual_writing(cell, means):
    assert day(cell, None, "Start Date") == means


def test_a_day_that_can_be_two_is_read_as_the_file_does():
    assert day("03/04/2026", DayOrder.DAY_FIRST, "x") == date(2026, 4, 3)
    assert day("03/04/2026", DayOrder.MONTH_FIRST, "x") == date(2026, 3, 4)
    with pytest.raises(Refusal, match=r"two ways.* --dates dmy or --dates mdy") as refused:
        day("03/04/2026", None, "End Date")
    assert refused.value.field == "End Date"


NO_DAYS = ["soon", "2026", "30.02.2026", "31/02/2026", "2026-13-01", "1 Foo 2026", "13/13/2026", Decimal(3), "99999"]


@pytest.mark.parametrize("cell", NO_DAYS)
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(Refusal):
        day(cell, DayOrder.DAY_FIRST, "Start Date")


ORDERS = [
    (["01/02/2026", "31/12/2026"], DayOrder.DAY_FIRST),
    (["01/02/2026", "12/31/2026"], DayOrder.MONTH_FIRST),
    (["01/02/2026", "03/04/2026"], None),
    (["31/12/2026", "12/31/2026"], None),
    (["13.01.2026", date(2026, 1, 1), Decimal(46296), "soon", ""], None),
    (["13/13/2026", "01/02/2026"], None),
]


@pytest.mark.parametrize(("cells", "order"), ORDERS)
def test_one_day_beyond_the_twelfth_settles_it_and_a_contradiction_does_not(cells, order):
    assert day_order(cells) is order


@given(st.dates(date(1954, 10, 4), date(2099, 12, 31)))
def test_a_day_reads_the_same_however_it_is_written(of):
    ways = ["%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%B %d, %Y"]
    assert {day(of.strftime(way), None, "x") for way in ways} == {of}
    assert day(of.strftime("%d/%m/%Y"), DayOrder.DAY_FIRST, "x") == of
    assert day(of.strftime("%m/%d/%Y"), DayOrder.MONTH_FIRST, "x") == of
