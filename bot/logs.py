"""Logs that help without telling: no tokens, no bodies, none of people's words."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRET = re.compile(r"\bxox[a-z]-[\w-]+|\bxapp-[\w-]+")
_QUIET = {"alembic": "WARNING", "aiohttp": "WARNING", "apscheduler": "WARNING", "aiosqlite": "WARNING"}
_QUIET |= {"slack_bolt": "ERROR", "slack_sdk": "ERROR"}  # below that they write down what people said


def set_up(level: str, json: bool) -> None:
    """Write every log line to standard error, as plain text or as JSON."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redacted,
    ]
    last = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False)
    handler = logging.StreamHandler()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[
        structlog.stdlib.ProcessorFormatter.remove_processors_meta, last,
    ]))  # fmt: skip
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)


def _redacted(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The same line with every Slack token blotted out."""
    return {name: _SECRET.sub("[token]", value) if isinstance(value, str) else value for name, value in line.items()}
