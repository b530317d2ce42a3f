"""Closing objectives: scored by those who own them, and carried on into another cycle where they go on."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain import scores, words
from domain.carrying import Along, onward, title_of
from domain.changes import CARRIED_OVER, Change, What
from domain.closing import Carrying, Closing, ClosingDraft, closed, drafted, scorable
from domain.cycles import Cycle
from domain.errors import NotAllowed, Refusal
from domain.home import Moment
from domain.left_alone import by_then
from domain.measures import Measure
from domain.objectives import KeyResult, KeyResultId, Objective, ObjectiveId, Stage
from domain.people import Member, can_take_part
from domain.permissions import Verb, allow, may
from domain.references import Reference
from operations import cycles, finding, moving, objectives, people, proposals, retrospectives, sight
from operations import onward as going_on
from storage import changes, closings, key_results, policy
from storage import objectives as known
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Sheet:
    """An objective to be closed or read about: how it ended as far as somebody has said so, and how many wait still."""

    who: Member
    objective: Objective
    closing: Closing | None
    moment: Moment
    left: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """An objective that was carried on, what became of it, and what went along."""

    past: Objective
    found: finding.Found
    along: Along


def to_score(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Sheet:
    """An objective that this person may score now."""
    objective = _to_score(session, who, which, now)
    return _sheet(session, who, objective, now)


def next_to_score(session: Session, who: Member, now: datetime) -> Sheet | None:
    """The next objective of theirs without a score in a cycle that closes, or None when all are done."""
    waiting = cycles.season(session, who, sight.today(session, who, now)).awaited
    return to_score(session, who, waiting[0].id, now) if waiting else None


def ended(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Sheet:
    """How an objective ended, for whoever may read it."""
    return _sheet(session, who, sight.the_objective(session, who, which), now)


def score(session: Session, who: Member, id: ObjectiveId, draft: ClosingDraft, now: datetime) -> Sheet:
    """Keep how an objective ended; once the last of a team's has its score, the team's retrospective begins."""
    before = _to_score(session, who, id, now)
    kept = closings.of(session, who.workspace, [id]).get(id)
    ending = closed(before, by_then(draft, drafted(kept)) if kept else draft, who, now)
    closings.keep(session, who.workspace, ending)
    if before.score != ending.score:
        was = "" if before.score is None else scores.shown(before.score)
        said = Change(id, What.SCORE, was, scores.shown(ending.score), who.id, now, why=ending.why)
        changes.record(session, who.workspace, said)
    late = f"{before.ref} had its score before anybody had decided on it."
    proposals.lapse(session, who.workspace, [before], late, now)
    after = replace(before, score=ending.score, proposals=())
    retrospectives.scored(session, after, now)
    people.refresh_homes(session, who.workspace, before.owners | {who.id}, now)
    return _sheet(session, who, after, now)


def to_carry(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> moving.Movable:
    """An objective that this person may carry on, and where to."""
    objective = _to_carry(session, who, which)
    return moving.movable(session, who, objective, sight.today(session, who, now))


def carry(session: Session, who: Member, id: ObjectiveId, carrying: Carrying, now: datetime) -> Carried:
    """Set an objective anew in another cycle, with the chosen key results from where they ended.

    The past one stays as it is; who carries it on is its creator, everybody else keeps their part.
    """
    past = _to_carry(session, who, id)
    target = moving.destination(session, who, carrying.into, now)
    if target.id == past.cycle.id:
        raise Refusal(f"{past.ref} is in {target.name} already. Choose another cycle.", "cycle")
    chosen = [kr for kr in past.key_results if kr.id in carrying.key_results]
    measures = [(kr, onward(kr, carrying.keep_targets)) for kr in chosen]
    made = known.add(session, _onward(session, who, past, target, carrying), who, now)
    known.share(session, made, [each for each in past.co_owners if can_take_part(each)])
    parts = [(kr, _part(session, who, kr, measure, made, now)) for kr, measure in measures]
    said = Change(made.id, What.CYCLE, past.cycle.name, target.name, who.id, now, why=CARRIED_OVER)
    changes.record(session, who.workspace, said)
    along = going_on.along(session, who, past, replace(made, key_results=tuple(kr for _, kr in parts)), parts, now)
    people.refresh_homes(session, who.workspace, past.owners | {who.id}, now)
    return Carried(past, finding.one(session, who, made.id, now), along)


def _onward(session: Session, who: Member, past: Objective, target: Cycle, carrying: Carrying) -> Objective:
    """The objective as it goes on; with a review it has to be agreed to again."""
    parent, pulled = going_on.above(session, past, target)
    again = policy.policy(session, who.workspace).review and past.stage is Stage.AGREED
    return replace(
        past,
        id=objectives.NEW,
        number=0,
        title=past.title if "title" in carrying.alone else words.title(carrying.title),
        owner=_still_here(past.owner, who),
        cycle=target,
        parent=parent,
        parent_key_result=pulled,
        key_results=(),
        stage=Stage.PROPOSED if again else past.stage,
        carried_from=past.heading,
        score=None,
    )


def _part(session: Session, who: Member, kr: KeyResult, measure: Measure, made: Objective, now: datetime) -> KeyResult:
    """What a key result goes on as, from where it ended, with whoever helped."""
    anew = replace(_anew(kr, made, who, now), title=title_of(kr, measure), measure=measure)
    added = key_results.add(session, anew, who, now)
    key_results.let_help(session, added, kr.contributors)
    return added


def _sheet(session: Session, who: Member, objective: Objective, now: datetime) -> Sheet:
    at = sight.moment(session, who, now)
    waiting = cycles.season(session, who, sight.today(session, who, now)).awaited
    left = sum(each.id != objective.id for each in waiting)
    seen = sight.seen_by(session, who, [objective])[0]
    ending = closings.of(session, who.workspace, [objective.id]).get(objective.id)
    return Sheet(who, seen, ending, at, left)


def _to_score(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Objective:
    objective = sight.the_objective(session, who, which)
    _allow_scoring(who, objective)
    return scorable(objective, sight.today(session, who, now))


def _allow_scoring(who: Member, objective: Objective) -> None:
    """Raise `NotAllowed` unless this person may score it; where nobody is left who could, say how somebody can."""
    lead = [objective.team.lead] if objective.team and objective.team.lead else []
    left = any(can_take_part(one) for one in (objective.owner, *objective.co_owners, *lead))
    if who.active and not left and not may(Verb.SCORE, who, objective.stake):
        name = objective.owner.name
        raise NotAllowed(
            f"{objective.ref} is {name}'s, who is not here any more, so nobody can score it yet. "
            f"`/okr handover @{name}` gives it to somebody who can; an OKR champion or an admin may do that."
        )
    allow(Verb.SCORE, who, _whose(objective), objective.stake)


def _to_carry(session: Session, who: Member, which: Reference | ObjectiveId) -> Objective:
    """The objective, if this person may carry it on; that changes nothing of it, so its cycle may be closed.

    It is carried on once, as far as this person may know.
    """
    objective = sight.the_objective(session, who, which)
    allow(Verb.EDIT_OBJECTIVE, who, _whose(objective), objective.stake)
    allow(Verb.ADD_OBJECTIVE, who, "")
    if objective.archived:
        raise Refusal(f"{objective.ref} is archived. Restore it first if it is still wanted.")
    if objective.cycle.is_backlog:
        raise Refusal(f"{objective.ref} waits in the backlog. Move it instead: `/okr move {objective.ref} to …`.")
    became = known.carried_on(session, who.workspace, [objective.id]).get(objective.id)
    if became and sight.readable_among(session, who, [became.id]):
        raise Refusal(f"{objective.ref} has been carried over already, into {became.cycle}.")
    return objective


def _anew(kr: KeyResult, under: Objective, who: Member, now: datetime) -> KeyResult:
    """The same key result as nobody has checked in on it yet."""
    return replace(
        kr,
        id=KeyResultId(0),
        number=0,
        objective=under.id,
        owner=_still_here(kr.owner, who),
        created_at=now,
        confidence=None,
        note="",
        updated_at=None,
        moved_at=None,
        override=None,
        agreed_to="",
    )


def _still_here(owner: Member, otherwise: Member) -> Member:
    return owner if can_take_part(owner) else otherwise


def _whose(objective: Objective) -> str:
    return f"{objective.ref}, which is {objective.owner.name}'s"
