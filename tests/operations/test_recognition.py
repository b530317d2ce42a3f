"""Thanks: recorded, posted in the channel and told to each person thanked."""

from dataclasses import replace

import pytest

from domain.errors import NotAllowed, Refusal
from domain.objectives import Visibility
from domain.people import Kind
from domain.recognition import Thanks, in_public
from domain.references import Prefix, Reference
from operations import recognition
from storage import notices, people, policy
from storage import objectives as known
from tests.examples import NOW
from tests.storage.company import ELSEWHERE, HERE, admin, again, key_result, objective, person, team
from tests.storage.outbox import planned
from tests.storage.units import in_a_session

KR_1 = Reference(Prefix.KEY_RESULT, 1)
THANKS = Thanks(("UADA", "UCHIDI"), "shipping the beta", "craft", KR_1)


def company(session, channel: str | None = "C0KUDOS"):
    """Ada and Chidi, whom Bo thanks for Ada's key result; everything is set up."""
    gus = admin(session)
    ada, bo, _chidi = (person(session, name) for name in ("Ada", "Bo", "Chidi"))
    key_result(session, objective(session, ada))
    policy.change(session, HERE, {"recognition_channel": channel}, gus, NOW)
    people.finish_set_up(session, HERE, NOW)
    return bo


def everything_planned(session) -> dict[str, list[str]]:
    return {kind: planned(session, kind) for kind in ("kudos", "kudos post", "hint")}


@in_a_session
def test_thanks_are_posted_once_and_told_to_each_of_those_they_are_for(session):
    bo = company(session)
    given = recognition.give(session, bo, THANKS, NOW)
    said = given.recognition
    assert (said.reason, said.value, given.channel) == ("shipping the beta", "craft", "C0KUDOS")
    assert (str(said.helped.ref), said.giver) == ("KR-1", bo)
    assert everything_planned(session) == {"kudos": ["UADA", "UCHIDI"], "kudos post": ["C0KUDOS"], "hint": []}


@in_a_session
def test_without_a_channel_each_is_still_told_and_one_hint_goes_to_an_admin(session):
    bo = company(session, channel=None)
    for _ in range(2):
        recognition.give(session, bo, replace(THANKS, recipients=("UADA",)), NOW)
    assert everything_planned(session) == {"kudos": ["UADA", "UADA"], "kudos post": [], "hint": ["UGUS"]}


@in_a_session
def test_a_post_that_finally_failed_is_told_to_its_giver_and_once_to_an_admin(session):
    bo = company(session)
    for _ in range(2):
        given = recognition.give(session, bo, THANKS, NOW).recognition
        recognition.post_failed(session, given, "is_archived", NOW)
        recognition.post_failed(session, given, "is_archived", NOW)
    assert planned(session, "kudos post failed") == ["UBO", "UBO"]
    assert planned(session, "hint") == ["UGUS"]
    assert [(topic, detail) for topic, detail, _ in notices.all_of(session, HERE)] == [
        ("recognition channel", "is_archived")
    ]


@in_a_session
def test_before_the_set_up_nobody_is_written_to(session):
    bo = person(session, "Bo")
    person(session)
    with pytest.raises(Refusal, match="Cairn is not set up here yet"):
        recognition.give(session, bo, replace(THANKS, recipients=("UADA",), reference=None), NOW)
    assert everything_planned(session) == {"kudos": [], "kudos post": [], "hint": []}


REFUSED = [
    ({"recipients": ()}, "recipients"),
    ({"recipients": ("UBO",)}, "recipients"),
    ({"recipients": ("UNOBODY",)}, "recipients"),
    ({"recipients": ("UZOE",)}, "recipients"),
    ({"recipients": ("UDEPLOYS",)}, "recipients"),
    ({"recipients": ("UNOOR",)}, "recipients"),
    ({"reason": ""}, "reason"),
    ({"reason": "x" * 3001}, "reason"),
    ({"value": "speed"}, "value"),
    ({"reference": Reference(Prefix.KEY_RESULT, 9)}, "helped"),
    ({"reference": Reference(Prefix.OBJECTIVE, 9)}, "helped"),
]


@pytest.mark.parametrize(("changes", "field"), REFUSED, ids=str)
@in_a_session
def test_thanks_that_cannot_be_given_change_nothing(session, changes, field):
    bo = company(session)
    person(session, "Noor", active=False)
    person(session, "Deploys", kind=Kind.BOT)
    key_result(session, objective(session, person(session, "Zoe", workspace=ELSEWHERE)))
    with pytest.raises(Refusal) as refused:
        recognition.give(session, bo, replace(THANKS, **changes), NOW)
    assert refused.value.field == field
    assert recognition.listed(session, bo) == []
    assert everything_planned(session) == {"kudos": [], "kudos post": [], "hint": []}


@in_a_session
def test_who_has_left_gives_no_thanks(session):
    company(session)
    with pytest.raises(NotAllowed, match="deactivated"):
        recognition.give(session, person(session, "Bo", active=False), THANKS, NOW)


@in_a_session
def test_a_guest_gives_thanks_but_not_for_what_they_may_not_read(session):
    company(session)
    marek = person(session, "Marek", kind=Kind.GUEST)
    with pytest.raises(Refusal, match="There is no KR-1 here") as refused:
        recognition.give(session, marek, THANKS, NOW)
    assert refused.value.field == "helped"
    assert recognition.give(session, marek, replace(THANKS, reference=None), NOW).recognition.giver == marek


@in_a_session
def test_a_guest_does_not_learn_what_objectives_there_are_from_other_peoples_thanks(session):
    bo = company(session)
    given = recognition.give(session, bo, THANKS, NOW).recognition
    marek = person(session, "Marek", kind=Kind.GUEST)
    assert [each.helped for each in recognition.seen_by(session, marek, [given])] == [None]
    assert [each.helped for each in recognition.seen_by(session, bo, [given])] == [given.helped]


@pytest.mark.parametrize("hidden", [Visibility.TEAM, Visibility.PRIVATE])
@in_a_session
def test_nobody_learns_of_a_hidden_objective_from_thanks_that_are_tied_to_it(session, hidden):
    gus, bo, chidi = admin(session), company(session), people.member(session, HERE, "UCHIDI")
    mine = known.objective(session, HERE, Reference(Prefix.OBJECTIVE, 1))
    known.change(session, replace(mine, visibility=hidden, co_owners=(bo,)))
    known.share(session, mine, [bo])
    given = recognition.give(session, bo, THANKS, NOW).recognition
    assert [str(recognition.seen_by(session, who, [given])[0].helped) for who in (gus, chidi)] == ["None", "None"]
    assert [recognition.seen_by(session, who, [given])[0].helped.title for who in (bo, given.recipients[0])] == [
        given.helped.title,
        given.helped.title,
    ]
    assert in_public(given).helped is None
    assert in_public(replace(given, helped=replace(given.helped, is_open=True))).helped


@in_a_session
def test_the_form_offers_values_and_what_one_may_read(session):
    bo = company(session)
    offered = recognition.form(session, bo, NOW)
    assert offered.values == policy.policy(session, HERE).values
    assert [str(each.ref) for each in offered.helped] == ["O-1", "KR-1"]
    assert recognition.form(session, person(session, "Marek", kind=Kind.GUEST), NOW).helped == ()


@in_a_session
def test_a_typed_line_is_read_by_this_workspaces_own_values(session):
    bo = company(session)
    policy.change(session, HERE, {"values": ("speed",)}, bo, NOW)
    assert recognition.read(session, bo, "<@UADA> the beta #speed #craft").value == "speed"


@in_a_session
def test_everybody_in_the_thanks_sees_them_on_their_home(session):
    bo = company(session)
    team(session, "Growth", bo)
    for name in ("UADA", "UBO"):
        people.home_opened(session, people.member(session, HERE, name), NOW)
    recognition.give(session, again(session, bo), THANKS, NOW)
    assert sorted(planned(session, "home")) == ["home/UADA", "home/UBO"]
