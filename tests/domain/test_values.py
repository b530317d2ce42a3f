"""Numbers with their units: as people write them, and as they read them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.values import LARGEST, amount, is_currency, is_mark, mark, number, plain, shown

NUMBERS = {
    "45": "45",
    " 45 ": "45",
    "+3": "3",
    "-2": "-2",
    "−2": "-2",
    "0": "0",
    "007": "7",
    "99.5": "99.5",
    "0.000001": "0.000001",
    "1,200": "1200",
    "1,234,567.25": "1234567.25",
    "1 200": "1200",
    "1\u202f200": "1200",
    "1_200": "1200",
    "1’200": "1200",
    "45%": "45",
    "45 %": "45",
    "€3.2": "3.2",
    "€ 3.2": "3.2",
    "3.2 €": "3.2",
    "-€3": "-3",
    "€-3": "-3",
    "£1,200": "1200",
    "US$ 3.2": "3.2",
    "CHF 1,200": "1200",
    "-CHF 1,200": "-1200",
    "CHF -1,200": "-1200",
    "1,200 CHF": "1200",
    "3.2k EUR": "3200",
    "₹45": "45",
    "3k": "3000",
    "1.5K": "1500",
    "$2m": "2000000",
    "9999999999999999": "9999999999999999",
    "1,2": "1.2",
    "0,5": "0.5",
    "7,5": "7.5",
    "0,500": "0.5",
    "0.125": "0.125",
    "1,2345": "1.2345",
    "1.2340": "1.234",
    "1234.567": "1234.567",
    "1.200,50": "1200.5",
    "1.200.300": "1200300",
    "3.4 million": "3400000",
    "3,4 Mio.": "3400000",
    "3,4 Mio. €": "3400000",
    "EUR 3,4 Mio": "3400000",
    "€1,2m": "1200000",
    "3 Tsd": "3000",
    "3 Tsd.": "3000",
    "2 thousand": "2000",
    "1.2bn USD": "1200000000",
    "1,5 Mrd. EUR": "1500000000",
    "10 k€": "10000",
}

NOT_NUMBERS = [
    "",
    "   ",
    "forty-five",
    "NaN",
    "nan",
    "Infinity",
    "-inf",
    "0x1f",
    "١٢٣",
    "４５",
    "½",
    "²",
    "1.20.300",
    "1,200,30",
    "4 5",
    "4%5",
    "$4€5",
    "--3",
    "+-3",
    "3-",
    ".5",
    "5.",
    "45 sign-ups",
    "45 CHX",
    "CHX 45",
    "chf 45",
    "CHF",
    "CHF 4 CHF",
    "€€3",
    "3kk",
    "%",
    "<!channel>",
]


@pytest.mark.parametrize(("typed", "means"), NUMBERS.items())
def test_a_number_is_read_in_any_usual_writing(typed, means):
    assert number(typed, "value") == Decimal(means)


@pytest.mark.parametrize("typed", NOT_NUMBERS)
def test_what_is_no_number_is_refused_beside_its_field(typed):
    with pytest.raises(Refusal) as refused:
        number(typed, "target")
    assert refused.value.field == "target"
    assert "45, 1,200 or 99.5" in refused.value.sentence


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1.200", "“1.200” can be read in two ways. Write 1,200 or 1.2, whichever you mean."),
        ("€12.345", "“12.345” can be read in two ways. Write 12,345 or 12.3450, whichever you mean."),
        ("1.200m", "two ways"),
        ("1e9", "exponent. Write all its digits"),
        ("9" * 26, "larger than I can keep"),
        ("12345678901234567", "larger than I can keep"),
        ("0.1234567", "at most six decimals"),
    ],
)
def test_a_number_that_cannot_be_taken_as_it_stands_is_told_why(typed, says):
    with pytest.raises(Refusal) as refused:
        number(typed, "value")
    assert (refused.value.field, says in refused.value.sentence) == ("value", True), refused.value.sentence


@pytest.mark.parametrize(
    ("there", "is_small"),
    [
        (["0", "2.5", "1.5"], True),
        (["1.125"], True),
        (["0", "2000", "1500"], False),
        (["1", "2"], False),
        (["1500.5"], False),
        (["1.5", "1500"], False),
        (["0"], False),
        ([], False),
    ],
)
def test_a_figure_with_three_decimals_is_small_where_everything_else_is(there, is_small):
    near = [Decimal(each) for each in there]
    if is_small:
        assert number("1.200", "value", near) == Decimal("1.2")
    else:
        with pytest.raises(Refusal, match="two ways"):
            number("1.200", "value", near)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("$5", "CHF"), ("€2m", "£"), ("45 EUR", "US$"), ("-¥100", "€"), ("USD 3", "CAD"), ("+£3", "EUR"), ("5 CHF", "₹")],
)
def test_money_of_another_currency_is_no_value(typed, unit):
    with pytest.raises(Refusal, match=rf"another currency; this is measured in {re.escape(unit)}\.") as caught:
        amount(typed, unit, "target")
    assert caught.value.field == "target"


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("$5", "US$"), ("$5", "CAD"), ("€5", "EUR"), ("5 EUR", "€"), ("5", "€"), ("€5", "k€"), ("$5", ""), ("5%", "CHF")],
)
def test_money_in_other_words_is_taken(typed, unit):
    assert amount(typed, unit, "value") == 5


numbers = st.decimals(-LARGEST, LARGEST, places=6)


@given(numbers, st.sampled_from(["", "%", "€", "$", "£", "¥", "US$", "R$", "₹", "CHF", "EUR"]))
def test_what_is_shown_can_be_typed_again(value, unit):
    assert number(shown(value, unit), "value", near=[value]) == value


@pytest.mark.parametrize(
    ("value", "unit", "reads"),
    [
        ("1200", "", "1,200"),
        ("99.50", "%", "99.5%"),
        ("3.2", "€", "€3.2"),
        ("-1200", "$", "-$1,200"),
        ("45", "sign-ups", "45 sign-ups"),
        ("1E+3", "", "1,000"),
        ("1200", "CHF", "CHF 1,200"),
        ("-0.5", "EUR", "-EUR 0.5"),
        ("1200", "US$", "US$1,200"),
        ("1200", "kr", "1,200 kr"),
        ("3.2", "k€", "3.2 k€"),
        ("1200", "NPS", "1,200 NPS"),
    ],
)
def test_values_read_as_people_write_them(value, unit, reads):
    assert shown(Decimal(value), unit) == reads


@given(numbers)
def test_a_value_as_it_would_be_typed_is_read_as_itself(value):
    assert number(plain(value), "value") == value


def test_only_a_currency_or_a_percent_sign_belongs_to_the_figure():
    assert all(is_mark(unit) for unit in ("%", "€", "CHF", "R$"))
    assert not any(is_mark(unit) for unit in ("", "hours", "eur", "NPS", "k€", "$$"))
    assert not is_currency("%")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("45%", "%"), ("€3.2", "€"), ("-€3", "€"), ("CHF 45", "CHF"), ("1.2k EUR", "EUR"), ("45", ""), ("45 hours", "")],
)
def test_the_mark_that_was_typed_with_a_figure_is_known(typed, found):
    assert mark(typed) == found
