"""The form in which an objective is written down."""

from collections.abc import Mapping, Sequence
from itertools import islice

from domain.errors import Refusal
from domain.objectives import Heading, Level, Objective, ObjectiveDraft, ObjectiveId
from domain.people import Member, Team
from domain.references import Prefix, Reference, reference, the_reference
from views import forms
from views.blocks import (
    Block,
    Option,
    View,
    grouped_select,
    input_block,
    modal,
    option,
    select,
    text_input,
    users_select,
)
from views.text import cut_between

OBJECTIVE_FORM = "objective"
MOST_OPTIONS = 100
MOST_PARENTS = 300
"""Slack would take more in groups of a hundred, but the form has to stay below its 250 KB."""

_GROUPED = {Level.COMPANY: 0, Level.TEAM: 1, Level.INDIVIDUAL: 2}


def objective_form(
    teams: Sequence[Team],
    parents: Sequence[Objective],
    viewer: Member,
    editing: Objective | None = None,
    typed: str = "",
) -> View:
    """What it says, whose it is and what it helps; `typed` is a title that somebody has begun with."""
    title = text_input(editing.title if editing else typed, "Customers love our onboarding")
    owner = users_select(editing.owner.slack_id if editing else viewer.slack_id)
    fields = [
        input_block("title", "Objective", title, hint="What should be true by the end of the quarter?"),
        input_block("level", "Whose is it?", select(_levels(teams, editing), _level(viewer, teams, editing))),
        *_team(teams, editing),
        input_block("owner", "Owner", owner),
        *_parent(parents, editing),
    ]
    kept = {"objective": editing.id} if editing else None
    return modal(f"Edit {editing.ref}" if editing else "Add an objective", fields, "Save", OBJECTIVE_FORM, kept)


def read_objective(view: forms.Json) -> tuple[ObjectiveDraft, ObjectiveId | None]:
    """The objective as it was filled in, and which one was edited if it is not new."""
    draft = ObjectiveDraft(
        title=forms.typed(view, "title"),
        level=_read_level(forms.chosen(view, "level")),
        owner=forms.person(view, "owner"),
        team=forms.number(forms.chosen(view, "team")),
        parent=_read_parent(view),
    )
    editing = forms.number(forms.metadata(view).get("objective"))
    return draft, None if editing is None else ObjectiveId(editing)


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


def _level(viewer: Member, teams: Sequence[Team], editing: Objective | None) -> Level:
    if editing:
        return editing.level
    return Level.TEAM if teams and viewer.leads else Level.INDIVIDUAL


def _team(teams: Sequence[Team], editing: Objective | None) -> list[Block]:
    mine = editing.team if editing else None
    options = _with([option(team.name, team.id) for team in teams], option(mine.name, mine.id) if mine else None)
    chosen = mine.id if mine else None
    return _select("team", "Team", options, chosen, "For a team's objective. ")


def _parent(parents: Sequence[Objective], editing: Objective | None) -> list[Block]:
    """What it can pull on, the company's first: objectives and key results, and a reference where they are too many."""
    others = [each for each in parents if not editing or each.id != editing.id]
    groups = _parents_in_groups(others)
    listed = _within_reach(groups)
    shown = {each["value"] for options in listed.values() for each in options}
    mine = _aligned(editing) if editing else None
    if mine and mine["value"] not in shown:
        listed = {"As it is now": [mine]} | listed
    if not listed:
        return []
    element = grouped_select(listed, mine["value"] if mine else None, "None")
    fields = [input_block("parent", "Which objective does it help?", element, optional=True)]
    left = sum(map(len, groups.values())) - len(shown)
    return [*fields, *_parent_typed(left)] if left else fields


def _parents_in_groups(parents: Sequence[Objective]) -> dict[str, list[Option]]:
    groups: dict[str, list[Option]] = {}
    for each in sorted(parents, key=lambda each: (_GROUPED[each.level], each.number)):
        group = groups.setdefault(_group(each), [])
        group.append(_heading(each.heading))
        group += [option(cut_between(f"{kr.ref} ", kr.title, f" of {each.ref}"), kr.ref) for kr in each.key_results]
    return groups


def _within_reach(groups: Mapping[str, list[Option]]) -> dict[str, list[Option]]:
    """As many of each group, and in all, as a form can hold."""
    left, listed = MOST_PARENTS, {}
    for label, options in islice(groups.items(), MOST_OPTIONS - 1):
        kept = options[: min(left, MOST_OPTIONS)]
        left -= len(kept)
        if kept:
            listed[label] = kept
    return listed


def _parent_typed(left: int) -> list[Block]:
    hint = f"{left:,} more are not listed above. What you type here counts."
    typed = text_input(placeholder="O-12 or KR-34")
    return [input_block("parent_reference", "Or type its reference", typed, optional=True, hint=hint)]


def _read_parent(view: forms.Json) -> Reference | None:
    typed = forms.typed(view, "parent_reference").strip()
    if typed:
        return the_reference(typed, Prefix.OBJECTIVE, Prefix.KEY_RESULT, field="parent_reference")
    return reference(forms.chosen(view, "parent") or "")


def _group(objective: Objective) -> str:
    if objective.level is Level.TEAM and objective.team:
        return f"Team {objective.team.name}"
    return "The company's" if objective.level is Level.COMPANY else "People's own"


def _aligned(editing: Objective) -> Option | None:
    """What it pulls on now."""
    above, pulled = editing.parent, editing.parent_key_result
    if above and pulled:
        return option(cut_between(f"{pulled.ref} ", pulled.title, f" of {above.ref}"), pulled.ref)
    return _heading(above) if above else None


def _heading(heading: Heading) -> Option:
    return option(f"{heading.ref} {heading.title}", heading.ref)


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
