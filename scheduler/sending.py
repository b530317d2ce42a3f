"""Taking one thing to Slack: a post, a new text for a message that stands already, or somebody's Home."""

import contextlib
import os
from typing import IO, Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from domain.outbox import Claimed, Method, Sent
from scheduler.drawings import Drawing
from scheduler.fencing import InTime, TooLate, only_while
from scheduler.verdicts import Fate, Verdict, not_sent, verdict

METADATA = "cairn_message"

TOO_LATE = Verdict(Fate.LATER, error="its turn came too late", unsent=True)


async def send(client: AsyncWebClient, drawing: Drawing, in_time: InTime) -> Verdict:
    """What became of it. Each call begins only while it is `in_time`, and then ends in time or is cut off.

    The client's session must be fenced. The files of a drawing are closed, whatever becomes of it.
    """
    with _closing(drawing):
        if not in_time():
            return TOO_LATE
        try:
            with only_while(in_time):
                return await _SEND[drawing.row.what.method](client, drawing)
        except TooLate:
            return TOO_LATE
        except Exception as error:
            return verdict(error)


def _closing(drawing: Drawing) -> contextlib.ExitStack:
    held = contextlib.ExitStack()
    for file in _files(drawing).values():
        held.enter_context(file)
    return held


def _files(drawing: Drawing) -> dict[str, IO[bytes]]:
    """What is handed over, by name: nothing where it is a message."""
    is_upload = drawing.row.what.method is Method.UPLOAD
    files: dict[str, IO[bytes]] = drawing.message["files"] if is_upload else {}
    return files


async def opened(client: AsyncWebClient, person: str) -> str:
    """The DM with somebody, opened if it was not; asking again does no harm."""
    answer = await client.conversations_open(users=[person])
    return str(answer["channel"]["id"])


async def _post(client: AsyncWebClient, drawing: Drawing) -> Verdict:
    row = drawing.row
    channel = await _conversation(client, row)
    if isinstance(channel, Verdict):
        return channel
    answer = await client.chat_postMessage(
        channel=channel,
        text=drawing.message["text"],
        blocks=drawing.message["blocks"],
        metadata=marked(row),
        unfurl_links=False,
        unfurl_media=False,
        thread_ts=row.what.thread,
    )
    return Verdict(Fate.SENT, Sent(str(answer.get("channel") or channel), str(answer["ts"])))


async def _conversation(client: AsyncWebClient, row: Claimed) -> str | Verdict:
    """Where it goes, opened if it was not; or what became of it because that cannot be."""
    try:
        return await opened(client, row.channel) if row.opens else row.channel
    except Exception as error:
        return not_sent(verdict(error), Method.OPEN)


async def _update(client: AsyncWebClient, drawing: Drawing) -> Verdict:
    before, message = drawing.before, drawing.message
    assert before, "nothing to replace is not wanted, and was not drawn"
    await client.chat_update(channel=before.channel, ts=before.ts, text=message["text"], blocks=message["blocks"])
    return Verdict(Fate.SENT, before)


async def _publish(client: AsyncWebClient, drawing: Drawing) -> Verdict:
    await client.views_publish(user_id=drawing.row.what.place.removeprefix("home/"), view=drawing.message)
    return Verdict(Fate.SENT)


async def _unfurl(client: AsyncWebClient, drawing: Drawing) -> Verdict:
    """Below the message with the links; it may say the same again for as long as Slack likes."""
    facts = drawing.row.what.facts
    await client.chat_unfurl(unfurl_id=facts["unfurl_id"], source=facts["source"], unfurls=drawing.message)
    return Verdict(Fate.SENT)


async def _upload(client: AsyncWebClient, drawing: Drawing) -> Verdict:
    """Hand files over: before the last of these calls nobody sees them, after it nobody can look for them."""
    channel = await _conversation(client, drawing.row)
    if isinstance(channel, Verdict):
        return channel
    try:
        sent = [await _sent_ahead(client, name, file) for name, file in _files(drawing).items()]
    except Exception as error:
        return not_sent(verdict(error), Method.UPLOAD)
    await client.files_completeUploadExternal(files=sent, channel_id=channel, initial_comment=drawing.message["text"])
    return Verdict(Fate.SENT)


async def _sent_ahead(client: AsyncWebClient, name: str, file: IO[bytes]) -> dict[str, str | None]:
    """Send what is in a file to where Slack wants it, a piece at a time; the file as it is shared afterwards."""
    told = await client.files_getUploadURLExternal(filename=name, length=os.fstat(file.fileno()).st_size)
    timeout = aiohttp.ClientTimeout(total=client.timeout)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.post(str(told["upload_url"]), data=file) as response,
    ):
        response.raise_for_status()
    return {"id": str(told["file_id"]), "title": name}


_SEND = {
    Method.POST: _post,
    Method.UPDATE: _update,
    Method.PUBLISH: _publish,
    Method.UNFURL: _unfurl,
    Method.UPLOAD: _upload,
}


def marked(row: Claimed) -> dict[str, Any]:
    """The random id of a row, by which its message can be found again; everybody in the workspace can read it."""
    return {"event_type": METADATA, "event_payload": {"mark": row.mark}}
