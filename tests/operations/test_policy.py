"""The settings: who may change which, and what is kept of it."""

import pytest

from domain.errors import NotAllowed, Refusal
from domain.people import Role
from operations import policy
from storage import policy as kept
from tests.examples import NOW
from tests.storage.company import HERE, admin, again, person, with_role
from tests.storage.units import in_a_session


@in_a_session
def test_a_champion_and_an_admin_change_the_settings_and_it_is_known_who_did(session):
    gus, cora = admin(session), with_role(session, person(session, "Cora"), Role.CHAMPION)
    policy.change(session, cora, {"behind": "20", "low_confidence": "3"}, NOW)
    done = policy.change(session, gus, {"behind": "25", "review": "yes"}, NOW)
    assert (done.before.behind, done.after.behind, done.after.review) == (0.2, 0.25, True)
    found = policy.settings(session, cora)
    assert found.policy == kept.policy(session, HERE)
    assert {name: by.name for name, (by, _) in found.last.items()} == {"behind": "Gus", "review": "Gus"}


@in_a_session
def test_hr_changes_the_values_and_nothing_else(session):
    hedy = with_role(session, person(session, "Hedy"), Role.HR)
    assert policy.change(session, hedy, {"values": "care, candour"}, NOW).after.values == ("care", "candour")
    with pytest.raises(NotAllowed, match="You cannot change the settings"):
        policy.change(session, hedy, {"values": "care", "behind": "20"}, NOW)
    assert policy.settings(session, hedy).policy.values == ("care", "candour")


@pytest.mark.parametrize("role", [None, Role.SPONSOR])
@in_a_session
def test_nobody_else_sees_or_changes_them(session, role):
    ada = person(session)
    if role:
        ada = with_role(session, ada, role)
    for attempt in (
        lambda: policy.settings(session, ada),
        lambda: policy.change(session, ada, {"behind": "20"}, NOW),
        lambda: policy.change(session, ada, {"values": "care"}, NOW),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert kept.last_changed(session, HERE) == {}


@in_a_session
def test_what_cannot_be_changes_nothing(session):
    gus = again(session, admin(session))
    with pytest.raises(Refusal) as refused:
        policy.change(session, gus, {"behind": "20", "flat_weeks": "never"}, NOW)
    assert refused.value.field == "flat_weeks"
    assert kept.last_changed(session, HERE) == {}
