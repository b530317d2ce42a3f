"""views.*: modals and Homes."""

from sandbox.errors import SlackError
from sandbox.payloads import view_json
from sandbox.records import Json, View
from sandbox.screens import check_view, open_modal, publish_home, push_modal, update_view
from sandbox.web_api.call import Call, invalid_arguments


def open_(call: Call) -> Json:
    content = _view(call)
    check_view(call.workspace, content)
    trigger = call.triggers.exchange(call.required("trigger_id"))
    return _shown(call, open_modal(call.workspace, trigger, content))


def push(call: Call) -> Json:
    content = _view(call)
    check_view(call.workspace, content)
    trigger = call.triggers.exchange(call.required("trigger_id"))
    return _shown(call, push_modal(call.workspace, trigger, content))


def update(call: Call) -> Json:
    """By `view_id` or `external_id`; with a `hash`, only if nobody was faster."""
    view = _named(call)
    content = _view(call)
    check_view(call.workspace, content, instead_of=view, kind=view.content["type"])
    return _shown(call, update_view(call.workspace, view, content, call.text("hash") or None))


def publish(call: Call) -> Json:
    if not call.manifest.home_tab:
        raise SlackError("not_enabled")
    user = call.user(call.required("user_id"))
    content = _view(call)
    check_view(call.workspace, content, instead_of=call.workspace.homes.get(user.id), kind="home")
    return _shown(call, publish_home(call.workspace, user.id, content, call.text("hash") or None))


def _view(call: Call) -> Json:
    view = call.value("view")
    if not isinstance(view, dict):
        raise invalid_arguments("missing required field: view")
    return view


def _named(call: Call) -> View:
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if not view_id and not external_id:
        raise invalid_arguments("missing required field: view_id")
    view = call.workspace.view(view_id) if view_id else call.workspace.view_called(external_id)
    if view is None:
        raise SlackError("not_found")
    return view


def _shown(call: Call, view: View) -> Json:
    return {"view": view_json(call.workspace, view)}
