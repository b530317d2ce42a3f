"""Alembic's door: it runs on the connection that it is handed."""

from typing import Any, Literal

from alembic import context
from sqlmodel import AutoString, SQLModel

from storage import tables

__all__ = ["tables"]


def _written(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration says `sa.String()`, not what SQLModel makes of it."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=_written,
    compare_type=True,
    user_module_prefix="columns.",
)
with context.begin_transaction():
    context.run_migrations()
