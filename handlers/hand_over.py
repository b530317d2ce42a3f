"""What people do to pass on what somebody owns."""

from domain.errors import Refusal
from domain.words import MENTION
from handlers.request import Request
from operations import hand_over
from views import hand_over as views


async def typed(request: Request, text: str) -> None:
    """/okr handover @person"""
    person = MENTION.search(text)
    if person is None and text.strip():
        raise Refusal(
            f"I do not know “{text.strip()[:80]}” here. Choose them from the list that Slack offers after an @."
        )
    if person is None:
        raise Refusal("Whose? Name them, as in `/okr handover @bo`.")
    await _open(request, person[1])


async def pressed(request: Request) -> None:
    """Hand over, in the message about somebody who has left."""
    await _open(request, request.pressed)


async def person_chosen(request: Request) -> None:
    """Hand over what somebody owns who is chosen on Home."""
    await request.meet([request.pressed])
    await _open(request, request.pressed)


async def submitted(request: Request) -> None:
    """The form came back: each thing has a new owner."""
    of, chosen = views.read(request.view)
    await request.meet(list(chosen.values()))
    done = await request.run(hand_over.hand_over, of, chosen, request.now)
    await request.conclude("Handed over", views.done(done.of, done.each, done.sealed))


async def _open(request: Request, slack_id: str) -> None:
    offered = await request.read(hand_over.offer, slack_id, request.now)
    await request.open(views.form(offered.of, offered.each, offered.sealed))
    await request.ack()
