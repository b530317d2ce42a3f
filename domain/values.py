"""Numbers with their units: read as people type them, shown as people write them."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from domain.decimals import DecimalMark, english, in_two_ways, joined, of_that_size
from domain.errors import Refusal

LARGEST = Decimal("1e15")
"""No value may be further from zero than this; beyond it people have mistyped."""

_SIGN = r"(?:[A-Z]{1,2}\$|[$€£¥₹₩₦₺₪₱₽₴₫฿₡₵₲₸])"
_ISO_4217 = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
    "USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"
)
_CODES = frozenset(_ISO_4217.split())
"""The currencies in use by their codes."""

_MEANT = {
    "$": "ARS AUD BBD BMD BND BRL BSD BZD CAD CLP COP CVE DOP FJD GYD HKD JMD KYD LRD MOP MXN NAD NIO NZD SBD SGD SRD "
    "TTD TWD USD UYU XCD",
    "£": "EGP FKP GBP GIP LBP SDG SHP SSP SYP",
    "¥": "CNY JPY",
    "₱": "CUP PHP",
    **dict(zip("€₹₩₦₺₪₽₴₫", ("EUR", "INR", "KRW", "NGN", "TRY", "ILS", "RUB", "UAH", "VND"), strict=True)),
    **dict(zip("฿₡₵₲₸", ("THB", "CRC", "GHS", "PYG", "KZT"), strict=True)),
}
"""What a sign may stand for, by its last character: US$ and $ are not held against each other."""

_BEFORE = re.compile(rf"([+-]?) ?({_SIGN}|[A-Z]{{3}}) ?(?=[+-]?\d)")
_AFTER = re.compile(rf"(?<=[\w.]) ?(%|{_SIGN}|[A-Z]{{3}})$")

_SCALES = {
    3: "k tsd thousand thousands tausend",
    6: "m mn mln mio million millions millionen",
    9: "b bn mrd mia billion billions milliarde milliarden",
}
_TENS = {name: Decimal(10) ** power for power, names in _SCALES.items() for name in names.split()}
_SCALE = "|".join(sorted(_TENS, key=len, reverse=True))
SCALED = rf"(?:{_SCALE})(?!\w)\.?"
"""How a thousand, a million or a billion is written behind a figure: "k", "Mio.", "billion"."""

_MARK = rf"(?-i:{_SIGN}|{'|'.join(sorted(_CODES))})"
_MARKED = rf"[-+−]?\s?(?:{_MARK}\s?)?[-+−]?"
_DIGITS = r"(?:\d{1,3}(?:[_’' \u00a0\u202f]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
FIGURE = rf"{_MARKED}{_DIGITS}(?:\s?{SCALED})?(?:\s?(?:%|{_MARK}(?!\w)))?"
"""A figure within a line, with its marks, as `number` reads it: "70 %", "1 000", "3.4 Mio. EUR"."""

TOO_LARGE = "That number is larger than I can keep. Is the unit right?"
_NUMBER = re.compile(rf"([+-]?) ?(\d(?:[\d.,]*\d)?)(?: ?({_SCALE})\.?)?", re.ASCII | re.IGNORECASE)
_EXPONENT = re.compile(r"[+-]?\d[\d.,]*e[+-]?\d+", re.ASCII | re.IGNORECASE)


def number(typed: str, field: str, near: Iterable[Decimal] = ()) -> Decimal:
    """The number that was typed, such as "1,200", "0,5", "€3.2", "CHF 45", "45%", "3k" or "3.4 Mio."; raises `Refusal`
    beside `field` otherwise.

    1.200 can be read in two ways, and is refused unless it is `near` what is there already (`of_that_size`).
    """
    text = typed.strip()
    found = _NUMBER.fullmatch(joined(_bare(text.replace("−", "-"))))
    if not found:
        raise Refusal(_no_number(text), field)
    sign, figure, scale = found[1], found[2], (found[3] or "").casefold()
    if in_two_ways(figure) and not of_that_size(figure, near):
        raise Refusal(_two_ways(figure), field)
    plainly = english(figure, DecimalMark.POINT).split(".")
    if not all(part.isdigit() for part in plainly) or len(plainly) > 2:
        raise Refusal(_no_number(text), field)
    if len(plainly[0]) > 16:
        raise Refusal(TOO_LARGE, field)
    if len("".join(plainly[1:])) > 6:
        raise Refusal(f"“{text[:40]}” has more decimals than I can keep: at most six decimals.", field)
    return Decimal(sign + ".".join(plainly)) * _TENS.get(scale, Decimal(1))


def _no_number(text: str) -> str:
    if _EXPONENT.fullmatch(text):
        return f"“{text[:40]}” is written with an exponent. Write all its digits, or like 45k, 3m or 1bn."
    said = f"“{text[:40]}” is not a number" if text else "A number is missing"
    return f"{said}. Write it like 45, 1,200 or 99.5."


def _two_ways(figure: str) -> str:
    thousands, small = shown(Decimal(figure) * 1000), plain(Decimal(figure))
    return f"“{figure}” can be read in two ways. Write {thousands} or {small}, whichever you mean."


def amount(typed: str, unit: str, field: str, near: Iterable[Decimal] = ()) -> Decimal:
    """The number that was typed for something in this unit; raises `Refusal` beside `field` where it is none, or money
    of another currency.
    """
    said = mark(typed)
    if said != "%" and is_currency(unit):
        agreed(unit, {field: typed})
    return number(typed, field, near)


def without_unit(text: str, unit: str) -> str:
    """The text without the unit behind it, where that is a word: "45 hours", or "10 k€" of what is in k€."""
    cut = text.removesuffix(unit) if unit and unit.casefold() not in {"%", "k", "m"} else text
    return cut.rstrip() if cut != cut.rstrip() else text


def agreed(unit: str, typed: Mapping[str, str]) -> str:
    """The unit of what was typed in these fields: as it is said, or else the mark that stands with the first of them.

    Raises `Refusal` beside the first field whose figure has another mark.
    """
    for field, text in typed.items():
        said = mark(text)
        if said and is_mark(unit) and not _alike(said, unit):
            what = "in percent" if said == "%" else "in another currency" if is_currency(unit) else "an amount of money"
            raise Refusal(f"“{text.strip()[:40]}” is {what}; this is measured in {unit}.", field)
        unit = unit or said
    return unit


def _alike(one: str, other: str) -> bool:
    money = is_currency(one) and is_currency(other)
    return bool(_currencies(one) & _currencies(other)) if money else one == other


def shown(value: Decimal, unit: str = "") -> str:
    """A value as people read it: "1,200", "99.5%", "€3.2", "CHF 1,200", "45 sign-ups"."""
    text = f"{value:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if is_currency(unit):
        sign, amount = ("-", text[1:]) if text.startswith("-") else ("", text)
        return f"{sign}{unit} {amount}" if unit in _CODES else f"{sign}{unit}{amount}"
    return f"{text}%" if unit == "%" else f"{text} {unit}".strip()


def plain(value: Decimal) -> str:
    """A value as somebody would type it, with the six decimals that can be typed.

    One with three decimals gets a fourth: 1.125 could be eleven hundred and twenty-five.
    """
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return f"{text}0" if in_two_ways(text.removeprefix("-")) else text


@lru_cache(1_000)
def is_currency(unit: str) -> bool:
    """Whether it is money, by its sign ("€", "US$") or its code ("CHF"): such units stand before the amount."""
    return unit in _CODES or re.fullmatch(_SIGN, unit) is not None


def _currencies(unit: str) -> set[str]:
    return {unit} if unit in _CODES else set(_MEANT[unit[-1]].split())


def is_mark(unit: str) -> bool:
    """Whether it belongs to each figure, as "%" and "€" do; a word is said once for several."""
    return unit == "%" or is_currency(unit)


def holds_mark(unit: str, mark: str) -> bool:
    """Whether a unit in words has this mark in it, or one that may mean the same: "k€", "million USD", "% of users"."""
    return is_mark(mark) and any(
        _alike(each, mark) for each in re.findall(rf"%|{_SIGN}|[A-Z]{{3}}", unit) if is_mark(each)
    )


def mark(typed: str) -> str:
    """The mark that was typed with a figure: "%", "€", "CHF", or nothing."""
    return _split(typed.strip())[1]


def _bare(text: str) -> str:
    """The text without one mark before or after the figure."""
    return _split(text)[0]


def _split(text: str) -> tuple[str, str]:
    """The text without one mark before or after the figure, and the mark."""
    before = _BEFORE.match(text)
    if before:
        return (before[1] + text[before.end() :], before[2]) if is_mark(before[2]) else (text, "")
    after = _AFTER.search(text)
    return (text[: after.start()], after[1]) if after and is_mark(after[1]) else (text, "")
