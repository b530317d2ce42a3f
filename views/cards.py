"""An objective as a card with its key results, as a line, and in words; what can be pressed beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from domain.home import Moment
from domain.objectives import (
    Heading,
    KeyResultHeading,
    KeyResultId,
    Level,
    Objective,
    ObjectiveId,
    Stage,
)
from domain.people import Member, names
from domain.permissions import Verb, may
from domain.projection import Projection
from domain.recognition import Recognition
from domain.sights import Sight, sight
from views import closing, drafting, proposals, stages
from views.blocks import (
    Block,
    Option,
    View,
    actions,
    button,
    context,
    divider,
    leaf,
    line,
    modal,
    option,
    overflow,
    rich_text,
    section,
)
from views.key_results import ADD_KEY_RESULT, row
from views.key_results import in_words as key_result_in_words
from views.room import Room, fitting
from views.text import bar, count, cut, escape, mention, one_line, percent, spoken, status_mark, status_word

MORE = "objective.more"

Thanked = Mapping[ObjectiveId, Sequence[Recognition]]

Projected = Mapping[KeyResultId, Projection]

THANKS_SHOWN = 3

IN_CARD = Room(blocks=30, characters=7_500)
"""For the key results of one objective, so that a card fits a message."""


def card(
    objective: Objective,
    moment: Moment,
    viewer: Member,
    thanks: Sequence[Recognition] = (),
    projections: Projected | None = None,
) -> list[Block]:
    """One objective: its title, owner and progress, a line for each key result, and the thanks that it brought."""
    return card_of(sight(objective, moment, viewer), thanks, projections or {})


def card_of(seen: Sight, thanks: Sequence[Recognition], projections: Projected) -> list[Block]:
    """The same of what is seen already; of a part, its key results alone, and how many others there are."""
    objective, moment, viewer = seen.objective, seen.moment, seen.viewer
    rows = [[row(kr, seen, projections.get(kr.id))] for kr in seen.shown(objective.key_results)]
    rows += [[proposals.row(kr, objective, moment, viewer)] for kr in seen.shown(objective.proposals)]
    drawn = [
        headline(seen),
        *stages.reason(objective),
        *fitting(rows, IN_CARD, more_key_results),
        *_others(seen, len(rows)),
    ]
    if not rows and may_add_key_result(seen):
        drawn += _first_key_result(objective)
    drawn += _unsettled(seen)
    return drawn if seen.part is not None else [*drawn, *_thanks(thanks), *closing.buttons(objective, moment, viewer)]


def cards(
    objectives: Sequence[Sight], thanks: Thanked, room: Room, projections: Projected | None = None
) -> list[Block]:
    """All of the objectives: as cards where they fit, else a line for each and how many more there are."""
    drawn, shown = as_many(objectives, thanks, room, projections)
    left = len(objectives) - shown
    return [*drawn, more_objectives(left)] if left else drawn


def as_many(
    objectives: Sequence[Sight], thanks: Thanked, room: Room, projections: Projected | None = None
) -> tuple[list[Block], int]:
    """As cards where all of them fit, else a line for as many as fit; and how many are shown.

    A list that is of parts alone is of key results, so it shows them, of fewer objectives.
    """
    drawn = ([divider(), *card_of(seen, thanks.get(seen.objective.id, ()), projections or {})] for seen in objectives)
    whole = _fitting_in(drawn, room)
    if len(whole) == len(objectives) or (whole and all(seen.part is not None for seen in objectives)):
        return [*chain(*whole)], len(whole)
    short = _fitting_in(([headline(seen, compact=True)] for seen in objectives), room)
    return [*chain(*short)], len(short)


def _fitting_in(parts: Iterable[Sequence[Block]], room: Room) -> list[Sequence[Block]]:
    """As many of the parts, in order, as there is room for; no more of them are drawn."""
    shown: list[Sequence[Block]] = []
    for part in parts:
        room = room.without(part)
        if room.is_overfull:
            break
        shown.append(part)
    return shown


def _others(seen: Sight, shown: int) -> list[Block]:
    """How many of its key results are not of the part that is shown."""
    left = len(seen.objective.key_results) + len(seen.objective.proposals) - shown
    return [context(f"…and {count(left, 'more key result')}: `/okr show {seen.objective.ref}`")] if left else []


def headline(seen: Sight, compact: bool = False) -> Block:
    """Its title, how it stands and what can be pressed; `compact` in two lines, with how many key results it has."""
    objective, today = seen.objective, seen.moment.today
    during = [escape(seen.during)] if seen.during else []
    whose = [*during, _level(objective), mention(objective.owner), *stages.traits(objective)]
    if objective.parent:
        whose.append(_above(objective.parent, objective.parent_key_result))
    title = escape(objective.title, 200 if compact else None)
    lines = [f"*{objective.ref} {title}*" + (" (archived)" if objective.archived else "")]
    how = stages.mark(objective, today) or status_mark(seen.status)
    figures = " · ".join([*_reached(seen), how])
    if compact:
        of = f"{len(seen.part)} of " if seen.part is not None else ""
        parts = [f"{of}{count(len(objective.key_results), 'key result')}"] if objective.key_results else []
        lines.append(" · ".join([*during, figures, *parts, mention(objective.owner)]))
    else:
        lines += [" · ".join(whose), figures]
    lines += closing.ending(objective, today)
    options = _options(seen)
    return section("\n".join(lines), overflow(MORE, options) if options else None)


def _reached(seen: Sight) -> list[str]:
    """How far it is, and whether some of its key results count for more."""
    if seen.progress is None and seen.objective.key_results:
        return ["none of its key results counts: each has a weight of 0"]
    return [bar(seen.progress), *(["weighted"] if seen.is_weighted else [])]


def _above(parent: Heading, pulled: KeyResultHeading | None) -> str:
    """What it pulls on."""
    gone = " (archived)" if parent.archived else ""
    if pulled:
        alone = " (archived)" if pulled.archived and not gone else ""
        return f"↑ {pulled.ref} {escape(pulled.title, 300)}{alone} of {parent.ref}{gone}"
    return f"↑ {parent.ref} {escape(parent.title, 300)}{gone}"


def _level(objective: Objective) -> str:
    if objective.level is Level.TEAM and objective.team:
        return escape(objective.team.name)
    return objective.level.capitalize()


def _options(seen: Sight) -> list[Option]:
    objective, moment, viewer = seen.objective, seen.moment, seen.viewer
    edits = seen.may(Verb.EDIT_OBJECTIVE)
    if seen.is_closed:
        return []
    if objective.archived:
        return [option("Restore", f"restore {objective.id}")] if edits else []
    verbs = {"edit": "Edit"} if edits else {}
    if edits and not seen.is_locked:
        verbs["add_kr"] = "Add a key result"
    if not edits and proposals.may_propose(objective, moment, viewer):
        verbs["propose_kr"] = "Propose a key result"
    first = [option(words, f"{verb} {objective.id}") for verb, words in verbs.items()]
    more = [option("More…", f"more {objective.id}")] if seen.is_readable else []
    return [*first, *stages.options(objective, moment, viewer)[-1:], *_comment(seen), *more]


REST = {
    "why": ("Why does it matter?", "What it pulls on, and who else pulls."),
    "history": ("History", "Everything that happened to it, by whom and when."),
    "move": ("Move to another cycle", "A later one, or the backlog."),
    "archive": ("Archive", "Put it away with its key results; nothing is erased."),
}
"""What is behind the menu's last entry: a button, and what it does."""


def rest(objective: Objective, moment: Moment, viewer: Member) -> View:
    """What else this viewer may do about it, each with what it does."""
    edits = may(Verb.EDIT_OBJECTIVE, viewer, objective.stake) and not objective.archived
    changes = edits and not objective.cycle.is_closed(moment.today)
    able = {"why": True, "history": True, "move": changes and objective.score is None, "archive": changes}
    offered = [(verb, *words) for verb, words in REST.items() if able[verb]]
    drawn = [section(does, button(name, MORE, f"{verb} {objective.id}")) for verb, name, does in offered]
    return modal(str(objective.ref), [section(f"*{objective.ref}* {escape(objective.title)}"), *drawn])


def _comment(seen: Sight) -> list[Option]:
    spoken_of = not seen.objective.archived and seen.may(Verb.COMMENT)
    return [option("Comment", f"comment {seen.objective.id}")] if spoken_of else []


def _unsettled(seen: Sight) -> list[Block]:
    """What takes a draft or a proposal further, and what could be thought about before."""
    objective, moment, viewer = seen.objective, seen.moment, seen.viewer
    if objective.stage not in {Stage.DRAFT, Stage.PROPOSED} or objective.archived:
        return []
    pressed = [*stages.buttons(objective, moment, viewer), *drafting.hints_button(objective, moment, viewer)]
    return [actions(*pressed)] if pressed else []


def may_add_key_result(seen: Sight) -> bool:
    """Whether the viewer can add a key result to it."""
    return not seen.objective.archived and not seen.is_locked and seen.may(Verb.ADD_KEY_RESULT)


def _first_key_result(objective: Objective) -> list[Block]:
    return [
        context("Next: a key result or two, with numbers that show whether it is being reached."),
        actions(button("Add a key result", ADD_KEY_RESULT, objective.id, "primary")),
    ]


def _thanks(thanks: Sequence[Recognition]) -> list[Block]:
    """The latest thanks for an objective, each on a line."""
    lines = [_thanked(each) for each in thanks[:THANKS_SHOWN]]
    left = len(thanks) - len(lines)
    if left:
        lines.append(line(leaf(f"…and {left} more.")))
    return [rich_text(*lines)] if lines else []


def _thanked(thanks: Recognition) -> Block:
    who = f"🙌 {one_line(thanks.giver.name)} thanked {one_line(names(thanks.recipients))}: "
    return line(leaf(cut(who, 200)), leaf(cut(one_line(thanks.reason), 200) + "\n"))


def more_key_results(left: int) -> Block:
    """Instead of those for which there is no room."""
    return context(f"…and {count(left, 'more key result')}. Three to five are easier to follow.")


def more_objectives(left: int) -> Block:
    """Instead of those for which there is no room, with how to see them."""
    return context(
        f"…and {count(left, 'more objective', 'more objectives')}. `/okr find` turns their pages; `/okr list "
        "team NAME` or `/okr list @person` shows fewer."
    )


def in_words(opening: str, objectives: Sequence[Sight]) -> str:
    """A list in words: the opening, a sentence for each, and one for each key result where only a part is asked for."""
    return spoken(opening, [" ".join([sentence(seen), *_part_in_words(seen)]) for seen in objectives])


def _part_in_words(seen: Sight) -> Iterator[str]:
    for kr in seen.shown(seen.objective.key_results) if seen.part is not None else ():
        yield key_result_in_words(kr, seen.standing(kr))


def sentence(seen: Sight) -> str:
    """What it is called, how far it is and how it stands, in words."""
    objective, part = seen.objective, seen.progress
    progress = [percent(part) + (", weighted" if seen.is_weighted else "")] if part is not None else []
    how = stages.word(objective, seen.moment.today) or status_word(seen.status)
    return ", ".join([f"{objective.ref} {escape(objective.title, 400)}", *progress, how]) + "."


def nothing_here(viewer: Member, takes_more: bool = True) -> Block:
    """Where there is no objective: how to add the first, if that can be and this person may."""
    if not takes_more:
        return section("There is nothing here, and nothing can be added.")
    how = " `/okr add objective` adds the first." if may(Verb.ADD_OBJECTIVE, viewer) else ""
    return section(f"Nothing here yet.{how}")
