"""Numbers with their units: read as people type them, shown as people write them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from domain.currencies import CODES, SIGN, alike, currency_in, is_currency
from domain.decimals import DecimalMark, english, in_two_ways, joined, of_that_size, within_ten_times
from domain.errors import Refusal
from domain.scales import SCALE, SCALED, factors, without_scale

LARGEST = Decimal("1e15")
"""No value may be further from zero than this; beyond it people have mistyped."""

_BEFORE = re.compile(rf"([+-]?) ?({SIGN}|[A-Z]{{3}}) ?(?=[+-]?\d)")
_AFTER = re.compile(rf"(?<=[\w.]) ?(%|{SIGN}|[A-Z]{{3}})$")

_MARK = rf"(?-i:{SIGN}|{'|'.join(sorted(CODES))})"
_MARKED = rf"[-+−]?\s?(?:{_MARK}\s?)?[-+−]?"
_DIGITS = r"(?:\d{1,3}(?:[_’' \u00a0\u202f]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
FIGURE = rf"{_MARKED}{_DIGITS}(?:\s?{SCALED})?(?:\s?(?:%|{_MARK}(?!\w)))?"
"""A figure within a line, with its marks, as `number` reads it: "70 %", "1 000", "3.4 Mio. EUR"."""

JOINT = r"(?:/|(?:out )?of\b|towards\b)"
OF_ALL = re.compile(rf"(?P<value>.+?)\s*{JOINT}\s*(?P<all>\S*\s?\d.*)", re.IGNORECASE | re.DOTALL)
"""So much of a whole: "12 of 40", "€3 of €5", "12/40"."""

TOO_LARGE = "That number is larger than I can keep. Is the unit right?"
_NUMBER = re.compile(rf"([+-]?) ?(\d(?:[\d.,]*\d)?)(?: ?({SCALE})\.?)?", re.ASCII | re.IGNORECASE)
_EXPONENT = re.compile(r"[+-]?\d[\d.,]*e[+-]?\d+", re.ASCII | re.IGNORECASE)


def number(typed: str, field: str, near: Iterable[Decimal] = (), unit: str = "") -> Decimal:
    """The number that was typed for something in this unit, such as "1,200", "0,5", "€3.2", "CHF 45", "45%", "3k" or
    "3.4 Mio."; raises `Refusal` beside `field` otherwise.

    1.200 can be read in two ways, and so can 5k of what is in km: they are refused unless what is there already, and
    so is `near`, settles it.
    """
    text, there = typed.strip(), tuple(near)
    found = _NUMBER.fullmatch(joined(_bare(text.replace("−", "-"))))
    if not found:
        raise Refusal(_no_number(text), field)
    sign, figure = found[1], found[2]
    if in_two_ways(figure) and not (Decimal(figure) in map(abs, there) or of_that_size(figure, there)):
        raise Refusal(_two_ways(figure, Decimal(figure) * 1000, Decimal(figure)), field)
    plainly = english(figure, DecimalMark.POINT).split(".")
    if not all(part.isdigit() for part in plainly) or len(plainly) > 2:
        raise Refusal(_no_number(text), field)
    if len(plainly[0]) > 16:
        raise Refusal(TOO_LARGE, field)
    bare = Decimal(".".join(plainly))
    size = _only_size([bare * each for each in factors(found[3] or "", unit)], there, text, field)
    if len("".join(plainly[1:])) > 6 or int(size.normalize().as_tuple().exponent) < -6:
        raise Refusal(f"“{text[:40]}” has more decimals than I can keep: at most six decimals.", field)
    return -size if sign == "-" else size


def _only_size(sizes: list[Decimal], near: Iterable[Decimal], text: str, field: str) -> Decimal:
    """Of what a figure may be, the only one that is near what is there; raises `Refusal` where that settles nothing."""
    fitting = [each for each in sizes if within_ten_times(each, near)]
    meant = sizes if len(sizes) == 1 else fitting
    if len(meant) != 1:
        raise Refusal(_two_ways(text, *sizes), field)
    return meant[0]


def _no_number(text: str) -> str:
    if _EXPONENT.fullmatch(text):
        return f"“{text[:40]}” is written with an exponent. Write all its digits, or like 45k, 3m or 1bn."
    said = f"“{text[:40]}” is not a number" if text else "A number is missing"
    return f"{said}. Write it like 45, 1,200 or 99.5."


def _two_ways(figure: str, large: Decimal, small: Decimal) -> str:
    return f"“{figure[:40]}” can be read in two ways. Write {shown(large)} or {plain(small)}, whichever you mean."


def amount(typed: str, unit: str, field: str, near: Iterable[Decimal] = ()) -> Decimal:
    """The number that was typed for something in this unit; raises `Refusal` beside `field` where it is none, or money
    of another currency.
    """
    bare = without_unit(typed, unit)
    if mark(bare) != "%" and currency_in(unit):
        agreed(unit, {field: bare})
    return number(bare, field, near, unit)


def without_unit(text: str, unit: str) -> str:
    """The text without the unit behind it, as people write it: "45 hours", "1 hour", "10 k€" or "10k€"."""
    for said, before in _spellings(unit):
        figure, behind = text[: -len(said)], text[-len(said) :]
        if behind.casefold() == said.casefold() and re.search(before, figure):
            return figure.rstrip()
    return text


def spellings(unit: str) -> list[str]:
    """How a unit may be written behind a figure, the unit itself first."""
    return [said for said, _ in _spellings(unit)]


def _spellings(unit: str) -> Iterator[tuple[str, str]]:
    """How a unit may be written, each with what has to stand before it.

    What begins like a number needs a space. What is counted in millions may be named alone behind a figure that says so
    itself: "3m users".
    """
    if unit in {"", "%"}:
        return
    yield unit, r"\s$" if re.match(r"[\d.,_’']", unit) else r"[\s\d]$"
    if len(unit) > 2 and unit.endswith("s"):
        yield unit.removesuffix("s"), r"\s$"
    if counted := without_scale(unit):
        yield counted, rf"(?i:\d\s?{SCALED}\s*$)"


def agreed(unit: str, typed: Mapping[str, str]) -> str:
    """The unit of what was typed in these fields: as it is said, or else the mark that stands with the first of them.

    Raises `Refusal` beside the first field whose figure has another mark.
    """
    for field, text in typed.items():
        said, held = mark(text), unit if unit == "%" else currency_in(unit)
        if said and held and not _alike(said, held):
            what = "in percent" if said == "%" else "an amount of money" if held == "%" else "in another currency"
            raise Refusal(f"“{text.strip()[:40]}” is {what}; this is measured in {unit}.", field)
        unit = unit or said
    return unit


def _alike(one: str, other: str) -> bool:
    return alike(one, other) if is_currency(one) and is_currency(other) else one == other


def shown(value: Decimal, unit: str = "") -> str:
    """A value as people read it: "1,200", "99.5%", "€3.2", "CHF 1,200", "45 sign-ups"."""
    text = f"{value:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if is_currency(unit):
        sign, amount = ("-", text[1:]) if text.startswith("-") else ("", text)
        return f"{sign}{unit} {amount}" if unit in CODES else f"{sign}{unit}{amount}"
    return f"{text}%" if unit == "%" else f"{text} {unit}".strip()


def plain(value: Decimal) -> str:
    """A value as somebody would type it, with the six decimals that can be typed.

    One with three decimals gets a fourth: 1.125 could be eleven hundred and twenty-five.
    """
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return f"{text}0" if in_two_ways(text.removeprefix("-")) else text


def is_mark(unit: str) -> bool:
    """Whether it belongs to each figure, as "%" and "€" do; a word is said once for several."""
    return unit == "%" or is_currency(unit)


def holds_mark(unit: str, mark: str) -> bool:
    """Whether a unit in words has this mark in it, or one that may mean the same: "k€", "million USD", "% of users"."""
    held = mark if mark == "%" and "%" in unit else currency_in(unit)
    return bool(held) and is_mark(mark) and _alike(held, mark)


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
