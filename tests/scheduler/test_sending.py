"""Files that are handed over are open for as long as that takes, and no longer."""

import tempfile

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from domain.outbox import Claimed, OutboxId
from scheduler.drawings import Drawing
from scheduler.sending import send
from scheduler.verdicts import Fate
from tests.examples import NOW
from tests.storage.company import outgoing
from views import exports

NOBODY = "http://127.0.0.1:9/"
"""Where nobody answers."""


@pytest.mark.parametrize("opens", [True, False])
@pytest.mark.parametrize("in_time", [True, False])
async def test_files_that_do_not_arrive_are_closed(in_time, opens):
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    row = Claimed(OutboxId(1), outgoing(kind="export"), "mark", 1, 1, NOW, channel="UADA", opens=opens)
    client = AsyncWebClient("xoxb-nobody", base_url=NOBODY, retry_handlers=[], timeout=5)

    found = await send(client, Drawing(row, exports.handed_over({"okrs.csv": file})), lambda: in_time)

    assert found.fate is Fate.LATER
    assert file.closed
