"""What every gesture in the client needs: the workspace, the way to the app, and what to say when it stays silent."""

import logging

from sandbox import inputs
from sandbox.delivery import Delivery
from sandbox.errors import NoAnswer, SlackError
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
        """The app's answer to what a person did. Raises NoAnswer, also where it is not installed any more."""
        if not self._manifest.scopes:
            raise NoAnswer("dispatch_failed")
        return await self._delivery.ask(kind, sent, takes_payload)

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

    def _refused(self, user_id: str, refusal: SlackError) -> None:
        """The app answered with something Slack does not accept: nobody sees it, so the feed and the log say so."""
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
        return inputs.chosen(element, entered, self._offered.get((user_id, block_id, element["action_id"])))
