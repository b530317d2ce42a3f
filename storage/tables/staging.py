"""What an import brings, until all of it is published at once."""

from decimal import Decimal

from sqlmodel import Field, SQLModel

from storage.columns import exact, maybe_exact, prose, to


class StagedObjectiveRow(SQLModel, table=True):
    """An objective that an import is about to add: nobody sees it before all of them are added at once.

    `parent_place` and `pulled_place` are places among what comes with it, `cycle` the name of one.
    """

    __tablename__ = "staged_objectives"
    batch: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    workspace: str = to("workspaces")
    title: str = prose()
    level: str
    owner: int = to("members", index=False)
    team: int | None = None
    cycle: str
    parent: int | None = None
    parent_place: int | None = None
    pulled: int | None = None
    pulled_place: int | None = None
    visibility: str
    stage: str
    aspirational: bool
    description: str = prose()
    tags: str = prose()


class StagedKeyResultRow(SQLModel, table=True):
    """A key result that an import is about to add, under an objective that is here or comes with it."""

    __tablename__ = "staged_key_results"
    batch: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    workspace: str = to("workspaces")
    title: str = prose()
    owner: int = to("members", index=False)
    objective: int | None = None
    objective_place: int | None = None
    kind: str
    unit: str = ""
    start: Decimal = exact()
    target: Decimal = exact()
    current: Decimal = exact()
    upper: Decimal | None = maybe_exact()
    milestones: str = prose()
    reached: str = prose()
    measured: bool
    weight: Decimal = exact()
    stage: str
    description: str = prose()
    tags: str = prose()


class StagedHandRow(SQLModel, table=True):
    """Somebody who owns a staged objective together with its owner, or helps with a staged key result."""

    __tablename__ = "staged_hands"
    batch: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    member: int = Field(primary_key=True, foreign_key="members.id")
    workspace: str = to("workspaces")
