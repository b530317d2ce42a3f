"""Who may do what, as people read it."""

import json

from domain.permissions import BECAUSE, DEEDS, Relation, Verb, deeds
from tests.views.slack import assert_slack_takes, words_of
from views import permissions
from views.room import IN_MESSAGE, Room, fits


def test_every_row_of_the_table_is_read_from_both_sides() -> None:
    words = words_of(permissions.table()["blocks"]).casefold()
    for verb in Verb:
        assert f"*{DEEDS[verb]}*: ".casefold() in words
    for relation in (each for each in Relation if deeds(each)):
        assert f"*{relation}* may ".casefold() in words
    for why in BECAUSE.values():
        assert why.casefold() in words


def test_a_row_says_who_and_why() -> None:
    words = words_of(permissions.table()["blocks"])
    assert "*Update a key result*: its owner, the team's lead or an admin. _One person answers for a number;" in words
    assert "*A guest* may give thanks; export what one may see." in words


def test_it_fits_a_message_whole_and_uses_nothing_that_an_answer_could_not() -> None:
    shown = permissions.table()
    assert_slack_takes(shown)
    assert "more parts than fit" not in json.dumps(shown)
    assert fits(shown["blocks"], Room(IN_MESSAGE.blocks, IN_MESSAGE.characters))
    assert {block["type"] for block in shown["blocks"]} <= {"header", "section", "context"}
