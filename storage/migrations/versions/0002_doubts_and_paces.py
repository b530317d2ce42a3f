"""What may have been said is looked for, at a pace that learns"""

import sqlalchemy as sa
from alembic import op

from storage import columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_outbox_next": (["workspace", "method", "priority", "id"], "state = 'pending'"),
    "ix_outbox_expiring": (["expires_at"], "state = 'pending'"),
    "ix_outbox_under_way": (["workspace", "place"], "state IN ('sending', 'unknown')"),
    "ix_outbox_doubtful": (["workspace", "look_at"], "state = 'unknown'"),
    "ix_outbox_troubled": (["workspace", "settled_at"], "state IN ('dead', 'skipped', 'unknown')"),
    "ix_outbox_settled": (["settled_at"], "state IN ('expired', 'unwanted')"),
}


def upgrade() -> None:
    op.create_table(
        "paces",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("rate", sa.Float(), nullable=False),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("as_of", columns.Instant(timezone=True), nullable=False),
        sa.Column("ceiling", sa.Float(), nullable=True),
        sa.Column("limited_at", columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_paces_workspace_workspaces")),
        sa.PrimaryKeyConstraint("workspace", "method", name=op.f("pk_paces")),
    )
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("method", sa.String(), nullable=False, server_default="chat.postMessage"))
        outbox.add_column(sa.Column("thread", sa.String(), nullable=True))
        outbox.add_column(sa.Column("doubts", sa.Integer(), server_default="0", nullable=False))
        outbox.add_column(sa.Column("looks", sa.Integer(), server_default="0", nullable=False))
        outbox.add_column(sa.Column("look_at", columns.Instant(timezone=True), nullable=True))
    op.execute("UPDATE outbox SET method = 'views.publish' WHERE mode = 'show' AND kind = 'home'")
    op.execute("UPDATE outbox SET method = 'chat.update' WHERE mode = 'show' AND kind <> 'home'")
    # Whatever the last version left unknown it also left alone: it is too late to say it now.
    op.execute("UPDATE outbox SET state = 'skipped' WHERE state = 'unknown'")
    op.drop_index("ix_outbox_troubled", "outbox")
    for name, (indexed, condition) in INDEXES.items():
        where = sa.text(condition)
        op.create_index(name, "outbox", indexed, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "outbox")
    where = sa.text("state IN ('dead', 'unknown')")
    op.execute("UPDATE outbox SET state = 'unknown' WHERE state = 'skipped'")
    op.create_index("ix_outbox_troubled", "outbox", ["workspace", "state"], sqlite_where=where, postgresql_where=where)
    with op.batch_alter_table("outbox") as outbox:
        for column in ("look_at", "looks", "doubts", "thread", "method"):
            outbox.drop_column(column)
    op.drop_table("paces")
