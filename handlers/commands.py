"""The words after the slash: one table that dispatches, explains itself, and guesses what was meant."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.errors import Refusal
from domain.people import Member
from domain.permissions import Verb, might
from domain.references import reference
from domain.wishes import SAME
from domain.words import did_you_mean, unescaped
from handlers import (
    adjusting,
    alignment,
    check_ins,
    closing,
    cycles,
    dependencies,
    drafting,
    exports,
    hand_over,
    history,
    key_results,
    lists,
    objectives,
    permissions,
    policy,
    recognition,
    status,
)
from handlers.request import Request
from operations import help
from views import help as views
from views.blocks import modal as readable


@dataclass(frozen=True, slots=True)
class Word:
    """Something that can be typed: its first word, how it is used, what it does, who does it, and what for.

    The handler gets the request and the text after the word. An example is needed where the usage is none itself.
    """

    word: str
    usage: str
    does: str
    handler: Callable[[Request, str], Awaitable[None]]
    group: views.Group
    example: str = ""
    more: str = ""

    @property
    def entry(self) -> views.Entry:
        """What help tells of it."""
        return views.Entry(self.group, self.usage, self.does, self.example, self.more)


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command: what it is about, and its words; the first is what the bare command does.

    `otherwise` takes text that begins with no known word.
    """

    topic: str
    words: tuple[Word, ...]
    otherwise: Callable[[Request, str], Awaitable[None]] | None = None

    @property
    def entries(self) -> list[tuple[str, str]]:
        """Each usage with what it does."""
        return [(word.usage, word.does) for word in self.words]


async def typed(request: Request) -> None:
    """Somebody typed a command; a refusal that repeats whom they mentioned calls them by name."""
    try:
        await _dispatched(request)
    except Refusal as refusal:
        refusal.sentence = await request.named(refusal.sentence)
        raise


async def _dispatched(request: Request) -> None:
    text, name = unescaped(str(request.body.get("text") or "")).strip(), _name(request)
    command = COMMANDS[name]
    first, _, rest = text.partition(" ")
    second, _, left = rest.strip().partition(" ")
    known = {word.word: word for word in command.words}
    if first.casefold() == "help":
        await _help(request, rest.strip())
    elif (both := f"{first} {second}".casefold()) in known:
        await known[both].handler(request, left.strip())
    elif first.casefold() in known:
        await known[first.casefold()].handler(request, rest.strip())
    elif reference(first) and "show" in known:
        await known["update" if rest.strip() else "show"].handler(request, text)
    elif command.otherwise and not _slip(first, known):
        await command.otherwise(request, text)
    else:
        await request.answer(views.unknown(await request.named(first), name, _meant(first, known)))


async def help_pressed(request: Request) -> None:
    """Show everything that this person can type."""
    await request.open(readable(views.TITLE, views.overview(views.TITLE, await _theirs(request))["blocks"][1:]))
    await request.ack()


async def _help(request: Request, text: str) -> None:
    """/okr help: everything; /checkin help: its own words; /okr help list: one in full; /okr help roles: who may."""
    asked, name = text.casefold().lstrip("/"), _name(request)
    if not asked:
        only = None if name == "/okr" else name
        title = views.TITLE if only is None else COMMANDS[name].topic
        await request.answer(views.overview(title, await _theirs(request, only)))
    elif asked in {"roles", "role", "permissions"}:
        await permissions.help_typed(request)
    elif full := _named(asked, name):
        needs = permissions.WORDS[full]
        verbs = () if isinstance(needs, permissions.Free) else [verb for verb in Verb if verb in needs]
        near = [each for each in await _theirs(request) if each.group is EVERY_WORD[full].group]
        await request.answer(views.in_full(EVERY_WORD[full].entry, verbs, near))
    else:
        meant = did_you_mean(asked, [*(word.word for word in EVERY_WORD.values() if word.word), "roles"])
        await request.answer(views.unknown(await request.named(text), name, meant and f"help {meant}"))


async def _theirs(request: Request, command: str | None = None) -> list[views.Entry]:
    """What is of use to this person, of every command or of one: what they could never do is left out."""
    who, owning = await request.read(help.asker, request.now)
    return [
        word.entry
        for full, word in EVERY_WORD.items()
        if (command or full).split()[0] == full.split()[0] and _is_of_use(permissions.WORDS[full], who, owning)
    ]


def _is_of_use(needs: permissions.Needs, who: Member, owning: bool) -> bool:
    return isinstance(needs, permissions.Free) or any(might(verb, who, owning) for verb in needs)


def _named(asked: str, name: str) -> str | None:
    """The word that help is asked about, in full; one of the same command first."""
    full = (f"{name} {asked}", f"/{asked}", *(f"{each} {asked}" for each in COMMANDS))
    return next((each for each in full if each in EVERY_WORD), None)


def _name(request: Request) -> str:
    """The command that was typed."""
    name = str(request.body.get("command", ""))
    return name if name in COMMANDS else "/okr"


def _meant(word: str, known: dict[str, Word]) -> str | None:
    """The word that was most likely meant: one that means the same, or one that is spelt alike."""
    same = SAME.get(word.casefold())
    return same if same in known else did_you_mean(word, [*filter(None, known), "help"])


def _slip(word: str, known: dict[str, Word]) -> bool:
    """Whether a lone word without mention is rather a misspelt one of ours."""
    return not word.startswith("<") and did_you_mean(word, filter(None, known)) is not None


_G = views.Group
COMMANDS: dict[str, Command] = {
    "/okr": Command(
        "Objectives and key results",
        (
            Word("", "/okr", "My objectives and key results, with buttons.", objectives.mine, _G.MINE),
            Word(
                "list",
                "/okr list [me | @person | team NAME | company | all] [at risk | stale | …] [Q4 2026 | …]",
                "Objectives of people, teams or the company, in any status, this cycle or another.",
                lists.listed,
                _G.LOOK,
                example="/okr list team Growth at risk",
                more=(
                    "The words come in any order. How key results stand: `at risk`, `off track`, `stale` (nobody has "
                    "checked in on them for long), `needs attention` (any of these three), `on track`, `done`. What "
                    "sort: `private`, `drafts`, `proposed`. What it is about: `about onboarding`, or a tag: `#growth`. "
                    "When: `Q4 2026`, `last quarter`, `this year`, `backlog`; "
                    "`2027` is the year, or the cycle that is called so, and then `year 2027` is the year."
                ),
            ),
            Word(
                "find",
                "/okr find [words | #tag]",
                "Look through everybody's objectives, by words, tags and filters.",
                lists.find,
                _G.LOOK,
                example="/okr find onboarding #growth",
                more=(
                    "What means something in a list is a filter, as in `/okr find company onboarding last quarter`; "
                    "other words, and those in quotes, are looked for in the titles of objectives and key results."
                ),
            ),
            Word(
                "team",
                "/okr team [NAME]",
                "A team's objectives; without a name, those of mine.",
                lists.team,
                _G.OTHERS,
                example="/okr team Growth",
            ),
            Word(
                "add",
                "/okr add objective | add kr O-12",
                "Set an objective or a key result.",
                objectives.add,
                _G.SET,
                example="/okr add kr O-12",
            ),
            Word(
                "update",
                "/okr update KR-34 45 [confidence 7] [note …]",
                "Move a key result: a value, or +3, -2, 80%, done.",
                key_results.update,
                _G.CHECK_IN,
                example="/okr update KR-34 +3 confidence 7 note two more customers",
                more="`-2` is a step down. A value below zero is written with an equals sign: `=-2`.",
            ),
            Word(
                "status",
                "/okr status KR-34 at risk until 4 Dec because …",
                "Set a status by hand, with a reason and an end; `auto` takes it back.",
                status.typed,
                _G.CHECK_IN,
                example="/okr status KR-34 at risk until 4 Dec because the vendor is late",
            ),
            Word(
                "edit",
                "/okr edit O-12 | KR-34",
                "Change an objective or a key result.",
                objectives.edit,
                _G.SET,
                example="/okr edit KR-34",
            ),
            Word(
                "propose",
                "/okr propose O-12 | kr O-12",
                "Put a draft before those who agree to it, or a key result before its owner.",
                drafting.propose,
                _G.SET,
                example="/okr propose kr O-12",
            ),
            Word(
                "agree",
                "/okr agree O-12 | KR-34",
                "Agree to what is proposed, from then on it counts; or to what changed of a key result.",
                drafting.agree,
                _G.SET,
                example="/okr agree O-12",
            ),
            Word(
                "comment",
                "/okr comment O-12 | KR-34 …",
                "Say something; its owner reads it, and whoever it mentions.",
                drafting.comment,
                _G.OTHERS,
                example="/okr comment KR-34 Sales asked for the same",
            ),
            Word("templates", "/okr templates", "Examples of objectives to start from.", drafting.examples, _G.SET),
            Word(
                "archive",
                "/okr archive O-12 | KR-34",
                "Put it away; nothing is erased.",
                objectives.archive,
                _G.SET,
                example="/okr archive KR-34",
            ),
            Word(
                "restore",
                "/okr restore O-12 | KR-34",
                "Bring it back.",
                objectives.restore,
                _G.SET,
                example="/okr restore KR-34",
            ),
            Word("export", "/okr export", "Everything that I may see, as CSV and JSON.", exports.ask, _G.LOOK),
            Word(
                "history",
                "/okr history KR-34 | O-12",
                "What happened to it, by whom and when; for a key result with a chart.",
                history.typed,
                _G.MINE,
            ),
            Word("undo", "/okr undo KR-34", "Take back my last update of it.", history.undo_typed, _G.CHECK_IN),
            Word(
                "show",
                "/okr show O-12 | KR-34",
                "One objective with everything about it.",
                objectives.show,
                _G.MINE,
                more=(
                    "The reference alone does the same: `/okr O-12`. With a value after it, a key result is updated."
                ),
            ),
            Word(
                "cycle",
                "/okr cycle [NAME]",
                "Where this cycle stands, or another one.",
                cycles.typed,
                _G.CYCLE,
                example="/okr cycle Q1 2027",
            ),
            Word("cycles", "/okr cycles", "Every cycle, and where each stands.", cycles.every, _G.CYCLE),
            Word(
                "cycle edit",
                "/okr cycle edit [NAME]",
                "Give a cycle another name or other days.",
                adjusting.edit_typed,
                _G.CYCLE,
                example="/okr cycle edit Spring 2027",
                more="While it closes only its name can change, and nothing any more once it is closed.",
            ),
            Word(
                "cycle remove",
                "/okr cycle remove NAME",
                "Remove a cycle that has not begun and holds nothing.",
                adjusting.remove_typed,
                _G.CYCLE,
                example="/okr cycle remove Spring 2027",
            ),
            Word(
                "move",
                "/okr move O-12 to backlog | Q1 2027",
                "Move an objective to another cycle, or let it wait in the backlog.",
                cycles.move,
                _G.CYCLE,
                example="/okr move O-12 to Q1 2027",
            ),
            Word(
                "close",
                "/okr close [O-12]",
                "Say how an objective ended; without one, all of mine.",
                closing.typed,
                _G.CYCLE,
                example="/okr close O-12",
            ),
            Word("carry", "/okr carry O-12", "Carry an objective over into another cycle.", closing.carry, _G.CYCLE),
            Word(
                "tree",
                "/okr tree [company | team [NAME] | @person | O-12] [Q4 2026 | …]",
                "What pulls on what, and what stands on its own.",
                alignment.tree,
                _G.LOOK,
                example="/okr tree team Growth",
            ),
            Word(
                "why",
                "/okr why KR-34 | O-12",
                "Why it matters: what it pulls on, who else does, and what moved this week.",
                alignment.why,
                _G.LOOK,
            ),
            Word(
                "depends",
                "/okr depends [KR-34 on Platform: the new API by June]",
                "Ask another team for something; they confirm it or say why not. Alone: what is open between teams.",
                dependencies.depends,
                _G.OTHERS,
            ),
            Word(
                "handover",
                "/okr handover @person",
                "Pass on what somebody owns, when they leave or move on.",
                hand_over.typed,
                _G.OTHERS,
                example="/okr handover @bo",
            ),
            Word("settings", "/okr settings", "Thresholds, limits, cycles and values.", policy.typed, _G.PROGRAMME),
            Word("help", "/okr help roles", "Who may do what.", _help, _G.LOOK),
        ),
    ),
    "/checkin": Command(
        "The weekly check-in",
        (
            Word("", "/checkin", "My check-in of this week, as one form.", check_ins.open_typed, _G.CHECK_IN),
            Word("skip", "/checkin skip", "Let this week pass.", check_ins.skip_typed, _G.CHECK_IN),
        ),
    ),
    "/kudos": Command(
        "Thanks",
        (
            Word("", "/kudos", "A form for giving thanks.", recognition.open_typed, _G.THANK),
            Word(
                "@",
                "/kudos @one @two for shipping the beta #craft KR-34",
                "Thank people in a line, with a value and what it helped, if you like.",
                recognition.give_typed,
                _G.THANK,
                example="/kudos @ada @bo for shipping the beta #craft KR-34",
            ),
            Word("list", "/kudos list", "The latest thanks that I gave or received.", recognition.listed, _G.THANK),
        ),
        otherwise=recognition.give_typed,
    ),
}
"""Everything that can be typed."""

EVERY_WORD: dict[str, Word] = {
    f"{name} {word.word}".strip(): word
    for name, command in sorted(COMMANDS.items(), key=lambda each: each[0] != "/checkin")
    for word in command.words
}
"""By the command and the word; the weekly check-in first."""
