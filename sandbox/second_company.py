"""The company in the second workspace: made like the first, with ids that no other workspace has."""

from dataclasses import replace
from pathlib import Path

from sandbox.company import Company, company, stable_id
from sandbox.records import Channel, User, UserGroup

TIDEWATER = Path(__file__).with_name("tidewater.yml")
SLACKBOT = "USLACKBOT"
"""The one id that is the same in every workspace."""


def second_company(bot_name: str, people: Path = TIDEWATER) -> Company:
    """The company of this people file, beside another one in the same sandbox."""
    made = company(bot_name, people)
    return replace(
        made,
        bot_user_id=_own(made.bot_user_id, made),
        users=[_user(each, made) for each in made.users],
        channels=[_channel(each, made) for each in made.channels],
        groups=[_group(each, made) for each in made.groups],
    )


def _own(known: str, made: Company) -> str:
    """An id of this company's own in place of one that another company may have too."""
    return known if known == SLACKBOT else stable_id(known[0], f"{made.team_id} {known}")


def _user(user: User, made: Company) -> User:
    manager, bot_id = user.manager and _own(user.manager, made), user.bot_id and _own(user.bot_id, made)
    return replace(user, id=_own(user.id, made), manager=manager, bot_id=bot_id)


def _channel(channel: Channel, made: Company) -> Channel:
    return replace(channel, id=_own(channel.id, made), members=[_own(each, made) for each in channel.members])


def _group(group: UserGroup, made: Company) -> UserGroup:
    return replace(group, id=_own(group.id, made), users=[_own(each, made) for each in group.users])
