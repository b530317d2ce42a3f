"""Plain questions, and what is no question of ours."""

import pytest

from domain.references import reference
from domain.wishes import Deed, Wish, meant, wish


@pytest.mark.parametrize(
    ("typed", "deed", "ref", "words"),
    [
        ("help", Deed.HELP, "", ""),
        ("Hello, what can you do?", Deed.HELP, "", ""),
        ("checkin", Deed.CHECK_IN, "", ""),
        ("my check-in, please", Deed.LIST, "", None),
        ("kudos", Deed.THANK, "", ""),
        ("thanks!", Deed.WELCOME, "", ""),
        ("Thank you very much", Deed.WELCOME, "", ""),
        ("set KR-34 to at risk because x", Deed.STATUS, "KR-34", "at risk because x"),
        ("KR-34 is off track: late", Deed.STATUS, "KR-34", "off track: late"),
        ("KR-34", Deed.SHOW, "KR-34", ""),
        ("show o12", Deed.SHOW, "O-12", ""),
        ("how is KR-34 doing?", Deed.SHOW, "KR-34", ""),
        ("Why KR-34?", Deed.WHY, "KR-34", ""),
        ("why does KR-34 matter?", Deed.WHY, "KR-34", ""),
        ("history of KR-34", Deed.HISTORY, "KR-34", ""),
        ("show history KR-34", Deed.HISTORY, "KR-34", ""),
        ("update KR-34 45", Deed.UPDATE, "KR-34", "45"),
        ("update KR-34 to 45.5% confidence 7", Deed.UPDATE, "KR-34", "45.5% confidence 7"),
        ("KR-34: +3", Deed.UPDATE, "KR-34", "+3"),
        ("KR-34 is at 45 note on its way", Deed.UPDATE, "KR-34", "45 note on its way"),
        ("update KR-34 to -1", Deed.UPDATE, "KR-34", "= -1"),
        ("set KR-34 at -1", Deed.UPDATE, "KR-34", "= -1"),
        ("update KR-34 =-1", Deed.UPDATE, "KR-34", "=-1"),
        ("KR-34 -1", Deed.UPDATE, "KR-34", "-1"),
        ("KR-34: -1", Deed.UPDATE, "KR-34", "-1"),
        ("KR-34 = -1", Deed.UPDATE, "KR-34", "= -1"),
        ("KR-34 =-1 note churned", Deed.UPDATE, "KR-34", "= -1 note churned"),
        ("KR-34 is at −1", Deed.UPDATE, "KR-34", "= −1"),
        ("KR-34 is now -1", Deed.UPDATE, "KR-34", "= -1"),
        ("kr-34 done", Deed.UPDATE, "KR-34", "done"),
        ("please update KR-34", Deed.UPDATE, "KR-34", ""),
        ("add objective", Deed.ADD_OBJECTIVE, "", ""),
        ("add an objective: Nobody waits.", Deed.ADD_OBJECTIVE, "", "Nobody waits"),
        ("new okr", Deed.ADD_OBJECTIVE, "", ""),
        ("add kr O-12", Deed.ADD_KEY_RESULT, "O-12", ""),
        ("add a key result to O-12", Deed.ADD_KEY_RESULT, "O-12", ""),
        ("hello", Deed.GREET, "", ""),
        ("Hi there!", Deed.GREET, "", ""),
        ("good morning, Cairn", Deed.GREET, "", ""),
        ("hello?", Deed.GREET, "", ""),
        ("please", Deed.LIST, "", ""),
        ("history", Deed.LIST, "", None),
        ("search revenue", Deed.SEARCH, "", "revenue"),
        ("look for “a week” #growth", Deed.SEARCH, "", "“a week” #growth"),
        ("find O-12", Deed.SHOW, "O-12", ""),
        ("search", Deed.LIST, "", None),
        ("company okrs at risk", Deed.LIST, "", None),
        ("show my okrs", Deed.LIST, "", None),
        ("add objectively more", Deed.LIST, "", None),
        ("", Deed.LIST, "", None),
    ],
)
def test_words_ask_for_one_thing(typed, deed, ref, words):
    assert wish(typed) == Wish(deed, reference(ref), typed if words is None else words)


def test_a_word_of_a_command_finds_what_it_does():
    entries = [("/okr", "Mine."), ("/okr tree [company]", "A tree."), ("/okr undo KR-34", "Take back.")]
    assert meant("Please undo KR-1!", entries) == [entries[2]]
    assert meant("/tree", entries) == [entries[1]]
    assert meant("", entries) == meant("okr", entries) == []


def test_a_list_keeps_its_words_as_they_were_typed_after_a_greeting():
    assert wish("  hi, Company at RISK?").words == "Company at RISK?"


def test_a_long_text_is_read_as_quickly_as_a_short_one():
    assert wish("update KR-34 " + "to " * 20_000).deed is Deed.UPDATE
    assert wish("please " * 10_000 + "x").deed is Deed.LIST
