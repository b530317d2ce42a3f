"""What is kept of an objective: how it ended, what was said of it and what was changed."""

from functools import cache

from hypothesis import strategies as st

from domain.changes import Change, What
from domain.closing import Closing, Mattered, Verdict
from domain.comments import Comment
from domain.objectives import KeyResult, KeyResultHeading, KeyResultId, Objective, ObjectiveId, Stage
from tests.examples import ADA, NOW, comment
from tests.strategies.measuring import scores
from tests.strategies.people import members
from tests.strategies.plain import ids, notes, one_of, perhaps, titles, typed


@cache
@st.composite
def closings(draw: st.DrawFn) -> Closing:
    """Any end of an objective."""
    said = (draw(perhaps(scores())), draw(scores()), draw(notes()))
    chosen = (draw(one_of(Mattered)), draw(notes()), draw(one_of(Verdict)))
    return Closing(ObjectiveId(12), *said, *chosen, ADA.id, NOW)


@cache
@st.composite
def comments(draw: st.DrawFn) -> Comment:
    """Anybody's words on an objective, or on one of its key results."""
    about = draw(st.none() | st.builds(KeyResultHeading, ids.map(KeyResultId), st.integers(1, 999), titles()))
    words = draw(notes().map(lambda text: text or "x"))
    return comment(draw(ids), words, author=draw(members()), key_result=about)


@st.composite
def changes(draw: st.DrawFn, of: Objective, part: KeyResult) -> Change:
    """Any change of an objective or one of its key results."""
    what = draw(one_of(What))
    words = one_of(Stage) if what is What.STAGE else typed(200)
    return Change(
        objective=of.id,
        what=what,
        before=draw(words),
        after=draw(words),
        by=draw(st.none() | st.just(part.owner.id)),
        at=NOW,
        key_result=draw(st.none() | st.just(part.id)),
        why=draw(notes()),
    )
