"""What a team hears of its objectives once they have their scores."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from domain.objectives import Level, Stage, Visibility
from domain.outbox import Sent
from operations import closing, retrospectives
from scheduler.drawings import drawn
from scheduler.messages import KINDS
from storage import objectives as stored
from storage import outbox, teams
from tests.examples import NOW
from tests.operations.closing import CLOSED, CLOSING, draft, set_up
from tests.storage.company import HERE, again, objective, person, team
from tests.storage.outbox import claim, confirm, planned, said_of
from tests.storage.units import in_a_session


def say_everything(session, at: datetime = CLOSING) -> None:
    """The courier takes everything to Slack."""
    while taken := claim(session, at):
        for row in taken:
            confirm(session, row, Sent(row.what.place, f"{row.id}.0"), at)
        at += timedelta(minutes=1)


@in_a_session
def test_a_teams_thread_begins_with_its_last_score_and_is_answered_once_for_each_objective(session):
    set_up(session)
    ada, bo = person(session), person(session, "Bo")
    growth = team(session, "Growth", bo, ada, channel="CGROWTH")
    one, two = (objective(session, ada, title, team=growth, level=Level.TEAM) for title in ("One", "Two"))
    objective(session, ada, "Secret", team=growth, visibility=Visibility.TEAM)
    objective(session, ada, "Draft", team=growth, stage=Stage.DRAFT)
    closing.score(session, ada, one.id, draft(), CLOSING)
    assert planned(session, "retrospective") == []
    closing.score(session, ada, two.id, draft(), CLOSING)
    closing.score(session, ada, two.id, draft("0.5"), CLOSING)
    assert planned(session, "retrospective") == ["CGROWTH"]
    assert retrospectives.go_on(session, CLOSING) == 0, "nobody knows yet where it stands"
    say_everything(session)
    assert retrospectives.go_on(session, CLOSING) == 1
    assert retrospectives.go_on(session, CLOSING) == 0
    assert planned(session, "retrospective note") == ["CGROWTH"] * 2
    (answer, *_) = claim(session, CLOSING + timedelta(hours=1))
    assert answer.what.thread is not None
    retrospectives.begin_all(session, HERE, one.cycle, CLOSED)
    assert planned(session, "retrospective") == ["CGROWTH"]
    talk = retrospectives.talk(session, HERE, one.cycle.id, growth.id)
    assert [each.title for each in talk.objectives] == ["One", "Two"]


@in_a_session
def test_each_group_has_its_own_place_and_nobody_speaks_before_the_set_up(session):
    ada, bo, emi = person(session), person(session, "Bo"), person(session, "Emi")
    with_channel, without = team(session, "A", bo, channel="CA"), team(session, "B", emi)
    for its in ({"team": with_channel}, {"team": without}, {"level": Level.COMPANY}, {}):
        mine = objective(session, ada, **its)
    retrospectives.begin_all(session, HERE, mine.cycle, CLOSED)
    assert planned(session, "retrospective") == []
    set_up(session)
    retrospectives.begin_all(session, HERE, mine.cycle, CLOSED)
    assert sorted(planned(session, "retrospective")) == ["CA", "UEMI", "UHANA"]


@in_a_session
def test_somebodys_own_objective_is_talked_about_in_the_one_team_that_they_are_in(session):
    set_up(session)
    ada, bo, emi = person(session), person(session, "Bo"), person(session, "Emi")
    growth, core = team(session, "Growth", bo, ada, emi, channel="CG"), team(session, "Core", bo, emi, channel="CC")
    gone = team(session, "Gone", bo, ada)
    teams.archive(session, gone, NOW)
    of_one = objective(session, again(session, ada), "Of one team")
    for owner, title in ((emi, "Of two"), (person(session, "Gita"), "Of none")):
        objective(session, again(session, owner), title)
    objective(session, ada, "Secret", visibility=Visibility.PRIVATE)
    objective(session, emi, "For the company", level=Level.COMPANY, team=core)
    about = {
        group: [each.title for each in retrospectives.talk(session, HERE, of_one.cycle.id, group).objectives]
        for group in (growth.id, None)
    }
    assert about == {growth.id: ["Of one team"], None: ["Of two", "Of none", "For the company"]}
    assert retrospectives.talk(session, HERE, of_one.cycle.id, core.id) is None
    closing.score(session, ada, of_one.id, draft(), CLOSING)
    assert planned(session, "retrospective") == ["CG"], "that was the last of theirs"
    retrospectives.begin_all(session, HERE, of_one.cycle, CLOSED)
    assert planned(session, "retrospective") == ["CG", "UHANA"]


AS_IT_IS = {"retrospective": "retrospective as it is", "retrospective note": "retrospective note as it is"}


def drawn_now(session, row, at: datetime) -> tuple[Sent | None, str]:
    """What Slack is given of a row at this time, and in place of which message."""
    (made,) = drawn(session, [row], at)
    return made.before, str(made.message and made.message["blocks"])


@in_a_session
def test_a_score_that_changes_after_the_retrospective_began_is_changed_there_too(session):
    set_up(session)
    ada, bo = person(session), person(session, "Bo")
    growth = team(session, "Growth", bo, ada, channel="CGROWTH")
    mine = objective(session, ada, team=growth, level=Level.TEAM)
    closing.score(session, ada, mine.id, draft(), CLOSING)
    say_everything(session)
    retrospectives.go_on(session, CLOSING)
    say_everything(session)
    stands = {kind: outbox.where_said(session, HERE, said_of(session, kind)[0].key) for kind in AS_IT_IS}
    at = CLOSING + timedelta(hours=1)
    for score, why in (("0.9", "We counted again"), ("0.8", "And once more")):
        closing.score(session, ada, mine.id, draft(score, why=why), at)
        first, second = (row for _ in range(2) for row in take_next(session, at, "CGROWTH"))
        assert [row.what.kind for row in (first, second)] == list(AS_IT_IS.values())
        assert drawn_now(session, first, at)[0] == stands["retrospective"]
        assert f"mean score {score}" in drawn_now(session, first, at)[1]
        before, words = drawn_now(session, second, at)
        assert (before, f"Score {score}" in words, why in words) == (stands["retrospective note"], True, True)
        at += timedelta(hours=1)
    assert [len(planned(session, kind)) for kind in AS_IT_IS] == [1, 1], "nothing was said twice"


def take_next(session, at: datetime, place: str) -> list:
    """The next message to a place, which goes out."""
    taken = [row for row in claim(session, at) if row.what.place == place]
    for row in taken:
        confirm(session, row, None, at)
    return taken


@in_a_session
def test_what_was_not_said_yet_is_said_as_it_is_and_needs_no_change(session):
    set_up(session)
    ada, bo = person(session), person(session, "Bo")
    growth = team(session, "Growth", bo, ada, channel="CGROWTH")
    mine = objective(session, ada, team=growth, level=Level.TEAM)
    closing.score(session, ada, mine.id, draft(), CLOSING)
    closing.score(session, ada, mine.id, draft("0.9"), CLOSING)
    (first,) = [row for row in claim(session, CLOSING) if row.what.place == "CGROWTH"]
    assert "mean score 0.9" in drawn_now(session, first, CLOSING)[1]
    (anew,) = said_of(session, "retrospective as it is")
    assert drawn_now(session, replace(first, what=anew), CLOSING) == (None, "None")


@in_a_session
def test_what_was_hidden_after_it_was_talked_about_is_not_told_of_anew(session):
    set_up(session)
    ada = person(session)
    mine, other = (objective(session, ada, title, level=Level.COMPANY) for title in ("Mine", "Other"))
    for each in (mine, other):
        closing.score(session, ada, each.id, draft(), CLOSING)
    say_everything(session)
    retrospectives.go_on(session, CLOSING)
    say_everything(session)
    stored.change(session, replace(mine, visibility=Visibility.PRIVATE, score=Decimal("0.4")))
    closing.score(session, ada, mine.id, draft("0.9", why="Nobody's business"), CLOSING)
    assert [planned(session, kind) for kind in AS_IT_IS.values()] == [[], []], (
        "an edit would tell that there is something"
    )
    closing.score(session, ada, other.id, draft("0.5"), CLOSING)
    (first, *_) = take_next(session, CLOSING + timedelta(hours=1), "UHANA")
    assert "1 objective, mean score 0.5" in drawn_now(session, first, CLOSING)[1]


@in_a_session
def test_where_a_channel_does_not_take_it_the_lead_gets_it_once(session):
    set_up(session)
    ada, bo = person(session), person(session, "Bo")
    mine = objective(session, ada, team=team(session, "Growth", bo, channel="CSHUT"))
    retrospectives.begin_all(session, HERE, mine.cycle, CLOSED)
    (lost,) = [row.what for row in claim(session, CLOSED) if row.what.kind == "retrospective"]
    for _ in range(2):
        KINDS["retrospective"].lost(session, lost, "not_in_channel", CLOSED)
    assert planned(session, "retrospective") == ["CSHUT", "UBO"]
    (again_,) = [row.what for row in claim(session, CLOSED) if row.what.place == "UBO"]
    KINDS["retrospective"].lost(session, again_, "user_not_found", CLOSED)
    assert planned(session, "retrospective") == ["CSHUT", "UBO"]


@in_a_session
def test_what_was_hidden_or_put_away_meanwhile_is_not_spoken_of(session):
    ada = person(session)
    mine = objective(session, ada, level=Level.COMPANY)
    assert retrospectives.note(session, HERE, mine.cycle.id, mine.id).closing is None
    stored.change(session, replace(mine, visibility=Visibility.PRIVATE))
    assert retrospectives.note(session, HERE, mine.cycle.id, mine.id) is None
    assert retrospectives.talk(session, HERE, mine.cycle.id, None) is None
