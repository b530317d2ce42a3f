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
}

NOT_NUMBERS = [
    "",
    "   ",
    "forty-five",
    "NaN",
    "nan",
    "Infinity",
    "-inf",
    "1e5",
    "0x1f",
    "١٢٣",
    "４５",
    "½",
    "²",
    "1,2",
    "1,2345",
    "1.200.300",
    "4 5",
    "4%5",
    "$4€5",
    "--3",
    "+-3",
    "3-",
    ".5",
    "5.",
    "0.1234567",
    "12345678901234567",
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
    assert number(shown(value, unit), "value") == value


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
