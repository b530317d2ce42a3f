"""The form in which an objective is written down."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from domain.cycles import BACKLOG
from domain.drafting import draft_of
from domain.errors import Refusal
from domain.left_alone import by_then
from domain.objectives import Level, Objective, ObjectiveDraft, ObjectiveId, Stage, Visibility
from domain.people import Member, Team
from domain.references import Reference, reference
from domain.suggestions import Suggestion
from domain.templates import template
from views import forms, templates
from views.blocks import (
    MOST_OPTIONS,
    Block,
    Option,
    View,
    actions,
    button,
    context,
    external_select,
    grouped_select,
    input_block,
    modal,
    multi_users_select,
    option,
    radio,
    select,
    text_input,
    users_select,
)
from views.suggestions import by_whose, part, titled

OBJECTIVE_FORM = "objective"
MORE_FIELDS = "objective.more_fields"
MOST_PARENTS = 300
"""Slack would take more in groups of a hundred, but the form has to stay below its 250 KB."""

ASKED = frozenset(
    {
        *("title", "level", "owner", "team", "parent", "cycle"),
        *("description", "co_owners", "aspirational", "visibility", "stage", "tags"),
    }
)
"""All that the form asks for about an objective."""

COMMITTED, ASPIRATIONAL = "committed", "aspirational"
_STAGES = {
    Stage.DRAFT: "A draft: only those with a part in it see it",
    Stage.PROPOSED: "Proposed: to be talked over",
    Stage.AGREED: "Agreed: it counts",
}
_READERS = {
    Visibility.EVERYONE: ("Everyone", "What others can see they can help with."),
    Visibility.TEAM: ("Only its team", "Its team, and whoever has a part in it."),
    Visibility.PRIVATE: ("Private", "Only those with a part in it: its owners, and who has a key result in it."),
}


def objective_form(
    teams: Sequence[Team],
    parents: Sequence[Objective] | None,
    viewer: Member,
    editing: Objective | None = None,
    typed: str = "",
    cycles: Sequence[str] = (),
    begun: ObjectiveDraft | None = None,
    more: bool = False,
    before: Mapping[str, forms.Mark] = MappingProxyType({}),
) -> View:
    """What it says, whose it is, what it helps and for which cycle, and the rarer fields once `more` is wanted.

    Where `parents` are not listed, they are asked for as somebody types. `typed` is a title that somebody has begun
    with, `begun` everything that they have filled in so far, in a form that was drawn with the marks `before`.
    """
    filled = _whole(begun, editing, before) or _empty(viewer, teams, typed)
    example = template(filled.template)
    title = text_input(filled.title, "Customers love our onboarding")
    drawn = [
        *([templates.offer()] if not editing and not begun else []),
        *([templates.comes_with(example)] if example else []),
        input_block("title", "Objective", title, hint="What should be true by the end of its cycle?"),
        input_block("level", "Whose is it?", select(_levels(teams, editing), filled.level)),
        *_team(teams, editing, filled.team),
        input_block("owner", "Owner", users_select(filled.owner)),
        *_parent(parents, editing, filled.parent),
        *_cycle(cycles, editing, filled.cycle),
        *(_rarer(filled, editing) if more or _uses_more(filled) else [actions(button("More…", MORE_FIELDS))]),
    ]
    kept: dict[str, object] = {"template": example.key} if example else {}
    if editing:
        kept = forms.marked({**kept, "objective": editing.id}, drawn, before)
    return modal(f"Edit {editing.ref}" if editing else "Add an objective", drawn, "Save", OBJECTIVE_FORM, kept)


def read_objective(view: forms.Json) -> tuple[ObjectiveDraft, ObjectiveId | None]:
    """The objective as it was filled in, and which one was edited if it is not new."""
    editing = forms.number(forms.metadata(view).get("objective"))
    draft = ObjectiveDraft(
        title=forms.typed(view, "title"),
        level=_read_level(forms.chosen(view, "level")),
        owner=forms.person(view, "owner"),
        team=forms.number(forms.chosen(view, "team")),
        parent=reference(forms.chosen(view, "parent") or ""),
        description=forms.typed(view, "description") if forms.has(view, "description") else None,
        co_owners=forms.people(view, "co_owners") if forms.has(view, "co_owners") else None,
        aspirational=_read_commitment(view),
        visibility=_read_visibility(forms.chosen(view, "visibility")),
        stage=_read_stage(forms.chosen(view, "stage")),
        cycle=forms.chosen(view, "cycle"),
        tags=forms.typed(view, "tags") if forms.has(view, "tags") else None,
        template=_read_template(forms.metadata(view).get("template")),
        alone=frozenset() if editing is None else forms.staying(view, ASKED),
        drawn={} if editing is None else forms.lists_drawn(view, ["co_owners"]),
    )
    return draft, None if editing is None else ObjectiveId(editing)


def written_over(view: forms.Json, before: Objective) -> list[str]:
    """What somebody has put in anew that another had changed while this form was open, by its label in the form.

    `before` is the objective as it was just before the form came back. What it hangs below is left out: not everybody
    may know of that.
    """
    now = objective_form([], [], before.owner, before, more=True)["blocks"]
    return forms.overtaken(view, [block for block in now if block.get("block_id") != "parent"])


def _read_commitment(view: forms.Json) -> bool | None:
    chosen = forms.chosen(view, "aspirational")
    return chosen == ASPIRATIONAL if chosen else None


def _read_visibility(chosen: str | None) -> Visibility | None:
    return Visibility(chosen) if chosen in set(Visibility) else None


def _read_stage(chosen: str | None) -> Stage | None:
    return Stage(chosen) if chosen in set(_STAGES) else None


def _read_template(kept: object) -> str:
    found = template(kept) if isinstance(kept, str) else None
    return found.key if found else ""


def _whole(begun: ObjectiveDraft | None, editing: Objective | None, asked: Collection[str]) -> ObjectiveDraft | None:
    """What was filled in so far; what none of the fields `asked` for yet is as it is."""
    if begun and editing:
        return by_then(replace(begun, alone=ASKED - set(asked), drawn={}), draft_of(editing))
    return draft_of(editing) if editing else begun


def _empty(viewer: Member, teams: Sequence[Team], typed: str) -> ObjectiveDraft:
    led = next((team.id for team in teams if team.id in viewer.leads), None)
    level = Level.TEAM if led else Level.INDIVIDUAL
    return ObjectiveDraft(typed, level, viewer.slack_id, team=led)


def _uses_more(filled: ObjectiveDraft) -> bool:
    """Whether anything that is asked for more rarely is other than usual."""
    usual_stage = filled.stage in {None, Stage.AGREED}
    usual_readers = filled.visibility in {None, Visibility.EVERYONE}
    more = filled.description or filled.co_owners or filled.aspirational or filled.tags
    return bool(more) or not usual_stage or not usual_readers


def _rarer(filled: ObjectiveDraft, editing: Objective | None) -> list[Block]:
    """The fields that are asked for more rarely."""
    why = text_input(
        filled.description or "", "Every second customer who leaves says the start was hard", multiline=True
    )
    shared = multi_users_select(filled.co_owners or (), "Nobody else")
    stage = select([option(words, stage) for stage, words in _STAGES.items()], filled.stage, "As usual")
    commitment = radio(
        [
            option("Committed", COMMITTED, "We will get all the way there, and plan for it."),
            option("Aspirational", ASPIRATIONAL, "A stretch: seven tenths of the way is a good result."),
        ],
        ASPIRATIONAL if filled.aspirational else COMMITTED,
    )
    readers = radio(
        [option(words, who, line) for who, (words, line) in _READERS.items()], filled.visibility or Visibility.EVERYONE
    )
    usual = "As usual: agreed in a running cycle, a draft while the cycle is planned."
    return [
        input_block("description", "Why it matters", why, optional=True),
        input_block("co_owners", "Who owns it together with the owner?", shared, optional=True),
        input_block("aspirational", "Committed or aspirational?", commitment),
        input_block("visibility", "Who may see it?", readers, hint=_opening(editing)),
        input_block("stage", "How far is it?", stage, optional=True, hint=usual),
        input_block("tags", "Tags", text_input(filled.tags or "", "growth, mobile"), optional=True),
    ]


def _opening(editing: Objective | None) -> str:
    """A word for whoever might let more people see what only some could."""
    if editing is None or editing.visibility is Visibility.EVERYONE:
        return ""
    return "Whoever is let in reads its past as well: earlier titles, notes and comments."


def _cycle(cycles: Sequence[str], editing: Objective | None, chosen: str | None) -> list[Block]:
    """Which cycle it is for, where there is a choice; and that a new one waits where there is none."""
    mine = editing.cycle.name if editing else None
    names = list(dict.fromkeys([*([mine] if mine else []), *cycles]))[:MOST_OPTIONS]
    waits = not editing and names == [BACKLOG.name]
    if len(names) < 2 and not waits:
        return []
    offered = select([option(name, name) for name in names], chosen or names[0])
    why = [context("No cycle runs just now, so it waits in the backlog until it is moved into one.")] if waits else []
    return [input_block("cycle", "For which cycle?", offered), *why]


def _read_level(chosen: str | None) -> Level:
    try:
        return Level(chosen or "")
    except ValueError:
        raise Refusal("Choose whose objective it is.", "level") from None


def _levels(teams: Sequence[Team], editing: Objective | None) -> list[Option]:
    """Every level there can be: without a team there is no team objective."""
    offered = [level for level in Level if level is not Level.TEAM or teams or (editing and editing.team)]
    return [
        option({Level.COMPANY: "The company's", Level.TEAM: "A team's"}.get(level, "One person's"), level)
        for level in offered
    ]


def _team(teams: Sequence[Team], editing: Objective | None, chosen: int | None) -> list[Block]:
    mine = editing.team if editing else None
    options = _with([option(team.name, team.id) for team in teams], option(mine.name, mine.id) if mine else None)
    return _select("team", "Team", options, chosen, "For a team's objective. ")


def _parent(parents: Sequence[Objective] | None, editing: Objective | None, chosen: Reference | None) -> list[Block]:
    """What it can pull on, the company's first: objectives and key results, listed where they are few enough."""
    groups = by_whose(Suggestion(each, itself=True) for each in parents or ())
    mine = _aligned(editing) if editing else None
    if mine and mine not in chain(*groups.values()):
        groups = {"As it is now": [mine]} | groups
    if parents is None or not _can_be_listed(groups):
        first = next((each for each in chain(*groups.values()) if each["value"] == str(chosen)), None)
        begun = first or (option(str(chosen), chosen) if chosen else None)
        element = external_select(begun, "Type a part of its title, or O-12")
    elif groups:
        element = grouped_select(groups, chosen, "None")
    else:
        return []
    return [input_block("parent", "Which objective does it help?", element, optional=True)]


def _can_be_listed(groups: Mapping[str, Sequence[Option]]) -> bool:
    many = [len(options) for options in groups.values()]
    return sum(many) <= MOST_PARENTS and max(many, default=0) <= MOST_OPTIONS


def _aligned(editing: Objective) -> Option | None:
    """What it pulls on now."""
    above, pulled = editing.parent, editing.parent_key_result
    if above and pulled:
        return part(pulled, above)
    return titled(above.ref, above.title) if above else None


def _with(options: list[Option], chosen: Option | None) -> list[Option]:
    """The options, the chosen one first should it be missing or too far down to be offered."""
    return [chosen, *(each for each in options if each != chosen)] if chosen else options


def _select(field: str, label: str, options: list[Option], chosen: object, hint: str) -> list[Block]:
    """An optional choice, left out when there is nothing to choose."""
    if not options:
        return []
    if len(options) > MOST_OPTIONS:
        hint += f"Slack shows {MOST_OPTIONS} choices; {len(options) - MOST_OPTIONS} more are not listed here."
    element = select(options[:MOST_OPTIONS], chosen, "None")
    return [input_block(field, label, element, optional=True, hint=hint.strip())]
