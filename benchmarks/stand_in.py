"""`python -m benchmarks.stand_in`: a Slack that takes every post and does nothing with it, in a process of its own."""

import asyncio
import itertools

from aiohttp import web


async def serve() -> None:
    """Print the address, and answer until the end."""
    numbers = itertools.count(1)

    async def post(request: web.Request) -> web.Response:
        asked = await request.json() if request.content_type == "application/json" else dict(await request.post())
        return web.json_response({"ok": True, "channel": asked["channel"], "ts": f"1764000000.{next(numbers):06}"})

    app = web.Application()
    app.router.add_post("/api/chat.postMessage", post)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}/api/", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
