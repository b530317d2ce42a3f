"""Where a workspace is kept between two runs: one small SQLite file, or nowhere."""

import json
import sqlite3
from copy import copy
from pathlib import Path

from sandbox.records import Value

TABLE = "CREATE TABLE IF NOT EXISTS records (kind TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, key))"


class Archive:
    """Records of JSON by kind and key. What `write` has accepted survives a killed process."""

    def __init__(self, file: Path | None = None) -> None:
        """Keep the records in `file`, which is made if need be; without one they last as long as this object."""
        self._within = ""
        self._connection = sqlite3.connect(file or ":memory:", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute(TABLE)

    def part(self, name: str) -> "Archive":
        """The records of one workspace among several: in the same file, apart from all others."""
        part = copy(self)
        part._within = f"{name}/"
        return part

    def write(self, kind: str, key: str, value: Value | None) -> None:
        """Keep this record, in place of the one before it; None takes it away."""
        kind = self._within + kind
        if value is None:
            self._connection.execute("DELETE FROM records WHERE kind = ? AND key = ?", (kind, key))
        else:
            self._connection.execute(
                "INSERT INTO records VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value",
                (kind, key, json.dumps(value)),
            )

    def read(self, kind: str) -> dict[str, Value]:
        """Every record of a kind by its key, in the order in which they first came."""
        found = "SELECT key, value FROM records WHERE kind = ? ORDER BY rowid"
        rows = self._connection.execute(found, (self._within + kind,))
        return {key: json.loads(value) for key, value in rows}

    def close(self) -> None:
        self._connection.close()
