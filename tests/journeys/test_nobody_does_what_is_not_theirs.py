"""Every entrance says which right it needs, and lets nobody through without it: nothing changes, and they hear why."""

from datetime import timedelta

import pytest

import handlers
from domain.cycles import quarter
from domain.permissions import Verb
from domain.references import Prefix, Reference
from handlers import permissions
from handlers.permissions import Free
from sandbox.reading import text_of
from storage import cycles, objectives, people, teams
from tests.journeys import doors
from tests.storage import everything
from tests.storage.company import objective

READING = {Verb.READ_OBJECTIVE, Verb.READ_TEAM_OBJECTIVE, Verb.READ_PRIVATE_OBJECTIVE, Verb.READ_DRAFT}
ANYBODYS = {Verb.GIVE_KUDOS, Verb.COMMENT, Verb.PROPOSE_KEY_RESULT, Verb.EXPORT}
"""What everybody may do who is here: it takes somebody who has left to be refused."""

AT_THE_MACHINE = {Verb.IMPORT}
"""What no entrance in Slack leads to: files are brought in by whoever runs Cairn, in the name of one who may."""

NOTHING_OF_OURS = {"inbox", "outbox", "paces", "pauses", "doubts"}
"""Tables about deliveries, not about people and their goals."""


def guarded(table):
    """The entrances that need a right."""
    return {name: needs for name, needs in table.items() if not isinstance(needs, Free)}


def test_every_entrance_says_which_right_it_needs():
    assert set(permissions.WORDS) == set(doors.words())
    assert set(permissions.ACTIONS) == set(handlers.ACTIONS)
    assert set(permissions.FORMS) == set(handlers.FORMS)
    assert set(permissions.OPTIONS) == set(handlers.OPTIONS)
    assert set(permissions.SHORTCUTS) == set(handlers.SHORTCUTS)
    assert set(permissions.EVENTS) == set(handlers.EVENTS)


def test_every_right_is_asked_for_somewhere():
    tables = (permissions.WORDS, permissions.ACTIONS, permissions.FORMS, permissions.SHORTCUTS)
    asked = {verb for table in tables for needs in guarded(table).values() for verb in needs}
    assert asked == set(Verb) - READING - AT_THE_MACHINE


@pytest.fixture
async def company(town):
    """Bo of Engineering owns O-1 with KR-1, and O-3 in a quarter that closes; Hana is of no team, Marek is a guest, Emi
    has just left.
    """
    await town.set_up()
    await town.team()
    gita, bo = town.person("gita"), town.person("bo")
    await town.objective(bo, "Engineering's", level="A team's", team="Engineering")
    await town.key_result(bo)
    await town.objective(gita, "Gita's")
    await town.key_result(gita, "O-2")
    await town.cairn.db.run(last_quarters, town)
    await town.team("Platform", lead="@ada", members=[])
    await bo.command("/okr depends KR-1 on Platform: the new API by June")
    await town.quiet()
    await gita.command("/okr propose kr O-1")
    await gita.submit({"title": "Proposed", "target": "5"})
    await gita.close(whole_stack=True)
    await town.quiet()
    emi = town.person("emi")
    await town.slack.interactions.change_profile(emi.id, deleted=True)
    emi.user.deleted = False  # Slack lets through what was done just before
    await town.quiet()
    return town


def last_quarters(session, town):
    """Bo's, with the team; it can still be scored."""
    here, day = town.cairn.installation.workspace, town.slack.calendar.now().date()
    bo = people.member(session, here, town.person("bo").id)
    team = next(each for each in teams.all_of(session, here) if each.name == "Engineering")
    before = quarter(quarter(day).starts - timedelta(days=1))
    closing = cycles.opened(session, here, before, day + timedelta(days=60))
    objective(session, bo, "Last quarter's", team=team, cycle=closing)


async def ids(town):
    """What stands behind the buttons of O-1, KR-1, the proposal, O-3, its cycle, and their team."""
    here = town.cairn.installation.workspace

    def look(session):
        team = next(each for each in teams.all_of(session, here) if each.name == "Engineering")
        past = objectives.objective(session, here, Reference(Prefix.OBJECTIVE, 3))
        return {"team": str(team.id), "past": "O-3", "pastid": str(past.id), "cycle": str(past.cycle.id)}

    return {"o": "O-1", "kr": "KR-1", "oid": "1", "krid": "1", "prid": "3"} | await town.cairn.db.read(look)


async def kept(town):
    """Everything that Cairn remembers of people and their goals."""
    rows = await town.cairn.db.read(everything.everything, town.cairn.installation.workspace)
    return {name: found for name, found in rows.items() if name not in NOTHING_OF_OURS}


def outsiders(town, needs):
    """Those who have none of these rights here."""
    if needs <= ANYBODYS:
        return [town.person("emi")]
    return [town.person("marek")] if Verb.ADD_OBJECTIVE in needs else [town.person("hana"), town.person("marek")]


REFUSED = ("You cannot", "There is no", "is gone", "deactivated", "that is not yours", "yours to hand over")
REFUSED += ("Nothing of yours waits",)


def refused(words: str) -> bool:
    return any(sentence in words for sentence in REFUSED)


async def attempted(town, before, name, who, attempt):
    """Make an attempt: it is refused in words, and leaves everything as it was."""
    words = await attempt()
    assert refused(words), (name, who, words)
    assert await kept(town) == before, (name, who)
    while who.modal:
        await who.close(whole_stack=True)


def said(who, seen=None):
    """What they read in answer: a message, a window, or a sentence beside a field."""
    return "\n".join([seen.text if seen else "", text_of(who.modal), *who.errors.values()])


async def test_nothing_is_typed_by_somebody_without_the_right(company):
    behind, before = await ids(company), await kept(company)
    tried = 0
    for name, needs in guarded(permissions.WORDS).items():
        for who in outsiders(company, needs):
            for example in doors.WORDS[name]:

                async def attempt(who=who, example=example):
                    seen = await who.command(example.format(**behind), _channel(who))
                    return said(who, seen)

                await attempted(company, before, name, who, attempt)
                tried += 1
    assert tried >= len(guarded(permissions.WORDS))


async def test_nothing_is_pressed_by_somebody_without_the_right(company):
    behind, before = await ids(company), await kept(company)
    pressed = {name: needs for name, needs in guarded(permissions.ACTIONS).items() if name not in doors.IN_FORMS}
    tried = set()
    for name, needs in pressed.items():
        for who in outsiders(company, needs):
            for example in doors.ACTIONS[name]:

                async def attempt(who=who, name=name, example=example):
                    await doors.press(company, who, name, example.format(**behind))
                    return said(who)

                await attempted(company, before, name, who, attempt)
                tried.add(name)
    assert tried == set(pressed)


async def test_nothing_is_chosen_in_a_form_by_somebody_without_the_right(company):
    behind = await ids(company)
    for name, (form, option) in doors.IN_FORMS.items():
        drawn = await doors.drawn_form(company, form, behind)
        before = await kept(company)
        for who in outsiders(company, permissions.ACTIONS[name]):

            async def attempt(who=who, name=name, drawn=drawn, option=option):
                await doors.choose(company, who, drawn, name, option)
                return said(who)

            await attempted(company, before, name, who, attempt)


async def test_nothing_is_submitted_by_somebody_without_the_right(company):
    behind = await ids(company)
    for name, needs in guarded(permissions.FORMS).items():
        form = await doors.drawn_form(company, name, behind)
        before = await kept(company)
        for who in outsiders(company, needs):

            async def attempt(who=who, form=form):
                await doors.send_form(company, who, form)
                return said(who)

            await attempted(company, before, name, who, attempt)


async def test_nothing_is_written_by_somebody_without_the_right(company):
    behind, before = await ids(company), await kept(company)
    del before["members"]  # it keeps when somebody last looked at their conversation with Cairn
    for phrase in doors.WRITTEN:
        for who in (company.person("hana"), company.person("marek")):
            await who.say(phrase.format(**behind))
            await company.quiet()
            assert refused(text_of(who.dm[-1])), (phrase, who)
            assert before.items() <= (await kept(company)).items(), (phrase, who)


async def test_no_shortcut_is_used_by_somebody_without_the_right(company):
    before = await kept(company)
    for name, needs in guarded(permissions.SHORTCUTS).items():
        for who in outsiders(company, needs):

            async def attempt(who=who, name=name):
                await who.shortcut(name)
                return said(who)

            await attempted(company, before, name, who, attempt)


def _channel(who):
    return "product" if who.user.is_restricted else "general"
