"""Check-ins, updates and recognition."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

from hypothesis import strategies as st

from domain.check_ins import CheckIn, State, Update
from domain.objectives import KeyResult
from domain.recognition import Helped, Recognition, Thanks
from tests.examples import NOW, check_in, recognition, update
from tests.strategies.okrs import references
from tests.strategies.people import SLACK_ID, members
from tests.strategies.plain import ids, notes, one_of, perhaps, titles


@st.composite
def updates(draw: st.DrawFn, of: KeyResult) -> Update:
    """Any update of a key result."""
    confidence = draw(perhaps(st.integers(1, 10)))
    said = update(of, str(draw(st.integers(0, 1000))), confidence=confidence, note=draw(notes()))
    return replace(said, out_of=draw(one_of((of.measure.out_of, None, 1, 4))))


@cache
@st.composite
def check_ins(draw: st.DrawFn) -> CheckIn:
    """A check-in in any state, open or closed."""
    days = draw(one_of((-1, 0, 6)))
    state = draw(one_of(State))
    return check_in(draw(ids), closes_at=NOW + timedelta(days=days), state=state, blocker=draw(notes()))


@cache
def helped() -> st.SearchStrategy[Helped]:
    """Anything that can have been helped."""
    return st.builds(Helped, references, titles())


@cache
@st.composite
def recognitions(draw: st.DrawFn) -> Recognition:
    """Any thanks."""
    recipients = draw(st.lists(members(), min_size=1, max_size=10, unique_by=SLACK_ID))
    reason = draw(notes().map(lambda text: text or "Thank you so much"))
    value = draw(perhaps(titles(40)))
    given = recognition(draw(ids), reason, giver=draw(members()), recipients=tuple(recipients), value=value)
    return replace(given, helped=draw(perhaps(helped())))


@cache
@st.composite
def thanks(draw: st.DrawFn, values: tuple[str, ...]) -> Thanks:
    """Thanks as somebody may have filled them in."""
    recipients = draw(st.lists(members().map(SLACK_ID), max_size=10, unique=True))
    value = draw(st.none() | st.sampled_from(values)) if values else None
    return Thanks(tuple(recipients), draw(notes()), value, draw(perhaps(references)))
