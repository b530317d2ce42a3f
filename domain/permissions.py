"""Who may do what: a table of verbs, and the relations to the thing that allow them.

Whether an entrance is a command, a button, a form or an import, it asks `allow` or `may` here, and nowhere else.
"""

from collections.abc import Iterable
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
    STEWARD = "a sponsor or champion where it is the company's"
    HR = "somebody from HR"
    ADMIN = "an admin"


@dataclass(frozen=True, slots=True)
class Stake:
    """Who has which part in a thing: its owners, those who contribute to it, and the team that it belongs to.

    `of_company` where it is the company's own, which its sponsors and champions answer for.
    """

    owners: frozenset[MemberId] = frozenset()
    contributors: frozenset[MemberId] = frozenset()
    team: TeamId | None = None
    of_company: bool = False


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
    PROPOSE_OBJECTIVE = "propose"
    AGREE_OWN_OBJECTIVE = "agree to your own"
    AGREE_OBJECTIVE = "agree to"
    AGREE_TEAM_OBJECTIVE = "agree to the team's"
    AGREE_COMPANY_OBJECTIVE = "agree to the company's"
    PROPOSE_KEY_RESULT = "propose key results"
    DECIDE_KEY_RESULT = "accept or decline"
    COMMENT = "comment on"
    CHECK_IN = "update"
    SCORE = "score"
    RUN_CYCLES = "run cycles"
    ASK_DEPENDENCY = "ask another team about"
    ANSWER_DEPENDENCY = "answer for"
    WITHDRAW_DEPENDENCY = "take back"
    OVERRIDE_STATUS = "set the status of"
    GIVE_KUDOS = "give kudos"
    ADD_TEAM = "add teams"
    EDIT_TEAM = "change the team"
    GRANT_ROLES = "grant roles"
    SET_UP = "set Cairn up"
    HAND_OVER = "hand over"
    CHANGE_SETTINGS = "change the settings"
    CHANGE_VALUES = "change what thanks are for"
    IMPORT = "import objectives"
    EXPORT = "export"


_R = Relation
TABLE: dict[Verb, frozenset[Relation]] = {
    Verb.READ_OBJECTIVE: frozenset(
        {
            *(_R.OWNER, _R.CONTRIBUTOR, _R.LEAD, _R.TEAM_GUEST, _R.MEMBER),
            *(_R.CHAMPION, _R.SPONSOR, _R.HR, _R.ADMIN),
        }
    ),
    Verb.READ_TEAM_OBJECTIVE: frozenset({_R.OWNER, _R.CONTRIBUTOR, _R.LEAD, _R.TEAM_MEMBER, _R.TEAM_GUEST}),
    Verb.READ_PRIVATE_OBJECTIVE: frozenset({_R.OWNER, _R.CONTRIBUTOR}),
    Verb.READ_DRAFT: frozenset({_R.OWNER, _R.CONTRIBUTOR, _R.LEAD}),
    Verb.ADD_OBJECTIVE: frozenset({_R.MEMBER, _R.ADMIN}),
    Verb.EDIT_OBJECTIVE: frozenset({_R.OWNER, _R.LEAD, _R.STEWARD, _R.ADMIN}),
    Verb.ADD_KEY_RESULT: frozenset({_R.OWNER, _R.LEAD, _R.STEWARD, _R.ADMIN}),
    Verb.EDIT_KEY_RESULT: frozenset({_R.OWNER, _R.LEAD, _R.STEWARD, _R.ADMIN}),
    Verb.PROPOSE_OBJECTIVE: frozenset({_R.OWNER, _R.LEAD, _R.STEWARD, _R.ADMIN}),
    Verb.AGREE_OWN_OBJECTIVE: frozenset({_R.OWNER}),
    Verb.AGREE_OBJECTIVE: frozenset({_R.LEAD, _R.CHAMPION, _R.ADMIN}),
    Verb.AGREE_TEAM_OBJECTIVE: frozenset({_R.LEAD, _R.CHAMPION, _R.ADMIN}),
    Verb.AGREE_COMPANY_OBJECTIVE: frozenset({_R.SPONSOR, _R.CHAMPION, _R.ADMIN}),
    Verb.PROPOSE_KEY_RESULT: frozenset({_R.OWNER, _R.CONTRIBUTOR, _R.LEAD, _R.MEMBER, _R.ADMIN}),
    Verb.DECIDE_KEY_RESULT: frozenset({_R.OWNER, _R.LEAD, _R.STEWARD, _R.ADMIN}),
    Verb.COMMENT: frozenset({_R.OWNER, _R.CONTRIBUTOR, _R.LEAD, _R.TEAM_GUEST, _R.MEMBER, _R.ADMIN}),
    Verb.CHECK_IN: frozenset({_R.OWNER, _R.LEAD, _R.ADMIN}),
    Verb.SCORE: frozenset({_R.OWNER, _R.LEAD}),
    Verb.RUN_CYCLES: frozenset({_R.CHAMPION, _R.ADMIN}),
    Verb.ASK_DEPENDENCY: frozenset({_R.OWNER, _R.CONTRIBUTOR, _R.LEAD, _R.ADMIN}),
    Verb.ANSWER_DEPENDENCY: frozenset({_R.LEAD, _R.CHAMPION, _R.ADMIN}),
    Verb.WITHDRAW_DEPENDENCY: frozenset({_R.OWNER, _R.CONTRIBUTOR, _R.LEAD, _R.STEWARD, _R.ADMIN}),
    Verb.OVERRIDE_STATUS: frozenset({_R.OWNER, _R.LEAD, _R.ADMIN}),
    Verb.GIVE_KUDOS: frozenset({_R.MEMBER, _R.GUEST, _R.ADMIN}),
    Verb.ADD_TEAM: frozenset({_R.CHAMPION, _R.ADMIN}),
    Verb.EDIT_TEAM: frozenset({_R.LEAD, _R.CHAMPION, _R.ADMIN}),
    Verb.GRANT_ROLES: frozenset({_R.ADMIN}),
    Verb.SET_UP: frozenset({_R.ADMIN}),
    Verb.HAND_OVER: frozenset({_R.OWNER, _R.LEAD, _R.CHAMPION, _R.ADMIN}),
    Verb.CHANGE_SETTINGS: frozenset({_R.CHAMPION, _R.ADMIN}),
    Verb.CHANGE_VALUES: frozenset({_R.HR, _R.CHAMPION, _R.ADMIN}),
    Verb.IMPORT: frozenset({_R.CHAMPION, _R.ADMIN}),
    Verb.EXPORT: frozenset({_R.MEMBER, _R.GUEST, _R.ADMIN}),
}

DEEDS: dict[Verb, str] = {
    Verb.READ_OBJECTIVE: "read an objective that is open to everyone",
    Verb.READ_TEAM_OBJECTIVE: "read an objective that only its team sees",
    Verb.READ_PRIVATE_OBJECTIVE: "read a private objective",
    Verb.READ_DRAFT: "read a draft",
    Verb.ADD_OBJECTIVE: "add an objective",
    Verb.EDIT_OBJECTIVE: "change, move, carry over or archive an objective",
    Verb.ADD_KEY_RESULT: "add a key result",
    Verb.EDIT_KEY_RESULT: "change or archive a key result",
    Verb.PROPOSE_OBJECTIVE: "propose an objective",
    Verb.AGREE_OWN_OBJECTIVE: "agree to an objective of one's own, where no review is asked for",
    Verb.AGREE_OBJECTIVE: "agree to one person's objective",
    Verb.AGREE_TEAM_OBJECTIVE: "agree to a team's objective",
    Verb.AGREE_COMPANY_OBJECTIVE: "agree to an objective of the company's",
    Verb.PROPOSE_KEY_RESULT: "propose a key result under somebody else's objective",
    Verb.DECIDE_KEY_RESULT: "accept or decline a proposed key result",
    Verb.COMMENT: "comment on an objective",
    Verb.CHECK_IN: "update a key result",
    Verb.SCORE: "score an objective when its cycle closes",
    Verb.RUN_CYCLES: "open, change, close and remove cycles",
    Verb.ASK_DEPENDENCY: "ask another team for something that a key result depends on",
    Verb.ANSWER_DEPENDENCY: "answer for a team that is asked",
    Verb.WITHDRAW_DEPENDENCY: "say that what another team was asked for is no longer needed",
    Verb.OVERRIDE_STATUS: "set a status by hand",
    Verb.GIVE_KUDOS: "give thanks",
    Verb.ADD_TEAM: "add a team",
    Verb.EDIT_TEAM: "change or archive a team",
    Verb.GRANT_ROLES: "grant roles",
    Verb.SET_UP: "set Cairn up",
    Verb.HAND_OVER: "hand over what somebody owns",
    Verb.CHANGE_SETTINGS: "change the settings",
    Verb.CHANGE_VALUES: "change the values that thanks are for",
    Verb.IMPORT: "import objectives from a sheet",
    Verb.EXPORT: "export what one may see",
}
"""Each verb as it reads after "may"."""

BECAUSE: dict[Verb, str] = {
    Verb.READ_OBJECTIVE: (
        "people help with what they can see; a guest sees those of their teams and their own, and reads what is posted "
        "in a channel that they were let into"
    ),
    Verb.READ_TEAM_OBJECTIVE: "a role opens no door that was closed on purpose",
    Verb.READ_PRIVATE_OBJECTIVE: "private means private, from an admin too",
    Verb.READ_DRAFT: "a thought may be unfinished before others judge it",
    Verb.ADD_OBJECTIVE: "good objectives come from everywhere, also for the company or a team",
    Verb.EDIT_OBJECTIVE: "whoever answers for it decides what it says",
    Verb.PROPOSE_KEY_RESULT: "a good measure may be anybody's idea",
    Verb.CHECK_IN: "one person answers for a number; those who help tell them",
    Verb.SCORE: "how it ended is for those to say who answered for it",
    Verb.GIVE_KUDOS: "thanks are free",
    Verb.SET_UP: "it decides whom Cairn writes to",
    Verb.HAND_OVER: "work goes on when somebody leaves",
    Verb.CHANGE_VALUES: "HR looks after recognition",
    Verb.OVERRIDE_STATUS: "it takes a reason, and has an end",
    Verb.COMMENT: "whoever may read it may say something about it",
    Verb.EXPORT: "it holds no objective that could not be read one by one, nor what stood in the way of one",
}
"""Why a row is as it is, where that is not plain."""


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
    if stake.of_company and who.roles & _STEWARDS:
        found.add(Relation.STEWARD)
    if who.granted or who.workspace_admin:
        found |= {_GRANTED[role] for role in who.roles if role in _GRANTED}
    return frozenset(found)


_GRANTED = {
    Role.CHAMPION: Relation.CHAMPION,
    Role.SPONSOR: Relation.SPONSOR,
    Role.HR: Relation.HR,
    Role.ADMIN: Relation.ADMIN,
}
_STEWARDS = {Role.CHAMPION, Role.SPONSOR}


def may(verb: Verb, who: Member, stake: Stake = NOBODYS) -> bool:
    """Whether the table lets them."""
    return lets(verb, relations(who, stake))


def lets(verb: Verb, found: frozenset[Relation]) -> bool:
    """Whether the table lets somebody who is all this to a thing."""
    return not found.isdisjoint(TABLE[verb])


def might(verb: Verb, who: Member, owning: bool = True) -> bool:
    """Whether there could be anything of which the table lets them: something of their own, unless they own nothing,
    or of a team of theirs.
    """
    own = frozenset({who.id}) if owning else frozenset()
    stakes = (Stake(own, own, team, of_company=True) for team in (None, *who.teams, *who.leads))
    return any(may(verb, who, stake) for stake in stakes)


def allow(verb: Verb, who: Member, thing: str, stake: Stake = NOBODYS) -> None:
    """Raise `NotAllowed`, saying who could, unless the table lets them; `thing` as in "KR-34, which is Bo's,"."""
    if not who.active:
        raise NotAllowed("Your account here is deactivated, so Cairn cannot change anything for you.")
    if not may(verb, who, stake):
        able = _who_can(verb, stake)
        raise NotAllowed(f"You cannot {verb} {thing}".rstrip() + f". {able[0].upper()}{able[1:]} can.")


def who_may(verb: Verb) -> list[Relation]:
    """Everybody whom the table lets, those nearest to the thing first."""
    return [relation for relation in Relation if relation in TABLE[verb]]


_TEAM_ONLY = {Relation.TEAM_GUEST, Relation.TEAM_MEMBER}


def _who_can(verb: Verb, stake: Stake) -> str:
    """Those whom a refusal names: a steward only where there can be one."""
    beside = _TEAM_ONLY if stake.of_company else _TEAM_ONLY | {Relation.STEWARD}
    return either(relation for relation in who_may(verb) if relation not in beside)


def either(each: Iterable[str], between: str = "or") -> str:
    """Words in a sentence: "its owner, the team's lead or an admin"."""
    words = [str(word) for word in each]
    return f" {between} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
