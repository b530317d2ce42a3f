"""What people read of thanks."""

import pytest

from domain.recognition import Helped
from domain.references import Prefix, Reference
from tests.examples import ADA, BO, CHIDI, recognition
from tests.views.slack import fields, pressed, words_of
from views import recognition as views
from views.blocks import people


def test_the_channel_reads_who_thanked_whom_for_what() -> None:
    post = views.post(recognition(recipients=(ADA, CHIDI)))
    assert post["text"].startswith("<@U002> thanked <@U001> and <@U003>: Stayed late")
    words = words_of(post["blocks"])
    assert "Stayed late to get the migration through" in words
    assert "#craft · helped *KR-34* Weekly sign-ups" in words
    assert "`/kudos`" in words_of(post["blocks"][-1])


def test_each_recipient_reads_the_words_and_who_gave_them() -> None:
    told = views.told(recognition(recipients=(ADA, CHIDI)), ADA)
    assert told["text"].startswith("<@U002> thanked you: Stayed late to get the migration through (helped KR-34")
    mentioned = [leaf["user_id"] for leaf in told["blocks"][0]["elements"][0]["elements"] if leaf["type"] == "user"]
    assert mentioned == ["U002", "U003"]
    assert "mute this conversation" in words_of(told["blocks"][-1])


def test_the_giver_hears_that_it_is_recorded_and_where_it_goes() -> None:
    assert views.recorded(recognition(), "C001")["text"] == (
        "Recorded. Your thanks will be posted in <#C001> and told to <@U001>."
    )
    assert views.recorded(recognition(), None)["text"] == "Recorded. Your thanks will be told to <@U001>."


def test_the_giver_hears_of_a_post_that_failed() -> None:
    failed = views.post_failed(recognition(), "not_in_channel")
    assert "are recorded, but Slack would not let me post them" in failed["text"]
    assert "not_in_channel" in words_of(failed["blocks"])


def test_names_of_several_people_make_a_sentence() -> None:
    leaves = [leaf.get("text") or leaf["user_id"] for leaf in people([ADA, BO, CHIDI])]
    assert leaves == ["U001", ", ", "U002", " and ", "U003"]


def test_recent_thanks_are_one_line_each_and_the_earlier_ones_are_counted() -> None:
    words = words_of(views.recent([recognition(n) for n in range(9)]))
    assert words.count("Bo Nilsson thanked Ada Lovelace: ") == 6
    assert "…and 3 earlier." in words
    assert "`/kudos`" in words_of(views.recent([]))


def test_a_list_of_thanks_offers_to_add_to_it() -> None:
    assert pressed(views.listed([recognition()])) == [("recognition.give", "")]
    assert pressed(views.listed([])) == [("recognition.give", "")]


def test_what_was_helped_is_chosen_from_two_groups() -> None:
    helped = [
        Helped(Reference(Prefix.OBJECTIVE, 12), "Onboarding"),
        Helped(Reference(Prefix.KEY_RESULT, 34), "Sign-ups"),
    ]
    groups = fields(views.form(("craft",), helped))["helped"]["option_groups"]
    shown = [(group["label"]["text"], [option["value"] for option in group["options"]]) for group in groups]
    assert shown == [("Objectives", ["O-12"]), ("Key results", ["KR-34"])]


@pytest.mark.parametrize("many", [150, None])
def test_where_there_is_too_much_to_list_it_is_asked_for_as_somebody_types(many: int | None) -> None:
    helped = [Helped(Reference(Prefix.KEY_RESULT, n), f"Key result {n}") for n in range(1, many + 1)] if many else None
    field = fields(views.form((), helped, about=Reference(Prefix.KEY_RESULT, 150)))["helped"]
    assert field["type"] == "external_select"
    assert field["initial_option"]["value"] == "KR-150"


def test_fields_with_nothing_to_choose_are_left_out() -> None:
    assert set(fields(views.form((), []))) == {"recipients", "reason"}
