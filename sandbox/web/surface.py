"""What a drawing needs to know: who reads it, when, and what the ids in it are called."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Surface:
    """A message, modal or Home as one person sees it.

    `id` is unique on the page. `people`, `channels` and `groups` map the ids that this person may see to names;
    `colleagues` are the people who can be chosen in a field, by their full names.
    """

    reader: str = ""
    zone: tzinfo = UTC
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    people: Mapping[str, str] = field(default_factory=dict)
    colleagues: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    files: Container[str] = ()
    """The ids of the files that are kept here."""
    id: str = "surface"
    values: Json = field(default_factory=dict)
    """What has been entered so far, as Slack's `state.values`."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """block_id → what is wrong with that field."""

    def at(self, id_: str, values: Json | None = None, errors: Mapping[str, str] | None = None) -> "Surface":
        """The same reader's view of another message, modal or Home."""
        return replace(self, id=id_, values=values or {}, errors=errors or {})


@dataclass(frozen=True)
class Place:
    """Where an element stands: in which block of which surface, and what a change in it sets off."""

    on: Surface
    block_id: str
    dispatch: str | None = "change"
    """What makes the page tell the app: "change", "enter" or "character"; None waits for the submit button."""
    label: str | None = None
    """The element's name for those who listen, where no visible label names it."""

    def id(self, element: Json) -> str:
        """The id of the element's control, for its label to point at."""
        return "-".join((self.on.id, self.block_id, str(element.get("action_id")))).replace(" ", "_")

    def field(self, element: Json) -> Json:
        """The attributes by which a control is found, named and explained."""
        return {
            "id": self.id(element),
            "aria_label": self.label,
            "aria_invalid": "true" if self.block_id in self.on.errors else None,
            "aria_describedby": None if self.label else f"{self.id(element)}-notes",
        }

    def value(self, element: Json) -> Json | None:
        """What was entered in the element so far, in Slack's shape; None if nothing is known but its initial value."""
        found: Json | None = self.on.values.get(self.block_id, {}).get(element.get("action_id"))
        return found
