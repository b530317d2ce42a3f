"""A form that comes back untouched says what it was drawn with; one that comes back broken never breaks us."""

import json
from contextlib import suppress
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.check_ins import Answer, Answers, CheckIn, Update, measured_by
from domain.drafting import draft_of
from domain.errors import Refusal
from domain.key_results import EVERYTHING, drafted
from domain.left_alone import by_then
from domain.measures import Measure, MeasureKind, measure, moved
from domain.milestones import listed
from domain.objectives import KeyResult, Objective, ObjectiveDraft, Stage
from domain.people import GRANTED, Member, RoleGrants, Team, TeamDraft
from domain.policy import Policy
from domain.recognition import Helped, Thanks
from domain.set_up import Preview
from domain.values import plain
from tests import examples, strategies
from tests.examples import ADA, TODAY, moment
from tests.views.slack import ANY, fields, filled, words_of
from views import (
    carrying,
    check_ins,
    closing,
    comments,
    cycles,
    dependencies,
    forms,
    hand_over,
    lists,
    objectives,
    people,
    policy,
    proposals,
    recognition,
    set_up,
    status,
    teams,
)
from views.measure_forms import untouched

KR_34 = examples.Reference(examples.Prefix.KEY_RESULT, 34)
VALUES = ("courage", "craft", "care")


@ANY
@given(
    st.lists(strategies.teams(), max_size=3, unique_by=lambda team: team.id),
    strategies.several_objectives(),
    strategies.objectives(),
)
def test_an_objective(known: list[Team], parents: list[Objective], objective: Objective) -> None:
    form = objectives.objective_form(known, parents, ADA, objective, cycles=("Q4 2026", "Backlog"), more=True)
    draft = draft_of(replace(objective, stage=shown_stage(objective)))
    # Where there is no team, a team's objective has to be given another level first.
    if known or objective.team or objective.level != "team":
        read, of = objectives.read_objective(filled(form))
        assert of == objective.id
        assert read.alone == OF_AN_OBJECTIVE
        assert read.drawn == {"co_owners": forms.drawn_with(draft.co_owners or ())}
        now = replace(draft_of(objective), alone=OF_AN_OBJECTIVE, drawn=read.drawn)
        assert by_then(read, draft_of(objective)) == now
        shown = {"stage": read.stage} if objective.stage is Stage.DECLINED else {}
        assert read == replace(draft, alone=OF_AN_OBJECTIVE, drawn=read.drawn, **shown)


OF_AN_OBJECTIVE = frozenset(each.name for each in dataclass_fields(ObjectiveDraft)) - {"template", "alone", "drawn"}


def test_what_is_touched_in_a_form_for_an_objective_is_what_was_meant() -> None:
    form = objectives.objective_form([], [], ADA, examples.objective(), cycles=("Q4 2026", "Backlog"), more=True)
    entered = {"owner": "U002", "visibility": "private", "cycle": "Backlog", "tags": "growth"}
    read, _ = objectives.read_objective(filled(form, entered))
    assert (read.owner, read.visibility, read.cycle, read.tags) == ("U002", "private", "Backlog", "growth")
    assert read.alone == OF_AN_OBJECTIVE - entered.keys()


def test_typing_the_same_with_space_around_it_touches_nothing() -> None:
    objective = examples.objective()
    form = objectives.objective_form([], [], ADA, objective)
    read, _ = objectives.read_objective(filled(form, {"title": f"  {objective.title} \n"}))
    assert "title" in read.alone


def shown_stage(objective: Objective) -> Stage:
    """The stage that the form can show: an objective is not declined."""
    return Stage.AGREED if objective.stage is Stage.DECLINED else objective.stage


def test_the_short_form_leaves_alone_what_it_did_not_ask_for() -> None:
    read, _ = objectives.read_objective(filled(objectives.objective_form([], [], ADA, examples.objective())))
    assert read.alone == OF_AN_OBJECTIVE


@ANY
@given(strategies.objectives(), strategies.titles(), st.booleans())
def test_more_fields_keep_what_was_typed(objective: Objective, title: str, editing: bool) -> None:
    known = [objective.team] if objective.team else [examples.team()]
    before = objective if editing else None
    short = objectives.objective_form(known, [], ADA, before, cycles=("Q4 2026", "Backlog"))
    typed, _ = objectives.read_objective(filled(short, {"title": title, "cycle": "Backlog"}))
    first, offered = forms.marks_of(short), ("Q4 2026", "Backlog")
    whole = objectives.objective_form(known, [], ADA, before, "", offered, typed, more=True, before=first)
    read, of = objectives.read_objective(filled(whole))
    assert (read.title, read.level, read.owner, read.team) == (title, typed.level, typed.owner, typed.team)
    assert (read.cycle, of) == ("Backlog", objective.id if editing else None)
    moved_there = {"cycle"} if not objective.cycle.is_backlog else set()
    entitled = {"title"} if title.strip() != objective.title.strip() else set()
    assert read.alone == (OF_AN_OBJECTIVE - moved_there - entitled if editing else frozenset())


def test_an_example_stays_with_the_form_that_it_fills_in() -> None:
    begun = ObjectiveDraft("Calm", examples.Level.INDIVIDUAL, "U001", description="Why", template="engineering-calm")
    read, _ = objectives.read_objective(filled(objectives.objective_form([], [], ADA, begun=begun)))
    assert (read.title, read.description, read.template) == ("Calm", "Why", "engineering-calm")


@ANY
@given(strategies.objectives(), strategies.key_results(), strategies.notes())
def test_a_comment(objective: Objective, kr: KeyResult, words: str) -> None:
    form = comments.form(objective, [examples.comment()], kr)
    assert comments.read(filled(form, {"words": words})) == (kr.ref, words)
    assert comments.read(filled(comments.form(objective, []), {"words": words})) == (objective.ref, words)


@ANY
@given(strategies.objectives(), strategies.key_results(), strategies.notes())
def test_a_proposal_and_why_it_is_declined(objective: Objective, kr: KeyResult, why: str) -> None:
    form = proposals.form(objective, ADA)
    draft, of, editing = objectives.read_key_result(filled(form, {"title": "Sign-ups", "target": "100"}))
    assert (draft.title, of, editing) == ("Sign-ups", objective.id, None)
    assert objectives.read_key_result(filled(proposals.form(objective, ADA, kr)))[2] == kr.id
    assert proposals.read_decline(filled(proposals.decline_form(kr, objective), {"why": why})) == (kr.id, why)


def test_a_new_objective_is_mine_unless_i_say_otherwise() -> None:
    form = objectives.objective_form([examples.team()], [examples.objective(3)], ADA)
    entered = {"title": "Faster releases", "level": "team", "team": "1", "parent": "KR-34"}
    draft = ObjectiveDraft("Faster releases", examples.Level.TEAM, "U001", team=1, parent=KR_34)
    assert objectives.read_objective(filled(form, entered)) == (draft, None)


@ANY
@given(strategies.objectives(), strategies.key_results())
def test_a_key_result(objective: Objective, kr: KeyResult) -> None:
    form = objectives.key_result_form(objective, ADA, kr)
    draft, of, editing = objectives.read_key_result(filled(form))
    assert (of, editing) == (objective.id, kr.id)
    assert draft.alone == EVERYTHING, "left as it was drawn, nothing in it must undo what came later"
    draft = by_then(draft, drafted(kr))
    again = (
        measure(draft.start, draft.target, draft.unit, MeasureKind(draft.kind), "", draft.upper, draft.milestones)
        if typed_by_somebody(kr.measure)
        else kr.measure
    )
    stands = {"current": kr.measure.current, "measured": kr.measure.measured, "reached": kr.measure.reached}
    assert replace(again, **stands) == kr.measure


def typed_by_somebody(of: Measure) -> bool:
    """Whether it may have been made of what was typed: the strategies also make what no longer could be."""
    try:
        measure(
            plain(of.start),
            plain(of.target),
            of.unit,
            of.kind,
            "",
            plain(of.upper or of.start),
            "\n".join(of.milestones),
        )
    except Refusal:
        return False
    return of.milestones == () or listed("\n".join(of.milestones), "milestones") == of.milestones


@ANY
@given(
    strategies.objectives(), strategies.key_results(), st.lists(st.sampled_from(MeasureKind), min_size=1, max_size=4)
)
def test_choosing_another_kind_keeps_what_was_typed_and_the_first_one_has_it_again(
    objective: Objective, kr: KeyResult, kinds: list[MeasureKind]
) -> None:
    form = filled(objectives.key_result_form(objective, ADA, kr), {"title": "Typed", "weight": "3"})
    for kind in (*kinds, kr.measure.kind):
        chosen = filled_again(form, kind)
        form = filled(objectives.key_result_form_again(chosen, objective, kr))
        assert objectives.asks_for_all(form)
    draft, of, editing = objectives.read_key_result(form)
    assert (of, editing) == (objective.id, kr.id)
    touched = {"title"} | ({"weight"} if kr.weight != 3 else set())
    assert draft.alone == EVERYTHING - touched
    weight = "3" if "weight" in touched else plain(kr.weight)
    whole = replace(drafted(kr), title="Typed", weight=weight, alone=draft.alone, drawn=draft.drawn)
    assert by_then(draft, drafted(kr)) == whole


def filled_again(form: Any, kind: MeasureKind) -> Any:
    """The form as it comes back after another kind was chosen."""
    held = form["state"]["values"]
    form["state"] = {"values": held | {"kind": {"kind": {"type": "static_select", "selected_option": {"value": kind}}}}}
    return form


def test_a_form_that_lacks_the_fields_of_its_kind_is_known_and_shown_with_them() -> None:
    form = filled(objectives.key_result_form(examples.objective(), ADA), {"title": "Sign-ups", "kind": "between"})
    assert not objectives.asks_for_all(form)
    again = objectives.key_result_form_again(form, examples.objective(), notice=objectives.MORE_TO_FILL_IN)
    assert {"target", "upper", "start", "unit"} < set(fields(again))
    assert "Nothing is saved yet" in words_of(again)
    assert fields(again)["title"]["initial_value"] == "Sign-ups"


FIELDS = {
    MeasureKind.INCREASE: {"start", "target", "unit"},
    MeasureKind.DECREASE: {"start", "target", "unit"},
    MeasureKind.AT_LEAST: {"start", "target", "unit"},
    MeasureKind.AT_MOST: {"start", "target", "unit"},
    MeasureKind.BETWEEN: {"start", "target", "upper", "unit"},
    MeasureKind.MILESTONES: {"milestones"},
    MeasureKind.DONE: set(),
    MeasureKind.BASELINE: {"unit"},
}


@pytest.mark.parametrize(("kind", "own"), FIELDS.items())
def test_each_kind_asks_for_its_own_fields(kind: MeasureKind, own: set[str]) -> None:
    form = filled_again(filled(objectives.key_result_form(examples.objective(), ADA)), kind)
    again = objectives.key_result_form_again(form, examples.objective())
    assert set(fields(again)) == own | {"title", "kind", "weight", "owner", "contributors"}


def test_choosing_another_kind_does_not_undo_an_update_that_came_meanwhile() -> None:
    kr = examples.key_result()
    form = filled(objectives.key_result_form(examples.objective(), ADA, kr))
    later = replace(kr, measure=kr.measure.at(Decimal(70)))
    again = objectives.key_result_form_again(filled_again(form, MeasureKind.DECREASE), examples.objective(), later)
    assert "current" in objectives.read_key_result(filled(again))[0].alone


def test_what_was_measured_gets_a_target_from_where_it_is() -> None:
    kr = examples.key_result(measure=examples.baseline("12.5"))
    form = objectives.target_form(examples.objective(), kr)
    draft, _, editing = objectives.read_key_result(filled(form, {"target": "20"}))
    assert (draft.kind, draft.start, draft.target, editing) == ("increase", "12.5", "20", kr.id)
    assert draft.alone == EVERYTHING - {"kind", "target"}


def test_a_new_key_result_starts_at_nothing_and_is_mine() -> None:
    form = objectives.key_result_form(examples.objective(), ADA)
    draft, of, editing = objectives.read_key_result(filled(form, {"title": "Sign-ups", "target": "100"}))
    assert (draft.start, draft.target, draft.current, draft.owner) == ("0", "100", "", "U001")
    assert (of, editing) == (12, None)


@ANY
@given(strategies.key_results())
def test_an_untouched_update_moves_nothing(kr: KeyResult) -> None:
    answer = objectives.read_update(filled(objectives.update_form(kr, moment())))
    assert answer == Answer(kr.id, value="", confidence=kr.confidence, note="", alone=SAID)
    assert not answer.is_new


SAID = frozenset({"confidence", "note"})


@ANY
@given(strategies.key_results(), st.sampled_from(["+3", "80%", "done", "1,200", "lots"]), strategies.notes())
def test_an_update(kr: KeyResult, value: str, note: str) -> None:
    offered = [each["value"] for each in fields(objectives.update_form(kr, moment()))["value"].get("options", [])]
    if kr.measure.milestones:
        return
    value = next((each for each in offered if each != untouched(kr.measure)), value)
    form = objectives.update_form(kr, moment())
    answer = objectives.read_update(filled(form, {"value": value, "confidence": "9", "note": note}))
    alone = {name for name, same in (("confidence", kr.confidence == 9), ("note", not note.strip())) if same}
    assert answer == Answer(kr.id, value, 9, note, frozenset(alone))
    if offered:
        moved(kr.measure, value)


@ANY
@given(strategies.checklists(), st.data())
def test_milestones_are_ticked_in_whatever_order(of: Measure, data: st.DataObject) -> None:
    kr = examples.key_result(measure=of)
    wanted = tuple(name for name in of.milestones if data.draw(st.booleans()))
    answer = objectives.read_update(filled(objectives.update_form(kr, moment()), {"value": list(wanted)}))
    if wanted == of.reached:
        assert not answer.is_new
        return
    assert measured_by(of, answer).reached == wanted
    others = of.reaching(tuple(name for name in of.milestones if data.draw(st.booleans())))
    drawn, then = set(of.reached), set(measured_by(others, answer).reached)
    assert then == (set(others.reached) - (drawn - set(wanted))) | (set(wanted) - drawn), "what others ticked stays"


def test_where_there_is_a_choice_of_values_it_is_chosen() -> None:
    steps = fields(objectives.update_form(examples.key_result(measure=examples.milestones(2)), moment()))["value"]
    assert [each["text"]["text"] for each in steps["options"]][:2] == ["1. Interviews held", "2. Design agreed"]
    assert [each["value"] for each in steps["initial_options"]] == ["Interviews held", "Design agreed"], (
        "by what they say, wherever they may stand by then"
    )
    assert steps["type"] == "checkboxes"
    many = replace(examples.milestones(11, tuple(f"Step {n}" for n in range(11))))
    in_a_menu = fields(objectives.update_form(examples.key_result(measure=many), moment()))["value"]
    assert (in_a_menu["type"], len(in_a_menu["initial_options"])) == ("multi_static_select", 11)
    yes = fields(objectives.update_form(examples.key_result(measure=examples.done_or_not()), moment()))["value"]
    assert [each["text"]["text"] for each in yes["options"]] == ["Done", "Not yet"]


def test_a_baseline_that_nobody_has_measured_begins_empty() -> None:
    form = objectives.update_form(examples.key_result(measure=examples.baseline()), moment())
    assert "initial_value" not in fields(form)["value"]
    assert objectives.read_update(filled(form, {"value": "0"})).value == "0"


@st.composite
def sheets(draw: st.DrawFn) -> tuple[CheckIn, list[KeyResult], list[Update]]:
    """A check-in, the key results on it, and what was answered for some of them."""
    krs = draw(strategies.several_key_results())
    answered = [draw(strategies.updates(kr)) for kr in krs if draw(st.booleans())]
    return draw(strategies.check_ins()), krs, answered


@ANY
@given(sheets())
def test_an_untouched_check_in_keeps_what_was_said_and_moves_nothing(
    sheet: tuple[CheckIn, list[KeyResult], list[Update]],
) -> None:
    check_in, krs, answered = sheet
    said = {update.key_result: (update.confidence, update.note) for update in answered}
    each = tuple(Answer(kr.id, "", *said.get(kr.id, (kr.confidence, "")), SAID) for kr in krs)
    form = check_ins.form(check_in, krs, moment(), answered, check_in.blocker)
    assert check_ins.read(filled(form)) == Answers(check_in.id, each, check_in.blocker, blocker_alone=True)


def test_a_whole_check_in_comes_back_in_one_form() -> None:
    krs = [examples.key_result(34), examples.key_result(35, confidence=None)]
    entered = {
        "value KR-34": "+3",
        "confidence KR-34": "9",
        "note KR-34": "Two big customers",
        "value KR-35": "done",
        "blocker": "No access to billing",
    }
    answers = check_ins.read(filled(check_ins.form(examples.check_in(), krs, moment()), entered))
    first = Answer(krs[0].id, "+3", 9, "Two big customers")
    second = Answer(krs[1].id, "done", alone=SAID)
    assert answers == Answers(examples.check_in().id, (first, second), "No access to billing")


@ANY
@given(strategies.thanks(VALUES), st.lists(strategies.helped(), max_size=5, unique_by=lambda each: each.ref))
def test_thanks(draft: Thanks, helped: list[Helped]) -> None:
    assert recognition.read(filled(recognition.form(VALUES, helped, draft))) == draft


def test_thanks_begun_at_a_key_result_are_tied_to_it() -> None:
    about = examples.Reference(examples.Prefix.KEY_RESULT, 34)
    form = recognition.form(VALUES, [Helped(about, "Weekly sign-ups")], about=about)
    read = recognition.read(filled(form, {"recipients": ["U002", "U003"], "reason": "For the migration"}))
    assert read == Thanks(("U002", "U003"), "For the migration", None, about)


@ANY
@given(strategies.set_ups())
def test_the_decisions_of_a_set_up(choices: examples.SetUp) -> None:
    pilots = [examples.team(number, f"Team {number}") for number in choices.pilot_teams]
    policy = moment(
        recognition_channel=choices.channel,
        pilot_teams=choices.pilot_teams,
        first_check_in=choices.first_check_in,
    ).policy
    read, everyone = set_up.read(filled(set_up.form(pilots, policy, TODAY)))
    assert everyone is not bool(choices.pilot_teams)
    assert (read.channel, read.first_check_in) == (choices.channel, choices.first_check_in)
    assert sorted(read.pilot_teams) == sorted(choices.pilot_teams)
    assert read.drawn == ({} if everyone or not pilots else {"pilot_teams": forms.drawn_with(read.pilot_teams)})


@ANY
@given(strategies.previews())
def test_a_preview_carries_the_decisions_to_the_end(preview: Preview) -> None:
    assert set_up.read_confirmed(filled(set_up.preview(preview))) == preview.choices


@ANY
@given(st.dictionaries(st.sampled_from(GRANTED), st.lists(strategies.members(), max_size=4)))
def test_roles(granted: dict[examples.Any, list[Member]]) -> None:
    held = {role: tuple(dict.fromkeys(one.slack_id for one in granted.get(role, []))) for role in GRANTED}
    read = people.read_roles(filled(people.roles_form(granted)))
    drawn = {role: forms.drawn_with(ids) for role, ids in held.items()}
    assert read == RoleGrants(held, frozenset(role.value for role in GRANTED), drawn)


@ANY
@given(strategies.teams())
def test_a_team(team: Team) -> None:
    lead = team.lead.slack_id if team.lead else None
    members, alone = tuple(one.slack_id for one in team.members), frozenset({"name", "lead", "members", "channel"})
    draft = TeamDraft(
        team.name, lead, members, team.channel, team.usergroup, alone, {"members": forms.drawn_with(members)}
    )
    assert teams.read(filled(teams.form(team))) == (draft, team.id)


def test_a_new_team() -> None:
    entered = {"name": "Growth", "lead": "U002", "members": ["U001", "U002"], "channel": "C001"}
    draft = TeamDraft("Growth", "U002", ("U001", "U002"), "C001")
    assert teams.read(filled(teams.form(), entered)) == (draft, None)


def test_a_team_from_a_user_group() -> None:
    form = teams.group_form([("S1", "Growth", 5), ("S2", "Platform " * 20, 1)])
    assert teams.read_group(filled(form, {"group": "S2"})) == "S2"
    with pytest.raises(Refusal) as refused:
        teams.read_group(filled(form))
    assert refused.value.field == "group"


FAR = 99_999
"""As high as the number of anything will ever be."""

WORDS = "überaus " * 12


def largest() -> dict[str, Any]:
    """Every form about something that is there already, with as much in it as it can hold."""
    hidden = {"start": "1" * 20, "target": "2" * 20, "upper": "3" * 20, "unit": "ä" * 20}
    steps = "\n".join(f"{n} {WORDS}" for n in range(20))
    objective = replace(examples.objective(FAR), team=examples.team(FAR), description=WORDS, tags=("a", "b"))
    kr = replace(examples.key_result(FAR), contributors=tuple(examples_of(40)))
    chosen = filled_again(filled(objectives.key_result_form(objective, ADA, kr)), MeasureKind.BETWEEN)
    again = filled(objectives.key_result_form_again(chosen, objective, kr), hidden)
    stepwise = filled(
        objectives.key_result_form_again(filled_again(again, MeasureKind.MILESTONES), objective, kr),
        {"milestones": steps[:1_500]},
    )
    yes = objectives.key_result_form_again(filled_again(stepwise, MeasureKind.DONE), objective, kr)
    everybody = {role: examples_of(30) for role in GRANTED}
    return {
        "objective": objectives.objective_form([examples.team()], [], ADA, objective, cycles=("A", "B"), more=True),
        "key result": yes,
        "proposal": proposals.form_again(filled(yes), objective, kr),
        "update": objectives.update_form(kr, moment()),
        "check-in": check_ins.form(examples.check_in(), [examples.key_result(FAR + n) for n in range(24)], moment()),
        "team": teams.form(replace(examples.team(FAR), members=tuple(examples_of(400)), usergroup="S" + "0" * 20)),
        "roles": people.roles_form(everybody),
        "settings": policy.form(Policy(), replace(ADA, workspace_admin=True), {}),
        "closing": closing.form(objective, None, 3, in_a_row=True),
        "carrying": carrying.form(objective, ["Q1 2027"], "Q1 2027", in_a_row=True),
        "status": status.form(kr, examples.cycle(), moment()),
        "set-up": set_up.form([examples.team(n) for n in range(1, 90)], Policy(), TODAY, ADA),
    }


def examples_of(many: int) -> list[Member]:
    return [examples.member(n, slack_id=f"U{n:010}") for n in range(1, many + 1)]


@pytest.mark.parametrize("name", largest())
def test_slack_keeps_what_each_form_keeps_of_what_it_was_drawn_with(name: str) -> None:
    form = largest()[name]
    assert len(form["private_metadata"]) <= 3_000
    asked_anew = {"cycle", "key_results", "targets"} if name == "carrying" else set()
    assert fields(form).keys() - forms.marks_of(form).keys() == asked_anew


BROKEN: list[Any] = [
    {},
    {"state": None},
    {"state": {"values": None}},
    {"state": {"values": {"title": None, "level": {"level": None}, "value": {"value": {"value": None}}}}},
    {"state": {"values": {"title": {"title": {"value": 7}}, "recipients": {"recipients": {"selected_users": "U1"}}}}},
    {"state": {"values": {"first": {"first": {"selected_date": "tomorrow"}}, "teams": {"teams": {}}}}},
    {"private_metadata": "{", "state": []},
    {"private_metadata": "[1, 2]", "state": {"values": []}},
    {"private_metadata": '{"check_in": "5", "key_results": [[1], "KR", {"a": 1}, ["x", "KR-1", "4"]]}'},
    {"private_metadata": '{"objective": true, "key_result": 1e400, "teams": ["a", null], "first": 3}'},
    {"private_metadata": "[" * 3_000},
    {"private_metadata": '{"objective": 1180591620717411303424, "key_result": "9223372036854775808", "check_in": -1}'},
]

READERS = [
    objectives.read_objective,
    objectives.read_key_result,
    objectives.read_update,
    check_ins.read,
    recognition.read,
    set_up.read,
    set_up.read_confirmed,
    people.read_roles,
    teams.read,
    teams.read_group,
    comments.read,
    proposals.read_decline,
    closing.read,
    carrying.read,
    cycles.read,
    cycles.read_move,
    status.read,
    dependencies.read,
    dependencies.read_answer,
    hand_over.read,
    policy.read,
    lists.read,
]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("view", BROKEN)
def test_a_form_that_comes_back_broken_is_refused_in_words_or_read_as_empty(read: Any, view: Any) -> None:
    with suppress(Refusal):
        read(view)


@pytest.mark.parametrize("read", [objectives.read_objective, objectives.read_key_result, teams.read])
def test_a_forged_form_cannot_leave_alone_what_nobody_is_asked_for(read: Any) -> None:
    kept = {"objective": 1, "key_result": 1, "team": 1, "drawn": {"foo": 0, "alone": 0, "title": "x", "level": None}}
    held = {"foo": {"foo": {"value": None}}, "alone": {"alone": {"value": None}}}
    level = {"level": {"level": {"selected_option": {"value": "team"}}}}
    draft, *_ = read({"private_metadata": json.dumps(kept), "state": {"values": held | level}})
    assert draft.alone < {each.name for each in dataclass_fields(draft)}
    assert not draft.alone & {"foo", "alone", "level"}


def test_a_list_is_kept_name_by_name_as_far_as_there_is_room() -> None:
    many, few = tuple(examples_of(600)), tuple(examples_of(550))
    drawn = teams.read(filled(teams.form(replace(examples.team(), members=few))))[0].drawn["members"]
    assert [name in drawn for name in names_of(many)] == [True] * 550 + [False] * 50
    form = teams.form(replace(examples.team(), members=many))
    assert teams.read(filled(form))[0].drawn == {}
    assert "members" in teams.read(filled(form))[0].alone, "left alone it still stays as it is by then"
    assert "members" not in teams.read(filled(form, {"members": ["U0000000001"]}))[0].alone


def test_of_several_lists_the_longest_makes_way() -> None:
    held = {role: examples_of(many) for role, many in zip(GRANTED, (290, 310, 5, 1), strict=True)}
    read = people.read_roles(filled(people.roles_form(held)))
    assert read.drawn.keys() == set(GRANTED) - {GRANTED[1]}
    assert read.alone == frozenset(GRANTED)


def names_of(folk: tuple[Member, ...]) -> tuple[str, ...]:
    return tuple(one.slack_id for one in folk)


def test_a_list_that_somebody_else_has_changed_is_not_written_over() -> None:
    kr, bo, chidi = examples.key_result(), *examples_of(2)
    form = filled(objectives.key_result_form(examples.objective(), ADA, kr), {"contributors": [bo.slack_id]})
    before = replace(kr, contributors=(chidi,))
    assert objectives.key_result_written_over(form, examples.objective(), before) == []


def test_no_number_in_a_form_is_larger_than_any_id() -> None:
    given = (7, "7", 2**31 - 1, 2**31, -(2**31), 2**70, "9223372036854775807", True, 7.0, "²", None)
    assert [forms.number(each) for each in given] == [7, 7, 2**31 - 1, *[None] * 8]


@pytest.mark.parametrize("id", ["U0NOBODY", "D0ANYBODY", "C", "²", "C" * 300, "C1 ", "c1", "", None, 7])
def test_what_is_no_channel_is_not_taken_for_one(id: Any) -> None:
    assert (
        forms.channel({"state": {"values": {"channel": {"channel": {"selected_conversation": id}}}}}, "channel") is None
    )
