"""The demo as somebody would start it: a transcript of two quarters, and an exit status that tells the truth."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import demo
from sandbox.server import Sandbox

ROOT = Path(__file__).parent.parent


async def test_the_demo_tells_two_quarters_and_ends_well():
    command = [sys.executable, "-m", "bot", "demo", "--exit"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=-1, stderr=-1)
    out, err = await asyncio.wait_for(process.communicate(), 300)

    told = out.decode()
    assert process.returncode == 0, told + err.decode()
    assert "… and so on, on 12 more Mondays." in told or "… and so on, on 11 more Mondays." in told
    assert "Carry O-1 over" in told
    assert "carried from O-1 in Q" in told
    assert "/okr update KR-17 96.2" in told
    assert "Cairn writes to Gita Raghunathan, where it is Monday 09:00" in told
    assert "Cairn writes in #kudos" in told
    assert "is not a number" in told
    assert err.decode() == ""


@pytest.mark.parametrize("day", [datetime(2031, 12, 29, 12, tzinfo=UTC), datetime(2032, 2, 28, 23, tzinfo=UTC)])
async def test_the_story_can_be_told_on_any_day_and_a_later_start_goes_on_where_it_ended(tmp_path, capsys, day):
    first = await Sandbox.start(demo.MANIFEST, tmp_path / "slack.sqlite")
    first.calendar.set(day)
    await first.stop()

    assert await demo.show(tmp_path, once=True, port=0) == 0
    assert "/okr" in capsys.readouterr().out

    assert await demo.show(tmp_path, once=True, port=0) == 0
    told = capsys.readouterr().out
    assert "as you left it" in told
    assert "/okr" not in told


async def test_a_story_that_breaks_off_ends_badly(tmp_path):
    """O-1 is taken and put away, so nothing can be set below it."""
    async with demo.workspace(tmp_path, 0) as (slack, _):
        ada = slack.person("ada")
        await ada.command("/okr add objective")
        await ada.submit({"title": "Somebody was here before"})
        await ada.close(whole_stack=True)
        await ada.command("/okr archive O-1")

    assert await demo.show(tmp_path, once=True, port=0) == 1
