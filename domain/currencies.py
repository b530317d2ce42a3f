"""Currencies: the signs and codes that people write with an amount, and which of them may be the same money."""

import re
from functools import lru_cache

SIGN = r"(?:[A-Z]{1,2}\$|[$€£¥₹₩₦₺₪₱₽₴₫฿₡₵₲₸])"
"""A currency by its sign: "€", "US$"."""

_ISO_4217 = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
    "USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"
)
CODES = frozenset(_ISO_4217.split())
"""The currencies in use by their codes."""

_SIZE = r"(?i:[kmbt]|mm|[mb]n)?"
_IN_A_UNIT = re.compile(
    rf"(?P<sign>{SIGN})|\b(?P<before>{_SIZE})(?P<code>{'|'.join(sorted(CODES))})(?P<behind>{_SIZE})(?!\w)"
)

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


@lru_cache(1_000)
def is_currency(unit: str) -> bool:
    """Whether it is money, by its sign ("€", "US$") or its code ("CHF"): such units stand before the amount."""
    return unit in CODES or re.fullmatch(SIGN, unit) is not None


@lru_cache(1_000)
def currency_in(unit: str) -> str:
    """The currency that a unit holds, as "€" in "k€", "Mio. €" and "€ per month", or nothing."""
    found = _IN_A_UNIT.search(unit)
    return (found["sign"] or found["code"]) if found else ""


def without_currency(unit: str) -> str:
    """What a unit says beside its currency: "k" of "k€"."""
    return _IN_A_UNIT.sub(lambda found: " ".join(filter(None, (found["before"], " ", found["behind"]))), unit)


def alike(one: str, other: str) -> bool:
    """Whether two currencies may be the same: US$ and $ are not held against each other."""
    return bool(_meant_by(one) & _meant_by(other))


def _meant_by(currency: str) -> set[str]:
    return {currency} if currency in CODES else set(_MEANT[currency[-1]].split())
