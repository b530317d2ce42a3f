"""The tree of what pulls on what, and why one thing in it matters."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from domain.alignment import Forest, Line, Move, Reason, Tree, share
from domain.home import Moment
from domain.objectives import KeyResult, Level, Objective
from domain.people import Member
from domain.permissions import Verb, may
from domain.status import key_result_status, objective_status
from views import stages
from views.blocks import Block, Message, View, button, context, header, modal, section
from views.dependencies import waiting
from views.key_results import weight
from views.measures import reach, went
from views.room import IN_MESSAGE, IN_VIEW, Room, fits, fitting
from views.text import bar, count, escape, gauge, mention, percent, spoken, status_mark, status_word

TREE = "alignment.tree"
ALIGN = "alignment.align"

IN_SECTION = 2_800
"""Characters of lines that share a block; Slack takes 3,000."""

DEEPEST = 8
"""Further down, lines are set in no more than this."""

SHORTEST = 60
"""Characters of a line with hardly a title."""

SPOKEN_LINES = 20
ORPHANS_SHOWN = 10
LISTED = 6
STEPS_TOLD = 6

_STEP = "\u2003"
_PARTS: tuple[tuple[float, str], ...] = (
    (1, "the only key result"),
    (1 / 2, "half"),
    (1 / 3, "a third"),
    (2 / 3, "two thirds"),
    (1 / 4, "a quarter"),
)
_PARTS += ((3 / 4, "three quarters"), (1 / 5, "a fifth"), (1 / 6, "a sixth"))


def tree(facts: Tree) -> Message:
    """The answer to /okr tree."""
    lines = [line for line in facts.forest.lines([*facts.tops, *facts.orphans]) if line.key_result is None]
    opening = f"{escape(facts.heading)}: {count(len(lines), 'objective') if lines else 'nothing here yet'}."
    said = [_in_words(line.objective, facts.moment) for line in lines[:SPOKEN_LINES]]
    return {"text": spoken(opening, said), "blocks": _tree(facts, IN_MESSAGE)}


def tree_view(facts: Tree) -> View:
    """The same to read in a modal."""
    return modal("Tree", _tree(facts, IN_VIEW))


def why(reason: Reason) -> Message:
    """The answer to /okr why: in a sentence, and step by step."""
    return {"text": _sentence(reason), "blocks": _why(reason)}


def why_view(reason: Reason) -> View:
    """The same to read in a modal."""
    return modal("Why it matters", _why(reason))


# the tree


def _tree(facts: Tree, room: Room) -> list[Block]:
    top, foot = [header(facts.heading)], _orphans(facts)
    room = room.without([*top, *foot])
    if not facts.tops:
        how = " `/okr add objective` adds the first." if may(Verb.ADD_OBJECTIVE, facts.who) else ""
        nothing = [] if foot else [section(f"Nothing here yet.{how}")]
        return [*top, *nothing, *foot]
    return [*top, *_within(facts, room), *foot]


def _within(facts: Tree, room: Room) -> list[Block]:
    """The trees as deep down as there is room for; where even their tops are too many, as many lines as fit."""
    lines = list(facts.forest.lines(facts.tops, facts.every))
    deepest = min(max(line.depth for line in lines), 2 * DEEPEST)
    least = 1 if len(facts.tops) == 1 else 0
    for depth in range(deepest, least - 1, -1):
        drawn = _packed(_cut_at(lines, depth, facts)) if _could_fit(lines, depth, room) else []
        if drawn and fits(drawn, room):
            return drawn
    shown = [[section(text)] for text in islice(_cut_at(lines, least, facts), room.blocks + 1)]
    rest = sum(line.depth <= least for line in lines) - len(shown)
    return fitting(shown, room, lambda left: _more_lines(left + rest))


def _could_fit(lines: Sequence[Line], depth: int, room: Room) -> bool:
    """Whether it is worth drawing them that deep: a large company's tree takes a while to draw."""
    return sum(line.depth <= depth for line in lines) * SHORTEST <= room.characters


def _cut_at(lines: Iterable[Line], depth: int, facts: Tree) -> Iterator[str]:
    for line in lines:
        if line.depth <= depth:
            drawn = _line(line, facts.moment)
            yield drawn + _more_below(line, facts.forest) if line.depth == depth else drawn


def _more_below(line: Line, forest: Forest) -> str:
    """How many objectives lie below a line that is the last to be shown, and how to see them."""
    objective, kr = line.objective, line.key_result
    if kr:
        left = sum(1 + forest.below(each) for each in forest.pulling(objective, kr))
    else:
        left = forest.below(objective)
    return f" …and {left} more below: `/okr tree {objective.ref}`" if left else ""


def _line(line: Line, moment: Moment) -> str:
    """The arrow says that it pulls on what stands above, also where white space at the start of a block is lost."""
    indent = _STEP * min(line.depth, DEEPEST) + ("↳ " if line.depth else "")
    kr = line.key_result
    return indent + (_key_result(kr, line.objective, moment) if kr else _objective(line, moment))


def _objective(line: Line, moment: Moment) -> str:
    each = line.objective
    above = "" if line.depth else f" ↑ {each.helps}" if each.helps else _put_away(each)
    gone = " (archived)" if each.archived else ""
    return f"*{each.ref} {escape(each.title, 120)}*{gone}{above} · {_figures(each, moment)}"


def _put_away(each: Objective) -> str:
    """What it pulled on, where that has been archived since."""
    return f" ↑ {each.parent.ref} (archived)" if each.parent and each.parent.archived else ""


def _figures(each: Objective, moment: Moment) -> str:
    status = objective_status(each, moment.now, moment.today, moment.policy)
    how = stages.mark(each, moment.today) or status_mark(status)
    weighted = " · weighted" if each.is_weighted else ""
    return f"{bar(each.progress, 5)}{weighted} · {how} · {mention(each.owner)}"


def _key_result(kr: KeyResult, objective: Objective, moment: Moment) -> str:
    status = key_result_status(kr, objective.cycle, moment.now, moment.today, moment.policy)
    how = stages.mark(objective, moment.today) or status_mark(status)
    share_of = f" · {weight(kr)}" if objective.is_weighted else ""
    figures = f"{gauge(kr.measure.progress, 5)} {reach(kr.measure)}{share_of} · {how} · {mention(kr.owner)}"
    return f"{kr.ref} {escape(kr.title, 120)} · {figures}"


def _packed(lines: Iterable[str]) -> list[Block]:
    """Lines, as many to a block as it takes."""
    blocks: list[str] = []
    for line in lines:
        if blocks and len(blocks[-1]) + len(line) < IN_SECTION:
            blocks[-1] += f"\n{line}"
        else:
            blocks.append(line)
    return [section(text) for text in blocks]


def _orphans(facts: Tree) -> list[Block]:
    """What stands on its own, each with a way to align it for those who may."""
    if not facts.orphans:
        return []
    shown = facts.orphans[:ORPHANS_SHOWN]
    drawn = [section("_These stand on their own for now. Do they help one of the above?_")]
    drawn += [_orphan(each, facts) for each in shown]
    left = len(facts.orphans) - len(shown)
    more = f"…and {count(left, 'more objective')} on their own; `/okr tree team NAME` shows those of a team."
    return [*drawn, context(more)] if left else drawn


def _orphan(objective: Objective, facts: Tree) -> Block:
    line = Line(0, objective)
    text = _line(line, facts.moment) + _more_below(line, facts.forest)
    return section(
        text, button("Align…", ALIGN, objective.id) if _may_align(objective, facts.who, facts.moment) else None
    )


def _may_align(objective: Objective, viewer: Member, moment: Moment) -> bool:
    changeable = not objective.archived and not objective.cycle.is_closed(moment.today)
    return changeable and may(Verb.EDIT_OBJECTIVE, viewer, objective.stake)


def _more_lines(left: int) -> Block:
    return context(f"…and {count(left, 'more line')}. `/okr tree team NAME` or `/okr tree O-12` shows fewer at once.")


def _in_words(each: Objective, moment: Moment) -> str:
    progress = [percent(each.progress)] if each.progress is not None else []
    progress += ["weighted"] if each.is_weighted else []
    status = objective_status(each, moment.now, moment.today, moment.policy)
    word = stages.word(each, moment.today) or status_word(status)
    return ", ".join([f"{each.ref} {escape(each.title, 100)}", *progress, word]) + "."


# why


def _why(reason: Reason) -> list[Block]:
    about = reason.key_result or reason.objective
    drawn = [header(f"Why {about.ref} matters"), section(_sentence(reason)), *_packed(_steps(reason))]
    return [*drawn, *_helping(reason), *_others(reason), *_waits(reason), *_lately(reason)]


def _sentence(reason: Reason) -> str:
    """The path up in a sentence: "KR-34 is a third of O-12 (Bo), which pulls on KR-7, half of O-3 (Ada), a company
    objective."
    """
    kr, steps = reason.key_result, _steps_told(reason.path)
    named = _named(reason.objective)
    first = f"{kr.ref} is {_part(kr, reason.objective)} {named}" if kr else " ".join([named, *steps[:1]])
    said = ", which ".join([first, *(steps if kr else steps[1:])])
    return said + _end(reason, opened=bool(kr or steps))


def _steps_told(path: Sequence[Objective]) -> list[str]:
    told = path[: STEPS_TOLD + 1]
    steps = [_step(below, above) for below, above in pairwise(told)]
    return [*steps, f"in the end helps {_named(path[-1])}"] if len(path) > len(told) else steps


def _step(below: Objective, above: Objective) -> str:
    pulled = below.parent_key_result
    kr = next((each for each in above.key_results if pulled and each.id == pulled.id), None)
    return f"pulls on {kr.ref}, {_part(kr, above)} {_named(above)}" if kr else f"pulls on {_named(above)}"


def _end(reason: Reason, opened: bool) -> str:
    """How the sentence ends, `opened` where it has said something already: at the company, or at what stands alone."""
    top = reason.path[-1]
    if top.level is Level.COMPANY:
        gone = " that has been archived" if top.archived else ""
        return f", a company objective{gone}." if opened else f" is a company objective{gone}."
    if top.archived:
        return f". {top.ref} has been archived." if opened else " has been archived."
    how = f" `/okr edit {top.ref}` says what it helps." if _may_align(top, reason.who, reason.moment) else ""
    return (f". {top.ref} stands" if opened else " stands") + f" on its own for now.{how}"


def _named(objective: Objective) -> str:
    return f"{objective.ref} ({escape(objective.owner.name, 80)})"


def _part(kr: KeyResult, objective: Objective) -> str:
    """How much of its objective it is: "a third of"."""
    part = share(kr, objective)
    if part is None:
        return "a part of"
    if not part:
        return "a key result that does not count in"
    if part == 1 and len(objective.key_results) > 1:
        return "the only key result that counts in"
    words = next((words for size, words in _PARTS if abs(part - size) < 0.005), f"{percent(part)}")
    return f"{words} of"


def _steps(reason: Reason) -> Iterator[str]:
    """The path from the top down, and what was asked about at the end of it."""
    path = reason.path[::-1]
    lines: list[Line] = []
    for above, below in pairwise(path):
        lines.append(Line(len(lines), above))
        lines += [Line(len(lines), above, kr) for kr in _pulled(above, below)]
    lines.append(Line(len(lines), path[-1]))
    if reason.key_result:
        lines.append(Line(len(lines), path[-1], reason.key_result))
    shown = lines[-2 * STEPS_TOLD :]
    yield from (_line(Line(place, line.objective, line.key_result), reason.moment) for place, line in enumerate(shown))


def _pulled(above: Objective, below: Objective) -> list[KeyResult]:
    aim = below.parent_key_result
    return [kr for kr in above.key_results if aim and kr.id == aim.id]


def _helping(reason: Reason) -> list[Block]:
    """Who helps with the key result."""
    helping = reason.key_result.contributors if reason.key_result else ()
    return [section(f"*With* {' '.join(map(mention, helping[:20]))}")] if helping else []


def _others(reason: Reason) -> list[Block]:
    """Who else pulls on the same thing, and who pulls on this one."""
    about, moment = reason.key_result or reason.objective, reason.moment
    return [
        *_listed(
            f"Who else pulls on {reason.objective.helps or reason.objective.pulls_on}",
            [_short(each, moment) for each in reason.beside],
        ),
        *_listed(f"What pulls on {about.ref}", [_short(each, moment) for each in reason.below]),
    ]


def _short(each: Objective, moment: Moment) -> str:
    return f"*{each.ref}* {escape(each.title, 120)} · {_figures(each, moment)}"


def _waits(reason: Reason) -> list[Block]:
    lines = [f"*{kr.ref}* {waiting(each, whole=True)}" for kr in reason.waiting for each in kr.waits_for]
    return _listed("What it depends on", lines)


def _lately(reason: Reason) -> list[Block]:
    if not reason.moved:
        return [context("Nothing of this has moved in the last seven days.")]
    return _listed("What moved in the last seven days", [_move(each) for each in reason.moved])


def _move(move: Move) -> str:
    kr = move.key_result
    way = went(kr.measure, move.before, move.after)
    return f"*{kr.ref}* {escape(kr.title, 100)}: {way} · {mention(kr.owner)}"


def _listed(heading: str, lines: Sequence[str]) -> list[Block]:
    """A few lines under a heading, and how many more there are."""
    if not lines:
        return []
    left = len(lines) - LISTED
    return _packed([f"*{heading}*", *lines[:LISTED], *([f"…and {left} more."] if left > 0 else [])])
