"""Slack's pace: about one message a second in each channel, a few at once after a quiet while."""

import math
import time

from sandbox.rules import Rules


class Pace:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._filled: dict[str, tuple[float, float]] = {}
        """Channel → how many messages it takes at once, as of when."""

    def wait(self, channel_id: str) -> int:
        """Count one message; the whole seconds to wait first, 0 when it may go now or when pace is not enforced."""
        if not self._rules.rate_limited:
            return 0
        now, burst = time.monotonic(), float(self._rules.post_burst)
        room, since = self._filled.get(channel_id, (burst, now))
        room = min(burst, room + now - since)
        if room < 1:
            return math.ceil(1 - room)
        self._filled[channel_id] = (room - 1, now)
        return 0
