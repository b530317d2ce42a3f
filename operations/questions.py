"""Questions between teams: what is put to whoever speaks for one, what takes its place, and what is told."""

from datetime import datetime

from domain.dependencies import Dependency, DependencyId
from domain.outbox import Mode, Outgoing, Priority
from domain.people import Member, MemberId
from storage import outbox
from storage.database import Session

RULE = "whoever speaks for a team is asked what others need of it"
TOLD = "whoever asks another team hears its answer"
AGAIN = "what another team has not answered for a week is asked once more"
WITHDRAWN = "whoever was asked for something hears when it is no longer needed"


def question_key(id: DependencyId, asked: MemberId, again: bool = False) -> str:
    """What the question is planned under: one for everybody who is asked, and one more where it is asked again."""
    return f"dependency {'reminder ' if again else ''}{id} to {asked}"


def question(id: DependencyId, asked: Member) -> Outgoing:
    """The question itself, privately."""
    return Outgoing(
        workspace=asked.workspace,
        kind="dependency",
        place=asked.slack_id,
        key=question_key(id, asked.id),
        rule=RULE,
        facts={"dependency": id, "asked": asked.id},
        priority=Priority.PROMPT,
    )


def reminder(id: DependencyId, asked: Member, until: datetime) -> Outgoing:
    """The same once more, of no use after an instant."""
    return Outgoing(
        workspace=asked.workspace,
        kind="dependency reminder",
        place=asked.slack_id,
        key=question_key(id, asked.id, again=True),
        rule=AGAIN,
        facts={"dependency": id, "asked": asked.id},
        priority=Priority.PROMPT,
        expires_at=until,
    )


def no_longer(dependency: Dependency, asked: Member) -> Outgoing:
    """That what they were asked for is needed no longer."""
    return Outgoing(
        workspace=asked.workspace,
        kind="dependency withdrawn",
        place=asked.slack_id,
        key=f"dependency withdrawn {dependency.id} to {asked.id}",
        rule=WITHDRAWN,
        facts={"dependency": dependency.id},
    )


def told(dependency: Dependency, now: datetime) -> Outgoing:
    """What has come of it, for whoever asked."""
    return Outgoing(
        workspace=dependency.asked_by.workspace,
        kind="dependency answer",
        place=dependency.asked_by.slack_id,
        key=f"dependency answer {dependency.id} at {now.isoformat()}",
        rule=TOLD,
        facts={"dependency": dependency.id},
    )


def settle(session: Session, dependency: Dependency, asked: Member, now: datetime) -> bool:
    """Put how it stands in place of what they were asked; whether they know of it by now."""
    knows = False
    for again in (False, True):
        key = question_key(dependency.id, asked.id, again)
        if outbox.is_planned(session, asked.workspace, key):
            knows |= not outbox.withdraw(session, asked.workspace, key, now)
            outbox.put(session, _settled(dependency, asked, again), now)
    return knows


def _settled(dependency: Dependency, asked: Member, again: bool) -> Outgoing:
    return Outgoing(
        workspace=asked.workspace,
        kind="dependency settled",
        place=asked.slack_id,
        key=f"{question_key(dependency.id, asked.id, again)} settled",
        rule=RULE,
        facts={"dependency": dependency.id, "asked": asked.id, "again": again},
        mode=Mode.SHOW,
        priority=Priority.SHOW,
    )
