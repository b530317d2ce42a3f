"""Recognition: thanks from one person to others, in words, tied to the objective that they helped."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from domain.errors import Refusal
from domain.people import Member, takes_part
from domain.policy import Policy
from domain.references import Reference, references_in
from domain.words import NOTE, required, unescaped

RecognitionId = NewType("RecognitionId", int)


@dataclass(frozen=True, slots=True)
class Helped:
    """The objective or key result that the thanks are tied to."""

    ref: Reference
    title: str


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


@dataclass(frozen=True, slots=True)
class Thanks:
    """Thanks as somebody wrote them; recipients by Slack id, the value without its #."""

    recipients: tuple[str, ...]
    reason: str
    value: str | None = None
    reference: Reference | None = None


_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_GROUP = re.compile(r"<!subteam\^[A-Z0-9]+(?:\|[^>]*)?>|<!(?:here|channel|everyone)(?:\|[^>]*)?>")
_TAG = re.compile(r"(?:<#[CG][A-Z0-9]+\|([\w-]+)>|(?<![^\s(,.;:])#([\w-]+))")


def written(text: str, policy: Policy) -> Thanks:
    """The thanks in one typed line: mentions, a #value and a KR-34 may stand anywhere, the rest is the reason.

    Raises `Refusal` when it names a group, or two things that were helped: thanks go to people, for one thing.
    """
    if _GROUP.search(text):
        raise Refusal("Thanks go to people. Name them one by one with @.", "recipients")
    recipients = tuple(dict.fromkeys(_MENTION.findall(text)))
    value, rest = _taken_value(_MENTION.sub(" ", text), policy)
    found, rest = _taken_reference(rest)
    return Thanks(recipients, _reason(rest), value, found)


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
        raise Refusal("Say a little more about what they did, so that it means something.", "reason")
    return Thanks(thanks.recipients, reason, _known_value(thanks.value, policy), thanks.reference)


def _taken_value(text: str, policy: Policy) -> tuple[str | None, str]:
    for match in _TAG.finditer(text):
        word = (match[1] or match[2]).casefold()
        if word in policy.values:
            return word, text[: match.start()] + " " + text[match.end() :]
    return None, text


def _taken_reference(text: str) -> tuple[Reference | None, str]:
    found = references_in(text)
    if len({ref for _, ref in found}) > 1:
        raise Refusal("Tie the thanks to one objective or key result; the others can stand in another one.", "helped")
    if not found:
        return None, text
    words, ref = found[0]
    word = rf"(?<![\w/-]){re.escape(words)}(?![\w-])"
    return ref, re.sub(rf"(?:\bfor\s+)?{word}\s*$|{word}", " ", text.rstrip(), count=1)


def _reason(text: str) -> str:
    plain = " ".join(unescaped(text).split())
    return re.sub(r"^(?:(?:and|,)\s*)*(?:for\s+)?", "", plain, flags=re.IGNORECASE).strip(" ,")


def _known_value(value: str | None, policy: Policy) -> str | None:
    if value is not None and value not in policy.values:
        raise Refusal("That is not one of our values any more. Choose another, or none.", "value")
    return value
