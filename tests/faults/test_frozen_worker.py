"""A process that is frozen past its lease and goes on later, as a laptop does: what others did meanwhile holds."""

import pytest

from tests.conftest import workspace
from tests.faults.crew import judging, worker

pytestmark = pytest.mark.alone


@pytest.fixture
async def slack():
    async with workspace() as opened:
        yield opened


@pytest.mark.parametrize("landmark", ["before send", "after send"])
async def test_who_was_frozen_says_nothing_again_and_spoils_nothing(slack, database_url, landmark):
    async with judging(slack, database_url) as judge:
        await judge.plan("ada", "bo", "ada")
        async with worker(judge.orders(at=landmark, freeze=True)) as frozen:
            await frozen.says("frozen")
            async with worker(judge.orders()) as other:
                await other.says("at work")
                await judge.until_settled()
                assert await judge.verdict() == ([], [])

                await frozen.wake()
                await judge.plan("bo", "gita")
                await judge.until_settled()
                await frozen.stop()
        assert await judge.verdict() == ([], [])
        assert {state for state, _ in (await judge.rows()).values()} == {"sent"}
