"""The databases that units of work are tested in."""

from tests.storage.units import lasting_db, lasting_url

__all__ = ["lasting_db", "lasting_url"]
