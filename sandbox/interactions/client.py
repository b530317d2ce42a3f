"""What every gesture in the client needs: the workspace, the way to the app, and what to say when it stays silent."""

import logging

from sandbox import inputs
from sandbox.delivery import Delivery
from sandbox.errors import NoAnswer, SlackError, invalid_arguments
from sandbox.events import Events
from sandbox.inputs import Entered
from sandbox.interactions.places import InMessage, Place
from sandbox.manifest import Manifest
from sandbox.records import Change, Json
from sandbox.response_urls import ResponseUrls
from sandbox.triggers import Triggers
from sandbox.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"
SLACKBOT = "USLACKBOT"

log = logging.getLogger(__name__)


class Client:
    """The ground that the gestures stand on."""

    def __init__(
        self,
        workspace: Workspace,
        manifest: Manifest,
        delivery: Delivery,
        events: Events,
        triggers: Triggers,
        response_urls: ResponseUrls,
    ) -> None:
        self._workspace, self._manifest, self._delivery, self._events = workspace, manifest, delivery, events
        self._triggers, self._response_urls = triggers, response_urls
        self._entered: dict[tuple[str, InMessage], Json] = {}
        """What each person has chosen in the controls of a message."""
        self._offered: dict[tuple[str, str, str], list[Json]] = {}
        """The options that the app has offered a person in an external select."""

    def grant(self, manifest: Manifest) -> None:
        """From now on the app has these commands, shortcuts and tabs; none where it is not installed."""
        self._manifest = manifest

    async def _ask(self, kind: str, sent: Json, takes_payload: bool = False) -> Json:
        """The app's answer to what a person did. Raises NoAnswer, also where it is not installed any more.

        Raises SlackError where the answer is no object.
        """
        if not self._manifest.scopes:
            raise NoAnswer("dispatch_failed")
        answer = await self._delivery.ask(kind, sent, takes_payload)
        if not isinstance(answer, dict):
            raise invalid_arguments("must provide an object")
        return answer

    def _may_act(self, user_id: str) -> None:
        """Raise ValueError for a member who has no client to act in: a bot, or somebody who has left."""
        user = self._workspace.users[user_id]
        if user.is_bot or user.id == SLACKBOT:
            raise ValueError(f"{user.shown_name} is a bot: only people use Slack's client.")
        if user.deleted:
            raise ValueError(f"{user.shown_name} is deactivated and cannot use Slack any more.")

    def _may_type(self, user_id: str, channel_id: str) -> None:
        """Raise ValueError where Slack shows this person no composer."""
        self._may_act(user_id)
        user, channel = self._workspace.users[user_id], self._workspace.channels[channel_id]
        if user_id not in channel.members:
            where = f"#{channel.name}" if channel.name else "this conversation"
            raise ValueError(f"{user.shown_name} is not in {where}: only members can post there.")
        if channel.is_archived:
            raise ValueError(f"#{channel.name} is archived: nobody can post there.")

    def _did(self, user_id: str, what: str, label: str) -> None:
        """Let the feed know what a person did."""
        self._workspace.tell(Change("acted", user_id, detail={"what": what, "label": label}))

    async def _tell_app(self, sent: Json) -> None:
        """Send something that nobody is waiting for."""
        try:
            await self._ask("interactive", sent)
        except NoAnswer as silence:
            log.warning("The app did not answer a %s: %s", sent["type"], silence.code)

    def _trouble(self, user_id: str, place: Place) -> None:
        """Tell the person, where they acted, that the app did not answer."""
        if isinstance(place, InMessage):
            self._notice(user_id, place.channel, TROUBLE)
        elif view := self._workspace.view(place.view_id):
            view.trouble = TROUBLE
            self._workspace.keep_view(view)

    def _notice(self, user_id: str, channel_id: str, text: str) -> None:
        self._workspace.post(channel_id, SLACKBOT, text, only_for=user_id)

    def _refused(self, user_id: str, sent: Json, refusal: SlackError) -> None:
        """The app answered this with something Slack does not accept: the traffic, the feed and the log say why."""
        self._delivery.refuse(sent, refusal.answer)
        log.warning("Slack would not accept this answer of the app: %s", refusal.answer)
        self._workspace.tell(Change("refused", user_id, detail=refusal.answer))

    def _value(self, user_id: str, block_id: str, element: Json, entered: Entered) -> Json:
        """What a control sends once this was entered. Raises ValueError on a choice that it does not offer."""
        if element["type"] == "overflow":
            return {"selected_option": inputs.option(inputs.options(element), str(entered))}
        if element["type"] == "feedback_buttons":
            return inputs.feedback(element, str(entered))
        if element["type"] == "file_input":
            return {"type": "file_input", "files": [self._workspace.files.info(each) for each in entered or []]}
        if element["type"] not in inputs.HELD:
            return {}
        value = inputs.chosen(element, entered, self._offered.get((user_id, block_id, element["action_id"])))
        self._refuse_the_gone(element, value)
        return value

    def _refuse_the_gone(self, element: Json, value: Json) -> None:
        """Raise ValueError for somebody deactivated, whom no menu offers; who stood there at first may stay."""
        if element["type"] not in ("users_select", "multi_users_select"):
            return
        users, at_first = self._workspace.users, inputs.people(inputs.initial(element))
        gone = [each for each in inputs.people(value) if each not in at_first and users[each].deleted]
        if gone:
            raise ValueError(f"{users[gone[0]].shown_name} is deactivated and cannot be chosen.")
