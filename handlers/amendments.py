"""Agreeing to what somebody has changed of what was agreed to."""

from domain import amendments as terms
from domain.objectives import KeyResultId
from domain.references import Reference
from handlers.request import Request, number
from operations import amendments, proposals
from operations.amendments import Agreed
from views import amendments as views
from views import proposals as proposal_views
from views.blocks import Message


async def agree_pressed(request: Request) -> None:
    """Agree to how this key result is now."""
    id, _, read = request.pressed.partition(" ")
    done = await request.run(amendments.agree, KeyResultId(number(id)), request.now, read)
    await request.tell(_agreed(done))
    await request.ack()


async def agreed(request: Request, which: Reference) -> Message:
    """Agree to a key result; what to say about it."""
    done = await request.run(proposals.agree, which, request.now)
    if isinstance(done, Agreed):
        return _agreed(done)
    return proposal_views.settled(done.key_result, done.found.only, done.found.moment)


def _agreed(done: Agreed) -> Message:
    return views.agreed(done.key_result, done.was, terms.terms(done.key_result))
