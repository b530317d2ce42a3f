"""What others have done, as of now: what each message about that tells; None where it is not wanted any more."""

from datetime import datetime

from domain.comments import CommentId
from domain.dependencies import Dependency, DependencyId
from domain.hand_over import Holding
from domain.objectives import KeyResultId, ObjectiveId, Stage
from domain.outbox import Outgoing
from domain.people import Member, MemberId, Team, TeamId
from domain.recognition import Recognition, RecognitionId
from operations import amendments, comments, dependencies, hand_over, mentions, proposals, recognition, stages, status
from operations import let_go as going
from operations.finding import Found
from operations.let_go import LetGo
from scheduler.kinds import reader
from storage import people
from storage import recognition as known
from storage.database import Session


def proposed(session: Session, what: Outgoing, now: datetime) -> tuple[Found, Member | None] | None:
    """An objective that is proposed, and by whom."""
    return _at_stage(session, what, Stage.PROPOSED, now)


def agreed(session: Session, what: Outgoing, now: datetime) -> tuple[Found, Member | None] | None:
    """An objective that is agreed, and by whom."""
    return _at_stage(session, what, Stage.AGREED, now)


def _at_stage(session: Session, what: Outgoing, stage: Stage, now: datetime) -> tuple[Found, Member | None] | None:
    """An objective that is still at this stage, and who brought it there."""
    who = reader(session, what)
    found = stages.standing(session, who, ObjectiveId(what.facts["objective"]), stage, now) if who else None
    return (found, people.member(session, what.workspace, what.facts["by"])) if found else None


def to_decide(session: Session, what: Outgoing, _now: datetime) -> proposals.Decided | None:
    """A proposed key result that waits for its owner."""
    who = reader(session, what)
    return proposals.waiting(session, who, KeyResultId(what.facts["key_result"])) if who else None


def decided(session: Session, what: Outgoing, now: datetime) -> proposals.Decided | None:
    """A proposed key result that was accepted or declined."""
    who = reader(session, what)
    return proposals.decided(session, who, KeyResultId(what.facts["key_result"]), now) if who else None


def changed(session: Session, what: Outgoing, _now: datetime) -> amendments.Amended | None:
    """A change of what was agreed to that waits for somebody to agree."""
    who, facts = reader(session, what), what.facts
    at = datetime.fromisoformat(facts["at"])
    return amendments.waiting(session, who, KeyResultId(facts["key_result"]), at) if who else None


def change_settled(session: Session, what: Outgoing, _now: datetime) -> amendments.Amended | None:
    """What became of a change of what was agreed to."""
    who, facts = reader(session, what), what.facts
    at = datetime.fromisoformat(facts["at"])
    return amendments.settled(session, who, KeyResultId(facts["key_result"]), at) if who else None


def said(session: Session, what: Outgoing, _now: datetime) -> comments.Said | None:
    """What somebody said of an objective, as far as it may be read where it goes."""
    if not comments.is_channel(what.place) and reader(session, what) is None:
        return None
    return comments.said(session, what.workspace, CommentId(what.facts["comment"]), what.place)


def mentioned(session: Session, what: Outgoing, _now: datetime) -> mentions.Mentioned | None:
    """A comment that mentions somebody."""
    who = reader(session, what)
    return mentions.mentioned(session, who, CommentId(what.facts["comment"])) if who else None


def comment_lost(session: Session, what: Outgoing, _error: str, now: datetime) -> None:
    """A channel did not take a comment."""
    comments.not_in_channel(session, what, now)


def set_by_another(session: Session, what: Outgoing, now: datetime) -> status.Judged | None:
    """A status that somebody else has set."""
    who = reader(session, what)
    return status.set_by_another(session, who, KeyResultId(what.facts["key_result"]), now) if who else None


def given(session: Session, what: Outgoing, _now: datetime) -> Recognition | None:
    """What somebody was thanked for, in public."""
    return known.recognition(session, what.workspace, RecognitionId(what.facts["recognition"]))


def told(session: Session, what: Outgoing, now: datetime) -> tuple[Recognition, Member] | None:
    """What somebody was thanked for, and who they are."""
    who, thanks = reader(session, what), given(session, what, now)
    return (recognition.seen_by(session, who, [thanks])[0], who) if who and thanks else None


def failed(session: Session, what: Outgoing, now: datetime) -> tuple[Recognition, str] | None:
    """Thanks that could not be posted, and why."""
    thanks = given(session, what, now)
    return (thanks, what.facts["error"]) if thanks else None


def post_lost(session: Session, what: Outgoing, error: str, now: datetime) -> None:
    """A channel did not take thanks."""
    thanks = given(session, what, now)
    if thanks:
        recognition.post_failed(session, thanks, error, now)


def left_behind(session: Session, what: Outgoing, now: datetime) -> hand_over.Offer | None:
    """What somebody who has left owned."""
    who = reader(session, what)
    return hand_over.offered(session, who, MemberId(what.facts["leaver"]), now) if who else None


def handed_over(
    session: Session, what: Outgoing, _now: datetime
) -> tuple[Member, Member, Member, list[Holding]] | None:
    """Whose it is now, who handed over what, and whose it was."""
    who, facts = reader(session, what), what.facts
    theirs = hand_over.received(session, who, facts["objectives"], facts["key_results"]) if who else []
    folk = people.by_id(session, what.workspace, [facts["by"], facts["from"]])
    return (who, folk[facts["by"]], folk[facts["from"]], theirs) if who and theirs else None


def part_given(session: Session, what: Outgoing, _now: datetime) -> tuple[Member, Member, list[Holding]] | None:
    """Whoever owns something from now on, who made them an owner, and what it is."""
    who, facts = reader(session, what), what.facts
    theirs = hand_over.shared(session, who, facts["objectives"], facts["key_results"]) if who else []
    by = people.by_id(session, what.workspace, [facts["by"]])
    return (who, by[facts["by"]], theirs) if who and theirs else None


def without_lead(session: Session, what: Outgoing, _now: datetime) -> tuple[Team, Member] | None:
    """A team whose lead has left, and that was who."""
    team = hand_over.leaderless(session, what.workspace, TeamId(what.facts["team"])) if reader(session, what) else None
    gone = people.by_id(session, what.workspace, [what.facts["leaver"]])
    return (team, gone[what.facts["leaver"]]) if team else None


def without_champion(session: Session, what: Outgoing, _now: datetime) -> tuple[Member, list[Team]] | None:
    """That there is no champion since somebody left, and which teams have no lead either."""
    teams = hand_over.championless(session, what.workspace) if reader(session, what) else None
    gone = people.by_id(session, what.workspace, [what.facts["leaver"]])
    return None if teams is None else (gone[what.facts["leaver"]], teams)


def asked(session: Session, what: Outgoing, now: datetime) -> Dependency | None:
    """What another team is asked for and has not answered."""
    who = reader(session, what)
    return dependencies.waiting(session, who, DependencyId(what.facts["dependency"]), now) if who else None


def no_longer_asked(session: Session, what: Outgoing, _now: datetime) -> Dependency | None:
    """What another team was asked for and nobody needs any longer."""
    who = reader(session, what)
    return dependencies.withdrawn(session, who, DependencyId(what.facts["dependency"])) if who else None


def answered(session: Session, what: Outgoing, _now: datetime) -> Dependency | None:
    """What another team has answered."""
    who = reader(session, what)
    return dependencies.current(session, who, DependencyId(what.facts["dependency"])) if who else None


def let_go(session: Session, what: Outgoing, _now: datetime) -> LetGo | None:
    """What a team was asked for and cannot read any more."""
    who = reader(session, what)
    return going.let_go(session, who, DependencyId(what.facts["dependency"])) if who else None
