"""What somebody left alone in a form stays as others have made it by then, also where nobody could make it so anew."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.check_ins import Answer
from domain.drafting import draft_of
from domain.errors import NotAllowed, Refusal
from domain.key_results import EVERYTHING, drafted
from domain.measures import Measure, MeasureKind
from domain.objectives import Level, ObjectiveDraft
from domain.people import Role, RoleGrants, TeamDraft
from domain.set_up import SetUp
from operations import key_results, objectives, people, policy, set_up, teams, updates
from storage import people as members
from storage import policy as kept
from tests.examples import NOW, TODAY
from tests.storage.company import HERE, admin, key_result, objective, person, team, with_role
from tests.storage.units import in_a_session

OF_AN_OBJECTIVE = frozenset(
    ("title", "level", "owner", "team", "parent", "description", "co_owners", "aspirational", "visibility", "stage")
)


def written(draft: ObjectiveDraft, **entered: object) -> ObjectiveDraft:
    """A form that was drawn with this, as it comes back with something else in it."""
    return replace(draft, alone=OF_AN_OBJECTIVE - entered.keys(), **entered)


@in_a_session
def test_a_title_can_be_changed_though_the_team_has_been_put_away(session):
    ada, gus = person(session), admin(session)
    growth = team(session, "Growth", gus, ada)
    mine = objective(session, ada, team=growth, level=Level.TEAM)
    shown = ObjectiveDraft(mine.title, Level.TEAM, ada.slack_id, growth.id)
    teams.archive(session, gus, growth.id, NOW)

    with pytest.raises(Refusal, match="That team is not there any more"):
        objectives.change(session, ada, objective(session, ada).id, replace(shown, title="New"), NOW)
    changed = objectives.change(session, ada, mine.id, written(shown, title="New"), NOW).only

    assert (changed.title, changed.team_id, changed.level) == ("New", growth.id, Level.TEAM)


@in_a_session
def test_a_parent_that_was_chosen_meanwhile_stays_and_no_ring_comes_of_it(session):
    ada = person(session)
    above, mine = objective(session, ada), objective(session, ada)
    shown = ObjectiveDraft(mine.title, Level.INDIVIDUAL, ada.slack_id)
    objectives.change(session, ada, mine.id, replace(shown, parent=above.ref), NOW)

    done = objectives.change(session, ada, mine.id, written(shown, title="New"), NOW)

    assert done.only.pulls_on == above.ref
    assert done.before
    assert done.before.pulls_on == above.ref
    with pytest.raises(Refusal):
        objectives.change(session, ada, above.id, written(shown, parent=mine.ref), NOW)


@in_a_session
def test_a_measure_that_nobody_could_type_stays_when_its_title_is_changed(session):
    ada = person(session)
    odd = Measure(Decimal(0), Decimal(100), Decimal(150), "%")
    kr = key_result(session, objective(session, ada), measure=odd)
    draft = replace(drafted(kr), title="New", alone=EVERYTHING - {"title"})

    changed = key_results.change(session, ada, kr.id, draft, NOW).key_result

    assert (changed.title, changed.measure) == ("New", odd)


@in_a_session
def test_where_it_is_now_can_be_said_beside_a_target_that_was_moved_meanwhile(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada))
    shown = replace(drafted(kr), alone=EVERYTHING - {"current"}, current="+5")
    key_results.change(session, ada, kr.id, replace(drafted(kr), target="200"), NOW)

    measure = key_results.change(session, ada, kr.id, shown, NOW + timedelta(hours=1)).key_result.measure

    assert (measure.target, measure.current) == (Decimal(200), kr.measure.current + 5)


@in_a_session
def test_another_kind_begins_with_what_stood_beside_it_where_the_key_result_has_it_no_more(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada))
    stepwise = replace(drafted(kr), kind="milestones", milestones="One\nTwo")
    shown = replace(drafted(kr), alone=EVERYTHING - {"kind", "target"}, kind="at most", target="7")
    key_results.change(session, ada, kr.id, stepwise, NOW)

    measure = key_results.change(session, ada, kr.id, shown, NOW).key_result.measure

    assert (measure.kind, measure.target, measure.start) == (MeasureKind.AT_MOST, Decimal(7), kr.measure.start)


@in_a_session
def test_an_update_without_a_word_on_confidence_keeps_the_one_that_stands_by_then(session):
    ada, gus = person(session), admin(session)
    kr = key_result(session, objective(session, ada), confidence=8)
    updates.move(session, gus, kr.id, Answer(kr.id, "", 2, "The vendor is gone"), NOW)

    after = updates.move(session, ada, kr.id, Answer(kr.id, "60", 8, "", frozenset({"confidence", "note"})), NOW).after

    assert (after.measure.current, after.confidence, after.note) == (Decimal(60), 2, "The vendor is gone")


@in_a_session
def test_a_team_keeps_its_name_and_people_whatever_they_are_called_by_then(session):
    gus, bo, ada = admin(session), person(session, "Bo"), person(session)
    growth = team(session, "Growth", bo)
    shown = TeamDraft("Growth", bo.slack_id, (bo.slack_id,), alone=frozenset({"name", "lead", "members"}))
    teams.change(session, gus, growth.id, TeamDraft("Care", ada.slack_id, (ada.slack_id,)), NOW)

    changed = teams.change(session, gus, growth.id, replace(shown, channel="C1"), NOW)

    assert (changed.name, changed.channel) == ("Care", "C1")
    assert changed.lead
    assert [one.id for one in (changed.lead, *changed.members)] == [ada.id, ada.id]


@in_a_session
def test_a_role_that_was_left_alone_is_neither_granted_again_nor_taken_away(session):
    gus, ada, bo = admin(session), person(session), person(session, "Bo")
    people.grant(session, gus, RoleGrants({Role.CHAMPION: (ada.slack_id,), Role.HR: (ada.slack_id,)}), NOW)

    alone = frozenset({"champion", "admin", "sponsor"})
    people.grant(session, gus, RoleGrants({Role.HR: (bo.slack_id,)}, alone), NOW)

    held = {role: [one.slack_id for one in folk] for role, folk in members.holders(session, HERE).items() if folk}
    assert held == {Role.CHAMPION: [ada.slack_id], Role.HR: [bo.slack_id]}


@in_a_session
def test_whoever_may_change_no_setting_is_told_so_though_they_changed_none(session):
    hr = with_role(session, person(session, "Hana"), Role.HR)
    with pytest.raises(NotAllowed):
        policy.change(session, person(session), {}, NOW)
    assert policy.change(session, hr, {}, NOW).before == policy.change(session, hr, {}, NOW).after


@in_a_session
def test_what_was_decided_in_another_set_up_meanwhile_is_previewed_and_kept(session):
    gus, ada = admin(session), person(session)
    shown = SetUp(None, None, (), TODAY, frozenset({"champion", "pilot_teams", "first_check_in"}))
    growth = team(session, "Growth", gus, ada)
    set_up.finish(session, gus, SetUp(None, ada.slack_id, (growth.id,), TODAY + timedelta(days=7)), NOW)
    mine = replace(shown, channel="C0KUDOS")

    seen = set_up.preview(session, gus, mine, True, None, NOW).choices
    done = set_up.finish(session, gus, seen, NOW)

    assert (seen.champion, seen.pilot_teams) == (ada.slack_id, (growth.id,))
    assert done == seen
    rules = kept.policy(session, HERE)
    assert (rules.recognition_channel, rules.pilot_teams) == ("C0KUDOS", (growth.id,))
    assert rules.first_check_in == TODAY + timedelta(days=7)
    assert [one.slack_id for one in members.holders(session, HERE)[Role.CHAMPION]] == [ada.slack_id]


@in_a_session
def test_what_somebody_who_has_left_owns_or_leads_can_be_renamed_and_stays_theirs(session):
    gus, bo = admin(session), person(session, "Bo")
    growth = team(session, "Growth", bo, gus)
    mine = objective(session, bo)
    kr = key_result(session, mine)
    person(session, "Bo", active=False)

    done = objectives.change(session, gus, mine.id, written(draft_of(mine), title="New"), NOW)
    measured = replace(drafted(kr), title="New", alone=EVERYTHING - {"title"})
    renamed = key_results.change(session, gus, kr.id, measured, NOW).key_result
    called = TeamDraft("Care", alone=frozenset({"lead", "members"}))
    assert teams.change(session, gus, growth.id, called, NOW).lead is None
    person(session, "Bo")

    assert [done.only.owner.id, renamed.owner.id] == [bo.id, bo.id]
    back = teams.to_change(session, gus, growth.id)
    assert back.lead
    assert (back.name, back.lead.id) == ("Care", bo.id), "who comes back leads it again"


@in_a_session
def test_a_title_can_be_changed_by_one_and_who_shares_it_by_two_at_once(session):
    ada, bo, eve, gus = (person(session, name) for name in ("Ada", "Bo", "Eve", "Gus"))
    mine = objective(session, ada)
    shown = replace(draft_of(mine), drawn={"co_owners": ()})
    objectives.change(session, ada, mine.id, written(shown, co_owners=(bo.slack_id, eve.slack_id)), NOW)

    after = objectives.change(session, ada, mine.id, written(shown, co_owners=(gus.slack_id,)), NOW).only
    assert [one.name for one in after.co_owners] == ["Bo", "Eve", "Gus"]

    again = replace(draft_of(after), drawn={"co_owners": draft_of(after).co_owners})
    objectives.change(session, ada, mine.id, written(again, co_owners=(bo.slack_id, gus.slack_id)), NOW)
    less = written(again, co_owners=(eve.slack_id, gus.slack_id))
    last = objectives.change(session, ada, mine.id, less, NOW).only
    assert [one.name for one in last.co_owners] == ["Gus"]


@in_a_session
def test_of_two_who_choose_who_helps_both_are_heard(session):
    ada, bo, eve = (person(session, name) for name in ("Ada", "Bo", "Eve"))
    kr = key_result(session, objective(session, ada))
    shown = replace(drafted(kr), alone=EVERYTHING - {"contributors"}, drawn={"contributors": ()})
    key_results.change(session, ada, kr.id, replace(shown, contributors=(bo.slack_id,)), NOW)

    after = key_results.change(session, ada, kr.id, replace(shown, contributors=(eve.slack_id,)), NOW).key_result

    assert [one.name for one in after.contributors] == ["Bo", "Eve"]


@in_a_session
def test_a_team_and_a_role_hear_both_of_two_admins(session):
    gus, bo, ada, eve = admin(session), *(person(session, name) for name in ("Bo", "Ada", "Eve"))
    growth = team(session, "Growth", bo, bo)
    shown = TeamDraft("Growth", bo.slack_id, (bo.slack_id,), drawn={"members": (bo.slack_id,)})
    teams.change(session, gus, growth.id, replace(shown, members=(bo.slack_id, ada.slack_id)), NOW)
    changed = teams.change(session, gus, growth.id, replace(shown, members=(bo.slack_id, eve.slack_id)), NOW)
    assert {one.name for one in changed.members} == {"Bo", "Ada", "Eve"}

    alone, drawn = frozenset({"champion", "admin", "sponsor"}), {"hr": ()}
    for one in (ada, eve):
        people.grant(session, gus, RoleGrants({Role.HR: (one.slack_id,)}, alone, drawn), NOW)
    drawn = {"hr": (ada.slack_id, eve.slack_id)}
    people.grant(session, gus, RoleGrants({Role.HR: (bo.slack_id, eve.slack_id)}, alone, drawn), NOW)
    people.grant(session, gus, RoleGrants({Role.HR: (ada.slack_id,)}, alone, drawn), NOW)
    assert [one.name for one in members.holders(session, HERE)[Role.HR]] == ["Bo"]


@in_a_session
def test_pilot_teams_are_merged_as_long_as_there_are_some(session):
    gus, ada = admin(session), person(session)
    one, two, three = (team(session, name, gus, ada).id for name in ("One", "Two", "Three"))
    day = TODAY + timedelta(days=7)
    both = SetUp(None, None, (one, two), day)
    set_up.finish(session, gus, both, NOW)

    def chosen(*teams, drawn=(one, two)):
        form = SetUp(None, None, teams, day, frozenset({"champion"}), {"pilot_teams": drawn} if teams else {})
        return set_up.preview(session, gus, form, not teams, None, NOW).choices.pilot_teams

    set_up.finish(session, gus, replace(both, pilot_teams=(two, three)), NOW)
    assert chosen(one, two, drawn=(one, two)) == (two, three)
    assert chosen(one, drawn=(one, two)) == (three,)
    assert chosen(one, drawn=(one, two, three)) == (one,), "two lists that leave nobody do not mean everyone"
    assert chosen() == (), "and whoever chose everyone means everyone"
    set_up.finish(session, gus, replace(both, pilot_teams=()), NOW)
    assert chosen(one, two) == (one, two), "everyone is no list that this could be added to"
