"""Filling in, submitting and closing modals."""

from collections.abc import Mapping

from sandbox import inputs
from sandbox.errors import NoAnswer, SlackError
from sandbox.inputs import Entered
from sandbox.interactions import payloads
from sandbox.interactions.client import Client
from sandbox.interactions.places import InView
from sandbox.records import Json, Value, View
from sandbox.screens import check_view, push_modal, update_view
from sandbox.triggers import Trigger


class Modals(Client):
    def fill(self, user_id: str, view_id: str, entered: Mapping[str, Entered]) -> None:
        """Put values into a modal's input blocks, by block_id. Nothing is sent.

        Raises KeyError when there is no such input, ValueError on a choice that it does not offer.
        """
        view = self._open_view(user_id, view_id)
        in_block = {block["block_id"]: block["element"] for block in view.content["blocks"] if block["type"] == "input"}
        for block_id, value in entered.items():
            element = in_block[block_id]
            view.values[block_id] = {element["action_id"]: self._value(user_id, block_id, element, value)}
        self._workspace.keep_view(view)

    async def submit(self, user_id: str, view_id: str) -> None:
        """Submit the modal with what is filled in. Afterwards it is closed, updated, pushed upon, or shows errors."""
        self._may_act(user_id)
        view = self._open_view(user_id, view_id)
        view.trouble, view.errors = "", _complaints(view)
        self._workspace.keep_view(view)
        if view.errors:
            return
        sent = payloads.interaction(self._workspace, "view_submission", user_id)
        sent |= payloads.in_view(self._workspace, view) | {"response_urls": self._urls_of(view)}
        sent["trigger_id"] = self._triggers.issue(user_id, view.id)
        self._did(user_id, "submitted", view.content["title"]["text"])
        try:
            answer = await self._ask("interactive", sent, takes_payload=True)
            self._take_answer(view, answer)
        except NoAnswer:
            self._trouble(user_id, InView(view_id))
        except SlackError as refusal:
            self._refused(user_id, sent, refusal)
            self._trouble(user_id, InView(view_id))

    async def close(self, user_id: str, view_id: str, whole_stack: bool = False) -> None:
        """Cancel this modal; `whole_stack` is the x in its corner."""
        view = self._open_view(user_id, view_id)
        stack = self._workspace.modals[user_id]
        all_of_it = whole_stack or bool(view.content.get("clear_on_close"))
        told = stack[0] if all_of_it else view
        self._did(user_id, "closed", view.content["title"]["text"])
        self._workspace.show_modals(user_id, [] if all_of_it else stack[:-1])
        if told.content.get("notify_on_close"):
            sent = payloads.interaction(self._workspace, "view_closed", user_id)
            sent |= payloads.in_view(self._workspace, told) | {"is_cleared": all_of_it}
            await self._tell_app(sent)

    def _take_answer(self, view: View, answer: Json) -> None:
        """Do what the answer to a submission says. Raises SlackError where Slack would not accept it."""
        stack = self._workspace.modals.get(view.user, [])
        action = answer.get("response_action")
        if view not in stack:
            return
        if not answer:
            self._workspace.show_modals(view.user, stack[: stack.index(view)])
        elif action == "clear":
            self._workspace.show_modals(view.user, [])
        elif action == "update":
            check_view(self._workspace, answer.get("view"), instead_of=view)
            update_view(self._workspace, view, answer["view"])
        elif action == "push":
            check_view(self._workspace, answer.get("view"))
            push_modal(self._workspace, Trigger(view.user, view.id), answer["view"])
        elif action == "errors":
            self._show_errors(view, answer.get("errors"))
        else:
            raise SlackError("invalid_response_action")

    def _show_errors(self, view: View, errors: Value) -> None:
        fields = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors or not set(errors) <= fields:
            raise SlackError("invalid_errors")
        if not all(isinstance(sentence, str) for sentence in errors.values()):
            raise SlackError("invalid_errors")
        view.errors = errors
        self._workspace.keep_view(view)

    def _open_view(self, user_id: str, view_id: str) -> View:
        view = self._workspace.modal(user_id)
        if view is None or view.id != view_id:
            raise KeyError(view_id)
        return view

    def _urls_of(self, view: View) -> list[Json]:
        """A response URL for every conversation that was chosen in a field that asks for one."""
        return [
            {
                "block_id": block_id,
                "action_id": element["action_id"],
                "channel_id": channel_id,
                "response_url": self._response_urls.issue(view.user, channel_id),
            }
            for block_id, element in inputs.controls(view.content["blocks"])
            if element.get("response_url_enabled")
            and (channel_id := inputs.held(view.values[block_id][element["action_id"]]))
        ]


def _complaints(view: View) -> dict[str, str]:
    """What Slack's client finds wrong with a form before it sends it: block_id → sentence."""
    fields = [block for block in view.content["blocks"] if block["type"] == "input"]
    said = {each["block_id"]: inputs.complaint(each, *view.values[each["block_id"]].values()) for each in fields}
    return {block_id: sentence for block_id, sentence in said.items() if sentence}
