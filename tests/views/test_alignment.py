"""What the tree and the reason look like: indented, in words, and within what a message holds."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.alignment import Forest, Move, Reason, Tree
from domain.objectives import Answered, KeyResultHeading, Level, Objective, ObjectiveId, Waiting
from domain.people import Member
from tests import examples, strategies
from tests.examples import ADA, BO, CHIDI, NOW, key_result, measure, moment, objective, team
from tests.views.slack import ANY, assert_slack_takes, pressed, words_of
from views import alignment

NPS = key_result(7, "Net promoter score", objective=ObjectiveId(3), owner=CHIDI)
COMPANY = objective(3, "Delight customers", level=Level.COMPANY, owner=CHIDI, key_results=(NPS,))


def below(number: int, title: str, above: Objective, on_one: bool = False, **changes) -> Objective:
    kr = above.key_results[0]
    on = KeyResultHeading(kr.id, kr.number, kr.title) if on_one else None
    return objective(number, title, parent=above.heading, parent_key_result=on, **changes)


MIDDLE = below(12, "Ship weekly", COMPANY, on_one=True, owner=BO, level=Level.TEAM, team=team())
ALONE = objective(30, "Learn to sail", key_results=())


def tree(*found: Objective, who: Member = ADA, **changes) -> Tree:
    forest = Forest(found)
    alone = forest.orphans
    tops = tuple(each for each in forest.tops if each not in alone)
    return replace(Tree(who, moment(), "Alignment · Q4 2026", forest, tops, alone), **changes)


def lines(drawn: object) -> list[str]:
    return words_of(drawn).split("\n")


def test_each_line_is_set_in_below_what_it_pulls_on_with_progress_status_and_owner() -> None:
    drawn = lines(alignment.tree(tree(COMPANY, MIDDLE))["blocks"])
    marks = "▓▓░░░ 40% · :large_yellow_circle: at risk"
    assert f"*O-3 Delight customers* · {marks} · <@U003>" in drawn
    assert f"\u2003↳ KR-7 Net promoter score · {marks} · <@U003>" in drawn
    assert f"\u2003\u2003↳ *O-12 Ship weekly* · {marks} · <@U002>" in drawn


def test_where_weights_differ_they_stand_beside_what_they_make() -> None:
    heavy, left_out = replace(NPS, weight=Decimal(3)), key_result(8, "Refunds", weight=Decimal(0))
    both = replace(COMPANY, key_results=(heavy, left_out))

    drawn = alignment.tree(tree(both, every=True))
    said = lines(drawn["blocks"])

    assert any(line.startswith("*O-3 Delight customers* · ▓▓░░░ 40% · weighted · ") for line in said)
    assert any("KR-7 Net promoter score · ▓▓░░░ 40% · ×3 · " in line for line in said)
    assert any("KR-8 Refunds · ▓▓░░░ 40% · ×0, not counted · " in line for line in said)
    assert "O-3 Delight customers, 40%, weighted, at risk." in drawn["text"]


def test_what_pulls_on_something_that_is_not_in_the_tree_says_on_what() -> None:
    assert "*O-12 Ship weekly* ↑ KR-7 ·" in words_of(alignment.tree(tree(MIDDLE))["blocks"])


def test_orphans_come_last_with_a_kind_word_and_a_way_to_align_them_for_who_may() -> None:
    drawn = alignment.tree(tree(COMPANY, MIDDLE, ALONE))["blocks"]
    said = words_of(drawn)
    assert said.index("Do they help one of the above?") > said.index("O-12 Ship weekly")
    assert pressed(drawn) == [("alignment.align", "30")]
    assert pressed(alignment.tree(tree(COMPANY, ALONE, who=BO))["blocks"]) == []


def test_nothing_at_all_says_how_to_begin() -> None:
    assert "/okr add objective" in words_of(alignment.tree(tree())["blocks"])
    assert "nothing here yet" in alignment.tree(tree())["text"]


def test_a_tree_that_is_too_large_is_cut_at_a_depth_and_says_how_to_go_on() -> None:
    tops = [objective(n, "x" * 100, level=Level.COMPANY) for n in range(1, 31)]
    deeper = [below(100 + 10 * top.number + n, "y" * 100, top) for top in tops for n in range(5)]
    drawn = alignment.tree(tree(*tops, *deeper))
    assert "…and 5 more below: `/okr tree O-1`" in words_of(drawn["blocks"])
    assert "O-30" in words_of(drawn["blocks"])
    assert "y" * 100 not in words_of(drawn["blocks"])
    assert_slack_takes(drawn)


def test_more_tops_than_fit_are_counted() -> None:
    tops = [objective(n, "x" * 100, level=Level.COMPANY) for n in range(1, 201)]
    drawn = alignment.tree(tree(*tops))
    assert_slack_takes(drawn)
    shown = sum("x" * 100 in line for line in lines(drawn["blocks"]))
    assert f"…and {200 - shown} more lines." in words_of(drawn["blocks"])


def test_many_below_one_are_shown_as_far_as_they_fit() -> None:
    many = [below(100 + n, "y" * 100, COMPANY) for n in range(200)]
    drawn = alignment.tree(tree(COMPANY, *many, every=True))
    assert_slack_takes(drawn)
    assert "y" * 100 in words_of(drawn["blocks"])
    assert "more lines" in words_of(drawn["blocks"])


def test_more_orphans_than_fit_are_counted() -> None:
    drawn = alignment.tree(tree(COMPANY, *(replace(ALONE, id=ObjectiveId(n), number=n) for n in range(50, 75))))
    assert_slack_takes(drawn)
    assert len(pressed(drawn["blocks"])) == 10
    assert "…and 15 more objectives on their own" in words_of(drawn["blocks"])


# why

KR = MIDDLE.key_results[0]


def weighing(*weights: str) -> Objective:
    """Bo's objective with key results of these weights, on a key result of the company's."""
    krs = tuple(
        key_result(34 + place, objective=MIDDLE.id, weight=Decimal(weight)) for place, weight in enumerate(weights)
    )
    return replace(MIDDLE, key_results=krs)


TOP = "which pulls on KR-7, the only key result of O-3 (Chidi Okafor), a company objective."


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        (("1",), f"KR-34 is the only key result of O-12 (Bo Nilsson), {TOP}"),
        (("1", "1", "1"), f"KR-34 is a third of O-12 (Bo Nilsson), {TOP}"),
        (("2", "2"), f"KR-34 is half of O-12 (Bo Nilsson), {TOP}"),
        (("3", "1"), f"KR-34 is three quarters of O-12 (Bo Nilsson), {TOP}"),
        (("2", "3"), f"KR-34 is 40% of O-12 (Bo Nilsson), {TOP}"),
        (("2", "0"), f"KR-34 is the only key result that counts in O-12 (Bo Nilsson), {TOP}"),
        (("0", "2"), f"KR-34 is a key result that does not count in O-12 (Bo Nilsson), {TOP}"),
        (("0",), f"KR-34 is a part of O-12 (Bo Nilsson), {TOP}"),
    ],
)
def test_the_path_is_told_in_a_sentence_with_the_weight_of_each_step(weights: tuple[str, ...], said: str) -> None:
    bos = weighing(*weights)
    assert alignment.why(Reason(ADA, moment(), (bos, COMPANY), bos.key_results[0]))["text"] == said


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ((MIDDLE, COMPANY), f"O-12 (Bo Nilsson) {TOP.removeprefix('which ')}"),
        ((COMPANY,), "O-3 (Chidi Okafor) is a company objective."),
        ((ALONE,), "O-30 (Ada Lovelace) stands on its own for now. `/okr edit O-30` says what it helps."),
        (
            (below(40, "Bottom", MIDDLE, owner=BO), MIDDLE, COMPANY),
            f"O-40 (Bo Nilsson) pulls on O-12 (Bo Nilsson), {TOP}",
        ),
    ],
)
def test_an_objective_says_what_it_pulls_on_or_that_it_stands_alone(path: tuple[Objective, ...], said: str) -> None:
    assert alignment.why(Reason(ADA, moment(), path))["text"] == said


def test_whoever_cannot_align_it_is_not_told_how() -> None:
    kr = key_result(objective=ALONE.id)
    reason = Reason(CHIDI, moment(), (replace(ALONE, key_results=(kr,)),), kr)
    said = "KR-34 is the only key result of O-30 (Ada Lovelace). O-30 stands on its own for now."
    assert alignment.why(reason)["text"] == said


def test_it_says_who_else_pulls_what_moved_and_what_it_waits_for() -> None:
    waits = Waiting(5, "Platform", "The new API by June", Answered.DECLINED, "July")
    kr = replace(KR, contributors=(CHIDI,), waits_for=(waits,))
    bos = replace(MIDDLE, key_results=(kr,))
    beside = below(13, "Answer within a day", COMPANY, on_one=True)
    deeper = below(20, "Fewer flaky tests", bos, on_one=True)
    reason = Reason(ADA, moment(), (bos, COMPANY), kr, (beside,), (deeper,), (Move(kr, bos, Decimal(30), Decimal(40)),))
    said = words_of(alignment.why(reason)["blocks"])
    for words in (
        "*Who else pulls on KR-7*\n*O-13* Answer within a day",
        "*What pulls on KR-34*\n*O-20* Fewer flaky tests",
        "*What moved in the last seven days*\n*KR-34* Weekly sign-ups: 30 → 40 of 100 sign-ups · <@U001>",
        "*What it depends on*\n*KR-34* Platform cannot: The new API by June (“July”)",
        "*With* <@U003>",
    ):
        assert words in said


def test_what_pulls_is_told_with_its_status() -> None:
    silent = key_result(updated_at=NOW - timedelta(days=11))
    stale = replace(below(13, "Answer within a day", COMPANY, on_one=True), key_results=(silent,))
    said = words_of(alignment.why(Reason(ADA, moment(), (MIDDLE, COMPANY), None, (stale,), (stale,)))["blocks"])
    assert said.count(":white_circle: stale · <@U001>") == 2


def test_a_path_to_what_was_put_away_says_so() -> None:
    drawn = alignment.why(Reason(ADA, moment(), (MIDDLE, replace(COMPANY, archived=True))))
    assert drawn["text"].endswith(", a company objective that has been archived.")
    assert f"*O-3 {COMPANY.title}* (archived) · " in words_of(drawn["blocks"])


def test_a_long_way_up_is_told_in_part() -> None:
    path = [COMPANY]
    for number in range(50, 80):
        path.insert(0, below(number, "Step", path[0]))
    drawn = alignment.why(Reason(ADA, moment(), tuple(path)))
    assert "which in the end helps O-3 (Chidi Okafor), a company objective." in drawn["text"]
    assert_slack_takes(drawn)


@ANY
@given(strategies.several_objectives(8), strategies.members(), st.booleans(), st.data())
def test_slack_takes_every_tree_and_every_reason(
    found: list[Objective], who: Member, every: bool, data: st.DataObject
) -> None:
    hung = [found[0]] if found else []
    for each in found[1:]:
        above = data.draw(st.sampled_from(hung))
        hung.append(replace(each, parent=above.heading, parent_key_result=None))
    facts = tree(*hung, who=who, every=every, heading="Growth <!channel>")
    assert_slack_takes(alignment.tree(facts))
    assert_slack_takes(alignment.tree_view(facts))
    for each in hung:
        kr = next(iter(each.key_results), None)
        moved = tuple(Move(kr, each, Decimal(1), Decimal(2)) for kr in each.key_results)
        reason = Reason(who, moment(), facts.forest.path(each), kr, tuple(hung), tuple(hung), moved)
        assert_slack_takes(alignment.why(reason))
        assert_slack_takes(alignment.why_view(reason))


def test_slack_takes_a_forest_in_which_everything_is_long() -> None:
    long = "&" * 200
    who = examples.admin()
    krs = tuple(
        key_result(n, long, owner=who, measure=measure(), waits_for=(Waiting(n, long, long, Answered.ASKED, long),) * 9)
        for n in range(1, 41)
    )
    tops = [objective(n, long, owner=who, level=Level.COMPANY, key_results=krs) for n in range(1, 61)]
    deep = [below(1000, long, tops[0], key_results=krs)]
    for number in range(1001, 1030):
        deep.append(below(number, long, deep[-1], on_one=True, key_results=krs))
    alone = [objective(2000 + n, long, owner=who) for n in range(40)]
    facts = tree(*tops, *deep, *alone, who=who, every=True)
    assert_slack_takes(alignment.tree(facts))
    assert_slack_takes(alignment.tree_view(facts))
    moved = tuple(Move(kr, tops[0], Decimal(1), Decimal(2)) for kr in krs)
    path = facts.forest.path(deep[-1])
    for reason in (Reason(who, moment(), path, krs[0], tuple(tops), tuple(tops), moved), Reason(who, moment(), path)):
        assert_slack_takes(alignment.why(reason))
        assert_slack_takes(alignment.why_view(reason))
