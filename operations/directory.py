"""What Slack tells of people: kept as a mirror, and what follows when somebody has left."""

from collections.abc import Sequence
from datetime import datetime

from domain.people import Profile, WorkspaceId
from operations import hand_over, people
from storage import people as members
from storage.database import Session


def keep_profiles(session: Session, workspace: WorkspaceId, profiles: Sequence[Profile], now: datetime) -> None:
    """Keep members as Slack describes them; who was here until now and has left is followed up once."""
    inactive = [profile.slack_id for profile in profiles if not profile.active]
    before = members.members(session, workspace, inactive) if inactive else []
    people.keep_profiles(session, workspace, profiles, now)
    hand_over.left(session, workspace, [who for who in before if who.active], now)
