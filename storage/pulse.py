"""Is the database still there, with everything in it, and does it take what is written?"""

from sqlalchemy import exists, literal, select, update
from sqlmodel import Session, SQLModel, col

from domain.people import WorkspaceId
from storage.rows import run
from storage.tables import WorkspaceRow


def whole(session: Session) -> None:
    """Look for a row in every table; raises what the database says where one cannot be read."""
    looks = [exists(select(literal(1)).select_from(table)) for table in SQLModel.metadata.sorted_tables]
    session.connection().execute(select(*looks))


def beat(session: Session, workspace: WorkspaceId) -> None:
    """Write something that changes nothing; raises what the database says where it cannot be written to."""
    mine = col(WorkspaceRow.id) == workspace
    run(session, update(WorkspaceRow).where(mine).values(name=col(WorkspaceRow.name)))
