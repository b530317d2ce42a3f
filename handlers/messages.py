"""What people write to Cairn in its own conversation."""

from handlers.commands import COMMANDS
from handlers.request import Request
from operations import help


async def written(request: Request) -> None:
    """Somebody wrote to Cairn: it answers with what it knows."""
    event = request.event
    if event.get("channel_type") == "im" and not event.get("subtype") and not event.get("bot_id") and event.get("user"):
        entries = [entry for command in COMMANDS.values() for entry in command.entries]
        await request.run(help.answer, str(event.get("ts")), entries, request.now)
    await request.ack()
