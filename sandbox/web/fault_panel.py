"""The inspector's left side: buttons for what may go wrong, and a list of what is about to."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING

from sandbox.faults import Fault, Faults
from sandbox.web.asked import Asked
from sandbox.web.markup import Html, tag

if TYPE_CHECKING:
    from sandbox.server import Sandbox

Often = tuple[int, int | None]
"""Each n-th time, and how many times in all."""

HOW_OFTEN: dict[str, Often] = {
    "Once": (1, 1),
    "Three times": (1, 3),
    "Every time": (1, None),
    "Every 3rd time": (3, None),
    "Every 10th time": (10, None),
}

Deed = Callable[[Faults, str, float, Often], Fault]

CALLS: dict[str, Deed] = {
    "Answer late": lambda faults, name, seconds, often: faults.slow(name, seconds, *often),
    "Rate limit": lambda faults, name, seconds, often: faults.limit(name, round(seconds), *often),
    "Lose the answer": lambda faults, name, _, often: faults.drop(name, *often),
    "Cut off before the work": lambda faults, name, _, often: faults.drop(name, *often, after_work=False),
    "HTTP 500": lambda faults, name, _, often: faults.fail(name, 500, *often),
    "HTTP 503, a page": lambda faults, name, _, often: faults.fail(name, 503, *often),
}
ACKS: dict[str, Deed] = {
    "Cut before the ack is read": lambda faults, _, __, often: faults.cut("*", *often),
    "Cut after the ack is read": lambda faults, _, __, often: faults.cut("*", *often, before_ack=False),
}

SUDDEN: dict[str, Callable[["Sandbox"], Awaitable[None]]] = {
    "Cut now": lambda sandbox: sandbox.sockets.cut(),
    "Ask to reconnect": lambda sandbox: sandbox.sockets.refresh(),
    "Uninstall": lambda sandbox: sandbox.uninstall(),
}
"""What happens at once, instead of to what comes next."""


def fault_panel(methods: Iterable[str], faults: Iterable[Fault]) -> Html:
    """The whole panel."""
    names = [tag("option", value=name) for name in ("*", *methods, "response_url")]
    calls = tag("fieldset", tag("legend", "To calls of"), _where(), tag("datalist", *names, id="methods"), _when())
    return tag(
        "aside",
        tag("form", tag("h2", "What may go wrong"), calls, _buttons(CALLS), id="faults-of-calls"),
        tag("h2", "Sockets"),
        _buttons((*ACKS, "Cut now", "Ask to reconnect")),
        tag("h2", "The app"),
        _buttons(("Uninstall",)),
        active(faults),
        id="faults",
        aria_label="Faults",
    )


def active(faults: Iterable[Fault]) -> Html:
    """The faults that may still strike, each with a way to end it."""
    listed = [_one(fault) for fault in faults]
    nothing = tag("p", "Nothing goes wrong.", class_="none")
    end = tag("button", "Clear all", type="button", class_="button small", data_clear="")
    content = (tag("ul", *listed), end) if listed else (nothing,)
    return tag("section", tag("h2", "Active"), *content, id="active", aria_live="polite")


async def do(sandbox: "Sandbox", asked: Asked) -> None:
    """What a button says. Raises ValueError for a wrong figure, KeyError for what no button does or cannot be done."""
    wanted = asked.words("do")
    if wanted in SUDDEN:
        await SUDDEN[wanted](sandbox)
        return
    name, often = asked.words("name", "*").strip() or "*", HOW_OFTEN[asked.words("often")]
    {**CALLS, **ACKS}[wanted](sandbox.faults, name, _seconds(asked), often)


def _seconds(asked: Asked) -> float:
    said = asked.words("seconds", "").strip() or "0"
    if not said.replace(".", "", 1).isdecimal():
        raise ValueError("The seconds must be a number.")
    return float(said)


def _where() -> Html:
    return tag("input", name="name", value="*", list="methods", aria_label="Method; * is any", spellcheck="false")


def _when() -> Html:
    often = tag("select", *(tag("option", words) for words in HOW_OFTEN), name="often", aria_label="How often")
    seconds = tag("input", name="seconds", type="number", value="2", min="0", max="600", step="any")
    return tag("div", often, tag("label", seconds, " seconds"), class_="when")


def _buttons(words: Iterable[str]) -> Html:
    each = [tag("button", it, type="button", class_="button small", data_do=it) for it in words]
    return tag("div", *each, class_="deeds")


def _one(fault: Fault) -> Html:
    end = tag("button", "×", type="button", data_clear=fault.number, aria_label=f"Clear: {fault}")
    return tag("li", tag("span", str(fault)), end, data_key=fault.number)
