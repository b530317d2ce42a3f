"""A whole quarter, through the front door: planned, worked on, closed, talked about, and carried on."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.objectives import Visibility
from domain.people import WorkspaceId
from domain.references import Prefix, Reference
from sandbox.reading import text_of
from storage import objectives
from storage.database import Session
from tests.conftest import Town, at_work
from tests.journeys.looking import option, options

HOW = {"mattered": "partly", "verdict": "keep"}


@pytest.fixture
def year(slack) -> int:
    """The year that it is; an ordinary day early in its first quarter."""
    return slack.calendar.now().year


def on(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def said(who, words: str) -> list:
    """The messages to somebody in which this stands."""
    return [message for message in who.dm if words in text_of(message)]


def talks(town: Town, channel: str) -> list[tuple[str, list[str]]]:
    """What was begun in a channel, and the answers to each, oldest first."""
    posted = town.slack.channel(channel).messages
    return [
        (text_of(begun), [text_of(each) for each in posted if each.thread_ts == begun.ts and each.ts != begun.ts])
        for begun in posted
        if begun.thread_ts in (None, begun.ts)
    ]


async def engineers(town: Town) -> None:
    """Bo leads the engineers, who have a channel; Hana runs the programme."""
    ada = town.person("ada")
    await town.set_up(champion="@hana")
    await ada.open_home()
    await ada.press("Teams")
    await ada.press("Add a team")
    await ada.submit({"name": "Engineering", "lead": "@bo", "members": ["@gita", "@emi"], "channel": "engineering"})
    assert not ada.errors
    await ada.close(whole_stack=True)


async def teams_objective(town: Town, title: str = "Nobody waits for us") -> None:
    """Bo sets the engineers' objective."""
    await town.objective(town.person("bo"), title, level="A team's", team="Engineering")


async def closed(who, ref: str, score: str, **how: str) -> None:
    """Somebody says how an objective ended, and carries nothing on."""
    await who.command(f"/okr close {ref}")
    await who.submit({"score": score, "why": "It went as it went", "mattered": "yes", "verdict": "drop"} | how)
    assert not who.errors
    await who.close(whole_stack=True)


async def test_a_whole_quarter_from_planning_to_what_goes_on(slack, database_url, year):
    # planned: three weeks before it begins the next quarter is there
    async with at_work(slack, database_url) as town:
        await engineers(town)
        bo, gita, hana = (town.person(name) for name in ("bo", "gita", "hana"))
        await teams_objective(town)
        await town.key_result(bo, "O-1", title="Jobs moved", owner="@gita")
        await town.key_result(bo, "O-1", title="Alerts a week", target="10")
        await town.until(on(year, 3, 12))
        assert len(said(bo, f"Q2 {year} begins in 21 days; 0 of 1 team has objectives")) == 1
        assert len(said(hana, f"Q2 {year} begins in 21 days")) == 1
        assert not said(gita, "begins in")
        assert f"Q2 {year} begins in 20 days" in text_of(await gita.open_home())
        await gita.press(f"Mine in Q2 {year}")
        assert "Nothing here yet." in text_of(gita.modal)
        await gita.close()
        assert f"Q2 {year} begins in 20 days; 0 of 1 team has objectives" in (await gita.command("/okr cycle")).text
        assert f"*Q2 {year}* · planning" in (await gita.command("/okr cycles")).text

    # worked on: Gita answers her check-in; Cairn is started again in between
    async with at_work(slack, database_url) as town:
        await gita.command("/checkin")
        await gita.submit({"value KR-1": "70", "confidence KR-1": "6"})
        await gita.close(whole_stack=True)
        await bo.command("/okr update KR-2 4")
        await town.until(on(year, 3, 31, 20))
        assert "*Active.* 1 day left" in (await gita.command("/okr cycle")).text
        assert "is not closing yet" in (await bo.command("/okr close O-1")).text

    # closing: its owner is asked once, and says how it ended
    async with at_work(slack, database_url) as town:
        await town.until(on(year, 4, 2))
        (asked,) = said(bo, f"Q1 {year} is over")
        assert not said(gita, "is over")
        await bo.press("Close my objectives", within=asked)
        assert "Suggested: KR-1 0.7 + KR-2 0.4 → 0.55" in text_of(bo.modal)
        await bo.submit({"score": "0.7"} | HOW)
        assert bo.errors == {"Why?": "The suggestion is 0.55. Say in a sentence why it came to 0.7."}

    # ... in the same form, after another restart, and carries it on
    async with at_work(slack, database_url) as town:
        await bo.submit({"why": "The alerts were the hard part", "learned": "Ask on-call first"})
        assert "stays as it is" in text_of(bo.modal)
        await bo.submit({"targets": "on"})
        carried = text_of(bo.modal)
        assert "O-2 Nobody waits for us" in carried
        assert f"carried from O-1 in Q1 {year}" in carried
        assert "70 → 100" in carried
        assert "░░░░░░░░░░ 0%" in carried
        assert "Nothing of yours waits for a score" in carried
        await bo.close(whole_stack=True)
        await town.until(on(year, 4, 3))

        # the engineers talk about it, once
        ((begun, answers),) = talks(town, "engineering")
        assert f"Retrospective of Q1 {year}: Engineering" in begun
        assert "mean score 0.7" in begun
        (answer,) = answers
        for words in (
            "O-1",
            "*Score 0.7*, suggested 0.55",
            "The alerts were the hard part",
            "Ask on-call first",
            "Keep",
        ):
            assert words in answer

    # closed: nothing more is said, it can be read, and the new one is at work
    async with at_work(slack, database_url) as town:
        await town.until(on(year, 4, 20))
        assert len(talks(town, "engineering")) == 1
        assert len(said(bo, "is over")) == 1
        assert not said(bo, "is closed without one")
        assert "is closed, so O-1 can be read" in (await bo.command("/okr edit O-1")).text
        past = (await gita.command(f"/okr list team Engineering Q1 {year}")).text
        assert "*score 0.7*" in past
        assert f"carried to O-2 in Q2 {year}" in past
        await gita.command("/okr show O-2")
        await gita.press("Open O-1")
        assert "score 0.7" in text_of(gita.modal)
        await gita.close()
        assert said(gita, "KR-3"), "the key result that was carried on is asked about"


async def test_who_has_not_scored_hears_of_it_once_more_and_then_it_closes_without_a_score(town, year):
    await engineers(town)
    bo = town.person("bo")
    await teams_objective(town)

    await town.until(on(year, 4, 10))
    assert not said(bo, "What has no score then is closed without one")
    await town.until(on(year, 4, 11))
    assert len(said(bo, "What has no score then is closed without one")) == 1
    await town.until(on(year, 4, 14))
    assert talks(town, "engineering") == []

    await town.until(on(year, 4, 15))
    ((begun, answers),) = talks(town, "engineering")
    assert "1 closed without a score" in begun
    assert "nobody has said how it ended" in answers[0]
    assert "closed without a score" in (await bo.command(f"/okr list team Engineering Q1 {year}")).text
    await town.until(on(year, 5, 20))
    assert len(talks(town, "engineering")) == 1


async def test_before_it_closes_the_champion_hears_how_much_has_no_score_and_finds_it(either_town, year):
    town = either_town
    await engineers(town)
    bo, emi, hana = (town.person(name) for name in ("bo", "emi", "hana"))
    await teams_objective(town)
    await teams_objective(town, "Builds are green")
    await town.objective(town.person("imani"), "An island")
    await town.until(on(year, 4, 2))
    await closed(bo, "O-2", "0.9")

    await town.until(on(year, 4, 11))
    (heard,) = said(hana, "still await a score")
    assert "2 objectives still await a score: 1 of 1 team, 1 of no one team." in text_of(heard)
    assert "imani" not in text_of(heard).casefold()
    assert not said(bo, "still await a score")
    await hana.press("Without a score", within=heard)
    shown = text_of(hana.modal)
    assert ("Nobody waits for us" in shown, "An island" in shown, "Builds are green" in shown) == (True, True, False)
    await hana.close()

    # a lead finds what is their team's, where the cycle stands; whoever looks at a list finds it by its word
    await bo.command(f"/okr cycle Q1 {year}")
    await bo.press("Without a score")
    assert ("Nobody waits for us" in text_of(bo.modal), "An island" in text_of(bo.modal)) == (True, False)
    await bo.close()
    assert "An island" in (await emi.command("/okr list unscored")).text
    await town.until(on(year, 4, 12))
    assert len(said(hana, "still await a score")) == 1


async def test_a_retrospective_never_speaks_of_what_only_some_may_know(town, year):
    await engineers(town)
    bo = town.person("bo")
    await teams_objective(town)
    await town.objective(bo, "Nobody's business", level="A team's", team="Engineering")
    await only_for_some(town, 2)

    await town.until(on(year, 4, 15))

    ((begun, answers),) = talks(town, "engineering")
    assert "1 objective," in begun
    assert len(answers) == 1
    assert "Nobody's business" not in begun + "".join(answers)


async def test_a_score_that_changes_after_the_retrospective_is_changed_in_its_thread(town, year):
    await engineers(town)
    bo = town.person("bo")
    await teams_objective(town)
    await town.until(on(year, 4, 2))
    await closed(bo, "O-1", "0.9")
    await town.until(on(year, 4, 3))
    ((begun, (answer,)),) = talks(town, "engineering")
    assert ("mean score 0.9" in begun, "*Score 0.9*" in answer) == (True, True)

    await closed(bo, "O-1", "0.6", why="Two alerts came back", mattered="no")
    await town.until(on(year, 4, 4))

    ((begun, (answer,)),) = talks(town, "engineering")
    assert ("mean score 0.6" in begun, "1 objective did not move what mattered" in begun) == (True, True)
    assert ("*Score 0.6*" in answer, "Two alerts came back" in answer) == (True, True)


async def test_somebodys_own_objective_is_talked_about_in_their_team_or_in_the_companys_retrospective(town, year):
    await engineers(town)
    emi, hana = town.person("emi"), town.person("hana")
    await town.objective(emi, "My own garden")
    await town.objective(emi, "Nobody's business")
    await only_for_some(town, 2)
    await town.objective(town.person("imani"), "An island")

    await town.until(on(year, 4, 15))
    await town.until(on(year, 4, 16))

    ((begun, (answer,)),) = talks(town, "engineering")
    assert ("1 objective," in begun, "My own garden" in answer) == (True, True)
    (begun,) = said(hana, f"Retrospective of Q1 {year}: the company and what is of no one team")
    (answer,) = said(hana, "An island")
    assert answer.thread_ts == begun.ts
    assert not said(hana, "Nobody's business")


async def only_for_some(town: Town, number: int) -> None:
    """An objective becomes one that only its team sees."""

    def hide(session: Session) -> None:
        found = objectives.objective(
            session, WorkspaceId(town.slack.workspace.team_id), Reference(Prefix.OBJECTIVE, number)
        )
        objectives.change(session, replace(found, visibility=Visibility.TEAM))

    await town.cairn.db.run(hide)


async def test_the_companys_retrospective_goes_to_who_runs_the_programme(town, year):
    await engineers(town)
    ada, hana = town.person("ada"), town.person("hana")
    await town.objective(ada, "Customers trust us", level="The company's")

    await town.until(on(year, 4, 2))
    await closed(ada, "O-1", "0.9")
    await town.until(on(year, 4, 3))

    (begun,) = said(hana, f"Retrospective of Q1 {year}: the company")
    (answer,) = said(hana, "Customers trust us")
    assert answer.thread_ts == begun.ts


# by hand


async def test_a_champion_opens_a_cycle_that_runs_beside_the_quarter_and_closes_it_early(town, year):
    await engineers(town)
    hana, gita = town.person("hana"), town.person("gita")
    await hana.open_home()
    await hana.press("Cycle")
    await hana.press("New cycle")
    await hana.submit({"name": "Launch", "first": f"{year}-01-11", "last": f"{year}-02-05"})
    assert "*Active.*" in text_of(hana.modal)
    await hana.close(whole_stack=True)

    await hana.command("/okr cycle Launch")
    await hana.press("Begin to close")
    assert "*Closing.*" in (await gita.command("/okr cycle Launch")).text
    await hana.command("/okr cycle Launch")
    await hana.press("Close now")
    assert "*Closed.*" in (await gita.command("/okr cycle Launch")).text
    await hana.command("/okr cycle Launch")
    await hana.press("Reopen")
    assert "*Active.*" in (await gita.command("/okr cycle Launch")).text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "backlog"}, "What is it called?"),
        ({"name": "Launch", "last": "2030-01-01", "first": "2030-01-02"}, "Last day"),
        ({"name": "Launch", "last": "2033-01-01"}, "Last day"),
    ],
    ids=str,
)
async def test_a_cycle_that_cannot_be_is_refused_beside_its_field(town, fields, field):
    ada = town.person("ada")
    await ada.command("/okr cycle")
    await ada.press("New cycle")

    await ada.submit({"first": "2030-01-01", "last": "2030-02-01"} | fields)

    assert list(ada.errors) == [field]


async def test_only_who_runs_the_programme_may_open_cycles(town):
    gita = town.person("gita")

    seen = await gita.command("/okr cycle")

    assert "All cycles" in seen.text
    assert "New cycle" not in seen.text


# moving


async def test_an_objective_waits_in_the_backlog_and_comes_back(town, year):
    gita = town.person("gita")
    await town.objective(gita)
    await town.key_result(gita)

    assert "O-1 Nobody waits for us is in the backlog now" in (await gita.command("/okr move O-1 to backlog")).text
    assert "You have no objectives" in (await gita.command("/okr")).text
    await gita.command("/okr show O-1")
    await gita.choose("objective.more", "More…")
    await gita.press("Move to another cycle")
    assert options(gita.modal, "cycle") == [f"Q1 {year}", f"Q2 {year}"]
    await gita.submit({"cycle": option(gita.modal, "cycle", "Q1")})

    assert "Nobody waits for us" in (await gita.command("/okr")).text
    assert "There is no cycle called" in (await gita.command("/okr move O-1 to Q3 2099")).text
    assert f"is in Q1 {year} already" in (await gita.command(f"/okr move o-1 to q1 {year}")).text


async def test_objectives_are_closed_one_after_the_other(town, year):
    gita = town.person("gita")
    await town.set_up()
    for title in ("One", "Two", "Three"):
        await town.objective(gita, title)
    await town.until(on(year, 4, 2))

    await gita.open_home()
    assert "3 objectives of yours wait for a score." in text_of(gita.home)
    asked = await gita.command("/okr")
    assert f"You have no objectives in Q2 {year} yet." in asked.text
    assert "3 objectives of yours wait for a score." in asked.text
    await gita.press("Close my objectives")
    for title, verdict in (("One", "drop"), ("Two", "keep")):
        assert title in text_of(gita.modal)
        await gita.submit({"score": "0.5", "why": "So it was", "mattered": "no", "verdict": verdict})
    await gita.submit({"cycle": "Not now"})
    assert "Three" in text_of(gita.modal)
    await gita.submit({"score": "1", "why": "So it was", "mattered": "yes", "verdict": "drop"})

    assert "Nothing of yours waits for a score" in text_of(gita.modal)
    assert "Nothing of yours" in text_of((await gita.command("/okr close")).modal)
