"""What people write to Cairn in its own conversation."""

from domain.errors import Refusal
from domain.references import Prefix, the_reference
from domain.wishes import Deed, Wish, wish
from domain.words import MENTION, unescaped
from handlers import key_results
from handlers.commands import COMMANDS
from handlers.request import Json, Request
from operations import wishes


async def written(request: Request) -> None:
    """Somebody wrote to Cairn: a plain question is answered, anything else with what it knows."""
    event = request.event
    if _is_for_us(event):
        ts, text = str(event.get("ts")), unescaped(str(event.get("text") or ""))
        try:
            await request.meet(MENTION.findall(text))
            await _grant(request, wish(text), ts)
        except Refusal as refusal:
            await request.run(wishes.refuse, ts, refusal.sentence, request.now)
    await request.ack()


def _is_for_us(event: Json) -> bool:
    theirs = bool(event.get("user")) and not event.get("subtype") and not event.get("bot_id")
    return theirs and event.get("channel_type") == "im"


async def _grant(request: Request, asked: Wish, ts: str) -> None:
    if asked.deed is Deed.UPDATE and asked.ref and asked.words:
        ref = the_reference(str(asked.ref), Prefix.KEY_RESULT)
        await request.run(wishes.update, ref, await key_results.said(request, ref, asked.words), ts, request.now)
    else:
        entries = [entry for command in COMMANDS.values() for entry in command.entries]
        await request.run(wishes.grant, asked, ts, entries, request.now)
