"""What people do about the status of a key result."""

from domain.errors import Refusal
from domain.objectives import KeyResultId, Status
from domain.overrides import EXAMPLE
from domain.references import Prefix, Reference, reference, the_reference
from handlers.request import Request, number
from operations import status
from views import status as views


async def typed(request: Request, text: str) -> None:
    """/okr status KR-34 at risk until 4 Dec because …"""
    word, _, rest = text.partition(" ")
    if not word:
        raise Refusal(f"Of which key result? {EXAMPLE}")
    named = reference(word.rstrip(":,"))
    if named and named.prefix is Prefix.OBJECTIVE:
        raise Refusal(f"{named} is an objective: its status is that of its weakest key result. Set that one. {EXAMPLE}")
    ref = the_reference(word.rstrip(":,"), Prefix.KEY_RESULT)
    if not rest.strip():
        await open_form(request, ref)
        await request.ack()
        return
    judged = await request.run(status.say, ref, rest, request.now)
    await request.answer(views.judged(judged.key_result, judged.objective.cycle, judged.moment))


async def set_pressed(request: Request) -> None:
    """Set status."""
    await open_form(request, KeyResultId(number(request.pressed)))
    await request.ack()


async def doubt_pressed(request: Request) -> None:
    """Set to at risk: the form, with that chosen."""
    await open_form(request, KeyResultId(number(request.pressed)), Status.AT_RISK)
    await request.ack()


async def will_move_pressed(request: Request) -> None:
    """It will move: quiet for a while."""
    quiet = await request.run(status.will_move, KeyResultId(number(request.pressed)), request.now)
    await request.tell(views.kept_quiet(quiet.key_result, quiet.cycle, quiet.until))
    await request.ack()


async def submitted(request: Request) -> None:
    """The form for a status came back."""
    which, draft = views.read(request.view)
    judged = await request.run(status.judge, which, draft, request.now)
    await request.conclude("Status", views.judged(judged.key_result, judged.objective.cycle, judged.moment))


async def open_form(request: Request, which: Reference | KeyResultId, chosen: Status | None = None) -> None:
    """Show the form for a status."""
    found = await request.read(status.to_judge, which, request.now)
    await request.open(views.form(found.key_result, found.objective.cycle, found.moment, chosen))
