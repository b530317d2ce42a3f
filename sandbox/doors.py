"""The addresses at which a sandbox is open."""

from aiohttp import web


class Doors:
    """What is served, until `close`."""

    def __init__(self) -> None:
        self._runners: list[web.AppRunner] = []

    async def open(self, app: web.Application, host: str, port: int) -> str:
        """Serve this; port 0 takes a free one. Returns the address, with a slash at its end. Raises OSError."""
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        self._runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        return f"http://{host}:{runner.addresses[0][1]}/"

    async def close(self) -> None:
        """Answer nobody any more."""
        for runner in self._runners:
            await runner.cleanup()
