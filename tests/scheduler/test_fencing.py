"""A message whose turn is over is not written to Slack any more: somebody else may have taken it over."""

import aiohttp
import pytest


def at(moment: str, then) -> aiohttp.TraceConfig:
    """Something that happens at a moment of every call."""
    config = aiohttp.TraceConfig()

    async def happens(*_) -> None:
        then()

    getattr(config, moment).append(happens)
    return config


@pytest.mark.parametrize("moment", ["on_connection_create_end", "on_request_headers_sent"])
async def test_what_waited_too_long_for_its_line_is_left_to_the_next(office, moment):
    await office.post("Thank you")
    await office.deliver(at(moment, lambda: office.wait(office.terms.lease.total_seconds())))
    assert office.said("#kudos") == []

    await office.look_twice()
    await office.deliver()
    assert len(office.said("#kudos")) == 1


async def test_a_body_that_is_written_too_late_is_not_written(office):
    """aiohttp writes it a turn after the headers, and a process can be frozen between two turns."""
    late = []
    await office.post("Thank you")
    lapse = at("on_request_chunk_sent", lambda: late.append(office.wait(office.terms.lease.total_seconds())))
    await office.deliver(lapse)
    assert late
    assert office.said("#kudos") == []

    await office.look_twice()
    await office.deliver()
    assert len(office.said("#kudos")) == 1
