"""Logs that help without telling: no tokens, no bodies, none of people's words, at any level.

Only what we have written ourselves is printed as it stands. Others put what people said into their sentences and their
exceptions, so of those only who spoke, where, and what kind of trouble it is comes through.
"""

import logging
import re
import sqlite3
import sys
import threading
import traceback
from collections.abc import Collection, Iterator, MutableMapping
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

_TOKEN = re.compile(r"\bxox[a-z]-[\w-]+|\bxapp-[\w-]+")
_WORD_OF_SLACK = re.compile(r"[a-z][a-z0-9_]{1,60}")

OURS = "cairn"
"""The loggers whose lines are ours are called so, or begin with it and a dot."""

PLAIN = {"alembic", "apscheduler"}
"""Those of others whose sentences have no room for what people said; each is printed with its places unfilled."""


def set_up(level: str, json: bool, secrets: Collection[str] = ()) -> None:
    """Write every log line to standard error, as plain text or as JSON, without these secrets."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without(secrets),
    ]
    last = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False)
    handler = logging.StreamHandler()
    handler.addFilter(_discreet)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[
        structlog.stdlib.ProcessorFormatter.remove_processors_meta, last,
    ]))  # fmt: skip
    logging.basicConfig(level=max(logging.WARNING, logging.getLevelName(level.upper())), handlers=[handler], force=True)
    logging.getLogger(OURS).setLevel(level.upper())


def catch_all() -> None:
    """Have what nobody caught logged like everything else: Python itself would print it with all that it holds."""
    logging.captureWarnings(True)
    sys.excepthook = lambda _kind, error, _trace: _broke_off(error)
    sys.unraisablehook = lambda what: _broke_off(what.exc_value)
    threading.excepthook = lambda what: _broke_off(what.exc_value)


def in_short(error: BaseException) -> str:
    """What kind of trouble this is, with as much of it as cannot hold what anybody said."""
    detail = _detail(getattr(error, "orig", None) or error)
    return f"{type(error).__name__}: {detail}" if detail else type(error).__name__


def _broke_off(error: BaseException | None) -> None:
    logging.getLogger(OURS).error("something broke off", exc_info=error)


def _discreet(record: logging.LogRecord) -> bool:
    """Leave in this record only what may be written down; whether anything of it is worth writing."""
    if not _is_in(record.name, {OURS}):
        if record.levelno < (logging.WARNING if _is_in(record.name, PLAIN) else logging.ERROR):
            return False
        _withhold(record)
    if record.exc_info:
        record.trace = "\n" + "\n".join(_trace(record.exc_info[1]))
    record.exc_info = record.exc_text = record.stack_info = None
    return True


def _withhold(record: logging.LogRecord) -> None:
    """Of somebody else's line: where it was written, and what kind of trouble it tells of."""
    where = f"{record.module}:{record.lineno}"
    record.msg = record.msg if _is_in(record.name, PLAIN) else f"(what it says is withheld; written at {where})"
    record.args = None


def _is_in(name: str, names: Collection[str]) -> bool:
    return name.partition(".")[0] in names


def _trace(error: BaseException | None, told: tuple[BaseException, ...] = ()) -> Iterator[str]:
    """Where it happened, and what led to it, each in short; the words of an exception may be somebody's.

    An exception may have led to itself, and is told once.
    """
    if error is None or error in told:
        return
    told = (*told, error)
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and before not in told:
        yield from _trace(before, told)
        yield "which led to:"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    yield in_short(error)
    for each in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from _trace(each, told)


def _detail(error: BaseException) -> str:
    """What an exception of these kinds says of itself without repeating what it was given."""
    if isinstance(error, sqlite3.Error):
        return str(error)
    if isinstance(error, SlackApiError):
        said = getattr(error.response, "data", None)
        return _word(said.get("error")) if isinstance(said, dict) else ""
    if isinstance(error, OSError):
        return error.strerror or ""
    state = getattr(error, "sqlstate", None)
    return f"SQLSTATE {state}" if state else ""


def _word(said: object) -> str:
    return said if isinstance(said, str) and _WORD_OF_SLACK.fullmatch(said) else ""


def _without(secrets: Collection[str]) -> Any:
    """A step that blots out every token, and every one of these secrets that is long enough to be one."""
    known = [secret for secret in secrets if len(secret) >= 8]

    def blot(said: Any) -> Any:
        if not isinstance(said, str):
            return said
        for secret in known:
            said = said.replace(secret, "[secret]")
        return _TOKEN.sub("[token]", said)

    def step(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {name: blot(value) for name, value in line.items()}

    return step
