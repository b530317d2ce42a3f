"""Mentions in comments: who hears of it, once, and who cannot."""

from dataclasses import replace

import pytest

from domain.comments import CommentId
from domain.objectives import Visibility
from operations import comments, mentions
from scheduler.messages import KINDS
from storage import comments as kept
from storage import objectives as known
from storage import people
from tests.examples import NOW
from tests.storage.company import HERE, again, key_result, objective, outgoing, person, team
from tests.storage.outbox import planned
from tests.storage.units import in_a_session


def town(session):
    """Ada, Bo and Chidi, all set up."""
    folk = [person(session, name) for name in ("Ada", "Bo", "Chidi")]
    people.finish_set_up(session, HERE, NOW)
    return folk


@pytest.mark.parametrize("typed", ["<@UCHIDI> please look", "Please look, @chidi!", "<@UCHIDI|chidi> and @Chidi"])
@in_a_session
def test_whoever_is_mentioned_and_may_read_it_hears_of_it_once(session, typed):
    ada, bo, chidi = town(session)
    said = comments.say(session, bo, objective(session, ada).ref, typed, NOW)
    assert (planned(session, "mention"), planned(session, "comment")) == (["UCHIDI"], ["UADA"])
    assert said.unheard == ()
    what = outgoing(kind="mention", place="UCHIDI", facts={"comment": said.comments[-1].id})
    assert "<@UBO> mentions you on *O-1*" in str(KINDS["mention"].draw(KINDS["mention"].load(session, [what], NOW)[0]))
    assert mentions.knows(session, chidi, said.comments[-1].id)
    assert not mentions.knows(session, ada, said.comments[-1].id)


@in_a_session
def test_whoever_reads_the_comment_anyway_or_says_it_is_not_told_twice(session):
    ada, bo, _ = town(session)
    comments.say(session, bo, objective(session, ada).ref, "<@UADA> and <@UBO>", NOW)
    assert (planned(session, "mention"), planned(session, "comment")) == ([], ["UADA"])


@in_a_session
def test_where_the_channel_reads_it_whoever_is_mentioned_is_told_besides_and_not_again_when_it_is_lost(session):
    ada, bo, _ = town(session)
    growth = team(session, "Growth", ada, channel="C007")
    said = comments.say(session, bo, objective(session, again(session, ada), team=growth).ref, "<@UADA> here", NOW)
    assert (planned(session, "mention"), planned(session, "comment")) == (["UADA"], ["C007"])
    lost = outgoing(kind="comment", place="C007", facts={"comment": said.comments[-1].id})
    comments.not_in_channel(session, lost, NOW)
    assert planned(session, "comment") == ["C007"]


@in_a_session
def test_who_may_not_read_it_or_has_left_hears_nothing_and_the_author_is_told(session):
    ada, bo, _ = town(session)
    mine = objective(session, ada, visibility=Visibility.PRIVATE)
    key_result(session, mine, bo)
    person(session, "Dan", active=False)
    said = comments.say(session, ada, mine.ref, "<@UBO>, <@UCHIDI>, <@UDAN>, <@UNOBODY>", NOW)
    assert planned(session, "mention") == ["UBO"], "a key result of it is his"
    assert sorted(each.name for each in said.unheard) == ["Chidi", "Dan"]


@in_a_session
def test_what_is_hidden_by_then_is_not_told(session):
    ada, bo, chidi = town(session)
    mine = objective(session, ada)
    said = comments.say(session, bo, mine.ref, "<@UCHIDI>", NOW)
    known.change(session, replace(mine, visibility=Visibility.PRIVATE))
    session.expire_all()
    assert mentions.mentioned(session, chidi, said.comments[-1].id) is None
    assert kept.comment(session, HERE, said.comments[-1].id)
    assert mentions.mentioned(session, ada, said.comments[-1].id)
    assert mentions.mentioned(session, ada, CommentId(99)) is None


@in_a_session
def test_a_first_name_that_two_people_have_means_neither(session):
    ada, bo, _ = town(session)
    person(session, "Chidi Okafor", slack_id="UOKAFOR")
    comments.say(session, bo, objective(session, ada).ref, "@chidi and chidi@example.org and @nobody", NOW)
    assert planned(session, "mention") == []
