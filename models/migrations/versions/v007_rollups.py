"""Daily and monthly sums of order money, and which hours of them are due."""

import sqlalchemy as sa
from alembic import op

revision = "007"
down_revision = "006"
branch_labels = None
depends_on = None

FIGURES = (
    "units",
    "gross_vnd",
    "seller_voucher_vnd",
    "platform_voucher_vnd",
    "shipping_vnd",
    "fee_vnd",
    "vat_withheld_vnd",
    "pit_withheld_vnd",
    "refund_vnd",
    "adjustment_vnd",
)


def upgrade() -> None:
    for table, time in (("money_day", "day"), ("money_month", "month")):
        op.create_table(
            table,
            sa.Column(time, sa.Integer(), nullable=False, autoincrement=False),
            *_of_a_sku(table),
            *(sa.Column(name, sa.BigInteger(), nullable=False) for name in FIGURES),
            sa.PrimaryKeyConstraint(time, "shop_id", "sku", "stage", name=f"pk_{table}"),
        )
    op.create_table(
        "unclassed_day",
        sa.Column("day", sa.Integer(), nullable=False, autoincrement=False),
        *_of_a_sku("unclassed_day"),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "shop_id", "sku", "stage", "code", name="pk_unclassed_day"),
    )
    op.create_table(
        "rollup_due",
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        _shop("rollup_due"),
        sa.PrimaryKeyConstraint("shop_id", "hour", name="pk_rollup_due"),
    )
    op.create_table(
        "rollup_state",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("codes_digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rollup_state"),
    )


def downgrade() -> None:
    for table in ("rollup_state", "rollup_due", "unclassed_day", "money_month", "money_day"):
        op.drop_table(table)


def _of_a_sku(table: str) -> tuple[sa.Column[int] | sa.Column[str] | sa.ForeignKeyConstraint, ...]:
    return (
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        _shop(table),
    )


def _shop(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=f"fk_{table}_shop_id_shop", ondelete="CASCADE")
