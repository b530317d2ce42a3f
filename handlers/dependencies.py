"""What people do to ask another team for something, and to answer."""

import re

from domain.dependencies import Dependency, DependencyId
from domain.errors import Refusal
from domain.objectives import Answered, KeyResultId
from domain.references import Prefix, Reference, the_reference
from handlers.request import Request, number
from operations import dependencies
from views import dependencies as views

_ASKING = re.compile(r"(?:on\s+)?(?:team\s+)?(?!on\s*:)(?P<team>[^:]+?)\s*:\s*(?P<words>.+)", re.IGNORECASE | re.DOTALL)
_NO_LONGER = re.compile(r"(?:no longer|not)\s+needed\b.*|withdraw|withdrawn|take back", re.IGNORECASE | re.DOTALL)
_ANSWER = re.compile(r"(?P<word>yes|no)\b[\s:,.]*(?P<words>.*)", re.IGNORECASE | re.DOTALL)


async def depends(request: Request, text: str) -> None:
    """/okr depends | KR-34 on Platform: the new API by June | D-5 | D-5 yes | D-5 no: why | D-5 no longer needed"""
    if not text.strip():
        found = await request.read(dependencies.open_now, request.now)
        await request.answer(views.open_now(found.to_answer, found.asked_for, found.who))
        return
    word, _, rest = text.partition(" ")
    ref = the_reference(word.rstrip(":,"), Prefix.KEY_RESULT, Prefix.DEPENDENCY)
    if ref.prefix is Prefix.DEPENDENCY and not rest.strip():
        seen = await request.read(dependencies.one, ref, request.now)
        await request.answer(views.shown(seen.dependency, seen.who, seen.over))
    elif ref.prefix is Prefix.DEPENDENCY and _NO_LONGER.fullmatch(rest.strip()):
        await request.answer(views.settled(await request.run(dependencies.withdraw, ref, request.now)))
    elif ref.prefix is Prefix.DEPENDENCY:
        await _answer(request, ref, rest.strip())
    elif not rest.strip():
        await open_form(request, ref)
        await request.ack()
    else:
        team, words = _asking(rest.strip())
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


async def open_pressed(request: Request) -> None:
    """Show what is open between teams."""
    found = await request.read(dependencies.open_now, request.now)
    await request.open(views.open_view(found.to_answer, found.asked_for, found.who))
    await request.ack()


async def confirm_pressed(request: Request) -> None:
    """Confirm what another team depends on; the question turns into the answer by itself."""
    id = DependencyId(number(request.pressed))
    if await _wanted(request, id):
        done = await request.run(dependencies.answer, id, Answered.CONFIRMED, "", request.now)
        await request.tell(views.settled(done))
    await request.ack()


async def withdraw_pressed(request: Request) -> None:
    """Say that it is no longer needed."""
    done = await request.run(dependencies.withdraw, DependencyId(number(request.pressed)), request.now)
    await request.tell(views.settled(done))
    await request.ack()


async def decline_pressed(request: Request) -> None:
    """Not possible: ask for a word on why."""
    found = await _wanted(request, DependencyId(number(request.pressed)))
    if found:
        await request.open(views.answer_form(found))
    await request.ack()


async def declined(request: Request) -> None:
    """The word on why not came back."""
    id, words = views.read_answer(request.view)
    done = await request.run(dependencies.answer, id, Answered.DECLINED, words, request.now)
    await request.conclude("Told", views.settled(done))


async def _wanted(request: Request, id: DependencyId) -> Dependency | None:
    """What can be answered; where nobody waits for it any more, the message says so, without its buttons."""
    found = await request.read(dependencies.to_answer, id, request.now)
    if found.over:
        await request.tell(views.over(found.dependency, found.over))
    return None if found.over else found.dependency


async def _answer(request: Request, which: Reference, text: str) -> None:
    match = _ANSWER.fullmatch(text)
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
