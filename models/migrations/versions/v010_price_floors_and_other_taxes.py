"""Prices that a push never goes under, and a class of its own for taxes that are neither VAT nor personal income tax.

Sums of order money are forgotten here and made again from the orders by the next refresh.
"""

import sqlalchemy as sa
from alembic import op

revision = "010"
down_revision = "008"
branch_labels = None
depends_on = None

SUMS = ("money_day", "money_month")


def upgrade() -> None:
    _forget_sums()
    for table in SUMS:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("other_tax_vnd", sa.BigInteger(), nullable=False))
    op.create_table(
        "price_floor",
        sa.Column("variant_id", sa.Integer(), nullable=False),
        sa.Column("marketplace", sa.String(), nullable=False),
        sa.Column("floor_vnd", sa.BigInteger(), nullable=False),
        sa.Column("cost_vnd", sa.BigInteger(), nullable=True),
        sa.Column("packaging_vnd", sa.BigInteger(), nullable=True),
        sa.Column("seller", sa.String(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name="fk_price_floor_variant_id_variant", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("variant_id", "marketplace", name="pk_price_floor"),
    )


def downgrade() -> None:
    op.drop_table("price_floor")
    _forget_sums()
    for table in SUMS:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("other_tax_vnd")


def _forget_sums() -> None:
    for table in (*SUMS, "unclassed_day", "rollup_state"):
        op.execute(sa.table(table).delete())
