"""Every way into Cairn, with examples of its use: for tests that walk through all of them.

A new command, action, form or shortcut fails these tests until it has an example here. `{o}` and `{kr}` are the
references of the objective and the key result that a test is about, `{oid}` and `{krid}` what stands behind a button,
`{prid}` what stands behind a proposal's; `{past}` and `{pastid}` are of an objective whose cycle closes, which is
`{last}`, and `{cycle}` behind its buttons; `{team}` is what stands behind a team's.
"""

from collections.abc import Mapping

import handlers
from sandbox.inputs import Entered
from sandbox.interactions.places import InView
from sandbox.person import Person
from sandbox.reading import text_of
from sandbox.records import Json, Message
from sandbox.screens import open_modal
from sandbox.triggers import Trigger
from tests.conftest import Town
from tests.journeys.looking import option

WORDS: dict[str, list[str]] = {
    # looking first, since what is done later must not hide what was seen
    "/okr": ["/okr"],
    "/okr list": [
        "/okr list all",
        "/okr list all {last}",
        "/okr list company",
        "/okr list @bo",
        "/okr list @chiara",
        "/okr list Engineering",
        "/okr list private",
        "/okr list drafts",
        "/okr list unscored",
        "/okr list needs attention",
        "/okr list on track @bo this year",
        "/okr list all this year",
        "/okr list about okk",
        "/okr list all about omba this year",
        "/okr list #secret",
    ],
    "/okr find": ["/okr find", "/okr find okk", "/okr find omba at risk", "/okr find #secret @bo"],
    "/okr team": ["/okr team Engineering", "/okr team", "/okr team quok", "/okr team wombta"],
    "/okr show": ["/okr show {o}", "/okr show {kr}", "/okr show {past}", "/okr show O-1", "/okr show O-4"],
    "/okr history": ["/okr history {o}", "/okr history {kr}", "/okr history O-2", "/okr history O-3"],
    "/okr cycle": ["/okr cycle", "/okr cycle {last}", "/okr cycle backlog"],
    "/okr cycles": ["/okr cycles"],
    "/okr cycle edit": ["/okr cycle edit", "/okr cycle edit backlog"],
    "/okr cycle remove": ["/okr cycle remove", "/okr cycle remove backlog"],
    "/okr export": ["/okr export"],
    "/okr undo": ["/okr undo {kr}"],
    "/okr tree": [
        *("/okr tree", "/okr tree company", "/okr tree team Engineering", "/okr tree team", "/okr tree @bo"),
        *("/okr tree {o}", "/okr tree O-2"),
    ],
    "/okr why": ["/okr why {kr}", "/okr why {o}", "/okr why {past}", "/okr why O-2", "/okr why O-4"],
    "/okr depends": [
        "/okr depends {kr} on Engineering: the new API",
        "/okr depends {kr}",
        "/okr depends D-1 yes",
        "/okr depends D-1 no longer needed",
    ],
    "/okr status": ["/okr status {kr} at risk because nobody answers", "/okr status {kr}"],
    "/okr add": ["/okr add kr {o}", "/okr add objective"],
    "/okr update": ["/okr update {kr}", "/okr update {kr} 90"],
    "/okr close": ["/okr close {past}", "/okr close {o}", "/okr close"],
    "/okr carry": ["/okr carry {past}", "/okr carry {o}"],
    "/okr propose": ["/okr propose {o}"],
    "/okr move": ["/okr move {o}", "/okr move {past} to backlog"],
    "/okr agree": ["/okr agree {o}", "/okr agree {kr}"],
    "/okr comment": ["/okr comment {o} Hello", "/okr comment {kr} Hello", "/okr comment {o}"],
    "/okr templates": ["/okr templates"],
    "/okr edit": ["/okr edit {o}", "/okr edit {kr}", "/okr edit O-1"],
    "/okr archive": ["/okr archive {o}", "/okr archive {kr}"],
    "/okr restore": ["/okr restore {o}", "/okr restore {kr}"],
    "/okr handover": ["/okr handover @bo"],
    "/okr settings": ["/okr settings"],
    "/okr help": ["/okr help roles", "/okr help", "/okr help update"],
    "/checkin": ["/checkin"],
    "/checkin skip": ["/checkin skip"],
    "/kudos": ["/kudos"],
    "/kudos list": ["/kudos list"],
    "/kudos @": ["/kudos @imani for all of your help {kr}", "/kudos @imani for all of your help {o}"],
}
"""What is typed, by the command and its word."""

ACTIONS: dict[str, list[str]] = {
    "objective.list": ["company", "team"],
    "objective.everybody": ["all"],
    "objective.last": ["me"],
    "objective.person": ["@bo", "@chiara"],
    "objective.archived": [""],
    "objective.add": [""],
    "objective.more": [
        *("edit {oid}", "add_kr {oid}", "propose {oid}", "agree {oid}"),
        *("move {oid}", "archive {oid}", "restore {oid}"),
    ],
    "objective.hints": ["{oid}"],
    "comment.open": ["{o}", "{kr}"],
    "objective.templates": [""],
    "objective.template": ["engineering-calm"],
    "objective.propose": ["{oid}"],
    "objective.agree": ["{oid}"],
    "key_result.agree": ["{krid}", "{krid} 1a2b3c4d"],
    "proposal.accept": ["{prid}"],
    "proposal.edit": ["{prid}"],
    "proposal.decline": ["{prid}"],
    "proposal.more": ["accept {prid}", "edit {prid}", "decline {prid}"],
    "key_result.add": ["{oid}"],
    "key_result.update": ["{krid}"],
    "key_result.more": [
        *("edit {krid}", "update {krid}", "status {krid}", "depends {krid}"),
        *("archive {krid}", "restore {krid}"),
    ],
    "key_result.target": ["{krid}"],
    "alignment.tree": [""],
    "alignment.align": ["{oid}"],
    "dependency.confirm": ["1"],
    "dependency.decline": ["1"],
    "dependency.list": [""],
    "dependency.withdraw": ["1"],
    "status.set": ["{krid}"],
    "status.doubt": ["{krid}"],
    "status.will_move": ["{krid}"],
    "update.undo": ["{krid} 0"],
    "check_in.open": ["", "1"],
    "check_in.skip": ["1"],
    "closing.open": ["{pastid}", "{oid}"],
    "closing.carry": ["{pastid}", "{oid}"],
    "closing.ended": ["{pastid}", "4"],
    "closing.past": ["{pastid}", "{oid}", "4"],
    "closing.future": ["{pastid}", "{oid}", "4"],
    "closing.mine": [""],
    "cycle.open": ["", "{cycle}"],
    "cycle.every": [""],
    "cycle.new": [""],
    "cycle.unscored": ['{{"only":"unscored","cycle":"{last}"}}', '{{"only":"unscored"}}'],
    "cycle.begin": ["{cycle}"],
    "cycle.close": ["{cycle}"],
    "cycle.reopen": ["{cycle}"],
    "cycle.edit": ["{cycle}"],
    "cycle.remove": ["{cycle}"],
    "export.ask": [""],
    "list.open": ["", '{{"only":"private"}}', '{{"cycle":"{last}"}}'],
    "list.next": ['{{"first":0}}', '{{"first":2}}', '{{"first":99}}', '{{"only":"drafts","first":0}}'],
    "list.previous": ['{{"first":0}}', '{{"statuses":["off track"],"first":0}}'],
    "recognition.give": [""],
    "recognition.list": [""],
    "hand_over.open": ["@bo"],
    "hand_over.person": ["@bo"],
    "help.open": [""],
    "permissions.help": [""],
    "policy.open": [""],
    "roles.open": [""],
    "set_up.open": [""],
    "team.edit": ["{team}"],
    "team.from_group": [""],
    "team.new": [""],
    "team.archive": ["{team}"],
    "team.restore": ["{team}"],
    "teams.open": [""],
    "forgotten.backlog": ["{pastid}"],
    "forgotten.drop": ["{pastid}"],
}
"""What is pressed or chosen, by action id: the value behind it; "@bo" for a person."""

READING: dict[str, list[str]] = {
    "objective.more": ["more {oid}", "why {oid}", "history {oid}", "comment {oid}", "propose_kr {oid}"],
    "key_result.more": ["more {krid}", "why {krid}", "history {krid}"],
}
"""What is chosen in the same menus by whoever may read it."""

FILTERS: dict[str, Entered] = {
    "list.words": "okk",
    "list.people": ["@bo"],
    "list.level": "Individual",
    "list.team": "Engineering",
    "list.status": "Needs attention",
    "list.cycle": "Backlog",
    "list.only": "Private",
}
"""What is chosen in the window of `/okr find`, by action id."""

WRITTEN = ["{kr} 80", "update {kr} to 80", "update {kr}", "add a key result to {o}"]
"""What is written to Cairn in its own conversation to change something."""

SAID = [
    *("hello", "everybody's okrs", "private okrs", "company okrs at risk", "team quok", "history of O-2"),
    *(
        "what is the {o} about",
        "how is {kr} doing",
        "search okk",
        "find #secret",
        "why does {kr} matter",
        "history of {o}",
        "{kr} 80",
    ),
]
"""What is written to Cairn in its own conversation."""

LINKED = ["{o}", "{kr}", "{past}", "O-1", "O-2", "O-3", "O-4"]
"""What is linked to in a channel."""

OPTIONS: dict[str, list[str]] = {
    "helped": ["", "quokka", "wombat", "{o}", "{kr}", "O-1", "KR-1"],
    "parent": ["", "quokka", "wombat", "{o}", "{kr}", "O-1", "KR-1"],
}
"""What is typed where something is suggested meanwhile, by the field."""

EVENTS = {"app_home_opened", "link_shared", "message", "team_join", "user_change"}
"""What Slack tells of: Home, links and what is written are walked; who comes or changes is told to nobody."""

SHORTCUTS = {"add_objective": False, "check_in": False, "give_kudos": False, "thank_author": True}
"""By callback id: whether it is used on a message."""


IN_FORMS: dict[str, tuple[str, str]] = {
    "kind": ("key_result", "Baseline: measure first, set the target later"),
    "objective.more_fields": ("objective", ""),
}
"""What is chosen in a form, or pressed, by action id: in which one, and what."""


class Begins(str):
    """The option that begins so."""


FORMS: dict[str, tuple[str, str, Mapping[str, Entered]]] = {
    "check_in": ("bo", "/checkin", {}),
    "list": ("bo", "/okr find", {"list.words": "omba"}),
    "key_result": ("bo", "/okr edit {kr}", {"title": "Changed"}),
    "objective": ("bo", "/okr edit {o}", {"title": "Changed"}),
    "proposal": ("imani", "/okr propose kr {o}", {"title": "Changed", "target": "9"}),
    "proposal.declined": ("bo", "answer Decline", {"why": "Not now"}),
    "comment": ("imani", "/okr comment {o}", {"words": "Hello"}),
    "closing": ("bo", "/okr close {past}", {"score": "0.5", "why": "So it was", "mattered": "yes", "verdict": "drop"}),
    "carrying": ("bo", "/okr carry {past}", {"title": "Once more"}),
    "objective.move": ("bo", "/okr move {o}", {"cycle": "Backlog"}),
    "cycle": ("ada", "press Cycle, New cycle", {"name": "Launch", "first": "2031-01-01", "last": "2031-02-01"}),
    "cycle.edit": ("ada", "/okr cycle edit", {"name": "Renamed"}),
    "update": ("bo", "/okr update {kr}", {"value": "77"}),
    "dependency": ("bo", "/okr depends {kr}", {"team": Begins("Platform"), "words": "The new API"}),
    "dependency.answer": ("ada", "answer Not possible…", {"answer": "July at the earliest"}),
    "status": ("bo", "/okr status {kr}", {"status": Begins("At risk"), "reason": "Nobody answers"}),
    "recognition": (
        "bo",
        "/kudos",
        {"recipients": ["@imani"], "reason": "All of your help", "helped": Begins("{kr} ")},
    ),
    "policy": ("ada", "/okr settings", {"behind": "20"}),
    "roles": ("ada", "press Roles", {"champion": ["@hana"]}),
    "set_up": ("ada", "press Set up", {}),
    "set_up.confirm": ("ada", "press Set up, submit", {}),
    "team": ("ada", "press Teams, Edit", {"name": "Renamed"}),
    "team.group": ("ada", "press Teams, Add from a user group", {"group": Begins("Product")}),
    # the last, since an admin succeeds, and everything of Bo's is somebody else's then
    "hand_over": ("ada", "/okr handover @bo", {}),
}
"""By callback id: who gets to see the form, by typing or pressing what, and what is filled in besides."""


def words() -> list[str]:
    """Everything that can be typed, as `handlers.permissions.WORDS` names it."""
    return [f"{name} {word.word}".strip() for name, command in handlers.COMMANDS.items() for word in command.words]


async def press(town: Town, who: Person, action: str, value: str) -> Message | None:
    """Press this, with this value behind it, though it may never have been drawn for them; what stood there then."""
    behind = town.slack.workspace.user_named(value).id if value.startswith("@") else value
    here, place = town.slack.workspace, next(c for c in town.slack.workspace.visible_channels(who.id) if c.name)
    message = here.post(place.id, here.bot.id, "Forged", blocks=[_forged(action, behind)], only_for=who.id)
    await who.press(action, within=message)
    return message


async def suggested(town: Town, who: Person, field: str, typed: str) -> list[str]:
    """What is suggested to somebody in this field, though their form may never have had it."""
    asked = {"type": "external_select", "action_id": field, "min_query_length": 0}
    label = {"type": "plain_text", "text": "Which?"}
    block = {"type": "input", "block_id": field, "label": label, "element": asked, "optional": True}
    view = open_modal(
        town.slack.workspace,
        Trigger(who.id),
        {"type": "modal", "title": label, "submit": label, "callback_id": "forged", "blocks": [block]},
    )
    found = await town.slack.interactions.suggestions(who.id, InView(view.id), field, field, typed)
    await who.close()
    return [each["text"]["text"] for _, options in found for each in options]


def _forged(action: str, behind: str) -> Json:
    button = {"type": "button", "text": {"type": "plain_text", "text": "Forged"}, "action_id": action}
    return {"type": "actions", "block_id": "forged", "elements": [button | ({"value": behind} if behind else {})]}


async def drawn_form(town: Town, id: str, refs: Mapping[str, str]) -> Json:
    """A form as it is drawn and filled in for somebody who may use it."""
    opener, way, entered = FORMS[id]
    who = town.person(opener)
    await who.close(whole_stack=True) if who.modal else None
    if way.startswith("/"):
        await who.command(way.format(**refs))
    elif way.startswith("answer "):
        label = way.removeprefix("answer ")
        await who.press(label, within=next(each for each in reversed(who.dm) if f"[{label}]" in text_of(each)))
    else:
        await who.open_home()
        for label in way.removeprefix("press ").split(", "):
            await (who.submit() if label == "submit" else who.press(label))
    assert who.modal, id
    assert who.modal["callback_id"] == id
    await who.fill({field: _meant(who, field, value, refs) for field, value in entered.items()})
    form = dict(who.modal)
    await who.close(whole_stack=True)
    return form


async def choose(town: Town, who: Person, form: Json, action: str, option: str) -> None:
    """Choose this in a form that was drawn for somebody else, or press what has nothing to choose from."""
    if option:
        show_form(town, who, form)
        await who.choose(action, option)
    else:
        show_form(town, who, form | {"blocks": [*form["blocks"], _forged(action, "")]})
        await who.press(action)


async def send_form(town: Town, who: Person, form: Json) -> None:
    """Submit a form that was drawn for somebody else."""
    show_form(town, who, form)
    await who.submit()


def show_form(town: Town, who: Person, form: Json) -> None:
    """Put a form before somebody that was drawn for somebody else."""
    here = town.slack.workspace
    content = {key: form[key] for key in ("type", "title", "close", "submit", "blocks", "callback_id")}
    content |= {"private_metadata": form.get("private_metadata") or ""}
    view = open_modal(here, Trigger(who.id), content)
    view.values = form["state"]["values"]
    here.keep_view(view)


def _meant(who: Person, field: str, value: Entered, refs: Mapping[str, str]) -> Entered:
    return option(who.modal or {}, field, value.format(**refs)) if isinstance(value, Begins) else value
