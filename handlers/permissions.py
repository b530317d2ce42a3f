"""Which right each entrance needs. Operations ask for it again; here it stands beside the sitemap, so that none is
forgotten: an entrance without a row fails a test, and so does one that lets through somebody without the right.
"""

from enum import StrEnum

from domain.permissions import Verb
from handlers.request import Request
from views import permissions as views
from views.blocks import modal as readable


class Free(StrEnum):
    """Why an entrance needs no right of its own."""

    READS = "it shows only what the asker may read"
    OWN = "it is about what is the actor's own"
    TOLD = "Slack tells of it, not a person"


Needs = frozenset[Verb] | Free
"""Any of these rights, depending on what it is used for; or why none is needed."""


def _any(*verbs: Verb) -> Needs:
    return frozenset(verbs)


_EDIT = _any(Verb.EDIT_OBJECTIVE, Verb.EDIT_KEY_RESULT)

_AGREE = (
    Verb.AGREE_OWN_OBJECTIVE,
    Verb.AGREE_OBJECTIVE,
    Verb.AGREE_TEAM_OBJECTIVE,
    Verb.AGREE_COMPANY_OBJECTIVE,
)

WORDS: dict[str, Needs] = {
    "/okr": Free.READS,
    "/okr list": Free.READS,
    "/okr find": Free.READS,
    "/okr team": Free.READS,
    "/okr add": _any(Verb.ADD_OBJECTIVE, Verb.ADD_KEY_RESULT),
    "/okr update": _any(Verb.CHECK_IN),
    "/okr edit": _EDIT,
    "/okr archive": _EDIT,
    "/okr restore": _EDIT,
    "/okr export": _any(Verb.EXPORT),
    "/okr show": Free.READS,
    "/okr cycle": Free.READS,
    "/okr cycles": Free.READS,
    "/okr cycle edit": _any(Verb.RUN_CYCLES),
    "/okr cycle remove": _any(Verb.RUN_CYCLES),
    "/okr move": _any(Verb.EDIT_OBJECTIVE),
    "/okr close": _any(Verb.SCORE),
    "/okr carry": _any(Verb.EDIT_OBJECTIVE),
    "/okr propose": _any(Verb.PROPOSE_OBJECTIVE, Verb.PROPOSE_KEY_RESULT),
    "/okr agree": _any(*_AGREE),
    "/okr comment": _any(Verb.COMMENT),
    "/okr templates": _any(Verb.ADD_OBJECTIVE),
    "/okr history": Free.READS,
    "/okr undo": _any(Verb.CHECK_IN),
    "/okr tree": Free.READS,
    "/okr why": Free.READS,
    "/okr depends": _any(Verb.ASK_DEPENDENCY, Verb.ANSWER_DEPENDENCY, Verb.WITHDRAW_DEPENDENCY),
    "/okr status": _any(Verb.OVERRIDE_STATUS),
    "/okr handover": _any(Verb.HAND_OVER),
    "/okr settings": _any(Verb.CHANGE_SETTINGS, Verb.CHANGE_VALUES),
    "/okr help": Free.READS,
    "/checkin": Free.OWN,
    "/checkin skip": Free.OWN,
    "/kudos": Free.READS,
    "/kudos @": _any(Verb.GIVE_KUDOS),
    "/kudos list": Free.READS,
}
"""By the command and its word."""

ACTIONS: dict[str, Needs] = {
    "alignment.tree": Free.READS,
    "alignment.align": _any(Verb.EDIT_OBJECTIVE),
    "dependency.confirm": _any(Verb.ANSWER_DEPENDENCY),
    "dependency.decline": _any(Verb.ANSWER_DEPENDENCY),
    "dependency.list": Free.READS,
    "dependency.withdraw": _any(Verb.WITHDRAW_DEPENDENCY),
    "status.set": _any(Verb.OVERRIDE_STATUS),
    "status.doubt": _any(Verb.OVERRIDE_STATUS),
    "status.will_move": _any(Verb.CHECK_IN),
    "check_in.open": Free.OWN,
    "check_in.skip": Free.OWN,
    "closing.carry": _any(Verb.EDIT_OBJECTIVE),
    "closing.ended": Free.READS,
    "closing.future": Free.READS,
    "closing.mine": Free.OWN,
    "closing.open": _any(Verb.SCORE),
    "closing.past": Free.READS,
    "cycle.open": Free.READS,
    "cycle.every": Free.READS,
    "cycle.new": _any(Verb.RUN_CYCLES),
    "cycle.unscored": Free.READS,
    "forgotten.backlog": _any(Verb.EDIT_OBJECTIVE),
    "forgotten.drop": _any(Verb.EDIT_OBJECTIVE),
    "cycle.begin": _any(Verb.RUN_CYCLES),
    "cycle.close": _any(Verb.RUN_CYCLES),
    "cycle.reopen": _any(Verb.RUN_CYCLES),
    "cycle.edit": _any(Verb.RUN_CYCLES),
    "cycle.remove": _any(Verb.RUN_CYCLES),
    "export.ask": _any(Verb.EXPORT),
    "objective.archived": Free.READS,
    "objective.everybody": Free.READS,
    "help.open": Free.READS,
    "permissions.help": Free.READS,
    "objective.last": Free.READS,
    "objective.list": Free.READS,
    "list.words": Free.READS,
    "list.people": Free.READS,
    "list.level": Free.READS,
    "list.team": Free.READS,
    "list.status": Free.READS,
    "list.cycle": Free.READS,
    "list.only": Free.READS,
    "list.open": Free.READS,
    "list.next": Free.READS,
    "list.previous": Free.READS,
    "objective.person": Free.READS,
    "roles.open": _any(Verb.GRANT_ROLES),
    "set_up.open": _any(Verb.SET_UP),
    "teams.open": _any(Verb.ADD_TEAM, Verb.EDIT_TEAM),
    "objective.add": _any(Verb.ADD_OBJECTIVE),
    "key_result.add": _any(Verb.ADD_KEY_RESULT),
    "objective.more_fields": _any(Verb.ADD_OBJECTIVE, Verb.EDIT_OBJECTIVE),
    "objective.hints": Free.READS,
    "comment.open": _any(Verb.COMMENT),
    "objective.templates": _any(Verb.ADD_OBJECTIVE),
    "objective.template": _any(Verb.ADD_OBJECTIVE),
    "objective.propose": _any(Verb.PROPOSE_OBJECTIVE),
    "objective.agree": _any(*_AGREE),
    "proposal.accept": _any(Verb.DECIDE_KEY_RESULT, *_AGREE),
    "proposal.edit": _any(Verb.DECIDE_KEY_RESULT, *_AGREE),
    "proposal.decline": _any(Verb.DECIDE_KEY_RESULT, *_AGREE),
    "proposal.more": _any(Verb.DECIDE_KEY_RESULT, *_AGREE),
    "key_result.agree": _any(*_AGREE),
    "key_result.more": _any(Verb.CHECK_IN, Verb.EDIT_KEY_RESULT),
    "objective.more": _any(Verb.EDIT_OBJECTIVE, Verb.ADD_KEY_RESULT),
    "key_result.update": _any(Verb.CHECK_IN),
    "key_result.target": _any(Verb.EDIT_KEY_RESULT),
    "kind": _any(Verb.ADD_KEY_RESULT, Verb.EDIT_KEY_RESULT),
    "update.undo": _any(Verb.CHECK_IN),
    "recognition.give": Free.READS,
    "recognition.list": Free.READS,
    "team.archive": _any(Verb.EDIT_TEAM),
    "team.edit": _any(Verb.EDIT_TEAM),
    "team.from_group": _any(Verb.ADD_TEAM),
    "team.new": _any(Verb.ADD_TEAM),
    "team.restore": _any(Verb.EDIT_TEAM),
    "hand_over.open": _any(Verb.HAND_OVER),
    "hand_over.person": _any(Verb.HAND_OVER),
    "policy.open": _any(Verb.CHANGE_SETTINGS, Verb.CHANGE_VALUES),
}
"""By the action's id."""

FORMS: dict[str, Needs] = {
    "check_in": Free.OWN,
    "list": Free.READS,
    "closing": _any(Verb.SCORE),
    "carrying": _any(Verb.EDIT_OBJECTIVE),
    "cycle": _any(Verb.RUN_CYCLES),
    "cycle.edit": _any(Verb.RUN_CYCLES),
    "objective.move": _any(Verb.EDIT_OBJECTIVE),
    "key_result": _any(Verb.ADD_KEY_RESULT, Verb.EDIT_KEY_RESULT),
    "objective": _any(Verb.ADD_OBJECTIVE, Verb.EDIT_OBJECTIVE),
    "proposal": _any(Verb.PROPOSE_KEY_RESULT),
    "proposal.declined": _any(Verb.DECIDE_KEY_RESULT, *_AGREE),
    "comment": _any(Verb.COMMENT),
    "update": _any(Verb.CHECK_IN),
    "dependency": _any(Verb.ASK_DEPENDENCY),
    "dependency.answer": _any(Verb.ANSWER_DEPENDENCY),
    "status": _any(Verb.OVERRIDE_STATUS),
    "roles": _any(Verb.GRANT_ROLES),
    "recognition": _any(Verb.GIVE_KUDOS),
    "set_up.confirm": _any(Verb.SET_UP),
    "set_up": _any(Verb.SET_UP),
    "team": _any(Verb.ADD_TEAM, Verb.EDIT_TEAM),
    "team.group": _any(Verb.ADD_TEAM),
    "hand_over": _any(Verb.HAND_OVER),
    "policy": _any(Verb.CHANGE_SETTINGS, Verb.CHANGE_VALUES),
}
"""By the form's callback id."""

OPTIONS: dict[str, Needs] = {
    "helped": Free.READS,
    "parent": Free.READS,
}
"""By the field in which somebody types."""

SHORTCUTS: dict[str, Needs] = {
    "add_objective": _any(Verb.ADD_OBJECTIVE),
    "check_in": Free.OWN,
    "give_kudos": Free.READS,
    "thank_author": Free.READS,
}
"""By the shortcut's callback id."""

EVENTS: dict[str, Needs] = {
    "app_home_opened": Free.OWN,
    "link_shared": Free.READS,
    "message": _any(Verb.CHECK_IN, Verb.ADD_OBJECTIVE, Verb.ADD_KEY_RESULT),
    "team_join": Free.TOLD,
    "user_change": Free.TOLD,
}
"""By the event's type."""


async def help_pressed(request: Request) -> None:
    """Show who may do what."""
    await request.open(readable("Who may do what", views.table()["blocks"]))
    await request.ack()


async def help_typed(request: Request) -> None:
    """/okr help roles"""
    await request.answer(views.table())
