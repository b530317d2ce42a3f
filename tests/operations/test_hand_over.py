"""Handing over what somebody owned: who is asked, who may, what is kept, and who is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from domain.changes import What
from domain.errors import NotAllowed, Refusal
from domain.objectives import KeyResultDraft, Level, ObjectiveDraft, Stage, Visibility
from domain.people import Role
from domain.references import Prefix, Reference
from operations import directory, finding, hand_over, key_results, objectives
from scheduler.messages import KINDS
from storage import changes, outbox, people, teams
from storage import key_results as known_key_results
from storage import objectives as known
from storage.tables import OutboxRow
from tests.examples import NOW
from tests.storage.company import (
    HERE,
    admin,
    again,
    check_in,
    key_result,
    objective,
    outgoing,
    person,
    profile,
    team,
    with_role,
)
from tests.storage.outbox import planned, row
from tests.storage.units import in_a_session

DAY = timedelta(days=1)


def company(session):
    """Bo, who owns O-1 with KR-1 and, under Ada's O-2, KR-2; Lin leads his team, and Cora is champion."""
    admin(session)
    ada, bo, lin = (person(session, name) for name in ("Ada", "Bo", "Lin"))
    with_role(session, person(session, "Cora"), Role.CHAMPION)
    growth = team(session, "Growth", lin, bo)
    people.finish_set_up(session, HERE, NOW)
    key_result(session, objective(session, again(session, bo), "Nobody waits", team=growth))
    key_result(session, objective(session, ada, "Ada's own"), bo)
    return again(session, bo)


def leave(session, who, now=NOW) -> None:
    directory.keep_profiles(session, HERE, [profile(who.name, active=False)], now)


def called(session, name: str):
    return people.member(session, HERE, f"U{name.upper()}")


def refs(offer) -> dict[str, str]:
    """Each thing, and whom it would go to."""
    return {str(holding.ref): to.name for holding, to in offer.each}


def loaded(session, kind: str, place: str):
    """What is drawn of the one message of this kind."""
    facts = session.exec(select(OutboxRow).where(OutboxRow.kind == kind)).one().facts
    (found,) = KINDS[kind].load(session, [outgoing(kind=kind, place=place, facts=facts)], NOW)
    return found


def kept(session) -> dict[str, str]:
    """Who owns what."""
    found = finding.find(session, called(session, "Gus"), finding.Which(), NOW).objectives
    owned = {str(each.ref): each.owner.name for each in found}
    return owned | {str(kr.ref): kr.owner.name for each in found for kr in each.key_results}


# somebody has left


@in_a_session
def test_the_lead_is_asked_once_about_everything_that_somebody_who_left_owned(session):
    bo = company(session)
    leave(session, bo)
    leave(session, bo)
    assert planned(session, "hand-over") == ["ULIN"]
    assert refs(hand_over.offered(session, called(session, "Lin"), bo.id, NOW)) == {
        "O-1": "Lin",
        "KR-1": "Lin",
        "KR-2": "Lin",
    }


@in_a_session
def test_their_prompt_is_not_sent_any_more(session):
    bo = company(session)
    opened = check_in(session, bo)
    prompt = outgoing(f"check-in prompt {opened.id}", place="UBO", kind="check-in prompt")
    outbox.put(session, prompt, NOW)
    leave(session, bo)
    assert row(session, prompt.key).state == "unwanted"


@in_a_session
def test_an_objective_of_another_team_goes_to_that_teams_lead(session):
    bo, dan = company(session), person(session, "Dan")
    other = team(session, "Care", dan)
    objective(session, bo, "Theirs", level=Level.TEAM, team=other)
    leave(session, bo)
    assert sorted(planned(session, "hand-over")) == ["UDAN", "ULIN"]
    assert refs(hand_over.offered(session, called(session, "Dan"), bo.id, NOW)) == {"O-3": "Dan"}


@in_a_session
def test_without_a_lead_it_falls_to_the_champion_and_without_one_to_an_admin(session):
    bo = company(session)
    leave(session, called(session, "Lin"))
    leave(session, bo)
    assert planned(session, "hand-over") == ["UCORA"]
    dan = person(session, "Dan")
    objective(session, dan)
    people.grant(session, HERE, {Role.CHAMPION: []}, called(session, "Gus"), NOW)
    leave(session, dan)
    assert planned(session, "hand-over") == ["UCORA", "UGUS"]


@in_a_session
def test_a_lead_who_leaves_is_lead_no_more_and_the_champion_hears_of_it(session):
    company(session)
    leave(session, called(session, "Lin"))
    (growth,) = teams.all_of(session, HERE)
    assert growth.lead is None
    assert planned(session, "team without lead") == ["UCORA"]
    told = KINDS["team without lead"].draw(loaded(session, "team without lead", "UCORA"))
    assert "The team Growth has no lead now that Lin has left" in told["text"]


@in_a_session
def test_who_comes_back_finds_everything_as_it_was(session):
    bo, lin = company(session), called(session, "Lin")
    leave(session, bo)
    leave(session, lin)
    directory.keep_profiles(session, HERE, [profile("Bo"), profile("Lin")], NOW)
    assert hand_over.offered(session, called(session, "Lin"), bo.id, NOW) is None
    assert [each.lead.name for each in teams.all_of(session, HERE)] == ["Lin"]
    assert kept(session)["KR-1"] == "Bo"


@in_a_session
def test_nobody_is_asked_before_the_set_up_or_about_nothing(session):
    ada, bo = person(session), person(session, "Bo")
    team(session, "Growth", ada, bo)
    objective(session, bo)
    leave(session, bo)
    assert planned(session, "hand-over") == []
    people.finish_set_up(session, HERE, NOW)
    leave(session, person(session, "Dan"))
    assert planned(session, "hand-over") == []


@in_a_session
def test_nobody_is_asked_about_what_they_may_not_read(session):
    bo, ada = company(session), called(session, "Ada")
    secret = objective(session, bo, "Hush", visibility=Visibility.PRIVATE)
    drafted = objective(session, bo, "Not yet", stage=Stage.DRAFT)
    shared = objective(session, bo, "Ours", visibility=Visibility.PRIVATE)
    known.share(session, shared, [ada])
    leave(session, bo)
    told = {name: hand_over.offered(session, called(session, name), bo.id, NOW) for name in ("Lin", "Ada", "Cora")}
    assert refs(told["Ada"]) == {str(shared.ref): "Ada"}
    assert "Hush" not in str([each.each for each in told.values() if each])
    assert str(drafted.ref) not in str(told), "a draft of no team is read by its owner alone"
    assert [str(each.ref) for each in told["Cora"].sealed] == [str(secret.ref)]
    assert told["Cora"].each == told["Lin"].sealed == ()


@in_a_session
def test_whoever_may_hand_over_a_part_of_it_is_let_in_and_nobody_else_whatever_they_send(session):
    bo, dan = company(session), person(session, "Dan")
    objective(session, dan, "Dan's own")
    assert refs(hand_over.offer(session, called(session, "Ada"), bo.slack_id, NOW)) == {"KR-2": "Lin"}
    for forged in ({"KR-1": "UADA"}, {"O-3": "UADA"}, {}):
        with pytest.raises(NotAllowed, match="You cannot hand over what Bo owns"):
            hand_over.hand_over(session, dan, "UBO", forged, NOW)
    assert kept(session)["KR-1"] == "Bo"


@in_a_session
def test_a_private_objective_goes_to_whoever_has_a_part_in_it(session):
    bo, ada = company(session), called(session, "Ada")
    secret = objective(session, bo, "Hush", visibility=Visibility.PRIVATE)
    part = key_result(session, secret, ada)
    leave(session, bo)
    assert sorted(planned(session, "hand-over")) == ["UADA", "ULIN"]
    assert refs(hand_over.offered(session, ada, bo.id, NOW)) == {str(secret.ref): "Ada"}
    hand_over.hand_over(session, ada, "UBO", {str(secret.ref): "UADA"}, NOW)
    session.expire_all()
    (mine,) = known.by_id(session, HERE, [secret.id])
    assert (mine.owner.name, mine.key_results[0].id) == ("Ada", part.id)


@in_a_session
def test_whoever_has_a_part_in_what_somebody_owns_who_is_here_cannot_give_it_away(session):
    bo, ada = company(session), called(session, "Ada")
    secret = objective(session, bo, "Hush", visibility=Visibility.PRIVATE)
    key_result(session, secret, ada)
    with pytest.raises(Refusal, match="Nothing was handed over"):
        hand_over.hand_over(session, ada, "UBO", {str(secret.ref): "UADA"}, NOW)


@in_a_session
def test_what_nobody_can_read_is_given_to_somebody_else_by_whoever_runs_the_programme(session):
    bo, cora = company(session), called(session, "Cora")
    secret = objective(session, bo, "Hush", visibility=Visibility.PRIVATE)
    part = key_result(session, secret)
    assert hand_over.offer(session, cora, "UBO", NOW).sealed == (), "while its owner is here it is theirs alone"
    leave(session, bo)
    assert sorted(planned(session, "hand-over")) == ["UCORA", "ULIN"]
    with pytest.raises(Refusal, match="Choose somebody else") as refused:
        hand_over.hand_over(session, cora, "UBO", {str(secret.ref): "UCORA"}, NOW)
    assert refused.value.field == f"owner {secret.ref}"
    with pytest.raises(Refusal, match="Nothing was handed over"):
        hand_over.hand_over(session, called(session, "Lin"), "UBO", {str(secret.ref): "UADA"}, NOW)
    done = hand_over.hand_over(session, cora, "UBO", {str(secret.ref): "UADA"}, NOW)
    session.expire_all()
    assert [(each.id, to.name) for each, to in done.sealed] == [(secret.id, "Ada")]
    (now_hers,) = known.by_id(session, HERE, [secret.id])
    assert (now_hers.owner.name, now_hers.visibility) == ("Ada", Visibility.PRIVATE)
    assert [(kr.id, kr.owner.name) for kr in now_hers.key_results] == [(part.id, "Ada")]
    assert planned(session, "handed over") == ["UADA"]
    assert hand_over.offered(session, cora, bo.id, NOW) is None


@in_a_session
def test_what_waited_for_a_lead_who_leaves_as_well_is_asked_of_whom_it_falls_to_next(session):
    bo, lin = company(session), called(session, "Lin")
    leave(session, bo)
    assert planned(session, "hand-over") == ["ULIN"]
    leave(session, lin, NOW + DAY)
    assert _asked_about(session, bo) == ["ULIN", "UCORA"]
    assert set(refs(hand_over.offered(session, called(session, "Cora"), bo.id, NOW))) == {"O-1", "KR-1", "KR-2"}
    leave(session, called(session, "Ada"), NOW + 2 * DAY)
    assert len(_asked_about(session, bo)) == 2, "nothing of his was hers to see to"
    leave(session, called(session, "Cora"), NOW + 3 * DAY)
    assert _asked_about(session, bo) == ["ULIN", "UCORA", "UGUS"]


@in_a_session
def test_who_takes_on_what_nobody_can_read_is_chosen_by_the_next_where_the_champion_leaves(session):
    bo = company(session)
    with_role(session, person(session, "Zoe"), Role.CHAMPION)
    objective(session, bo, "Hush", visibility=Visibility.PRIVATE)
    leave(session, bo)
    leave(session, called(session, "Zoe"), NOW + DAY)
    assert sorted(_asked_about(session, bo)) == ["UCORA", "ULIN"], "Cora was asked before, and is still here"
    leave(session, called(session, "Cora"), NOW + 2 * DAY)
    assert sorted(_asked_about(session, bo)) == ["UCORA", "UGUS", "ULIN"]


def _asked_about(session, leaver) -> list[str]:
    """Who was asked about what somebody left, in order."""
    rows = session.exec(select(OutboxRow).where(OutboxRow.kind == "hand-over").order_by(OutboxRow.id)).all()
    return [row.place for row in rows if row.facts["leaver"] == leaver.id]


@in_a_session
def test_the_admins_hear_of_a_team_without_a_lead_where_there_is_no_champion_and_of_that_lack(session):
    company(session)
    with_role(session, person(session, "Uma"), Role.ADMIN)
    leave(session, called(session, "Lin"))
    assert planned(session, "team without lead") == ["UCORA"]
    assert planned(session, "no champion") == []
    leave(session, called(session, "Cora"))
    assert sorted(planned(session, "no champion")) == ["UGUS", "UUMA"]
    gone, lacking = KINDS["no champion"].load(session, [_no_champion(session)], NOW)[0]
    assert (gone.name, [each.name for each in lacking]) == ("Cora", ["Growth"])
    with_role(session, called(session, "Uma"), Role.CHAMPION)
    assert KINDS["no champion"].load(session, [_no_champion(session)], NOW) == [None]


@in_a_session
def test_every_admin_hears_that_a_team_has_lost_its_lead_where_there_is_no_champion(session):
    company(session)
    with_role(session, person(session, "Uma"), Role.ADMIN)
    leave(session, called(session, "Cora"))
    leave(session, called(session, "Lin"))
    assert sorted(planned(session, "team without lead")) == ["UGUS", "UUMA"]


def _no_champion(session):
    facts = {"leaver": called(session, "Cora").id}
    return outgoing(kind="no champion", place="UGUS", facts=facts)


# handing over


@in_a_session
def test_what_was_handed_over_keeps_its_history_and_says_why(session):
    bo = company(session)
    leave(session, bo)
    lin = called(session, "Lin")
    done = hand_over.hand_over(session, lin, "UBO", {"O-1": "UADA", "KR-1": "ULIN", "KR-2": "UADA"}, NOW)
    session.expire_all()
    assert refs(done) == {"O-1": "Ada", "KR-1": "Lin", "KR-2": "Ada"}
    assert kept(session) == {"O-1": "Ada", "KR-1": "Lin", "O-2": "Ada", "KR-2": "Ada"}
    (first,) = [each for each in done.each if str(each[0].ref) == "O-1"]
    said = changes.of_objective(session, HERE, first[0].objective.id)
    assert [(each.what, each.before, each.after, each.by, each.why) for each in said] == [
        (What.OWNER, "Bo", "Ada", lin.id, "Bo left"),
        (What.OWNER, "Bo", "Lin", lin.id, "Bo left"),
    ]
    assert [bool(each.key_result) for each in said] == [False, True]
    assert planned(session, "handed over") == ["UADA"], "who did it knows already"
    to, by, of, given = loaded(session, "handed over", "UADA")
    assert (to.name, by.name, of.name, sorted(str(each.ref) for each in given)) == ("Ada", "Lin", "Bo", ["KR-2", "O-1"])


@in_a_session
def test_whoever_is_given_something_in_its_form_is_told_as_well(session):
    bo = company(session)
    mine = known.objective(session, HERE, Reference(Prefix.OBJECTIVE, 1))
    (kr,) = mine.key_results
    as_it_is = KeyResultDraft(kr.title, "0", "100", "", "increase", owner="UADA")
    key_results.change(session, bo, kr.id, as_it_is, NOW)
    objectives.change(session, bo, mine.id, ObjectiveDraft(mine.title, mine.level, "UCORA", mine.team_id), NOW)
    session.expire_all()
    assert planned(session, "handed over") == ["UADA", "UCORA"]
    rows = session.exec(select(OutboxRow).where(OutboxRow.kind == "handed over").order_by(OutboxRow.id)).all()
    assert [(each.facts["objectives"], each.facts["key_results"]) for each in rows] == [([], [kr.id]), ([mine.id], [])]


@pytest.mark.parametrize("change", ["title", "owner"])
@in_a_session
def test_nobody_is_told_of_what_stayed_theirs_or_does_not_count_yet(session, change):
    bo = company(session)
    mine = known.objective(session, HERE, Reference(Prefix.OBJECTIVE, 1))
    owner = "UADA" if change == "owner" else "UBO"
    if change == "owner":
        known.change(session, replace(mine, stage=Stage.PROPOSED))
    (kr,) = mine.key_results
    key_results.change(session, bo, kr.id, KeyResultDraft("New", "0", "100", "", "increase", owner=owner), NOW)
    objectives.change(session, bo, mine.id, ObjectiveDraft("New", mine.level, owner, mine.team_id), NOW)
    assert planned(session, "handed over") == []


@in_a_session
def test_what_stays_empty_stays_and_what_has_gone_meanwhile_is_passed_over(session):
    bo = company(session)
    lin = called(session, "Lin")
    hand_over.hand_over(session, lin, "UBO", {"KR-1": "UADA"}, NOW)
    hand_over.hand_over(session, lin, "UBO", {"KR-1": "UCORA", "O-1": "ULIN", "KR-9": "UADA"}, NOW)
    session.expire_all()
    assert kept(session) == {"O-1": "Lin", "KR-1": "Ada", "O-2": "Ada", "KR-2": "Bo"}
    with pytest.raises(Refusal, match="Nothing was handed over"):
        hand_over.hand_over(session, lin, "UBO", {"KR-2": bo.slack_id}, NOW)


@in_a_session
def test_a_co_owner_or_helper_who_takes_it_on_is_not_named_twice(session):
    bo, ada = company(session), called(session, "Ada")
    mine = known.objective(session, HERE, Reference(Prefix.OBJECTIVE, 1))
    known.share(session, mine, [ada])
    known_key_results.let_help(session, mine.key_results[0], [ada])
    hand_over.hand_over(session, bo, "UBO", {"O-1": "UADA", "KR-1": "UADA"}, NOW)
    session.expire_all()
    after = known.objective(session, HERE, mine.id)
    assert (after.owner.name, after.co_owners) == ("Ada", ())
    assert (after.key_results[0].owner.name, after.key_results[0].contributors) == ("Ada", ())


@pytest.mark.parametrize("gone", ["UNOOR", "UNOBODY"])
@in_a_session
def test_it_goes_to_nobody_who_is_not_here(session, gone):
    company(session)
    person(session, "Noor", active=False)
    with pytest.raises(Refusal) as refused:
        hand_over.hand_over(session, called(session, "Lin"), "UBO", {"KR-1": "UADA", "KR-2": gone}, NOW)
    assert refused.value.field == "owner KR-2"


@in_a_session
def test_lead_champion_admin_and_the_person_may_and_nobody_else(session):
    company(session)
    mia = person(session, "Mia")
    for name in ("Lin", "Cora", "Gus", "Bo"):
        assert set(refs(hand_over.offer(session, called(session, name), "UBO", NOW))) == {"O-1", "KR-1", "KR-2"}
    sentence = "You cannot hand over what Bo owns. Its owner, the team's lead, an OKR champion or an admin can."
    for attempt in (
        lambda: hand_over.offer(session, mia, "UBO", NOW),
        lambda: hand_over.hand_over(session, mia, "UBO", {"KR-1": "UMIA"}, NOW),
    ):
        with pytest.raises(NotAllowed) as refused:
            attempt()
        assert refused.value.sentence == sentence


@in_a_session
def test_an_objectives_owner_may_pass_on_a_key_result_of_it(session):
    company(session)
    assert refs(hand_over.offer(session, called(session, "Ada"), "UBO", NOW)) == {"KR-2": "Lin"}


@in_a_session
def test_a_champion_hands_over_nothing_that_they_may_not_read(session):
    bo = company(session)
    secret = objective(session, bo, "Hush", visibility=Visibility.PRIVATE)
    cora = called(session, "Cora")
    assert str(secret.ref) not in refs(hand_over.offer(session, cora, "UBO", NOW))
    with pytest.raises(Refusal, match="Nothing was handed over"):
        hand_over.hand_over(session, cora, "UBO", {str(secret.ref): "UCORA"}, NOW)
    dan = person(session, "Dan")
    objective(session, dan, "Hush too", visibility=Visibility.PRIVATE)
    nothing = "Dan owns nothing in an open cycle that is yours to hand over."
    with pytest.raises(Refusal, match=nothing):
        hand_over.offer(session, cora, "UDAN", NOW)
    with pytest.raises(Refusal, match="Mia owns nothing"):
        hand_over.offer(session, cora, person(session, "Mia").slack_id, NOW)


@in_a_session
def test_what_is_archived_or_in_a_closed_cycle_stays_where_it_is(session):
    bo = company(session)
    objectives.archive(session, bo, Reference(Prefix.OBJECTIVE, 1), NOW)
    session.expire_all()
    assert set(refs(hand_over.offer(session, bo, "UBO", NOW))) == {"KR-2"}
    with pytest.raises(Refusal, match="owns nothing in an open cycle"):
        hand_over.offer(session, bo, "UBO", NOW.replace(year=NOW.year + 1))
