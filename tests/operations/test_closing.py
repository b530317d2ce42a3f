"""Closing objectives: who scores them, what is kept, what is carried on, and what their team hears of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from domain.changes import What
from domain.check_ins import Answer
from domain.closing import Carrying, ClosingDraft, Verdict
from domain.cycles import Step, quarter
from domain.errors import NotAllowed, NotFound, Refusal
from domain.objectives import KeyResultDraft, Level, Stage, Visibility
from domain.outbox import Sent
from domain.people import Role
from operations import (
    check_ins,
    closing,
    cycles,
    finding,
    key_results,
    objectives,
    proposals,
    reminders,
    retrospectives,
    status,
)
from scheduler.drawings import drawn
from scheduler.messages import KINDS
from storage import changes, outbox, people, policy, teams
from storage import closings as kept
from storage import cycles as known
from storage import objectives as stored
from tests.examples import NOW, TODAY, measure
from tests.storage.company import HERE, admin, again, cycle, key_result, objective, person, profile, team, with_role
from tests.storage.outbox import claim, confirm, planned, said_of
from tests.storage.units import in_a_session

CLOSING = datetime(2027, 1, 2, 12, tzinfo=UTC)
CLOSED = datetime(2027, 1, 15, 12, tzinfo=UTC)


def draft(score: str = "0.4", **changes: str) -> ClosingDraft:
    return ClosingDraft(**{"score": score, "why": "So it was", "mattered": "yes", "verdict": "drop"} | changes)


def carrying(into: str = "Q1 2027", *key_results, keep: bool = True, title: str = "Once more") -> Carrying:
    return Carrying(into, title, frozenset(kr.id for kr in key_results), keep)


def set_up(session):
    """Hana runs the programme in a workspace that is set up."""
    hana = with_role(session, person(session, "Hana"), Role.CHAMPION)
    people.finish_set_up(session, HERE, NOW)
    session.expire_all()
    return hana


# scoring


@in_a_session
def test_the_numbers_that_were_scored_stay_and_the_score_can_be_changed(session):
    ada = person(session)
    mine = objective(session, ada)
    kr = key_result(session, mine)
    check_ins.move(session, ada, kr.ref, Answer(kr.id, "50"), CLOSING)
    another = KeyResultDraft("Another", "0", "9", "", "increase")
    closing.score(session, ada, mine.id, draft("0.5"), CLOSING)
    for attempt in (
        lambda: check_ins.move(session, ada, kr.ref, Answer(kr.id, "90"), CLOSING),
        lambda: check_ins.undo(session, ada, kr.ref, None, CLOSING),
        lambda: key_results.change(session, ada, kr.id, KeyResultDraft(kr.title, "0", "200", "", "increase"), CLOSING),
        lambda: key_results.add(session, ada, mine.id, another, CLOSING),
        lambda: proposals.propose(session, person(session, "Bo"), mine.id, another, CLOSING),
        lambda: status.say(session, ada, kr.ref, "at risk because the vendor is late", CLOSING),
        lambda: key_results.archive(session, ada, kr.ref, CLOSING),
    ):
        with pytest.raises(Refusal, match=r"O-1 has its score, 0\.5, so its numbers stay .* `/okr close O-1` changes"):
            attempt()
    assert closing.score(session, ada, mine.id, draft("0.9"), CLOSING).objective.score == Decimal("0.9")


@in_a_session
def test_where_nobody_is_left_to_score_it_the_way_to_somebody_is_named(session):
    chidi, gus, bo = person(session, "Chidi"), admin(session), person(session, "Bo")
    whole = objective(session, chidi, level=Level.COMPANY)
    leads = objective(session, chidi, team=team(session, "Growth", again(session, bo)), level=Level.TEAM)
    with pytest.raises(NotAllowed, match=r"Its owner or the team's lead can|Its owner .*can"):
        closing.to_score(session, gus, whole.ref, CLOSING)
    people.keep_profiles(session, HERE, [profile("Chidi", active=False)], "UTC")
    session.expire_all()
    with pytest.raises(NotAllowed, match="`/okr handover @Chidi` gives it to somebody who can"):
        closing.to_score(session, gus, whole.ref, CLOSING)
    with pytest.raises(NotAllowed, match="lead can"):
        closing.to_score(session, gus, leads.ref, CLOSING)


@in_a_session
def test_a_cycle_that_runs_again_is_scored_anew_with_what_was_said(session):
    hana, ada = set_up(session), person(session)
    mine = objective(session, ada)
    kr = key_result(session, mine)
    cycles.step(session, hana, mine.cycle.id, Step.BEGIN, NOW)
    closing.score(session, ada, mine.id, draft("0.5"), NOW)
    cycles.step(session, hana, mine.cycle.id, Step.REOPEN, NOW)
    assert check_ins.move(session, ada, kr.ref, Answer(kr.id, "90"), NOW).after.measure.current == 90
    again_ = closing.to_score(session, ada, mine.ref, CLOSING)
    assert (again_.objective.score, again_.closing.why) == (None, "So it was")
    assert closing.next_to_score(session, ada, CLOSING).objective.id == mine.id


@in_a_session
def test_an_owner_says_how_it_ended_and_may_say_it_again(session):
    ada = person(session)
    mine = objective(session, ada)
    key_result(session, mine)
    first = closing.score(session, ada, mine.id, draft("0.5", why="We found more to do"), CLOSING)
    assert (first.objective.score, first.closing.suggested, first.left) == (Decimal("0.5"), Decimal("0.4"), 0)
    closing.score(session, ada, mine.id, draft("0.3", why="Not quite", verdict="keep"), CLOSING)
    again_ = closing.ended(session, ada, mine.ref, CLOSED)
    assert (again_.closing.score, again_.closing.why, again_.closing.verdict) == (
        Decimal("0.3"),
        "Not quite",
        Verdict.KEEP,
    )
    told = [(each.what, each.before, each.after, each.why) for each in changes.of_objective(session, HERE, mine.id)]
    assert told == [
        (What.SCORE, "", "0.5", "We found more to do"),
        (What.SCORE, "0.5", "0.3", "Not quite"),
    ]


@in_a_session
def test_owner_co_owner_and_lead_may_score_and_nobody_else(session):
    ada, bo, emi, gus = person(session), person(session, "Bo"), person(session, "Emi"), admin(session)
    chidi = with_role(session, person(session, "Chidi"), Role.CHAMPION)
    growth = team(session, "Growth", bo, ada, chidi)
    mine = objective(session, ada, team=growth)
    stored.share(session, mine, [emi])
    key_result(session, mine, chidi)
    for who in (ada, again(session, bo), emi):
        assert closing.score(session, who, mine.id, draft(), CLOSING).objective.score == Decimal("0.4")
    for who in (gus, chidi):
        with pytest.raises(NotAllowed, match=r"which is Ada's\. Its owner or the team's lead can"):
            closing.score(session, who, mine.id, draft(), CLOSING)
        with pytest.raises(NotAllowed):
            closing.to_score(session, who, mine.ref, CLOSING)


@in_a_session
def test_what_is_hidden_can_be_neither_scored_nor_read_nor_carried(session):
    ada, bo = person(session), person(session, "Bo")
    hidden = objective(session, ada, visibility=Visibility.PRIVATE)
    for attempt in (
        lambda: closing.score(session, bo, hidden.id, draft(), CLOSING),
        lambda: closing.ended(session, bo, hidden.ref, CLOSING),
        lambda: closing.carry(session, bo, hidden.id, carrying(), CLOSING),
    ):
        with pytest.raises(NotFound):
            attempt()


@in_a_session
def test_one_objective_after_the_other_waits_for_its_score(session):
    ada, bo = person(session), person(session, "Bo")
    first, second = objective(session, ada, "One"), objective(session, bo, "Two")
    stored.share(session, second, [ada])
    objective(session, ada, "Draft", stage=Stage.DRAFT)
    assert closing.next_to_score(session, ada, NOW) is None
    sheet = closing.next_to_score(session, ada, CLOSING)
    assert (sheet.objective.id, sheet.left) == (first.id, 1)
    closing.score(session, ada, first.id, draft(), CLOSING)
    assert closing.next_to_score(session, ada, CLOSING).objective.id == second.id
    closing.score(session, bo, second.id, draft(), CLOSING)
    assert closing.next_to_score(session, ada, CLOSING) is None


# carrying on


@in_a_session
def test_a_carried_objective_is_a_new_one_that_knows_its_past(session):
    ada, bo, emi = person(session), person(session, "Bo"), person(session, "Emi")
    growth = team(session, "Growth", bo, ada)
    past = objective(session, ada, team=growth, level=Level.TEAM, aspirational=True, tags=("growth",))
    stored.share(session, past, [emi])
    kr, left_out = key_result(session, past, bo, weight=Decimal(2)), key_result(session, past)
    stored.let_help(session, kr, [emi])
    closing.score(session, ada, past.id, draft(), CLOSING)
    found = closing.carry(session, ada, past.id, carrying("Q1 2027", kr), CLOSING).found
    new = found.only
    assert (str(new.ref), new.title, new.cycle.name) == ("O-2", "Once more", "Q1 2027")
    assert (new.carried_from.id, new.carried_from.cycle, new.score) == (past.id, "Q4 2026", None)
    assert (new.team, new.level, new.aspirational, new.tags) == (growth, Level.TEAM, True, ("growth",))
    assert [each.name for each in new.co_owners] == ["Emi"]
    (onward,) = new.key_results
    assert (onward.measure.start, onward.measure.current, onward.measure.target) == (40, 40, 100)
    assert (onward.owner.name, onward.weight, onward.measure.progress) == ("Bo", 2, 0)
    assert (onward.confidence, onward.updated_at, onward.note) == (None, None, "")
    assert [each.name for each in onward.contributors] == ["Emi"]
    before = finding.one(session, ada, past.ref, CLOSING).only
    assert (before.carried_to.id, before.carried_to.cycle) == (new.id, "Q1 2027")
    assert [each.id for each in before.key_results] == [kr.id, left_out.id]
    assert before.cycle.name == "Q4 2026"


@in_a_session
def test_targets_can_be_set_as_far_again(session):
    ada = person(session)
    past = objective(session, ada)
    kr = key_result(session, past, measure=measure(current="100"))
    with pytest.raises(Refusal, match="KR-1 has reached its target"):
        closing.carry(session, ada, past.id, carrying("Q1 2027", kr), CLOSING)
    made = closing.carry(session, ada, past.id, carrying("Q1 2027", kr, keep=False), CLOSING).found.only
    assert (made.key_results[0].measure.start, made.key_results[0].measure.target) == (100, 200)


@in_a_session
def test_it_is_carried_on_once_and_again_only_when_that_was_put_away(session):
    ada = person(session)
    past = objective(session, ada)
    first = closing.carry(session, ada, past.id, carrying(), CLOSING).found.only
    with pytest.raises(Refusal, match="O-1 has been carried over already, into Q1 2027"):
        closing.carry(session, ada, past.id, carrying(), CLOSING)
    objectives.archive(session, ada, first.id, CLOSING)
    session.expire_all()
    assert closing.carry(session, ada, past.id, carrying("Backlog"), CLOSING).found.only.cycle.is_backlog


@in_a_session
def test_nobody_learns_of_a_hidden_past_or_future(session):
    ada, gus = person(session), admin(session)
    mine = objective(session, ada, visibility=Visibility.PRIVATE)
    new = closing.carry(session, ada, mine.id, carrying(), CLOSING).found.only
    stored.change(session, replace(new, visibility=Visibility.EVERYONE))
    told = changes.of_objective(session, HERE, new.id)
    assert [(each.what, each.before, each.after) for each in told] == [(What.CYCLE, "Q4 2026", "Q1 2027")]
    assert finding.one(session, gus, new.ref, CLOSING).only.carried_from is None

    shared = objective(session, ada)
    hidden = closing.carry(session, ada, shared.id, carrying(), CLOSING).found.only
    stored.change(session, replace(hidden, visibility=Visibility.PRIVATE))
    again_ = closing.carry(session, gus, shared.id, carrying(), CLOSING).found.only
    for who in (ada, gus):
        assert finding.one(session, who, shared.ref, CLOSING).only.carried_to.id == again_.id


@in_a_session
def test_what_is_closed_can_still_be_carried_on_and_stays_as_it_is(session):
    ada = person(session)
    past = objective(session, ada)
    new = closing.carry(session, ada, past.id, carrying(), CLOSED).found.only
    assert new.carried_from.id == past.id
    assert finding.one(session, ada, past.ref, CLOSED).only.title == past.title


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"into": "Q4 2026"}, "Q4 2026 is over"),
        ({"into": "Q3 2026"}, "Q3 2026 is closed"),
        ({"into": "Someday"}, "There is no cycle called"),
        ({"title": " "}, "Give it a title"),
    ],
)
@in_a_session
def test_what_cannot_be_carried_on_says_why(session, changes, sentence):
    ada = person(session)
    cycle(session, day=date(2026, 7, 1))
    past = objective(session, ada)
    with pytest.raises(Refusal, match=sentence):
        closing.carry(session, ada, past.id, replace(carrying(), **changes), CLOSING)
    assert stored.carried_on(session, HERE, [past.id]) == {}


@in_a_session
def test_only_who_may_change_it_may_carry_it_on(session):
    past = objective(session, person(session))
    with pytest.raises(NotAllowed):
        closing.carry(session, person(session, "Bo"), past.id, carrying(), CLOSING)
    with pytest.raises(NotAllowed):
        closing.to_carry(session, person(session, "Bo"), past.ref, CLOSING)


@in_a_session
def test_it_hangs_below_what_its_parent_became_or_below_a_parent_that_goes_on(session):
    ada = person(session)
    year = known.opened(session, HERE, replace(quarter(TODAY), name="2026/27", ends=date(2027, 6, 30)))
    top = objective(session, ada, "Top")
    lasting = objective(session, ada, "Lasting", cycle=year)
    left = objective(session, ada, "Left behind")
    below = {above.title: objective(session, ada, parent=above.heading) for above in (top, lasting, left)}
    carried_top = closing.carry(session, ada, top.id, carrying(), CLOSING).found.only
    parents = {
        title: closing.carry(session, ada, each.id, carrying(), CLOSING).found.only.parent
        for title, each in below.items()
    }
    assert parents["Top"].id == carried_top.id
    assert parents["Lasting"].id == lasting.id
    assert parents["Left behind"] is None


@in_a_session
def test_where_objectives_are_reviewed_a_carried_one_is_proposed_first(session):
    ada = person(session)
    policy.change(session, HERE, {"review": True}, ada, NOW)
    past = objective(session, ada)
    assert closing.carry(session, ada, past.id, carrying(), CLOSING).found.only.stage is Stage.PROPOSED


@in_a_session
def test_whoever_may_not_read_its_past_or_future_does_not_learn_of_it(session):
    ada, chidi = person(session), person(session, "Chidi")
    past = objective(session, ada)
    new = closing.carry(session, ada, past.id, carrying(), CLOSING).found.only
    stored.change(session, replace(new, visibility=Visibility.PRIVATE))
    assert finding.one(session, chidi, past.ref, CLOSING).only.carried_to is None
    assert finding.one(session, ada, past.ref, CLOSING).only.carried_to.id == new.id


# what the team hears


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


@in_a_session
def test_a_reminder_names_what_still_waits_and_is_not_sent_when_nothing_does(session):
    ada, bo = person(session), person(session, "Bo")
    mine, done = objective(session, ada, "Mine"), objective(session, bo)
    closing.score(session, bo, done.id, draft(), CLOSING)
    asked = reminders.to_remind(session, HERE, mine.cycle.id, ["UADA", "UBO"], CLOSING.date())
    assert {who: [each.title for each in found.awaited] for who, found in asked.items()} == {"UADA": ["Mine"]}
    assert reminders.to_remind(session, HERE, mine.cycle.id, ["UADA"], CLOSED.date()) == {}
    assert reminders.to_remind(session, HERE, mine.cycle.id, ["UADA"], NOW.date()) == {}
    assert kept.of(session, HERE, [mine.id]) == {}


@in_a_session
def test_home_tells_what_the_cycles_ask_of_somebody(session):
    ada = person(session)
    mine = objective(session, ada)
    assert cycles.season(session, ada, TODAY).awaited == ()
    season = cycles.season(session, ada, CLOSING.date())
    assert ([each.name for each in season.closing], [each.id for each in season.awaited]) == (["Q4 2026"], [mine.id])
    assert cycles.season(session, ada, CLOSED.date()).closing == ()
