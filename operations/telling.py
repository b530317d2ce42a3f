"""Saying something unasked: each thing once, and nothing to anybody before an admin has finished the set-up."""

from collections.abc import Iterable
from datetime import datetime

from domain.objectives import KeyResultId, ObjectiveId
from domain.outbox import Outgoing
from domain.people import Member, WorkspaceId
from storage import outbox, people
from storage.database import Session


def tell(session: Session, workspace: WorkspaceId, each: Iterable[Outgoing], now: datetime) -> None:
    """Plan these messages; until the set-up is finished Cairn starts no conversation."""
    known = people.workspace(session, workspace)
    if known is None or not known.is_set_up:
        return
    for what in each:
        outbox.put(session, what, now)


def tell_of_part(
    session: Session,
    who: Member,
    new: Member,
    now: datetime,
    objectives: Iterable[ObjectiveId] = (),
    key_results: Iterable[KeyResultId] = (),
) -> None:
    """Tell somebody that they own these from now on, alone or with others; whoever did it knows already."""
    if new.id == who.id:
        return
    given = Outgoing(
        workspace=who.workspace,
        kind="part given",
        place=new.slack_id,
        key=f"part given by {who.id} to {new.id} {now.isoformat()}",
        rule="whoever is given a part in something is told of it",
        facts={"by": who.id, "objectives": [*objectives], "key_results": [*key_results]},
    )
    tell(session, who.workspace, [given], now)


def tell_new_owner(
    session: Session,
    who: Member,
    of: Member,
    new: Member,
    now: datetime,
    objectives: Iterable[ObjectiveId] = (),
    key_results: Iterable[KeyResultId] = (),
) -> None:
    """Tell somebody that these, which were another's, are theirs from now on; whoever did it knows already."""
    if new.id == who.id:
        return
    given = Outgoing(
        workspace=who.workspace,
        kind="handed over",
        place=new.slack_id,
        key=f"handed over by {who.id} of {of.id} to {new.id} {now.isoformat()}",
        rule="a new owner is told of what they own",
        facts={"by": who.id, "from": of.id, "objectives": [*objectives], "key_results": [*key_results]},
    )
    tell(session, who.workspace, [given], now)
