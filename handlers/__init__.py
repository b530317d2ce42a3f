"""What do people do in Slack? A few lines around each operation; the tables below are the sitemap."""

from collections.abc import Awaitable, Callable

from domain.cycles import Step
from handlers import (
    adjusting,
    alignment,
    amendments,
    check_ins,
    closing,
    cycles,
    dependencies,
    drafting,
    exports,
    forgotten,
    hand_over,
    history,
    home,
    key_results,
    links,
    lists,
    messages,
    objectives,
    people,
    permissions,
    policy,
    recognition,
    set_up,
    status,
    suggestions,
    teams,
)
from handlers.commands import COMMANDS, help_pressed, typed
from handlers.request import Request
from views import adjusting as adjusting_views
from views import alignment as alignment_views
from views import carrying as carrying_views
from views import check_ins as check_in_views
from views import closing as closing_views
from views import comments as comment_views
from views import cycles as cycle_views
from views import dependencies as dependency_views
from views import drafting as drafting_views
from views import exports as export_views
from views import forgotten as forgotten_views
from views import hand_over as hand_over_views
from views import help as help_views
from views import history as history_views
from views import home as home_views
from views import key_results as key_result_views
from views import lists as list_views
from views import objectives as objective_views
from views import people as people_views
from views import permissions as permission_views
from views import policy as policy_views
from views import proposals as proposal_views
from views import recognition as recognition_views
from views import set_up as set_up_views
from views import stages as stage_views
from views import status as status_views
from views import teams as team_views
from views import templates as template_views

__all__ = ["ACTIONS", "COMMANDS", "EVENTS", "FORMS", "OPTIONS", "SHORTCUTS", "typed"]

Handler = Callable[[Request], Awaitable[None]]

ACTIONS: dict[str, Handler] = {
    alignment_views.ALIGN: alignment.align_pressed,
    alignment_views.TREE: alignment.tree_pressed,
    check_in_views.OPEN: check_ins.open_pressed,
    check_in_views.SKIP: check_ins.skip_pressed,
    closing_views.CARRY: closing.carry_pressed,
    closing_views.ENDED: closing.ended_pressed,
    closing_views.FUTURE: closing.beside_pressed,
    closing_views.MINE: closing.mine_pressed,
    closing_views.OPEN: closing.pressed,
    closing_views.PAST: closing.beside_pressed,
    cycle_views.EVERY: cycles.every_pressed,
    cycle_views.NEW: cycles.new_pressed,
    cycle_views.UNSCORED: lists.opened,
    forgotten_views.BACKLOG: forgotten.backlog_pressed,
    forgotten_views.DROP: forgotten.drop_pressed,
    cycle_views.OPEN: cycles.pressed,
    cycle_views.STEP[Step.BEGIN]: cycles.begin_pressed,
    cycle_views.STEP[Step.CLOSE]: cycles.close_pressed,
    cycle_views.STEP[Step.REOPEN]: cycles.reopen_pressed,
    adjusting_views.EDIT: adjusting.edit_pressed,
    adjusting_views.REMOVE: adjusting.remove_pressed,
    export_views.ASK: exports.asked,
    dependency_views.CONFIRM: dependencies.confirm_pressed,
    dependency_views.DECLINE: dependencies.decline_pressed,
    dependency_views.LIST: dependencies.open_pressed,
    dependency_views.WITHDRAW: dependencies.withdraw_pressed,
    hand_over_views.OPEN: hand_over.pressed,
    hand_over_views.PERSON: hand_over.person_chosen,
    comment_views.OPEN: drafting.comment_pressed,
    drafting_views.HINTS: drafting.hints_pressed,
    history_views.UNDO: history.undo_pressed,
    home_views.ARCHIVED: objectives.archived_pressed,
    home_views.EVERYBODY: lists.words_pressed,
    help_views.OPEN: help_pressed,
    home_views.LAST: lists.words_pressed,
    home_views.LIST: lists.words_pressed,
    home_views.PERSON: lists.person_chosen,
    home_views.ROLES: people.roles_pressed,
    home_views.SET_UP: set_up.pressed,
    home_views.TEAMS: teams.pressed,
    **dict.fromkeys(list_views.FILTERS, lists.narrowed),
    list_views.NEXT: lists.turned,
    list_views.OPEN: lists.opened,
    list_views.PREVIOUS: lists.turned,
    objective_views.ADD: objectives.add_pressed,
    objective_views.ADD_KEY_RESULT: key_results.add_pressed,
    key_result_views.AGREE: amendments.agree_pressed,
    objective_views.KEY_RESULT_MORE: key_results.more_pressed,
    objective_views.KIND: key_results.kind_chosen,
    objective_views.MORE: objectives.more_pressed,
    objective_views.MORE_FIELDS: drafting.more_fields_pressed,
    proposal_views.ACCEPT: drafting.accept_pressed,
    proposal_views.DECLINE: drafting.decline_pressed,
    proposal_views.EDIT: drafting.edit_pressed,
    proposal_views.MORE: drafting.proposal_pressed,
    stage_views.AGREE: drafting.agree_pressed,
    stage_views.PROPOSE: drafting.propose_pressed,
    template_views.PICK: drafting.examples_pressed,
    template_views.USE: drafting.example_pressed,
    objective_views.SET_TARGET: key_results.target_pressed,
    objective_views.UPDATE: key_results.update_pressed,
    permission_views.HELP: permissions.help_pressed,
    policy_views.OPEN: policy.pressed,
    recognition_views.GIVE: recognition.open_form,
    recognition_views.LIST: recognition.list_pressed,
    status_views.DOUBT: status.doubt_pressed,
    status_views.SET: status.set_pressed,
    status_views.WILL_MOVE: status.will_move_pressed,
    team_views.ARCHIVE: teams.archive_pressed,
    team_views.EDIT: teams.edit_pressed,
    team_views.FROM_GROUP: teams.from_group_pressed,
    team_views.NEW: teams.new_pressed,
    team_views.RESTORE: teams.restore_pressed,
}
"""What can be pressed or chosen, by action id."""

FORMS: dict[str, Handler] = {
    check_in_views.FORM: check_ins.submitted,
    comment_views.FORM: drafting.comment_submitted,
    proposal_views.DECLINE_FORM: drafting.decline_submitted,
    proposal_views.FORM: drafting.proposal_submitted,
    carrying_views.FORM: closing.carry_submitted,
    closing_views.FORM: closing.submitted,
    cycle_views.FORM: cycles.submitted,
    cycle_views.MOVE_FORM: cycles.move_submitted,
    adjusting_views.FORM: adjusting.submitted,
    dependency_views.ANSWER_FORM: dependencies.declined,
    dependency_views.FORM: dependencies.submitted,
    hand_over_views.FORM: hand_over.submitted,
    list_views.FORM: lists.submitted,
    objective_views.KEY_RESULT_FORM: key_results.submitted,
    objective_views.OBJECTIVE_FORM: objectives.submitted,
    objective_views.UPDATE_FORM: key_results.update_submitted,
    people_views.ROLES_FORM: people.roles_submitted,
    policy_views.FORM: policy.submitted,
    recognition_views.FORM: recognition.submitted,
    set_up_views.CONFIRM: set_up.confirmed,
    set_up_views.FORM: set_up.chosen,
    status_views.FORM: status.submitted,
    team_views.FORM: teams.submitted,
    team_views.GROUP_FORM: teams.group_submitted,
}
"""What can be submitted, by callback id."""

OPTIONS: dict[str, Handler] = {
    "helped": suggestions.helped,
    "parent": suggestions.above,
}
"""What is suggested while somebody types, by the field of the form."""

SHORTCUTS: dict[str, Handler] = {
    "add_objective": objectives.add_pressed,
    "check_in": check_ins.shortcut,
    "give_kudos": recognition.open_form,
    "thank_author": recognition.open_form,
}
"""The lightning menu and the menu of a message, by callback id."""

EVENTS: dict[str, Handler] = {
    "app_home_opened": home.opened,
    "link_shared": links.shared,
    "message": messages.written,
    "team_join": people.changed,
    "user_change": people.changed,
}
"""What Slack tells of, by type."""
