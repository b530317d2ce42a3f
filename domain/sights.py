"""An objective as somebody looks at it: how it stands and what they are to it, worked out once for all drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.cycles import CycleState
from domain.home import Moment
from domain.lists import Part
from domain.objectives import KeyResult, KeyResultId, Objective, Stage, readable
from domain.people import Member
from domain.permissions import Relation, Verb, lets, relations
from domain.status import Standing, Status, standings, weakest


@dataclass(frozen=True, slots=True)
class Sight:
    """An objective at a moment, before the eyes of a viewer, with everything that follows from these three.

    `stands` are its agreed key results, `status` is that of the weakest which counts; once it has ended, neither is.
    `relations` is what the viewer is to it. `part` are the key results that it is looked at for; without it, it is
    looked at as a whole. `during` names its cycle where the heading above it does not.
    """

    objective: Objective
    moment: Moment
    viewer: Member
    state: CycleState
    stands: Mapping[KeyResultId, Standing]
    status: Status | None
    progress: float | None
    relations: frozenset[Relation]
    is_readable: bool
    is_weighted: bool
    part: Part | None = None
    during: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether what is in it can be read but no longer changed."""
        return self.state is CycleState.CLOSED

    @property
    def is_locked(self) -> bool:
        """Whether its numbers stay as they are: it has been scored, or its cycle is closed."""
        return self.is_closed or self.objective.score is not None

    def shown(self, key_results: Sequence[KeyResult]) -> Sequence[KeyResult]:
        """Those of these that it is looked at for."""
        return key_results if self.part is None else [kr for kr in key_results if kr.id in self.part]

    def may(self, verb: Verb) -> bool:
        """Whether the table lets the viewer do this with it."""
        return lets(verb, self.relations)

    def standing(self, kr: KeyResult) -> Standing | None:
        """How a key result of it stands, once that counts: it is agreed, and the cycle has begun."""
        counts = self.objective.stage is Stage.AGREED and self.state is not CycleState.PLANNING
        return self.stands.get(kr.id) if counts else None


def sight(
    objective: Objective, moment: Moment, viewer: Member, part: Part | None = None, under: str | None = None
) -> Sight:
    """The objective, or a part of it, as this person sees it now; `under` is the cycle that a heading above names."""
    stands = standings(objective, moment.now, moment.today, moment.policy)
    return Sight(
        objective=objective,
        moment=moment,
        viewer=viewer,
        state=objective.cycle.state(moment.today),
        stands=stands,
        status=weakest(objective, stands),
        progress=objective.progress,
        relations=relations(viewer, objective.stake),
        is_readable=readable(viewer, objective),
        is_weighted=objective.is_weighted,
        part=part,
        during=objective.cycle.name if under not in {None, objective.cycle.name} else "",
    )
