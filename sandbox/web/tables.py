"""Tables: short ones whole, long ones page by page."""

from sandbox.web.markup import Html, join, tag
from sandbox.web.rich_text import rich_text
from sandbox.web.surface import Json, Surface

PAGE = 5
"""Rows that a `data_table` shows at once unless it says otherwise."""

Columns = list[Json | None]


def table(content: Json, on: Surface) -> Html:
    """The `table` block: its first row is the heading."""
    return _scrolled(grid(content.get("rows", []), content.get("column_settings") or [], on), "Table")


def data_table(content: Json, on: Surface) -> Html:
    """The `data_table` block: a caption, a heading, and as many rows at once as its pages hold."""
    rows, size = content.get("rows", []), int(content.get("page_size", PAGE))
    row_header = content.get("row_header_column_index", 0)
    caption = str(content.get("caption", ""))
    drawn = grid(rows, [], on, caption, row_header, size)
    return tag("div", _scrolled(drawn, caption), _pager(len(rows) - 1, size), class_="pages", data_size=size)


def grid(
    rows: list[list[Json]],
    columns: Columns,
    on: Surface,
    caption: str = "",
    row_header: int | None = None,
    shown: int | None = None,
) -> Html:
    """A table of cells; `row_header` is the column that names its row, `shown` how many rows are seen at first."""
    head, *body = rows or [[]]
    drawn = [
        tag("caption", caption) if caption else None,
        tag("thead", tag("tr", *_cells(head, columns, on, "col"))),
        tag("tbody", *(_row(row, columns, on, row_header, shown, place) for place, row in enumerate(body))),
    ]
    return tag("table", *drawn)


def _scrolled(drawn: Html, name: str) -> Html:
    return tag("div", drawn, class_="table", tabindex="0", role="region", aria_label=name)


def _row(row: list[Json], columns: Columns, on: Surface, header: int | None, shown: int | None, place: int) -> Html:
    drawn = [_cell(cell, setting, on, "row" if at == header else None) for at, cell, setting in _set(row, columns)]
    return tag("tr", *drawn, hidden=shown is not None and place >= shown)


def _cells(row: list[Json], columns: Columns, on: Surface, scope: str) -> list[Html]:
    return [_cell(cell, setting, on, scope) for _, cell, setting in _set(row, columns)]


def _set(row: list[Json], columns: Columns) -> list[tuple[int, Json, Json]]:
    """Every cell with its place and the settings of its column."""
    settings = [*columns, *[None] * len(row)]
    return [(at, cell, settings[at] or {}) for at, cell in enumerate(row)]


def _cell(value: Json, setting: Json, on: Surface, scope: str | None) -> Html:
    drawn = rich_text(value, on) if value.get("type") == "rich_text" else join(_words(value))
    align = setting.get("align", "right" if value.get("type") == "raw_number" else "left")
    wrapped = " wrapped" if setting.get("is_wrapped") else ""
    return tag("th" if scope else "td", drawn, class_=f"{align}{wrapped}", scope=scope)


def _words(value: Json) -> str:
    return str(value.get("text", value.get("value", "")))


def _pager(rows: int, size: int) -> Html | None:
    if rows <= size:
        return None
    back = tag("button", "‹", type="button", data_turn="-1", aria_label="Previous rows", disabled=True)
    forth = tag("button", "›", type="button", data_turn="1", aria_label="Next rows")
    return tag("div", back, tag("span", f"1–{size} of {rows}", role="status"), forth, class_="pager")
