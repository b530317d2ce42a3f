"""Status: set by hand and taken back, and the question about what is on track without moving."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain import overrides
from domain.changes import BY_NUMBERS, Change, What
from domain.closing import unscored
from domain.cycles import Cycle
from domain.errors import Refusal
from domain.home import Moment
from domain.left_alone import by_then
from domain.objectives import KeyResult, KeyResultId, Objective, Override, changeable
from domain.outbox import Outgoing, Priority
from domain.overrides import OverrideDraft, in_force
from domain.people import Member, WorkspaceId
from domain.permissions import Verb, allow
from domain.policy import Policy
from domain.references import Reference
from domain.schedules import local_day, working_hour
from domain.stages import counted
from domain.status import ASKED_ABOUT, flat_since, has_ended, is_green_but_flat
from operations import crossings, key_results, people, planning, sight
from operations.telling import tell
from storage import changes, outbox, policy
from storage import key_results as known
from storage import people as members
from storage import planning as plans
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Judged:
    """A key result whose status somebody may set, or has just set, by hand."""

    key_result: KeyResult
    objective: Objective
    moment: Moment
    who: Member


@dataclass(frozen=True, slots=True)
class Flat:
    """A key result that is reported green and has not moved since then."""

    workspace: WorkspaceId
    key_result: KeyResultId
    owner: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """What its owner is asked about a key result that has not moved for so many weeks."""

    key_result: KeyResult
    objective: Objective
    moment: Moment
    weeks: int


@dataclass(frozen=True, slots=True)
class Quiet:
    """A key result of a cycle about which nobody asks before a day, or without one never again."""

    key_result: KeyResult
    cycle: Cycle
    until: date | None


def to_judge(session: Session, who: Member, which: Reference | KeyResultId, now: datetime) -> Judged:
    """A key result whose status this person may set by hand."""
    kr, objective = sight.the_key_result(session, who, which)
    allow(Verb.OVERRIDE_STATUS, who, key_results.whose(kr), objective.stake_in(kr))
    unscored(changeable(objective, sight.today(session, who, now)))
    return Judged(counted(key_results.not_archived(kr)), objective, sight.moment(session, who, now), who)


def say(session: Session, who: Member, which: Reference | KeyResultId, text: str, now: datetime) -> Judged:
    """Set a status in words: "at risk until 4 Dec because the vendor is late", or "auto" to take it back."""
    draft = overrides.typed(text, sight.moment(session, who, now).today)
    return judge(session, who, which, draft, now)


def judge(
    session: Session, who: Member, which: Reference | KeyResultId, draft: OverrideDraft | None, now: datetime
) -> Judged:
    """Set a status by hand, or without a draft take it back; kept with the reason."""
    judged = to_judge(session, who, which, now)
    kr, objective, today = judged.key_result, judged.objective, judged.moment.today
    standing = in_force(kr.override, today)
    if draft and standing:
        draft = by_then(draft, OverrideDraft(standing.status, standing.reason, standing.until))
    set_now = _set(session, who, draft, today) if draft else None
    if draft is None and standing is None:
        raise Refusal(f"The status of {kr.ref} is worked out already; nobody has set it by hand.")
    after = replace(kr, override=set_now)
    passed = crossings.by_time(session, who, [(kr, objective)], judged.moment)[kr.id]
    known.change(session, after)
    why = set_now.reason if set_now else ""
    before, then = _in_words(standing), _in_words(set_now)
    by_hand = Change(objective.id, What.STATUS, before, then, who.id, now, kr.id, why)
    changes.record(session, who.workspace, *passed, by_hand)
    people.refresh_homes(session, who.workspace, objective.owners | {who.id}, now)
    if set_now and who.id != kr.owner.id:
        _tell(session, after, now)
    return replace(judged, key_result=after)


def _tell(session: Session, kr: KeyResult, now: datetime) -> None:
    """Let the owner hear it first-hand when somebody else has set the status of what is theirs."""
    told = Outgoing(
        workspace=kr.owner.workspace,
        kind="status set",
        place=kr.owner.slack_id,
        key=f"status set {kr.id} {now.isoformat()}",
        rule="somebody else set a status of yours",
        facts={"key_result": kr.id},
    )
    tell(session, kr.owner.workspace, [told], now)


def set_by_another(session: Session, who: Member, id: KeyResultId, now: datetime) -> Judged | None:
    """The status of a key result of theirs that somebody else has set, as long as it stands."""
    found = _theirs(session, who, id)
    if found is None:
        return None
    at = sight.moment(session, who, now)
    override = in_force(found[0].override, at.today)
    return Judged(*found, at, who) if override and override.by.id != who.id else None


def _theirs(session: Session, who: Member, id: KeyResultId) -> tuple[KeyResult, Objective] | None:
    """A key result that they still own, with its objective."""
    found = known.key_result(session, who.workspace, id)
    return found if found and found[0].owner.id == who.id else None


def _set(session: Session, who: Member, draft: OverrideDraft, today: date) -> Override:
    named = replace(draft, reason=people.with_names(session, who.workspace, draft.reason))
    return overrides.override(named, who, today)


def _in_words(override: Override | None) -> str:
    return f"{override.status} until {override.until:%-d %B %Y}" if override else BY_NUMBERS


# what is green but flat


def flat(session: Session, now: datetime) -> list[Flat]:
    """Everything that is reported green but has not moved, of owners for whom it is a working hour: three statements
    for each workspace, however many people it has.
    """
    return [each for workspace in members.workspaces(session) for each in _flat(session, workspace, now)]


def _flat(session: Session, workspace: WorkspaceId, now: datetime) -> list[Flat]:
    rules = policy.policy(session, workspace)
    asked = planning.asked(session, workspace, rules, now)
    ids = plans.unmoved(session, asked, now - rules.stale_after, now - _patience(rules), ASKED_ABOUT)
    found = known.by_id(session, workspace, ids).values()
    return [
        Flat(workspace, kr.id, kr.owner.slack_id, flat_since(kr, objective.cycle))
        for kr, objective in found
        if working_hour(now, kr.owner.zone) and is_green_but_flat(kr, objective.cycle, now, asked.day, rules)
    ]


def ask(session: Session, each: Sequence[Flat], now: datetime) -> None:
    """Ask the owners of these, each once in the weeks that the policy gives them; nobody else hears of it."""
    for one in each:
        rules = policy.policy(session, one.workspace)
        times = (now - one.since) // _patience(rules)
        outbox.put(
            session,
            Outgoing(
                workspace=one.workspace,
                kind="flat question",
                place=one.owner,
                key=f"flat question {one.key_result} {one.since:%Y-%m-%d} {times}",
                rule="on track without moving",
                facts={"key_result": one.key_result},
                priority=Priority.PROMPT,
                expires_at=now + planning.STILL_WELCOME,
            ),
            now,
        )
        plans.keep_quiet(session, one.workspace, one.key_result, _next_time(rules, now))


def question(session: Session, who: Member, id: KeyResultId, now: datetime) -> Question | None:
    """The question to its owner, as long as it is still theirs and still on track without moving."""
    found = _theirs(session, who, id)
    if found is None:
        return None
    at = sight.moment(session, who, now)
    kr, objective = found
    if kr.archived or objective.archived or not is_green_but_flat(kr, objective.cycle, now, at.today, at.policy):
        return None
    return Question(kr, objective, at, (now - flat_since(kr, objective.cycle)).days // 7)


def will_move(session: Session, who: Member, id: KeyResultId, now: datetime) -> Quiet:
    """Its owner says that it will move: nobody asks again until as many weeks have passed; where it is over, never."""
    kr, objective = sight.the_key_result(session, who, id)
    allow(Verb.CHECK_IN, who, key_results.whose(kr), objective.stake_in(kr))
    today = sight.today(session, who, now)
    if has_ended(objective, today) or objective.cycle.is_over(today):
        return Quiet(kr, objective.cycle, None)
    until = _next_time(policy.policy(session, who.workspace), now)
    plans.keep_quiet(session, who.workspace, kr.id, until)
    return Quiet(kr, objective.cycle, until)


def _patience(rules: Policy) -> timedelta:
    """How long something may be green without moving."""
    return timedelta(weeks=max(rules.flat_weeks, 1))


def _next_time(rules: Policy, now: datetime) -> date:
    return local_day(now, rules.zone) + _patience(rules)
