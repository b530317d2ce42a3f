"""What is said of a draft, and what is left unsaid."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from domain.hints import hints
from domain.objectives import Level, Objective, Stage
from domain.policy import Policy
from domain.templates import TEMPLATES
from tests import strategies
from tests.examples import ADA, NOW, TODAY, heading, key_result, measure, objective

GONE = replace(ADA, active=False)


def whole(**changes) -> Objective:
    """An objective of which there is nothing to say."""
    parts = (new(34), new(35, "Customers who stay a year"))
    built = objective(key_results=parts, description="Most leave in the first month", parent=heading())
    return replace(built, **changes)


def new(
    number: int = 34, title: str = "Sign-ups a week", start="40", target="100", current="40", unit="sign-ups", **changes
):
    made = key_result(number, title, updated_at=None, measure=measure(start, target, current, unit))
    return replace(made, **changes)


def rules(of: Objective, today: date = TODAY, **policy) -> list[tuple[str, str]]:
    return [(str(hint.about), hint.rule) for hint in hints(of, today, Policy(**policy))]


def test_of_a_good_draft_there_is_nothing_to_say():
    assert rules(whole()) == []
    assert rules(whole(level=Level.COMPANY, parent=None)) == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"key_results": ()}, "no measure"),
        ({"key_results": (new(),)}, "single measure"),
        ({"key_results": tuple(new(n, f"Sign-ups in region {n}") for n in range(6))}, "too many"),
        ({"owner": GONE}, "owner gone"),
        ({"parent": None}, "no alignment"),
        ({"description": ""}, "no reason"),
        ({"title": "Improve onboarding"}, "vague words"),
        ({"title": "Sell 500 licences"}, "number in the objective"),
        ({"title": "Launch 5 features and hold weekly meetings"}, "activity"),
        ({"title": "Work on the website"}, "activity"),
        ({"title": "Raise satisfaction to 90 %"}, "number in the objective"),
        ({"title": "We want " + "very " * 14 + "much"}, "long title"),
        ({"key_results": (new(1), new(2))}, "twice the same"),
    ],
)
def test_each_rule_about_an_objective_speaks_alone(changes, rule):
    assert rules(whole(**changes)) == [("O-12", rule)]


@pytest.mark.parametrize(
    ("kr", "rule"),
    [
        (new(title="Launch the new help pages"), "activity"),
        (new(title="We build a partner portal"), "activity"),
        (new(title="Launch 5 features"), "activity"),
        (new(title="Hold at least 10 meetings"), "activity"),
        (new(title="Hold 10 meetings"), "activity"),
        (new(title="Work on the API"), "activity"),
        (new(title="Better response times overall"), "vague words"),
        (new(title="Growth", measure=measure("40", "100", "40", "")), "no unit"),
        (new(owner=GONE), "owner gone"),
        (new(current="100"), "reached already"),
        (new(current="90"), "too easy"),
        (new(current="82"), "too easy"),
        (new(start="200", target="204", current="200"), "small step"),
        (new(start="50", target="52", current="50", unit="%"), "small step"),
        (new(title="Calls and mails and visits"), "two things at once"),
        (new(title="Sign-ups " * 19), "two things at once"),
    ],
)
def test_each_rule_about_a_key_result_speaks_alone(kr, rule):
    assert rules(whole(key_results=(kr, new(35, "Customers who stay a year")))) == [("KR-34", rule)]


@pytest.mark.parametrize(
    "kr",
    [
        new(title="Launch in 3 more countries"),
        new(title="Deliver 99.5% of parcels on time"),
        new(title="Hold churn below 5%"),
        new(title="Run rate"),
        new(current="81.9"),
        new(start="99.5", target="99.95", current="99.5", unit="%"),
        new(title="Sign-ups that begin with a launch event"),
        new(title="Trainees who stay a year"),
        new(current="90", updated_at=NOW),
        new(current="100", updated_at=NOW - timedelta(days=1)),
        new(start="0", target="1", current="0"),
        new(title="Betterment Ltd. licences in use"),
    ],
    ids=lambda kr: kr.title,
)
def test_what_only_looks_like_it_is_left_alone(kr):
    assert rules(whole(key_results=(kr, new(35, "Customers who stay a year")))) == []


def test_what_is_proposed_counts_as_a_measure():
    proposed = tuple(replace(kr, stage=Stage.PROPOSED) for kr in whole().key_results)
    assert rules(whole(key_results=(), proposals=proposed)) == []


def test_the_limit_is_the_policys():
    assert rules(whole(), most_key_results=1) == [("O-12", "too many")]


def test_nothing_is_said_of_what_is_over_or_put_away():
    assert rules(whole(title="Improve things"), date(2027, 3, 1)) == []
    assert rules(whole(title="Improve things", archived=True)) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
def test_nothing_is_wrong_with_an_example_of_ours(template):
    parts = tuple(
        replace(key_result(n, sample.title, measure=sample.measure), updated_at=None, stage=Stage.PROPOSED)
        for n, sample in enumerate(template.key_results)
    )
    begun = whole(title=template.title, description=template.why, key_results=(), proposals=parts)
    assert rules(begun) == []


@given(strategies.objectives())
def test_every_hint_has_a_reason_and_an_example_and_is_said_once(of: Objective):
    found = hints(of, TODAY, Policy())
    assert all(hint.seen and hint.why and hint.example for hint in found)
    assert len({(hint.about, hint.rule) for hint in found}) == len(found) or _same_numbers(of)


def _same_numbers(of: Objective) -> bool:
    numbers = [kr.number for kr in (*of.key_results, *of.proposals)]
    return len(set(numbers)) < len(numbers)
