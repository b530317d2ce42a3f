"""Trigger ids: each lets the app open one modal in front of one person, once, and soon."""

import re
import secrets
from dataclasses import dataclass

from sandbox.errors import SlackError
from sandbox.rules import Rules

SHAPE = re.compile(r"\d+\.\d+\.[0-9a-f]+")


@dataclass
class Trigger:
    user: str
    view_id: str | None = None
    """The modal in which the person acted, if they acted in one."""
    issued: float = 0.0
    """When, in seconds of the rules' stopwatch."""
    exchanged: bool = False


class Triggers:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._issued: dict[str, Trigger] = {}

    def issue(self, user_id: str, view_id: str | None = None) -> str:
        """A new trigger id for something that this person has just done."""
        trigger_id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = Trigger(user_id, view_id, self._rules.stopwatch())
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """Use a trigger up. Raises SlackError when it is malformed, used or too old."""
        if not SHAPE.fullmatch(trigger_id):
            raise SlackError("invalid_trigger_id")
        trigger = self._issued.get(trigger_id)
        if trigger is None or self._rules.stopwatch() - trigger.issued > self._rules.trigger_seconds:
            raise SlackError("expired_trigger_id")
        if trigger.exchanged:
            raise SlackError("exchanged_trigger_id")
        trigger.exchanged = True
        return trigger
