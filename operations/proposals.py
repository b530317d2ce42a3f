"""Key results that somebody proposes for an objective of others, who accept, edit or decline them with a word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.amendments import may_accept, may_decline
from domain.changes import Change, What
from domain.closing import unscored
from domain.cycles import Cycle
from domain.errors import NotAllowed, Refusal
from domain.home import Moment
from domain.objectives import (
    KeyResult,
    KeyResultDraft,
    KeyResultId,
    Objective,
    ObjectiveId,
    Stage,
    changeable,
    readable,
)
from domain.outbox import Mode, Outgoing, Priority
from domain.people import Member, WorkspaceId, can_take_part
from domain.permissions import Verb, allow, either
from domain.references import Reference
from domain.stages import proposable, to_decide
from domain.words import required
from operations import amendments, drafting, finding, key_results, people, sight
from operations.amendments import PROPOSED_RULE, Agreed, proposal_key
from operations.key_results import Choices, Written
from operations.telling import tell, tell_of_part
from storage import changes, objectives, outbox, policy
from storage import key_results as known
from storage import people as members
from storage.database import Session

DECIDED_RULE = "whoever proposed a key result hears what became of it"


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a proposal: the key result, its objective, who proposed it, who decided, and their word."""

    key_result: KeyResult
    objective: Objective
    proposer: Member | None = None
    by: Member | None = None
    why: str = ""
    moment: Moment | None = None
    reader: Member | None = None
    accepts: bool = True
    """Whether whoever reads this may accept it."""


def choices(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Choices:
    """What the form needs for a key result that somebody would like to propose."""
    return Choices(who, _open_to_proposals(session, who, which, now))


def propose(session: Session, who: Member, to: ObjectiveId, draft: KeyResultDraft, now: datetime) -> Written:
    """Propose a key result for an objective that is not this person's; its owners are asked."""
    objective = _open_to_proposals(session, who, to, now)
    owner = people.the_owner(session, who, draft.owner)
    if not readable(owner, objective):
        raise Refusal(
            f"{owner.name} cannot see {objective.ref}, so it cannot be theirs. Choose somebody else.", "owner"
        )
    made = key_results.set_under(session, who, objective, draft, Stage.PROPOSED, now)
    amendments.put_forward(session, who, made, objective, now)
    return Written(made, finding.one(session, who, objective.id, now))


def to_edit(session: Session, who: Member, id: KeyResultId, now: datetime) -> Choices:
    """What the form needs for a proposal that is to be accepted with changes."""
    kr, objective = _waiting(session, who, id, now)
    return Choices(who, objective, kr)


def to_decline(session: Session, who: Member, id: KeyResultId, now: datetime) -> Choices:
    """What the form needs for a proposal that is to be declined with a word."""
    return to_edit(session, who, id, now)


def accept(
    session: Session, who: Member, id: KeyResultId, now: datetime, draft: KeyResultDraft | None = None
) -> Written:
    """Accept a proposed key result, as it stands or with these changes: it counts from now on."""
    kr, objective = _waiting(session, who, id, now)
    unscored(objective)
    rules = policy.policy(session, who.workspace)
    if not may_accept(who, kr, objective, rules):
        whom = either(one.name for one in drafting.asked_to_agree(session, who, objective, rules, kr))
        raise NotAllowed(
            f"Here somebody else agrees to what is added to {objective.ref}. {kr.ref} waits for "
            f"{whom or 'somebody who can agree to it; an admin chooses who that is'}."
        )
    changed = key_results.change(session, who, id, draft, now).key_result if draft else kr
    after = _decided(session, who, changed, objective, Stage.AGREED, "", now)
    return Written(after, finding.one(session, who, objective.id, now), kr)


def agree(session: Session, who: Member, which: Reference, now: datetime) -> Written | Agreed:
    """Agree to a key result: to what is proposed, or to what somebody has changed of it."""
    kr, _ = sight.the_key_result(session, who, which)
    if kr.stage is Stage.PROPOSED:
        return accept(session, who, kr.id, now)
    return amendments.agree(session, who, which, now)


def decline(session: Session, who: Member, id: KeyResultId, typed: str, now: datetime) -> Written:
    """Decline a proposed key result, with a word for whoever proposed it; it stays in the history alone."""
    kr, objective = _waiting(session, who, id, now)
    why = required(typed, "why", "A word on why helps them to propose the next one.", at_most=1_000)
    named = people.with_names(session, who.workspace, why)
    after = _decided(session, who, kr, objective, Stage.DECLINED, named, now)
    return Written(after, finding.one(session, who, objective.id, now))


def lapse(session: Session, workspace: WorkspaceId, over: Sequence[Objective], why: str, now: datetime) -> None:
    """Settle what is still proposed for objectives to which nothing can be added any more, with a word on why.

    Whoever proposed it hears that; whoever was asked reads it in place of the question.
    """
    each = [(kr, objective) for objective in over for kr in objective.proposals if not kr.archived]
    if not each:
        return
    ids = [kr.id for kr, _ in each]
    known.decline(session, workspace, ids)
    steps = [
        Change(kr.objective, What.STAGE, Stage.PROPOSED.value, Stage.DECLINED.value, None, now, kr.id, why)
        for kr, _ in each
    ]
    changes.record(session, workspace, *steps)
    asked = [(kr, one) for kr, objective in each for one in (objective.owner, *objective.co_owners)]
    outbox.withdraw_each(session, workspace, [proposal_key(kr.id, one.id) for kr, one in asked], now)
    by = changes.proposers(session, workspace, ids)
    folk = members.by_id(session, workspace, {*by.values()})
    told = [_told(kr, folk[by[kr.id]]) for kr, _ in each if kr.id in by and can_take_part(folk[by[kr.id]])]
    tell(session, workspace, [*told, *(_settled(kr, one) for kr, one in asked)], now)
    people.refresh_homes(session, workspace, {id for objective in over for id in objective.owners}, now)


def lapse_in(session: Session, workspace: WorkspaceId, cycle: Cycle, now: datetime) -> None:
    """Settle what is still proposed for anything in a cycle that has closed."""
    over = objectives.with_proposals(session, workspace, cycle.id)
    lapse(session, workspace, over, f"{cycle.name} closed before anybody had decided on it.", now)


def waiting(session: Session, who: Member, id: KeyResultId) -> Decided | None:
    """A proposal that still waits for this person to decide, with who made it; None when it does not."""
    found = known.key_result(session, who.workspace, id)
    if found is None or not _waits(*found) or not readable(who, found[1]):
        return None
    kr, objective = found
    accepts = may_accept(who, kr, objective, policy.policy(session, who.workspace))
    return Decided(kr, sight.seen_by(session, who, [objective])[0], _proposer(session, kr), reader=who, accepts=accepts)


def decided(session: Session, who: Member, id: KeyResultId, now: datetime) -> Decided | None:
    """What became of a proposal, for whoever made it; None while it waits, or when they may not read it any more."""
    found = known.key_result(session, who.workspace, id)
    if found is None or found[0].stage is Stage.PROPOSED or not readable(who, found[1]):
        return None
    kr, objective = found
    last = _steps(session, kr)[-1:]
    by = members.by_id(session, who.workspace, {each.by for each in last if each.by})
    decider = next((by[each.by] for each in last if each.by in by), None)
    seen, at = sight.seen_by(session, who, [objective])[0], sight.moment(session, who, now)
    return Decided(kr, seen, who, decider, "".join(each.why for each in last), at)


def _open_to_proposals(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Objective:
    objective = changeable(sight.the_objective(session, who, which), sight.today(session, who, now))
    return unscored(proposable(who, objective))


def _waiting(session: Session, who: Member, id: KeyResultId, now: datetime) -> tuple[KeyResult, Objective]:
    """The proposal and its objective, if this person may decide on it and nobody has yet."""
    kr, objective = sight.the_key_result(session, who, id)
    if not may_decline(who, kr, objective, policy.policy(session, who.workspace)):
        allow(Verb.DECIDE_KEY_RESULT, who, f"key results of {objective.ref}", objective.stake)
    changeable(objective, sight.today(session, who, now))
    return to_decide(kr), objective


def _waits(kr: KeyResult, objective: Objective) -> bool:
    return kr.stage is Stage.PROPOSED and not kr.archived and not objective.archived


def _decided(
    session: Session, who: Member, kr: KeyResult, objective: Objective, to: Stage, why: str, now: datetime
) -> KeyResult:
    proposer = _proposer(session, kr)
    after = replace(kr, stage=to)
    known.settle(session, kr, to, now)
    _keep(session, who, after, why, now)
    near = (objective.owner, *objective.co_owners, who, *amendments.concerned(session, who, kr, objective))
    asked = {one.id: one for one in near}.values()
    for one in asked:
        outbox.withdraw(session, who.workspace, proposal_key(kr.id, one.id), now)
    told = [_told(kr, one) for one in _others([proposer] if proposer else [], who)]
    tell(session, who.workspace, [*told, *(_settled(kr, one) for one in asked)], now)
    if to is Stage.AGREED is objective.stage and (proposer is None or proposer.id != after.owner.id):
        tell_of_part(session, who, after.owner, now, key_results=[kr.id])
    people.refresh_homes(session, who.workspace, objective.owners | {who.id}, now)
    return after


def _keep(session: Session, who: Member, kr: KeyResult, why: str, now: datetime) -> None:
    was = Stage.PROPOSED.value
    changes.record(
        session, who.workspace, Change(kr.objective, What.STAGE, was, kr.stage.value, who.id, now, kr.id, why)
    )


def _proposer(session: Session, kr: KeyResult) -> Member | None:
    """Whoever proposed it."""
    workspace = kr.owner.workspace
    by = [each.by for each in _steps(session, kr) if each.after == Stage.PROPOSED.value and each.by]
    found = members.by_id(session, workspace, set(by[-1:]))
    return next(iter(found.values()), None)


def _steps(session: Session, kr: KeyResult) -> list[Change]:
    """Each step that a key result has taken, oldest first."""
    said = changes.of_key_result(session, kr.owner.workspace, kr.id)
    return [change for change in said if change.what is What.STAGE]


def _others(circle: Iterable[Member], who: Member) -> list[Member]:
    return [one for one in circle if one.id != who.id and can_take_part(one)]


def _settled(kr: KeyResult, to: Member) -> Outgoing:
    return Outgoing(
        workspace=to.workspace,
        kind="key result settled",
        place=to.slack_id,
        key=f"key result settled {kr.id} to {to.id}",
        rule=PROPOSED_RULE,
        facts={"key_result": kr.id, "asked": to.id},
        mode=Mode.SHOW,
        priority=Priority.SHOW,
    )


def _told(kr: KeyResult, to: Member) -> Outgoing:
    return Outgoing(
        workspace=to.workspace,
        kind="key result decided",
        place=to.slack_id,
        key=f"key result decided {kr.id} to {to.id}",
        rule=DECIDED_RULE,
        facts={"key_result": kr.id},
    )
