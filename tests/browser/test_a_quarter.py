"""A whole quarter on the page, in one person's hands: planned, worked on, closed, talked about, and carried on."""

from datetime import UTC, datetime

import pytest
from playwright.async_api import expect

from tests.browser.tab import Tab
from tests.conftest import Town

pytestmark = pytest.mark.browser


@pytest.fixture
async def year(town: Town) -> int:
    """The year that it is, late in March; Bo leads the engineers, who have a channel."""
    year = town.slack.calendar.now().year
    await town.until(datetime(year, 3, 26, 12, tzinfo=UTC))
    await town.set_up(champion="@hana")
    await town.team(channel="engineering")
    return year


async def test_somebody_runs_a_quarter_from_planning_to_close(open_tab, year):
    bo = await open_tab("bo", app="messages")

    await drafts_an_objective_for_the_next_quarter(bo, year)
    await proposes_and_agrees_to_it(bo, year)
    await weeks_pass(bo, 1)
    await bo.move_calendar("Next Monday 09:00")
    await checks_in(bo)
    await sets_the_status(bo)
    await weeks_pass(bo, 2)
    await looks_back(bo)
    await weeks_pass(bo, 11)
    await says_how_it_ended(bo, year)
    await carries_it_on(bo, year)
    await reads_what_the_team_reads(bo, year)
    await finds_where_it_went(bo, year)


async def drafts_an_objective_for_the_next_quarter(bo: Tab, year: int) -> None:
    await bo.say("/okr cycle")
    await expect(bo.latest).to_contain_text(f"Q2 {year} begins in 6 days; 0 of 1 team has objectives.")
    await bo.say("/okr add objective")
    form = bo.dialog("Add an objective")
    await form.get_by_role("textbox", name="Objective").fill("Nobody waits for us")
    await form.get_by_label("For which cycle?").select_option(f"Q2 {year}")
    await bo.press("Save", form)
    await expect(bo.dialog("Saved")).to_contain_text("draft")
    await bo.picture("quarter 1 draft")

    await bo.press("Add a key result", bo.dialog("Saved"))
    form = bo.dialog("Add a key result")
    await form.get_by_role("textbox", name="Key result").fill("Answers within a day")
    await form.get_by_role("textbox", name="Start").fill("40")
    await form.get_by_role("textbox", name="Target").fill("90")
    await form.get_by_role("textbox", name="Unit").fill("%")
    await bo.press("Save", form)
    await expect(bo.dialog("Saved").last).to_contain_text("40% → 90%")
    await bo.picture("quarter 2 draft with a key result")


async def proposes_and_agrees_to_it(bo: Tab, year: int) -> None:
    await bo.press("Propose it", bo.dialog("Saved").last)
    done = bo.dialog("Done")
    await expect(done).to_contain_text("proposed")
    await bo.picture("quarter 3 proposed")
    await bo.press("Agree to it", done)
    await expect(done).to_contain_text(f"O-1 is agreed: it counts once Q2 {year} begins.")
    await expect(done).to_contain_text("planned")
    await bo.picture("quarter 4 agreed")
    await leaves(bo, "Done")


async def checks_in(bo: Tab) -> None:
    await expect(bo.latest).to_contain_text("how is it going with your key result?")
    await bo.picture("quarter 5 asked")
    await bo.press("Check in", bo.latest)
    form = bo.dialog("Check-in, ")
    await form.get_by_role("textbox", name="Where is it now?").fill("52")
    await form.get_by_label("How sure are you").select_option("8 – quite sure")
    await form.get_by_role("textbox", name="Note").fill("The new rota helps")
    await bo.press("Save", form)
    await expect(bo.dialog("Thank you")).to_contain_text("40% → 52%")
    await bo.picture("quarter 6 checked in")
    await leaves(bo, "Thank you")


async def sets_the_status(bo: Tab) -> None:
    await bo.say("/okr")
    await expect(bo.latest).to_contain_text("on track")
    await bo.press("Update", bo.latest)
    await bo.press("More options", bo.dialog("Update KR-1"))
    await bo.dialog("Update KR-1").get_by_role("menuitem", name="Set status").click()
    form = bo.dialog("Status of KR-1")
    await form.get_by_label("At risk").check()
    await form.get_by_role("textbox", name="Why?").fill("Two of us are away until the end of the month")
    await bo.picture("quarter 7 status form")
    await bo.press("Save", form)
    set_by_hand = bo.page.get_by_role("dialog").filter(
        has_text="at risk · set by Bo until 12 April: Two of us are away"
    )
    await expect(set_by_hand).to_be_visible()
    await bo.picture("quarter 8 status set")
    await bo.press("Dismiss", set_by_hand)


async def looks_back(bo: Tab) -> None:
    await bo.say("/okr update KR-1 61 confidence 6")
    await bo.say("/okr history KR-1")
    drawn = bo.page.get_by_role("log").get_by_role("img", name="chart of")
    await expect(drawn).to_be_in_viewport(ratio=1)
    told = bo.page.get_by_role("log").get_by_role("article").filter(has_text="The history of KR-1")
    await expect(told).to_contain_text("Bo set the status to at risk until 12 April")
    await expect(bo.page.get_by_role("table", name="KR-1 so far").get_by_role("row", name="61")).to_be_attached()
    await bo.picture("quarter 9 history")
    await told.scroll_into_view_if_needed()
    await bo.picture("quarter 9b history in words")


async def says_how_it_ended(bo: Tab, year: int) -> None:
    asked = bo.page.get_by_role("log").get_by_role("article").filter(has_text=f"Q2 {year} is over")
    await bo.press("Close my objectives", asked)
    form = bo.dialog("Close O-1")
    await expect(form).to_contain_text("Suggested: KR-1 0.42 → 0.42")
    await bo.picture("quarter 10 close form")
    await form.get_by_role("textbox", name="Score").fill("0.6")
    await form.get_by_role("textbox", name="Why?").fill("Nights were never covered")
    await form.get_by_label("It moved some of what mattered").check()
    await form.get_by_role("textbox", name="What did we learn?").fill("Ask support before we change the rota")
    await form.get_by_label("Keep: go on with it").check()
    await bo.press("Save", form)


async def carries_it_on(bo: Tab, year: int) -> None:
    form = bo.dialog("Carry O-1 over")
    await expect(form.get_by_label("Carry it over into")).to_have_value(f"Q3 {year}")
    await bo.picture("quarter 11 carry form")
    await bo.press("Go on", form)
    done = bo.dialog("All done")
    await expect(done).to_contain_text(f"O-1 goes on as O-2 in Q3 {year}.")
    await expect(done).to_contain_text("61% → 90%")
    await expect(done).to_contain_text("Nothing of yours waits for a score. Thank you.")
    await bo.picture("quarter 12 carried on")
    await leaves(bo, "All done")


async def reads_what_the_team_reads(bo: Tab, year: int) -> None:
    await bo.go("engineering")
    await expect(bo.latest).to_contain_text(f"Retrospective of Q2 {year}: Engineering")
    await bo.move_calendar("+1 hour")
    await bo.latest.get_by_role("link", name="1 reply").click()
    thread = bo.page.get_by_role("complementary", name="Thread")
    for words in ("Score 0.6, suggested 0.42", "Nights were never covered", "Ask support before we change the rota"):
        await expect(thread).to_contain_text(words)
    await bo.picture("quarter 13 retrospective")


async def finds_where_it_went(bo: Tab, year: int) -> None:
    await bo.go("Messages")
    await bo.say(f"/okr list me Q2 {year}")
    await expect(bo.latest).to_contain_text("score 0.6")
    await expect(bo.latest).to_contain_text(f"carried to O-2 in Q3 {year}")
    await bo.picture("quarter 14 looking back")
    await bo.say("/okr")
    await expect(bo.latest).to_contain_text(f"carried from O-1 in Q2 {year}")
    await bo.go("Home")
    await expect(bo.page.get_by_role("region", name="Home")).to_contain_text("Nobody waits for us")
    await bo.picture("quarter 15 home")


async def weeks_pass(bo: Tab, weeks: int) -> None:
    for _ in range(weeks):
        await bo.move_calendar("+1 week")


async def leaves(bo: Tab, title: str) -> None:
    await bo.press("Dismiss", bo.dialog(title).last)
    await expect(bo.page.get_by_role("dialog")).to_have_count(0)
