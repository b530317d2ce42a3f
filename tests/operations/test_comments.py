"""Comments: who may make them, who reads them, and where."""

from dataclasses import replace

import pytest
from sqlmodel import select

from domain.errors import NotFound, Refusal
from domain.objectives import Stage, Visibility
from domain.people import Kind
from operations import comments, finding, objectives
from storage import comments as kept
from storage import objectives as known
from storage import people
from storage.tables import OutboxRow
from tests.examples import NOW
from tests.storage.company import HERE, key_result, objective, outgoing, person, team
from tests.storage.outbox import planned
from tests.storage.units import in_a_session


def town(session):
    """Ada, Bo and Chidi, all set up."""
    folk = [person(session, name) for name in ("Ada", "Bo", "Chidi")]
    people.finish_set_up(session, HERE, NOW)
    return folk


def keys(session) -> list[str]:
    session.flush()
    rows = session.exec(select(OutboxRow).where(OutboxRow.kind == "comment").order_by(OutboxRow.id))
    return [row.key for row in rows]


@in_a_session
def test_a_comment_stays_with_the_objective_the_latest_three_in_sight(session):
    ada, bo, _ = town(session)
    mine = objective(session, ada)
    kr = key_result(session, mine)
    for words in ("One", "Two", "Three"):
        comments.say(session, bo, mine.ref, words, NOW)
    found = comments.say(session, ada, kr.ref, "Four, <@UBO>", NOW)
    assert [each.words for each in found.comments] == ["Two", "Three", "Four, @Bo"]
    assert found.comments[-1].key_result.number == kr.number
    assert finding.one(session, bo, mine.ref, NOW).comments == found.comments


@in_a_session
def test_owner_and_earlier_commenters_hear_of_it_but_never_who_says_it(session):
    ada, bo, chidi = town(session)
    mine = objective(session, ada)
    comments.say(session, bo, mine.ref, "One", NOW)
    assert planned(session, "comment") == ["UADA"]
    comments.say(session, chidi, mine.ref, "Two", NOW)
    assert planned(session, "comment") == ["UADA", "UADA", "UBO"]
    comments.say(session, ada, mine.ref, "Three", NOW)
    assert planned(session, "comment")[3:] == ["UBO", "UCHIDI"]
    first = f"comments on {mine.id} in "
    assert [key for key in keys(session) if key.startswith(first)] == [first + who for who in ("UADA", "UBO", "UCHIDI")]


@in_a_session
def test_where_everybody_may_read_it_the_teams_channel_does(session):
    ada, bo, _ = town(session)
    growth = team(session, "Growth", ada, channel="C007")
    comments.say(session, bo, objective(session, ada, team=growth).ref, "One", NOW)
    assert planned(session, "comment") == ["C007"]


@pytest.mark.parametrize("hidden", [{"visibility": Visibility.TEAM}, {"visibility": Visibility.PRIVATE}])
@in_a_session
def test_what_not_everybody_may_see_never_goes_to_a_channel(session, hidden):
    ada, bo, _ = town(session)
    growth = team(session, "Growth", ada, bo, channel="C007")
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada, team=growth, **hidden)
    key_result(session, mine, bo)
    session.expire_all()
    comments.say(session, bo, mine.ref, "One", NOW)
    assert planned(session, "comment") == ["UADA"]


@in_a_session
def test_a_draft_is_talked_over_among_those_who_may_read_it(session):
    ada, bo, _ = town(session)
    growth = team(session, "Growth", bo, ada, channel="C007")
    draft = objective(session, ada, team=growth, stage=Stage.DRAFT)
    comments.say(session, person(session, "Bo"), draft.ref, "One", NOW)
    assert planned(session, "comment") == ["UADA"]


@in_a_session
def test_what_was_hidden_meanwhile_is_not_said_in_the_channel_any_more(session):
    ada, bo, _ = town(session)
    growth = team(session, "Growth", ada, channel="C007")
    ada = person(session)
    mine = objective(session, ada, team=growth)
    (said,) = comments.say(session, bo, mine.ref, "One", NOW).comments
    assert comments.said(session, HERE, said.id, "C007").readers == (ada,)
    assert comments.said(session, HERE, said.id, "UADA").readers == (ada,)
    assert comments.said(session, HERE, said.id, "C999") is None
    assert comments.said(session, HERE, said.id, "UCHIDI") is None, "it is not theirs"
    known.change(session, replace(mine, visibility=Visibility.PRIVATE))
    session.expire_all()
    assert comments.said(session, HERE, said.id, "C007") is None
    assert comments.said(session, HERE, said.id, "UADA")


@in_a_session
def test_what_cannot_be_posted_in_the_channel_is_told_to_each(session):
    ada, bo, _ = town(session)
    growth = team(session, "Growth", ada, channel="C007")
    mine = objective(session, ada, team=growth)
    (said,) = comments.say(session, bo, mine.ref, "One", NOW).comments
    lost = outgoing(kind="comment", place="C007", facts={"comment": said.id, "objective": mine.id})
    comments.not_in_channel(session, lost, NOW)
    assert planned(session, "comment") == ["C007", "UADA"]
    comments.not_in_channel(session, outgoing(kind="comment", place="UADA", facts=lost.facts), NOW)
    assert planned(session, "comment") == ["C007", "UADA"], "what could not be told to a person goes nowhere else"


@in_a_session
def test_nobody_comments_on_what_they_may_not_read_or_on_what_is_put_away(session):
    ada, bo, _ = town(session)
    marek = person(session, "Marek", kind=Kind.GUEST)
    private, gone = objective(session, ada, visibility=Visibility.PRIVATE), objective(session, ada)
    for who, which in ((bo, private.ref), (marek, gone.ref)):
        with pytest.raises(NotFound):
            comments.say(session, who, which, "One", NOW)
        with pytest.raises(NotFound):
            comments.about(session, who, which, NOW)
    objectives.archive(session, ada, gone.id, NOW)
    session.expire_all()
    with pytest.raises(Refusal, match="archived"):
        comments.say(session, bo, gone.ref, "One", NOW)
    with pytest.raises(Refusal) as refused:
        comments.say(session, ada, private.ref, " ", NOW)
    assert refused.value.field == "words"
    assert kept.latest(session, HERE, private.id, 9) == []
    assert planned(session, "comment") == []
