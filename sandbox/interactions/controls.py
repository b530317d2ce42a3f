"""Using a control outside an input block: a button, a select, a date picker, an overflow menu."""

from sandbox import inputs
from sandbox.errors import NoAnswer, SlackError
from sandbox.inputs import Entered
from sandbox.interactions import payloads
from sandbox.interactions.client import Client
from sandbox.interactions.places import InMessage, InView, Place
from sandbox.records import Json
from sandbox.screens import check_suggestions


class Controls(Client):
    async def act(self, user_id: str, place: Place, block_id: str, action_id: str, entered: Entered = None) -> None:
        """Press a button, or make a choice in a select, date picker, overflow … outside an input block.

        Raises KeyError when no such control is there, ValueError on a choice that it does not offer or for somebody
        who cannot act.
        """
        self._may_act(user_id)
        element = inputs.control(self._blocks(place), block_id, action_id)
        value = self._value(user_id, block_id, element, entered)
        self._remember(user_id, place, block_id, element, value)
        sent = payloads.interaction(self._workspace, "block_actions", user_id)
        sent |= self._where(user_id, place, block_id) | {"actions": [payloads.action(block_id, element, value)]}
        chosen = inputs.shown(value)
        self._did(user_id, "chose" if chosen else "pressed", chosen or inputs.label(element))
        try:
            await self._ask("interactive", sent)
        except NoAnswer:
            self._trouble(user_id, place)

    async def suggestions(
        self, user_id: str, place: Place, block_id: str, action_id: str, typed: str
    ) -> list[tuple[str, list[Json]]]:
        """The options that an external select offers for what was typed, under the labels of their groups; none when
        the app gives no sound answer.
        """
        sent = payloads.interaction(self._workspace, "block_suggestion", user_id)
        sent |= self._where(user_id, place, block_id)
        sent |= {"block_id": block_id, "action_id": action_id, "value": typed}
        try:
            answer = await self._ask("interactive", sent, takes_payload=True)
            check_suggestions(answer)
        except NoAnswer:
            answer = {}
        except SlackError as refusal:
            self._refused(user_id, sent, refusal)
            answer = {}
        known = self._offered.setdefault((user_id, block_id, action_id), [])
        known += [each for each in inputs.options(answer) if each not in known]
        return inputs.groups(answer)

    def _blocks(self, place: Place) -> list[Json]:
        blocks: list[Json] = []
        if isinstance(place, InMessage):
            blocks = self._workspace.messages[place.channel][place.ts].shown_blocks
        elif view := self._workspace.view(place.view_id):
            blocks = view.content["blocks"]
        return blocks

    def _remember(self, user_id: str, place: Place, block_id: str, element: Json, value: Json) -> None:
        if element["type"] not in inputs.HELD:
            return
        if isinstance(place, InMessage):
            held = self._entered.setdefault((user_id, place), {})
            held.setdefault(block_id, {})[element["action_id"]] = value
        elif view := self._workspace.view(place.view_id):
            view.values.setdefault(block_id, {})[element["action_id"]] = value
            self._workspace.keep_view(view)

    def _where(self, user_id: str, place: Place, block_id: str) -> Json:
        """The payload's account of where somebody acted, with a trigger and, for a message, a response URL."""
        if isinstance(place, InView):
            view = self._workspace.view(place.view_id)
            if view is None or view.user != user_id:
                raise KeyError(place.view_id)
            trigger_id = self._triggers.issue(user_id, None if view.is_home else view.id)
            return payloads.in_view(self._workspace, view) | {"trigger_id": trigger_id}
        channel = self._workspace.channels[place.channel]
        message = self._workspace.messages[place.channel][place.ts]
        if message.only_for not in (None, user_id):
            raise KeyError(place.ts)
        values = inputs.state(message.shown_blocks, self._entered.get((user_id, place), {}))
        return payloads.in_message(self._workspace, channel, message, values, block_id) | {
            "trigger_id": self._triggers.issue(user_id),
            "response_url": self._response_urls.issue(user_id, place.channel, place.ts),
        }
