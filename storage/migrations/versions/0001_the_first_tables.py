"""The first tables"""

import sqlalchemy as sa
from alembic import op

from storage import columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("heard_at", columns.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "identity", name=op.f("pk_inbox")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_heard_at"), ["heard_at"], unique=False)

    op.create_table(
        "workspaces",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bot_user", sa.String(), nullable=False),
        sa.Column("installer", sa.String(), nullable=True),
        sa.Column("set_up_at", columns.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
    )
    op.create_table(
        "counters",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_counters_workspace_workspaces")),
        sa.PrimaryKeyConstraint("workspace", "prefix", name=op.f("pk_counters")),
    )
    op.create_table(
        "cycles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_cycles_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycles")),
        sa.UniqueConstraint("workspace", "starts", name=op.f("uq_cycles_workspace_starts")),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("slack_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("workspace_admin", sa.Boolean(), nullable=False),
        sa.Column("dm_channel", sa.String(), nullable=True),
        sa.Column("home_opened_at", columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_members_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("workspace", "slack_id", name=op.f("uq_members_workspace_slack_id")),
    )
    op.create_table(
        "notices",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("noticed_at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_notices_workspace_workspaces")),
        sa.PrimaryKeyConstraint("workspace", "topic", name=op.f("pk_notices")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("expires_at", columns.Instant(timezone=True), nullable=True),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("not_before", columns.Instant(timezone=True), nullable=True),
        sa.Column("lease_until", columns.Instant(timezone=True), nullable=True),
        sa.Column("send_started_at", columns.Instant(timezone=True), nullable=True),
        sa.Column("planned_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("settled_at", columns.Instant(timezone=True), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_outbox_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("mark", name=op.f("uq_outbox_mark")),
        sa.UniqueConstraint("workspace", "key", name=op.f("uq_outbox_workspace_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_leased",
            ["lease_until"],
            unique=False,
            sqlite_where=sa.text("state = 'sending'"),
            postgresql_where=sa.text("state = 'sending'"),
        )
        batch_op.create_index(
            "ix_outbox_troubled",
            ["workspace", "state"],
            unique=False,
            sqlite_where=sa.text("state IN ('dead', 'unknown')"),
            postgresql_where=sa.text("state IN ('dead', 'unknown')"),
        )
        batch_op.create_index(
            "ix_outbox_waiting",
            ["workspace", "place", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )

    op.create_table(
        "pauses",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("until", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_pauses_workspace_workspaces")),
        sa.PrimaryKeyConstraint("workspace", "method", "place", name=op.f("pk_pauses")),
    )
    op.create_table(
        "schedules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("ritual", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_schedules_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
        sa.UniqueConstraint("workspace", "ritual", name=op.f("uq_schedules_workspace_ritual")),
    )
    op.create_table(
        "check_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("schedule", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opens_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("closes_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answered_at", columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name=op.f("fk_check_ins_member_members")),
        sa.ForeignKeyConstraint(["schedule"], ["schedules.id"], name=op.f("fk_check_ins_schedule_schedules")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_check_ins_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
        sa.UniqueConstraint("schedule", "member", "day", name=op.f("uq_check_ins_schedule_member_day")),
    )
    with op.batch_alter_table("check_ins", schema=None) as batch_op:
        batch_op.create_index("ix_check_ins_member_opens", ["member", "opens_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_check_ins_workspace"), ["workspace"], unique=False)

    op.create_table(
        "dues",
        sa.Column("schedule", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("next_at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["schedule"], ["schedules.id"], name=op.f("fk_dues_schedule_schedules")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_dues_workspace_workspaces")),
        sa.PrimaryKeyConstraint("schedule", "zone", name=op.f("pk_dues")),
    )
    with op.batch_alter_table("dues", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dues_next_at"), ["next_at"], unique=False)

    op.create_table(
        "policy_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["members.id"], name=op.f("fk_policy_changes_changed_by_members")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_policy_changes_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_changes")),
    )
    with op.batch_alter_table("policy_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_policy_changes_changed_by"), ["changed_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_policy_changes_workspace"), ["workspace"], unique=False)

    op.create_table(
        "roles",
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=False),
        sa.Column("granted_at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["granted_by"], ["members.id"], name=op.f("fk_roles_granted_by_members")),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name=op.f("fk_roles_member_members")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_roles_workspace_workspaces")),
        sa.PrimaryKeyConstraint("member", "role", name=op.f("pk_roles")),
    )
    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roles_workspace"), ["workspace"], unique=False)

    op.create_table(
        "teams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lead", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("usergroup", sa.String(), nullable=True),
        sa.Column("archived_at", columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lead"], ["members.id"], name=op.f("fk_teams_lead_members")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_teams_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
    )
    with op.batch_alter_table("teams", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_teams_lead"), ["lead"], unique=False)
        batch_op.create_index(batch_op.f("ix_teams_workspace"), ["workspace"], unique=False)

    op.create_table(
        "blockers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("check_in", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("raised_by", sa.Integer(), nullable=False),
        sa.Column("raised_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("withdrawn_at", columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["check_in"], ["check_ins.id"], name=op.f("fk_blockers_check_in_check_ins")),
        sa.ForeignKeyConstraint(["raised_by"], ["members.id"], name=op.f("fk_blockers_raised_by_members")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_blockers_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blockers")),
        sa.UniqueConstraint("workspace", "number", name=op.f("uq_blockers_workspace_number")),
    )
    with op.batch_alter_table("blockers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_blockers_check_in"), ["check_in"], unique=True)
        batch_op.create_index(batch_op.f("ix_blockers_raised_by"), ["raised_by"], unique=False)

    op.create_table(
        "objectives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("team", sa.Integer(), nullable=True),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("archived_at", columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["members.id"], name=op.f("fk_objectives_created_by_members")),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.id"], name=op.f("fk_objectives_cycle_cycles")),
        sa.ForeignKeyConstraint(["owner"], ["members.id"], name=op.f("fk_objectives_owner_members")),
        sa.ForeignKeyConstraint(["parent"], ["objectives.id"], name=op.f("fk_objectives_parent_objectives")),
        sa.ForeignKeyConstraint(["team"], ["teams.id"], name=op.f("fk_objectives_team_teams")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_objectives_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objectives")),
        sa.UniqueConstraint("workspace", "number", name=op.f("uq_objectives_workspace_number")),
    )
    with op.batch_alter_table("objectives", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objectives_cycle"), ["cycle"], unique=False)
        batch_op.create_index(batch_op.f("ix_objectives_owner"), ["owner"], unique=False)
        batch_op.create_index(batch_op.f("ix_objectives_parent"), ["parent"], unique=False)
        batch_op.create_index(batch_op.f("ix_objectives_team"), ["team"], unique=False)

    op.create_table(
        "team_members",
        sa.Column("team", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name=op.f("fk_team_members_member_members")),
        sa.ForeignKeyConstraint(["team"], ["teams.id"], name=op.f("fk_team_members_team_teams")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_team_members_workspace_workspaces")),
        sa.PrimaryKeyConstraint("team", "member", name=op.f("pk_team_members")),
    )
    with op.batch_alter_table("team_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_members_member"), ["member"], unique=False)

    op.create_table(
        "key_results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("objective", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("start", columns.Exact(length=40), nullable=False),
        sa.Column("target", columns.Exact(length=40), nullable=False),
        sa.Column("current", columns.Exact(length=40), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("updated_at", columns.Instant(timezone=True), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("archived_at", columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["members.id"], name=op.f("fk_key_results_created_by_members")),
        sa.ForeignKeyConstraint(["objective"], ["objectives.id"], name=op.f("fk_key_results_objective_objectives")),
        sa.ForeignKeyConstraint(["owner"], ["members.id"], name=op.f("fk_key_results_owner_members")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_key_results_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_results")),
        sa.UniqueConstraint("workspace", "number", name=op.f("uq_key_results_workspace_number")),
    )
    with op.batch_alter_table("key_results", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_key_results_objective"), ["objective"], unique=False)
        batch_op.create_index(batch_op.f("ix_key_results_owner"), ["owner"], unique=False)

    op.create_table(
        "recognitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("giver", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("objective", sa.Integer(), nullable=True),
        sa.Column("key_result", sa.Integer(), nullable=True),
        sa.Column("at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["giver"], ["members.id"], name=op.f("fk_recognitions_giver_members")),
        sa.ForeignKeyConstraint(
            ["key_result"], ["key_results.id"], name=op.f("fk_recognitions_key_result_key_results")
        ),
        sa.ForeignKeyConstraint(["objective"], ["objectives.id"], name=op.f("fk_recognitions_objective_objectives")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_recognitions_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognitions")),
    )
    with op.batch_alter_table("recognitions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recognitions_giver"), ["giver"], unique=False)
        batch_op.create_index(batch_op.f("ix_recognitions_key_result"), ["key_result"], unique=False)
        batch_op.create_index(batch_op.f("ix_recognitions_objective"), ["objective"], unique=False)
        batch_op.create_index("ix_recognitions_workspace_at", ["workspace", "at"], unique=False)

    op.create_table(
        "updates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("key_result", sa.Integer(), nullable=False),
        sa.Column("check_in", sa.Integer(), nullable=True),
        sa.Column("value", columns.Exact(length=40), nullable=False),
        sa.Column("previous", columns.Exact(length=40), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["check_in"], ["check_ins.id"], name=op.f("fk_updates_check_in_check_ins")),
        sa.ForeignKeyConstraint(["key_result"], ["key_results.id"], name=op.f("fk_updates_key_result_key_results")),
        sa.ForeignKeyConstraint(["made_by"], ["members.id"], name=op.f("fk_updates_made_by_members")),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_updates_workspace_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_updates")),
    )
    with op.batch_alter_table("updates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_updates_check_in"), ["check_in"], unique=False)
        batch_op.create_index(batch_op.f("ix_updates_key_result"), ["key_result"], unique=False)
        batch_op.create_index(batch_op.f("ix_updates_workspace"), ["workspace"], unique=False)

    op.create_table(
        "recipients",
        sa.Column("recognition", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name=op.f("fk_recipients_member_members")),
        sa.ForeignKeyConstraint(
            ["recognition"], ["recognitions.id"], name=op.f("fk_recipients_recognition_recognitions")
        ),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_recipients_workspace_workspaces")),
        sa.PrimaryKeyConstraint("recognition", "member", name=op.f("pk_recipients")),
    )
    with op.batch_alter_table("recipients", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recipients_member"), ["member"], unique=False)
