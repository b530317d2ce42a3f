"""Key results: adding, changing, archiving and restoring them; `check_ins` moves them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain import words
from domain.amendments import agreed_before
from domain.changes import Before, begins_anew, measured_before, of_key_result
from domain.check_ins import Update
from domain.closing import unscored
from domain.errors import Refusal
from domain.home import Moment
from domain.key_results import MEASURED, as_it_is
from domain.left_alone import pointing_out
from domain.measures import Measure, MeasureKind, inside, measure, moved, weight
from domain.milestones import still_reached
from domain.objectives import KeyResult, KeyResultDraft, KeyResultId, Objective, ObjectiveId, Stage, changeable
from domain.people import Member, MemberId, can_take_part
from domain.permissions import Verb, allow
from domain.references import Reference
from operations import amendments, crossings, finding, objectives, people, sight
from operations.telling import tell_new_owner, tell_of_part
from storage import changes, check_ins, policy
from storage import key_results as known
from storage.database import Session

NEW = KeyResultId(0)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form for a key result is about."""

    who: Member
    objective: Objective
    editing: KeyResult | None = None
    measured: Before | None = None
    """How it was measured before, where its value has begun anew since."""


@dataclass(frozen=True, slots=True)
class Written:
    """A key result that was written down, and its objective with everything about it."""

    key_result: KeyResult
    found: finding.Found
    before: KeyResult | None = None
    """The key result that was just changed, as it was before."""

    @property
    def new_owner(self) -> bool:
        """Whether somebody was just chosen to own it."""
        return self.before is None or self.before.owner.id != self.key_result.owner.id


def choices(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Choices:
    """What the form needs for a new key result under this objective."""
    return Choices(who, _to_extend(session, who, which, now))


def seen(
    session: Session, who: Member, which: KeyResultId, now: datetime
) -> tuple[KeyResult, Objective, Member, Moment]:
    """A key result with its objective, for somebody who may read it, and when they look."""
    return *sight.the_key_result(session, who, which), who, sight.moment(session, who, now)


def to_edit(session: Session, who: Member, which: Reference | KeyResultId, now: datetime) -> Choices:
    """What the form needs for a key result that is to be changed."""
    kr, objective = _to_change(session, who, which, now)
    return Choices(who, objective, not_archived(kr))


def to_measure(session: Session, who: Member, which: KeyResultId, now: datetime) -> Choices:
    """The same once another way of measuring is chosen in it."""
    found = to_edit(session, who, which, now)
    return replace(found, measured=measured_before(changes.of_key_result(session, who.workspace, which)))


def add(session: Session, who: Member, to: ObjectiveId, draft: KeyResultDraft, now: datetime) -> Written:
    """Set a key result under an objective; it begins at its start.

    Where somebody else agrees to objectives, it is only proposed under one that is agreed and one's own.
    """
    objective = _to_extend(session, who, to, now)
    made = set_under(session, who, objective, draft, None, now)
    if made.stage is Stage.PROPOSED:
        amendments.put_forward(session, who, made, objective, now)
    elif objective.stage is Stage.AGREED:
        tell_of_part(session, who, made.owner, now, key_results=[made.id])
    return Written(made, finding.one(session, who, objective.id, now))


def set_under(
    session: Session, who: Member, objective: Objective, draft: KeyResultDraft, stage: Stage | None, now: datetime
) -> KeyResult:
    """Remember a new key result under an objective, at this stage or, with None, as settled as one can add it."""
    owner = people.the_owner(session, who, draft.owner)
    share = weight(draft.weight)
    blank = KeyResult(NEW, 0, objective.id, "", owner, _measured(draft), now, weight=share)
    blank = replace(blank, stage=stage or amendments.stage_of_new(session, who, blank, objective))
    added = known.add(session, replace(blank, title=words.title(draft.title)), who, now)
    made = _let_help(session, who, added, draft.contributors)
    people.refresh_homes(session, who.workspace, objective.owners | {who.id} | _hands(made), now)
    return made


def change(session: Session, who: Member, id: KeyResultId, draft: KeyResultDraft, now: datetime) -> Written:
    """Give a key result another title, owner or measure; unless that is changed too, it stays where it is."""
    kr, objective = _to_change(session, who, id, now)
    shown, draft = draft, as_it_is(draft, kr)
    owner = people.the_owner(session, who, draft.owner) if draft.owner else kr.owner
    with pointing_out(shown, draft, MEASURED):
        measured = _measured_again(kr.measure, draft)
    share = weight(draft.weight) if draft.weight.strip() else kr.weight
    if (measured, share) != (kr.measure, kr.weight):
        unscored(objective)
    after = replace(not_archived(kr), title=words.title(draft.title), owner=owner, measure=measured, weight=share)
    rules = policy.policy(session, who.workspace)
    after = replace(after, agreed_to=agreed_before(who, kr, after, objective, rules))
    said = _corrected(kr, measured, who, now)
    if said:
        after = replace(after, updated_at=now, moved_at=now)
    elif begins_anew(kr.measure, measured):
        after = replace(after, moved_at=now)
    statuses = crossings.of(session, who, [(kr, after, objective)], now)
    check_ins.record(session, who.workspace, *said)
    known.change(session, after)
    after = _let_help(session, who, after, draft.contributors)
    changes.record(session, who.workspace, *of_key_result(kr, after, who.id, now), *statuses)
    amendments.ask(session, who, kr, after, objective, now)
    if owner.id != kr.owner.id and Stage.AGREED is kr.stage is objective.stage:
        tell_new_owner(session, who, kr.owner, owner, now, key_results=[kr.id])
    people.refresh_homes(session, who.workspace, objective.owners | _hands(kr) | _hands(after), now)
    return Written(after, finding.one(session, who, objective.id, now), kr)


def archive(session: Session, who: Member, which: Reference | KeyResultId, now: datetime) -> KeyResult:
    """Put a key result away; its history stays."""
    kr, objective = _to_change(session, who, which, now)
    unscored(objective)
    after = replace(not_archived(kr), archived=True)
    statuses = crossings.of(session, who, [(kr, after, objective)], now)
    known.archive(session, kr, now)
    changes.record(session, who.workspace, *statuses, *of_key_result(kr, after, who.id, now))
    objectives.refresh_homes(session, who, objective, now, kr)
    return kr


def restore(session: Session, who: Member, which: Reference | KeyResultId, now: datetime) -> KeyResult:
    """Bring an archived key result back."""
    kr, objective = _to_change(session, who, which, now)
    unscored(objective)
    if not kr.archived:
        raise Refusal(f"{kr.ref} is not archived.")
    known.archive(session, kr, None)
    changes.record(session, who.workspace, *of_key_result(kr, replace(kr, archived=False), who.id, now))
    objectives.refresh_homes(session, who, objective, now, kr)
    return replace(kr, archived=False)


def not_archived(kr: KeyResult) -> KeyResult:
    """The key result, if it can still be changed; raises `Refusal` when it is archived."""
    if kr.archived:
        raise Refusal(f"{kr.ref} is archived. Restore it first if it is still wanted.")
    return kr


def _not_declined(kr: KeyResult) -> None:
    if kr.stage is Stage.DECLINED:
        raise Refusal(f"{kr.ref} has been declined, so there is nothing to change.")


def whose(kr: KeyResult) -> str:
    """The key result as a refusal speaks of it."""
    return f"{kr.ref}, which is {kr.owner.name}'s"


def _let_help(session: Session, who: Member, kr: KeyResult, slack_ids: Sequence[str] | None) -> KeyResult:
    """Let exactly these people help with it, but for its owner, who does anyway, and for who has left."""
    if slack_ids is None or not (slack_ids or kr.contributors):
        return kr
    gone = {each.slack_id for each in kr.contributors if not can_take_part(each)}
    wanted = [id for id in slack_ids if id not in gone | {kr.owner.slack_id}]
    helping = people.the_people(session, who.workspace, wanted, "contributors")
    known.let_help(session, kr, helping)
    return replace(kr, contributors=tuple(sorted(helping, key=lambda each: each.name)))


def _hands(kr: KeyResult) -> frozenset[MemberId]:
    """Everybody who works on it."""
    return frozenset(each.id for each in (kr.owner, *kr.contributors))


def _to_extend(session: Session, who: Member, which: Reference | ObjectiveId, now: datetime) -> Objective:
    """The objective, if this person may add key results to it."""
    objective = changeable(sight.the_objective(session, who, which), sight.today(session, who, now))
    allow(Verb.ADD_KEY_RESULT, who, str(objective.ref), objective.stake)
    return unscored(objective)


def _to_change(
    session: Session, who: Member, which: Reference | KeyResultId, now: datetime
) -> tuple[KeyResult, Objective]:
    """The key result and its objective, if this person may change them and the cycle is open."""
    kr, objective = sight.the_key_result(session, who, which)
    allow(Verb.EDIT_KEY_RESULT, who, whose(kr), objective.stake_in(kr))
    _not_declined(kr)
    changeable(objective, sight.today(session, who, now))
    return kr, objective


def _measured(draft: KeyResultDraft) -> Measure:
    if draft.kind not in set(MeasureKind):
        raise Refusal("That is no way of measuring that I know. Choose one from the list.", "kind")
    kind = MeasureKind(draft.kind)
    return measure(draft.start, draft.target, draft.unit, kind, draft.current, draft.upper, draft.milestones)


def _measured_again(before: Measure, draft: KeyResultDraft) -> Measure:
    """The measure as it is to be; unless another value was typed, it stays where it is as far as it can."""
    begun = before if draft.alone >= MEASURED else _measured(replace(draft, current=""))
    if begun is before and not draft.current.strip():
        return before
    there = _where_it_was(before, begun)
    if draft.current.strip() and begun.kind.is_number:
        return begun.at(moved(there, draft.current, "current"))
    if there is not begun:
        inside(begun, there.current, "current", below_zero=True)
    return there


def _corrected(kr: KeyResult, measured: Measure, who: Member, now: datetime) -> list[Update]:
    """The update that another value in its form is; none where it stays, or begins anew in another measure."""
    then = kr.measure
    if measured.current == then.current or measured.out_of != then.out_of:
        return []
    return [Update(kr.id, measured.current, then.current, kr.confidence, "", who.id, now, out_of=measured.out_of)]


def _where_it_was(before: Measure, begun: Measure) -> Measure:
    """The new measure at the old one's value, where that says something of it."""
    if not before.measured or not _same_scale(before, begun):
        return begun
    if begun.kind is MeasureKind.MILESTONES:
        return begun.reaching(still_reached(before.milestones, before.reached, begun.milestones))
    return begun.at(before.current)


def _same_scale(before: Measure, after: Measure) -> bool:
    """Whether a value of the one is a value of the other."""
    return before.kind is after.kind or (before.kind.is_number and after.kind.is_number)
