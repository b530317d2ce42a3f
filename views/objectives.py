"""Objectives: a card with its key results, and the lists, answers and forms that go with them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from domain.cycles import Cycle
from domain.home import Moment
from domain.lists import Part, Parts
from domain.objectives import (
    Heading,
    KeyResult,
    KeyResultHeading,
    KeyResultId,
    Level,
    Objective,
    ObjectiveId,
    Stage,
    readable,
)
from domain.people import Member, names
from domain.permissions import Verb, either, may
from domain.projection import Projection
from domain.recognition import Recognition
from domain.references import Prefix, Reference
from domain.status import key_result_status, objective_status
from views import closing, drafting, proposals, stages
from views.blocks import (
    Block,
    Message,
    Option,
    View,
    actions,
    button,
    context,
    divider,
    header,
    leaf,
    line,
    modal,
    option,
    overflow,
    rich_text,
    section,
)
from views.key_result_forms import (
    KEY_RESULT_FORM,
    MORE_TO_FILL_IN,
    UPDATE_FORM,
    key_result_form,
    key_result_form_again,
    read_key_result,
    read_update,
    target_form,
    update_form,
)
from views.key_result_forms import written_over as key_result_written_over
from views.key_results import ADD_KEY_RESULT, KEY_RESULT_MORE, SET_TARGET, UPDATE, row, updated
from views.key_results import in_words as key_result_in_words
from views.measure_forms import KIND, asks_for_all
from views.objective_forms import MORE_FIELDS, OBJECTIVE_FORM, objective_form, read_objective, written_over
from views.room import IN_MESSAGE, IN_VIEW, Room, fitting
from views.text import bar, count, cut, date_of, escape, mention, one_line, percent, spoken, status_mark, status_word

__all__ = [
    "ADD",
    "ADD_KEY_RESULT",
    "KEY_RESULT_FORM",
    "KEY_RESULT_MORE",
    "KIND",
    "MORE",
    "MORE_FIELDS",
    "MORE_TO_FILL_IN",
    "OBJECTIVE_FORM",
    "SET_TARGET",
    "UPDATE",
    "UPDATE_FORM",
    "archived",
    "as_many",
    "asks_for_all",
    "card",
    "cards",
    "helped_with",
    "helping",
    "in_words",
    "key_result_form",
    "key_result_form_again",
    "key_result_written_over",
    "listed",
    "mine",
    "objective_form",
    "put_away",
    "read_key_result",
    "read_objective",
    "read_update",
    "saved",
    "stepped",
    "target_form",
    "told",
    "update_form",
    "updated",
    "written_over",
]

ADD = "objective.add"
MORE = "objective.more"

Thanked = Mapping[ObjectiveId, Sequence[Recognition]]
Projected = Mapping[KeyResultId, Projection]

WHOLE: Parts = {}
"""Each objective as a whole."""

THANKS_SHOWN = 3
BELOW_SHOWN = 5
IN_CARD = Room(blocks=30, characters=7_500)
"""For the key results of one objective, so that a card fits a message."""

IN_HELPING = Room(blocks=10, characters=3_000)
"""For the key results that somebody helps with, below what is their own."""


def card(
    objective: Objective,
    moment: Moment,
    viewer: Member,
    thanks: Sequence[Recognition] = (),
    projections: Projected | None = None,
    part: Part | None = None,
) -> list[Block]:
    """One objective: its title, owner and progress, a line for each key result, and the thanks that it brought.

    Of a `part`, these key results alone, and how many others there are.
    """
    going = projections or {}
    rows = [[row(kr, objective, moment, viewer, going.get(kr.id))] for kr in _of(part, objective.key_results)]
    rows += [[proposals.row(kr, objective, moment, viewer)] for kr in _of(part, objective.proposals)]
    drawn = [
        _heading(objective, moment, viewer),
        *stages.reason(objective),
        *fitting(rows, IN_CARD, _more_key_results),
        *(_others(objective, len(rows)) if part is not None else []),
    ]
    if not (rows or part) and _may_add_key_result(objective, moment, viewer):
        drawn += _first_key_result(objective)
    drawn += _unsettled(objective, moment, viewer)
    return drawn if part is not None else [*drawn, *_thanks(thanks), *closing.buttons(objective, moment, viewer)]


def cards(
    objectives: Sequence[Objective],
    moment: Moment,
    viewer: Member,
    thanks: Thanked,
    room: Room,
    projections: Projected | None = None,
) -> list[Block]:
    """All of the objectives: as cards where they fit, else a line for each and how many more there are."""
    drawn, shown = as_many(objectives, moment, viewer, thanks, room, projections)
    left = len(objectives) - shown
    return [*drawn, _more_objectives(left)] if left else drawn


def as_many(
    objectives: Sequence[Objective],
    moment: Moment,
    viewer: Member,
    thanks: Thanked,
    room: Room,
    projections: Projected | None = None,
    parts: Parts = WHOLE,
) -> tuple[list[Block], int]:
    """As cards where all of them fit, else a line for as many as fit; and how many are shown.

    A list that is of `parts` alone is of key results, so it shows them, of fewer objectives.
    """
    full = [
        [divider(), *card(each, moment, viewer, thanks.get(each.id, ()), projections, parts.get(each.id))]
        for each in objectives
    ]
    of_parts = all(each.id in parts for each in objectives)
    shown = _fitting_in(full, room)
    if shown == len(full) or (shown and of_parts):
        return list(chain(*full[:shown])), shown
    lines = [[_heading(each, moment, viewer, True, parts.get(each.id))] for each in objectives]
    shown = _fitting_in(lines, room)
    return list(chain(*lines[:shown])), shown


def _fitting_in(parts: Sequence[Sequence[Block]], room: Room) -> int:
    """How many of the parts, in order, there is room for."""
    for done, part in enumerate(parts):
        room = room.without(part)
        if room.is_overfull:
            return done
    return len(parts)


def mine(objectives: Sequence[Objective], cycle: Cycle, moment: Moment, viewer: Member, thanks: Thanked) -> Message:
    """The answer to a bare /okr: my objectives, or how to begin."""
    if not objectives:
        return _nothing_yet(cycle, viewer)
    top = [header(f"Your objectives · {cycle.name}"), context(f"{cycle.name} ends on {date_of(cycle.period.ends)}.")]
    own, helped = helped_with(objectives, viewer)
    foot = [*helping(helped, moment, viewer), *_add(viewer)]
    drawn = cards(own, moment, viewer, thanks, IN_MESSAGE.without([*top, *foot]))
    also = f" and help with {count(len(helped), 'key result')}" if helped else ""
    opening = f"You have {count(len(own), 'objective')}{also} in {escape(cycle.name)}."
    return {"text": in_words(opening, own, moment), "blocks": [*top, *drawn, *foot]}


def helped_with(
    objectives: Sequence[Objective], viewer: Member
) -> tuple[list[Objective], list[tuple[KeyResult, Objective]]]:
    """The objectives in which somebody owns something, and the key results of the others that they help with."""
    own = [each for each in objectives if not _only_helps(each, viewer)]
    others = [(kr, each) for each in objectives if _only_helps(each, viewer) for kr in each.key_results]
    return own, [(kr, each) for kr, each in others if viewer.id in {who.id for who in kr.contributors}]


def listed(
    heading: str,
    objectives: Sequence[Objective],
    moment: Moment,
    viewer: Member,
    thanks: Thanked | None = None,
    projections: Projected | None = None,
) -> Message:
    """Objectives under a heading: a team's, the company's, or whatever was asked for."""
    top = [header(heading)]
    drawn = _list(objectives, moment, viewer, thanks, IN_MESSAGE.without(top), projections)
    opening = f"{escape(heading)}: {count(len(objectives), 'objective') if objectives else 'nothing here yet'}."
    return {"text": in_words(opening, objectives, moment), "blocks": [*top, *drawn]}


def saved(
    ref: Reference,
    objective: Objective,
    moment: Moment,
    viewer: Member,
    new: bool,
    owned: int = 0,
    written_over: Sequence[str] = (),
) -> Message:
    """What an objective looks like now that it, or the key result of this reference, has been written down.

    `owned` is how many objectives its owner has in its cycle, `written_over` what somebody else had changed meanwhile.
    """
    done = f"{'Added' if new else 'Saved'} {ref}."
    over = [_written_over(ref, written_over)] if written_over else []
    words = " ".join([done, *over, _objective_in_words(objective, moment)])
    drawn = [section(f":white_check_mark: {done}"), *map(context, over), *card(objective, moment, viewer)]
    drawn += drafting.warnings(objective, owned, moment)
    next_steps: list[Block] = []
    if objective.key_results and _may_add_key_result(objective, moment, viewer):
        next_steps.append(button("Add another key result", ADD_KEY_RESULT, objective.id))
    if objective.stage is Stage.AGREED:
        next_steps += drafting.hints_button(objective, moment, viewer)
    if next_steps:
        drawn.append(actions(*next_steps))
    return {"text": words, "blocks": drawn}


def _written_over(ref: Reference, labels: Sequence[str]) -> str:
    """What whoever saved last should know: nobody else's words are gone without a trace."""
    fields = " and ".join(f"“{label}”" for label in labels)
    return f"{fields} had been changed while your form was open; yours counts now. `/okr history {ref}` has both."


def stepped(objective: Objective, moment: Moment, viewer: Member) -> Message:
    """The answer to whoever has proposed an objective or agreed to it."""
    agreed = f"agreed: it counts {stages.since(objective, moment.today)}"
    what = agreed if objective.stage is Stage.AGREED else "proposed. Whoever can agree to it is told"
    done = f"{objective.ref} is {what}."
    words = f"{done} {_objective_in_words(objective, moment)}"
    return {"text": words, "blocks": [section(f":white_check_mark: {done}"), *card(objective, moment, viewer)]}


def archived(ref: Reference, title: str, restored: bool, below: Sequence[Objective] = ()) -> Message:
    """The answer to archiving something or bringing it back; `below` is what hung below what was archived."""
    if restored:
        words = f"{ref} {escape(title)} is back."
    else:
        words = f"{ref} {escape(title)} is archived. Nothing is erased: `/okr restore {ref}` brings it back."
    left = _left(ref, below) if below else ""
    return {"text": f"{words} {left}".rstrip(), "blocks": [section(words), *([section(left)] if left else [])]}


def _left(ref: Reference, below: Sequence[Objective]) -> str:
    """Which objectives hung below what was archived, and what that makes of them."""
    named = [f"*{each.ref}* {escape(each.title, 120)} ({escape(each.owner.name, 80)})" for each in below[:BELOW_SHOWN]]
    more = len(below) - len(named)
    one = len(below) == 1
    each = either([*named, *([f"{more} more"] if more else [])], "and")
    whole = below[0].parent
    if ref.prefix is Prefix.KEY_RESULT and whole:
        return f"{each} pulled on it, and {'pulls' if one else 'pull'} on {whole.ref} as a whole now."
    alone = "stands on its own" if one else "stand on their own"
    return f"{each} hung below it, and {alone} now. `/okr edit {below[0].ref}` says what else it helps."


def told(words: str) -> Block:
    """What has been done, above the card that shows it."""
    return section(words)


def put_away(
    objectives: Sequence[Objective], key_results: Sequence[tuple[KeyResult, Objective]], moment: Moment, viewer: Member
) -> list[Block]:
    """What has been archived, each with a way to bring it back."""
    lines = [[_heading(each, moment, viewer, compact=True)] for each in objectives]
    lines += [[row(kr, above, moment, viewer)] for kr, above in key_results]
    return fitting(lines, IN_VIEW, _more_objectives) or [section("Nothing has been archived in this cycle.")]


def _only_helps(objective: Objective, viewer: Member) -> bool:
    """Whether their part in it is to help with somebody else's key result, and no other."""
    parts = (*objective.key_results, *objective.proposals)
    owns = viewer.id in objective.stake.owners or any(kr.owner.id == viewer.id for kr in parts)
    return not owns and any(viewer.id == who.id for kr in objective.key_results for who in kr.contributors)


def helping(helped: Sequence[tuple[KeyResult, Objective]], moment: Moment, viewer: Member) -> list[Block]:
    """The key results that somebody helps with."""
    rows = [[row(kr, objective, moment, viewer)] for kr, objective in helped]
    return [header("You help with"), *fitting(rows, IN_HELPING, _more_key_results)] if rows else []


def _list(
    objectives: Sequence[Objective],
    moment: Moment,
    viewer: Member,
    thanks: Thanked | None,
    room: Room,
    projections: Projected | None = None,
) -> list[Block]:
    how = " `/okr add objective` adds the first." if may(Verb.ADD_OBJECTIVE, viewer) else ""
    return cards(objectives, moment, viewer, thanks or {}, room, projections) or [section(f"Nothing here yet.{how}")]


def _of(part: Part | None, key_results: Sequence[KeyResult]) -> Sequence[KeyResult]:
    return key_results if part is None else [kr for kr in key_results if kr.id in part]


def _others(objective: Objective, shown: int) -> list[Block]:
    """How many of its key results are not of the part that is shown."""
    left = len(objective.key_results) + len(objective.proposals) - shown
    return [context(f"…and {count(left, 'more key result')}: `/okr show {objective.ref}`")] if left else []


def _heading(
    objective: Objective, moment: Moment, viewer: Member, compact: bool = False, part: Part | None = None
) -> Block:
    status = objective_status(objective, moment.now, moment.today, moment.policy)
    whose = [_level(objective), mention(objective.owner), *stages.traits(objective)]
    if objective.parent:
        whose.append(_above(objective.parent, objective.parent_key_result))
    title = escape(objective.title, 200 if compact else None)
    lines = [f"*{objective.ref} {title}*" + (" (archived)" if objective.archived else "")]
    how = stages.mark(objective, moment.today) or status_mark(status)
    figures = " · ".join([bar(objective.progress), *(["weighted"] if objective.is_weighted else []), how])
    if compact:
        of = f"{len(part)} of " if part is not None else ""
        lines.append(f"{figures} · {of}{count(len(objective.key_results), 'key result')} · {mention(objective.owner)}")
    else:
        lines += [" · ".join(whose), figures]
    lines += closing.ending(objective, moment.today)
    options = _options(objective, moment, viewer)
    return section("\n".join(lines), overflow(MORE, options) if options else None)


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


def _options(objective: Objective, moment: Moment, viewer: Member) -> list[Option]:
    edits = _may(Verb.EDIT_OBJECTIVE, objective, viewer)
    if objective.cycle.is_closed(moment.today):
        return []
    if objective.archived:
        return [option("Restore", f"restore {objective.id}")] if edits else []
    verbs = {"edit": "Edit", "add_kr": "Add a key result"} if edits else {}
    if not edits and proposals.may_propose(objective, moment, viewer):
        verbs["propose_kr"] = "Propose a key result"
    first = [option(words, f"{verb} {objective.id}") for verb, words in verbs.items()]
    more = [option("More…", f"more {objective.id}")] if readable(viewer, objective) else []
    return [*first, *stages.options(objective, moment, viewer)[-1:], *_comment(objective, viewer), *more]


REST = {
    "why": ("Why does it matter?", "What it pulls on, and who else pulls."),
    "history": ("History", "Everything that happened to it, by whom and when."),
    "move": ("Move to another cycle", "A later one, or the backlog."),
    "archive": ("Archive", "Put it away with its key results; nothing is erased."),
}
"""What is behind the menu's last entry: a button, and what it does."""


def rest(objective: Objective, moment: Moment, viewer: Member) -> View:
    """What else this viewer may do about it, each with what it does."""
    edits = _may(Verb.EDIT_OBJECTIVE, objective, viewer) and not objective.archived
    changes = edits and not objective.cycle.is_closed(moment.today)
    able = {"why": True, "history": True, "move": changes and objective.score is None, "archive": changes}
    offered = [(verb, *words) for verb, words in REST.items() if able[verb]]
    drawn = [section(does, button(name, MORE, f"{verb} {objective.id}")) for verb, name, does in offered]
    return modal(str(objective.ref), [section(f"*{objective.ref}* {escape(objective.title)}"), *drawn])


def _comment(objective: Objective, viewer: Member) -> list[Option]:
    spoken_of = not objective.archived and _may(Verb.COMMENT, objective, viewer)
    return [option("Comment", f"comment {objective.id}")] if spoken_of else []


def _unsettled(objective: Objective, moment: Moment, viewer: Member) -> list[Block]:
    """What takes a draft or a proposal further, and what could be thought about before."""
    if objective.stage not in {Stage.DRAFT, Stage.PROPOSED} or objective.archived:
        return []
    pressed = [*stages.buttons(objective, moment, viewer), *drafting.hints_button(objective, moment, viewer)]
    return [actions(*pressed)] if pressed else []


def _may_add_key_result(objective: Objective, moment: Moment, viewer: Member) -> bool:
    changeable = not objective.archived and not objective.cycle.is_closed(moment.today)
    return changeable and _may(Verb.ADD_KEY_RESULT, objective, viewer)


def _may(verb: Verb, objective: Objective, viewer: Member) -> bool:
    return may(verb, viewer, objective.stake)


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


def _more_key_results(left: int) -> Block:
    return context(f"…and {count(left, 'more key result')}. Three to five are easier to follow.")


def _more_objectives(left: int) -> Block:
    return context(
        f"…and {count(left, 'more objective', 'more objectives')}. `/okr find` turns their pages; `/okr list "
        "team NAME` or `/okr list @person` shows fewer."
    )


def _nothing_yet(cycle: Cycle, viewer: Member) -> Message:
    name = escape(cycle.name)
    words = (
        f"You have no objectives in {name} yet. An objective says what you would like to be true by "
        f"{date_of(cycle.period.ends)}; its key results are the few numbers that will show it."
    )
    example = "For example: *Customers love our onboarding*, shown by *sign-ups per week from 40 to 100*."
    if not may(Verb.ADD_OBJECTIVE, viewer):
        return {"text": words, "blocks": [section(words)]}
    return {
        "text": f"{words} Add one with /okr add objective.",
        "blocks": [section(words), context(example), *_add(viewer)],
    }


def _add(viewer: Member) -> list[Block]:
    if not may(Verb.ADD_OBJECTIVE, viewer):
        return []
    return [actions(button("Add an objective", ADD, style="primary"))]


def in_words(opening: str, objectives: Sequence[Objective], moment: Moment, parts: Parts = WHOLE) -> str:
    """A list in words: the opening, a sentence for each, and one for each key result where only a part is asked for."""
    return spoken(
        opening,
        [" ".join([_objective_in_words(each, moment), *_part_in_words(each, moment, parts)]) for each in objectives],
    )


def _part_in_words(objective: Objective, moment: Moment, parts: Parts) -> Iterator[str]:
    for kr in _of(parts.get(objective.id, frozenset()), objective.key_results):
        status = key_result_status(kr, objective.cycle, moment.now, moment.today, moment.policy)
        yield key_result_in_words(kr, status if objective.stage is Stage.AGREED else None)


def _objective_in_words(objective: Objective, moment: Moment) -> str:
    status = objective_status(objective, moment.now, moment.today, moment.policy)
    weighted = ", weighted" if objective.is_weighted else ""
    progress = [percent(objective.progress) + weighted] if objective.progress is not None else []
    how = stages.word(objective, moment.today) or status_word(status)
    return ", ".join([f"{objective.ref} {escape(objective.title, 400)}", *progress, how]) + "."
