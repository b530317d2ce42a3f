"""What changed of an objective or a key result besides its value: kept for good, with who did it, when and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.objectives import KeyResultId, ObjectiveId
from domain.people import MemberId


class What(StrEnum):
    """What of it changed, as people read it."""

    TITLE = "title"
    OWNER = "owner"
    CO_OWNERS = "co-owners"
    CONTRIBUTORS = "contributors"
    LEVEL = "level"
    TEAM = "team"
    PARENT = "parent"
    CYCLE = "cycle"
    STAGE = "stage"
    VISIBILITY = "visibility"
    COMMITMENT = "commitment"
    MEASURE = "measure"
    TARGET = "target"
    WEIGHT = "weight"
    STATUS = "status"
    SCORE = "score"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: from `before` to `after`, both in words, by a member or by Cairn itself (None)."""

    objective: ObjectiveId
    what: What
    before: str
    after: str
    by: MemberId | None
    at: datetime
    key_result: KeyResultId | None = None
    why: str = ""
