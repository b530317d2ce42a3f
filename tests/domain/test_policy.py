"""What a champion may set, and what cannot be."""

from datetime import timedelta

import pytest

from domain.errors import Refusal
from domain.policy import NUMBERS, SWITCHES, Policy, chosen, said

DEFAULTS = {name: said(name, Policy()) for name in (*NUMBERS, *SWITCHES, "values")}


def test_what_is_said_of_a_setting_sets_it_to_what_it_is() -> None:
    settings = chosen(DEFAULTS, Policy())
    assert settings == {name: getattr(Policy(), name) for name in DEFAULTS}


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("behind", "20", 0.2),
        ("behind", " 20 % ", 0.2),
        ("far_behind", "50", 0.5),
        ("stale_after", "14", timedelta(days=14)),
        ("low_confidence", "1", 1),
        ("flat_weeks", "26", 26),
        ("planning_weeks", "0", 0),
        ("closing_days", "90", 90),
        ("quarters", "no", False),
        ("review", "yes", True),
        ("values", "#Craft, care;  CARE courage", ("craft", "care", "courage")),
        ("values", "", ()),
        ("values", "qualité mut-zur-lücke", ("qualité", "mut-zur-lücke")),
    ],
)
def test_a_setting_is_read_as_people_write_it(name: str, typed: str, value: object) -> None:
    assert chosen({name: typed}, Policy()) == {name: value}


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("behind", ""),
        ("behind", "a few"),
        ("behind", "0"),
        ("behind", "91"),
        ("behind", "12.5"),
        ("behind", "٢٠"),
        ("stale_after", "-3"),
        ("low_confidence", "10"),
        ("flat_weeks", "9" * 40),
        ("most_objectives", "0"),
        ("values", "two words!, fine"),
        ("values", "x" * 31),
        ("values", " ".join(f"v{n}" for n in range(21))),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(name: str, typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        chosen(DEFAULTS | {name: typed}, Policy())
    assert refused.value.field == name


@pytest.mark.parametrize("typed", [{"behind": "35"}, {"far_behind": "15"}, {"behind": "40", "far_behind": "40"}])
def test_off_track_is_further_behind_than_at_risk(typed: dict[str, str]) -> None:
    with pytest.raises(Refusal, match="off track has to begin later than at risk") as refused:
        chosen(typed, Policy())
    assert refused.value.field == list(typed)[-1], "beside what was touched"
