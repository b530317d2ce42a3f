"""What a form leaves alone stays as it is by the time when the form comes back."""

from collections.abc import Collection, Iterator
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

Draft = TypeVar("Draft", ObjectiveDraft, KeyResultDraft, TeamDraft, OverrideDraft, ClosingDraft, SetUp, CycleDraft)


def by_then(draft: Draft, now: Draft) -> Draft:
    """The draft with everything that was left alone in its form as it is `now`."""
    stays: dict[str, Any] = {name: getattr(now, name) for name in draft.alone}
    return replace(draft, **stays)


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
