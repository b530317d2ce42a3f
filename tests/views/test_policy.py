"""The settings, as a form and as what was changed."""

from dataclasses import replace
from datetime import timedelta

from domain.people import Role
from domain.policy import NUMBERS, SWITCHES, Policy, chosen, said
from tests.examples import ADA, BO, NOW, admin, member
from tests.views.slack import assert_slack_takes, fields, filled, words_of
from views import policy as views

ALL = {*NUMBERS, *SWITCHES, "values"}


def test_the_form_comes_back_as_it_was_drawn() -> None:
    asked = Policy(behind=0.2, stale_after=timedelta(days=9), review=True, values=("care",))
    form = views.form(asked, admin(), {})
    assert_slack_takes(form)
    assert views.read(filled(form)) == {}, "left alone, it stays as it is by then"
    forgotten = filled(form) | {"private_metadata": ""}
    assert views.read(forgotten) == {name: said(name, asked) for name in ALL}
    assert replace(asked, **chosen(views.read(forgotten), asked)) == asked


def test_each_sees_what_they_may_change() -> None:
    for role, shown in {Role.HR: {"values"}, Role.CHAMPION: ALL, Role.SPONSOR: set()}.items():
        assert set(fields(views.form(Policy(), member(granted=frozenset({role})), {}))) == shown


def test_it_says_who_changed_the_latest_of_them() -> None:
    last = {"behind": (BO, NOW), "values": (ADA, NOW - timedelta(days=3)), "zone": (ADA, NOW)}
    words = words_of(views.form(Policy(), admin(), last)["blocks"][-1])
    assert "At risk when behind by (%): <@U002>" in words
    assert words.index("At risk") < words.index("Our values: <@U001>")
    assert "zone" not in words


def test_the_answer_says_what_is_otherwise() -> None:
    message = views.changed(Policy(), Policy(behind=0.2, quarters=False, values=()))
    assert "At risk when behind by (%): 15 → 20" in message["text"]
    assert "Open a cycle for every calendar quarter: yes → no" in message["text"]
    assert "Our values: courage, craft, care, customers, curiosity → none" in message["text"]
    assert views.changed(Policy(), Policy())["text"] == "Nothing was changed."
