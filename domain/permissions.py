"""Who may do what: a table of verbs, and the relations to the thing that allow them."""

from dataclasses import dataclass
from enum import StrEnum, unique

from domain.errors import NotAllowed
from domain.people import Kind, Member, MemberId, Role, TeamId


class Relation(StrEnum):
    """What somebody is to the thing in question."""

    OWNER = "its owner"
    CONTRIBUTOR = "somebody with a part in it"
    LEAD = "the team's lead"
    TEAM_MEMBER = "somebody in its team"
    TEAM_GUEST = "a guest in its team"
    MEMBER = "a member"
    GUEST = "a guest"
    CHAMPION = "an OKR champion"
    SPONSOR = "an executive sponsor"
    HR = "somebody from HR"
    ADMIN = "an admin"


@dataclass(frozen=True, slots=True)
class Stake:
    """Who has which part in a thing: its owners, those who contribute to it, and the team that it belongs to."""

    owners: frozenset[MemberId] = frozenset()
    contributors: frozenset[MemberId] = frozenset()
    team: TeamId | None = None


NOBODYS = Stake()
"""The stake in a thing that is nobody's yet."""


@unique
class Verb(StrEnum):
    """What can be done that not everybody may do; the value is read after "You cannot"."""

    READ_OBJECTIVE = "read"
    READ_TEAM_OBJECTIVE = "read the team's"
    READ_PRIVATE_OBJECTIVE = "read the private"
    READ_DRAFT = "read the draft"
    ADD_OBJECTIVE = "add objectives"
    EDIT_OBJECTIVE = "change"
    ADD_KEY_RESULT = "add key results to"
    EDIT_KEY_RESULT = "edit"
    CHECK_IN = "update"
    ASK_DEPENDENCY = "ask another team about"
    ANSWER_DEPENDENCY = "answer for"
    OVERRIDE_STATUS = "set the status of"
    GIVE_KUDOS = "give kudos"
    ADD_TEAM = "add teams"
    EDIT_TEAM = "change the team"
    GRANT_ROLES = "grant roles"
    SET_UP = "set Cairn up"


_R = Relation
TABLE: dict[Verb, frozenset[Relation]] = {
    Verb.READ_OBJECTIVE: frozenset({_R.OWNER, _R.CONTRIBUTOR, _R.LEAD, _R.TEAM_GUEST, _R.MEMBER, _R.ADMIN}),
    Verb.READ_TEAM_OBJECTIVE: frozenset({_R.OWNER, _R.CONTRIBUTOR, _R.LEAD, _R.TEAM_MEMBER, _R.TEAM_GUEST}),
    Verb.READ_PRIVATE_OBJECTIVE: frozenset({_R.OWNER, _R.CONTRIBUTOR}),
    Verb.READ_DRAFT: frozenset({_R.OWNER, _R.CONTRIBUTOR, _R.LEAD}),
    Verb.ADD_OBJECTIVE: frozenset({_R.MEMBER, _R.ADMIN}),
    Verb.EDIT_OBJECTIVE: frozenset({_R.OWNER, _R.LEAD, _R.ADMIN}),
    Verb.ADD_KEY_RESULT: frozenset({_R.OWNER, _R.LEAD, _R.ADMIN}),
    Verb.EDIT_KEY_RESULT: frozenset({_R.OWNER, _R.LEAD, _R.ADMIN}),
    Verb.CHECK_IN: frozenset({_R.OWNER, _R.LEAD, _R.ADMIN}),
    Verb.ASK_DEPENDENCY: frozenset({_R.OWNER, _R.CONTRIBUTOR, _R.LEAD, _R.ADMIN}),
    Verb.ANSWER_DEPENDENCY: frozenset({_R.LEAD, _R.CHAMPION, _R.ADMIN}),
    Verb.OVERRIDE_STATUS: frozenset({_R.OWNER, _R.LEAD, _R.ADMIN}),
    Verb.GIVE_KUDOS: frozenset({_R.MEMBER, _R.GUEST, _R.ADMIN}),
    Verb.ADD_TEAM: frozenset({_R.CHAMPION, _R.ADMIN}),
    Verb.EDIT_TEAM: frozenset({_R.LEAD, _R.CHAMPION, _R.ADMIN}),
    Verb.GRANT_ROLES: frozenset({_R.ADMIN}),
    Verb.SET_UP: frozenset({_R.ADMIN}),
}


def relations(who: Member, stake: Stake = NOBODYS) -> frozenset[Relation]:
    """Everything that `who` is to a thing in which people have this stake; nothing once they have left."""
    if not who.active or who.kind is Kind.BOT:
        return frozenset()
    guest = who.kind is Kind.GUEST
    found = {Relation.GUEST if guest else Relation.MEMBER}
    if who.id in stake.owners:
        found.add(Relation.OWNER)
    if who.id in stake.contributors:
        found.add(Relation.CONTRIBUTOR)
    if stake.team is not None and stake.team in who.leads:
        found.add(Relation.LEAD)
    if stake.team is not None and stake.team in who.teams:
        found.add(Relation.TEAM_GUEST if guest else Relation.TEAM_MEMBER)
    return frozenset(found | {_GRANTED[role] for role in who.roles if role in _GRANTED})


_GRANTED = {
    Role.CHAMPION: Relation.CHAMPION,
    Role.SPONSOR: Relation.SPONSOR,
    Role.HR: Relation.HR,
    Role.ADMIN: Relation.ADMIN,
}


def may(verb: Verb, who: Member, stake: Stake = NOBODYS) -> bool:
    """Whether the table lets them."""
    return bool(TABLE[verb] & relations(who, stake))


def allow(verb: Verb, who: Member, thing: str, stake: Stake = NOBODYS) -> None:
    """Raise `NotAllowed`, saying who could, unless the table lets them; `thing` as in "KR-34, which is Bo's,"."""
    if not who.active:
        raise NotAllowed("Your account here is deactivated, so Cairn cannot change anything for you.")
    if not may(verb, who, stake):
        raise NotAllowed(f"You cannot {verb} {thing}".rstrip() + f". {_who_can(verb)} can.")


_TEAM_ONLY = {Relation.TEAM_GUEST, Relation.TEAM_MEMBER}


def _who_can(verb: Verb) -> str:
    able = [relation for relation in Relation if relation in TABLE[verb] and relation not in _TEAM_ONLY]
    words = [str(relation) for relation in able]
    sentence = " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
    return sentence[0].upper() + sentence[1:]
