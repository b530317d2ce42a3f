"""Handing over what somebody owns: offered when they leave, done by hand when they move on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.changes import Change, What
from domain.cycles import Cycle, CycleId
from domain.errors import Refusal, Settled
from domain.hand_over import (
    Estate,
    Holding,
    chose_for,
    fell_to,
    heir,
    holdings,
    may_hand_over,
    sealed,
    taken_blind,
    without_lead,
)
from domain.objectives import KeyResultId, Objective, ObjectiveId, readable
from domain.outbox import Outgoing
from domain.people import Member, MemberId, Role, Team, TeamId, WorkspaceId, can_take_part
from domain.permissions import Stake, Verb, allow, may
from domain.schedules import local_day
from operations import check_ins as asking
from operations import people
from operations.telling import may_speak, tell_new_owner
from storage import changes, check_ins, cycles, outbox, policy, teams
from storage import key_results as known_key_results
from storage import objectives as known
from storage import people as members
from storage.database import Session

RULE = "a lead is told what somebody who has left owned"


@dataclass(frozen=True, slots=True)
class Offer:
    """What one person may give away of what another owns, with whom it would go to if nobody else is chosen.

    `sealed` is what they cannot read, and nobody else who would be asked: it is given on without its title being told.
    """

    who: Member
    of: Member
    each: tuple[tuple[Holding, Member], ...]
    sealed: tuple[Objective, ...] = ()


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was given to whom; `sealed` without having been read."""

    of: Member
    each: tuple[tuple[Holding, Member], ...]
    sealed: tuple[tuple[Objective, Member], ...] = ()


def left(session: Session, workspace: WorkspaceId, gone: Sequence[Member], now: datetime) -> None:
    """These people were deactivated: they are asked nothing more, and who can see to it is told, once each."""
    speaks = may_speak(session, workspace)
    for who in gone:
        opened = check_ins.current(session, who, now)
        if opened:
            outbox.withdraw(session, workspace, asking.prompt_key(opened.id), now)
        if speaks:
            _tell_of(session, who, now)


def offer(session: Session, who: Member, slack_id: str, now: datetime) -> Offer:
    """What this person may hand over of what somebody owns; raises `Refusal` when that is nothing."""
    estate = _estate(session, people.anybody(session, who.workspace, slack_id), now)
    _allow(who, estate)
    each = tuple((holding, heir(holding, estate) or who) for holding in _theirs_to_give(who, estate))
    closed = _sealed_for(who, estate)
    if not each and not closed:
        raise Settled(f"{estate.of.name} owns nothing in an open cycle that is yours to hand over.")
    return Offer(who, estate.of, each, closed)


def offered(session: Session, who: Member, leaver: MemberId, now: datetime) -> Offer | None:
    """What somebody who has left still owns and this person is to see to; None once there is nothing left to do."""
    gone = members.by_id(session, who.workspace, [leaver]).get(leaver)
    if gone is None or gone.active:
        return None
    estate = _estate(session, gone, now)
    each = tuple((holding, who) for holding in estate.holdings if _is(heir(holding, estate), who))
    closed = sealed(estate) if estate.stewards and _is(estate.stewards[0], who) else ()
    return Offer(who, gone, each, closed) if each or closed else None


def hand_over(session: Session, who: Member, slack_id: str, chosen: Mapping[str, str], now: datetime) -> HandedOver:
    """Give what somebody owns to others: `chosen` has the Slack id of the new owner by reference.

    What is another's by now, or stays with whom it is, is passed over. Each new owner hears of it once.
    """
    of = people.anybody(session, who.workspace, slack_id)
    estate = _estate(session, of, now)
    _allow(who, estate)
    given = [
        (holding, _new_owner(session, who, holding, chosen[str(holding.ref)]))
        for holding in _theirs_to_give(who, estate)
        if chosen.get(str(holding.ref)) not in {None, "", slack_id}
    ]
    blind = [
        (
            objective,
            taken_blind(who, _new_owner(session, who, Holding(objective), chosen[str(objective.ref)]), objective),
        )
        for objective in _sealed_for(who, estate)
        if chosen.get(str(objective.ref)) not in {None, "", slack_id}
    ]
    if not given and not blind:
        raise Refusal("Nothing was handed over: choose somebody else for at least one of these.")
    every = [*given, *((each, new) for objective, new in blind for each in _within(objective, estate))]
    for objective in {holding.objective.id for holding, _ in every}:
        _keep(session, who, of, [each for each in every if each[0].objective.id == objective], now)
    _announce(session, who, of, every, now)
    owners = {id for holding, _ in every for id in holding.objective.owners}
    people.refresh_homes(session, who.workspace, owners | {who.id, of.id} | {new.id for _, new in every}, now)
    return HandedOver(of, tuple(given), tuple(blind))


def received(
    session: Session, who: Member, objectives: Iterable[ObjectiveId], key_results: Iterable[KeyResultId]
) -> list[Holding]:
    """Of what somebody was given, what is still theirs and there to be read."""
    found = [Holding(each) for each in known.by_id(session, who.workspace, list(objectives))]
    parts = known_key_results.by_id(session, who.workspace, list(key_results))
    found += [Holding(above, kr) for kr, above in parts.values()]
    return [each for each in found if each.owner.id == who.id and readable(who, each.objective)]


def shared(
    session: Session, who: Member, objectives: Iterable[ObjectiveId], key_results: Iterable[KeyResultId]
) -> list[Holding]:
    """Of what somebody was given a part in, what is theirs alone or with others, counts, and is there to be read."""
    wholes = [Holding(each) for each in known.by_id(session, who.workspace, list(objectives))]
    found = known_key_results.by_id(session, who.workspace, list(key_results))
    parts = [Holding(above, kr) for kr, above in found.values()]
    owned = [each for each in wholes if who.id in each.objective.stake.owners]
    owned += [each for each in parts if each.owner.id == who.id]
    return [each for each in owned if each.counts and readable(who, each.objective)]


def leaderless(session: Session, workspace: WorkspaceId, team: TeamId) -> Team | None:
    """The team, while nobody leads it."""
    found = teams.by_id(session, workspace, [team]).get(team)
    return found if found and not found.archived and found.lead is None else None


def championless(session: Session, workspace: WorkspaceId) -> list[Team] | None:
    """The teams without a lead, while there is no champion either; None once there is one."""
    champions = members.holders(session, workspace).get(Role.CHAMPION, [])
    if any(can_take_part(each) for each in champions):
        return None
    return [team for team in teams.all_of(session, workspace) if team.lead is None and not team.archived]


# finding


def _estate(session: Session, of: Member, now: datetime) -> Estate:
    """What somebody owns in every cycle that can still be changed, and who could look after it."""
    today = local_day(now, policy.policy(session, of.workspace).zone)
    found = {
        each.id: each
        for cycle in _open_cycles(session, of.workspace, now)
        for each in known.in_cycle(session, of.workspace, cycle.period, owner=of)
        if not each.cycle.is_closed(today)
    }
    in_order = sorted(found.values(), key=lambda each: each.number)
    mine = [team for team in teams.all_of(session, of.workspace) if team.id in of.teams]
    leads = tuple(team.lead for team in mine if team.lead)
    return Estate(of, tuple(holdings(of, in_order)), leads, tuple(_stewards(session, of)))


def _open_cycles(session: Session, workspace: WorkspaceId, now: datetime) -> list[Cycle]:
    today = local_day(now, policy.policy(session, workspace).zone)
    return [cycle for cycle in cycles.all_of(session, workspace) if not cycle.is_closed(today)]


def _stewards(session: Session, of: Member) -> list[Member]:
    """The champions, and where there are none the admins, in the order in which they are asked."""
    champions = [each for each in members.holders(session, of.workspace).get(Role.CHAMPION, []) if can_take_part(each)]
    here = [each for each in champions if each.id != of.id]
    return sorted(here, key=lambda each: each.id) or [
        each for each in members.admins(session, of.workspace) if each.id != of.id
    ]


def _sealed_for(who: Member, estate: Estate) -> tuple[Objective, ...]:
    """What nobody can read who would be asked, for those who run the programme: they choose who shall."""
    return sealed(estate) if any(_is(each, who) for each in estate.stewards) else ()


def _within(objective: Objective, estate: Estate) -> list[Holding]:
    """The objective with the key results of it that are the same person's."""
    return [each for each in estate.holdings if each.objective.id == objective.id]


def _theirs_to_give(who: Member, estate: Estate) -> list[Holding]:
    return [holding for holding in estate.holdings if may_hand_over(who, holding, estate)]


def _allow(who: Member, estate: Estate) -> None:
    """Raise `NotAllowed`, whatever there is, unless this person may hand over something of this one's."""
    if _theirs_to_give(who, estate):
        return
    stakes = [Stake(owners=frozenset({estate.of.id}), team=team) for team in (None, *estate.of.teams)]
    if not any(may(Verb.HAND_OVER, who, stake) for stake in stakes):
        allow(Verb.HAND_OVER, who, f"what {estate.of.name} owns", stakes[0])


def _is(one: Member | None, other: Member) -> bool:
    return one is not None and one.id == other.id


# doing


def _new_owner(session: Session, who: Member, holding: Holding, slack_id: str) -> Member:
    return people.the_people(session, who.workspace, [slack_id], f"owner {holding.ref}")[0]


def _keep(session: Session, who: Member, of: Member, given: Sequence[tuple[Holding, Member]], now: datetime) -> None:
    """What changes owner in one objective."""
    why = f"{of.name} {'moved on' if of.active else 'left'}"
    for holding, new in given:
        objective, kr = holding.objective, holding.key_result
        if kr:
            known_key_results.change(session, replace(kr, owner=new))
            known_key_results.let_help(session, kr, [each for each in kr.contributors if each.id != new.id])
        else:
            known.change(session, replace(objective, owner=new))
            known.share(session, objective, [each for each in objective.co_owners if each.id != new.id])
        kept = Change(objective.id, What.OWNER, of.name, new.name, who.id, now, kr.id if kr else None, why)
        changes.record(session, who.workspace, kept)


# telling


def _tell_of(session: Session, gone: Member, now: datetime) -> None:
    """Ask each who can see to something of theirs or to what was theirs to see to, and those who run the programme to
    find a new lead or champion.
    """
    estate = _estate(session, replace(gone, active=False), now)
    _ask(session, estate, estate.holdings, sealed(estate), now)
    for before in known.owners(session, gone.workspace, _ids(_open_cycles(session, gone.workspace, now)), active=False):
        left_earlier = _estate(session, before, now)
        closed = sealed(left_earlier) if chose_for(gone, left_earlier) else ()
        fell = [each for each in left_earlier.holdings if fell_to(gone, each, left_earlier)]
        if before.id != gone.id:
            _ask(session, left_earlier, fell, closed, now)
    _tell_who_runs_it(session, gone, estate, now)


def _ask(session: Session, estate: Estate, each: Iterable[Holding], closed: Sequence[Objective], now: datetime) -> None:
    """Ask whoever these fall to, and one of those who run the programme about what is closed to all."""
    found = [*(heir(holding, estate) for holding in each), *(estate.stewards[:1] if closed else ())]
    for new in {one.id: one for one in found if one}.values():
        outbox.put(session, _asked(estate.of, new, now), now)


def _tell_who_runs_it(session: Session, gone: Member, estate: Estate, now: datetime) -> None:
    """Tell a champion of each team that has lost its lead; without one, every admin, also of the other teams' lack."""
    every = teams.all_of(session, gone.workspace)
    champions = [each for each in estate.stewards if Role.CHAMPION in each.roles]
    for to in champions[:1] or estate.stewards:
        for team in without_lead(every, gone):
            outbox.put(session, _without_lead(team, gone, to, now), now)
    if Role.CHAMPION in gone.granted and not champions:
        for to in estate.stewards:
            outbox.put(session, _without_champion(gone, to, now), now)


def _ids(each: Iterable[Cycle]) -> list[CycleId]:
    return [cycle.id for cycle in each]


def _asked(gone: Member, new: Member, now: datetime) -> Outgoing:
    return Outgoing(
        workspace=gone.workspace,
        kind="hand-over",
        place=new.slack_id,
        key=f"hand-over of {gone.id} to {new.id} {now.isoformat()}",
        rule=RULE,
        facts={"leaver": gone.id},
    )


def _without_lead(team: Team, gone: Member, champion: Member, now: datetime) -> Outgoing:
    return Outgoing(
        workspace=gone.workspace,
        kind="team without lead",
        place=champion.slack_id,
        key=f"team {team.id} without lead {gone.id} to {champion.id} {now.isoformat()}",
        rule="a champion is told when a team has lost its lead",
        facts={"team": team.id, "leaver": gone.id},
    )


def _without_champion(gone: Member, admin: Member, now: datetime) -> Outgoing:
    return Outgoing(
        workspace=gone.workspace,
        kind="no champion",
        place=admin.slack_id,
        key=f"no champion after {gone.id} to {admin.id} {now.isoformat()}",
        rule="the admins are told when there is no champion any more",
        facts={"leaver": gone.id},
    )


def _announce(
    session: Session, who: Member, of: Member, given: Sequence[tuple[Holding, Member]], now: datetime
) -> None:
    """Tell each new owner but the one who did it."""
    theirs: dict[MemberId, list[Holding]] = defaultdict(list)
    folk = {new.id: new for _, new in given}
    for holding, new in given:
        theirs[new.id].append(holding)
    for id, each in theirs.items():
        whole = [one.objective.id for one in each if one.key_result is None]
        parts = [one.key_result.id for one in each if one.key_result]
        tell_new_owner(session, who, of, folk[id], now, whole, parts)
