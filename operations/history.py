"""The history of an objective or a key result: told at once, its chart sent by a call whose answer can be trusted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from domain.changes import Change
from domain.check_ins import Update
from domain.history import Event, Origin, Point, comparable, in_order, measured_at_first, points, set_at_first
from domain.home import Moment
from domain.objectives import KeyResult, KeyResultId, Objective
from domain.outbox import Outgoing
from domain.people import Member, MemberId
from domain.references import Prefix, Reference
from operations import crossings, notices, sight
from storage import changes, check_ins, outbox, people
from storage import notices as known_notices
from storage import objectives as objectives_kept
from storage.database import Session

CHARTS = "charts"
"""What a workspace is remembered by where Slack has refused a chart."""

CHARTS_AGAIN = timedelta(days=30)
"""After so long a chart is tried once more."""

RULE = "whoever asks for a history is sent its chart"


@dataclass(frozen=True, slots=True)
class History:
    """Everything that happened to an objective, or to one key result of it, the latest first; `folk` is who did it.

    `parts` are all the key results that an objective ever had.
    """

    who: Member
    moment: Moment
    objective: Objective
    events: tuple[Event, ...]
    folk: dict[MemberId, Member]
    key_result: KeyResult | None = None
    points: tuple[Point, ...] = ()
    charted: bool = False
    parts: tuple[KeyResult, ...] = ()

    @property
    def ref(self) -> Reference:
        """What it is the history of."""
        return self.key_result.ref if self.key_result else self.objective.ref


def told(session: Session, who: Member, which: Reference | KeyResultId, now: datetime) -> History:
    """The history of what is meant, if this person may read it; raises `NotFound`."""
    if isinstance(which, Reference) and which.prefix is Prefix.OBJECTIVE:
        return _of_objective(session, who, sight.the_objective(session, who, which), now)
    kr, objective = sight.the_key_result(session, who, which)
    at = sight.moment(session, who, now)
    said = check_ins.history(session, who.workspace, kr.id)
    changed = changes.of_key_result(session, who.workspace, kr.id)
    by, since = changes.set_by(session, who.workspace, objective.id)[kr.id]
    origins = [measured_at_first(kr, changed, said, by, since)]
    changed = [*changed, *crossings.by_time(session, who, [(kr, objective)], at)[kr.id]]
    events = in_order(said, changed, origins)
    return History(
        who=who,
        moment=at,
        objective=objective,
        events=tuple(events),
        folk=_folk(session, who, said, changed, origins),
        key_result=kr,
        points=tuple(points(kr, objective.cycle, events[::-1], at.today)) if comparable(kr, events) else (),
    )


def foreseen(session: Session, who: Member, which: Reference | KeyResultId, now: datetime) -> History:
    """The same, and whether a chart of it can go to whoever asks: there is one to draw, and Slack takes it."""
    found = told(session, who, which, now)
    charted = bool(found.points) and found.key_result is not None and _charts_are_taken(session, who, now)
    return replace(found, charted=charted)


def asked(session: Session, who: Member, which: Reference | KeyResultId, now: datetime) -> History:
    """The same, and where there is a chart of it, that is on its way to whoever asks."""
    found = foreseen(session, who, which, now)
    if not found.charted or found.key_result is None:
        return found
    if _refused_since(session, who):
        notices.mended(session, who.workspace, CHARTS)
    chart = Outgoing(
        workspace=who.workspace,
        kind="history chart",
        place=who.slack_id,
        key=f"history chart {found.key_result.id} {who.slack_id} {now.isoformat()}",
        rule=RULE,
        facts={"key_result": found.key_result.id},
        expires_at=now + timedelta(hours=1),
    )
    outbox.put(session, chart, now)
    return found


def chart_lost(session: Session, what: Outgoing, error: str, now: datetime) -> None:
    """Where Slack takes no charts here, remember that, and send the same in characters."""
    if not error.startswith("invalid_blocks"):
        return
    notices.notice(session, what.workspace, CHARTS, error, now)
    words = Outgoing(
        workspace=what.workspace,
        kind="history words",
        place=what.place,
        key=what.key.replace("chart", "words", 1),
        rule=RULE,
        facts=what.facts,
    )
    outbox.put(session, words, now)


def _charts_are_taken(session: Session, who: Member, now: datetime) -> bool:
    """Whether Slack has not refused a chart here lately."""
    since = _refused_since(session, who)
    return since is None or now - since >= CHARTS_AGAIN


def _refused_since(session: Session, who: Member) -> datetime | None:
    """Since when Slack is known to take no charts here."""
    return next((at for topic, _, at in known_notices.all_of(session, who.workspace) if topic == CHARTS), None)


def _of_objective(session: Session, who: Member, objective: Objective, now: datetime) -> History:
    changed = changes.of_objective(session, who.workspace, objective.id)
    parts = objectives_kept.parts_of(session, who.workspace, objective.id)
    since = min((kr.created_at for kr in parts), default=now)
    said = check_ins.said_since(session, who.workspace, [kr.id for kr in parts], since)
    origins = _origins(session, who, objective, parts, changed, said)
    at = sight.moment(session, who, now)
    if objective.carried_from:
        objective = sight.seen_by(session, who, [objective])[0]
    passed = crossings.by_time(session, who, [(kr, objective) for kr in parts], at)
    changed = [*changed, *chain.from_iterable(passed.values())]
    return History(
        who=who,
        moment=at,
        objective=objective,
        events=tuple(in_order(said, changed, origins)),
        folk=_folk(session, who, said, changed, origins),
        parts=tuple(parts),
    )


def _origins(
    session: Session,
    who: Member,
    objective: Objective,
    key_results: Sequence[KeyResult],
    changed: Sequence[Change],
    said: Sequence[Update],
) -> list[Origin]:
    """How each key result of an objective was set, the latest first, and at the end how it was set itself."""
    set_by = changes.set_by(session, who.workspace, objective.id)
    each = [measured_at_first(kr, changed, said, *set_by[kr.id]) for kr in reversed(key_results)]
    return [*each, set_at_first(objective, changed, *set_by[None])]


def _folk(
    session: Session, who: Member, said: Iterable[Update], changed: Iterable[Change], origins: Iterable[Origin]
) -> dict[MemberId, Member]:
    ids = {each.by for each in said} | {each.by for each in origins} | {each.by for each in changed if each.by}
    found = people.by_id(session, who.workspace, ids, [who]) if ids else {}
    return {member.id: member for member in found.values()}
