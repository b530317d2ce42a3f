"""Slack's pace: so many calls of a method a minute, and about one message a second in each channel."""

import math
from collections import defaultdict, deque

from sandbox.rules import Rules
from sandbox.tiers import CALLS_A_MINUTE, TIER_OF_METHOD

MINUTE = 60.0


class Pace:
    """How often one app called each method of late, in one workspace."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._calls: defaultdict[str, deque[float]] = defaultdict(deque)
        """Method → when it was called within the last minute, oldest first."""
        self._posts: dict[str, tuple[float, float]] = {}
        """Channel → how many messages it takes at once, as of when."""

    def wait(self, method: str, channel_id: str = "") -> int:
        """Count one call; the whole seconds to wait first, 0 when it may go now or when pace is not enforced.

        A call that has to wait is not counted. The channel matters to chat.postMessage only.
        """
        if not self._rules.rate_limited:
            return 0
        now, posting = self._rules.stopwatch(), method == "chat.postMessage"
        seconds = self._until_method_is_free(method, now)
        if posting:
            seconds = max(seconds, 1 - self._room_in(channel_id, now))
        if seconds > 0:
            return math.ceil(seconds)
        self._calls[method].append(now)
        if posting:
            self._posts[channel_id] = (self._room_in(channel_id, now) - 1, now)
        return 0

    def _until_method_is_free(self, method: str, now: float) -> float:
        """Seconds until fewer calls than its tier allows lie within the last minute."""
        calls = self._calls[method]
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        tier = TIER_OF_METHOD.get(method)
        return calls[0] + MINUTE - now if tier and len(calls) >= CALLS_A_MINUTE[tier] else 0.0

    def _room_in(self, channel_id: str, now: float) -> float:
        """How many messages the channel takes now: one more each second, up to a few after a quiet while."""
        burst = float(self._rules.post_burst)
        room, since = self._posts.get(channel_id, (burst, now))
        return min(burst, room + now - since)
