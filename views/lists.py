"""Lists of objectives: a page of one as a message, and a window in which it can be narrowed and turned."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from domain import searches
from domain.cycles import BACKLOG, Cycle
from domain.home import Moment
from domain.lists import ATTENTION, PAGE, Only, Page, Wanted, packed, unpacked
from domain.objectives import Level, ObjectiveId, Status
from domain.people import Member, Team, TeamId, names
from domain.recognition import Recognition
from domain.sights import Sight, sight
from views import cards, objectives
from views.blocks import (
    Block,
    Message,
    Option,
    View,
    actions,
    button,
    context,
    header,
    input_block,
    modal,
    multi_users_select,
    option,
    section,
    select,
    text_input,
)
from views.room import IN_MESSAGE, IN_VIEW
from views.text import count, cut, escape, one_line

PREVIOUS = "list.previous"
NEXT = "list.next"
OPEN = "list.open"

FORM = "list"
WORDS = "list.words"
PEOPLE = "list.people"
LEVEL = "list.level"
TEAM = "list.team"
STATUS = "list.status"
CYCLE = "list.cycle"
ONLY = "list.only"
FILTERS = (WORDS, PEOPLE, LEVEL, TEAM, STATUS, CYCLE, ONLY)

ANY = "any"
MOST = 100
"""Options in a select."""

Thanked = Mapping[ObjectiveId, Sequence[Recognition]]
Json = Mapping[str, Any]


def answer(
    wanted: Wanted,
    page: Page,
    people: Sequence[Member],
    teams: Sequence[Team],
    thanks: Thanked,
    moment: Moment,
    viewer: Member,
    foot: Sequence[Block] = (),
    takes_more: bool = True,
) -> Message:
    """A page under a heading that says what it is of, with ways to the pages beside it and into the window.

    `takes_more` is whether an objective could be added to it.
    """
    title = heading(wanted, people, teams, viewer)
    top = [header(title), *_meaning(wanted, moment)]
    # The buttons and the line above them are drawn for as many as can be shown, and that is known only afterwards.
    spare = [_place(page, len(page.objectives)), actions(*_ways(wanted, page, 0)), *foot]
    seen = _seen(wanted, page, moment, viewer)
    drawn, shown = objectives.as_many(seen, thanks, IN_MESSAGE.without([*top, *spare]))
    ways = _ways(wanted, page, shown)
    below = [_place(page, shown)] if ways or page.key_results else []
    below += [actions(*ways)] if ways else []
    opening = f"{escape(title)}: {_how_many(page) if page.total else 'nothing here'}."
    blocks = [*top, *(drawn or [_nothing(wanted, viewer, takes_more)]), *below, *foot]
    return {"text": objectives.in_words(opening, seen[:shown]), "blocks": blocks}


def window(
    wanted: Wanted,
    page: Page,
    people: Sequence[Member],
    offered: Sequence[Team],
    cycles: Sequence[Cycle],
    thanks: Thanked,
    moment: Moment,
    viewer: Member,
    takes_more: bool = True,
) -> View:
    """The same to look through: each choice draws it anew, from the first page on."""
    above = [*_filters(wanted, people, offered, cycles), *_meaning(wanted, moment)]
    spare = [_place(page, len(page.objectives)), actions(*_turning(wanted, page, 0))]
    seen = _seen(wanted, page, moment, viewer)
    drawn, shown = objectives.as_many(seen, thanks, IN_VIEW.without([*above, *spare]))
    turning = _turning(wanted, page, shown)
    body = [_place(page, shown), *drawn] if drawn else [_nothing(wanted, viewer, takes_more)]
    below = [actions(*turning)] if turning else []
    return modal("Find objectives", [*above, *body, *below], "Find", FORM, packed(wanted), "Close")


def read(view: Json) -> Wanted:
    """What is chosen in the window."""
    values = (view.get("state") or {}).get("values") or {}
    blocks = filter(_is_mapping, values.values()) if _is_mapping(values) else ()
    chosen = {action: held for block in blocks for action, held in block.items() if _is_mapping(held)}
    if PEOPLE not in chosen:
        return unpacked(_parsed(view.get("private_metadata")))
    return unpacked(
        {
            "people": chosen[PEOPLE].get("selected_users") or [],
            "level": _value(chosen, LEVEL),
            "teams": _ids(_value(chosen, TEAM)),
            "statuses": (_value(chosen, STATUS) or "").split(","),
            "only": _value(chosen, ONLY),
            **{name: list(each) for name, each in searches.read(_typed(chosen))._asdict().items()},
            **_read_period(_value(chosen, CYCLE)),
        }
    )


def read_pressed(value: str) -> tuple[Wanted, int]:
    """The list behind a button, and the objective that its page begins with; nonsense is the first page of all."""
    given = _parsed(value)
    first = given.get("first") if isinstance(given, Mapping) else None
    return unpacked(given), first if type(first) is int and 0 <= first < 10_000_000 else 0


def heading(wanted: Wanted, people: Sequence[Member], teams: Sequence[Team], viewer: Member) -> str:
    """What a list is of: "Company, at risk, Q4 2026"."""
    whose = [] if not people else [_whose(people, viewer)]
    groups = [f"Team {' and '.join(team.name for team in teams)}"] if teams else []
    level = [_LEVELS[wanted.level]] if wanted.level else []
    only = [str(wanted.only).capitalize()] if wanted.only else []
    statuses = ["needs attention" if wanted.statuses == ATTENTION else " or ".join(wanted.statuses)]
    when = wanted.cycle or (str(wanted.year) if wanted.year else "")
    parts = [*level, *groups, *whose, *only] or ["Everything"]
    return ", ".join(filter(None, [*parts, *_about(wanted), *statuses, when]))


def _about(wanted: Wanted) -> list[str]:
    """What is looked for in titles and among tags."""
    words, tags = wanted.looked
    about = [f"with {' and '.join(f'“{word}”' for word in words)}"] if words else []
    return [*about, *([" or ".join(f"#{tag}" for tag in tags)] if tags else [])]


_LEVELS = {Level.COMPANY: "Company", Level.TEAM: "Teams", Level.INDIVIDUAL: "Individual"}


def _seen(wanted: Wanted, page: Page, moment: Moment, viewer: Member) -> list[Sight]:
    """The page as somebody sees it; each cycle is named where the heading names none though there are several."""
    several = len({each.cycle.id for each in page.objectives}) > 1
    under = wanted.cycle or ("" if several or wanted.year else None)
    return [sight(each, moment, viewer, page.parts.get(each.id), under) for each in page.objectives]


def _whose(people: Sequence[Member], viewer: Member) -> str:
    if [each.id for each in people] == [viewer.id]:
        return "My objectives"
    return f"Objectives of {cut(one_line(names(people)), 80)}"


def _place(page: Page, shown: int) -> Block:
    if shown == page.total:
        return context(f"{_how_many(page)}.")
    also = f", with {count(page.key_results, 'key result')} in all" if page.key_results else ""
    return context(f"{page.first + 1:,}–{page.first + shown:,} of {count(page.total, 'objective')}{also}.")


def _meaning(wanted: Wanted, moment: Moment) -> list[Block]:
    """What is asked for in a word of our own."""
    days = count(moment.policy.stale_after.days, "day")
    return [context(f"Stale: nobody has checked in for more than {days}.")] if Status.STALE in wanted.statuses else []


def _how_many(page: Page) -> str:
    """How much there is on all pages: what the list is of first."""
    of = f"{count(page.key_results, 'key result')} in " if page.key_results else ""
    return f"{of}{count(page.total, 'objective')}"


def _nothing(wanted: Wanted, viewer: Member, takes_more: bool) -> Block:
    if wanted.statuses or any(wanted.looked):
        return section("Nothing like that here.")
    if wanted.only is Only.UNSCORED:
        return section("Nothing here waits for a score.")
    return section("Nothing here yet.") if takes_more and wanted.only else cards.nothing_here(viewer, takes_more)


def _ways(wanted: Wanted, page: Page, shown: int) -> list[Block]:
    """Out of a message: to the pages beside it and into the window, where there is more than is shown."""
    turning = _turning(wanted, page, shown)
    return [*turning, button("Open as a list", OPEN, _pressed(wanted, page.first))] if turning else []


def _turning(wanted: Wanted, page: Page, shown: int) -> list[Block]:
    before = [button("Previous", PREVIOUS, _pressed(wanted, max(page.first - PAGE, 0)))] if page.first else []
    further = page.first + shown
    return before + ([button("Next", NEXT, _pressed(wanted, further))] if further < page.total else [])


def _pressed(wanted: Wanted, first: int) -> str:
    return json.dumps(packed(wanted) | {"first": first}, separators=(",", ":"), ensure_ascii=False)


def _parsed(text: object) -> Any:
    try:
        return json.loads(str(text)) if text else {}
    except (ValueError, RecursionError):
        return {}


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping)


# the window's choices; every one of them says what it is, also where nothing is chosen


def _filters(wanted: Wanted, people: Sequence[Member], offered: Sequence[Team], cycles: Sequence[Cycle]) -> list[Block]:
    whose = multi_users_select([each.slack_id for each in people], "Anybody") | {"action_id": PEOPLE}
    selects = [
        _select(LEVEL, "Every level", wanted.level, [(level.value, _LEVELS[level]) for level in Level]),
        _select(TEAM, "Every team", ",".join(map(str, wanted.teams)), _teams(wanted, offered)),
        _select(STATUS, "Any status", ",".join(wanted.statuses), _statuses(wanted)),
        _select(CYCLE, "This cycle", _period(wanted), _cycles(wanted, cycles)),
        _select(ONLY, "All sorts", wanted.only, [(only.value, only.capitalize()) for only in Only]),
    ]
    words = text_input(searches.shown(wanted.looked), "onboarding, #growth")
    looked = input_block(WORDS, "Words in a title, or #tags", words, optional=True) | {"dispatch_action": True}
    return [
        looked,
        section("Whose?", whose) | {"block_id": "list.whose"},
        actions(*selects) | {"block_id": "list.narrowed"},
    ]


def _select(action: str, otherwise: str, chosen: object, offered: Sequence[tuple[str, str]]) -> Block:
    options: list[Option] = [option(otherwise, ANY), *(option(text, value) for value, text in offered)]
    return select(options[:MOST], str(chosen) if chosen else ANY) | {"action_id": action}


def _teams(wanted: Wanted, offered: Sequence[Team]) -> list[tuple[str, str]]:
    """Those that are chosen first, together where they are several; then every team."""
    called: dict[TeamId, str] = {team.id: team.name for team in offered}
    named = " and ".join(called.get(id, "a team that is gone") for id in wanted.teams)
    together = [(",".join(map(str, wanted.teams)), named)] if wanted.teams else []
    return together + [(str(id), name) for id, name in called.items() if (id,) != wanted.teams]


def _statuses(wanted: Wanted) -> list[tuple[str, str]]:
    choices = [ATTENTION, *((status,) for status in Status)]
    several = [wanted.statuses] if wanted.statuses and wanted.statuses not in choices else []
    return [(",".join(each), _called(each)) for each in [*choices, *several]]


def _called(statuses: tuple[Status, ...]) -> str:
    words = "needs attention" if statuses == ATTENTION else " or ".join(statuses)
    return words[:1].upper() + words[1:]


def _cycles(wanted: Wanted, cycles: Sequence[Cycle]) -> list[tuple[str, str]]:
    """The year or the cycle that is chosen first, then every cycle."""
    year = [(f"year {wanted.year}", str(wanted.year))] if wanted.year and not wanted.cycle else []
    chosen = [wanted.cycle] if wanted.cycle else []
    return year + [
        (f"cycle {name}", name) for name in dict.fromkeys([*chosen, *(cycle.name for cycle in cycles), BACKLOG.name])
    ]


def _period(wanted: Wanted) -> str:
    if wanted.cycle:
        return f"cycle {wanted.cycle}"
    return f"year {wanted.year}" if wanted.year else ""


def _read_period(chosen: str | None) -> dict[str, object]:
    kind, _, name = (chosen or "").partition(" ")
    if kind == "year":
        return {"year": int(name)} if re.fullmatch(r"[1-9]\d{0,3}", name, re.ASCII) else {}
    return {"cycle": name}


def _ids(chosen: str | None) -> list[int]:
    return [int(id) for id in (chosen or "").split(",") if re.fullmatch(r"\d{1,10}", id, re.ASCII)]


def _typed(chosen: Json) -> str:
    return str((chosen.get(WORDS) or {}).get("value") or "")


def _value(chosen: Json, action: str) -> str | None:
    value = ((chosen.get(action) or {}).get("selected_option") or {}).get("value")
    return None if value in (None, ANY) else str(value)
