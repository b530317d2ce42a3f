"""What key results depend on other teams for: asking a team, and its answer."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from domain import words
from domain.dependencies import Dependency, DependencyId, Need, another, answered, needed, not_asked_twice, over, to_ask
from domain.errors import NotFound, Refusal, Settled
from domain.objectives import Answered, KeyResult, KeyResultId, Objective, changeable, readable
from domain.outbox import Mode, Outgoing, Priority
from domain.people import Member, MemberId, Role, Team, TeamId
from domain.permissions import Stake, Verb, allow, may
from domain.references import Reference
from domain.schedules import instant, local_day
from operations import key_results, people, planning, sight, teams
from storage import dependencies, outbox, policy
from storage import people as members
from storage import teams as known_teams
from storage.database import Session

AGAIN_AFTER = timedelta(weeks=1)
AT = time(9, 0)
"""The hour, in the workspace's zone, at which somebody is asked once more."""

OPEN = 50
"""As many of a kind are listed at once."""

RULE = "whoever speaks for a team is asked what others need of it"
TOLD = "whoever asks another team hears its answer"
AGAIN = "what another team has not answered for a week is asked once more"
WITHDRAWN = "whoever was asked for something hears when it is no longer needed"


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
    team = another(_the_team(session, who, need.team), objective)
    said = people.with_names(session, who.workspace, needed(need.words))
    not_asked_twice(said, dependencies.standing(session, who.workspace, kr.id, team.id))
    return _ask(session, who, kr, objective, team, said, now)


def ask_again(
    session: Session, who: Member, before: Dependency, kr: KeyResult, objective: Objective, now: datetime
) -> Dependency:
    """Ask for the same once more, for the key result that goes on; raises `Refusal` where the team cannot be asked."""
    _may_be_asked_for(session, who, kr, objective, now)
    team = another(_the_team(session, who, before.team.id), objective)
    return _ask(session, who, kr, objective, team, before.words, now)


def _ask(
    session: Session, who: Member, kr: KeyResult, objective: Objective, team: Team, words: str, now: datetime
) -> Dependency:
    asked = _who_is_asked(session, team, objective)
    id = dependencies.add(session, kr, team, words, who, now, _once_more(session, who, now))
    for each in asked:
        outbox.put(session, _question(id, each), now)
    people.refresh_homes(session, who.workspace, objective.owners, now)
    return _found(session, who, id)


def one(session: Session, who: Member, which: Reference, now: datetime) -> Standing:
    """The dependency for whoever asks how it stands; raises `NotFound` where it is not theirs to know of."""
    found = _found(session, who, which)
    return Standing(found, who, over(found, sight.today(session, who, now)))


def open_now(session: Session, who: Member, now: datetime) -> OpenNow:
    """What is open between teams for this person, of what they may read; what nobody waits for any more is left out."""
    mine = _spoken_for(session, who)
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
    after = replace(before, state=state, answer=said, answered_by=who)
    _announce(session, after, now)
    return after


def withdraw(session: Session, who: Member, which: Reference | DependencyId, now: datetime) -> Dependency:
    """Say that it is no longer needed: it leaves the card, and whoever was asked hears of it, each once."""
    before = _still_wanted(_to_withdraw(session, who, which, now))
    dependencies.settle(session, before.id, Answered.WITHDRAWN, "", who, now)
    after = replace(before, state=Answered.WITHDRAWN, answer="", answered_by=who)
    for each in _spokespeople(session, before):
        if _settle(session, after, each, now) and each.id != who.id:
            outbox.put(session, _no_longer(after, each), now)
    if who.id != before.asked_by.id:
        outbox.put(session, _told(after, now), now)
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
        for each in _spokespeople(session, found) if found and now < until else ():
            if waiting(session, each, id, now):
                outbox.put(session, _reminder(id, each, until), now)
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


def question_key(id: DependencyId, asked: MemberId, again: bool = False) -> str:
    """What the question is planned under: one for everybody who is asked, and one more where it is asked again."""
    return f"dependency {'reminder ' if again else ''}{id} to {asked}"


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


def _spoken_for(session: Session, who: Member) -> list[TeamId]:
    """Their teams, and those without a lead where they stand in for one."""
    every = known_teams.all_of(session, who.workspace)
    loose = [team for team in every if team.lead is None]
    stands_in = any(each.id == who.id for each in _speaking(session, loose[0])) if loose else False
    mine = who.teams | who.leads | ({team.id for team in loose} if stands_in else set())
    return [team.id for team in every if team.id in mine]


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
    workspace = members.workspace(session, who.workspace)
    if workspace is None or not workspace.is_set_up:
        raise Refusal("Cairn is not set up here yet, so it cannot ask anybody. An admin can do that on Cairn's Home.")


def _the_team(session: Session, who: Member, id: int | None) -> Team:
    team = known_teams.by_id(session, who.workspace, [id]).get(id) if id is not None else None
    if team is None or team.archived:
        raise Refusal("That team is not there any more. Choose another one.", "team")
    return team


def _who_is_asked(session: Session, team: Team, objective: Objective) -> list[Member]:
    """Whoever speaks for the team and may read the objective; raises `Refusal` where that is nobody."""
    speaking = _speaking(session, team)
    ids = [each.slack_id for each in speaking]
    asked = [each for each in members.members(session, team.workspace, ids) if readable(each, objective)]
    if not asked:
        why = f"cannot see {objective.ref}, so Cairn does not tell them of it" if speaking else "is not here any more"
        raise Refusal(f"Whoever speaks for {team.name} {why}. Talk to them, or let more people see it.", "team")
    return asked


def _speaking(session: Session, team: Team) -> list[Member]:
    """Its lead; where it has none, the champions or the admins."""
    champions = [] if team.lead else members.holders(session, team.workspace).get(Role.CHAMPION, [])
    admins = [] if team.lead else members.admins(session, team.workspace)
    return to_ask(team, champions, admins)


def _found(session: Session, who: Member, which: Reference | DependencyId) -> Dependency:
    found = dependencies.dependency(session, who.workspace, which)
    if found is None or not readable(who, found.objective):
        raise NotFound(f"There is no {which} here." if isinstance(which, Reference) else "That request is gone.")
    return found


def _announce(session: Session, dependency: Dependency, now: datetime) -> None:
    """Each question becomes what was answered, and whoever asked hears of it."""
    by, objective = dependency.answered_by, dependency.objective
    asked = {each.id: each for each in [*_spokespeople(session, dependency), *([by] if by else [])]}
    for each in asked.values():
        _settle(session, dependency, each, now)
    if not by or by.id != dependency.asked_by.id:
        outbox.put(session, _told(dependency, now), now)
    people.refresh_homes(session, dependency.team.workspace, objective.owners, now)


def _settle(session: Session, dependency: Dependency, asked: Member, now: datetime) -> bool:
    """Put how it stands in place of what they were asked; whether they know of it by now."""
    knows = False
    for again in (False, True):
        key = question_key(dependency.id, asked.id, again)
        if outbox.is_planned(session, asked.workspace, key):
            knows |= not outbox.withdraw(session, asked.workspace, key, now)
            outbox.put(session, _settled(dependency, asked, again), now)
    return knows


def _spokespeople(session: Session, dependency: Dependency) -> list[Member]:
    try:
        return _who_is_asked(session, dependency.team, dependency.objective)
    except Refusal:
        return []


def _question(id: DependencyId, asked: Member) -> Outgoing:
    return Outgoing(
        workspace=asked.workspace,
        kind="dependency",
        place=asked.slack_id,
        key=question_key(id, asked.id),
        rule=RULE,
        facts={"dependency": id, "asked": asked.id},
        priority=Priority.PROMPT,
    )


def _reminder(id: DependencyId, asked: Member, until: datetime) -> Outgoing:
    return Outgoing(
        workspace=asked.workspace,
        kind="dependency reminder",
        place=asked.slack_id,
        key=question_key(id, asked.id, again=True),
        rule=AGAIN,
        facts={"dependency": id, "asked": asked.id},
        priority=Priority.PROMPT,
        expires_at=until,
    )


def _no_longer(dependency: Dependency, asked: Member) -> Outgoing:
    return Outgoing(
        workspace=asked.workspace,
        kind="dependency withdrawn",
        place=asked.slack_id,
        key=f"dependency withdrawn {dependency.id} to {asked.id}",
        rule=WITHDRAWN,
        facts={"dependency": dependency.id},
    )


def _settled(dependency: Dependency, asked: Member, again: bool) -> Outgoing:
    return Outgoing(
        workspace=asked.workspace,
        kind="dependency settled",
        place=asked.slack_id,
        key=f"{question_key(dependency.id, asked.id, again)} settled",
        rule=RULE,
        facts={"dependency": dependency.id, "asked": asked.id, "again": again},
        mode=Mode.SHOW,
        priority=Priority.SHOW,
    )


def _told(dependency: Dependency, now: datetime) -> Outgoing:
    return Outgoing(
        workspace=dependency.asked_by.workspace,
        kind="dependency answer",
        place=dependency.asked_by.slack_id,
        key=f"dependency answer {dependency.id} at {now.isoformat()}",
        rule=TOLD,
        facts={"dependency": dependency.id},
    )
