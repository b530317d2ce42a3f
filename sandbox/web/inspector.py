"""The inspector: a page with all traffic between the app and Slack, and the faults that can be put in its way."""

import json
from collections.abc import Iterable

from sandbox.faults import Fault
from sandbox.records import Value
from sandbox.traffic import SENT, TO_APP, UNDER_WAY, Exchange, readable
from sandbox.web.fault_panel import fault_panel
from sandbox.web.head import head
from sandbox.web.markup import Html, join, tag

COLUMNS = ("Time (UTC)", "", "Kind", "Method or type", "Outcome", "Took")


def inspector(company: str, methods: Iterable[str], faults: Iterable[Fault]) -> str:
    """The whole document; its rows come with the script's first look."""
    top = tag(
        "header",
        tag("b", company, class_="team"),
        tag("h1", "Inspector"),
        tag("label", tag("span", "Show only", class_="unseen"), _search()),
        tag("a", "Back to the workspace", href="/"),
        id="top",
    )
    body = tag(
        "body",
        top,
        fault_panel(methods, faults),
        tag("main", _table(), aria_label="Traffic", tabindex="-1"),
        tag("div", id="notice", role="status", popover="manual"),
        class_="inspector",
    )
    above = head(f"Inspector · {company}", ["page", "blocks", "inspector"], "inspector")
    return "<!doctype html>" + tag("html", above, body, lang="en")


def rows(exchanges: Iterable[Exchange]) -> Html:
    """One row each; the bodies are fetched when somebody unfolds them."""
    return join(_row(each) for each in exchanges)


def bodies(exchange: Exchange) -> Html:
    """What was asked and what was answered, in full but for the secrets."""
    return join([_body("Asked", exchange.asked), _body("Answered", exchange.answer)])


def _search() -> Html:
    return tag("input", type="search", id="only", placeholder="Show only …", autocomplete="off")


def _table() -> Html:
    heads = [tag("th", words or tag("span", "Direction", class_="unseen"), scope="col") for words in COLUMNS]
    empty = tag("p", "Nothing has passed yet. Whatever the app asks or hears will stand here.", class_="empty")
    return join([tag("table", tag("thead", tag("tr", *heads)), tag("tbody", id="rows")), empty])


def _row(exchange: Exchange) -> Html:
    outward = exchange.direction == TO_APP
    cells = (
        tag("td", tag("time", f"{exchange.at:%H:%M:%S}.{exchange.at.microsecond // 1000:03d}"), class_="at"),
        tag("td", tag("span", "←" if outward else "→", title=exchange.direction, aria_label=exchange.direction)),
        tag("td", exchange.kind.replace("_", " "), class_="kind"),
        tag("td", _name(exchange)),
        tag("td", exchange.outcome, class_="outcome"),
        tag("td", _took(exchange), class_="took"),
    )
    return tag("tr", *cells, id=f"row-{exchange.number}", data_number=exchange.number, class_=_mood(exchange))


def _name(exchange: Exchange) -> Html:
    opener = tag("button", exchange.name, type="button", aria_expanded="false", class_="unfold")
    about = tag("span", exchange.about, class_="about") if exchange.about else None
    return join(
        [opener, about, *(tag("span", words, class_="fault") for words in (*exchange.faults, *exchange.reasons))]
    )


def _mood(exchange: Exchange) -> str:
    if exchange.status == UNDER_WAY:
        return "waiting"
    return "well" if exchange.outcome in ("200", "acknowledged", SENT) else "failed"


def _took(exchange: Exchange) -> str:
    if exchange.seconds is None:
        return "…"
    if exchange.status == SENT:
        return ""
    return f"{exchange.seconds:.2f} s" if exchange.seconds >= 1 else f"{exchange.seconds * 1000:.1f} ms"


def _body(title: str, body: Value) -> Html:
    said = readable(body)
    text = said if isinstance(said, str) else json.dumps(said, indent=2, ensure_ascii=False)
    shown = tag("pre", text, tabindex="0", aria_label=title) if said is not None else tag("p", "Nothing.")
    return tag("section", tag("h3", title), shown)
