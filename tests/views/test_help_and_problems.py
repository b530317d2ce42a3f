"""Help, guesses and refusals."""

from typing import Any

from domain.permissions import Verb
from tests.views.slack import fields, words_of
from views import help, problems
from views.blocks import Message
from views.help import Entry, Group

ENTRIES = [("/okr", "Shows my objectives."), ("/okr update KR-34 45", "Moves a key result; also +3, 80% or done.")]
LIST = Entry(Group.LOOK, "/okr list [me | @person]", "Lists objectives.", "/okr list me", "In any order.")
UPDATE = Entry(Group.CHECK_IN, "/okr update KR-34 45 [note …]", "Moves a key result.")
LONG = Entry(Group.LOOK, "/okr depends KR-34 on Platform: the new API by June", "Asks another team.")


def leaves(message: Message) -> list[dict[str, Any]]:
    """The pieces of the one line that a message shows."""
    found: list[dict[str, Any]] = message["blocks"][0]["elements"][0]["elements"]
    return found


def test_help_lists_what_can_be_typed_by_what_people_want_to_do() -> None:
    shown = help.overview("What can I type?", [LIST, UPDATE, LONG])
    words = words_of(shown["blocks"])
    assert "*Check in*\n`/okr update KR-34 45`  Moves a key result." in words
    assert "*Look around*\n`/okr list`  Lists objectives.\n`/okr depends …`  Asks another team." in words
    assert "*Say thanks*" not in words
    assert [block["type"] for block in shown["blocks"]] == ["header", "section", "section", "context"]
    assert shown["text"] == ("What can I type? Check in: /okr update KR-34 45. Look around: /okr list, /okr depends ….")


def test_one_word_in_full_has_its_usage_an_example_who_may_and_what_is_near() -> None:
    shown = help.in_full(LIST, [Verb.SCORE], [LIST, LONG])
    words = words_of(shown["blocks"])
    assert "`/okr list [me | @person]`\nLists objectives.\n\nIn any order." in words
    assert "*For example*\n`/okr list me`" in words
    assert "*Score an objective when its cycle closes*: owner, team's lead." in words
    assert "Look around: also `/okr depends …`" in words
    assert "`/okr update KR-34 45`" in words_of(help.in_full(UPDATE)["blocks"]), "its own usage serves as an example"
    assert shown["text"] == "/okr list [me | @person]: Lists objectives. For example: /okr list me"


def test_an_unknown_word_gets_a_guess_where_there_is_one() -> None:
    assert help.unknown("updte", "/okr", "update")["text"] == (
        "I do not know “updte”. Did you mean `/okr update`? `/okr help` lists what I do know."
    )
    assert help.unknown("zzz", "/okr", None)["text"] == "I do not know “zzz”. `/okr help` lists what I do know."


def test_a_direct_message_that_means_nothing_is_answered_shortly_with_a_way_to_more() -> None:
    short = help.direct_message([])
    assert [block["type"] for block in short["blocks"]] == ["section", "actions", "context"]
    assert "What can I type?" in words_of(short["blocks"])
    assert "`/okr update KR-34 45`" in words_of(help.direct_message(ENTRIES[1:])["blocks"])


def test_while_the_database_is_away_people_read_whether_anything_was_kept() -> None:
    assert "nothing was changed" in problems.unavailable(sure=True)
    assert "I do not know whether that was kept" in problems.unavailable(sure=False)


def test_a_bug_is_one_calm_sentence_with_its_reference() -> None:
    assert problems.bug("a1b2c3").endswith("this reference: a1b2c3")


def test_a_refusal_is_shown_as_it_was_said_and_nothing_in_it_counts_as_markup() -> None:
    shown = problems.refused("“<!channel>” is not a number.")
    assert shown["text"] == "“&lt;!channel&gt;” is not a number."
    assert leaves(shown) == [{"type": "text", "text": "“<!channel>” is not a number."}]


def test_what_to_type_instead_stands_out() -> None:
    words, code, stop = leaves(problems.refused("Name it, as in `/okr add kr O-12`."))
    assert (words["text"], code["text"], stop["text"]) == ("Name it, as in ", "/okr add kr O-12", ".")
    assert code["style"] == {"code": True}


def test_a_stray_backtick_stands_for_itself() -> None:
    assert leaves(problems.refused("“5`” is not a number.")) == [{"type": "text", "text": "“5`” is not a number."}]


def test_a_refusal_in_a_window_can_only_be_closed() -> None:
    view = problems.modal("That objective is archived.")
    assert fields(view) == {}
    assert "submit" not in view
    assert view["close"]["text"] == "Close"
