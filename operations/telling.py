"""Saying something unasked: each thing once, and nothing to anybody before an admin has finished the set-up."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from domain.objectives import KeyResultId, ObjectiveId
from domain.outbox import Outgoing
from domain.people import Member, WorkspaceId
from storage import outbox, people
from storage.database import Session


def tell(session: Session, workspace: WorkspaceId, each: Iterable[Outgoing], now: datetime) -> None:
    """Plan these messages; until the set-up is finished Cairn starts no conversation."""
    if may_speak(session, workspace):
        outbox.put_all(session, each, now)


def may_speak(session: Session, workspace: WorkspaceId) -> bool:
    """Whether Cairn may write to anybody here yet."""
    found = people.workspace(session, workspace)
    return found is not None and found.is_set_up


def tell_of_part(
    session: Session,
    who: Member,
    new: Member,
    now: datetime,
    objectives: Iterable[ObjectiveId] = (),
    key_results: Iterable[KeyResultId] = (),
) -> None:
    """Tell somebody that they own these from now on, alone or with others; whoever did it knows already."""
    facts = {"objectives": [*objectives], "key_results": [*key_results]}
    rule = "whoever is given a part in something is told of it"
    _tell_given(session, who, new, kind="part given", rule=rule, facts=facts, now=now)


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
    facts = {"from": of.id, "objectives": [*objectives], "key_results": [*key_results]}
    rule = "a new owner is told of what they own"
    _tell_given(session, who, new, kind="handed over", rule=rule, facts=facts, now=now)


def _tell_given(
    session: Session, who: Member, new: Member, kind: str, rule: str, facts: dict[str, Any], now: datetime
) -> None:
    if new.id == who.id:
        return
    given = Outgoing(
        workspace=who.workspace,
        kind=kind,
        place=new.slack_id,
        key=f"{kind} by {who.id} of {facts.get('from', who.id)} to {new.id} {now.isoformat()}",
        rule=rule,
        facts={"by": who.id, **facts},
    )
    tell(session, who.workspace, [given], now)
