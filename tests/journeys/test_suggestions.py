"""Where there is too much to list, people type a few letters and choose from what is suggested."""

import pytest

from domain.suggestions import LISTED
from storage import people
from tests.storage.company import cycle, key_result, objective


@pytest.fixture
async def company(town):
    """A company with more objectives than a form lists; the last is about onboarding, with a key result."""
    await town.set_up()
    await town.quiet()

    def fill(session):
        bo = people.member(session, town.cairn.installation.workspace, town.person("bo").id)
        now = cycle(session, bo.workspace, town.slack.calendar.now().date())
        for number in range(LISTED):
            objective(session, bo, f"Objective {number}", cycle=now)
        last = objective(session, bo, "Onboarding is a joy", cycle=now)
        key_result(session, last, title="Ready on the first day")

    await town.cairn.db.run(fill)
    return town


async def test_thanks_are_tied_to_what_is_found_by_a_few_letters(company):
    gita = company.person("gita")
    await gita.command("/kudos")
    await gita.fill({"recipients": ["@bo"], "reason": "The new laptop script", "helped": "first day"})
    await gita.submit()
    await company.quiet()
    assert "helped *KR-1* Ready on the first day" in str(gita.modal["blocks"])


async def test_an_objective_is_hung_below_what_is_found_and_keeps_it_when_more_is_asked(company):
    gita = company.person("gita")
    await gita.command("/okr add objective")
    await gita.fill({"title": "Laptops are ready", "parent": "onboarding"})
    await gita.press("More…")
    await gita.submit({"description": "Half a day is lost"})
    seen = await gita.command("/okr why O-52")
    assert "Onboarding is a joy" in str([each.blocks for each in seen.messages])

    await gita.command("/okr edit O-52")
    await gita.submit({"parent": "KR-1"})
    seen = await gita.command("/okr why O-52")
    assert "KR-1" in str([each.blocks for each in seen.messages])


async def test_who_may_not_see_it_is_not_suggested_it_and_cannot_send_it_all_the_same(company):
    ada, gita = company.person("ada"), company.person("gita")
    await ada.command("/okr add objective")
    await ada.press("More…")
    await ada.submit({"title": "The merger", "visibility": "Private"})
    await gita.command("/okr add objective")
    with pytest.raises(AssertionError, match="Nothing is offered"):
        await gita.fill({"parent": "merger"})
