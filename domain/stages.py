"""Draft, proposed, agreed: how far people have settled on an objective, and who may take it further."""

from dataclasses import replace
from datetime import date

from domain.cycles import CycleState
from domain.errors import NotAllowed, Refusal, Settled
from domain.objectives import KeyResult, Level, Objective, Stage, readable
from domain.people import Member
from domain.permissions import Stake, Verb, allow, may
from domain.policy import Policy

AGREEING = {
    Level.COMPANY: Verb.AGREE_COMPANY_OBJECTIVE,
    Level.TEAM: Verb.AGREE_TEAM_OBJECTIVE,
    Level.INDIVIDUAL: Verb.AGREE_OBJECTIVE,
}
"""What it takes to agree to an objective, by its level."""

_SAID = {
    Stage.DRAFT: "is a draft",
    Stage.PROPOSED: "is proposed already",
    Stage.AGREED: "is agreed already",
    Stage.DECLINED: "has been declined",
}


_HOW_TO_PROPOSE = "`/okr propose {}` puts it before them."


def first_stage(who: Member, objective: Objective, today: date, policy: Policy) -> Stage:
    """Where a new objective begins: a draft while its cycle is planned, agreed in one that runs.

    It begins as proposed where somebody else has to agree first, or where a draft would be hidden from who wrote it.
    """
    if objective.cycle.state(today) is CycleState.PLANNING:
        return Stage.DRAFT if readable(who, replace(objective, stage=Stage.DRAFT)) else Stage.PROPOSED
    return Stage.PROPOSED if policy.review and not may_agree(who, objective, policy) else Stage.AGREED


def stepped(who: Member, objective: Objective, to: Stage, policy: Policy) -> Objective:
    """The objective, taken to another stage; raises `Refusal` when it is there already, or it is not theirs to do."""
    if to is Stage.PROPOSED and not may_agree(who, objective, policy):
        allow(Verb.PROPOSE_OBJECTIVE, who, str(objective.ref), objective.stake)
    if to is Stage.AGREED and not may(Verb.PROPOSE_OBJECTIVE, who, objective.stake):
        _allow_agreeing(who, objective, policy)
    if objective.stage is to:
        raise Settled(f"{objective.ref} {_SAID[to]}.", "stage")
    if to is Stage.DECLINED:
        raise Refusal("An objective is not declined: archive it, or talk it over in a comment.", "stage")
    if to is Stage.PROPOSED and objective.stage is Stage.AGREED:
        raise Refusal(f"{objective.ref} {_SAID[Stage.AGREED]}. To begin anew, make it a draft.", "stage")
    if Stage.AGREED in {to, objective.stage}:
        _allow_agreeing(who, objective, policy)
    else:
        allow(Verb.PROPOSE_OBJECTIVE, who, str(objective.ref), objective.stake)
    return replace(objective, stage=to)


def may_propose(who: Member, objective: Objective) -> bool:
    """Whether they may put this draft before those who agree to it."""
    return objective.stage is Stage.DRAFT and may(Verb.PROPOSE_OBJECTIVE, who, objective.stake)


def may_agree(who: Member, objective: Objective, policy: Policy) -> bool:
    """Whether they may agree to it: its owner too, unless the policy wants somebody else to look at it."""
    if who.id in objective.stake.owners and (policy.review or may(Verb.AGREE_OWN_OBJECTIVE, who, objective.stake)):
        return not policy.review
    return any(may(AGREEING[objective.level], who, stake) for stake in _stakes(objective))


def to_decide(kr: KeyResult) -> KeyResult:
    """The key result, while it waits to be accepted or declined; raises `Refusal` when that is done."""
    done = {Stage.AGREED: "accepted already", Stage.DECLINED: "declined already"}.get(kr.stage, "")
    if kr.archived or done:
        raise Settled(f"{kr.ref} has been {done or 'put away'}.")
    return kr


def counted(kr: KeyResult) -> KeyResult:
    """The key result, if it is agreed and so has a value to move; raises `Refusal` when it is not."""
    if kr.stage is not Stage.AGREED:
        how = "has been declined" if kr.stage is Stage.DECLINED else "is only proposed; it moves once it is accepted"
        raise Refusal(f"{kr.ref} {how}.")
    return kr


def counts(kr: KeyResult, objective: Objective) -> bool:
    """Whether anybody asks how it stands: it is agreed, as its objective is, and neither is put away."""
    return not (kr.archived or objective.archived) and Stage.AGREED is kr.stage is objective.stage


def proposable(who: Member, objective: Objective) -> Objective:
    """The objective, if they may propose a key result for it; whoever may add one at once need not propose it."""
    if may(Verb.ADD_KEY_RESULT, who, objective.stake):
        raise Refusal(f"You look after {objective.ref} yourself: `/okr add kr {objective.ref}` adds it at once.")
    allow(Verb.PROPOSE_KEY_RESULT, who, f"for {objective.ref}", objective.stake)
    return objective


def _allow_agreeing(who: Member, objective: Objective, policy: Policy) -> None:
    if may_agree(who, objective, policy):
        return
    if policy.review and who.id in objective.stake.owners:
        how = "It is proposed already." if objective.stage is Stage.PROPOSED else _HOW_TO_PROPOSE.format(objective.ref)
        raise NotAllowed(
            f"{objective.ref} is yours, and here somebody else agrees to an objective before it counts. {how}",
            "stage",
        )
    try:
        allow(AGREEING[objective.level], who, str(objective.ref), objective.stake)
    except NotAllowed as refusal:
        raise refusal.beside("stage") from refusal


def _stakes(objective: Objective) -> list[Stake]:
    """The stake in it; of somebody's own objective, also as a matter of each team that they are in."""
    near = objective.owner.teams if objective.level is Level.INDIVIDUAL else frozenset()
    return [objective.stake, *(replace(objective.stake, team=team) for team in sorted(near))]
