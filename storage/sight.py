"""Whether somebody may read an objective, in SQL: what is found and counted without being loaded is what they may see.

It is decided in `domain.permissions`; here its table is put into a condition. The two are held together by a test over
random companies.
"""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.objectives import READING, Stage
from domain.people import Member
from domain.permissions import TABLE, Relation, Stake, Verb, relations
from storage.objective_rows import counting
from storage.rows import Among, among, columns, listed
from storage.tables import ContributorRow, CoOwnerRow, KeyResultRow, ObjectiveRow

_OBJECTIVE, _KEY_RESULT = columns(ObjectiveRow), columns(KeyResultRow)
_CO_OWNER, _CONTRIBUTOR = columns(CoOwnerRow), columns(ContributorRow)
_HELPED = _KEY_RESULT.id.table.alias("helped").c

Condition = sa.ColumnElement[bool]
Sight = tuple[tuple[Verb, frozenset[Relation] | None], ...]
"""For each way of reading, the relations that let somebody do it; None where they may whatever their part in it."""


def sight(who: Member) -> Sight:
    """What the table of permissions comes to for one person."""
    always = relations(who)
    everything = {Stake(frozenset({who.id}), frozenset({who.id}), team) for team in (None, *who.teams, *who.leads)}
    perhaps = frozenset(each for stake in everything for each in relations(who, stake)) - always
    return tuple(
        (verb, None if TABLE[verb] & always else TABLE[verb] & perhaps) for verb in (*READING.values(), Verb.READ_DRAFT)
    )


def readable(sight: Sight) -> Condition:
    """`domain.objectives.readable`, in SQL, with the values that `asker` gives."""
    held = dict(sight)
    visible = [
        sa.and_(_OBJECTIVE.visibility == visibility.value, *_holds(held[verb])) for visibility, verb in READING.items()
    ]
    drafted = held[Verb.READ_DRAFT]
    undrafted = [] if drafted is None else [sa.or_(_OBJECTIVE.stage != Stage.DRAFT.value, *_holds(drafted))]
    return sa.and_(sa.or_(*visible), *undrafted)


def asker(who: Member, sight: Sight) -> dict[str, Any]:
    """What `readable` has to be told of whoever asks."""
    told: dict[str, Any] = {"who": who.id, "leads": listed(who.leads), "teams": listed(who.teams)}
    return {_NEEDED[each]: told[_NEEDED[each]] for _, held in sight for each in held or ()}


def within(found: sa.Select[Any]) -> Condition:
    """Whether the objective is among those whose ids are found, which are few."""
    condition: Condition = Among(_OBJECTIVE.id, found.scalar_subquery())
    return condition


def _holds(held: Collection[Relation] | None) -> list[Condition]:
    """That one of these relations holds; nothing where none is needed."""
    if held is None:
        return []
    return [sa.or_(sa.false(), *(_RELATED[each] for each in sorted(held)))]


def _parts_of(who: Any) -> sa.Select[Any]:
    """The objectives in which somebody owns a key result that counts or is proposed, or helps with one."""
    helping = sa.select(_CONTRIBUTOR.key_result).where(_CONTRIBUTOR.member == who).scalar_subquery()
    return sa.union_all(
        sa.select(_KEY_RESULT.objective).where(_KEY_RESULT.owner == who, *counting(_KEY_RESULT)),
        sa.select(_HELPED.objective).where(Among(_HELPED.id, helping), *counting(_HELPED)),
    )  # type: ignore[return-value]


_RELATED: dict[Relation, Condition] = {
    Relation.OWNER: sa.or_(
        _OBJECTIVE.owner == bindparam("who"),
        within(sa.select(_CO_OWNER.objective).where(_CO_OWNER.member == bindparam("who"))),
    ),
    Relation.CONTRIBUTOR: within(_parts_of(bindparam("who"))),
    Relation.LEAD: among(_OBJECTIVE.team, "leads"),
    Relation.TEAM_MEMBER: among(_OBJECTIVE.team, "teams"),
    Relation.TEAM_GUEST: among(_OBJECTIVE.team, "teams"),
}
"""Each relation that depends on the objective."""

_NEEDED = {
    Relation.OWNER: "who",
    Relation.CONTRIBUTOR: "who",
    Relation.LEAD: "leads",
    Relation.TEAM_MEMBER: "teams",
    Relation.TEAM_GUEST: "teams",
}
