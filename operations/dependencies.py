"""What key results depend on other teams for: asking a team, and its answer."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from domain import words
from domain.dependencies import Dependency, DependencyId, Need, another, answered, needed, not_asked_twice, over
from domain.errors import NotFound, Refusal, Settled
from domain.objectives import Answered, KeyResult, KeyResultId, Objective, changeable, readable
from domain.people import Member, Team
from domain.permissions import Stake, Verb, allow, may
from domain.references import Reference
from domain.schedules import instant, local_day
from operations import key_results, people, planning, questions, sight, speaking, teams
from operations.telling import may_speak
from storage import dependencies, outbox, policy
from storage import teams as known_teams
from storage.database import Session

AGAIN_AFTER = timedelta(weeks=1)
AT = time(9, 0)
"""The hour, in the workspace's zone, at which somebody is asked once more."""

OPEN = 50
"""As many of a kind are listed at once."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A dependency for whoever asks how it stands; `over` says why nobody waits for an answer any more, or nothing."""

    dependency: Dependency
    who: Member
    over: str = ""


@dataclass(frozen=True, slots=True)
class OpenNow:
    """What somebody's teams are asked and have not answered, and what they have asked of others."""

    who: Member
    to_answer: tuple[Dependency, ...]
    asked_for: tuple[Dependency, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form for asking another team offers."""

    key_result: KeyResult
    objective: Objective
    teams: tuple[Team, ...]


def choices(session: Session, who: Member, which: Reference | KeyResultId, now: datetime) -> Choices:
    """The teams that can be asked, for a key result that this person may ask about."""
    kr, objective = _to_ask_about(session, who, which, now)
    return Choices(kr, objective, tuple(known_teams.all_of(session, who.workspace)))


def ask_named(session: Session, who: Member, which: Reference, team: str, typed: str, now: datetime) -> Dependency:
    """The same as `ask`, of the team of that name."""
    return ask(session, who, which, Need(teams.named(session, who, team).id, typed), now)


def ask(session: Session, who: Member, which: Reference | KeyResultId, need: Need, now: datetime) -> Dependency:
    """Ask another team for something that a key result depends on; whoever speaks for it is asked privately."""
    kr, objective = _to_ask_about(session, who, which, now)
    team = another(teams.the_team(session, who, need.team), objective)
    said = people.with_names(session, who.workspace, needed(need.words))
    not_asked_twice(said, dependencies.standing(session, who.workspace, kr.id, team.id))
    return _ask(session, who, kr, objective, team, said, now)


def ask_again(
    session: Session, who: Member, before: Dependency, kr: KeyResult, objective: Objective, now: datetime
) -> Dependency:
    """Ask for the same once more, for the key result that goes on; raises `Refusal` where the team cannot be asked."""
    _may_be_asked_for(session, who, kr, objective, now)
    team = another(teams.the_team(session, who, before.team.id), objective)
    return _ask(session, who, kr, objective, team, before.words, now)


def _ask(
    session: Session, who: Member, kr: KeyResult, objective: Objective, team: Team, words: str, now: datetime
) -> Dependency:
    asked = speaking.who_is_asked(session, team, objective)
    id = dependencies.add(session, kr, team, words, who, now, _once_more(session, who, now))
    for each in asked:
        outbox.put(session, questions.question(id, each), now)
    people.refresh_homes(session, who.workspace, objective.owners, now)
    return _found(session, who, id)


def one(session: Session, who: Member, which: Reference, now: datetime) -> Standing:
    """The dependency for whoever asks how it stands; raises `NotFound` where it is not theirs to know of."""
    found = _found(session, who, which)
    return Standing(found, who, over(found, sight.today(session, who, now)))


def open_now(session: Session, who: Member, now: datetime) -> OpenNow:
    """What is open between teams for this person, of what they may read; what nobody waits for any more is left out."""
    mine = speaking.spoken_for(session, who)
    asked = dependencies.unanswered(session, who.workspace, mine, OPEN) if mine else []
    wanted = dependencies.asked_by(session, who.workspace, who.id, OPEN)
    today = sight.today(session, who, now)
    to_answer, asked_for = (
        tuple(each for each in found if readable(who, each.objective) and not over(each, today))
        for found in (asked, wanted)
    )
    return OpenNow(who, to_answer, asked_for)


def to_answer(session: Session, who: Member, which: Reference | DependencyId, now: datetime) -> Standing:
    """The dependency, if this person may answer for the team that is asked; raises `NotFound` and `NotAllowed`."""
    dependency = _found(session, who, which)
    thing = f"{dependency.team.name} on {dependency.ref}"
    allow(Verb.ANSWER_DEPENDENCY, who, thing, Stake(team=dependency.team.id))
    return Standing(dependency, who, over(dependency, sight.today(session, who, now)))


def answer(
    session: Session, who: Member, which: Reference | DependencyId, state: Answered, typed: str, now: datetime
) -> Dependency:
    """Confirm it, or say no with a word; whoever asked hears of it, and an answer can be changed."""
    before = _still_wanted(to_answer(session, who, which, now))
    named = people.with_names(session, who.workspace, words.optional(" ".join(typed.split()), "answer", words.TITLE))
    said = answered(before, state, named)
    dependencies.settle(session, before.id, state, said, who, now)
    after = replace(before, state=state, answer=said, answered_by=who, answered_at=now)
    _announce(session, after, now)
    return after


def withdraw(session: Session, who: Member, which: Reference | DependencyId, now: datetime) -> Dependency:
    """Say that it is no longer needed: it leaves the card, and whoever was asked hears of it, each once."""
    before = _still_wanted(_to_withdraw(session, who, which, now))
    dependencies.settle(session, before.id, Answered.WITHDRAWN, "", who, now)
    after = replace(before, state=Answered.WITHDRAWN, answer="", answered_by=who, answered_at=now)
    for each in speaking.spokespeople(session, before):
        if questions.settle(session, after, each, now) and each.id != who.id:
            outbox.put(session, questions.no_longer(after, each), now)
    if who.id != before.asked_by.id:
        outbox.put(session, questions.told(after, now), now)
    people.refresh_homes(session, who.workspace, before.objective.owners, now)
    return after


def remind(session: Session, now: datetime, at_most: int = 10) -> int:
    """Ask once more, and only once, what nobody has answered for a week; how many were looked at.

    Planning twice changes nothing, and what could not be said in time is not said.
    """
    waiting_long = dependencies.due(session, now, at_most)
    for workspace, id, since in waiting_long:
        dependencies.looked_at(session, id)
        found = dependencies.dependency(session, workspace, id)
        until = since + planning.STILL_WELCOME
        for each in speaking.spokespeople(session, found) if found and now < until else ():
            if waiting(session, each, id, now):
                outbox.put(session, questions.reminder(id, each, until), now)
    return len(waiting_long)


def next_due(session: Session) -> datetime | None:
    """The next instant at which somebody is to be asked once more."""
    return dependencies.next_due(session)


def waiting(session: Session, who: Member, id: DependencyId, now: datetime) -> Dependency | None:
    """The dependency for whom it is asked of, while it waits for an answer and they may give it."""
    found = current(session, who, id)
    if found is None or found.state is not Answered.ASKED or over(found, sight.today(session, who, now)):
        return None
    return found if may(Verb.ANSWER_DEPENDENCY, who, Stake(team=found.team.id)) else None


def withdrawn(session: Session, who: Member, id: DependencyId) -> Dependency | None:
    """The dependency for whoever was asked, while it is no longer needed."""
    found = current(session, who, id)
    return found if found and found.state is Answered.WITHDRAWN else None


def current(session: Session, who: Member, id: DependencyId) -> Dependency | None:
    """The dependency as it stands, if it is this person's to know of."""
    found = dependencies.dependency(session, who.workspace, id)
    return found if found and readable(who, found.objective) else None


def _to_withdraw(session: Session, who: Member, which: Reference | DependencyId, now: datetime) -> Standing:
    found = _found(session, who, which)
    allow(Verb.WITHDRAW_DEPENDENCY, who, f"{found.ref}, for which {found.asked_by.name} asked", found.stake)
    return Standing(found, who, over(found, sight.today(session, who, now)))


def _still_wanted(standing: Standing) -> Dependency:
    """The dependency, if somebody waits for it; raises `Refusal` where nobody does."""
    if standing.over:
        raise Settled(standing.over)
    return standing.dependency


def _once_more(session: Session, who: Member, now: datetime) -> datetime:
    """When to ask again: at the usual hour, a week from now."""
    zone = policy.policy(session, who.workspace).zone
    return instant(local_day(now, zone) + AGAIN_AFTER, AT, zone)


def _to_ask_about(
    session: Session, who: Member, which: Reference | KeyResultId, now: datetime
) -> tuple[KeyResult, Objective]:
    kr, objective = sight.the_key_result(session, who, which)
    _may_be_asked_for(session, who, kr, objective, now)
    return key_results.not_archived(kr), objective


def _may_be_asked_for(session: Session, who: Member, kr: KeyResult, objective: Objective, now: datetime) -> None:
    """Raise `Refusal` unless this person can ask another team for something that this key result needs."""
    allow(Verb.ASK_DEPENDENCY, who, key_results.whose(kr), objective.stake_in(kr))
    changeable(objective, sight.today(session, who, now))
    if not may_speak(session, who.workspace):
        raise Refusal("Cairn is not set up here yet, so it cannot ask anybody. An admin can do that on Cairn's Home.")


def _found(session: Session, who: Member, which: Reference | DependencyId) -> Dependency:
    found = dependencies.dependency(session, who.workspace, which)
    if found is None or not readable(who, found.objective):
        raise NotFound(f"There is no {which} here." if isinstance(which, Reference) else "That request is gone.")
    return found


def _announce(session: Session, dependency: Dependency, now: datetime) -> None:
    """Each question becomes what was answered, and whoever asked hears of it."""
    by, objective = dependency.answered_by, dependency.objective
    asked = {each.id: each for each in [*speaking.spokespeople(session, dependency), *([by] if by else [])]}
    for each in asked.values():
        questions.settle(session, dependency, each, now)
    if not by or by.id != dependency.asked_by.id:
        outbox.put(session, questions.told(dependency, now), now)
    people.refresh_homes(session, dependency.team.workspace, objective.owners, now)
