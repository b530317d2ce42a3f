"""Tests that are one unit of work: each gets a session of either database, and nothing of it is kept."""

import inspect
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from storage.database import Database, Session


class _Enough(Exception):
    """The test has seen what it wanted: everything is rolled back."""


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def lasting_url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(request.param).fresh()


@pytest_asyncio.fixture(scope="session")
async def lasting_db(lasting_url: str) -> AsyncIterator[Database]:
    """A database that stays empty, since what is tested in it is rolled back."""
    opened = Database(lasting_url)
    yield opened
    await opened.close()


def rolled_back(fixture: str) -> Callable[[Callable[..., None]], Callable[..., Any]]:
    """Run a test that takes a session, and perhaps more, as one unit of work in the database of this fixture."""

    def decorate(test: Callable[..., None]) -> Callable[..., Any]:
        async def run(**given: Any) -> None:
            db: Database = given.pop(fixture)

            def work(session: Session) -> None:
                test(session, **given)
                raise _Enough

            with pytest.raises(_Enough):
                await db.run(work)

        _, *others = inspect.signature(test).parameters.values()
        own = inspect.Parameter(fixture, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        run.__signature__ = inspect.Signature([own, *others])  # type: ignore[attr-defined]
        run.__name__, run.__doc__ = test.__name__, test.__doc__
        return run

    return decorate


in_a_session = rolled_back("lasting_db")
"""In an empty database of each kind."""
