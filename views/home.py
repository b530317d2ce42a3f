"""Somebody's Home: everything of theirs on one page, and a button for everything that they can type."""

from datetime import timedelta

from domain.check_ins import CheckIn, State
from domain.cycles import none_runs, quarter
from domain.home import Home, Moment, TeamWeek
from domain.objectives import ObjectiveId
from domain.outbox import Delivery, Trouble
from domain.people import Member, names
from domain.permissions import Verb, may
from domain.recognition import Recognition
from domain.sights import sight
from views import (
    alignment,
    blocks,
    cards,
    check_ins,
    closing,
    cycles,
    dependencies,
    exports,
    hand_over,
    objectives,
    permissions,
    policy,
    recognition,
)
from views.blocks import Block, View, actions, button, context, divider, header, section, users_select
from views.help import OPEN as WORDS
from views.hints import sentence
from views.lists import OPEN as FIND
from views.room import IN_VIEW
from views.text import count, cut, date_of, escape, first_name, moment_of

SET_UP = "set_up.open"
TEAMS = "teams.open"
ROLES = "roles.open"
LIST = "objective.list"
EVERYBODY = "objective.everybody"
LAST = "objective.last"
PERSON = "objective.person"
ARCHIVED = "objective.archived"
TROUBLES_SHOWN = 10
HINTS_SHOWN = 8
TEAMS_SHOWN = 8

_WENT = {
    Delivery.UNKNOWN: "may have arrived; Cairn is looking for it",
    Delivery.SKIPPED: "may or may not have arrived, and was not sent again",
    Delivery.DEAD: "could not be delivered",
    Delivery.EXPIRED: "came too late to be sent",
}
_STANDS = {
    State.ANSWERED: ":white_check_mark: Checked in",
    State.OPEN: ":hourglass_flowing_sand: Still time",
    State.SKIPPED: ":palm_tree: Skipped this week",
}


def home(facts: Home) -> View:
    """One person's Home."""
    top = [header(f"Hello {first_name(facts.who)}"), *_set_up(facts), *_check_in(facts.check_in, facts.moment)]
    top += [*closing.season(facts.season, facts.moment.today), *_planned(facts)]
    help = [divider(), actions(button("What can I type?", WORDS), button("Who may do what?", permissions.HELP))]
    foot = [*_teams(facts), *_thanks(facts), *_administration(facts), *help]
    mine = [header(_mine(facts)), *_objective_buttons(facts)]
    own, helped = objectives.helped_with(facts.objectives, facts.who)
    foot = [*objectives.helping(helped, facts.moment, facts.who), *_look_around(), *foot]
    room = IN_VIEW.without([*top, *mine, *foot])
    seen = [sight(each, facts.moment, facts.who, under=facts.cycle.name) for each in own]
    drawn = objectives.cards(seen, _thanks_by_objective(facts), room)
    return blocks.home([*top, *mine, *(drawn or [_no_objectives(facts)]), *foot])


def _set_up(facts: Home) -> list[Block]:
    if facts.is_set_up:
        return []
    if not may(Verb.SET_UP, facts.who):
        return [section("Cairn is not set up here yet. An admin of this workspace can do that from their own Home.")]
    words = (
        "*Cairn is not set up yet.* It writes to nobody else until you have chosen where thanks are posted, "
        "who takes part and when the first check-in is."
    )
    return [section(words), actions(button("Set up", SET_UP, style="primary")), divider()]


def _check_in(check_in: CheckIn | None, moment: Moment) -> list[Block]:
    """This week's check-in, with the way into it for as long as it is open."""
    if check_in is None:
        return [section("No check-in waits for you just now.", button("Check in", check_ins.OPEN))]
    if moment.now >= check_in.closes_at:
        return [section(f"The check-in of {date_of(check_in.day)} has closed. The next one is along soon.")]
    until = f"open until {moment_of(check_in.closes_at)}"
    if check_in.state is State.OPEN:
        words = f"*Your check-in of {date_of(check_in.day)}* is {until}. A minute is enough."
        buttons = [
            button("Check in", check_ins.OPEN, check_in.id, "primary"),
            button("Skip this week", check_ins.SKIP, check_in.id),
        ]
        return [section(words), actions(*buttons)]
    done = "answered. Thank you" if check_in.state is State.ANSWERED else "skipped, which is fine"
    words = f"*Your check-in of {date_of(check_in.day)}* is {done}. It can be changed; it is {until}."
    return [section(words, button("Edit", check_ins.OPEN, check_in.id))]


def _mine(facts: Home) -> str:
    runs = not none_runs(facts.cycle, facts.moment.policy.quarters)
    return f"Your objectives · {facts.cycle.name}" if runs else "Your objectives"


def _objective_buttons(facts: Home) -> list[Block]:
    """What can be done about one's own objectives besides what stands on each."""
    period = facts.cycle.period
    usual = facts.moment.policy.quarters and period == quarter(period.starts)
    last = quarter(period.starts - timedelta(days=1)).name if usual else "the last cycle"
    adding = [button("Add an objective", objectives.ADD)] if may(Verb.ADD_OBJECTIVE, facts.who) else []
    past = button(f"Mine in {last}", LAST, f"me {last.removeprefix('the ')}")
    return [actions(*adding, past, button("Archived", ARCHIVED))]


def _look_around() -> list[Block]:
    """The ways to what others do."""
    lists = [
        button("Company objectives", LIST, "company"),
        button("Everybody's objectives", EVERYBODY, "all"),
        button("Tree", alignment.TREE),
        button("Find…", FIND),
        button("Cycle", cycles.OPEN),
        button("Between teams", dependencies.LIST),
        button("Export", exports.ASK),
    ]
    colleague = users_select(placeholder="A colleague's objectives") | {"action_id": PERSON}
    return [divider(), header("All objectives"), actions(*lists, colleague)]


def _planned(facts: Home) -> list[Block]:
    """The way to what is theirs in a cycle that has not begun, which is not among what they work on now."""
    if facts.season.planned is None:
        return []
    name = facts.season.planned.cycle.name
    return [actions(button(cut(f"Mine in {name}", 75), LAST, f"me {name}"))]


def _no_objectives(facts: Home) -> Block:
    return section(objectives.begins_with(facts.cycle, facts.moment, "Nothing of yours in {cycle} yet."))


def _teams(facts: Home) -> list[Block]:
    """Each of my teams: who has checked in, and who still may."""
    if not facts.teams:
        return []
    weeks = [section(_week(each)) for each in facts.teams[:TEAMS_SHOWN]]
    left = len(facts.teams) - len(weeks)
    more = [_more_teams(left)] if left else []
    buttons = actions(button("My team's objectives", LIST, "team"))
    return [divider(), header("My team's week"), *weeks, *more, buttons]


def _week(week: TeamWeek) -> str:
    lines = [f"*{escape(week.team.name)}*"]
    for state, words in _STANDS.items():
        who = [member for member, stands in week.each if stands is state]
        if who:
            lines.append(f"{words}: {escape(names(who), 700)}")
    return "\n".join(lines if week.each else [*lines, "No check-ins this week."])


def _more_teams(left: int) -> Block:
    return context(f"…and {count(left, 'more team')}; `/okr team NAME` shows any of them.")


def _thanks(facts: Home) -> list[Block]:
    giving = [button("Say thank you", recognition.GIVE)] if may(Verb.GIVE_KUDOS, facts.who) else []
    buttons = actions(*giving, button("Given and received", recognition.LIST))
    return [divider(), header("Recent thanks"), *recognition.recent(facts.recognition), buttons]


def _thanks_by_objective(facts: Home) -> cards.Thanked:
    """The recent thanks that were for one of these objectives, or for a key result of one."""
    owners = {each.ref: each.id for each in facts.objectives}
    owners |= {kr.ref: each.id for each in facts.objectives for kr in each.key_results}
    found: dict[ObjectiveId, list[Recognition]] = {}
    for thanks in facts.recognition:
        if thanks.helped and thanks.helped.ref in owners:
            found.setdefault(owners[thanks.helped.ref], []).append(thanks)
    return found


def _administration(facts: Home) -> list[Block]:
    """What an admin looks after: settings, what could not be delivered, what the workspace does not offer."""
    buttons = [
        *([button("Set up", SET_UP)] if facts.is_set_up and may(Verb.SET_UP, facts.who) else []),
        *([button("Teams", TEAMS)] if may(Verb.ADD_TEAM, facts.who) or facts.who.leads else []),
        *([button("Roles", ROLES)] if may(Verb.GRANT_ROLES, facts.who) else []),
        *([button("Settings", policy.OPEN)] if _may_change_settings(facts.who) else []),
        *([_handing_over()] if may(Verb.HAND_OVER, facts.who) or facts.who.leads else []),
    ]
    told = [*_hints(facts.hints), *_troubles(facts.troubles)]
    if not buttons and not told:
        return []
    return [divider(), header("Looking after Cairn"), *([actions(*buttons)] if buttons else []), *told]


def _may_change_settings(who: Member) -> bool:
    return may(Verb.CHANGE_SETTINGS, who) or may(Verb.CHANGE_VALUES, who)


def _handing_over() -> Block:
    return users_select(placeholder="Hand over what … owns") | {"action_id": hand_over.PERSON}


def _hints(hints: tuple[str, ...]) -> list[Block]:
    """Each hint comes as its kind, a colon and a detail."""
    parted = [hint.partition(": ") for hint in hints[:HINTS_SHOWN]]
    drawn = [section(f":bulb: {sentence(kind, detail)}") for kind, _, detail in parted]
    left = len(hints) - len(drawn)
    return [*drawn, context(f"…and {count(left, 'more hint')}. Mend these first.")] if left else drawn


def _troubles(troubles: tuple[Trouble, ...]) -> list[Block]:
    lines = [_trouble(each) for each in troubles[:TROUBLES_SHOWN]]
    left = len(troubles) - len(lines)
    if left:
        lines.append(f"…and {left} earlier.")
    return [section(":warning: *Not delivered*"), *map(context, lines)] if lines else []


def _trouble(trouble: Trouble) -> str:
    went = _WENT.get(trouble.state, str(trouble.state))
    place = escape(trouble.place, 100)
    where = f"<#{place}>" if place.startswith(("C", "G")) else f"<@{place}>"
    return f"{moment_of(trouble.at)}: {escape(trouble.kind, 100)} to {where} {went} ({escape(trouble.error, 300)})"
