"""What people do to ask another team for something, and to answer."""

import re

from domain.dependencies import DependencyId
from domain.errors import Refusal
from domain.objectives import Answered, KeyResultId
from domain.references import Prefix, Reference, the_reference
from domain.words import unescaped
from handlers.request import Request, number
from operations import dependencies
from views import dependencies as views

_ASKING = re.compile(r"(?:on\s+)?(?:team\s+)?(?!on\s*:)(?P<team>[^:]+?)\s*:\s*(?P<words>.+)", re.IGNORECASE | re.DOTALL)
_ANSWER = re.compile(r"(?P<word>yes|no)\b[\s:,.]*(?P<words>.*)", re.IGNORECASE | re.DOTALL)


async def depends(request: Request, text: str) -> None:
    """/okr depends KR-34 on Platform: the new API by June | D-5 | D-5 yes | D-5 no: why"""
    word, _, rest = text.partition(" ")
    ref = the_reference(word.rstrip(":,"), Prefix.KEY_RESULT, Prefix.DEPENDENCY)
    if ref.prefix is Prefix.DEPENDENCY and not rest.strip():
        await request.answer(views.shown(*await request.read(dependencies.one, ref)))
    elif ref.prefix is Prefix.DEPENDENCY:
        await _answer(request, ref, rest.strip())
    elif not rest.strip():
        await open_form(request, ref)
        await request.ack()
    else:
        team, words = _asking(unescaped(rest.strip()))
        asked = await request.run(dependencies.ask_named, ref, team, words, request.now)
        await request.answer(views.recorded(asked))


async def open_form(request: Request, which: Reference | KeyResultId) -> None:
    """Show the form for asking another team."""
    found = await request.read(dependencies.choices, which, request.now)
    await request.open(views.form(found.key_result, found.objective, found.teams))


async def submitted(request: Request) -> None:
    """The form for asking another team came back."""
    kr, need = views.read(request.view)
    asked = await request.run(dependencies.ask, kr, need, request.now)
    await request.conclude("Asked", views.recorded(asked))


async def confirm_pressed(request: Request) -> None:
    """Confirm what another team depends on; the question turns into the answer by itself."""
    id = DependencyId(number(request.pressed))
    done = await request.run(dependencies.answer, id, Answered.CONFIRMED, "", request.now)
    await request.tell(views.settled(done))
    await request.ack()


async def decline_pressed(request: Request) -> None:
    """Not possible: ask for a word on why."""
    found = await request.read(dependencies.to_answer, DependencyId(number(request.pressed)))
    await request.open(views.answer_form(found))
    await request.ack()


async def declined(request: Request) -> None:
    """The word on why not came back."""
    id, words = views.read_answer(request.view)
    done = await request.run(dependencies.answer, id, Answered.DECLINED, words, request.now)
    await request.conclude("Told", views.settled(done))


async def _answer(request: Request, which: Reference, text: str) -> None:
    match = _ANSWER.fullmatch(unescaped(text))
    if not match:
        raise Refusal(f"Can you do it? `/okr depends {which} yes`, or `/okr depends {which} no: July at the earliest`.")
    state = Answered.CONFIRMED if match["word"].casefold() == "yes" else Answered.DECLINED
    done = await request.run(dependencies.answer, which, state, match["words"], request.now)
    await request.answer(views.settled(done))


def _asking(text: str) -> tuple[str, str]:
    match = _ASKING.fullmatch(text)
    if not match:
        raise Refusal("On which team, and for what? For example `/okr depends KR-34 on Platform: the new API by June`.")
    return match["team"], match["words"]
