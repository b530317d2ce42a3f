"""The words after the slash: one table that dispatches, explains itself, and guesses what was meant."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.references import reference
from domain.words import did_you_mean
from handlers import (
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
from views import help as views
from views.blocks import modal as readable


@dataclass(frozen=True, slots=True)
class Word:
    """Something that can be typed: its first word, how it is used, what it does, and who does it.

    The handler gets the request and the text after the word.
    """

    word: str
    usage: str
    does: str
    handler: Callable[[Request, str], Awaitable[None]]


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
    """Somebody typed a command."""
    name, text = str(request.body.get("command", "")), str(request.body.get("text") or "").strip()
    command = COMMANDS.get(name, COMMANDS["/okr"])
    first, _, rest = text.partition(" ")
    known = {word.word: word for word in command.words}
    if first.casefold() == "help" and not (rest.strip() and "help" in known):
        await request.answer(views.help(command.topic, [*command.entries, (f"{name} help", "This list.")]))
    elif first.casefold() in known:
        await known[first.casefold()].handler(request, rest.strip())
    elif reference(first) and "show" in known:
        await known["update" if rest.strip() else "show"].handler(request, text)
    elif command.otherwise and not _slip(first, known):
        await command.otherwise(request, text)
    else:
        await request.answer(views.unknown(first, name, did_you_mean(first, [*filter(None, known), "help"])))


async def help_pressed(request: Request) -> None:
    """Show everything that can be typed."""
    topics = [views.help(command.topic, command.entries) for command in COMMANDS.values()]
    await request.open(readable("What can I type?", [block for topic in topics for block in topic["blocks"]]))
    await request.ack()


async def _help_about(request: Request, text: str) -> None:
    """/okr help roles; about any other word, the usages that begin with it."""
    if text.casefold() in {"roles", "role", "permissions"}:
        await permissions.help_typed(request)
        return
    name = str(request.body.get("command", "/okr"))
    command = COMMANDS.get(name, COMMANDS["/okr"])
    about = [entry for word, entry in zip(command.words, command.entries, strict=True) if word.word == text.casefold()]
    await request.answer(views.help(command.topic, about or command.entries))


def _slip(word: str, known: dict[str, Word]) -> bool:
    """Whether a lone word without mention is rather a misspelt one of ours."""
    return not word.startswith("<") and did_you_mean(word, filter(None, known)) is not None


COMMANDS: dict[str, Command] = {
    "/okr": Command(
        "Objectives and key results",
        (
            Word("", "/okr", "My objectives and key results, with buttons.", objectives.mine),
            Word(
                "list",
                "/okr list [me | @person | team NAME | company | all] [at risk | stale | …] [Q4 2026 | …]",
                "Objectives of people, teams or the company, of any status, in this cycle or another; in any order.",
                lists.listed,
            ),
            Word("find", "/okr find", "Look through everybody's objectives, with filters.", lists.find),
            Word("team", "/okr team [NAME]", "A team's objectives; without a name, those of mine.", lists.team),
            Word(
                "add",
                "/okr add objective | add kr O-12",
                "Set an objective or a key result.",
                objectives.add,
            ),
            Word(
                "update",
                "/okr update KR-34 45 [confidence 7] [note …]",
                "Move a key result: a value, or +3, -2, 80%, done.",
                key_results.update,
            ),
            Word(
                "status",
                "/okr status KR-34 at risk until 4 Dec because …",
                "Set a status by hand, with a reason and an end; `auto` takes it back.",
                status.typed,
            ),
            Word("edit", "/okr edit O-12 | KR-34", "Change an objective or a key result.", objectives.edit),
            Word(
                "propose",
                "/okr propose O-12 | kr O-12",
                "Put a draft before those who agree to it, or a key result before its owner.",
                drafting.propose,
            ),
            Word("agree", "/okr agree O-12", "Agree to what is proposed: from then on it counts.", drafting.agree),
            Word("comment", "/okr comment O-12 | KR-34 …", "Say something; its owner reads it.", drafting.comment),
            Word("templates", "/okr templates", "Examples of objectives to start from.", drafting.examples),
            Word("archive", "/okr archive O-12 | KR-34", "Put it away; nothing is erased.", objectives.archive),
            Word("restore", "/okr restore O-12 | KR-34", "Bring it back.", objectives.restore),
            Word("export", "/okr export", "Everything of it that I may see, as CSV and JSON.", exports.ask),
            Word(
                "history",
                "/okr history KR-34 | O-12",
                "What happened to it, by whom and when; for a key result with a chart.",
                history.typed,
            ),
            Word("undo", "/okr undo KR-34", "Take back my last update of it.", history.undo_typed),
            Word("show", "/okr show O-12 | KR-34", "One objective with everything about it.", objectives.show),
            Word("cycle", "/okr cycle [NAME]", "Where this cycle stands, or another one.", cycles.typed),
            Word("cycles", "/okr cycles", "Every cycle, and where each stands.", cycles.every),
            Word(
                "move",
                "/okr move O-12 to backlog | Q1 2027",
                "Move an objective to another cycle, or let it wait in the backlog.",
                cycles.move,
            ),
            Word("close", "/okr close [O-12]", "Say how an objective ended; without one, all of mine.", closing.typed),
            Word("carry", "/okr carry O-12", "Carry an objective over into another cycle.", closing.carry),
            Word(
                "tree",
                "/okr tree [company | team [NAME] | O-12]",
                "What pulls on what, and what stands on its own.",
                alignment.tree,
            ),
            Word(
                "why",
                "/okr why KR-34 | O-12",
                "Why it matters: what it pulls on, who else does, and what moved this week.",
                alignment.why,
            ),
            Word(
                "depends",
                "/okr depends KR-34 on Platform: the new API by June",
                "Ask another team for something; they confirm it or say why not.",
                dependencies.depends,
            ),
            Word(
                "handover",
                "/okr handover @person",
                "Pass on what somebody owns, when they leave or move on.",
                hand_over.typed,
            ),
            Word("settings", "/okr settings", "Thresholds, limits, cycles and values.", policy.typed),
            Word("help", "/okr help roles", "Who may do what.", _help_about),
        ),
    ),
    "/checkin": Command(
        "The weekly check-in",
        (
            Word("", "/checkin", "My check-in of this week, as one form.", check_ins.open_typed),
            Word("skip", "/checkin skip", "Let this week pass.", check_ins.skip_typed),
        ),
    ),
    "/kudos": Command(
        "Thanks",
        (
            Word("", "/kudos", "A form for giving thanks.", recognition.open_typed),
            Word(
                "@",
                "/kudos @one @two for shipping the beta #craft KR-34",
                "Thank people in a line, with a value and what it helped, if you like.",
                recognition.give_typed,
            ),
            Word(
                "list",
                "/kudos list",
                "The latest thanks that I gave or received.",
                recognition.listed,
            ),
        ),
        otherwise=recognition.give_typed,
    ),
}
"""Everything that can be typed."""
