"""What a request to one of the doors says, taken in the shape that it should have."""

from aiohttp import web

from sandbox.bodies import NotReadable, object_of
from sandbox.inputs import Entered
from sandbox.records import Json, Value

LONGEST = 86_400
"""Seconds that anybody may ask for: a day."""


class Asked(dict[str, Value]):
    """An object of JSON; what it should say and does not, or says in another shape, is refused by name."""

    def __missing__(self, name: str) -> Value:
        raise ValueError(f"Please say {name!r} too.")

    def words(self, name: str, default: str | None = None) -> str:
        """Text, which must be there where there is no default. Raises ValueError."""
        said = self[name] if default is None else self.get(name, default)
        if not isinstance(said, str):
            raise ValueError(f"{name!r} must be text.")
        return said

    def seconds(self, name: str, default: float) -> float:
        """A number of seconds. Raises ValueError."""
        said = self.get(name, default)
        if isinstance(said, bool) or not isinstance(said, int | float) or not 0 <= said <= LONGEST:
            raise ValueError(f"{name!r} must be a number from 0 to {LONGEST}.")
        return said

    def entered(self, name: str) -> Entered:
        """What somebody enters in one field: text, a list of texts, or nothing. Raises ValueError."""
        return _entered(name, self[name])

    def fields(self, name: str) -> dict[str, Entered]:
        """What somebody enters in fields, by label; {} for nothing. Raises ValueError."""
        said = self.object(name) or {}
        return {label: _entered(label, each) for label, each in said.items()}

    def object(self, name: str) -> Json | None:
        """An object, or nothing. Raises ValueError."""
        said: Value = self.get(name)
        if said is not None and not isinstance(said, dict):
            raise ValueError(f"{name!r} must be an object.")
        found: Json | None = said
        return found


async def asked_by(request: web.Request) -> Asked:
    """The body, an object of JSON; nothing at all is an empty one. Raises ValueError."""
    try:
        return Asked(await object_of(request))
    except NotReadable as problem:
        raise ValueError("The door takes an object of JSON.") from problem


def _entered(name: str, said: Value) -> Entered:
    listed = said if isinstance(said, list) else [said]
    if said is not None and not all(isinstance(each, str) for each in listed):
        raise ValueError(f"What is entered for {name!r} must be text, or a list of texts.")
    entered: Entered = said
    return entered
