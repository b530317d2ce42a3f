"""The ledger: one line for every post that the workspace has accepted, whatever became of the answer."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from sandbox.bodies import parsed
from sandbox.records import Json

POSTS = ("chat.postMessage", "chat.postEphemeral", "response_url")


class NotALedger(ValueError):
    """Why a file cannot be gone on with, in one sentence."""


class Ledger:
    """Entries are only ever added. Each has

    - `number` from 1 on, `at` (ISO 8601, UTC) and the `method`, or `response_url`
    - `channel` and `ts`, null for a response URL, which tells neither
    - `characters` of its text, and its `metadata`
    - `fate`: `answered`; `late` or `dropped` when a fault held the answer back
    """

    def __init__(self) -> None:
        self.entries: list[Json] = []
        self._file: TextIO | None = None

    def keep_in(self, file: Path) -> None:
        """Go on with the entries of this file, and write each one there before its answer leaves.

        Raises NotALedger where it holds anything else.
        """
        earlier = _entries(file) if file.exists() else []
        self.entries = [*earlier, *self.entries]
        for number, entry in enumerate(self.entries, start=1):
            entry["number"] = number
        self.close()
        self._file = file.open("a", buffering=1, encoding="utf-8")
        self._file.write(lines(self.entries[len(earlier) :]))

    def note(self, method: str, asked: Json, answer: Json, fate: str) -> None:
        """Enter a call, if it was a post and was accepted."""
        if method not in POSTS or answer.get("ok") is False or _replaces(asked):
            return
        post = {
            "number": len(self.entries) + 1,
            "at": datetime.now(UTC).isoformat(),
            "method": method,
            "channel": answer.get("channel") or asked.get("channel"),
            "ts": answer.get("ts") or answer.get("message_ts"),
            "characters": len(str(asked.get("text") or asked.get("markdown_text") or "")),
            "metadata": _metadata(asked),
            "fate": fate,
        }
        self.entries.append(post)
        if self._file:
            self._file.write(lines([post]))

    def close(self) -> None:
        if self._file:
            self._file.close()
        self._file = None


def lines(records: list[Json]) -> str:
    """JSON, one record to a line."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records)


def _entries(file: Path) -> list[Json]:
    try:
        found = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    except ValueError as error:
        raise NotALedger(f"The ledger {file} cannot be gone on with: it is not lines of JSON.") from error
    if not all(isinstance(each, dict) for each in found):
        raise NotALedger(f"The ledger {file} cannot be gone on with: not every line is an object of JSON.")
    return found


def _replaces(asked: Json) -> bool:
    return bool(asked.get("replace_original") or asked.get("delete_original"))


def _metadata(asked: Json) -> Json | None:
    given = asked.get("metadata") or None
    metadata: Json | None = parsed(given) if isinstance(given, str) else given
    return metadata
