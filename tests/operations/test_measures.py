"""Key results of every kind: kept as they were set, moved, and changed into one another."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.changes import What
from domain.check_ins import Answer
from domain.errors import Refusal
from domain.measures import MeasureKind
from domain.objectives import KeyResult, KeyResultDraft, KeyResultId
from domain.references import Prefix, Reference
from operations import finding, key_results, updates
from storage import changes
from storage import check_ins as known
from tests import examples
from tests.examples import NOW
from tests.storage.company import HERE, admin, key_result, objective, person
from tests.storage.units import in_a_session

KR_1 = Reference(Prefix.KEY_RESULT, 1)
IT = KeyResultId(0)
STEPS = "\n".join(examples.STEPS)
LATER = NOW + timedelta(hours=1)


def draft(kind: MeasureKind, start: str = "0", target: str = "100", **others: str) -> KeyResultDraft:
    return KeyResultDraft("Sign-ups a week", start, target, others.pop("unit", ""), kind, **others)


def stands(session, who) -> KeyResult:
    """The key result as it is remembered."""
    return finding.one(session, who, KR_1, NOW).only.key_results[0]


EACH = [
    # how it is set, what is typed then, its value and its progress
    (draft(MeasureKind.INCREASE, "95", "120", unit="%"), "130", "130", 1.0),
    (draft(MeasureKind.DECREASE, "40", "20", unit="CHF"), "CHF 35", "35", 0.25),
    (draft(MeasureKind.AT_LEAST, "90", "95", unit="%"), "92.5", "92.5", 0.5),
    (draft(MeasureKind.AT_MOST, "0", "1", unit="$"), "$1.2", "1.2", 0.8),
    (draft(MeasureKind.BETWEEN, "4", "4", upper="5"), "3.5", "3.5", 0.5),
    (draft(MeasureKind.MILESTONES, milestones=STEPS), "beta", "1", 0.25),
    (draft(MeasureKind.DONE), "yes", "1", 1.0),
    (draft(MeasureKind.BASELINE, unit="minutes"), "12.5", "12.5", 1.0),
]


@pytest.mark.parametrize(("set_as", "typed", "value", "progress"), EACH, ids=lambda each: getattr(each, "kind", None))
@in_a_session
def test_each_kind_is_remembered_and_moved(session, set_as, typed, value, progress):
    ada = person(session)
    made = key_results.add(session, ada, objective(session, ada).id, set_as, NOW).key_result
    session.expire_all()
    assert stands(session, ada).measure == made.measure
    moved = updates.move(session, ada, KR_1, Answer(IT, typed), LATER).after
    session.expire_all()
    after = stands(session, ada)
    assert after.measure == moved.measure
    assert (after.measure.current, after.measure.progress) == (Decimal(value), pytest.approx(progress))
    assert after.moved_at == LATER


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "between"}, "upper"),
        ({"kind": "between", "upper": "0"}, "upper"),
        ({"kind": "milestones"}, "milestones"),
        ({"kind": "milestones", "milestones": "only one"}, "milestones"),
        ({"kind": "at least", "target": ""}, "target"),
        ({"kind": "guesswork"}, "kind"),
        ({"weight": "-1"}, "weight"),
        ({"weight": "a lot"}, "weight"),
    ],
    ids=str,
)
@in_a_session
def test_a_form_with_the_fields_of_another_kind_is_refused_beside_what_is_missing(session, changes, field):
    ada = person(session)
    mine = objective(session, ada)
    kr = key_result(session, mine)
    typed = replace(draft(MeasureKind.INCREASE), **changes)
    for attempt in (
        lambda: key_results.add(session, ada, mine.id, typed, NOW),
        lambda: key_results.change(session, ada, kr.id, typed, NOW),
    ):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.field == field
    assert stands(session, ada).measure == kr.measure


@in_a_session
def test_a_baseline_is_measured_first_and_then_gets_a_target_from_there(session):
    ada = person(session)
    made = key_results.add(session, ada, objective(session, ada).id, draft(MeasureKind.BASELINE), NOW).key_result

    noted = updates.move(session, ada, KR_1, Answer(IT, note="Still setting up"), LATER).after
    session.expire_all()
    assert not noted.measure.measured
    assert stands(session, ada).moved_at is None
    zero = updates.move(session, ada, KR_1, Answer(IT, "0"), LATER).after
    assert zero.measure.awaits_target
    assert zero.moved_at == LATER, "zero is a value like any other"
    updates.move(session, ada, KR_1, Answer(IT, "12"), LATER)
    session.expire_all()
    after = key_results.change(session, ada, made.id, draft(MeasureKind.INCREASE, "12", "20"), LATER).key_result
    session.expire_all()
    assert stands(session, ada).measure == after.measure == examples.measure("12", "20", "12", "")


@in_a_session
def test_a_first_measurement_that_is_taken_back_was_none(session):
    ada = person(session)
    key_results.add(session, ada, objective(session, ada).id, draft(MeasureKind.BASELINE), NOW)
    updates.move(session, ada, KR_1, Answer(IT, note="Still setting up"), NOW)
    updates.move(session, ada, KR_1, Answer(IT, "12"), LATER)
    session.expire_all()
    updates.undo(session, ada, KR_1, None, LATER)
    session.expire_all()
    assert stands(session, ada).measure == examples.baseline(unit="")


@in_a_session
def test_a_list_of_milestones_may_change_and_what_was_reached_stays_reached(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada), measure=examples.milestones(2))
    longer = "\n".join(["Budget found", *examples.STEPS])
    after = key_results.change(session, ada, kr.id, draft(MeasureKind.MILESTONES, milestones=longer), NOW).key_result
    assert (after.measure.current, after.measure.reached) == (2, examples.STEPS[:2])
    session.expire_all()
    assert stands(session, ada).measure == after.measure


def ticking(*names, drawn=()):
    """The form in which these were ticked, as it was drawn with others."""
    return Answer(IT, ticked=names, drawn=drawn)


FIRST, SECOND, THIRD, LAST = examples.STEPS


@in_a_session
def test_milestones_are_ticked_and_taken_back_in_whatever_order_and_remembered(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada), measure=examples.milestones(0))

    updates.move(session, ada, KR_1, ticking(THIRD), NOW)
    updates.move(session, ada, KR_1, ticking(FIRST, drawn=(THIRD,)), LATER)
    session.expire_all()

    assert stands(session, ada).measure.reached == (FIRST,)
    said = known.history(session, HERE, kr.id)
    assert [(each.value, each.reached, each.taken_back) for each in said] == [
        (1, (THIRD,), ()),
        (1, (FIRST,), (THIRD,)),
    ]
    assert stands(session, ada).moved_at == LATER, "it has moved, though as many are reached as before"


@in_a_session
def test_undo_brings_back_which_ones_were_reached(session):
    ada = person(session)
    key_result(session, objective(session, ada), measure=examples.milestones(0).reaching((SECOND, LAST)))
    updates.move(session, ada, KR_1, ticking(FIRST, LAST, drawn=(SECOND, LAST)), NOW)
    updates.move(session, ada, KR_1, Answer(IT, "done"), LATER)

    updates.undo(session, ada, KR_1, None, LATER)
    assert stands(session, ada).measure.reached == (FIRST, LAST)
    updates.undo(session, ada, KR_1, None, LATER)
    session.expire_all()
    assert stands(session, ada).measure.reached == (SECOND, LAST)


@in_a_session
def test_of_two_who_tick_milestones_at_once_both_are_heard(session):
    ada, gus = person(session), admin(session)
    key_result(session, objective(session, ada), measure=examples.milestones(1))
    updates.move(session, gus, KR_1, ticking(FIRST, SECOND, drawn=(FIRST,)), NOW)

    after = updates.move(session, ada, KR_1, ticking(LAST, drawn=(FIRST,)), LATER).after
    assert after.measure.reached == (SECOND, LAST), "Gus's tick stays, and Ada has taken back the first one"
    again = updates.move(session, ada, KR_1, Answer(IT, ticked=(FIRST,)), LATER).after
    assert again.measure.reached == (FIRST,), "without what was drawn, exactly these are meant"


@in_a_session
def test_a_list_may_be_put_in_another_order_and_one_renamed_and_what_was_ticked_stays_so(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada), measure=examples.milestones(0).reaching((SECOND, LAST)))

    def listed(*names):
        as_draft = draft(MeasureKind.MILESTONES, milestones="\n".join(names))
        return key_results.change(session, ada, kr.id, as_draft, LATER).key_result.measure

    assert listed(LAST, THIRD, SECOND, FIRST).reached == (LAST, SECOND)
    assert listed("Everybody loves it", THIRD, SECOND, FIRST).reached == ("Everybody loves it", SECOND)
    assert known.history(session, HERE, kr.id) == [], "nothing has moved so far"
    assert listed("Everybody loves it", THIRD).reached == ("Everybody loves it",)
    assert known.history(session, HERE, kr.id) == [], "2 of 4 are not 2 of 2"
    anew = [each for each in changes.of_key_result(session, HERE, kr.id) if each.what is What.VALUE]
    assert [(each.before, each.after, each.by) for each in anew] == [("2 of 4 milestones", "1 of 2 milestones", ada.id)]
    session.expire_all()
    assert stands(session, ada).measure.reached == ("Everybody loves it",)
    with pytest.raises(Refusal, match="Nobody has updated KR-1 yet"):
        updates.undo(session, ada, KR_1, None, LATER)
    with pytest.raises(Refusal, match="There is no milestone “Design agreed” here, or not any more"):
        updates.move(session, ada, KR_1, ticking(SECOND), LATER)


@in_a_session
def test_what_was_ticked_for_a_list_that_is_none_any_more_is_refused(session):
    ada = person(session)
    key_result(session, objective(session, ada))
    with pytest.raises(Refusal, match="measured in another way by now") as refused:
        updates.move(session, ada, KR_1, ticking(FIRST), NOW)
    assert refused.value.field == "value"


@in_a_session
def test_a_number_stays_when_it_is_measured_by_another_rule_and_begins_anew_when_it_is_no_number_any_more(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada))
    kept = key_results.change(session, ada, kr.id, draft(MeasureKind.AT_LEAST, "0", "30"), NOW).key_result
    assert (kept.measure.current, kept.measure.progress) == (Decimal(40), 1.0)
    session.expire_all()
    steps = key_results.change(session, ada, kr.id, draft(MeasureKind.MILESTONES, milestones=STEPS), NOW).key_result
    assert steps.measure == examples.milestones(0)
    assert known.history(session, HERE, kr.id) == [], "40 sign-ups to no milestones is no move"


@in_a_session
def test_an_edit_steps_from_where_it_is(session):
    ada = person(session)
    kr = key_result(session, objective(session, ada))
    after = key_results.change(session, ada, kr.id, draft(MeasureKind.INCREASE, current="+3"), NOW).key_result
    assert after.measure.current == Decimal(43)
    with pytest.raises(Refusal, match="cannot go below zero") as refused:
        key_results.change(session, ada, kr.id, draft(MeasureKind.INCREASE, "101", "120", current="-44"), NOW)
    assert refused.value.field == "current"


@in_a_session
def test_a_weight_is_kept_and_an_edit_without_one_leaves_it(session):
    ada = person(session)
    mine = objective(session, ada)
    heavy = key_results.add(session, ada, mine.id, draft(MeasureKind.INCREASE, weight="2"), NOW).key_result
    key_results.add(session, ada, mine.id, draft(MeasureKind.DONE), NOW)
    key_results.change(session, ada, heavy.id, draft(MeasureKind.INCREASE, current="done"), NOW)
    session.expire_all()
    found = finding.one(session, ada, mine.id, NOW).only
    assert [kr.weight for kr in found.key_results] == [Decimal(2), Decimal(1)]
    assert found.is_weighted
    assert found.progress == pytest.approx(2 / 3)
