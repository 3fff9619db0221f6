"""Imported files, what each said of which order, and whose facts an order's rows are."""

import sqlalchemy as sa
from alembic import op

revision = "006"
down_revision = "005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("rows", "new", "updated", "unchanged", "waiting")),
        sa.Column("notes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name="fk_file_import_shop_id_shop", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_file_import"),
    )
    op.create_index("ix_file_import_sha256", "file_import", ["sha256"])
    op.create_table(
        "file_entry",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("kept", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["file_import.id"], name="fk_file_entry_import_id_file_import", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", "external_id", name="pk_file_entry"),
    )
    op.create_index("ix_file_entry_external_id", "file_entry", ["external_id"])
    op.create_table(
        "file_hold",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("aspect", sa.String(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["file_import.id"], name="fk_file_hold_import_id_file_import", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["sales_order.id"], name="fk_file_hold_order_id_sales_order", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("order_id", "aspect", name="pk_file_hold"),
    )


def downgrade() -> None:
    op.drop_table("file_hold")
    op.drop_index("ix_file_entry_external_id", table_name="file_entry")
    op.drop_table("file_entry")
    op.drop_index("ix_file_import_sha256", table_name="file_import")
    op.drop_table("file_import")
