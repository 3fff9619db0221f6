"""Each kind of a listing's changes waits by itself, and the words to be sent are kept as they were composed.

Columns are dropped and added in place, without the copy of a batch: SQLite would carry rows that point at the copied table
away with it.
"""

import sqlalchemy as sa
from alembic import op

revision = "002"
down_revision = "001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Waits are forgotten: they only say how soon the same question may be asked again. Every listing is composed anew."""
    op.create_table(
        "listing_wait",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refused_figure", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name="fk_listing_wait_listing_id_listing", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("listing_id", "kind", name="pk_listing_wait"),
    )
    op.add_column("listing", sa.Column("intended_content", sa.String(), nullable=True))
    op.execute("UPDATE listing SET intended_revision = 0")
    op.drop_column("listing", "attempts")
    op.drop_column("listing", "next_try_at")


def downgrade() -> None:
    """Waits are forgotten: everything that differs is due."""
    op.add_column("listing", sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("listing", sa.Column("attempts", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.drop_column("listing", "intended_content")
    op.drop_table("listing_wait")
