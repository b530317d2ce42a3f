"""Numbers with their units: read as people type them, shown as people write them."""

import re
from decimal import Decimal
from functools import lru_cache

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
_AFTER = re.compile(rf"(?<=[\dkKmM]) ?(%|{_SIGN}|[A-Z]{{3}})$")


def number(typed: str, field: str) -> Decimal:
    """The number that was typed, such as "1,200", "€3.2", "CHF 45", "45%" or "3k"; raises `Refusal` beside `field`
    otherwise.
    """
    text = typed.strip()
    plain = re.sub(r"(?<=\d)[,_’' \u00a0\u202f](?=\d{3}(\D|$))", "", _bare(text.replace("−", "-")))
    found = re.fullmatch(r"([+-]?) ?(\d{1,16}(?:\.\d{1,6})?) ?([km]?)", plain, re.ASCII | re.IGNORECASE)
    if not found:
        shown = f"“{text[:40]}” is not a number" if text else "A number is missing"
        raise Refusal(f"{shown}. Write it like 45, 1,200 or 99.5.", field)
    scale = {"k": Decimal(1000), "m": Decimal(1_000_000)}.get(found[3].lower(), Decimal(1))
    return Decimal(found[1] + found[2]) * scale


def amount(typed: str, unit: str, field: str) -> Decimal:
    """The number that was typed for something in this unit; raises `Refusal` beside `field` where it is none, or money
    of another currency.
    """
    said = mark(typed)
    if is_currency(said) and is_currency(unit) and not _currencies(said) & _currencies(unit):
        raise Refusal(f"“{typed.strip()[:40]}” is in another currency; this is measured in {unit}.", field)
    return number(typed, field)


def shown(value: Decimal, unit: str = "") -> str:
    """A value as people read it: "1,200", "99.5%", "€3.2", "CHF 1,200", "45 sign-ups"."""
    text = f"{value.quantize(Decimal(1)):,}" if value == value.to_integral_value() else f"{value.normalize():,f}"
    if is_currency(unit):
        sign, amount = ("-", text[1:]) if text.startswith("-") else ("", text)
        return f"{sign}{unit} {amount}" if unit in _CODES else f"{sign}{unit}{amount}"
    return f"{text}%" if unit == "%" else f"{text} {unit}".strip()


def plain(value: Decimal) -> str:
    """A value as somebody would type it, with the six decimals that can be typed."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


@lru_cache(1_000)
def is_currency(unit: str) -> bool:
    """Whether it is money, by its sign ("€", "US$") or its code ("CHF"): such units stand before the amount."""
    return unit in _CODES or re.fullmatch(_SIGN, unit) is not None


def _currencies(unit: str) -> set[str]:
    return {unit} if unit in _CODES else set(_MEANT[unit[-1]].split())


def is_mark(unit: str) -> bool:
    """Whether it belongs to each figure, as "%" and "€" do; a word is said once for several."""
    return unit == "%" or is_currency(unit)


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
