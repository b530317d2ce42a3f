"""What people see of objectives, and what each may press."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.cycles import Cycle, CycleId, Period
from domain.objectives import Level, Objective, ObjectiveDraft, Stage
from domain.people import Kind, Member
from domain.references import Prefix, Reference
from tests.examples import (
    ADA,
    BO,
    CHIDI,
    NOW,
    TODAY,
    admin,
    cycle,
    heading,
    key_result,
    measure,
    member,
    moment,
    objective,
    pulled,
    recognition,
    team,
)
from tests.views.slack import fields, pressed, words_of
from views import key_results, objectives
from views.blocks import Block, View


def test_a_card_says_how_an_objective_and_its_key_results_stand() -> None:
    mine = objective(level=Level.TEAM, team=team(), parent=heading())
    words = words_of(objectives.card(mine, moment(), CHIDI))
    assert "*O-12 Customers love our onboarding*" in words
    assert "Growth · <@U001> · ↑ O-3 Delight customers" in words
    assert "*KR-34* Weekly sign-ups" in words
    assert "▓▓▓▓░░░░░░ 40% · 40 → 100 sign-ups · :large_yellow_circle: at risk · confidence 7/10 · <@U001>" in words


def test_a_card_names_the_key_result_that_it_pulls_on() -> None:
    mine = objective(parent=heading(), parent_key_result=pulled())
    assert "↑ KR-7 Net promoter score of O-3" in words_of(objectives.card(mine, moment(), CHIDI))


@pytest.mark.parametrize(
    ("value", "days", "mark"),
    [
        ("100", 1, ":checkered_flag: done"),
        ("60", 1, ":large_green_circle: on track"),
        ("40", 1, ":large_yellow_circle: at risk"),
        ("10", 1, ":red_circle: off track"),
        ("60", 11, ":white_circle: stale"),
    ],
)
def test_an_objective_is_as_well_as_its_key_result(value: str, days: int, mark: str) -> None:
    kr = key_result(measure=measure(current=value), updated_at=NOW - timedelta(days=days))
    words = words_of(objectives.card(objective(key_results=(kr,)), moment(), CHIDI))
    assert words.count(mark) == 2
    assert words.count(f"stale: no check-in for {days} days") == ("stale" in mark)


def test_what_is_agreed_for_a_cycle_to_come_is_planned_and_not_on_track_of_anything() -> None:
    before = moment(NOW - timedelta(days=90))
    card = words_of(objectives.card(objective(), before, CHIDI))
    assert ":seedling: planned" in card
    assert "on track" not in card
    done = words_of(objectives.stepped(objective(), before, ADA)["blocks"])
    assert "O-12 is agreed: it counts once Q4 2026 begins." in done


def test_a_draft_without_a_key_result_is_led_to_one_before_anything_else() -> None:
    draft = objective(stage=Stage.DRAFT, key_results=())
    card = objectives.card(draft, moment(), ADA)
    primary = [each["action_id"] for block in card for each in block.get("elements", ()) if each.get("style")]
    assert primary == ["key_result.add"]


EDIT = [("objective.more", f"{verb} 12") for verb in ("edit", "add_kr", "comment", "more")]
READ = [("objective.more", f"{verb} 12") for verb in ("propose_kr", "comment", "more")]
WHY = [("key_result.more", f"{verb} 34") for verb in ("why", "more")]
EDIT_KR = [("key_result.more", f"{verb} 34") for verb in ("update", "status", "edit", "why", "more")]


@pytest.mark.parametrize(
    ("viewer", "may_press"),
    [
        (ADA, EDIT + EDIT_KR),
        (BO, [*READ, ("key_result.update", "34")]),
        (CHIDI, READ + WHY),
        (admin(), EDIT + EDIT_KR),
        (member(5, "Lea Lead", leads=frozenset({team().id})), EDIT + EDIT_KR),
        (member(6, "Guest", kind=Kind.GUEST, teams=frozenset({team().id})), READ[1:] + WHY),
        (member(1, "Ada, who left", active=False), []),
    ],
)
def test_buttons_are_for_those_who_may(viewer: Member, may_press: list[tuple[str, str]]) -> None:
    of_ada = objective(team=team(), key_results=(key_result(owner=BO),))
    assert pressed(objectives.card(of_ada, moment(), viewer)) == may_press


@pytest.mark.parametrize(
    ("viewer", "verbs"),
    [
        (ADA, ("why", "history", "move", "archive")),
        (CHIDI, ("why", "history")),
        (member(5, "Lea Lead", leads=frozenset({team().id})), ("why", "history", "move", "archive")),
        (member(6, "Guest", kind=Kind.GUEST, teams=frozenset({team().id})), ("why", "history")),
    ],
)
def test_behind_more_is_what_each_may_do_besides(viewer: Member, verbs: tuple[str, ...]) -> None:
    rest = objectives.rest(objective(team=team()), moment(), viewer)["blocks"]
    assert pressed(rest) == [("objective.more", f"{verb} 12") for verb in verbs]


def test_what_is_scored_is_not_moved_and_what_is_over_is_only_read() -> None:
    scored = objectives.rest(objective(score=Decimal("0.7")), moment(), ADA)["blocks"]
    assert ("objective.more", "move 12") not in pressed(scored)
    over = objectives.rest(objective(), moment(NOW + timedelta(days=60)), ADA)["blocks"]
    assert pressed(over) == [("objective.more", "why 12"), ("objective.more", "history 12")]


@pytest.mark.parametrize(("viewer", "verbs"), [(ADA, ("history", "depends", "archive")), (CHIDI, ("history",))])
def test_behind_a_key_result_s_more_is_what_each_may_do_besides(viewer: Member, verbs: tuple[str, ...]) -> None:
    rest = key_results.rest(key_result(), objective(), viewer, moment())["blocks"]
    assert pressed(rest) == [("key_result.more", f"{verb} 34") for verb in verbs]


def test_whoever_updates_a_key_result_can_go_on_to_judge_edit_or_archive_it() -> None:
    can = [("key_result.more", f"{verb} 34") for verb in ("status", "edit", "why", "more")]
    assert pressed(objectives.update_form(key_result(), moment())) == can
    edit = objectives.key_result_form(objective(), ADA, key_result())
    assert "`/okr archive KR-34`" in words_of(edit)


def test_once_the_cycle_is_over_an_objective_can_only_be_carried_on() -> None:
    over = moment(NOW + timedelta(days=60))
    assert pressed(objectives.card(objective(), over, ADA)) == [("closing.carry", "12")]
    assert pressed(objectives.card(objective(), over, CHIDI)) == []
    assert "closed without a score" in words_of(objectives.card(objective(), over, CHIDI))


def test_what_is_archived_can_only_be_restored() -> None:
    away = objective(archived=True, key_results=(key_result(archived=True),))
    assert pressed(objectives.card(away, moment(), ADA)) == [("objective.more", "restore 12")]
    one_away = objective(key_results=(key_result(archived=True),))
    assert ("key_result.more", "restore 34") in pressed(objectives.card(one_away, moment(), ADA))
    assert "Weekly sign-ups (archived)" in words_of(objectives.card(one_away, moment(), ADA))


def test_an_objective_without_key_results_says_what_comes_next() -> None:
    empty = objective(key_results=())
    assert ("key_result.add", "12") in pressed(objectives.card(empty, moment(), ADA))
    assert "no key results yet" in words_of(objectives.card(empty, moment(), CHIDI))
    assert ("key_result.add", "12") not in pressed(objectives.card(empty, moment(), CHIDI))


def test_thanks_stand_on_the_card_of_what_they_helped() -> None:
    words = words_of(objectives.card(objective(), moment(), CHIDI, [recognition(n) for n in range(1, 6)]))
    assert "🙌 Bo Nilsson thanked Ada Lovelace: \nStayed late to get the migration through" in words
    assert "…and 2 more." in words


def test_a_bare_okr_shows_mine_or_how_to_begin() -> None:
    shown = objectives.mine([objective()], cycle(), moment(), ADA, {})
    assert "Your objectives · Q4 2026" in words_of(shown)
    assert shown["text"].startswith("You have 1 objective in Q4 2026. O-12 Customers love our onboarding, 40%")
    nothing = objectives.mine([], cycle(), moment(), ADA, {})
    assert "by Thursday 31 December" in nothing["text"]
    assert pressed(nothing) == [("objective.add", "")]


def test_a_bare_okr_says_what_of_mine_waits_for_a_score_also_where_nothing_is_set_yet() -> None:
    for mine in ([], [objective()]):
        shown = objectives.mine(mine, cycle(), moment(), ADA, {}, [heading(3), heading(4)])
        assert "2 objectives of yours wait for a score." in words_of(shown)
        assert "2 objectives of yours wait for a score." in shown["text"]
        assert ("closing.mine", "") in pressed(shown)
    guest = member(6, "Guest", kind=Kind.GUEST)
    assert pressed(objectives.mine([], cycle(), moment(), guest, {}, [heading(3)])) == [("closing.mine", "")]


YEAR = Cycle(CycleId(9), Period("Year <2026>", date(2026, 1, 1), date(2026, 12, 31)))


def naming(drawn: list[Block], words: str) -> list[Block]:
    """The blocks below the heading that say these words."""
    return [block for block in drawn[2:] if words in words_of(block)]


@pytest.mark.parametrize("many", [1, 40])
def test_what_is_of_another_cycle_than_the_heading_says_so_on_its_card_and_on_its_line(many: int) -> None:
    both = [objective(99, cycle=YEAR), *(objective(n) for n in range(1, many + 1))]
    shown = objectives.mine(both, cycle(), moment(), ADA, {})["blocks"]
    (named,) = naming(shown, "Year &lt;2026&gt;")
    assert "O-99" in words_of(named)
    assert ("1 key result" in words_of(named)) is (many == 40), "a line counts them, a card shows them"
    assert not naming(shown, "Q4 2026")
    assert not naming(objectives.mine(both[:1], YEAR, moment(), ADA, {})["blocks"], "Year")


def test_a_guest_is_not_offered_to_add_an_objective() -> None:
    guest = member(6, "Guest", kind=Kind.GUEST)
    assert pressed(objectives.mine([], cycle(), moment(), guest, {})) == []


@pytest.mark.parametrize("many", [3, 8, 200])
def test_a_list_shows_every_objective_or_says_how_many_more_there_are(many: int) -> None:
    found = [objective(n, f"Objective number {n}.") for n in range(1, many + 1)]
    shown = objectives.listed("The company's objectives", found, moment(), CHIDI)
    words = words_of(shown["blocks"])
    seen = sum(f"Objective number {n}." in words for n in range(1, many + 1))
    assert seen == many or f"…and {many - seen} more objectives" in words
    assert f"{many} objectives" in shown["text"]


def test_an_empty_list_says_so_and_what_to_do() -> None:
    assert "/okr add objective" in words_of(objectives.listed("Growth", [], moment(), CHIDI))


def test_an_update_is_answered_with_what_changed() -> None:
    before, after = key_result(), key_result(measure=measure(current="45"), note="Two big customers")
    answer = objectives.updated(before, after, moment(), cycle())
    assert answer["text"] == "KR-34 Weekly sign-ups: 40 → 45 of 100 sign-ups, 45%, on track, confidence 7/10."
    assert "Two big customers" in words_of(answer["blocks"])


def test_less_can_be_better() -> None:
    before, after = (key_result(measure=measure("30", "10", now, "minutes")) for now in ("22", "20"))
    answer = objectives.updated(before, after, moment(), cycle())
    assert answer["text"] == "KR-34 Weekly sign-ups: 22 → 20 towards 10 minutes, 50%, on track, confidence 7/10."


def test_an_update_says_how_it_stands_even_when_nothing_moved() -> None:
    done = key_result(measure=measure(current="100"))
    says = [
        objectives.updated(key_result(), done, moment(), cycle()),
        objectives.updated(done, done, moment(), cycle()),
    ]
    assert says[0]["text"].endswith("40 → 100 of 100 sign-ups, 100%, done, confidence 7/10.")
    assert says[1]["text"].endswith("still 100 of 100 sign-ups, 100%, done, confidence 7/10.")


def test_archiving_says_how_to_bring_it_back() -> None:
    assert "`/okr restore O-12` brings it back" in objectives.archived(objective().ref, "Old one", False)["text"]
    assert objectives.archived(objective().ref, "Old one", True)["text"] == "O-12 Old one is back."


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "*O-20* Ship weekly (Ada Lovelace) hung below it, and stands on its own now."),
        (2, "*O-20* Ship weekly (Ada Lovelace) and *O-21* Ship weekly (Ada Lovelace) hung below it, and stand"),
        (9, "*O-24* Ship weekly (Ada Lovelace) and 4 more hung below it, and stand on their own now. `/okr edit O-20`"),
    ],
)
def test_archiving_says_what_hung_below(number: int, said: str) -> None:
    below = [objective(20 + each, "Ship weekly", parent=heading()) for each in range(number)]
    assert said in objectives.archived(objective().ref, "Old one", False, below)["text"]


def test_a_card_says_where_what_it_pulls_on_is_archived() -> None:
    gone, part = replace(heading(), archived=True), replace(pulled(), archived=True)
    for mine, said in {
        objective(parent=gone): "↑ O-3 Delight customers (archived)",
        objective(parent=gone, parent_key_result=pulled()): "↑ KR-7 Net promoter score of O-3 (archived)",
        objective(parent=heading(), parent_key_result=part): "↑ KR-7 Net promoter score (archived) of O-3",
    }.items():
        assert said in words_of(objectives.card(mine, moment(), CHIDI))


def parents_in(form: View) -> dict[str, list[str]]:
    """What can be chosen as a parent, by group."""
    groups = fields(form)["parent"]["option_groups"]
    return {group["label"]["text"]: [each["text"]["text"] for each in group["options"]] for group in groups}


def test_the_form_offers_objectives_and_their_key_results_the_companys_first() -> None:
    nps = key_result(7, "Net promoter score")
    known = [
        objective(1, "Learn to sail", key_results=()),
        objective(2, "Ship weekly", level=Level.TEAM, team=team(), key_results=()),
        objective(3, "Delight customers", level=Level.COMPANY, key_results=(nps,)),
    ]
    assert parents_in(objectives.objective_form([], known, ADA)) == {
        "The company's": ["O-3 Delight customers", "KR-7 Net promoter score of O-3"],
        "Team Growth": ["O-2 Ship weekly"],
        "People's own": ["O-1 Learn to sail"],
    }


def test_where_parents_are_too_many_to_list_they_are_asked_for_as_somebody_types() -> None:
    mine: Objective = objective(200, parent=heading(140, "Objective 140"))
    field = fields(objectives.objective_form([], None, ADA, mine))["parent"]
    assert field["type"] == "external_select"
    assert field["initial_option"]["text"]["text"] == "O-140 Objective 140"
    begun = ObjectiveDraft("Grow", Level.COMPANY, parent=Reference(Prefix.KEY_RESULT, 34))
    again = fields(objectives.objective_form([], None, ADA, begun=begun))["parent"]
    assert again["initial_option"]["value"] == "KR-34"


def test_few_objectives_with_very_many_key_results_are_too_many_too() -> None:
    parts = tuple(key_result(n) for n in range(1, 20))
    known = [objective(n, level=Level.COMPANY, key_results=parts) for n in range(1, 7)]
    assert fields(objectives.objective_form([], known, ADA))["parent"]["type"] == "external_select"


def test_without_a_team_there_is_no_team_to_choose() -> None:
    form = objectives.objective_form([], [], ADA)
    assert set(fields(form)) == {"title", "level", "owner"}
    assert [option["value"] for option in fields(form)["level"]["options"]] == ["company", "individual"]


def test_each_field_of_an_update_stands_under_its_own_name() -> None:
    assert set(fields(objectives.update_form(key_result(), moment()))) == {"value", "confidence", "note"}
    assert cycle(TODAY).name == "Q4 2026"


@pytest.mark.parametrize(
    ("stage", "mark"), [(Stage.DRAFT, ":pencil2: draft"), (Stage.PROPOSED, ":speech_balloon: proposed")]
)
def test_what_is_not_agreed_is_marked_and_not_judged(stage: Stage, mark: str) -> None:
    unsettled = objective(stage=stage, key_results=(key_result(updated_at=None),))
    words = words_of(objectives.card(unsettled, moment(), CHIDI))
    assert mark in words
    assert "stale" not in words
    message = objectives.listed("O-12", [unsettled], moment(), CHIDI)
    assert f"{mark.split()[1]}." in message["text"]


def test_a_draft_can_be_taken_further_by_who_may() -> None:
    draft = objective(stage=Stage.DRAFT)
    can = [("objective.propose", "12"), ("objective.agree", "12"), ("objective.hints", "12")]
    assert pressed(objectives.card(draft, moment(), ADA))[-3:] == can
    assert pressed(objectives.card(draft, moment(review=True), ADA))[-2:] == [can[0], can[2]]
    lead = member(5, "Lea Lead", leads=frozenset({team().id}))
    proposed = objective(stage=Stage.PROPOSED, team=team())
    assert can[1] in pressed(objectives.card(proposed, moment(review=True), lead))
    assert can[1] not in pressed(objectives.card(proposed, moment(), CHIDI))


def test_a_menu_never_holds_more_than_slack_shows() -> None:
    for stage in Stage:
        for viewer in (ADA, BO, admin()):
            options = [value for id, value in pressed(objectives.card(objective(stage=stage), moment(), viewer))]
            assert len([value for value in options if value.endswith(" 12")]) <= 5


def test_a_proposal_is_for_those_who_look_after_the_objective_to_decide() -> None:
    of_ada = objective(proposals=(key_result(35, stage=Stage.PROPOSED, owner=BO),))
    can = [("proposal.more", f"{verb} 35") for verb in ("accept", "edit", "decline")]
    assert [each for each in pressed(objectives.card(of_ada, moment(), ADA)) if each in can] == can
    assert not [each for each in pressed(objectives.card(of_ada, moment(), BO)) if each[0] == "proposal.more"]
    assert "proposed · 40 → 100" in words_of(objectives.card(of_ada, moment(), BO))
