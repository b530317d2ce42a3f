"""What is added or changed after it was agreed to, where somebody else than its owner agrees."""

from dataclasses import replace

import pytest

from domain.amendments import mark, terms
from domain.changes import What
from domain.errors import NotAllowed, Settled
from domain.objectives import KeyResultDraft, Level, Stage
from domain.people import Role
from operations import amendments, finding, key_results, proposals
from storage import changes, people, policy
from storage import key_results as known
from tests.examples import NOW
from tests.storage.company import HERE, again, key_result, objective, person, team, with_role
from tests.storage.outbox import planned
from tests.storage.units import in_a_session

LATER = NOW.replace(microsecond=1)
DRAFT = KeyResultDraft("Sign-ups", "0", "100", "", "increase")


def reviewed(session, **fields):
    """Gita's objective of the team that Bo leads, where somebody else agrees to objectives; with its key result."""
    gita, bo = person(session, "Gita"), person(session, "Bo")
    people.finish_set_up(session, HERE, NOW)
    growth = team(session, "Growth", bo, gita, bo)
    policy.change(session, HERE, {"review": True}, bo, NOW)
    gita, bo = again(session, gita), again(session, bo)
    mine = objective(session, gita, level=Level.TEAM, team=growth, **fields)
    kr = key_result(session, mine)
    session.expire_all()
    return gita, bo, mine, kr


def set_target(session, who, kr, target, at=NOW, **fields):
    aimed = replace(DRAFT, title=kr.title, start=str(kr.measure.start), target=target, unit=kr.measure.unit, **fields)
    written = key_results.change(session, who, kr.id, aimed, at)
    session.expire_all()
    return written.key_result


@in_a_session
def test_what_changes_of_what_was_agreed_to_is_put_before_whoever_can_agree(session):
    gita, bo, _, kr = reviewed(session)
    was = terms(kr)

    after = set_target(session, gita, kr, "55")

    assert (after.measure.target, after.agreed_to) == (55, was)
    assert planned(session, "key result changed") == ["UBO"]
    found = amendments.waiting(session, bo, kr.id, NOW)
    assert (found.was, found.now, found.by.name) == (was, terms(after), "Gita")
    assert amendments.waiting(session, gita, kr.id, NOW) is None

    agreed = amendments.agree(session, bo, kr.ref, LATER, mark(after))

    assert (agreed.was, agreed.key_result.agreed_to) == (was, "")
    assert planned(session, "key result change agreed") == ["UGITA"]
    assert amendments.waiting(session, bo, kr.id, NOW) is None
    said = amendments.settled(session, bo, kr.id, NOW)
    assert (said.was, said.now, said.agreed_by.name, said.is_back) == (was, terms(after), "Bo", False)
    (kept,) = [each for each in changes.of_key_result(session, HERE, kr.id) if each.what is What.AGREEMENT]
    assert (kept.before, kept.after, kept.by) == (was, terms(after), bo.id)
    with pytest.raises(Settled, match="Nothing about KR-1 waits"):
        amendments.agree(session, bo, kr.ref, LATER)


@in_a_session
def test_nobody_agrees_to_their_own(session):
    gita, bo, _, kr = reviewed(session)
    boss = with_role(session, person(session, "Cleo"), Role.CHAMPION)
    set_target(session, gita, kr, "55")
    with pytest.raises(NotAllowed, match=r"KR-1 is yours.* It waits for Bo\."):
        amendments.agree(session, gita, kr.ref, NOW)
    with pytest.raises(NotAllowed, match="You cannot agree to the team's KR-1"):
        amendments.agree(session, person(session, "Emi"), kr.ref, NOW)

    handed = known.key_result(session, HERE, kr.ref)[0]
    set_target(session, bo, handed, "40", LATER, owner="UBO")
    with pytest.raises(NotAllowed, match="It waits for Cleo"):
        amendments.agree(session, bo, kr.ref, NOW)
    assert amendments.agree(session, boss, kr.ref, NOW).key_result.agreed_to == ""


@in_a_session
def test_of_several_changes_only_the_last_is_asked_about_and_the_first_terms_stay_agreed(session):
    gita, bo, _, kr = reviewed(session)
    first = set_target(session, gita, kr, "55")
    second = set_target(session, gita, first, "60", LATER, weight="2")
    assert second.agreed_to == terms(kr)
    assert terms(second).endswith(", weight 2")
    assert amendments.waiting(session, bo, kr.id, NOW) is None
    assert amendments.waiting(session, bo, kr.id, LATER).was == terms(kr)
    with pytest.raises(Settled, match="KR-1 was changed once more: it is"):
        amendments.agree(session, bo, kr.ref, LATER, mark(first))
    with pytest.raises(Settled, match="KR-1 was changed once more"):
        amendments.agree(session, bo, kr.ref, LATER, "")


@in_a_session
def test_another_title_is_nothing_to_agree_to_and_nothing_waits_without_a_review_or_before_it_was_agreed(session):
    gita, _, _, kr = reviewed(session)
    target, start = str(kr.measure.target), str(kr.measure.start)
    same = replace(DRAFT, title="Another title", start=start, target=target, unit=kr.measure.unit)
    assert key_results.change(session, gita, kr.id, same, NOW).key_result.agreed_to == ""
    other = objective(session, gita, title="A thought", stage=Stage.PROPOSED)
    assert set_target(session, gita, key_result(session, other), "55").agreed_to == ""
    policy.change(session, HERE, {"review": False}, gita, NOW)
    assert set_target(session, gita, known.key_result(session, HERE, kr.ref)[0], "55", LATER).agreed_to == ""
    assert planned(session, "key result changed") == []


@in_a_session
def test_what_an_owner_adds_is_proposed_and_accepted_by_somebody_else(session):
    gita, bo, mine, _ = reviewed(session)
    made = key_results.add(session, gita, mine.id, DRAFT, NOW).key_result
    assert made.stage is Stage.PROPOSED
    assert planned(session, "key result proposed") == ["UBO"]
    with pytest.raises(NotAllowed, match=r"somebody else agrees to what is added to O-1. KR-2 waits for Bo\."):
        proposals.accept(session, gita, made.id, NOW)
    assert proposals.waiting(session, bo, made.id).accepts
    assert not proposals.waiting(session, gita, made.id).accepts
    assert proposals.agree(session, bo, made.ref, NOW).key_result.stage is Stage.AGREED
    assert planned(session, "key result decided") == ["UGITA"]

    by_lead = key_results.add(session, bo, mine.id, replace(DRAFT, owner="UGITA"), NOW).key_result
    assert by_lead.stage is Stage.AGREED
    lead_s_own = key_results.add(session, bo, mine.id, DRAFT, NOW).key_result
    assert lead_s_own.stage is Stage.PROPOSED


@in_a_session
def test_what_another_proposes_is_put_before_the_owner_and_accepted_by_whoever_can_agree(session):
    gita, bo, mine, _ = reviewed(session)
    champion = with_role(session, person(session, "Cleo"), Role.CHAMPION)
    kr = proposals.propose(session, person(session, "Emi"), mine.id, DRAFT, NOW).key_result
    assert sorted(planned(session, "key result proposed")) == ["UBO", "UGITA"]
    with pytest.raises(NotAllowed, match="KR-2 waits for Bo"):
        proposals.accept(session, gita, kr.id, NOW)
    proposals.accept(session, champion, kr.id, NOW)
    assert sorted(planned(session, "key result settled")) == ["UBO", "UCLEO", "UGITA"]
    assert len(finding.one(session, bo, mine.ref, NOW).only.key_results) == 2
    later = proposals.propose(session, person(session, "Emi"), mine.id, DRAFT, NOW).key_result
    assert proposals.decline(session, gita, later.id, "Not now", NOW).key_result.stage is Stage.DECLINED
