"""The settings of a workspace: read and changed by those who look after the programme, with who changed what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.people import Member
from domain.permissions import Verb, allow, may
from domain.policy import Policy, chosen
from operations import people
from storage import people as members
from storage import policy
from storage.database import Session

VALUES = "values"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as somebody may change them, and who set each of them last."""

    who: Member
    policy: Policy
    last: dict[str, tuple[Member, datetime]]


@dataclass(frozen=True, slots=True)
class Changed:
    """The settings before and after they were changed."""

    before: Policy
    after: Policy


def settings(session: Session, who: Member) -> Settings:
    """The settings, for somebody who may change some of them."""
    _may_change_some(who)
    last = policy.last_changed(session, who.workspace)
    folk = members.by_id(session, who.workspace, {by for by, _ in last.values()}, known=[who])
    return Settings(
        who=who,
        policy=policy.policy(session, who.workspace),
        last={name: (folk[by], at) for name, (by, at) in last.items() if by in folk},
    )


def change(session: Session, who: Member, typed: Mapping[str, str], now: datetime) -> Changed:
    """Set what was typed, by name; raises `Refusal` beside the setting that cannot be."""
    _may_change_some(who)
    if VALUES in typed:
        allow(Verb.CHANGE_VALUES, who, "")
    if typed.keys() - {VALUES}:
        allow(Verb.CHANGE_SETTINGS, who, "")
    before = policy.policy(session, who.workspace)
    policy.change(session, who.workspace, chosen(typed, before), who, now)
    people.refresh_homes(session, who.workspace, [who.id], now)
    return Changed(before, policy.policy(session, who.workspace))


def _may_change_some(who: Member) -> None:
    if not may(Verb.CHANGE_VALUES, who):
        allow(Verb.CHANGE_SETTINGS, who, "")
