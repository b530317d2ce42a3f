"""Who may do what, in plain words: the table of permissions."""

from domain.permissions import BECAUSE, DEEDS, Relation, Verb, who_may
from views.blocks import Block, Message, context, header, section
from views.room import IN_MESSAGE, fitting
from views.text import ours, spoken

HELP = "permissions.help"

_BRIEFLY = {
    Relation.OWNER: "owner",
    Relation.CONTRIBUTOR: "who has a part in it",
    Relation.LEAD: "team's lead",
    Relation.TEAM_MEMBER: "its team",
    Relation.TEAM_GUEST: "guests in its team",
    Relation.MEMBER: "members",
    Relation.GUEST: "guests",
    Relation.CHAMPION: "champion",
    Relation.SPONSOR: "sponsor",
    Relation.STEWARD: "sponsor and champion for the company's",
    Relation.HR: "HR",
    Relation.ADMIN: "admin",
}

_LINES = 8
"""Verbs in one paragraph."""


def table() -> Message:
    """Who may do each thing because of what they are to it, and why where that is not plain."""
    top = [
        header("Who may do what"),
        context("Several of these can be true of one person; then they may do all of it."),
    ]
    verbs = list(Verb)
    things = [[section("\n".join(map(who, verbs[at : at + _LINES])))] for at in range(0, len(verbs), _LINES)]
    words = [f"{_capital(DEEDS[verb])}: {_able(verb)}." for verb in verbs]
    return {
        "text": spoken("Who may do what.", words),
        "blocks": [*top, *fitting(things, IN_MESSAGE.without(top), _more)],
    }


def who(verb: Verb) -> str:
    """Who may do one thing, and why where that is not plain, in mrkdwn."""
    why = f" _{BECAUSE[verb][0].upper()}{BECAUSE[verb][1:]}._" if verb in BECAUSE else ""
    return ours(f"*{_capital(DEEDS[verb])}*: {_able(verb)}.{why}")


def _able(verb: Verb) -> str:
    """Everybody who may, as briefly as a table says it: "owner, team's lead, admin"."""
    return ", ".join(_BRIEFLY[each] for each in who_may(verb))


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _more(left: int) -> Block:
    return context(f"…and {left} more parts than fit here.")
