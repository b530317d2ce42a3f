"""What a row says of how it is measured, and what follows from the rest."""

from decimal import Decimal

import pytest

from domain.columns import Column
from domain.errors import Refusal
from domain.measure_cells import KINDS, MeasureCells, measure_cells
from domain.measures import MeasureKind


def read(**cells):
    named = {Column[name.upper()]: cell for name, cell in cells.items()}
    return measure_cells(lambda column: named.get(column, ""))


def numbers(kind, unit, start, target, current=None, upper=None):
    exact = [None if each is None else Decimal(each) for each in (start, target, upper, current)]
    return MeasureCells(MeasureKind(kind), unit, *exact)


SAID = [
    ({}, None),
    ({"current": "5", "unit": "people"}, None),
    ({"target": "100"}, numbers("increase", "", "0", "100")),
    ({"target": Decimal(100), "start": Decimal(20)}, numbers("increase", "", "20", "100")),
    ({"target": "20", "start": "100"}, numbers("decrease", "", "100", "20")),
    ({"target": "1,200", "unit": "sign-ups"}, numbers("increase", "sign-ups", "0", "1200")),
    ({"target": "45 sign-ups", "current": "3"}, numbers("increase", "sign-ups", "0", "45", "3")),
    ({"target": "80%"}, numbers("increase", "%", "0", "80")),
    ({"target": "€3.2m", "start": "€1m"}, numbers("increase", "€", "1000000", "3200000")),
    ({"target": "80", "kind": "Percentage"}, numbers("increase", "%", "0", "80")),
    ({"kind": "Percent complete"}, numbers("increase", "%", "0", "100")),
    ({"target": "5", "kind": "Currency", "unit": "USD"}, numbers("increase", "$", "0", "5")),
    ({"target": "5", "kind": "Number"}, numbers("increase", "", "0", "5")),
    ({"target": "99.5", "kind": "Keep at least", "unit": "%"}, numbers("at least", "%", None, "99.5")),
    ({"target": "3", "kind": "<="}, numbers("at most", "", None, "3")),
    ({"target": "3", "kind": "<=", "current": "5"}, numbers("at most", "", "5", "3", current="5")),
    ({"target": "3", "kind": "<=", "start": "6", "current": "5"}, numbers("at most", "", "6", "3", current="5")),
    ({"target": "10", "upper": "20", "kind": "between"}, numbers("between", "", None, "10", upper="20")),
    ({"target": "10 – 20"}, numbers("between", "", None, "10", upper="20")),
    ({"target": "5% to 8%", "kind": "range"}, numbers("between", "%", None, "5", upper="8")),
    ({"kind": "Binary"}, MeasureCells(MeasureKind.DONE, "", current=Decimal(0))),
    ({"kind": "done", "current": "yes"}, MeasureCells(MeasureKind.DONE, "", current=Decimal(1))),
    ({"kind": "baseline", "unit": "hours"}, MeasureCells(MeasureKind.BASELINE, "hours")),
    (
        {"milestones": "Plan\n\n Build\nShip", "current": "1"},
        MeasureCells(MeasureKind.MILESTONES, "", current=Decimal(1), milestones=("Plan", "Build", "Ship")),
    ),
    (
        {"milestones": "[ ] Plan\n[x] Build"},
        MeasureCells(
            MeasureKind.MILESTONES, "", current=Decimal(1), milestones=("[ ] Plan", "[x] Build"), reached=("Build",)
        ),
    ),
    ({"start": "0", "target": "100", "unit": "€"}, numbers("increase", "€", "0", "100")),
    ({"target": "100", "unit": "$"}, numbers("increase", "$", "0", "100")),
    ({"target": "100", "unit": "£"}, numbers("increase", "£", "0", "100")),
    ({"target": "100", "unit": "%"}, numbers("increase", "%", "0", "100")),
    ({"target": "100", "kind": "€"}, numbers("increase", "€", "0", "100")),
    ({"target": "$3m", "unit": "USD"}, numbers("increase", "$", "0", "3000000")),
    ({"target": "3.4 Mio.", "start": "€1.2m"}, numbers("increase", "€", "1200000", "3400000")),
    ({"target": "10 k€", "start": "2", "unit": "k€"}, numbers("increase", "k€", "2", "10")),
    ({"target": "10 k€"}, numbers("increase", "€", "0", "10000")),
    ({"target": "3.4 million"}, numbers("increase", "", "0", "3400000")),
    ({"target": "3 Tsd"}, numbers("increase", "", "0", "3000")),
    ({"target": "3.4 Mrd. EUR"}, numbers("increase", "EUR", "0", "3400000000")),
    ({"target": "45 thousand sign-ups"}, numbers("increase", "sign-ups", "0", "45000")),
    ({"target": "3 Mio. Besuche"}, numbers("increase", "Besuche", "0", "3000000")),
    ({"target": "1 Mio. to 2 Mio."}, numbers("between", "", None, "1000000", upper="2000000")),
    ({"target": "45 sign-ups", "current": "1 sign-up"}, numbers("increase", "sign-ups", "0", "45", "1")),
    ({"target": "45 sign-up", "unit": "Sign-ups a week"}, numbers("increase", "Sign-ups a week", "0", "45")),
    ({"target": "€5", "unit": "k€"}, numbers("increase", "k€", "0", "5")),
    ({"target": "$5", "unit": "million USD"}, numbers("increase", "million USD", "0", "5")),
    ({"target": "$5", "unit": "million dollars"}, numbers("increase", "million dollars", "0", "5")),
    ({"target": "80%", "unit": "Percent of users"}, numbers("increase", "Percent of users", "0", "80")),
    ({"target": "80%", "unit": "% of users"}, numbers("increase", "% of users", "0", "80")),
    ({"target": "45 percent", "unit": "%"}, numbers("increase", "%", "0", "45")),
    ({"target": "5 months"}, numbers("increase", "months", "0", "5")),
    ({"target": Decimal("1.125")}, numbers("increase", "", "0", "1.125")),
    ({"target": Decimal("0.30000000000000004")}, numbers("increase", "", "0", "0.3")),
]


@pytest.mark.parametrize(("cells", "says"), SAID)
def test_a_row_says_how_it_is_measured(cells, says):
    assert read(**cells) == says


WRONG = [
    ({"target": "lots"}, Column.TARGET, "not a number"),
    ({"target": "5", "start": "some"}, Column.START, "not a number"),
    ({"target": "5", "kind": "vibes"}, Column.KIND, "no kind of measure"),
    ({"target": "5", "start": "5"}, Column.TARGET, "the same"),
    ({"target": "0"}, Column.START, "From where"),
    ({"target": "5", "kind": "decrease"}, Column.START, "From where"),
    ({"target": "5", "start": "1", "kind": "decrease"}, Column.KIND, "above the start"),
    ({"kind": "increase"}, Column.TARGET, "target is missing"),
    ({"kind": "between", "target": "5"}, Column.UPPER, "upper edge"),
    ({"kind": "milestones"}, Column.MILESTONES, "Which milestones"),
    ({"kind": "increase", "target": "5", "milestones": "a"}, Column.MILESTONES, "one of the two"),
    ({"milestones": "a\nb", "current": "3"}, Column.CURRENT, "Of 2 milestones"),
    ({"milestones": "a\n[x] b", "current": "2"}, Column.CURRENT, "1 of the milestones are ticked, but 2 are said"),
    ({"kind": "done", "current": "nearly"}, Column.CURRENT, "neither yes nor no"),
    ({"target": "9999999999999999"}, Column.TARGET, "larger than I can keep"),
    ({"target": Decimal("1E+400")}, Column.TARGET, "larger than I can keep"),
    ({"target": Decimal("NaN")}, Column.TARGET, "larger than I can keep"),
    ({"target": "$3m", "unit": "€"}, Column.TARGET, r"“\$3m” is in another currency; this is measured in €"),
    ({"target": "$3", "start": "€1"}, Column.TARGET, "another currency"),
    ({"target": "€3", "start": "10%"}, Column.TARGET, "an amount of money; this is measured in %"),
    ({"target": "50%", "unit": "EUR"}, Column.TARGET, "in percent; this is measured in"),
    ({"target": "5", "unit": "x" * 21}, Column.UNIT, "21 characters"),
    ({"target": "$5", "unit": "hours"}, Column.TARGET, r"“\$5” is an amount of money, but its unit is hours"),
    ({"target": "45 hours", "current": "$5"}, Column.CURRENT, "money, but its unit is hours. Which of the two is it"),
    ({"start": "$5", "target": "45 hours"}, Column.TARGET, r"“45 hours” is in hours, but its unit is \$"),
    ({"target": "80%", "unit": "customers"}, Column.TARGET, "“80%” is in percent, but its unit is customers"),
    ({"target": "45 hours", "start": "30 minutes"}, Column.TARGET, "in hours, but its unit is minutes"),
    ({"target": "45 hours", "unit": "days"}, Column.TARGET, "in hours, but its unit is days"),
]


@pytest.mark.parametrize(("cells", "column", "says"), WRONG)
def test_what_cannot_be_meant_is_refused_beside_its_column(cells, column, says):
    with pytest.raises(Refusal, match=says) as refused:
        read(**cells)
    assert refused.value.field == column


def test_every_kind_of_measure_can_be_written():
    assert set(KINDS) == set(MeasureKind)
