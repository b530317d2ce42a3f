"""The form for a cycle that becomes otherwise, and what people read of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.adjusting import Part, changes
from domain.cycles import BACKLOG, Cycle, CycleDraft, CycleId, quarter
from domain.people import Role
from tests.examples import ADA, BO, NOW, TODAY, cycle, member
from tests.views.slack import filled, pressed, words_of
from views import adjusting, cycles

HANA = member(7, "Hana", granted=frozenset({Role.CHAMPION}))
COMING = Cycle(CycleId(2), quarter(date(2027, 1, 1)))
NEVER = frozenset(Part)


@pytest.mark.parametrize("which", [cycle(), COMING])
def test_a_form_that_comes_back_as_it_was_drawn_leaves_everything_alone(which):
    id, draft = adjusting.read(filled(adjusting.form(which, TODAY)))
    assert id == which.id
    assert draft == CycleDraft(which.name, which.period.starts, which.period.ends, alone=NEVER)


def test_what_somebody_touches_is_meant_and_the_rest_is_alone():
    _, draft = adjusting.read(filled(adjusting.form(COMING, TODAY), {"last": "2027-04-09"}))
    assert (draft.last, draft.alone) == (date(2027, 4, 9), NEVER - {Part.LAST})


def test_while_it_closes_only_its_name_is_asked_for():
    closing = replace(cycle(), closing=True)
    view = adjusting.form(closing, TODAY)
    assert [block["block_id"] for block in view["blocks"] if block["type"] == "input"] == ["name"]
    assert "Its days stay" in words_of(view)
    _, draft = adjusting.read(filled(view, {"name": "Autumn"}))
    assert (draft.name, draft.alone) == ("Autumn", NEVER - {Part.NAME})


@pytest.mark.parametrize(
    ("which", "today", "offered"),
    [
        (COMING, TODAY, ["cycle.edit", "cycle.remove"]),
        (cycle(), TODAY, ["cycle.edit"]),
        (cycle(), date(2027, 1, 10), ["cycle.edit"]),
        (cycle(), date(2027, 1, 20), []),
        (replace(COMING, id=CycleId(0)), TODAY, []),
        (Cycle(CycleId(3), BACKLOG), TODAY, []),
    ],
)
def test_what_can_be_done_is_offered_to_who_runs_the_programme(which, today, offered):
    def shown(viewer):
        card = cycles.card(which, today, viewer, [(1, "one", "many")])
        return [action for action, _ in pressed(card) if action in {"cycle.edit", "cycle.remove"}]

    assert shown(HANA) == offered
    assert shown(ADA) == []


def test_a_cycle_tells_who_changed_what():
    made = changes(cycle(), replace(cycle().period, name="*Autumn*", ends=date(2027, 1, 8)), BO.id, NOW)
    card = cycles.card(cycle(), TODAY, ADA, [(1, "one", "many")], changes=[(each, BO) for each in made])
    told = words_of(card)
    assert f"<@{BO.slack_id}> changed the last day from 31 December 2026 to 8 January 2027" in told
    assert "*Autumn*" not in told


def test_whoever_saves_last_is_told_what_somebody_else_had_changed():
    view = filled(adjusting.form(cycle(), TODAY), {"last": "2027-01-08"})
    assert adjusting.written_over(view, cycle(), TODAY) is None
    by_then = replace(cycle(), period=replace(cycle().period, ends=cycle().period.ends + timedelta(days=3)))
    assert "“Last day” had been changed" in adjusting.written_over(view, by_then, TODAY)["elements"][0]["text"]
