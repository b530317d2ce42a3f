"""What a form leaves alone stays as it is by the time when the form comes back."""

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from domain.closing import ClosingDraft
from domain.cycles import CycleDraft
from domain.errors import Refusal
from domain.objectives import KeyResultDraft, ObjectiveDraft
from domain.overrides import OverrideDraft
from domain.people import TeamDraft
from domain.set_up import SetUp

Name = TypeVar("Name")
Draft = TypeVar("Draft", ObjectiveDraft, KeyResultDraft, TeamDraft, OverrideDraft, ClosingDraft, SetUp, CycleDraft)


def by_then(draft: Draft, now: Draft) -> Draft:
    """The draft with everything that was left alone in its form as it is `now`, and its lists merged with those."""
    stays: dict[str, Any] = {name: getattr(now, name) for name in draft.alone}
    drawn: Mapping[str, Container[Any]] = getattr(draft, "drawn", {})
    for name in drawn.keys() - draft.alone:
        stays[name] = merged(getattr(now, name), getattr(draft, name), drawn[name])
    return replace(draft, **stays)


def merged(now: Sequence[Name], given: Sequence[Name], drawn: Container[Name]) -> tuple[Name, ...]:
    """The list as it is `now`, without what somebody took out of the `drawn` one when they made the `given` of it, and
    behind it what they put in; so of two people who change the same list at once both are heard, name by name.
    """
    kept = [name for name in now if name in given or name not in drawn]
    return tuple(dict.fromkeys([*kept, *(name for name in given if name not in drawn)]))


@contextmanager
def pointing_out(shown: Draft, then: Draft, fields: Collection[str]) -> Iterator[None]:
    """Let a refusal say so where one of these `fields` is another one by then than was `shown` in the form.

    Otherwise nobody could see why what stands there does not go together.
    """
    try:
        yield
    except Refusal as refusal:
        before = {name: getattr(shown, name) for name in shown.alone.intersection(fields)}
        if not any(value and value != getattr(then, name) for name, value in before.items()):
            raise
        more = "Somebody has changed this while your form was open: close it and open it again to see how it stands."
        raise type(refusal)(f"{refusal.sentence} {more}", refusal.field) from refusal
