"""Setting Cairn up: the greeting, the form, the preview of who gets what, and the news that it is done."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from domain.errors import Refusal
from domain.people import Member, Team, names
from domain.policy import Policy
from domain.set_up import Preview, SetUp
from views import forms
from views.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    channel_select,
    context,
    datepicker,
    input_block,
    modal,
    multi_select,
    option,
    radio,
    section,
    users_select,
)
from views.hints import hint
from views.home import SET_UP
from views.text import count, date_of, escape, first_name

__all__ = ["CONFIRM", "FORM", "done", "form", "greeting", "hint", "preview", "read", "read_confirmed"]

FORM = "set_up"
CONFIRM = "set_up.confirm"

EVERYONE = "everyone"
PILOT = "pilot"
MOST_TEAMS = 100

_ASKED = {
    "channel": ("channel",),
    "champion": ("champion",),
    "pilot_teams": ("everyone", "teams"),
    "first_check_in": ("first",),
}
"""What is decided, and the fields that say it."""


def greeting(who: Member) -> Message:
    """What the person who installed Cairn reads first."""
    words = (
        f"Hello {escape(first_name(who))}, I am Cairn.\n"
        "• People keep their objectives and key results here, with `/okr`.\n"
        "• Once a week I ask those who own a key result how it is going: one form, about a minute.\n"
        "• With `/kudos` colleagues thank each other, for something that helped."
    )
    promise = "I write to nobody else until you have finished *Set up*."
    rule = "You get this once, because you installed Cairn or look after this workspace."
    start = actions(button("Set up", SET_UP, style="primary"))
    return {"text": f"{words}\n{promise}", "blocks": [section(words), section(promise), start, context(rule)]}


def form(teams: Sequence[Team], policy: Policy, today: date, champion: Member | None = None) -> View:
    """Where thanks are posted, who looks after the programme, who takes part and from when on."""
    chosen = PILOT if policy.pilot_teams and teams else EVERYONE
    who = [option("Everyone who owns a key result", EVERYONE), *([option("Pilot teams", PILOT)] if teams else [])]
    thanks = (
        "Everybody in the channel reads them, with what they helped, guests too. To a private channel, invite Cairn "
        "first. Without a channel, thanks still go to each person."
    )
    leading = champion.slack_id if champion else None
    fields = [
        input_block("channel", "Where are thanks posted?", channel_select(policy.recognition_channel), True, thanks),
        input_block("champion", "Who is your OKR champion?", users_select(leading), True, "They may change teams."),
        input_block("everyone", "Who is asked to check in?", radio(who, chosen)),
        *_pilot_teams(teams, policy),
        input_block("first", "When is the first check-in?", datepicker(_first(policy, today)), hint=_when(policy)),
    ]
    return modal("Set up Cairn", fields, "Preview", FORM, forms.marked({}, fields))


def read(view: forms.Json) -> tuple[SetUp, bool]:
    """The decisions as they were filled in, and whether everyone takes part."""
    first = forms.day(view, "first")
    if first is None:
        raise Refusal("Choose the day of the first check-in.", "first")
    everyone = forms.chosen(view, "everyone") != PILOT
    teams = _numbers(forms.all_chosen(view, "teams"))
    choices = SetUp(
        channel=forms.channel(view, "channel"),
        champion=forms.person(view, "champion"),
        pilot_teams=() if everyone else teams,
        first_check_in=first,
        alone=_alone(view),
        drawn={} if everyone else _drawn(view),
    )
    return choices, everyone


def preview(preview: Preview) -> View:
    """Who gets what, before anybody does."""
    choices = preview.choices
    lines = [_who_is_asked(preview), _where_thanks_go(preview)]
    if choices.champion:
        lines.append(f":compass: <@{choices.champion}> will be OKR champion, and may add and change teams.")
    note = context("Nothing is sent before you press *Start*. All of this can be changed later, in *Set up* on Home.")
    kept = {
        "channel": choices.channel,
        "champion": choices.champion,
        "teams": list(choices.pilot_teams),
        "first": choices.first_check_in.isoformat(),
        "alone": sorted(choices.alone),
    }
    return modal("Who gets what", [*map(section, lines), note], "Start", CONFIRM, kept, close="Back")


def read_confirmed(view: forms.Json) -> SetUp:
    """The decisions that the preview showed; raises `Refusal` when it has lost them."""
    kept = forms.metadata(view)
    try:
        first = date.fromisoformat(str(kept.get("first")))
    except ValueError:
        raise Refusal("This form can no longer be read. Close it and open it again.") from None
    teams, alone = kept.get("teams"), kept.get("alone")
    return SetUp(
        channel=_id(kept.get("channel")),
        champion=_id(kept.get("champion")),
        pilot_teams=tuple(map(int, filter(forms.number, teams))) if isinstance(teams, list) else (),
        first_check_in=first,
        alone=frozenset(map(str, alone)) & _ASKED.keys() if isinstance(alone, list) else frozenset(),
    )


def done(choices: SetUp) -> View:
    """What an admin sees once Cairn is at work."""
    words = (
        f":white_check_mark: Cairn is set up. The first check-ins go out from {date_of(choices.first_check_in)} on, "
        "each at the hour of the person who gets it."
    )
    following = "Next: `/okr add objective` adds the first objective, and `/kudos` thanks somebody."
    # It stands on top of the form, which closing it should not bring back.
    return {**modal("Cairn is set up", [section(words), section(following)]), "clear_on_close": True}


def _alone(view: forms.Json) -> frozenset[str]:
    """The decisions that nobody has touched."""
    return frozenset(name for name, fields in _ASKED.items() if forms.staying(view, fields).issuperset(fields))


def _drawn(view: forms.Json) -> dict[str, forms.Drawn]:
    """The pilot teams that the form was drawn with."""
    drawn = forms.lists_drawn(view, ["teams"])
    return {"pilot_teams": drawn["teams"]} if drawn else {}


def _numbers(values: Iterable[str]) -> tuple[int, ...]:
    return tuple(number for value in values if (number := forms.number(value)) is not None)


def _pilot_teams(teams: Sequence[Team], policy: Policy) -> list[Block]:
    if not teams:
        return []
    hint = "Only when you chose pilot teams above."
    if len(teams) > MOST_TEAMS:
        hint += f" Slack shows {MOST_TEAMS} choices; {len(teams) - MOST_TEAMS} more are not listed here."
    offered = sorted(teams, key=lambda team: team.id not in policy.pilot_teams)[:MOST_TEAMS]
    element = multi_select([option(team.name, team.id) for team in offered], policy.pilot_teams)
    return [input_block("teams", "Which pilot teams?", element, optional=True, hint=hint)]


def _first(policy: Policy, today: date) -> date:
    """The day already chosen, else the next weekday of check-ins after today."""
    if policy.first_check_in:
        return policy.first_check_in
    return today + timedelta(days=(policy.check_in_weekday - today.weekday() - 1) % 7 + 1)


def _when(policy: Policy) -> str:
    return f"From then on every week on the same weekday, at {policy.check_in_at:%H:%M} on each person's own clock."


def _who_is_asked(preview: Preview) -> str:
    first = date_of(preview.choices.first_check_in)
    pilots = preview.choices.pilot_teams
    scope = f" in {count(len(pilots), 'pilot team')}" if pilots else ""
    if preview.asked:
        people = (
            f"{count(len(preview.asked), 'person', 'people')}{scope} will be asked to check in first, from {first} on"
        )
        words = f":calendar: {people}: {_some_names(preview.asked)}."
    else:
        words = f":calendar: Nobody{scope} owns a key result yet, so nobody is asked on {first}."
    more = "more " if preview.asked else ""
    later = count(preview.later, f"{more}person takes", f"{more}people take")
    return words + (f" {later} part and will be asked once they own a key result." if preview.later else "")


def _some_names(members: Sequence[Member]) -> str:
    """Names in a sentence; of a long list the first twenty, and how many more there are."""
    left = len(members) - 20
    return (
        f"{escape(', '.join(m.name for m in members[:20]), 1_500)} and {left} more"
        if left > 0
        else escape(names(members), 1_500)
    )


def _where_thanks_go(preview: Preview) -> str:
    if not preview.choices.channel:
        return ":raised_hands: Thanks are told to each person. No channel is chosen, so they are posted nowhere."
    words = f":raised_hands: Thanks are told to each person and posted in <#{preview.choices.channel}>."
    return f"{words}\n:warning: {escape(preview.channel_problem, 500)}" if preview.channel_problem else words


def _id(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
