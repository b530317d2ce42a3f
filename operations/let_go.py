"""Dependencies that are let go: the team that was asked can no longer read what it is asked for."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.dependencies import Dependency, DependencyId
from domain.objectives import Answered, Objective, readable
from domain.outbox import Mode, Outgoing, Priority
from domain.people import Member
from domain.references import Prefix, Reference
from operations import questions, speaking
from operations.telling import tell
from storage import dependencies as known
from storage import outbox
from storage.database import Session

RULE = "both sides hear when what one asked of the other is let go"


@dataclass(frozen=True, slots=True)
class LetGo:
    """A dependency that was let go, for one of the two sides; `named` where they may still read what it was for."""

    dependency: Dependency
    named: bool


def closed(session: Session, who: Member, before: Objective, after: Objective, now: datetime) -> None:
    """An objective has been changed: what other teams were asked for who could read it and cannot is withdrawn.

    They hear of it in words that they know already, and whoever asked reads why.
    """
    for found in _standing(session, after):
        asked = speaking.spokespeople(session, replace(found, objective=before))
        if asked and not speaking.spokespeople(session, replace(found, objective=after)):
            known.settle(session, found.id, Answered.WITHDRAWN, "", who, now)
            told = [each for each in asked if _knows(session, found, each, now)]
            tell(session, who.workspace, [_word(found, each) for each in [*told, found.asked_by]], now)


def let_go(session: Session, who: Member, id: DependencyId) -> LetGo | None:
    """A dependency that was let go, for somebody of either side; None where it is not withdrawn."""
    found = known.dependency(session, who.workspace, id)
    if found is None or found.state is not Answered.WITHDRAWN:
        return None
    return LetGo(found, readable(who, found.objective))


def _standing(session: Session, objective: Objective) -> list[Dependency]:
    """What its key results wait for, or have been promised."""
    waiting = [each for kr in objective.key_results for each in kr.waits_for if each.state is not Answered.DECLINED]
    refs = [Reference(Prefix.DEPENDENCY, each.number) for each in waiting]
    found = [known.dependency(session, objective.owner.workspace, ref) for ref in refs]
    return [each for each in found if each]


def _knows(session: Session, found: Dependency, asked: Member, now: datetime) -> bool:
    """Take each question to them out of their sight, or back before it was asked; whether they knew of it."""
    knew = False
    for again in (False, True):
        key = questions.question_key(found.id, asked.id, again)
        if outbox.is_planned(session, asked.workspace, key):
            knew |= not outbox.withdraw(session, asked.workspace, key, now)
            outbox.put(session, _instead(found, asked, again), now)
    return knew


def _instead(found: Dependency, asked: Member, again: bool) -> Outgoing:
    return Outgoing(
        workspace=asked.workspace,
        kind="dependency let go, instead",
        place=asked.slack_id,
        key=f"{questions.question_key(found.id, asked.id, again)} let go",
        rule=RULE,
        facts={"dependency": found.id, "asked": asked.id, "again": again},
        mode=Mode.SHOW,
        priority=Priority.SHOW,
    )


def _word(found: Dependency, to: Member) -> Outgoing:
    return Outgoing(
        workspace=to.workspace,
        kind="dependency let go",
        place=to.slack_id,
        key=f"dependency let go {found.id} to {to.id}",
        rule=RULE,
        facts={"dependency": found.id},
    )
