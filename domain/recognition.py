"""Recognition: thanks from one person to others, in words, tied to the objective that they helped."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NewType

from domain.errors import Refusal
from domain.objectives import ObjectiveId
from domain.people import Member, takes_part
from domain.policy import Policy
from domain.references import Prefix, Reference, reference, references_in
from domain.words import MENTION, NOTE, required

RecognitionId = NewType("RecognitionId", int)


@dataclass(frozen=True, slots=True)
class Helped:
    """The objective or key result that the thanks are tied to.

    `objective` is the one that it belongs to, once it is remembered; `is_open` where everybody may know of that.
    """

    ref: Reference
    title: str
    objective: ObjectiveId | None = None
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Recognition:
    """Somebody's thanks, as they were given."""

    id: RecognitionId
    giver: Member
    recipients: tuple[Member, ...]
    reason: str
    at: datetime
    value: str | None = None
    helped: Helped | None = None


def in_public(given: Recognition) -> Recognition:
    """The thanks as a channel may read them: what they helped is named only where everybody may know of it."""
    return given if given.helped is None or given.helped.is_open else replace(given, helped=None)


@dataclass(frozen=True, slots=True)
class Thanks:
    """Thanks as somebody wrote them; recipients by Slack id, the value without its #."""

    recipients: tuple[str, ...]
    reason: str
    value: str | None = None
    reference: Reference | None = None


_GROUP = re.compile(r"<!subteam\^[A-Z0-9]+(?:\|[^>]*)?>|<!(?:here|channel|everyone)(?:\|[^>]*)?>")
_TAG = re.compile(r"(?<![^\s(,.;:])#([\w-]+)")
_PEOPLE = re.compile(rf"(?:{MENTION.pattern},?)+")
_JOINS = frozenset({"and", "&", "+", ",", ""})
_LEANS = frozenset(
    {"about", "and", "as", "at", "by", "from", "in", "into", "of", "on", "or", "see", "the", "to", "with"}
)
"""Words after which a name or a reference belongs to the sentence."""


def written(text: str, policy: Policy) -> Thanks:
    """The thanks in one typed line: who is mentioned is thanked, and a #value and a KR-34 may stand anywhere.

    What stands before or after the words is taken off them; within them nothing is touched, so that they read as they
    were typed, mentions still as `<@U…>`. Raises `Refusal` when it names a group, or two things that were helped.
    """
    if _GROUP.search(text):
        raise Refusal("Thanks go to people. Name them one by one with @.", "recipients")
    found = {ref for _, ref in references_in(text)}
    if len(found) > 1:
        raise Refusal("Tie the thanks to one objective or key result; the others can stand in another one.", "helped")
    tags = [match[1].casefold() for match in _TAG.finditer(text)]
    return Thanks(
        recipients=tuple(dict.fromkeys(MENTION.findall(text))),
        reason=_reason(text, policy),
        value=next((tag for tag in tags if tag in policy.values), None),
        reference=next(iter(found), None),
    )


def checked(giver: Member, recipients: Iterable[Member], thanks: Thanks, policy: Policy) -> Thanks:
    """The thanks, tidied, if they may be given; raises `Refusal` beside the field that is wrong."""
    people = list(recipients)
    if not people:
        raise Refusal("Who helped? Name at least one person with @.", "recipients")
    if len(people) > policy.most_recipients:
        raise Refusal(f"Thank at most {policy.most_recipients} people at once, so that each feels meant.", "recipients")
    for member in people:
        if member.id == giver.id:
            raise Refusal("Thanks go to somebody else. Tell us about a colleague who helped.", "recipients")
        takes_part(member, "recipients")
    reason = required(thanks.reason, "reason", "Say what they did, in a few words.", NOTE)
    if len(reason) < policy.shortest_reason:
        raise Refusal("What did they do? A few words more, and they will know what you mean.", "reason")
    return Thanks(thanks.recipients, reason, _known_value(thanks.value, policy), thanks.reference)


def _reason(text: str, policy: Policy) -> str:
    """The words themselves, without what stands around them."""
    words = text.split()
    while words and (words[0].casefold() in _JOINS or _stands_beside(words[0], policy)):
        del words[0]
    if words and words[0].casefold() == "for":
        del words[0]
    while words and _stands_beside(words[-1], policy):
        before = words[-2].casefold() if len(words) > 1 else ""
        if before in _LEANS:
            break
        del words[-2 if before == "for" else -1 :]
    return " ".join(words).strip(" ,")


def _stands_beside(word: str, policy: Policy) -> bool:
    """Whether it is a person, a value or a reference, and so none of the words."""
    bare = word.strip("().,!")
    tag = _TAG.fullmatch(bare)
    if tag:
        return tag[1].casefold() in policy.values
    found = reference(bare) if "-" in bare else None
    return bool(_PEOPLE.fullmatch(word.strip("()"))) or (found is not None and found.prefix is not Prefix.BLOCKER)


def _known_value(value: str | None, policy: Policy) -> str | None:
    if value is not None and value not in policy.values:
        raise Refusal("That is not one of our values any more. Choose another, or none.", "value")
    return value
