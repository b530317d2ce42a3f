"""Spreadsheets that people bring along, and those that they take out."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import IO

from bot import sheets
from domain.columns import columns, is_header
from domain.entries import every_person
from domain.fates import plan
from domain.imports import Plan
from domain.people import Member
from domain.sheets import csv_lines, headed
from domain.staging import counted, periods, staged
from operations import exports, imports
from storage import people
from storage.database import Session
from storage.publishing import Numbers

HEADERS = ("Row ID", "Title", "Parent", "Entity", "Owner Email", "Time Period", "Kind", "Unit", "Start", "Target")


def written(*rows: Mapping[str, str], headers: Iterable[str] = HEADERS) -> str:
    """A CSV file of these rows, with the headers that they name."""
    named = tuple(dict.fromkeys([*headers, *(name for row in rows for name in row)]))
    return csv_lines([named, *([row.get(name, "") for name in named] for row in rows)])


def company(rows: int, owner: str = "UADA", period: str = "Q4 2026") -> str:
    """So many rows: a company objective, and under it others with three key results each."""
    lines = [{"Row ID": "0", "Title": "The company thrives", "Entity": "Company"}]
    while len(lines) < rows:
        at = len(lines)
        lines.append({"Row ID": str(at), "Title": f"Objective {at}", "Parent": "0", "Entity": "Individual"})
        parts = range(at + 1, min(at + 4, rows))
        lines += [{"Row ID": str(n), "Title": f"Result {n}", "Parent": str(at), "Target": "100"} for n in parts]
    return written(*(line | {"Owner Email": owner, "Time Period": period} for line in lines))


def exported(session: Session, sight: exports.Sight, now: datetime, at_once: int = exports.AT_ONCE) -> dict[str, bytes]:
    """The files of an export, through somebody's eyes, with so many rows of a kind read at once."""
    session.flush()
    held: dict[str, io.BytesIO] = {}

    def opened(name: str) -> IO[bytes]:
        return held.setdefault(name, io.BytesIO())

    exports.drawn.write(exports.tables(session, sight, now, at_once), {"workspace": sight.workspace}, opened)
    return {name: file.getvalue() for name, file in held.items()}


def rows_of(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    """The rows of one of them."""
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"), newline="")))


def planned(
    session: Session, who: Member, data: bytes | str, now: datetime, **called: str
) -> tuple[Plan, imports.Ground]:
    """What becomes of each row of a file, for somebody who brings it; people are called by their Slack ids too."""
    sheet = headed(sheets.rows(data.encode() if isinstance(data, str) else data), is_header)
    at = columns(sheet.headers)
    ids = {each.slack_id.casefold(): each.slack_id for each in people.everybody(session, who.workspace)}
    named = {name: ids[name] for name in every_person(sheet.rows, at) if name in ids}
    ground = imports.ground(session, who, named | called, now)
    return plan(sheet, at, ground.known), ground


def brought(session: Session, who: Member, data: bytes | str, now: datetime, **called: str) -> Numbers:
    """A whole import."""
    found, ground = planned(session, who, data, now, **called)
    assert not found.refused, found.refused
    made = staged(found, ground.names)
    batch = f"of {who.workspace}"
    imports.stage(session, who, batch, made)
    added = imports.publish(session, who, batch, counted(made), periods(found), now)
    imports.show(session, who, imports.concerned(session, who, batch), now)
    imports.forget(session, who, 100_000)
    return added
