"""Sums of what was sold and of orders; order money by the days of delivery and payout too; when an order was delivered.

Sums are made again from the orders by the next refresh, so the old ones are dropped and not moved.
"""

import sqlalchemy as sa
from alembic import op

revision = "009"
down_revision = "010"
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
    "other_tax_vnd",
    "refund_vnd",
    "adjustment_vnd",
)
OLD = ("money_day", "money_month", "unclassed_day")
NEW = ("amount_day", "sale_day", "sale_month", "basket_day", "basket_month", "order_day", "odd_order")
DAYS, MONTHS = ("day", "delivered_day", "paid_day"), ("month", "delivered_month", "paid_month")
GOODS = ("lines", "orders", "units", "revenue_vnd")


def upgrade() -> None:
    for table in OLD:
        op.drop_table(table)
    for table, (first, *others) in (("money_day", DAYS), ("money_month", MONTHS)):
        _sums(table, (first, "shop_id", "sku", "stage", *others), FIGURES)
    _sums("unclassed_day", ("day", "shop_id", "sku", "stage", *DAYS[1:], "code"), ("amount_vnd",))
    _sums("amount_day", ("day", "shop_id", "stage", "code"), ("plus_vnd", "minus_vnd"))
    _sums("sale_day", ("day", "shop_id", "sku"), GOODS)
    _sums("sale_month", ("month", "shop_id", "sku"), GOODS)
    _sums("basket_day", ("day", "shop_id", "skus"), ("orders",))
    _sums("basket_month", ("month", "shop_id", "skus"), ("orders",))
    _sums("order_day", ("day", "shop_id"), ("orders", "sold", "unsettled"))
    _sums("odd_order", ("day", "shop_id", "external_id", "kind"), ("amount_vnd", "against_vnd"))
    op.execute("DELETE FROM rollup_state")
    op.add_column("sales_order", sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_sales_order_month_shop", "sales_order")
    op.create_index("ix_sales_order_shop_id_placed_at", "sales_order", ["shop_id", "placed_at"])


def downgrade() -> None:
    op.drop_index("ix_sales_order_shop_id_placed_at", "sales_order")
    op.create_index("ix_sales_order_month_shop", "sales_order", ["placed_month", "shop_id"])
    with op.batch_alter_table("sales_order") as batch:
        batch.drop_column("delivered_at")
    op.execute("DELETE FROM rollup_state")
    for table in (*NEW, *OLD):
        op.drop_table(table)
    for table, time in (("money_day", "day"), ("money_month", "month")):
        _sums(table, (time, "shop_id", "sku", "stage"), FIGURES, with_rowid=True)
    _sums("unclassed_day", ("day", "shop_id", "sku", "stage", "code"), ("amount_vnd",), with_rowid=True)


def _sums(table: str, key: tuple[str, ...], figures: tuple[str, ...], *, with_rowid: bool = False) -> None:
    """Days, months and shops are numbers, the rest of a key is text."""
    numbers = {*DAYS, *MONTHS, "shop_id"}
    kinds: dict[bool, sa.Integer | sa.String] = {True: sa.Integer(), False: sa.String()}
    op.create_table(
        table,
        *(sa.Column(name, kinds[name in numbers], nullable=False, autoincrement=False) for name in key),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in figures),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=f"fk_{table}_shop_id_shop", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(*key, name=f"pk_{table}"),
        sqlite_with_rowid=with_rowid,
    )
