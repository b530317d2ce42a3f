"""Handing over: who takes on what somebody owned, when they leave or move on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.objectives import KeyResult, Objective, Stage, readable
from domain.people import Member, Team, can_take_part
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
    objective = holding.objective
    led = [objective.team.lead] if objective.team and objective.team.lead else []
    part = [objective.owner, *objective.co_owners]
    for candidate in (*led, *estate.leads, *estate.stewards, *part):
        if candidate.id != estate.of.id and can_take_part(candidate) and readable(candidate, objective):
            return candidate
    return None


def may_hand_over(who: Member, holding: Holding, estate: Estate) -> bool:
    """Whether this person may give it to somebody else; the leads of the person's teams count as its leads."""
    if not readable(who, holding.objective):
        return False
    stake = holding.stake
    of_teams = [replace(stake, team=team) for team in estate.of.teams]
    return any(may(Verb.HAND_OVER, who, each) for each in (stake, *of_teams))


def without_lead(teams: Sequence[Team], gone: Member) -> list[Team]:
    """The teams that have nobody to lead them now that somebody has gone."""
    return [team for team in teams if team.id in gone.leads]
