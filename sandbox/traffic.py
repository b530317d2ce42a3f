"""All traffic between the app and Slack: what was asked, what was answered, and how long it took."""

import itertools
import re
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sandbox.bodies import NotReadable, parsed
from sandbox.records import Json, Value

MOST = 1_000
"""Exchanges that are remembered; the oldest are forgotten first."""

FROM_APP, TO_APP = "from the app", "to the app"
UNDER_WAY, SENT = "under way", "sent"

_TOKENS = re.compile(r"(xox[a-z](?:\.[a-z]+)?|xapp)-[\w-]+|(ticket)=[\w-]+")
_SECRETS = {"token", "access_token", "refresh_token", "client_secret", "code", "ticket"}
BLOT = "•••"


@dataclass
class Exchange:
    """A call, an envelope or a request, and what came back."""

    number: int
    direction: str
    kind: str
    """`call`, `envelope`, `response_url`, `socket`; `request` in HTTP mode."""
    name: str
    """The method, or the type of the envelope."""
    asked: Json | bytes
    key: str = ""
    """The `envelope_id`."""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    answer: Json | bytes | None = None
    status: str = UNDER_WAY
    seconds: float | None = None
    faults: tuple[str, ...] = ()
    refusal: Json = field(default_factory=dict)
    """Slack's words where it does not accept what the app answered."""
    change: int = 0
    """Grows with every change to any exchange."""
    began: float = field(default_factory=time.monotonic)

    @property
    def about(self) -> str:
        """What goes to the app: the event, the command or the kind of interaction; and which redelivery it is."""
        if self.direction == FROM_APP or not isinstance(self.asked, dict):
            return ""
        payload = self.asked.get("payload") or self.asked
        what = payload.get("event", {}).get("type") or payload.get("command") or payload.get("type", "")
        again = self.asked.get("retry_attempt")
        return f"{what}, again ({again}: {self.asked['retry_reason']})" if again else str(what)

    @property
    def outcome(self) -> str:
        """The status, with Slack's error code where a call or the app's answer was refused."""
        if self.refusal:
            return f"refused: {self.refusal['error']}"
        refused = isinstance(self.answer, bytes) and self.answer.startswith(b'{"ok": false')
        return f"{self.status} {readable(self.answer)['error']}" if refused else self.status

    @property
    def reasons(self) -> list[str]:
        """Why Slack does not accept what the app answered, in as many words as it has for it."""
        reasons: list[str] = self.refusal.get("response_metadata", {}).get("messages", [])
        return reasons

    def record(self) -> Json:
        """All of it as JSON, with every secret blotted out."""
        facts = {name: getattr(self, name) for name in ("change", "number", "direction", "kind", "name", "about")}
        ended = {"status": self.outcome, "seconds": self.seconds, "faults": list(self.faults), "reasons": self.reasons}
        return {
            **facts,
            "at": self.at.isoformat(),
            **ended,
            "asked": readable(self.asked),
            "answer": readable(self.answer),
        }


class Traffic:
    """The latest exchanges, oldest first."""

    def __init__(self, most: int = MOST) -> None:
        self._exchanges: deque[Exchange] = deque(maxlen=most)
        self._numbers, self._changes = itertools.count(1), itertools.count(1)

    def __iter__(self) -> Iterator[Exchange]:
        return iter(list(self._exchanges))

    def __len__(self) -> int:
        return len(self._exchanges)

    def begin(self, direction: str, kind: str, name: str, asked: Json | bytes, key: str = "") -> Exchange:
        """Something was asked; `end` or `hear` says what came of it."""
        begun = Exchange(next(self._numbers), direction, kind, name, asked, key, change=next(self._changes))
        self._exchanges.append(begun)
        return begun

    def end(self, exchange: Exchange, status: str, answer: Json | bytes | None = None) -> None:
        """This is what came back, or why nothing did."""
        exchange.status, exchange.answer, exchange.change = status, answer, next(self._changes)
        exchange.seconds = round(time.monotonic() - exchange.began, 6)

    def give_up(self, exchange: Exchange, why: str) -> None:
        """Nothing has come back and nothing is waited for, unless something did."""
        if exchange.status == UNDER_WAY:
            self.end(exchange, why)

    def note(self, kind: str, name: str, said: Json | bytes, status: str = SENT, direction: str = TO_APP) -> None:
        """Something that nobody answers."""
        self.end(self.begin(direction, kind, name, said), status)

    def hear(self, key: str, ack: Json) -> Exchange | None:
        """The app acknowledged an envelope, perhaps after its time was up."""
        exchange = self.of(key)
        if exchange and exchange.answer is None:
            late = exchange.status != UNDER_WAY
            self.end(exchange, "acknowledged too late" if late else "acknowledged", ack)
        return exchange

    def refuse(self, payload: Json, refusal: Json) -> None:
        """Slack does not accept what the app answered to this payload, in these words."""
        for exchange in self._exchanges:
            if isinstance(exchange.asked, dict) and exchange.asked.get("payload", exchange.asked) is payload:
                exchange.refusal, exchange.change = refusal, next(self._changes)

    def of(self, key: str) -> Exchange | None:
        """The envelope with this id."""
        return next((each for each in reversed(self._exchanges) if key and each.key == key), None)

    def numbered(self, number: int) -> Exchange | None:
        return next((each for each in self._exchanges if each.number == number), None)

    def since(self, change: int) -> list[Exchange]:
        """What has come or changed after this `change`, in the order of the changes."""
        return sorted((each for each in self._exchanges if each.change > change), key=lambda each: each.change)


def readable(body: Json | bytes | None) -> Value:
    """A body as JSON where it is JSON, as text otherwise; tokens and other secrets are blotted out."""
    if not isinstance(body, bytes):
        return _blotted(body)
    text = body.decode(errors="replace")
    try:
        return _blotted(parsed(text))
    except NotReadable:
        return _blotted(text)


def _blotted(value: Value) -> Value:
    if isinstance(value, str):
        return _TOKENS.sub(lambda found: f"{found[1] or found[2]}-{BLOT}", value)
    if isinstance(value, list):
        return [_blotted(each) for each in value]
    if isinstance(value, dict):
        return {name: BLOT if name in _SECRETS and each else _blotted(each) for name, each in value.items()}
    return value
