"""The form in which an objective is written down."""

from collections.abc import Sequence

from domain.errors import Refusal
from domain.objectives import Heading, Level, Objective, ObjectiveDraft, ObjectiveId
from domain.people import Member, Team
from views import forms
from views.blocks import Block, Option, View, input_block, modal, option, select, text_input, users_select

OBJECTIVE_FORM = "objective"
MOST_OPTIONS = 100


def objective_form(
    teams: Sequence[Team], parents: Sequence[Heading], viewer: Member, editing: Objective | None = None, typed: str = ""
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
        parent=forms.number(forms.chosen(view, "parent")),
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


def _parent(parents: Sequence[Heading], editing: Objective | None) -> list[Block]:
    mine = editing.parent if editing else None
    others = [heading for heading in parents if not editing or heading.id != editing.id]
    options = _with([_heading(heading) for heading in others], _heading(mine) if mine else None)
    return _select("parent", "Which objective does it help?", options, mine.id if mine else None, "")


def _heading(heading: Heading) -> Option:
    return option(f"{heading.ref} {heading.title}", heading.id)


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
