"""Rows of a sheet that somebody brings along to a company, and what becomes of them."""

from datetime import date

from domain.columns import Column, columns
from domain.cycles import Period
from domain.entries import AS_IT_SHOWS
from domain.fates import plan
from domain.imports import Refused
from domain.known import Known
from domain.references import Prefix, Reference
from domain.sheets import Row, Sheet

Q4 = Period("Q4 2026", date(2026, 10, 1), date(2026, 12, 31))
FY = Period("Q4 FY26", date(2026, 4, 1), date(2026, 6, 30))
KNOWN = Known(
    people={"ada@example.com": "U001", "bo@example.com": "U002"},
    teams=("Growth", "Craft"),
    company=("Acme",),
    cycles=(Q4, FY),
    closed=frozenset({"Q1 2026"}),
    current=Q4,
    standing={Reference(Prefix.OBJECTIVE, 12): "Win the market", Reference(Prefix.KEY_RESULT, 34): "500 sign-ups"},
)
SHORT = {"id": "ROW_ID", "who": "OWNER"}


def row(title="Grow", **cells):
    return {"title": title, "who": "ada@example.com", "entity": "Acme", **cells}


def planned(*rows, known=KNOWN, told=AS_IT_SHOWS):
    """The plan of these rows, the first of which is row 2."""
    sheet = Sheet(
        tuple(Column),
        tuple(
            Row(
                number,
                tuple(
                    {Column[SHORT.get(name, name.upper())]: cell for name, cell in cells.items()}.get(column, "")
                    for column in Column
                ),
            )
            for number, cells in enumerate(rows, 2)
        ),
    )
    return plan(sheet, columns(sheet.headers), known, told)


def fates(*rows, **more):
    return [each.fate for each in planned(*rows, **more).rows]


def fate(*rows, **more):
    """The fate of the last of these rows."""
    return fates(*rows, **more)[-1]


def notes(*rows):
    return planned(*rows).rows[-1].notes


def refusal(*rows, **more):
    """The one problem of the last of these rows."""
    found = fate(*rows, **more)
    assert isinstance(found, Refused), found
    (problem,) = found.problems
    return problem.column, problem.because


TOP = row("Win the market", id="1")
UNDER = row("Grow the list", id="2", parent="1", entity="Growth", who="bo@example.com")
MEASURED = row("500 sign-ups", id="3", parent="2", target="500", start="20", unit="sign-ups", who="", entity="Growth")
