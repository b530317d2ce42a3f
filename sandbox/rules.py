"""The figures that Slack goes by. The defaults are the real ones; tests shorten them."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    ack_seconds: float = 3.0
    """How long the app may take to acknowledge anything."""
    trigger_seconds: float = 3.0
    """How long a `trigger_id` can open a modal."""
    retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)
    """Seconds before each redelivery of an event that was not acknowledged."""
    response_url_uses: int = 5
    response_url_seconds: float = 1800.0
    code_seconds: float = 600.0
    """How long the code of an installation can be exchanged for its token."""
    max_connections: int = 10
    """Sockets that one app may hold open."""
    rate_limited: bool = False
    """Whether each method is held to its tier, and chat.postMessage to about one message a second in each channel."""
    post_burst: int = 3
    """Messages that a quiet channel takes at once before the pace is enforced."""
    users_in_one_piece: int = 500
    """Members of a workspace that users.list still tells without paging; Slack publishes no number."""
    paid_plan: bool = True
    """A free plan has no user groups."""
    unsupported_blocks: Collection[str] = ()
    """Types of blocks that no message can hold here: Slack does not bring new ones to everybody at once."""
    unfurls_need_ack: bool = False
    """Whether a link is unfurled only once its `link_shared` is acknowledged: Slack says that it may refuse before."""
    stopwatch: Callable[[], float] = time.monotonic
    """Seconds from any beginning: what triggers, response URLs and the pace of calls are measured with."""
