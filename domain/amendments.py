"""Changes of what was agreed to: with a review they wait for somebody else to agree, though they hold at once."""

from zlib import crc32

from domain.changes import What
from domain.objectives import KeyResult, Objective, Stage
from domain.people import Member
from domain.permissions import Verb, may
from domain.policy import Policy
from domain.stages import may_agree
from domain.values import shown

TERMS = frozenset({What.MEASURE, What.TARGET, What.WEIGHT})
"""What people agree to with a key result; its title, its owner and its value are not among it."""


def terms(kr: KeyResult) -> str:
    """What people agree to with a key result, in words: "0 to 90 sign-ups, weight 2"."""
    of = kr.measure
    aim = ", ".join(of.milestones) or (f"{of.figure(of.start)} to {of.aim}" if of.kind.is_way else of.aim)
    return aim if kr.weight == 1 else f"{aim}, weight {shown(kr.weight)}"


def mark(kr: KeyResult) -> str:
    """A short sign of these terms, so that nobody agrees to others than they have read."""
    return f"{crc32(terms(kr).encode()):08x}"


def agreed_before(who: Member, before: KeyResult, after: KeyResult, objective: Objective, policy: Policy) -> str:
    """What stays agreed to, in words, once `who` has changed a key result; empty where nothing waits."""
    if not policy.review or not (objective.stage is before.stage is Stage.AGREED):
        return ""
    if terms(before) == terms(after):
        return before.agreed_to
    alone = may_agree_to(who, before, objective, policy)
    was = before.agreed_to or ("" if alone else terms(before))
    return "" if was == terms(after) else was


def waits(kr: KeyResult, objective: Objective, policy: Policy) -> bool:
    """Whether a change of what was agreed to still waits for somebody to agree."""
    there = not (kr.archived or objective.archived) and objective.stage is kr.stage is Stage.AGREED
    return policy.review and there and bool(kr.agreed_to)


def may_agree_to(who: Member, kr: KeyResult, objective: Objective, policy: Policy) -> bool:
    """Whether they can agree to a key result for others, where a review is asked for: nobody does to their own."""
    return who.id != kr.owner.id and may_agree(who, objective, policy)


def may_accept(who: Member, kr: KeyResult, objective: Objective, policy: Policy) -> bool:
    """Whether they may accept what is proposed: under what was agreed to in a review, only who can agree to it."""
    if policy.review and objective.stage is Stage.AGREED:
        return may_agree_to(who, kr, objective, policy)
    return may(Verb.DECIDE_KEY_RESULT, who, objective.stake)


def may_decline(who: Member, kr: KeyResult, objective: Objective, policy: Policy) -> bool:
    """Whether they may decline what is proposed: its objective's owners always may."""
    return may(Verb.DECIDE_KEY_RESULT, who, objective.stake) or may_accept(who, kr, objective, policy)
