"""OKRs in full: measures of every kind, stages, visibility, history, cycles that are closed"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from storage import columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closings",
        sa.Column("objective", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("suggested", columns.Exact(length=40), nullable=True),
        sa.Column("score", columns.Exact(length=40), nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("mattered", sa.String(), nullable=False),
        sa.Column("learned", sa.Text(), server_default="", nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=False),
        sa.Column("at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["members.id"], name=op.f("fk_closings_closed_by_members")),
        sa.ForeignKeyConstraint(["objective"], ["objectives.id"], name=op.f("fk_closings_objective_objectives")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_closings_workspace_workspaces")),
        sa.PrimaryKeyConstraint("objective", name=op.f("pk_closings")),
    )
    with op.batch_alter_table("closings") as batch_op:
        batch_op.create_index(batch_op.f("ix_closings_workspace"), ["workspace"], unique=False)

    op.create_table(
        "retrospectives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("team", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("begun_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("told_at", columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.id"], name=op.f("fk_retrospectives_cycle_cycles")),
        sa.ForeignKeyConstraint(["team"], ["teams.id"], name=op.f("fk_retrospectives_team_teams")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_retrospectives_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retrospectives")),
        sa.UniqueConstraint("workspace", "key", name=op.f("uq_retrospectives_workspace_key")),
    )
    with op.batch_alter_table("retrospectives") as batch_op:
        batch_op.create_index(batch_op.f("ix_retrospectives_cycle"), ["cycle"], unique=False)
        batch_op.create_index(batch_op.f("ix_retrospectives_team"), ["team"], unique=False)
        batch_op.create_index(
            "ix_retrospectives_untold",
            ["begun_at"],
            unique=False,
            sqlite_where=sa.text("told_at IS NULL"),
            postgresql_where=sa.text("told_at IS NULL"),
        )

    op.create_table(
        "co_owners",
        sa.Column("objective", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name=op.f("fk_co_owners_member_members")),
        sa.ForeignKeyConstraint(["objective"], ["objectives.id"], name=op.f("fk_co_owners_objective_objectives")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_co_owners_workspace_workspaces")),
        sa.PrimaryKeyConstraint("objective", "member", name=op.f("pk_co_owners")),
    )
    with op.batch_alter_table("co_owners") as batch_op:
        batch_op.create_index(batch_op.f("ix_co_owners_member"), ["member"], unique=False)

    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("objective", sa.Integer(), nullable=False),
        sa.Column("key_result", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("before", sa.Text(), server_default="", nullable=False),
        sa.Column("after", sa.Text(), server_default="", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["key_result"], ["key_results.id"], name=op.f("fk_changes_key_result_key_results")),
        sa.ForeignKeyConstraint(["made_by"], ["members.id"], name=op.f("fk_changes_made_by_members")),
        sa.ForeignKeyConstraint(["objective"], ["objectives.id"], name=op.f("fk_changes_objective_objectives")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_changes_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes") as batch_op:
        batch_op.create_index(batch_op.f("ix_changes_key_result"), ["key_result"], unique=False)
        batch_op.create_index(batch_op.f("ix_changes_made_by"), ["made_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_changes_objective"), ["objective"], unique=False)
        batch_op.create_index(batch_op.f("ix_changes_workspace"), ["workspace"], unique=False)

    op.create_table(
        "cycle_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("before", sa.Text(), server_default="", nullable=False),
        sa.Column("after", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.id"], name=op.f("fk_cycle_changes_cycle_cycles")),
        sa.ForeignKeyConstraint(["made_by"], ["members.id"], name=op.f("fk_cycle_changes_made_by_members")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_cycle_changes_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle_changes")),
    )
    with op.batch_alter_table("cycle_changes") as batch_op:
        batch_op.create_index(batch_op.f("ix_cycle_changes_cycle"), ["cycle"], unique=False)
        batch_op.create_index(batch_op.f("ix_cycle_changes_made_by"), ["made_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_cycle_changes_workspace"), ["workspace"], unique=False)

    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("objective", sa.Integer(), nullable=False),
        sa.Column("key_result", sa.Integer(), nullable=True),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["key_result"], ["key_results.id"], name=op.f("fk_comments_key_result_key_results")),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name=op.f("fk_comments_member_members")),
        sa.ForeignKeyConstraint(["objective"], ["objectives.id"], name=op.f("fk_comments_objective_objectives")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_comments_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    with op.batch_alter_table("comments") as batch_op:
        batch_op.create_index(batch_op.f("ix_comments_key_result"), ["key_result"], unique=False)
        batch_op.create_index(batch_op.f("ix_comments_member"), ["member"], unique=False)
        batch_op.create_index(batch_op.f("ix_comments_objective"), ["objective"], unique=False)
        batch_op.create_index(batch_op.f("ix_comments_workspace"), ["workspace"], unique=False)

    op.create_table(
        "alignments",
        sa.Column("objective", sa.Integer(), nullable=False),
        sa.Column("key_result", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["key_result"], ["key_results.id"], name=op.f("fk_alignments_key_result_key_results")),
        sa.ForeignKeyConstraint(["objective"], ["objectives.id"], name=op.f("fk_alignments_objective_objectives")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_alignments_workspace_workspaces")),
        sa.PrimaryKeyConstraint("objective", name=op.f("pk_alignments")),
    )
    with op.batch_alter_table("alignments") as batch_op:
        batch_op.create_index(batch_op.f("ix_alignments_key_result"), ["key_result"], unique=False)

    op.create_table(
        "contributors",
        sa.Column("key_result", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_result"], ["key_results.id"], name=op.f("fk_contributors_key_result_key_results")
        ),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name=op.f("fk_contributors_member_members")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_contributors_workspace_workspaces")),
        sa.PrimaryKeyConstraint("key_result", "member", name=op.f("pk_contributors")),
    )
    with op.batch_alter_table("contributors") as batch_op:
        batch_op.create_index(batch_op.f("ix_contributors_member"), ["member"], unique=False)

    op.create_table(
        "dependencies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key_result", sa.Integer(), nullable=False),
        sa.Column("team", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("next_at", columns.Instant(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", columns.Instant(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["members.id"], name=op.f("fk_dependencies_answered_by_members")),
        sa.ForeignKeyConstraint(["asked_by"], ["members.id"], name=op.f("fk_dependencies_asked_by_members")),
        sa.ForeignKeyConstraint(
            ["key_result"], ["key_results.id"], name=op.f("fk_dependencies_key_result_key_results")
        ),
        sa.ForeignKeyConstraint(["team"], ["teams.id"], name=op.f("fk_dependencies_team_teams")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_dependencies_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependencies")),
        sa.UniqueConstraint("workspace", "number", name=op.f("uq_dependencies_workspace_number")),
    )
    with op.batch_alter_table("dependencies") as batch_op:
        batch_op.create_index(batch_op.f("ix_dependencies_answered_by"), ["answered_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_dependencies_key_result"), ["key_result"], unique=False)
        batch_op.create_index(batch_op.f("ix_dependencies_next_at"), ["next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_dependencies_team"), ["team"], unique=False)

    with op.batch_alter_table("members") as batch_op:
        batch_op.add_column(sa.Column("whole_name", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("cycles") as batch_op:
        batch_op.add_column(sa.Column("closes", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("closing_at", columns.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("closed_at", columns.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("next_at", columns.Instant(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_cycles_next_at"), ["next_at"], unique=False)
        batch_op.drop_constraint(batch_op.f("uq_cycles_workspace_starts"), type_="unique")
        batch_op.create_index("ix_cycles_workspace_starts", ["workspace", "starts"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_cycles_workspace_name"), ["workspace", "name"])

    # What was opened before is looked at as soon as it can be: only then is it known when to look again.
    opened = sa.table("cycles", sa.column("next_at", columns.Instant(timezone=True)))
    op.execute(opened.update().values(next_at=datetime(2026, 1, 1, tzinfo=UTC)))

    op.execute("ALTER TABLE key_results RENAME COLUMN direction TO kind")
    with op.batch_alter_table("key_results") as batch_op:
        batch_op.add_column(sa.Column("upper", columns.Exact(length=40), nullable=True))
        batch_op.add_column(sa.Column("milestones", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("reached", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("measured", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("weight", columns.Exact(length=40), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("moved_at", columns.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("stage", sa.String(), server_default="agreed", nullable=False))
        batch_op.add_column(sa.Column("override", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("override_reason", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("override_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("override_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("quiet_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("set_at", columns.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("agreed_to", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("description", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("tags", sa.Text(), server_default="", nullable=False))
        batch_op.create_index(batch_op.f("ix_key_results_override_by"), ["override_by"], unique=False)
        batch_op.create_index(
            "ix_key_results_workspace_updated_at", ["workspace", "updated_at", "moved_at"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_key_results_override_by_members"), "members", ["override_by"], ["id"]
        )

    op.execute(
        "UPDATE key_results SET moved_at = (SELECT max(at) FROM updates WHERE updates.key_result = key_results.id AND updates.value <> updates.previous)"
    )
    with op.batch_alter_table("objectives") as batch_op:
        batch_op.add_column(sa.Column("stage", sa.String(), server_default="agreed", nullable=False))
        batch_op.add_column(sa.Column("visibility", sa.String(), server_default="everyone", nullable=False))
        batch_op.add_column(sa.Column("aspirational", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("description", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("tags", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("carried_from", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("score", columns.Exact(length=40), nullable=True))
        batch_op.create_index(batch_op.f("ix_objectives_carried_from"), ["carried_from"], unique=False)
        batch_op.drop_index(batch_op.f("ix_objectives_cycle"))
        batch_op.create_index("ix_objectives_cycle_number", ["cycle", "number"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_objectives_carried_from_objectives"), "objectives", ["carried_from"], ["id"]
        )

    with op.batch_alter_table("updates") as batch_op:
        batch_op.add_column(sa.Column("undone_at", columns.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reached", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("taken_back", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("out_of", sa.Integer(), nullable=True))

    op.create_table(
        "staged_hands",
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name=op.f("fk_staged_hands_member_members")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_staged_hands_workspace_workspaces")),
        sa.PrimaryKeyConstraint("batch", "kind", "place", "member", name=op.f("pk_staged_hands")),
    )
    with op.batch_alter_table("staged_hands", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staged_hands_workspace"), ["workspace"], unique=False)

    op.create_table(
        "staged_key_results",
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("objective", sa.Integer(), nullable=True),
        sa.Column("objective_place", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("start", columns.Exact(length=40), nullable=False),
        sa.Column("target", columns.Exact(length=40), nullable=False),
        sa.Column("current", columns.Exact(length=40), nullable=False),
        sa.Column("upper", columns.Exact(length=40), nullable=True),
        sa.Column("milestones", sa.Text(), server_default="", nullable=False),
        sa.Column("reached", sa.Text(), server_default="", nullable=False),
        sa.Column("measured", sa.Boolean(), nullable=False),
        sa.Column("weight", columns.Exact(length=40), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("tags", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["members.id"], name=op.f("fk_staged_key_results_owner_members")),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_staged_key_results_workspace_workspaces")
        ),
        sa.PrimaryKeyConstraint("batch", "place", name=op.f("pk_staged_key_results")),
    )
    with op.batch_alter_table("staged_key_results", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staged_key_results_workspace"), ["workspace"], unique=False)

    op.create_table(
        "staged_objectives",
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("team", sa.Integer(), nullable=True),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("parent_place", sa.Integer(), nullable=True),
        sa.Column("pulled", sa.Integer(), nullable=True),
        sa.Column("pulled_place", sa.Integer(), nullable=True),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("aspirational", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("tags", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["members.id"], name=op.f("fk_staged_objectives_owner_members")),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_staged_objectives_workspace_workspaces")
        ),
        sa.PrimaryKeyConstraint("batch", "place", name=op.f("pk_staged_objectives")),
    )
    with op.batch_alter_table("staged_objectives", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staged_objectives_workspace"), ["workspace"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("staged_objectives", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staged_objectives_workspace"))

    op.drop_table("staged_objectives")
    with op.batch_alter_table("staged_key_results", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staged_key_results_workspace"))

    op.drop_table("staged_key_results")
    with op.batch_alter_table("staged_hands", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staged_hands_workspace"))

    op.drop_table("staged_hands")

    with op.batch_alter_table("members") as batch_op:
        batch_op.drop_column("whole_name")

    with op.batch_alter_table("updates") as batch_op:
        batch_op.drop_column("out_of")
        batch_op.drop_column("taken_back")
        batch_op.drop_column("reached")
        batch_op.drop_column("undone_at")

    with op.batch_alter_table("objectives") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_objectives_carried_from_objectives"), type_="foreignkey")
        batch_op.drop_index("ix_objectives_cycle_number")
        batch_op.create_index(batch_op.f("ix_objectives_cycle"), ["cycle"], unique=False)
        batch_op.drop_index(batch_op.f("ix_objectives_carried_from"))
        batch_op.drop_column("score")
        batch_op.drop_column("carried_from")
        batch_op.drop_column("tags")
        batch_op.drop_column("description")
        batch_op.drop_column("aspirational")
        batch_op.drop_column("visibility")
        batch_op.drop_column("stage")

    with op.batch_alter_table("key_results") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_key_results_override_by_members"), type_="foreignkey")
        batch_op.drop_index("ix_key_results_workspace_updated_at")
        batch_op.drop_index(batch_op.f("ix_key_results_override_by"))
        batch_op.drop_column("tags")
        batch_op.drop_column("description")
        batch_op.drop_column("set_at")
        batch_op.drop_column("agreed_to")
        batch_op.drop_column("quiet_until")
        batch_op.drop_column("override_by")
        batch_op.drop_column("override_until")
        batch_op.drop_column("override_reason")
        batch_op.drop_column("override")
        batch_op.drop_column("stage")
        batch_op.drop_column("moved_at")
        batch_op.drop_column("weight")
        batch_op.drop_column("measured")
        batch_op.drop_column("reached")
        batch_op.drop_column("milestones")
        batch_op.drop_column("upper")

    op.execute("ALTER TABLE key_results RENAME COLUMN kind TO direction")
    with op.batch_alter_table("cycles") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_cycles_workspace_name"), type_="unique")
        batch_op.drop_index("ix_cycles_workspace_starts")
        batch_op.create_unique_constraint(batch_op.f("uq_cycles_workspace_starts"), ["workspace", "starts"])
        batch_op.drop_index(batch_op.f("ix_cycles_next_at"))
        batch_op.drop_column("next_at")
        batch_op.drop_column("closed_at")
        batch_op.drop_column("closing_at")
        batch_op.drop_column("closes")

    with op.batch_alter_table("dependencies") as batch_op:
        batch_op.drop_index(batch_op.f("ix_dependencies_team"))
        batch_op.drop_index(batch_op.f("ix_dependencies_next_at"))
        batch_op.drop_index(batch_op.f("ix_dependencies_key_result"))
        batch_op.drop_index(batch_op.f("ix_dependencies_answered_by"))

    op.drop_table("dependencies")
    with op.batch_alter_table("contributors") as batch_op:
        batch_op.drop_index(batch_op.f("ix_contributors_member"))

    op.drop_table("contributors")
    op.drop_table("alignments")
    with op.batch_alter_table("comments") as batch_op:
        batch_op.drop_index(batch_op.f("ix_comments_workspace"))
        batch_op.drop_index(batch_op.f("ix_comments_objective"))
        batch_op.drop_index(batch_op.f("ix_comments_member"))
        batch_op.drop_index(batch_op.f("ix_comments_key_result"))

    op.drop_table("comments")
    with op.batch_alter_table("cycle_changes") as batch_op:
        batch_op.drop_index(batch_op.f("ix_cycle_changes_workspace"))
        batch_op.drop_index(batch_op.f("ix_cycle_changes_made_by"))
        batch_op.drop_index(batch_op.f("ix_cycle_changes_cycle"))

    op.drop_table("cycle_changes")
    with op.batch_alter_table("changes") as batch_op:
        batch_op.drop_index(batch_op.f("ix_changes_workspace"))
        batch_op.drop_index(batch_op.f("ix_changes_objective"))
        batch_op.drop_index(batch_op.f("ix_changes_made_by"))
        batch_op.drop_index(batch_op.f("ix_changes_key_result"))

    op.drop_table("changes")
    with op.batch_alter_table("co_owners") as batch_op:
        batch_op.drop_index(batch_op.f("ix_co_owners_member"))

    op.drop_table("co_owners")
    with op.batch_alter_table("closings") as batch_op:
        batch_op.drop_index(batch_op.f("ix_closings_workspace"))

    op.drop_table("closings")
    with op.batch_alter_table("retrospectives") as batch_op:
        batch_op.drop_index("ix_retrospectives_untold")
        batch_op.drop_index(batch_op.f("ix_retrospectives_team"))
        batch_op.drop_index(batch_op.f("ix_retrospectives_cycle"))

    op.drop_table("retrospectives")
