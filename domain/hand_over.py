"""Handing over: who takes on what somebody owned, when they leave or move on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.errors import Refusal
from domain.objectives import KeyResult, Objective, Stage, readable
from domain.people import Member, Role, Team, can_take_part
from domain.permissions import Stake, Verb, may
from domain.references import Reference


@dataclass(frozen=True, slots=True)
class Holding:
    """Something that somebody owns: an objective, or with `key_result` that one of its key results."""

    objective: Objective
    key_result: KeyResult | None = None

    @property
    def ref(self) -> Reference:
        """What people type to mean it."""
        return self.key_result.ref if self.key_result else self.objective.ref

    @property
    def title(self) -> str:
        """What it says."""
        return self.key_result.title if self.key_result else self.objective.title

    @property
    def owner(self) -> Member:
        """Whose it is."""
        return self.key_result.owner if self.key_result else self.objective.owner

    @property
    def counts(self) -> bool:
        """Whether it is agreed and not put away."""
        whole, kr = self.objective, self.key_result
        agreed = whole.stage is Stage.AGREED and not whole.archived
        return agreed and (kr is None or any(each.id == kr.id for each in whole.key_results))

    @property
    def stake(self) -> Stake:
        """Who has which part in it."""
        return self.objective.stake_in(self.key_result) if self.key_result else self.objective.stake


@dataclass(frozen=True, slots=True)
class Estate:
    """What somebody holds, and who could look after it: the leads of their teams, champions and admins, in order."""

    of: Member
    holdings: tuple[Holding, ...]
    leads: tuple[Member, ...]
    stewards: tuple[Member, ...]


def holdings(of: Member, objectives: Iterable[Objective]) -> list[Holding]:
    """What somebody owns among these objectives, archived parts apart: first objectives, then key results."""
    present = [each for each in objectives if not each.archived]
    mine = [Holding(each) for each in present if each.owner.id == of.id]
    parts = [Holding(each, kr) for each in present for kr in (*each.key_results, *each.proposals)]
    return [*mine, *(each for each in parts if each.owner.id == of.id)]


def heir(holding: Holding, estate: Estate) -> Member | None:
    """Who is asked to see to it: the lead of its team, else of the person's team, else a champion, else an admin.

    Nobody is asked about what they may not read: where none of these may, it is somebody with a part in it, or nobody.
    """
    return _first_able(_in_order(holding, estate), holding, estate)


def sealed(estate: Estate) -> tuple[Objective, ...]:
    """What counts and falls to nobody, since none who would be asked can read it: to be given on, not to be opened."""
    wholes = [each for each in estate.holdings if each.key_result is None and each.counts]
    return () if estate.of.active else tuple(each.objective for each in wholes if heir(each, estate) is None)


def fell_to(gone: Member, holding: Holding, estate: Estate) -> bool:
    """Whether this was for somebody to see to who has now left as well."""
    back = replace(gone, active=True)
    team = holding.objective.team
    led = [back] if team and team.id in gone.leads else []
    before = replace(
        estate,
        leads=(back, *estate.leads) if gone.leads & estate.of.teams else estate.leads,
        stewards=_with_steward(back, estate.stewards),
    )
    order = [*led, *_in_order(holding, before)]
    found = _first_able([back if each.id == back.id else each for each in order], holding, estate)
    return found is not None and found.id == gone.id


def chose_for(gone: Member, estate: Estate) -> bool:
    """Whether it was for somebody to choose who takes on what they cannot read, who has now left as well."""
    return _with_steward(gone, estate.stewards)[:1] == (gone,)


def may_hand_over(who: Member, holding: Holding, estate: Estate) -> bool:
    """Whether this person may give it to somebody else; the leads of the person's teams count as its leads.

    Of what somebody left behind, whoever it falls to may, too: nobody else is there.
    """
    if not readable(who, holding.objective):
        return False
    stake = holding.stake
    of_teams = [replace(stake, team=team) for team in estate.of.teams]
    if any(may(Verb.HAND_OVER, who, each) for each in (stake, *of_teams)):
        return True
    falls_to = None if estate.of.active else heir(holding, estate)
    return falls_to is not None and falls_to.id == who.id


def taken_blind(who: Member, new: Member, objective: Objective) -> Member:
    """The new owner of what whoever chooses cannot read; raises `Refusal` where that is themselves."""
    if new.id == who.id:
        raise Refusal(
            "Choose somebody else: what is closed does not open for whoever gives it on.", f"owner {objective.ref}"
        )
    return new


def _in_order(holding: Holding, estate: Estate) -> list[Member]:
    objective = holding.objective
    led = [objective.team.lead] if objective.team and objective.team.lead else []
    parts = (*objective.key_results, *objective.proposals)
    hands = [one for kr in parts for one in (kr.owner, *kr.contributors)]
    return [*led, *estate.leads, *estate.stewards, objective.owner, *objective.co_owners, *hands]


def _first_able(order: Iterable[Member], holding: Holding, estate: Estate) -> Member | None:
    able = (each for each in order if each.id != estate.of.id and can_take_part(each))
    return next((each for each in able if readable(each, holding.objective)), None)


def _with_steward(back: Member, stewards: tuple[Member, ...]) -> tuple[Member, ...]:
    """Those who run the programme as they were with somebody who is gone: admins only where there is no champion."""
    is_champion = Role.CHAMPION in back.roles
    beside = [each for each in stewards if not is_champion or Role.CHAMPION in each.roles]
    champions = any(Role.CHAMPION in each.roles for each in stewards)
    ran_it = is_champion or (back.is_admin and not champions)
    return tuple(sorted((back, *beside), key=lambda each: each.id)) if ran_it else stewards


def without_lead(teams: Sequence[Team], gone: Member) -> list[Team]:
    """The teams that have nobody to lead them now that somebody has gone."""
    return [team for team in teams if team.id in gone.leads]
