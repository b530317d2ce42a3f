"""What is agreed to with a key result: who is asked when some of it is added or changed, and agreeing to that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain import amendments
from domain.amendments import TERMS, may_agree_to, terms, waits
from domain.changes import Change, What
from domain.closing import unscored
from domain.errors import NotAllowed, Settled
from domain.objectives import KeyResult, KeyResultId, Objective, Stage, changeable, readable
from domain.outbox import Mode, Outgoing, Priority
from domain.people import Member, MemberId, can_take_part
from domain.permissions import allow, either
from domain.policy import Policy
from domain.references import Reference
from domain.stages import AGREEING
from operations import drafting, finding, people, sight
from operations.finding import Found
from operations.telling import tell
from storage import changes, outbox, policy
from storage import key_results as known
from storage import people as members
from storage.database import Session

PROPOSED_RULE = "the owners of an objective, and who agrees to it where that is asked for, hear of each proposal for it"
ASKED_RULE = "where somebody else agrees to objectives, they are asked when what was agreed to changes"
AGREED_RULE = "whoever changed what was agreed to hears when somebody has agreed to that"


@dataclass(frozen=True, slots=True)
class Amended:
    """A key result of which what was agreed to was changed, from what to what in words, by whom, and who agreed."""

    key_result: KeyResult
    objective: Objective
    was: str
    now: str
    by: Member | None = None
    agreed_by: Member | None = None
    is_back: bool = False
    """Whether it is what was agreed to again, so that there is nothing to agree to."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A key result that was just agreed to, what it was before in words, and its objective with all about it."""

    key_result: KeyResult
    was: str
    found: Found


def stage_of_new(session: Session, who: Member, draft: KeyResult, objective: Objective) -> Stage:
    """How settled a key result is that this person adds: with a review, only others agree to what is their own."""
    rules = policy.policy(session, who.workspace)
    if objective.stage is not Stage.AGREED or not rules.review or may_agree_to(who, draft, objective, rules):
        return Stage.AGREED
    return Stage.PROPOSED


def put_forward(session: Session, who: Member, kr: KeyResult, objective: Objective, now: datetime) -> None:
    """Keep that a key result is proposed, and put it before those who have to do with it."""
    changes.record(session, who.workspace, Change(kr.objective, What.STAGE, "", kr.stage.value, who.id, now, kr.id))
    asked = concerned(session, who, kr, objective)
    tell(session, who.workspace, [_proposed(kr, one) for one in asked], now)


def concerned(session: Session, who: Member, kr: KeyResult, objective: Objective) -> list[Member]:
    """Whom a proposal concerns but who is here already: its objective's owners, and who can agree in a review."""
    rules = policy.policy(session, who.workspace)
    asked = [one for one in (objective.owner, *objective.co_owners) if one.id != who.id and can_take_part(one)]
    if rules.review and objective.stage is Stage.AGREED:
        asked += drafting.asked_to_agree(session, who, objective, rules, kr)
    return list({one.id: one for one in asked}.values())


def proposal_key(id: KeyResultId, asked: MemberId) -> str:
    """What the question about a proposal is planned under: one for each who is asked."""
    return f"key result proposed {id} to {asked}"


def ask(
    session: Session, who: Member, before: KeyResult, after: KeyResult, objective: Objective, now: datetime
) -> None:
    """Settle what was asked about a key result that has changed since, and ask about how it is now if that waits."""
    if terms(before) == terms(after):
        return
    if before.agreed_to:
        _settle(session, who, after, objective, _changed_at(session, after, before=now), now)
    if after.agreed_to:
        rules = policy.policy(session, who.workspace)
        asked = drafting.asked_to_agree(session, who, objective, rules, after)
        tell(session, who.workspace, [_asking(after, one, now) for one in asked], now)


def agree(
    session: Session, who: Member, which: Reference | KeyResultId, now: datetime, read: str | None = None
) -> Agreed:
    """Agree to how a key result is now; `read` is the sign of the terms that this person has read."""
    kr, objective = sight.the_key_result(session, who, which)
    changeable(objective, sight.today(session, who, now))
    unscored(objective)
    rules = policy.policy(session, who.workspace)
    able = may_agree_to(who, kr, objective, rules)
    if not able and who.id not in objective.stake_in(kr).owners:
        allow(AGREEING[objective.level], who, str(kr.ref), objective.stake)
    if not waits(kr, objective, rules):
        raise Settled(f"Nothing about {kr.ref} waits to be agreed to.")
    if not able:
        raise _one_s_own(session, who, kr, objective, rules)
    if read not in {None, amendments.mark(kr)}:
        raise Settled(f"{kr.ref} was changed once more: it is {terms(kr)} now. `/okr agree {kr.ref}` agrees to that.")
    at = _changed_at(session, kr)
    after = replace(kr, agreed_to="")
    known.change(session, after)
    agreed = Change(kr.objective, What.AGREEMENT, kr.agreed_to, terms(kr), who.id, now, kr.id)
    changes.record(session, who.workspace, agreed)
    _settle(session, who, after, objective, at, now)
    _tell_whoever_changed_it(session, who, after, at, now)
    people.refresh_homes(session, who.workspace, objective.owners | {who.id}, now)
    return Agreed(after, kr.agreed_to, finding.one(session, who, objective.id, now))


def waiting(session: Session, who: Member, id: KeyResultId, at: datetime) -> Amended | None:
    """A change made at this instant that still waits for this person to agree; None when it does not."""
    found = known.key_result(session, who.workspace, id)
    if found is None or not readable(who, found[1]):
        return None
    kr, objective = found
    rules = policy.policy(session, who.workspace)
    if not (waits(kr, objective, rules) and may_agree_to(who, kr, objective, rules)):
        return None
    return _amended(session, who, kr, objective, at) if _changed_at(session, kr) == at else None


def settled(session: Session, who: Member, id: KeyResultId, at: datetime) -> Amended | None:
    """What became of a change made at this instant; None when this person may not read it any more."""
    found = known.key_result(session, who.workspace, id)
    return _amended(session, who, *found, at) if found and readable(who, found[1]) else None


def question_key(id: KeyResultId, at: datetime, asked: MemberId) -> str:
    """What the question about a change is planned under: one for each change and each who is asked."""
    return f"key result changed {id} at {at.isoformat()} to {asked}"


def _amended(session: Session, who: Member, kr: KeyResult, objective: Objective, at: datetime) -> Amended:
    said = changes.of_key_result(session, who.workspace, kr.id)
    by = next((each.by for each in said if each.at == at and each.what in TERMS), None)
    agreed = next((each for each in said if each.at > at and each.what is What.AGREEMENT), None)
    folk = members.by_id(session, who.workspace, {id for id in (by, agreed.by if agreed else None) if id})
    return Amended(
        kr,
        sight.seen_by(session, who, [objective])[0],
        agreed.before if agreed else kr.agreed_to,
        agreed.after if agreed else terms(kr),
        folk.get(by) if by else None,
        folk.get(agreed.by) if agreed and agreed.by else None,
        is_back=agreed is None and not kr.agreed_to,
    )


def _changed_at(session: Session, kr: KeyResult, before: datetime | None = None) -> datetime | None:
    """When what was agreed to last changed."""
    said = changes.of_key_result(session, kr.owner.workspace, kr.id)
    each = [change.at for change in said if change.what in TERMS and (before is None or change.at < before)]
    return max(each, default=None)


def _settle(
    session: Session, who: Member, kr: KeyResult, objective: Objective, at: datetime | None, now: datetime
) -> None:
    """Take the questions about a change back, or show in their place what became of it."""
    if at is None:
        return
    rules = policy.policy(session, who.workspace)
    asked = {one.id: one for one in (who, *drafting.asked_to_agree(session, kr.owner, objective, rules, kr))}.values()
    for one in asked:
        outbox.withdraw(session, who.workspace, question_key(kr.id, at, one.id), now)
    tell(session, who.workspace, [_settled(kr, one, at) for one in asked], now)


def _tell_whoever_changed_it(session: Session, who: Member, kr: KeyResult, at: datetime | None, now: datetime) -> None:
    said = changes.of_key_result(session, who.workspace, kr.id)
    by = {each.by for each in said if each.at == at and each.what in TERMS and each.by}
    for one in members.by_id(session, who.workspace, by).values():
        if at and one.id != who.id and can_take_part(one):
            tell(session, who.workspace, [_told(kr, one, at)], now)


def _one_s_own(session: Session, who: Member, kr: KeyResult, objective: Objective, rules: Policy) -> NotAllowed:
    """Why nobody agrees to what is their own, and who can."""
    asked: Sequence[Member] = drafting.asked_to_agree(session, who, objective, rules, kr)
    whom = either(one.name for one in asked) or "somebody who can agree to it; an admin chooses who that is"
    return NotAllowed(f"{kr.ref} is yours, and here somebody else agrees to it. It waits for {whom}.")


def _proposed(kr: KeyResult, to: Member) -> Outgoing:
    return Outgoing(
        workspace=to.workspace,
        kind="key result proposed",
        place=to.slack_id,
        key=proposal_key(kr.id, to.id),
        rule=PROPOSED_RULE,
        facts={"key_result": kr.id},
    )


def _asking(kr: KeyResult, to: Member, at: datetime) -> Outgoing:
    return Outgoing(
        workspace=to.workspace,
        kind="key result changed",
        place=to.slack_id,
        key=question_key(kr.id, at, to.id),
        rule=ASKED_RULE,
        facts={"key_result": kr.id, "at": at.isoformat()},
    )


def _settled(kr: KeyResult, to: Member, at: datetime) -> Outgoing:
    return Outgoing(
        workspace=to.workspace,
        kind="key result change settled",
        place=to.slack_id,
        key=f"key result change settled {kr.id} at {at.isoformat()} to {to.id}",
        rule=ASKED_RULE,
        facts={"key_result": kr.id, "at": at.isoformat(), "asked": to.id},
        mode=Mode.SHOW,
        priority=Priority.SHOW,
    )


def _told(kr: KeyResult, to: Member, at: datetime) -> Outgoing:
    return Outgoing(
        workspace=to.workspace,
        kind="key result change agreed",
        place=to.slack_id,
        key=f"key result change agreed {kr.id} at {at.isoformat()} to {to.id}",
        rule=AGREED_RULE,
        facts={"key_result": kr.id, "at": at.isoformat()},
    )
