"""What people do in the client: type, press, choose, fill in, submit, close, come and go.

The page and the tests use the same functions. Each tells the app as Slack does and returns once the app has answered
or its time is up; what came of it is then in the workspace. Ids are Slack ids; `place` says where a control is.
"""

from sandbox.inputs import Entered
from sandbox.interactions.controls import Controls
from sandbox.interactions.marks import Marks
from sandbox.interactions.membership import Membership
from sandbox.interactions.modals import Modals
from sandbox.interactions.places import InMessage, InView, Place
from sandbox.interactions.tabs import Tabs
from sandbox.interactions.typing import Typing

__all__ = ["Entered", "InMessage", "InView", "Interactions", "Place"]


class Interactions(Typing, Controls, Modals, Tabs, Membership, Marks):
    """The hands of every person in the workspace."""
