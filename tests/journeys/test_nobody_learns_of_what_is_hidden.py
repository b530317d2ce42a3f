"""A private and a team-only objective, and a walk through every door: whoever may not know of them reads, word for
word, what they would read if there were none; titles, references and counts alike.

The walk goes over `handlers`' own tables, so that whatever can be typed, pressed, sent or opened is walked.
"""

import contextlib
import json
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

import handlers
from bot.settings import MANIFEST
from domain.changes import Change, What
from domain.closing import Closing, Mattered, Verdict
from domain.cycles import CycleState, quarter
from domain.objectives import Heading, KeyResultHeading, Stage, Visibility
from domain.references import Prefix, Reference
from operations import reminders
from sandbox.reading import text_of
from sandbox.records import Json
from sandbox.server import Sandbox
from storage import changes, closings, comments, cycles, dependencies, key_results, objectives, people, teams
from tests.conftest import Town, at_work
from tests.journeys import doors, looking
from tests.patience import PATIENT
from tests.storage.company import key_result, objective

PRIVATE, TEAMS = "quokka", "wombat"
"""The words that stand in every title and note of what is hidden."""

KINDS = {PRIVATE: Visibility.PRIVATE, TEAMS: Visibility.TEAM}
OUTSIDERS = ("hana", "marek", "lin")
"""A colleague, a guest, and an admin: a role opens no door that was closed on purpose."""
TEAMMATE, OWNER, HELPER = "gita", "bo", "imani"

DOMAIN = "okr.larkspur.example"


# the company


@contextlib.asynccontextmanager
async def company(sqlite, *hidden: str) -> AsyncIterator[Town]:
    """Larkspur with these hidden objectives in it, or with none; everything else is the same."""
    async with linking() as slack, at_work(slack, sqlite.fresh(), unfurl_domain=DOMAIN) as town:
        bo, chiara, hana, gita = (town.person(name) for name in ("bo", "chiara", "hana", "gita"))
        await town.set_up()
        await engineers(town)
        await town.let_in(town.person("marek"), "kudos")
        await town.objective(bo, "Visible to everybody", level="A team's", team="Engineering")
        await town.key_result(bo, "O-1")
        await town.team("Platform", lead="@ada", members=[])
        await bo.command("/okr depends KR-1 on Platform: the new API by June")
        await town.objective(chiara, "Below something")
        await town.objective(hana, "After something")
        await town.key_result(hana, "O-3")
        await gita.command("/okr propose kr O-1")
        await gita.submit({"title": "Proposed", "target": "5"})
        await gita.close(whole_stack=True)
        await town.cairn.db.run(hide, town, hidden)
        await thanks_are_given(town, hidden)
        await town.until(town.monday(bo))
        await bo.command("/checkin")
        words = {one["kr"]: word for word, one in (await standing(town)).items()}
        notes = [each["block_id"] for each in bo.modal["blocks"] if str(each.get("block_id")).startswith("note ")]
        await bo.submit({note: words.get(note.removeprefix("note "), "Done") for note in notes})
        await bo.close(whole_stack=True)
        await town.quiet()
        yield town


@contextlib.asynccontextmanager
async def linking() -> AsyncIterator[Sandbox]:
    """A workspace whose admin has named a domain for links, on an ordinary day early in a quarter."""
    written = yaml.safe_load(MANIFEST.read_text())
    written["features"]["unfurl_domains"] = [DOMAIN]
    with TemporaryDirectory() as folder:
        ours = Path(folder) / "manifest.yml"
        ours.write_text(yaml.safe_dump(written))
        opened = await Sandbox.start(ours, rules=PATIENT)
    opened.calendar.set(datetime(opened.calendar.now().year + 1, 1, 13, 12, tzinfo=UTC))
    try:
        yield opened
    finally:
        await opened.stop()


async def engineers(town) -> None:
    """Bo leads them; what they talk about stands where everybody can read it."""
    ada = town.person("ada")
    await ada.open_home()
    await ada.press("Teams")
    await ada.press("Add a team")
    team = {"name": "Engineering", "lead": "@bo", "members": ["@gita", "@emi"], "channel": "general"}
    await ada.submit(team)
    assert not ada.errors
    await ada.close(whole_stack=True)


def hide(session, town, hidden) -> None:
    """What Bo has that not everybody may know of, and what others have that hangs on it."""
    here, now = town.cairn.installation.workspace, town.slack.calendar.now()
    bo, helper = (people.member(session, here, town.person(name).id) for name in (OWNER, HELPER))
    engineering, platform = teams.all_of(session, here)
    cycle = cycles.found(session, here, quarter(now.date()))
    before, closes = quarter(cycle.period.starts - timedelta(days=1)), now.date() + timedelta(days=60)
    last = cycles.opened(session, here, before, closes)
    assert last.state(now.date()) is CycleState.CLOSING
    later = cycles.opened(session, here, quarter(cycle.period.ends + timedelta(days=1)))
    ended = objective(session, bo, "Visible to everybody, and over", team=engineering, cycle=last, score=Decimal("0.7"))
    key_result(session, ended, title="What was reached")
    closings.keep(session, here, _closing(ended, "What was reached was worth it", now))
    below = objectives.objective(session, here, Reference(Prefix.OBJECTIVE, 2))
    changes.record(session, here, Change(below.id, What.PARENT, "", f"O-5 {hidden and PRIVATE}", bo.id, now))
    for word in hidden:
        seen = KINDS[word]
        top = objective(session, bo, f"The {word} plan", team=engineering, visibility=seen, cycle=cycle)
        part = key_result(session, top, title=f"How many {word}s")
        key_results.let_help(session, part, [helper])
        key_result(session, top, title=f"Perhaps {word}s", stage=Stage.PROPOSED)
        comments.add(session, bo, top.id, None, f"What of the {word}s?", now)
        dependencies.add(session, part, platform, f"A place for the {word}s", bo, now)
        waiting = objective(session, bo, f"A {word} to come", visibility=seen, cycle=later, team=engineering)
        gone = key_result(session, top, title=f"Former {word}s")
        key_results.archive(session, gone, now)
        old = objective(session, bo, f"The old {word} plan", team=engineering, visibility=seen, cycle=cycle)
        objectives.archive(session, old, now)
        over = objective(session, bo, f"Last year's {word} plan", team=engineering, visibility=seen, cycle=last)
        objectives.change(session, replace(over, parent=ended.heading))
        scored = objective(session, bo, f"A {word} plan that ended", team=engineering, visibility=seen, cycle=last)
        closings.keep(session, here, _closing(scored, f"Feed the {word}s", now))
        if word == PRIVATE:
            objective(session, bo, f"A {word} draft", stage=Stage.DRAFT, cycle=cycle)
            above = Heading(top.id, top.number, top.title, is_open=False)
            pulled = KeyResultHeading(part.id, part.number, part.title)
            objectives.change(session, replace(below, parent=above, parent_key_result=pulled))
            after = objectives.objective(session, here, Reference(Prefix.OBJECTIVE, 3))
            objectives.change(session, replace(after, carried_from=above))
            objectives.change(session, replace(waiting, carried_from=ended.heading))


def _closing(ended, learned, now) -> Closing:
    """How something ended that Bo owns."""
    said = (Decimal("0.7"), Decimal("0.7"), "", Mattered.YES, learned, Verdict.KEEP, ended.owner.id, now)
    return Closing(ended.id, *said)


async def thanks_are_given(town, hidden) -> None:
    """Bo thanks two people for each of them; where there is none, for nothing in particular."""
    refs = await standing(town)
    for word in KINDS:
        tied = refs[word]["kr"] if word in hidden else ""
        await town.person(OWNER).command(f"/kudos @hana and @gita for all of your help {tied}")


async def standing(town) -> "Refs":
    """What people type, and what stands behind the buttons, of each hidden objective that there is."""

    def look(session):
        here = town.cairn.installation.workspace
        today = town.slack.calendar.now().date()
        before = quarter(quarter(today).starts - timedelta(days=1))
        found = objectives.in_cycle(session, here, quarter(today))
        hidden = [each for each in found if not each.is_open and each.key_results]
        over = objectives.in_cycle(session, here, before)
        team, _ = teams.all_of(session, here)

        def past(word):
            return next(each for each in over if word in each.title)

        return {
            (word := next(word for word in KINDS if word in each.title)): {
                "o": str(each.ref),
                "kr": str(each.key_results[0].ref),
                "oid": str(each.id),
                "krid": str(each.key_results[0].id),
                "prid": str(each.proposals[0].id),
                "past": str(past(word).ref),
                "pastid": str(past(word).id),
                "cycle": str(past(word).cycle.id),
                "team": str(team.id),
                "last": before.name,
            }
            for each in hidden
        }

    return await town.cairn.db.read(look)


# the walk


@dataclass
class Walk:
    """What somebody read at each door, in words, and everything that Slack held for them, as it came."""

    read: list[tuple[str, str]]
    raw: list[str]


Refs = dict[str, dict[str, str]]
"""By what is hidden: what people type of it, and what stands behind the buttons."""


async def walks(town: Town, names: Sequence[str], refs: Refs, forms: list[tuple[str, Json]]) -> dict[str, Walk]:
    """That of each of these, one after the other, after all of them have written to Cairn."""
    for name in names:
        for _, phrase in about({"": doors.SAID}, refs):
            await town.person(name).say(phrase)
    await town.quiet()
    return {name: await walk(town, name, refs, forms) for name in names}


async def walk(town: Town, name: str, refs: Refs, forms: list[tuple[str, Json]]) -> Walk:
    """Through every door, as this person; those that something can be named at, once for each that is hidden."""
    who, read = town.person(name), []
    with watching(town, name) as raw:
        await who.open_home()
        read.append(("Home", text_of(who.home)))
        for door, example in about(doors.WORDS, refs):
            seen = await who.command(example, channel(who))
            read.append((f"{door} | {example}", answered(seen) + await looked_at(who)))
        for action, value in [*about(doors.READING, refs), *about(doors.ACTIONS, refs)]:
            pressed = await doors.press(town, who, action, value)
            read.append((f"{action} | {value}", text_of(pressed) + await looked_at(who)))
        for action, choice in doors.FILTERS.items():
            await who.command("/okr find", channel(who))
            await who.choose(action, choice)
            read.append((f"{action} | {choice}", await looked_at(who)))
        for field, typed in about(doors.OPTIONS, refs):
            read.append(
                (f"suggested in {field} for {typed}", "\n".join(await doors.suggested(town, who, field, typed)))
            )
        for shortcut, on_a_message in doors.SHORTCUTS.items():
            await who.shortcut(shortcut, who.sees(channel(who))[0] if on_a_message else None)
            read.append((shortcut, await looked_at(who)))
        links = " ".join(f"https://{DOMAIN}/{ref}" for _, ref in about({"": doors.LINKED}, refs))
        linking = await who.say(links, channel(who))
        await caught_up(town)  # a retrospective that they have begun has its answers
        shown = town.slack.workspace.message(linking.channel, linking.ts).attachments
        read += [(f"link | {each['app_unfurl_url']}", text_of(each)) for each in shown]
        read += [(f"export of {title}", words) for title, words in exported(town, who)]
        for place in town.slack.workspace.visible_channels(who.id):
            said = town.slack.workspace.timeline(place.id, who.id)
            told = [text_of(each) for each in said if each.text != "Forged"]
            read += [(f"message in {place.name or 'DM'}", words) for words in sorted(told)]
    for form, drawn in forms:
        for action, (_, option) in [each for each in doors.IN_FORMS.items() if each[1][0] == form]:
            await doors.choose(town, who, drawn, action, option)
            read.append((action, text_of(who.modal)))
            await looked_at(who)
        await doors.send_form(town, who, drawn)
        answer = who.modal if who.modal and who.modal["callback_id"] != form else None
        read.append((f"form {form}", "\n".join([text_of(answer), *who.errors.values()])))
        await looked_at(who)
    return Walk(read, raw)


async def caught_up(town: Town) -> None:
    """Whatever follows with the next tick of the clock has been said."""
    await town.quiet()
    await town.cairn.timetable.go_on()
    await town.quiet()


def about(table: dict[str, list[str]], refs: Refs) -> list[tuple[str, str]]:
    """Every example, of each hidden thing that it can name."""
    found = [(door, each, each.format(**one)) for one in refs.values() for door, some in table.items() for each in some]
    return [(door, example) for door, _, example in dict.fromkeys(found)]


def answered(seen) -> str:
    """The answer alone: a message of which it was the cause may come later, and is read in its place."""
    return "\n".join(text_of(each) for each in seen.messages if each.is_ephemeral)


async def looked_at(who) -> str:
    """Every window in front of them, which are closed one after the other."""
    words = ""
    while who.modal:
        words += f"\n{text_of(who.modal)}\n{json.dumps(choices(who.modal))}"
        await who.close()
    return words


def choices(modal: Json) -> list[str]:
    """Everything that can be chosen in a window."""
    found, inside = [], [modal["blocks"]]
    for each in inside:
        if isinstance(each, dict):
            found += [option["text"]["text"] for option in each.get("options", []) if "text" in option]
            inside += list(each.values())
        elif isinstance(each, list):
            inside += each
    return found


@contextlib.contextmanager
def watching(town, name):
    """Everything that Slack holds for somebody from now on: views, messages, files and what comes with them."""
    here, who, raw = town.slack.workspace, town.person(name), []

    def note(change) -> None:
        if change.kind in ("modal", "home") and change.user == who.id:
            raw.append(json.dumps((who.modal if change.kind == "modal" else who.home) or {}, default=str))
        elif change.kind in ("message", "message_changed") and sees(change):
            raw.append(whole(town, here.message(change.channel, change.ts)))

    def sees(change) -> bool:
        return change.user in (None, who.id) and here.channels[change.channel] in here.visible_channels(who.id)

    for place in here.visible_channels(who.id):
        raw += [whole(town, each) for each in here.timeline(place.id, who.id)]
    stop = here.subscribe(note)
    try:
        yield raw
    finally:
        stop()


def whole(town, message) -> str:
    """A message with what nobody sees of it, and with its files."""
    inside = [town.slack.workspace.files.content(each["id"]).decode(errors="replace") for each in message.files]
    return json.dumps([message.text, message.blocks, message.metadata, message.attachments, inside], default=str)


def exported(town, who) -> list[tuple[str, str]]:
    """The files that somebody was sent, without the time of day."""
    sent = [file for message in who.dm for file in message.files]
    contents = [(file["title"], town.slack.workspace.files.content(file["id"]).decode()) for file in sent]
    return [(title, re.sub(r"T\d\d:\d\d:\d\d", "", words)) for title, words in contents]


def channel(who) -> str:
    return "product" if who.user.is_restricted else "general"


async def drawn_forms(town, refs: Refs) -> list[tuple[str, Json]]:
    """Every form as it is drawn for those who may know, in the order of their table; those about something, of each."""
    drawn = []
    for name, (_, way, entered) in doors.FORMS.items():
        is_about_one = "{" in way or any(isinstance(each, doors.Begins) and "{" in each for each in entered.values())
        for one in list(refs.values())[: None if is_about_one else 1]:
            drawn.append((name, await doors.drawn_form(town, name, one)))
    return drawn


# what is read


def test_every_door_has_an_example():
    assert set(doors.WORDS) == set(doors.words())
    assert set(doors.ACTIONS) | set(doors.IN_FORMS) | set(doors.FILTERS) == set(handlers.ACTIONS)
    assert set(doors.FORMS) == set(handlers.FORMS)
    assert set(doors.OPTIONS) == set(handlers.OPTIONS)
    assert set(doors.SHORTCUTS) == set(handlers.SHORTCUTS)
    assert set(handlers.EVENTS) == doors.EVENTS
    assert set(doors.READING) <= set(handlers.ACTIONS)


async def test_who_may_not_know_reads_what_they_would_read_if_there_were_nothing(sqlite):
    async with company(sqlite, *KINDS) as town:
        refs = await standing(town)
        forms = await drawn_forms(town, refs)
        seen = await walks(town, OUTSIDERS, refs, forms)
    async with company(sqlite) as town:
        without = await walks(town, OUTSIDERS, refs, forms)
    for name in OUTSIDERS:
        assert len(seen[name].read) > 100
        for one, other in zip(seen[name].read, without[name].read, strict=True):
            assert one == other, name
            assert "Something went wrong" not in one[1], one
        for word in KINDS:
            assert not [each for each in seen[name].raw if word in each.casefold()], (name, word)


async def test_a_teammate_knows_of_what_is_the_teams_and_of_nothing_private(sqlite):
    async with company(sqlite, *KINDS) as town:
        seen = (await walks(town, [TEAMMATE], await standing(town), []))[TEAMMATE]
    assert len([door for door, words in seen.read if TEAMS in words]) > 5
    assert not [each for each in seen.raw if PRIVATE in each.casefold()]


async def test_whoever_owns_it_finds_it_everywhere(sqlite):
    async with company(sqlite, *KINDS) as town:
        seen = (await walks(town, [OWNER], await standing(town), []))[OWNER]
    where = {door.split(" | ")[0] for door, words in seen.read if PRIVATE in words}
    assert where >= {"/okr history", "/okr why", "/okr tree", "/okr find", "/okr close", "/okr carry", "/okr move"}
    assert where >= {"objective.more", "key_result.more", "list.only", "closing.ended"}
    assert where >= {f"export of {table}.csv" for table in ("okrs", "comments", "dependencies", "closings")}
    assert "link" not in where, "not even its owner has it shown to others"
    assert [door for door, _ in seen.read if door.startswith("link | ")]
    assert where >= {"Home", "/okr", "/okr list", "/okr team", "/okr show", "/okr edit", "/kudos", "/checkin"}
    assert [door for door, words in seen.read if door.startswith("suggested in parent") and PRIVATE in words]
    assert where >= {"objective.everybody", "objective.list", "objective.archived", "recognition.give"}


async def test_what_is_hidden_and_what_never_was_are_refused_alike(sqlite):
    async with company(sqlite, *KINDS) as town:
        for hidden in (await standing(town)).values():
            missing = hidden | {"o": "O-99", "kr": "KR-99", "past": "O-98"}
            named = {hidden[what]: missing[what] for what in ("o", "kr", "past")}
            for name in OUTSIDERS:
                one, other = [await answers(town, name, refs) for refs in (hidden, missing)]
                assert [renamed(each, named) for each in one] == other


async def test_a_parent_across_a_hidden_step_is_refused_like_one_that_is_gone(sqlite):
    async with company(sqlite, *KINDS) as town:
        await town.cairn.db.run(hang_across, town)
        hana, chiara = town.person("hana"), town.person("chiara")
        refused = []
        for _ in range(2):
            await hana.command("/okr edit O-3")
            chosen = looking.option(hana.modal, "parent", "O-2")
            if refused:
                await chiara.command("/okr archive O-2")
            await hana.submit({"parent": chosen})
            refused.append(hana.errors)
            await hana.close(whole_stack=True)
        await hana.command("/okr show O-3")
        assert PRIVATE not in str(hana.sees("general")).casefold()
    assert refused[0] == refused[1]
    assert [*refused[0].values()] == ["O-2 cannot stand above this objective. Choose another one, or none."]


def hang_across(session, town) -> None:
    """Bo's private plan, below which Chiara's objective hangs, hangs below Hana's."""
    here = town.cairn.installation.workspace
    mine, hers = (objectives.objective(session, here, Reference(Prefix.OBJECTIVE, number)) for number in (3, 2))
    plan = objectives.by_id(session, here, [hers.parent.id])[0]
    assert PRIVATE in plan.title
    objectives.change(session, replace(plan, parent=mine.heading))


def renamed(words: str, named: dict[str, str]) -> str:
    """The words with other references in them."""
    return re.sub(r"\b(?:O|KR)-\d+\b", lambda found: named.get(found[0], found[0]), words)


async def answers(town, name, refs) -> list[str]:
    """What somebody is told of these references."""
    who, told = town.person(name), []
    about = [each for examples in doors.WORDS.values() for each in examples if re.search(r"{(o|kr|past)}", each)]
    for example in about:
        seen = await who.command(example.format(**refs), channel(who))
        told.append(answered(seen) + await looked_at(who))
    return told


async def test_when_its_cycle_closes_nobody_learns_of_it(sqlite):
    told = []
    for hidden in (tuple(KINDS), ()):
        async with company(sqlite, *hidden) as town:
            ada = town.person("ada")
            await town.let_in(town.person("marek"), "general")  # where the team holds its retrospective
            last = quarter(quarter(town.slack.calendar.now().date()).starts - timedelta(days=1)).name
            await ada.command(f"/okr cycle {last}")
            await ada.press("Close now")
            await caught_up(town)
            words = {name: [text_of(each) for each in town.person(name).dm] for name in ("ada", *OUTSIDERS)}
            seen = {name: [text_of(each) for each in town.person(name).sees("general")] for name in ("hana", "marek")}
            told.append(words | {"general": seen["hana"], "general to a guest": seen["marek"]})
    assert told[0] == told[1]
    assert [each for each in told[0]["general to a guest"] if f"Retrospective of {last}" in each]
    assert [each for each in told[0]["general"] if f"Retrospective of {last}: Engineering*\n1 objective" in each]


async def test_when_it_is_asked_about_or_counted_before_a_cycle_closes_nobody_learns_of_it(sqlite):
    told = []
    for hidden in (tuple(KINDS), ()):
        async with company(sqlite, *hidden) as town:
            here, now = town.cairn.installation.workspace, town.slack.calendar.now()
            last = quarter(quarter(now.date()).starts - timedelta(days=1))
            await town.until(now.replace(day=22))
            await town.cairn.db.run(count_unscored, here, last, town.slack.calendar.now())
            await town.quiet()
            told.append({name: sorted(map(text_of, town.person(name).dm)) for name in ("ada", *OUTSIDERS)})
            asked = [text_of(each) for each in town.person(OWNER).dm if "What shall become of it?" in text_of(each)]
            assert [PRIVATE in each for each in asked] == [True] * (PRIVATE in hidden)
    assert told[0] == told[1]
    (counted,) = [words for words in told[0]["ada"] if "a score." in words]
    assert "1 objective of 1 team still awaits a score." in counted


def count_unscored(session, here, last, now) -> None:
    """What everybody may know of has no score either, and whoever runs the programme is told how much that is."""
    for each in objectives.in_cycle(session, here, last):
        if each.is_open:
            objectives.change(session, replace(each, score=None))
    reminders.tell_who_runs_it(session, here, cycles.found(session, here, last), now)


async def test_when_its_owner_leaves_nobody_learns_of_it_from_what_they_are_asked(sqlite):
    async with company(sqlite, *KINDS) as town:
        await town.slack.interactions.deactivate(town.person(OWNER).id)
        await town.quiet()
        asked = {name: [whole(town, each) for each in town.person(name).dm] for name in ("ada", *OUTSIDERS, TEAMMATE)}
    assert "has left this workspace, and owned 2 objectives and 2 key results" in str(asked["ada"])
    assert "O-1" in str(asked["ada"])
    for name, said in asked.items():
        assert PRIVATE not in str(said).casefold(), name
        assert TEAMS not in str(said).casefold() or name == TEAMMATE
