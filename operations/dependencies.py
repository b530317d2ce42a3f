"""What key results depend on other teams for: asking a team, and its answer."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain import words
from domain.dependencies import Dependency, DependencyId, Need, another, answered, needed, to_ask
from domain.errors import NotFound, Refusal
from domain.objectives import Answered, KeyResult, KeyResultId, Objective, changeable, readable
from domain.outbox import Mode, Outgoing, Priority
from domain.people import Member, MemberId, Role, Team
from domain.permissions import Stake, Verb, allow
from domain.references import Reference
from operations import key_results, objectives, people, teams
from storage import dependencies, outbox
from storage import people as members
from storage import teams as known_teams
from storage.database import Session

RULE = "whoever speaks for a team is asked what others need of it"
TOLD = "whoever asks another team hears its answer"


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
    asked = _who_is_asked(session, team, objective)
    id = dependencies.add(session, kr, team, said, who, now)
    for each in asked:
        outbox.put(session, _question(id, each), now)
    people.refresh_homes(session, who.workspace, objective.owners, now)
    return _found(session, who, id)


def one(session: Session, who: Member, which: Reference) -> tuple[Dependency, Member]:
    """The dependency for whoever asks how it stands; raises `NotFound` where it is not theirs to know of."""
    return _found(session, who, which), who


def to_answer(session: Session, who: Member, which: Reference | DependencyId) -> Dependency:
    """The dependency, if this person may answer for the team that is asked; raises `NotFound` and `NotAllowed`."""
    dependency = _found(session, who, which)
    thing = f"{dependency.team.name} on {dependency.ref}"
    allow(Verb.ANSWER_DEPENDENCY, who, thing, Stake(team=dependency.team.id))
    return dependency


def answer(
    session: Session, who: Member, which: Reference | DependencyId, state: Answered, typed: str, now: datetime
) -> Dependency:
    """Confirm it, or say no with a word; whoever asked hears of it, and an answer can be changed."""
    before = to_answer(session, who, which)
    changeable(before.objective, objectives.today(session, who, now))
    key_results.not_archived(before.key_result)
    named = people.with_names(session, who.workspace, words.optional(" ".join(typed.split()), "answer", words.TITLE))
    said = answered(before, state, named)
    dependencies.settle(session, before.id, state, said, who, now)
    after = replace(before, state=state, answer=said, answered_by=who)
    _announce(session, after, now)
    return after


def waiting(session: Session, who: Member, id: DependencyId) -> Dependency | None:
    """The dependency for whom it is asked of, while it waits for an answer and they may give it."""
    found = current(session, who, id)
    wanted = found and found.state is Answered.ASKED and not found.objective.archived and not found.key_result.archived
    return found if wanted else None


def current(session: Session, who: Member, id: DependencyId) -> Dependency | None:
    """The dependency as it stands, if it is this person's to know of."""
    found = dependencies.dependency(session, who.workspace, id)
    return found if found and readable(who, found.objective) else None


def question_key(id: DependencyId, asked: MemberId) -> str:
    """What the question is planned under: one for everybody who is asked."""
    return f"dependency {id} to {asked}"


def _to_ask_about(
    session: Session, who: Member, which: Reference | KeyResultId, now: datetime
) -> tuple[KeyResult, Objective]:
    kr, objective = objectives.the_key_result(session, who, which)
    allow(Verb.ASK_DEPENDENCY, who, key_results.whose(kr), objective.stake_in(kr))
    changeable(objective, objectives.today(session, who, now))
    workspace = members.workspace(session, who.workspace)
    if workspace is None or not workspace.is_set_up:
        raise Refusal("Cairn is not set up here yet, so it cannot ask anybody. An admin can do that on Cairn's Home.")
    return key_results.not_archived(kr), objective


def _the_team(session: Session, who: Member, id: int | None) -> Team:
    team = known_teams.by_id(session, who.workspace, [id]).get(id) if id is not None else None
    if team is None or team.archived:
        raise Refusal("That team is not there any more. Choose another one.", "team")
    return team


def _who_is_asked(session: Session, team: Team, objective: Objective) -> list[Member]:
    """Whoever speaks for the team and may read the objective; raises `Refusal` where that is nobody."""
    champions = [] if team.lead else members.holders(session, team.workspace).get(Role.CHAMPION, [])
    admins = [] if team.lead else members.admins(session, team.workspace)
    speaking = to_ask(team, champions, admins)
    ids = [each.slack_id for each in speaking]
    asked = [each for each in members.members(session, team.workspace, ids) if readable(each, objective)]
    if not asked:
        why = f"cannot see {objective.ref}, so Cairn does not tell them of it" if speaking else "is not here any more"
        raise Refusal(f"Whoever speaks for {team.name} {why}. Talk to them, or let more people see it.", "team")
    return asked


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
        outbox.withdraw(session, each.workspace, question_key(dependency.id, each.id), now)
        outbox.put(session, _settled(dependency, each), now)
    if not by or by.id != dependency.asked_by.id:
        outbox.put(session, _told(dependency, now), now)
    people.refresh_homes(session, dependency.team.workspace, objective.owners, now)


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


def _settled(dependency: Dependency, asked: Member) -> Outgoing:
    return Outgoing(
        workspace=asked.workspace,
        kind="dependency settled",
        place=asked.slack_id,
        key=f"dependency settled {dependency.id} to {asked.id}",
        rule=RULE,
        facts={"dependency": dependency.id, "asked": asked.id},
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
