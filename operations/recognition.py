"""Recognition: thanks recorded, posted in the channel and told to each person thanked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import Refusal
from domain.objectives import KeyResult, Objective
from domain.outbox import Outgoing, Priority
from domain.people import Kind, Member
from domain.permissions import Verb, allow
from domain.policy import Policy
from domain.recognition import Helped, Recognition, RecognitionId, Thanks, checked, written
from domain.references import Prefix, Reference
from domain.schedules import local_day
from operations import notices, people, sight
from operations.telling import may_speak
from storage import cycles, outbox, policy, recognition, suggestions
from storage.database import Session

RULE = "thanks are told to those they are for"


@dataclass(frozen=True, slots=True)
class Given:
    """Thanks that were recorded, and the channel they will be posted in, if there is one."""

    recognition: Recognition
    channel: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """What the form for giving thanks offers."""

    values: tuple[str, ...]
    helped: tuple[Helped, ...] | None
    """None where they are too many to be listed."""


def form(session: Session, who: Member, now: datetime) -> Form:
    """The values to choose from, and the objectives and key results that this person may read, if they are few."""
    rules = policy.policy(session, who.workspace)
    during = [each.id for each in cycles.running(session, who.workspace, local_day(now, rules.zone))]
    ids = suggestions.few(session, who, during)
    found = sight.readable_among(session, who, ids or [])
    each = [Helped(o.ref, o.title) for o in found] + [Helped(kr.ref, kr.title) for o in found for kr in o.key_results]
    return Form(rules.values, None if ids is None else tuple(each))


def read(session: Session, who: Member, text: str) -> Thanks:
    """The thanks in a typed line, by this workspace's values."""
    return written(text, policy.policy(session, who.workspace))


def give(session: Session, who: Member, thanks: Thanks, now: datetime) -> Given:
    """Record somebody's thanks and let everybody whom they concern know."""
    rules = _ready(session, who)
    recipients = people.the_people(session, who.workspace, thanks.recipients, "recipients")
    named = replace(thanks, reason=people.with_names(session, who.workspace, thanks.reason))
    said = checked(who, recipients, named, rules)
    objective, kr = _helped(session, who, said.reference)
    draft = Recognition(RecognitionId(0), who, tuple(recipients), said.reason, now, said.value)
    id = recognition.add(session, draft, objective, kr)
    given = recognition.recognition(session, who.workspace, id) or draft
    _announce(session, given, rules, now)
    return Given(given, rules.recognition_channel)


def listed(session: Session, who: Member, at_most: int = 10) -> list[Recognition]:
    """The latest thanks that this person gave or received."""
    return seen_by(session, who, recognition.concerning(session, who, at_most))


def seen_by(session: Session, who: Member, given: Sequence[Recognition]) -> list[Recognition]:
    """The thanks as this person may read them: nobody learns from them what objectives there are.

    What everybody may know of need not be looked up, unless a guest asks.
    """
    named = [each.helped for each in given if each.helped and each.helped.objective]
    doubtful = {helped.objective for helped in named if who.kind is Kind.GUEST or not helped.is_open}
    hidden = doubtful - {each.id for each in sight.readable_among(session, who, [*filter(None, doubtful)])}
    return [replace(each, helped=None) if each.helped and each.helped.objective in hidden else each for each in given]


def post_failed(session: Session, given: Recognition, error: str, now: datetime) -> None:
    """The post in the channel finally failed: its giver hears of it, and an admin once."""
    told = Outgoing(
        workspace=given.giver.workspace,
        kind="kudos post failed",
        place=given.giver.slack_id,
        key=f"kudos post failed {given.id}",
        rule="you hear when your thanks could not be posted",
        facts={"recognition": given.id, "error": error},
        priority=Priority.THANKS,
    )
    outbox.put(session, told, now)
    notices.notice(session, given.giver.workspace, "recognition channel", error, now)


def _ready(session: Session, who: Member) -> Policy:
    allow(Verb.GIVE_KUDOS, who, "")
    if not may_speak(session, who.workspace):
        raise Refusal(
            "Cairn is not set up here yet, so it cannot pass your thanks on. An admin can do that on Cairn's Home."
        )
    return policy.policy(session, who.workspace)


def _helped(session: Session, who: Member, ref: Reference | None) -> tuple[Objective | None, KeyResult | None]:
    if ref is None:
        return None, None
    try:
        if ref.prefix is Prefix.KEY_RESULT:
            kr, objective = sight.the_key_result(session, who, ref)
            return objective, kr
        return sight.the_objective(session, who, ref), None
    except Refusal as refusal:
        raise refusal.beside("helped") from refusal


def _announce(session: Session, given: Recognition, rules: Policy, now: datetime) -> None:
    for recipient in given.recipients:
        outbox.put(session, _told(given, recipient), now)
    if rules.recognition_channel:
        outbox.put(session, _posted(given, rules.recognition_channel), now)
    else:
        notices.notice(session, given.giver.workspace, "no recognition channel", "", now)
    people.refresh_homes(session, given.giver.workspace, _concerned([given]), now)


def _told(given: Recognition, recipient: Member) -> Outgoing:
    return Outgoing(
        workspace=recipient.workspace,
        kind="kudos",
        place=recipient.slack_id,
        key=f"kudos {given.id} to {recipient.id}",
        rule=RULE,
        facts={"recognition": given.id, "recipient": recipient.id},
        priority=Priority.THANKS,
    )


def _posted(given: Recognition, channel: str) -> Outgoing:
    return Outgoing(
        workspace=given.giver.workspace,
        kind="kudos post",
        place=channel,
        key=f"kudos post {given.id}",
        rule="thanks are posted in the recognition channel",
        facts={"recognition": given.id},
        priority=Priority.THANKS,
    )


def _concerned(given: Sequence[Recognition]) -> set[int]:
    return {member.id for each in given for member in [each.giver, *each.recipients]}
