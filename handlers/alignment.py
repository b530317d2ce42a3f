"""What people do to see how things hang together."""

from domain.objectives import KeyResultId, Level, ObjectiveId
from domain.references import Prefix, Reference, reference, the_reference
from domain.words import MENTION
from handlers import objectives, phrases
from handlers.request import Request, number
from operations import alignment
from operations.finding import Which
from views import alignment as views

EITHER = (Prefix.OBJECTIVE, Prefix.KEY_RESULT)


async def tree(request: Request, text: str) -> None:
    """/okr tree [company | team [NAME] | @person | O-12]"""
    ref = reference(text)
    if ref:
        found = await request.read(alignment.tree_of, the_reference(text, *EITHER), request.now)
    else:
        await request.meet(MENTION.findall(text))
        found = await request.read(alignment.tree, _which(text, request.heard.actor), request.now)
    await request.answer(views.tree(found))


async def why(request: Request, text: str) -> None:
    """/okr why KR-34 | O-12"""
    await request.answer(views.why(await request.read(alignment.why, the_reference(text, *EITHER), request.now)))


async def tree_pressed(request: Request) -> None:
    """Show the tree."""
    await request.open(views.tree_view(await request.read(alignment.tree, Which(), request.now)))
    await request.ack()


async def align_pressed(request: Request) -> None:
    """Say what an objective helps."""
    await objectives.open_again(request, ObjectiveId(number(request.pressed)))
    await request.ack()


async def open_why(request: Request, which: Reference | KeyResultId) -> None:
    """Show why an objective or a key result matters."""
    await request.open(views.why_view(await request.read(alignment.why, which, request.now)))


def _which(text: str, me: str) -> Which:
    """Whose tree is meant, in which quarter."""
    name, period = phrases.named_team(text)
    if person := MENTION.fullmatch(name):
        return Which(person=person[1], period=period)
    if name.casefold() in {"me", "mine", "my okrs", "my objectives"}:
        return Which(person=me, period=period)
    if name.casefold() in {"", "all"}:
        return Which(period=period)
    if name.casefold() == "company":
        return Which(level=Level.COMPANY, period=period)
    if name.casefold() in {"team", "my team", "my teams"}:
        return Which(mine=True, period=period)
    _, _, rest = name.partition(" ")
    return Which(team=rest if name.casefold().startswith("team ") else name, period=period)
