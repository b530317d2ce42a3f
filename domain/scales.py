"""Thousands, millions and billions: written behind a figure, and held by a unit such as "k€" or "million users".

What a unit holds is never multiplied again: of what is in thousands 95k is 95, and 3m is 3,000. The letter of a scale
may also be that of the unit: 45m of minutes is 45. Where both can be meant, as with 5k of km, both are told.
"""

import re
from decimal import Decimal
from functools import lru_cache

from domain.currencies import currency_in, is_currency, without_currency

_NAMES = {
    3: "k tsd thousand thousands tausend",
    6: "m mn mln mio million millions millionen",
    9: "b bn mrd mia billion billions milliarde milliarden",
}
_ONLY_IN_UNITS = {
    2: "hundred hundreds",
    3: "tkr",
    5: "lakh lakhs",
    6: "mkr mnkr",
    7: "crore crores",
    12: "trillion trillions",
}
_POWERS = {name: power for power, names in _NAMES.items() for name in names.split()}
_HELD = _POWERS | {name: power for power, names in _ONLY_IN_UNITS.items() for name in names.split()}

SCALE = "|".join(sorted(_POWERS, key=len, reverse=True))
SCALED = rf"(?:{SCALE})(?!\w)\.?"
"""How a thousand, a million or a billion is written behind a figure: "k", "Mio.", "billion"."""

_MINUTES = frozenset({"min", "mins", "minute", "minutes", "minuten"})
_SHORT = {"m": _MINUTES | {"metre", "metres", "meter", "meters"}, "mn": _MINUTES}
"""What people shorten to the letters of a scale, and never mean a million of."""

_SIZE = re.compile(r"\bper\b|\bpro\b|\beach\b|/", re.IGNORECASE)
_ZEROS = re.compile(r"(?<!\d)1?((?:[ ,.'’]?000)+)s?(?!\d)")


def factors(scale: str, unit: str) -> tuple[Decimal, ...]:
    """What a figure with this scale behind it may be multiplied by in this unit; two where it can be read in two ways.

    Without a scale it is the figure itself.
    """
    power = _POWERS.get(scale.casefold())
    return (Decimal(1),) if power is None else tuple(Decimal(10) ** each for each in _readings(scale.casefold(), unit))


def without_scale(unit: str) -> str:
    """What a unit counts, without the scale that it holds: "users" of "million users"."""
    words = unit.split()
    rest = [word for word in words if _name(word) not in _HELD]
    return " ".join(rest) if 0 < len(rest) < len(words) else ""


@lru_cache(1_000)
def _readings(scale: str, unit: str) -> tuple[int, ...]:
    """The powers of ten that the scale may mean here."""
    power, held = _POWERS[scale], _held(unit)
    if held is not None:
        return (power - held,)
    words = _words(unit)
    if scale in words or words & _SHORT.get(scale, frozenset()):
        return (0,)
    if letters := {_POWERS[word] for word in words if len(word) == 1 and word in _POWERS}:
        return power, power - max(letters)
    if _begins_with(scale, unit) or _money_in_an_unknown_size(unit):
        return power, 0
    return (power,)


def _held(unit: str) -> int | None:
    """The power of ten that the unit holds for certain: 3 in "k€" and "'000 users", 6 in "m€" and "Mio. €"."""
    counted = _SIZE.split(unit)[0]
    if zeros := _ZEROS.search(counted):
        return zeros[1].count("0")
    words = _words(without_currency(counted))
    sure = {word for word in words if len(word) > 1 or word == "k" or currency_in(counted)}
    return next((_HELD[word] for word in sorted(sure) if word in _HELD), None)


def _words(unit: str) -> frozenset[str]:
    """The words of what is counted, such as "m" of m², without what it is per."""
    return frozenset(_name(word) for word in re.split(r"[\s\d()\[\]_²³.,;:·*+-]+", _SIZE.split(unit)[0]) if word)


def _name(word: str) -> str:
    return word.casefold().strip(".()[],;:")


def _begins_with(scale: str, unit: str) -> bool:
    """Whether the scale may stand for the unit, as "k" for km; for money in its own code it never does."""
    first = unit.split()[0] if unit.split() else ""
    return not is_currency(first) and first.casefold().startswith(scale)


def _money_in_an_unknown_size(unit: str) -> bool:
    """Whether letters stand with a currency that nobody can be sure of, as in T€: thousands to some, else trillions."""
    counted = _SIZE.split(unit)[0]
    first = counted.split()[0] if counted.split() else ""
    return bool(currency_in(first)) and any(_words(without_currency(first)))
