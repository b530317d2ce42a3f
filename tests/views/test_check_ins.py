"""What people see of the weekly check-in."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from domain.check_ins import CheckIn, State
from tests.examples import ADA, NOW, check_in, key_result, milestones, moment, update
from tests.views.slack import fields, filled, pressed, words_of
from views import check_ins


def test_the_prompt_greets_by_first_name_and_lists_what_is_mine() -> None:
    krs = [key_result(34), key_result(35, "Churn")]
    prompt = check_ins.prompt(ADA, check_in(), krs, moment())
    words = words_of(prompt["blocks"])
    assert words.startswith("Hello Ada, how is it going with your 2 key results?")
    assert "*KR-34* Weekly sign-ups\n▓▓▓▓░░░░░░ 40% · 40 → 100 sign-ups" in words
    assert "*KR-35* Churn" in words
    assert pressed(prompt) == [("check_in.open", "5"), ("check_in.skip", "5")]
    assert "KR-35 Churn, 40 → 100 sign-ups, 40%, confidence 7/10." in prompt["text"]


def test_the_prompt_says_why_it_came_and_how_to_change_that() -> None:
    prompt = check_ins.prompt(ADA, check_in(), [key_result()], moment(check_in_weekday=3, check_in_at=time(8, 30)))
    last = words_of(prompt["blocks"][-1])
    assert last == (
        "You get this on Thursdays at 08:30 your time because you own a key result. "
        "`/checkin skip` skips a week; it ends when you hand your key results over or archive them."
    )


@pytest.mark.parametrize(
    ("state", "says", "button"),
    [
        (State.ANSWERED, "Checked in for Monday 23 November. Thank you.", "Edit"),
        (State.SKIPPED, "You skipped the check-in of Monday 23 November", "Check in after all"),
    ],
)
def test_a_receipt_can_be_changed_until_the_check_in_closes(state: State, says: str, button: str) -> None:
    done = check_in(state=state)
    receipt = check_ins.receipt(done, [], [], moment())
    assert says in words_of(receipt["blocks"])
    assert button in words_of(receipt["blocks"])
    assert pressed(receipt) == [("check_in.open", "5")]
    assert pressed(check_ins.receipt(done, [], [], moment(NOW + timedelta(days=7)))) == []


def test_a_receipt_says_what_moved_and_what_is_in_the_way() -> None:
    kr = key_result()
    done = check_in(state=State.ANSWERED, blocker="No access to billing")
    receipt = check_ins.receipt(done, [kr], [update(kr)], moment())
    words = words_of(receipt["blocks"])
    assert "*KR-34* Weekly sign-ups: 40 → 45 of 100 sign-ups\n▓▓▓▓░░░░░░ 45% · confidence 8/10" in words
    assert "Two big customers" in words
    assert "No access to billing" in words
    assert "In the way: No access to billing" in receipt["text"]
    assert "because you own a key result" in words_of(receipt["blocks"][-1])


def test_the_answer_to_a_check_in_says_that_it_is_recorded() -> None:
    kr = key_result()
    assert "is recorded" in check_ins.recorded(check_in(), [kr], [update(kr)], moment())["text"]


def test_the_form_begins_with_what_was_last_known() -> None:
    form = check_ins.form(check_in(), [key_result()], moment())
    shown = fields(form)
    assert shown["value KR-34"]["initial_value"] == "40"
    assert shown["confidence KR-34"]["initial_option"]["value"] == "7"
    assert "initial_value" not in shown["note KR-34"]
    assert set(shown) == {"value KR-34", "confidence KR-34", "note KR-34", "blocker"}
    assert "+3" in words_of(form)
    assert "“done”" in words_of(form)


def test_an_answered_form_begins_with_what_was_answered() -> None:
    kr = key_result()
    shown = fields(check_ins.form(check_in(), [kr], moment(), [update(kr)], "No access"))
    assert shown["confidence KR-34"]["initial_option"]["value"] == "8"
    assert shown["note KR-34"]["initial_value"] == "Two big customers"
    assert shown["blocker"]["initial_value"] == "No access"


@pytest.mark.parametrize(("owned", "shown"), [(24, 24), (25, 24), (200, 24)])
def test_up_to_two_dozen_key_results_fit_and_the_rest_are_named(owned: int, shown: int) -> None:
    # As many and as high numbers as there may ever be.
    form = check_ins.form(check_in(), [key_result(999_000 + n) for n in range(1, owned + 1)], moment())
    assert sum(field.startswith("value") for field in fields(form)) == shown
    assert (f"…and {owned - shown} more" in words_of(form)) is (owned > shown)
    assert len(form["private_metadata"]) <= 3_000
    assert len(check_ins.read(filled(form)).each) == shown


def test_a_value_that_moved_meanwhile_is_not_set_back_by_an_untouched_field() -> None:
    drawn = check_ins.form(check_in(), [key_result()], moment())
    assert [answer.value for answer in check_ins.read(filled(drawn)).each] == [""]


@pytest.mark.parametrize(
    ("next_day", "owns", "says"),
    [
        (date(2026, 11, 30), True, "The next one comes on Monday 30 November."),
        (None, True, "/okr update KR-34 45"),
        (date(2026, 11, 30), False, "You own no key result at the moment"),
    ],
)
def test_nothing_open_says_when_the_next_one_comes(next_day: date | None, owns: bool, says: str) -> None:
    assert says in check_ins.nothing_open(next_day, owns)["text"]


def test_skipping_blames_nobody_and_can_be_undone() -> None:
    opened: CheckIn = check_in()
    assert check_ins.skipped(opened)["text"] == (
        "Skipped the check-in of Monday 23 November. If you change your mind, `/checkin` opens it."
    )


def test_a_receipt_tells_what_was_taken_back_and_what_was_measured_in_another_way() -> None:
    kr, done = key_result(), replace(check_in(), state=State.ANSWERED)
    gone = replace(update(kr), undone_at=NOW)
    told = words_of(check_ins.receipt(done, [kr], [], moment(), [gone]))
    assert "taken back, so it stayed at 40 sign-ups" in told
    assert "45" not in told
    steps = replace(kr, measure=milestones(0))
    told = words_of(check_ins.receipt(done, [steps], [update(kr)], moment()))
    assert "40 → 45, as it was measured then" in told
    assert "of 4" not in told
