"""What an objective is written down with besides its title: the cycle it is for, how settled it is, who shares it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain import drafting
from domain.changes import Change, What
from domain.cycles import BACKLOG, Cycle, Period, quarter, quarter_after
from domain.errors import Refusal
from domain.objectives import KeyResult, Level, Objective, ObjectiveDraft, Stage, readable
from domain.outbox import Mode, Outgoing, Priority
from domain.people import Member, MemberId, Role, can_take_part
from domain.policy import Policy
from domain.stages import first_stage, may_agree, stepped
from operations import people, planning
from operations.telling import tell, tell_of_part
from storage import adjusting, changes, cycles, key_results, objectives, outbox, policy, teams
from storage import people as known
from storage.database import Session

PROPOSED_RULE = "whoever can agree to an objective hears when one is proposed"
AGREED_RULE = "the owners of an objective hear when somebody has agreed to it"


def cycles_offered(session: Session, who: Member, today: date, rules: Policy) -> list[Period]:
    """The cycles that an objective can be for: the one that people mean today first, the backlog last.

    None of them is over. Where quarters open by themselves the next one is always among them.
    """
    here = planning.current_cycle(session, who.workspace, today).period
    every = cycles.all_of(session, who.workspace)
    over = {each.name for each in every if each.is_over(today)}
    coming = [quarter_after(quarter(today))] if rules.quarters else []
    there = [each.period for each in reversed(every) if not each.is_backlog]
    periods = [*there, *(each for each in coming if each.name not in {period.name for period in there})]
    later = sorted(periods, key=lambda period: (period.starts, period.ends))
    opened = {each.name for each in every} | ({here.name} if rules.quarters else set())
    offered = {period.name: period for period in (here, *later, BACKLOG)}
    return [period for name, period in offered.items() if name not in over and (name in opened or period != here)]


def the_cycle(session: Session, who: Member, name: str | None, today: date) -> Cycle:
    """The cycle of this name, opened if it was not; without a name, the one that people mean today.

    Where somebody has closed that before its last day, or none runs, it is the next one.
    """
    if name is None:
        here = planning.open_cycle(session, who.workspace, today)
        if here.id and not here.is_over(today):
            return here
    rules = policy.policy(session, who.workspace)
    offered = cycles_offered(session, who, today, rules)
    if name is None:
        name = next(each.name for each in offered if each.ends >= today)
    named = {each.name: each for each in offered}
    once = None if name in named else adjusting.once_called(session, who.workspace, name)
    period = named.get(once.name if once else name)
    if period is None:
        raise Refusal("That cycle is not open any more. Choose another one.", "cycle")
    closes = None if period == BACKLOG else period.ends + timedelta(days=rules.closing_days)
    return cycles.opened(session, who.workspace, period, closes)


def filled(session: Session, who: Member, before: Objective, draft: ObjectiveDraft, today: date) -> Objective:
    """The objective with what the form asked for besides its title, owner, team and parent; the rest stays."""
    after = replace(
        before,
        cycle=before.cycle if draft.cycle in {None, before.cycle.name} else the_cycle(session, who, draft.cycle, today),
        co_owners=_co_owners(session, who, before, draft),
        description=before.description if draft.description is None else drafting.description(draft.description),
        aspirational=before.aspirational if draft.aspirational is None else draft.aspirational,
        visibility=draft.visibility or before.visibility,
        tags=before.tags if draft.tags is None else drafting.tags(draft.tags),
    )
    return drafting.visibility_and_team(after)


def settled(session: Session, who: Member, objective: Objective, to: Stage | None, today: date) -> Objective:
    """The objective at the stage that was chosen, or where a new one begins; raises `Refusal` when it cannot be there.

    Whoever wrote it down must still be able to read it.
    """
    rules = policy.policy(session, who.workspace)
    if objective.number:
        after = objective if to in {None, objective.stage} else stepped(who, objective, to or objective.stage, rules)
    else:
        after = replace(objective, stage=to or first_stage(who, objective, today, rules))
        if to is Stage.AGREED:
            _agreed_by(who, objective, rules)
    if not readable(who, after):
        raise Refusal("Then you could not see it yourself, which only its owner should choose.", _hidden_by(who, after))
    return after


def announce(session: Session, who: Member, before: Objective | None, after: Objective, now: datetime) -> None:
    """Let those know who have to do with how settled an objective is from now on; keep where a new one began."""
    was = before.stage if before else None
    if was is after.stage:
        return
    if before is None and after.stage is not Stage.AGREED:
        changes.record(session, who.workspace, Change(after.id, What.STAGE, "", after.stage.value, who.id, now))
    if after.stage is Stage.PROPOSED:
        whom = asked_to_agree(session, who, after, policy.policy(session, who.workspace))
        tell(session, who.workspace, [_proposed(who, one, after, now) for one in whom], now)
    elif after.stage is Stage.AGREED and before:
        key_results.begin(session, who.workspace, [kr.id for kr in after.key_results if kr.updated_at is None], now)
        whom = _others([after.owner, *after.co_owners], who, after)
        tell(session, who.workspace, [_agreed(who, one, after, now) for one in whom], now)
        _settle(session, who, after, now)
        _tell_hands(session, who, after, now)


def _settle(session: Session, who: Member, objective: Objective, now: datetime) -> None:
    """Put what became of it in place of each question to the others who could have agreed."""
    steps = [each for each in changes.of_objective(session, who.workspace, objective.id) if each.what is What.STAGE]
    proposed = [each.at for each in steps if each.key_result is None and each.after == Stage.PROPOSED.value]
    for one in _circle(session, who, objective) if proposed else []:
        key = _question_key(objective, one, max(proposed))
        if one.id != who.id and outbox.is_planned(session, who.workspace, key):
            outbox.withdraw(session, who.workspace, key, now)
            outbox.put(session, _settled(who, one, objective, key), now)


def _circle(session: Session, who: Member, objective: Objective) -> list[Member]:
    """Everybody who can have been asked to agree to it, each once."""
    held = known.holders(session, who.workspace)
    runs = [*held.get(Role.SPONSOR, []), *held.get(Role.CHAMPION, []), *known.admins(session, who.workspace)]
    every = [objective.owner, *objective.co_owners, *_leads(session, objective), *runs]
    return list({one.id: one for one in every}.values())


def _tell_hands(session: Session, who: Member, objective: Objective, now: datetime) -> None:
    """Tell each who has a key result in it, and does not own it, that this counts from now on."""
    theirs: dict[MemberId, list[KeyResult]] = {}
    for kr in objective.key_results:
        if kr.owner.id not in objective.stake.owners and can_take_part(kr.owner):
            theirs.setdefault(kr.owner.id, []).append(kr)
    for parts in theirs.values():
        tell_of_part(session, who, parts[0].owner, now, key_results=[kr.id for kr in parts])


def owned_beside(session: Session, who: Member, objective: Objective) -> int:
    """How many objectives its owner has in its cycle as far as this person may know, itself included."""
    owner = objective.owner
    found = objectives.in_cycle(session, owner.workspace, objective.cycle.period, owner=owner)
    theirs = (each for each in found if each.owner.id == owner.id and each.stage is not Stage.DECLINED)
    return sum(readable(who, each) for each in theirs)


def asked_to_agree(
    session: Session, who: Member, objective: Objective, rules: Policy, about: KeyResult | None = None
) -> list[Member]:
    """Those who can agree to it and are nearest: its owners, the lead or the sponsors, else champions, else admins.

    Where it is `about` a key result, nobody is asked about their own.
    """
    held = known.holders(session, who.workspace)
    owners: Sequence[Member] = () if rules.review else (objective.owner, *objective.co_owners)
    circles: tuple[Iterable[Member], ...] = (
        owners,
        held.get(Role.SPONSOR, []) if objective.level is Level.COMPANY else _leads(session, objective),
        held.get(Role.CHAMPION, []),
        known.admins(session, who.workspace),
    )
    each = (_others(circle, who, objective) for circle in circles)
    able = (
        [one for one in circle if may_agree(one, objective, rules) and (about is None or one.id != about.owner.id)]
        for circle in each
    )
    return next((circle for circle in able if circle), [])


def _leads(session: Session, objective: Objective) -> list[Member]:
    """The lead of its team; of somebody's own objective without a team, those of the teams that they are in."""
    if objective.team or objective.level is not Level.INDIVIDUAL:
        near = [objective.team] if objective.team else []
    else:
        near = list(teams.by_id(session, objective.owner.workspace, sorted(objective.owner.teams)).values())
    return [team.lead for team in near if team.lead and not team.archived]


def _others(circle: Iterable[Member], who: Member, objective: Objective) -> list[Member]:
    """Those of them who can be written to and may read it, but not whoever did it; each once."""
    able = [one for one in circle if one.id != who.id and can_take_part(one) and readable(one, objective)]
    return list({one.id: one for one in able}.values())


def _proposed(by: Member, to: Member, objective: Objective, now: datetime) -> Outgoing:
    return Outgoing(
        workspace=to.workspace,
        kind="objective proposed",
        place=to.slack_id,
        key=_question_key(objective, to, now),
        rule=PROPOSED_RULE,
        facts={"objective": objective.id, "by": by.slack_id},
    )


def _question_key(objective: Objective, to: Member, at: datetime) -> str:
    return f"objective proposed {objective.id} to {to.id} at {at.isoformat()}"


def _settled(by: Member, to: Member, objective: Objective, said: str) -> Outgoing:
    return Outgoing(
        workspace=to.workspace,
        kind="objective settled",
        place=to.slack_id,
        key=f"{said} settled",
        rule=PROPOSED_RULE,
        facts={"objective": objective.id, "by": by.slack_id, "said": said},
        mode=Mode.SHOW,
        priority=Priority.SHOW,
    )


def _agreed(by: Member, to: Member, objective: Objective, now: datetime) -> Outgoing:
    return Outgoing(
        workspace=to.workspace,
        kind="objective agreed",
        place=to.slack_id,
        key=f"objective agreed {objective.id} to {to.id} at {now.isoformat()}",
        rule=AGREED_RULE,
        facts={"objective": objective.id, "by": by.slack_id},
    )


def _co_owners(session: Session, who: Member, before: Objective, draft: ObjectiveDraft) -> tuple[Member, ...]:
    """Who owns it together with its owner; those who have left are left out without a word."""
    if draft.co_owners is None:
        return tuple(each for each in before.co_owners if each.id != before.owner.id)
    gone = {each.slack_id for each in before.co_owners if not can_take_part(each)}
    chosen = [id for id in draft.co_owners if id not in gone]
    found = people.the_people(session, who.workspace, chosen, "co_owners")
    return tuple(sorted((each for each in found if each.id != before.owner.id), key=lambda each: each.name))


def _agreed_by(who: Member, objective: Objective, rules: Policy) -> None:
    """Raise `Refusal` where somebody else has to agree to a new objective first."""
    if rules.review and not may_agree(who, objective, rules):
        raise Refusal("Here somebody else agrees to an objective before it counts: propose it.", "stage")


def _hidden_by(who: Member, objective: Objective) -> str:
    """The field that hides it from them."""
    return "stage" if readable(who, replace(objective, stage=Stage.AGREED)) else "visibility"
