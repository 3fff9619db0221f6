"""Saved mappings of sheets, and imported files that are kept for some days."""

import sqlalchemy as sa
from alembic import op

revision = "008"
down_revision = "007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_mapping",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_file_mapping"),
        sa.UniqueConstraint("fingerprint", name="uq_file_mapping_fingerprint"),
    )
    op.create_table(
        "file_original",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("master_key_id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["file_import.id"], name="fk_file_original_import_id_file_import", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", name="pk_file_original"),
    )


def downgrade() -> None:
    op.drop_table("file_original")
    op.drop_table("file_mapping")
