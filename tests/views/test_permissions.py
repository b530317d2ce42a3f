"""Who may do what, as people read it."""

import json

from domain.permissions import BECAUSE, DEEDS, Verb
from tests.views.slack import assert_slack_takes, words_of
from views import permissions
from views.room import IN_MESSAGE, Room, fits


def test_every_row_of_the_table_is_read() -> None:
    words = words_of(permissions.table()["blocks"]).casefold()
    for verb in Verb:
        assert f"*{DEEDS[verb]}*: ".casefold() in words
    for why in BECAUSE.values():
        assert why.casefold() in words


def test_a_row_says_who_and_why() -> None:
    words = words_of(permissions.table()["blocks"])
    assert "*Update a key result*: owner, team's lead, admin. _One person answers for a number;" in words


def test_it_fits_a_message_whole_and_uses_nothing_that_an_answer_could_not() -> None:
    shown = permissions.table()
    assert_slack_takes(shown)
    assert "more parts than fit" not in json.dumps(shown)
    assert fits(shown["blocks"], Room(IN_MESSAGE.blocks, IN_MESSAGE.characters))
    assert {block["type"] for block in shown["blocks"]} <= {"header", "section", "context"}
