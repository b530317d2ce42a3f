"""Alignment: what hangs below what, as each person may see it, and with how many questions."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.alignment import Tree
from domain.check_ins import Answer
from domain.cycles import Period
from domain.errors import NotFound, Refusal
from domain.objectives import KeyResult, KeyResultHeading, Level, Objective, ObjectiveDraft, Stage, Visibility
from domain.people import Kind
from domain.references import Prefix, Reference
from operations import alignment, key_results, objectives, sight, updates
from operations.finding import Which
from storage import cycles
from storage import key_results as known_key_results
from storage import objectives as known
from storage.database import Session
from tests.examples import NOW, TODAY
from tests.storage.company import again, key_result, objective, person, team
from tests.storage.statements import counted
from tests.storage.units import in_a_session


def below(session: Session, who, above: Objective, title: str, kr: KeyResult | None = None, **changes) -> Objective:
    """Somebody's objective that pulls on another, or on a key result of it."""
    on = KeyResultHeading(kr.id, kr.number, kr.title) if kr else None
    return objective(session, who, title, parent=above.heading, parent_key_result=on, **changes)


def drawn(tree: Tree) -> list[str]:
    lines = tree.forest.lines([*tree.tops, *tree.orphans], tree.every)
    return ["  " * line.depth + (line.key_result or line.objective).title for line in lines]


@in_a_session
def test_the_tree_of_everybody_of_the_company_of_a_team_and_of_one(session):
    ada, bo = person(session), person(session, "Bo")
    growth = team(session, "Growth", bo, ada)
    top = objective(session, ada, "Delight customers", level=Level.COMPANY)
    nps = key_result(session, top, title="NPS")
    key_result(session, top, title="Renewals")
    teams = below(session, bo, top, "Ship weekly", nps, level=Level.TEAM, team=growth)
    below(session, ada, teams, "Fewer flaky tests")
    objective(session, bo, "Learn to sail")

    everybody = ["Delight customers", "  NPS", "    Ship weekly", "      Fewer flaky tests"]
    assert drawn(alignment.tree(session, ada, Which(), NOW)) == [*everybody, "Learn to sail"]
    assert [each.title for each in alignment.tree(session, ada, Which(), NOW).orphans] == ["Learn to sail"]
    company = alignment.tree(session, ada, Which(level=Level.COMPANY), NOW)
    assert (drawn(company), company.heading) == (everybody, "Company · Q4 2026")
    growths = alignment.tree(session, ada, Which(team="growth"), NOW)
    assert (drawn(growths), growths.heading) == (["Ship weekly", "  Fewer flaky tests"], "Growth · Q4 2026")
    mine = alignment.tree(session, again(session, ada), Which(mine=True), NOW)
    assert (drawn(mine), mine.heading) == (drawn(growths), growths.heading)
    one = ["Delight customers", "  NPS", "    Ship weekly", "      Fewer flaky tests", "  Renewals"]
    assert drawn(alignment.tree_of(session, ada, top.ref, NOW)) == one
    assert drawn(alignment.tree_of(session, ada, nps.ref, NOW)) == one


@in_a_session
def test_whoever_is_in_two_teams_sees_both_in_one_tree(session):
    ada, bo = person(session), person(session, "Bo")
    growth, platform = team(session, "Growth", bo, ada), team(session, "Platform", ada)
    theirs = objective(session, bo, "Ship weekly", level=Level.TEAM, team=growth)
    below(session, ada, theirs, "Fewer flaky tests", level=Level.TEAM, team=platform)
    found = alignment.tree(session, again(session, ada), Which(mine=True), NOW)
    assert (drawn(found), found.heading) == (["Ship weekly", "  Fewer flaky tests"], "Growth and Platform · Q4 2026")
    with pytest.raises(Refusal, match="You are in no team yet"):
        alignment.tree(session, person(session, "Kim"), Which(mine=True), NOW)


@in_a_session
def test_what_is_not_agreed_or_is_put_away_is_in_no_tree(session):
    ada = person(session)
    top = objective(session, ada, "Top", level=Level.COMPANY)
    for stage in (Stage.DRAFT, Stage.PROPOSED, Stage.DECLINED):
        below(session, ada, top, stage.value, stage=stage)
    gone = below(session, ada, top, "Gone")
    objectives.archive(session, ada, gone.id, NOW)
    session.expire_all()
    assert drawn(alignment.tree(session, ada, Which(), NOW)) == ["Top"]
    assert drawn(alignment.tree_of(session, ada, top.ref, NOW)) == ["Top"]


@in_a_session
def test_what_is_not_agreed_pulls_on_nothing_but_knows_its_own_way_up(session):
    ada, bo = person(session), person(session, "Bo")
    top = objective(session, ada, "Top", level=Level.COMPANY)
    agreed = below(session, bo, top, "Agreed")
    proposed = below(session, bo, top, "Proposed", stage=Stage.PROPOSED)
    session.expire_all()

    assert [each.title for each in alignment.why(session, ada, top.ref, NOW).below] == ["Agreed"]
    assert alignment.why(session, ada, agreed.ref, NOW).beside == ()
    own = alignment.why(session, ada, proposed.ref, NOW)
    assert [each.title for each in own.path] == ["Proposed", "Top"]
    assert [each.title for each in own.beside] == ["Agreed"]


@in_a_session
def test_a_year_and_its_quarters_stand_in_one_tree_and_what_is_over_is_left_out(session):
    ada = person(session)
    year = cycles.opened(session, ada.workspace, Period("2026", TODAY.replace(month=1, day=1), TODAY.replace(month=12)))
    past = cycles.opened(
        session, ada.workspace, Period("Q1 2026", TODAY.replace(month=1, day=1), TODAY.replace(month=3))
    )
    top = objective(session, ada, "The year's", level=Level.COMPANY, cycle=year)
    below(session, ada, top, "The quarter's")
    below(session, ada, top, "The spring's", cycle=past)
    assert drawn(alignment.tree(session, ada, Which(), NOW)) == ["The year's", "  The quarter's"]
    assert drawn(alignment.tree_of(session, ada, top.ref, NOW)) == ["The year's", "  The quarter's"]
    offered = objectives.choices(session, ada, NOW, Reference(Prefix.OBJECTIVE, 2)).parents
    assert [each.title for each in offered] == ["The year's"]


@in_a_session
def test_what_hung_below_something_archived_is_known_as_such_and_stands_alone(session):
    ada, bo = person(session), person(session, "Bo")
    top = objective(session, ada, "Delight customers", level=Level.COMPANY)
    objective(session, ada, "Another one", level=Level.COMPANY)
    nps = key_result(session, top, title="NPS")
    mine = below(session, bo, top, "Ship weekly", nps)
    key_results.archive(session, ada, nps.ref, NOW)
    session.expire_all()
    found = sight.the_objective(session, bo, mine.ref)
    assert (found.parent_key_result.archived, found.parent.archived, found.helps) == (True, False, top.ref)
    objectives.archive(session, ada, top.ref, NOW)
    session.expire_all()
    found = sight.the_objective(session, bo, mine.ref)
    assert (found.parent.archived, found.helps) == (True, None)
    assert [each.id for each in alignment.tree(session, bo, Which(), NOW).orphans] == [mine.id]
    objectives.restore(session, ada, top.ref, NOW)
    session.expire_all()
    assert sight.the_objective(session, bo, mine.ref).helps == top.ref


@in_a_session
def test_what_hangs_below_is_told_to_whoever_may_read_it_and_can_still_change(session):
    ada, bo = person(session), person(session, "Bo")
    past = cycles.opened(
        session, ada.workspace, Period("Q1 2026", TODAY.replace(month=1, day=1), TODAY.replace(month=3))
    )
    top = objective(session, ada, "Delight customers", level=Level.COMPANY)
    nps = key_result(session, top, title="NPS")
    mine, whole = below(session, bo, top, "Ship weekly", nps), below(session, ada, top, "Answer within a day")
    below(session, bo, mine, "Far below")
    below(session, bo, top, "Secret", visibility=Visibility.PRIVATE)
    below(session, bo, top, "Unfinished", stage=Stage.DRAFT)
    below(session, ada, top, "Unwanted", stage=Stage.DECLINED)
    below(session, ada, top, "The spring's", cycle=past)
    gone = below(session, ada, top, "Gone")
    objectives.archive(session, ada, gone.id, NOW)
    session.expire_all()
    assert [each.id for each in alignment.hanging_below(session, ada, top.ref, NOW)] == [mine.id, whole.id]
    assert [each.id for each in alignment.hanging_below(session, ada, nps.ref, NOW)] == [mine.id]
    for_bo = [each.title for each in alignment.hanging_below(session, bo, top.ref, NOW)]
    assert for_bo == ["Ship weekly", "Answer within a day", "Secret", "Unfinished"]


@pytest.mark.parametrize("hiding", [{"visibility": Visibility.PRIVATE}, {"stage": Stage.DRAFT}])
@in_a_session
def test_of_what_is_hidden_there_is_no_trace(session, hiding):
    ada, bo, chidi = person(session), person(session, "Bo"), person(session, "Chidi")
    top = objective(session, ada, "Delight customers", level=Level.COMPANY)
    secret = below(session, bo, top, "The merger", **hiding)
    kr = key_result(session, secret, title="Papers signed")
    mine = below(session, ada, secret, "Tidy the books", kr)
    theirs = below(session, bo, top, "Another secret", **hiding)
    key_result(session, theirs)

    tree = alignment.tree(session, ada, Which(), NOW)
    assert drawn(tree) == ["Delight customers", "Tidy the books"]
    assert tree.forest.below(top) == 0
    for who in (ada, chidi):
        reason = alignment.why(session, who, mine.ref, NOW)
        assert [each.title for each in reason.path] == ["Tidy the books"]
        assert (reason.path[0].parent, reason.path[0].pulls_on, reason.beside) == (None, None, ())
        assert drawn(alignment.tree_of(session, who, top.ref, NOW)) == ["Delight customers"]
        assert alignment.why(session, who, top.ref, NOW).below == ()
    with pytest.raises(NotFound):
        alignment.why(session, ada, kr.ref, NOW)
    with pytest.raises(NotFound):
        alignment.tree_of(session, ada, secret.ref, NOW)
    path = alignment.why(session, bo, mine.ref, NOW).path
    assert [each.title for each in path] == ["Tidy the books", "The merger", "Delight customers"]


@in_a_session
def test_a_guest_sees_of_the_tree_what_is_theirs(session):
    bo, marek = person(session, "Bo"), person(session, "Marek", kind=Kind.GUEST)
    top = objective(session, bo, "Delight customers", level=Level.COMPANY)
    part = below(session, bo, top, "Research")
    kr = key_result(session, part, marek)
    assert drawn(alignment.tree(session, marek, Which(), NOW)) == ["Research"]
    assert [each.title for each in alignment.why(session, marek, kr.ref, NOW).path] == ["Research"]


@in_a_session
def test_why_tells_the_path_who_else_pulls_and_what_moved_this_week(session):
    ada, bo, chidi = person(session), person(session, "Bo"), person(session, "Chidi")
    top = objective(session, ada, "Delight customers", level=Level.COMPANY)
    nps, renewals = key_result(session, top, title="NPS"), key_result(session, top, title="Renewals")
    middle = below(session, bo, top, "Ship weekly", nps)
    kr = key_result(session, middle, title="Releases")
    beside = below(session, chidi, top, "Answer within a day", nps)
    answers = key_result(session, beside, title="Answers")
    below(session, chidi, top, "Renew early", renewals)
    updates.move(session, bo, kr.ref, Answer(kr.id, "10"), NOW - timedelta(days=8))
    updates.move(session, bo, kr.ref, Answer(kr.id, "45"), NOW - timedelta(days=6))
    updates.move(session, bo, kr.ref, Answer(kr.id, "50"), NOW - timedelta(days=1))
    updates.move(session, chidi, answers.ref, Answer(answers.id, "41"), NOW)
    session.expire_all()

    reason = alignment.why(session, ada, kr.ref, NOW)
    assert [each.title for each in reason.path] == ["Ship weekly", "Delight customers"]
    assert (reason.key_result.title, reason.objective.pulls_on) == ("Releases", nps.ref)
    assert [each.title for each in reason.beside] == ["Answer within a day"]
    moved = [(move.key_result.title, move.before, move.after) for move in reason.moved]
    assert moved == [("Releases", Decimal(10), Decimal(50)), ("Answers", Decimal(40), Decimal(41))]
    assert [each.title for each in alignment.why(session, ada, nps.ref, NOW).below] == [
        "Ship weekly",
        "Answer within a day",
    ]
    from_above = alignment.why(session, ada, nps.ref, NOW).moved
    assert [move.key_result.title for move in from_above] == ["Releases", "Answers"]


@in_a_session
def test_trees_and_reasons_take_as_many_statements_for_much_as_for_little(session):
    ada, bo = person(session), person(session, "Bo")
    top = objective(session, ada, "Top", level=Level.COMPANY)
    key_result(session, top)
    middle = below(session, bo, top, "Middle")
    kr = key_result(session, middle)
    counts = []
    above = middle
    sight.moment(session, ada, NOW)  # the settings are known, as they are to whoever acts
    for more in (1, 20):
        for number in range(more):
            above = below(session, bo, above, f"Deeper {number}")
            key_result(session, above, ada)
            below(session, ada, top, f"Beside {number}")
        asked = []
        for question in (
            lambda: alignment.tree(session, ada, Which(), NOW),
            lambda: alignment.tree_of(session, ada, top.ref, NOW),
            lambda: alignment.why(session, ada, kr.ref, NOW),
        ):
            session.flush()
            with counted(session) as statements:
                question()
            asked.append(len(statements))
        counts.append(asked)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 9


@in_a_session
def test_looking_for_a_loop_takes_as_many_statements_however_long_the_way_up_is(session):
    ada = person(session)
    above = objective(session, ada, "Top")
    sight.moment(session, ada, NOW)
    counts = []
    for more in (1, 12):
        for number in range(more):
            above = below(session, ada, above, f"{number}")
        loose = objective(session, ada, "Loose")
        session.flush()
        with counted(session) as statements:
            objectives.change(session, ada, loose.id, _draft(parent=above.ref), NOW)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def _draft(**changes) -> ObjectiveDraft:
    return ObjectiveDraft("Loose", Level.INDIVIDUAL, **changes)


@in_a_session
def test_an_objective_pulls_on_a_key_result_and_keeps_to_it(session):
    ada, bo = person(session), person(session, "Bo")
    top = objective(session, bo, "Top", level=Level.COMPANY)
    kr = key_result(session, top, title="NPS")
    made = objectives.add(session, ada, _draft(parent=kr.ref), NOW).only
    assert (made.parent.id, made.parent_key_result.id, made.pulls_on) == (top.id, kr.id, kr.ref)
    kept = objectives.change(session, ada, made.id, replace(_draft(parent=kr.ref), title="Tight"), NOW).only
    assert (kept.title, kept.pulls_on) == ("Tight", kr.ref)
    assert objectives.change(session, ada, made.id, _draft(parent=top.ref), NOW).only.pulls_on == top.ref
    assert objectives.change(session, ada, made.id, _draft(), NOW).only.pulls_on is None


@in_a_session
def test_nothing_hangs_below_itself_by_way_of_a_key_result(session):
    ada = person(session)
    top = objective(session, ada, "Top")
    own = key_result(session, top)
    lower = below(session, ada, top, "Lower", own)
    lowest = key_result(session, lower)
    for kr in (own, lowest):
        with pytest.raises(Refusal, match=f"{kr.ref} cannot stand above this objective") as refused:
            objectives.change(session, ada, top.id, _draft(parent=kr.ref), NOW)
        assert refused.value.field == "parent"


@in_a_session
def test_nobody_hangs_anything_below_what_is_hidden_declined_or_put_away(session):
    ada, bo = person(session), person(session, "Bo")
    hidden = objective(session, bo, "Hidden", visibility=Visibility.PRIVATE)
    declined = objective(session, bo, "Declined", stage=Stage.DECLINED)
    kr, gone = key_result(session, hidden), key_result(session, objective(session, bo))
    known_key_results.archive(session, gone, NOW)
    for ref in (hidden.ref, kr.ref, declined.ref, gone.ref, Reference(Prefix.KEY_RESULT, 99)):
        with pytest.raises(Refusal, match="cannot stand above this objective"):
            objectives.add(session, ada, _draft(parent=ref), NOW)
    titles = [each.title for each in objectives.choices(session, ada, NOW).parents]
    assert titles == ["Nobody waits for us"]


@in_a_session
def test_whoever_may_not_see_the_parent_does_not_take_it_away(session):
    ada, bo = person(session), person(session, "Bo")
    hidden = objective(session, bo, "Hidden", visibility=Visibility.PRIVATE)
    kr = key_result(session, hidden)
    mine = below(session, ada, hidden, "Mine", kr)
    shown = objectives.change(session, ada, mine.id, _draft(), NOW).only
    assert (shown.parent, shown.parent_key_result) == (None, None)
    assert known.objective(session, ada.workspace, mine.id).pulls_on == kr.ref
    assert again(session, bo).id == hidden.owner.id
