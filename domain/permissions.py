"""Who may do what: a table of verbs, and the relations to the thing that allow them."""

from collections.abc import Collection
from enum import StrEnum, unique

from domain.errors import NotAllowed
from domain.people import Kind, Member, MemberId, Role, TeamId


class Relation(StrEnum):
    """What somebody is to the thing in question."""

    OWNER = "its owner"
    LEAD = "the team's lead"
    TEAM_GUEST = "a guest in its team"
    MEMBER = "a member"
    GUEST = "a guest"
    CHAMPION = "an OKR champion"
    ADMIN = "an admin"


@unique
class Verb(StrEnum):
    """What can be done that not everybody may do; the value is read after "You cannot"."""

    READ_OBJECTIVE = "read"
    ADD_OBJECTIVE = "add objectives"
    EDIT_OBJECTIVE = "change"
    ADD_KEY_RESULT = "add key results to"
    EDIT_KEY_RESULT = "edit"
    CHECK_IN = "update"
    GIVE_KUDOS = "give kudos"
    ADD_TEAM = "add teams"
    EDIT_TEAM = "change the team"
    GRANT_ROLES = "grant roles"
    SET_UP = "set Cairn up"


_R = Relation
TABLE: dict[Verb, frozenset[Relation]] = {
    Verb.READ_OBJECTIVE: frozenset({_R.OWNER, _R.LEAD, _R.TEAM_GUEST, _R.MEMBER, _R.ADMIN}),
    Verb.ADD_OBJECTIVE: frozenset({_R.MEMBER, _R.ADMIN}),
    Verb.EDIT_OBJECTIVE: frozenset({_R.OWNER, _R.LEAD, _R.ADMIN}),
    Verb.ADD_KEY_RESULT: frozenset({_R.OWNER, _R.LEAD, _R.ADMIN}),
    Verb.EDIT_KEY_RESULT: frozenset({_R.OWNER, _R.LEAD, _R.ADMIN}),
    Verb.CHECK_IN: frozenset({_R.OWNER, _R.LEAD, _R.ADMIN}),
    Verb.GIVE_KUDOS: frozenset({_R.MEMBER, _R.GUEST, _R.ADMIN}),
    Verb.ADD_TEAM: frozenset({_R.CHAMPION, _R.ADMIN}),
    Verb.EDIT_TEAM: frozenset({_R.LEAD, _R.CHAMPION, _R.ADMIN}),
    Verb.GRANT_ROLES: frozenset({_R.ADMIN}),
    Verb.SET_UP: frozenset({_R.ADMIN}),
}


def relations(who: Member, owners: Collection[MemberId] = (), team: TeamId | None = None) -> frozenset[Relation]:
    """Everything that `who` is to a thing with these owners in this team; nothing once they have left."""
    if not who.active or who.kind is Kind.BOT:
        return frozenset()
    guest = who.kind is Kind.GUEST
    found = {Relation.GUEST if guest else Relation.MEMBER}
    if who.id in owners:
        found.add(Relation.OWNER)
    if team is not None and team in who.leads:
        found.add(Relation.LEAD)
    if guest and team is not None and team in who.teams:
        found.add(Relation.TEAM_GUEST)
    roles = who.roles
    if Role.CHAMPION in roles:
        found.add(Relation.CHAMPION)
    if Role.ADMIN in roles:
        found.add(Relation.ADMIN)
    return frozenset(found)


def may(verb: Verb, who: Member, owners: Collection[MemberId] = (), team: TeamId | None = None) -> bool:
    """Whether the table lets them."""
    return bool(TABLE[verb] & relations(who, owners, team))


def allow(verb: Verb, who: Member, thing: str, owners: Collection[MemberId] = (), team: TeamId | None = None) -> None:
    """Raise `NotAllowed`, saying who could, unless the table lets them; `thing` as in "KR-34, which is Bo's,"."""
    if not who.active:
        raise NotAllowed("Your account here is deactivated, so Cairn cannot change anything for you.")
    if not may(verb, who, owners, team):
        raise NotAllowed(f"You cannot {verb} {thing}".rstrip() + f". {_who_can(verb)} can.")


def _who_can(verb: Verb) -> str:
    able = [relation for relation in Relation if relation in TABLE[verb] and relation is not Relation.TEAM_GUEST]
    words = [str(relation) for relation in able]
    sentence = " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
    return sentence[0].upper() + sentence[1:]
