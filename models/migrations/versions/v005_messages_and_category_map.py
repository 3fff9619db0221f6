"""Messages that marketplaces push, and the office's map of categories and attributes."""

import sqlalchemy as sa
from alembic import op

revision = "005"
down_revision = "004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("order_external_id", sa.String(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name="fk_message_shop_id_shop", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("shop_id", "digest", name="uq_message_shop_id_digest"),
    )
    op.create_index("ix_message_shop_id_handled_at", "message", ["shop_id", "handled_at"])
    op.create_table(
        "category_choice",
        sa.Column("marketplace", sa.String(), nullable=False),
        sa.Column("sub_group", sa.String(), nullable=False),
        sa.Column("category_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("marketplace", "sub_group", name="pk_category_choice"),
    )
    op.create_table(
        "attribute_answer",
        sa.Column("marketplace", sa.String(), nullable=False),
        sa.Column("sub_group", sa.String(), nullable=False),
        sa.Column("attribute", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("marketplace", "sub_group", "attribute", name="pk_attribute_answer"),
    )


def downgrade() -> None:
    op.drop_table("attribute_answer")
    op.drop_table("category_choice")
    op.drop_index("ix_message_shop_id_handled_at", table_name="message")
    op.drop_table("message")
