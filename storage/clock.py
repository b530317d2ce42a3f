"""Whose clock counts: the machine's own where one machine does the work, the database's where several do."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session


def now(session: Session, stopwatch: datetime) -> datetime:
    """This moment: on PostgreSQL by the database's clock, which all replicas share; else the stopwatch's."""
    if session.get_bind().dialect.name != "postgresql":
        return stopwatch
    moment: datetime = session.connection().execute(_CLOCK).scalar_one()
    return moment


_CLOCK = select(func.clock_timestamp())
