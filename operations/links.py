"""Links to objectives: what is shown below them, where everybody may know of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.home import Moment
from domain.links import Shared
from domain.objectives import KeyResult, Objective, readable
from domain.outbox import Mode, Outgoing, Priority
from domain.people import Kind, Member, WorkspaceId
from domain.references import Prefix, Reference, reference
from domain.schedules import local_day
from storage import key_results, objectives, outbox, policy
from storage import people as known
from storage.database import Session

IN_TIME = timedelta(minutes=10)
"""What could not be shown below a link by then is let go: the conversation has gone on."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind a link: an objective, or one of its key results."""

    objective: Objective
    key_result: KeyResult | None
    moment: Moment


def shared(session: Session, who: Member, what: Shared, present: Sequence[str] | None, now: datetime) -> None:
    """Show what is behind these links, if everybody who is `present` (Slack ids) may know of it.

    Where nobody can say who is present, or somebody of them is not known here, nothing is shown.
    """
    people = known.members(session, who.workspace, list(present or ()))
    if not present or len(people) < len(set(present)):
        return
    readers = [each for each in people if each.kind is not Kind.BOT and each.active]
    behind = {url: behind_it(session, who.workspace, ref, now) for url, ref in what.links.items()}
    open_to_all = [url for url, it in behind.items() if it and all(readable(each, it.objective) for each in readers)]
    if open_to_all:
        outbox.put(session, _below(who.workspace, what, open_to_all, now), now)


def below(session: Session, what: Outgoing, now: datetime) -> dict[str, Behind] | None:
    """What is to be shown below each link, if there still is something."""
    links = {url: reference(ref) for url, ref in what.facts["links"]}
    found = {url: behind_it(session, what.workspace, ref, now) for url, ref in links.items() if ref}
    return {url: it for url, it in found.items() if it} or None


def behind_it(session: Session, workspace: WorkspaceId, ref: Reference, now: datetime) -> Behind | None:
    """What is behind a link, if anybody at all may know of it: never a draft, nor what is only a team's or private."""
    rules = policy.policy(session, workspace)
    at = Moment(now, local_day(now, rules.zone), rules)
    kr: KeyResult | None = None
    if ref.prefix is Prefix.KEY_RESULT:
        kr, objective = key_results.key_result(session, workspace, ref) or (None, None)
    else:
        objective = objectives.objective(session, workspace, ref)
    if objective is None or not objective.is_open or objective.archived or (kr and kr not in objective.key_results):
        return None
    return Behind(objective, kr, at)


def _below(workspace: WorkspaceId, what: Shared, urls: Sequence[str], now: datetime) -> Outgoing:
    return Outgoing(
        workspace=workspace,
        kind="unfurl",
        place=what.channel,
        key=f"unfurl {what.channel} {what.ts}",
        rule="what everybody may read is shown below links to it",
        facts={
            "unfurl_id": what.unfurl_id,
            "source": what.source,
            "links": [[url, str(what.links[url])] for url in urls],
        },
        mode=Mode.SHOW,
        priority=Priority.ANSWER,
        expires_at=now + IN_TIME,
    )
