"""What a key result depends on another team for, and what that team says to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NewType

from domain.errors import Refusal, Settled
from domain.objectives import Answered, KeyResult, Objective
from domain.people import Member, Team, can_take_part
from domain.permissions import Stake
from domain.references import Prefix, Reference
from domain.words import TITLE, required

DependencyId = NewType("DependencyId", int)


@dataclass(frozen=True, slots=True)
class Dependency:
    """Something that a key result depends on another team for, who asked for it, and what the team answered."""

    id: DependencyId
    number: int
    key_result: KeyResult
    objective: Objective
    team: Team
    words: str
    asked_by: Member
    asked_at: datetime
    state: Answered = Answered.ASKED
    answered_by: Member | None = None
    answer: str = ""
    answered_at: datetime | None = None

    @property
    def ref(self) -> Reference:
        """What people type to mean it."""
        return Reference(Prefix.DEPENDENCY, self.number)

    @property
    def stake(self) -> Stake:
        """Who may say that it is no longer needed: whoever may change the key result, and who asked."""
        return replace(self.objective.stake_in(self.key_result), contributors=frozenset({self.asked_by.id}))


@dataclass(frozen=True, slots=True)
class Need:
    """A dependency as somebody wrote it down."""

    team: int | None
    words: str


def needed(typed: str) -> str:
    """What it depends on, tidied; raises `Refusal` beside "words" when that is nothing or too long."""
    return required(" ".join(typed.split()), "words", "For what? A line is enough.", at_most=TITLE)


def another(team: Team, objective: Objective) -> Team:
    """The team, if it is another than the objective's own; raises `Refusal` beside "team" where it is not."""
    if team.id == objective.team_id:
        raise Refusal(f"{objective.ref} is {team.name}'s own. Choose the team that it depends on.", "team")
    return team


def not_asked_twice(words: str, standing: Iterable[Dependency]) -> None:
    """Raise `Refusal` beside "words" where the same has been asked already and stands."""
    for each in standing:
        if each.words.casefold() == words.casefold():
            how = "and has confirmed it" if each.state is Answered.CONFIRMED else "and has not answered yet"
            raise Refusal(
                f"{each.team.name} has been asked for that, {how}: {each.ref}. `/okr depends {each.ref}` shows it.",
                "words",
            )


def over(dependency: Dependency, today: date) -> str:
    """Why nobody waits for an answer to it any more, in a sentence; empty while somebody does."""
    kr, objective, ref = dependency.key_result, dependency.objective, dependency.ref
    if dependency.state is Answered.WITHDRAWN:
        return f"{ref} is no longer needed, so there is nothing to answer."
    if objective.cycle.is_closed(today):
        return f"{objective.cycle.name} is closed, so nobody waits for {ref} any more."
    gone = next((each.ref for each in (kr, objective) if each.archived), None)
    return f"{gone} is archived, so nobody waits for {ref} any more." if gone else ""


def answered(dependency: Dependency, state: Answered, words: str) -> str:
    """The words of an answer; raises `Refusal` where it says nothing new, or says no without a word."""
    if dependency.state is state and (state is Answered.CONFIRMED or words == dependency.answer):
        raise Settled(f"{dependency.team.name} has said so already.")
    if state is Answered.DECLINED:
        return required(words, "answer", "A word on what stands in the way, or on what is possible?", at_most=TITLE)
    return words


def to_ask(team: Team, champions: list[Member], admins: list[Member]) -> list[Member]:
    """Who speaks for a team: its lead; where it has none, the champions, and where there are none, the admins."""
    lead = [team.lead] if team.lead else []
    return next((able for each in (lead, champions, admins) if (able := list(filter(can_take_part, each)))), [])
