"""Suggestions: objectives that somebody may read, found by a part of their title or of a key result's."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import Session

from domain.cycles import CycleId
from domain.objectives import ObjectiveId, Stage
from domain.people import Member
from domain.suggestions import LISTED
from storage.prepared import Prepared
from storage.rows import Folded, Holds, Unsearched, among, columns, listed, rows
from storage.sight import Condition, Sight, asker, readable, sight
from storage.tables import KeyResultRow, ObjectiveRow

_OBJECTIVE, _KEY_RESULT = columns(ObjectiveRow), columns(KeyResultRow)


def called(
    session: Session, who: Member, during: Sequence[CycleId], words: Sequence[str], at_most: int
) -> list[ObjectiveId]:
    """The first of the objectives of these cycles whose title, or that of a key result that counts, has these words.

    The words are in small letters, as `str.casefold` has them.
    """
    seen = sight(who)
    parts = {f"word{at}": word for at, word in enumerate(words)}
    given = {"workspace": who.workspace, "cycles": listed(during), "at_most": at_most}
    found = rows(session, _called(len(words), seen), **given, **parts, **asker(who, seen))
    return [ObjectiveId(id) for (id,) in found]


def few(session: Session, who: Member, during: Sequence[CycleId]) -> list[ObjectiveId] | None:
    """All that somebody may read of these cycles; None where it is too much to be listed outright."""
    found = called(session, who, during, (), LISTED + 1)
    return found if len(found) <= LISTED else None


@cache
def _called(many: int, seen: Sight) -> Prepared:
    counting = (_KEY_RESULT.archived_at.is_(None), _KEY_RESULT.stage == Stage.AGREED.value)
    below = sa.exists().where(_KEY_RESULT.objective == _OBJECTIVE.id, *counting, *_has(_KEY_RESULT.title, many))
    return Prepared(
        sa.select(_OBJECTIVE.id)
        .where(
            Unsearched(_OBJECTIVE.workspace) == bindparam("workspace"),
            among(_OBJECTIVE.cycle, "cycles"),
            _OBJECTIVE.archived_at.is_(None),
            _OBJECTIVE.stage != Stage.DECLINED.value,
            *([sa.or_(sa.and_(*_has(_OBJECTIVE.title, many)), below)] if many else []),
            readable(seen),
        )
        .order_by(_OBJECTIVE.number)
        .limit(bindparam("at_most"))
    )


def _has(title: Any, many: int) -> list[Condition]:
    """That it has each of so many words."""
    return [Holds(Folded(title), bindparam(f"word{at}", type_=sa.Text)) for at in range(many)]
