"""Blockers: what stands in somebody's way, said in a check-in."""

from dataclasses import dataclass
from datetime import datetime

from domain.people import Member
from domain.references import Prefix, Reference


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something in the way, numbered so that people can speak of it."""

    number: int
    text: str
    raised_by: Member
    raised_at: datetime

    @property
    def ref(self) -> Reference:
        """What people type to mean it."""
        return Reference(Prefix.BLOCKER, self.number)
