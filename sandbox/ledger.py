"""The ledger: one line for every post that the workspace has accepted, whatever became of the answer."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from sandbox.bodies import parsed
from sandbox.records import Json

POSTS = ("chat.postMessage", "chat.postEphemeral", "response_url")


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
        """Go on with the entries of this file, and write each one there before its answer leaves."""
        earlier = file.read_text("utf-8").splitlines() if file.exists() else []
        self.entries = [*map(json.loads, earlier), *self.entries]
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


def _replaces(asked: Json) -> bool:
    return bool(asked.get("replace_original") or asked.get("delete_original"))


def _metadata(asked: Json) -> Json | None:
    given = asked.get("metadata") or None
    metadata: Json | None = parsed(given) if isinstance(given, str) else given
    return metadata
