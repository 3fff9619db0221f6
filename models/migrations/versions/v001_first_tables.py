"""Every table of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("error_code", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_job_run"),
        sa.UniqueConstraint("job", "lane", "slot", name="uq_job_run_job_lane_slot"),
    )
    op.create_index("ix_job_run_state_slot", "job_run", ["state", "slot"])
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )
    op.create_table(
        "problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("shop", sa.String(), nullable=True),
        sa.Column("sku", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_problem"),
        sa.UniqueConstraint("key", name="uq_problem_key"),
    )
    op.create_table(
        "producer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("commune", sa.String(), nullable=True),
        sa.Column("old_place", sa.String(), nullable=True),
        sa.Column("tax_code", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_producer"),
        sa.UniqueConstraint("code", name="uq_producer_code"),
    )
    op.create_index("ix_producer_search_key", "producer", ["search_key"])
    op.create_table(
        "shop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("marketplace", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("authorised_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clock_skew_s", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_shop"),
        sa.UniqueConstraint("marketplace", "external_id", name="uq_shop_marketplace_external_id"),
        sa.UniqueConstraint("name", name="uq_shop_name"),
    )
    op.create_table(
        "site_state",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("refusals_in_row", sa.Integer(), nullable=False),
        sa.Column("refused_days", sa.String(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("site", name="pk_site_state"),
    )
    op.create_table(
        "credential",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name="fk_credential_shop_id_shop", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_credential"),
        sa.UniqueConstraint("shop_id", "field", name="uq_credential_shop_id_field"),
    )
    op.create_table(
        "cursor",
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("position", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name="fk_cursor_shop_id_shop"),
        sa.PrimaryKeyConstraint("shop_id", "stream", name="pk_cursor"),
    )
    op.create_table(
        "data_key",
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("master_key_id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name="fk_data_key_shop_id_shop", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("shop_id", name="pk_data_key"),
    )
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("sub_group", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("alcohol_percent", sa.Numeric(precision=4, scale=2), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"], name="fk_product_producer_id_producer"),
        sa.PrimaryKeyConstraint("id", name="pk_product"),
        sa.UniqueConstraint("code", name="uq_product_code"),
    )
    op.create_index("ix_product_producer_id", "product", ["producer_id"])
    op.create_index("ix_product_search_key", "product", ["search_key"])
    op.create_index("ix_product_sub_group", "product", ["sub_group"])
    op.create_table(
        "reference_answer",
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name="fk_reference_answer_shop_id_shop", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("shop_id", "key", name="pk_reference_answer"),
    )
    op.create_table(
        "sales_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("raw_state", sa.String(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payout_vnd", sa.BigInteger(), nullable=True),
        sa.Column("placed_month", sa.Integer(), nullable=False),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("raw", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name="fk_sales_order_shop_id_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_sales_order"),
        sa.UniqueConstraint("shop_id", "external_id", name="uq_sales_order_shop_id_external_id"),
    )
    op.create_index("ix_sales_order_month_shop", "sales_order", ["placed_month", "shop_id"])
    op.create_table(
        "shop_producer",
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["producer_id"], ["producer.id"], name="fk_shop_producer_producer_id_producer", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name="fk_shop_producer_shop_id_shop", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("shop_id", "producer_id", name="pk_shop_producer"),
    )
    op.create_table(
        "token_lease",
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refresh_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name="fk_token_lease_shop_id_shop", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("shop_id", name="pk_token_lease"),
    )
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("recognised_year", sa.Integer(), nullable=True),
        sa.Column("decision_no", sa.String(), nullable=True),
        sa.Column("decision_date", sa.Date(), nullable=True),
        sa.Column("issuing_body", sa.String(), nullable=True),
        sa.Column("certificate_no", sa.String(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("potential_five", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name="fk_certificate_product_id_product", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
    )
    op.create_index("ix_certificate_product_id", "certificate", ["product_id"])
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name="fk_document_product_id_product", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
    )
    op.create_index("ix_document_product_id", "document", ["product_id"])
    op.create_table(
        "money_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("line_external_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["sales_order.id"], name="fk_money_line_order_id_sales_order"),
        sa.PrimaryKeyConstraint("id", name="pk_money_line"),
        sa.UniqueConstraint(
            "order_id",
            "line_external_id",
            "code",
            "stage",
            "statement",
            name="uq_money_line_order_id_line_external_id_code_stage_statement",
        ),
    )
    op.create_table(
        "offline_sale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("product_key", sa.String(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"], name="fk_offline_sale_producer_id_producer"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_offline_sale_product_id_product"),
        sa.PrimaryKeyConstraint("id", name="pk_offline_sale"),
        sa.UniqueConstraint(
            "producer_id", "product_key", "month", "source", name="uq_offline_sale_producer_id_product_key_month_source"
        ),
    )
    op.create_table(
        "variant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("net_weight_g", sa.Integer(), nullable=True),
        sa.Column("net_volume_ml", sa.Integer(), nullable=True),
        sa.Column("gtin", sa.String(), nullable=True),
        sa.Column("price_vnd", sa.BigInteger(), nullable=True),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("stock_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("available", sa.Integer(), nullable=True),
        sa.Column("images", sa.String(), nullable=False),
        sa.Column("shipping_weight_g", sa.Integer(), nullable=True),
        sa.Column("shipping_length_mm", sa.Integer(), nullable=True),
        sa.Column("shipping_width_mm", sa.Integer(), nullable=True),
        sa.Column("shipping_height_mm", sa.Integer(), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_variant_product_id_product"),
        sa.PrimaryKeyConstraint("id", name="pk_variant"),
        sa.UniqueConstraint("sku", name="uq_variant_sku"),
    )
    op.create_index("ix_variant_product_id", "variant", ["product_id"])
    op.create_table(
        "listing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shop_id", sa.Integer(), nullable=False),
        sa.Column("variant_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("blockers", sa.String(), nullable=False),
        sa.Column("intended_hash", sa.String(), nullable=True),
        sa.Column("intended_price_vnd", sa.BigInteger(), nullable=True),
        sa.Column("intended_stock", sa.Integer(), nullable=True),
        sa.Column("intended_revision", sa.Integer(), nullable=False),
        sa.Column("intended_until", sa.Date(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("external_variant_id", sa.String(), nullable=True),
        sa.Column("tracking_id", sa.String(), nullable=True),
        sa.Column("sent_wanted", sa.Boolean(), nullable=False),
        sa.Column("sent_hash", sa.String(), nullable=True),
        sa.Column("sent_price_vnd", sa.BigInteger(), nullable=True),
        sa.Column("sent_stock", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_state", sa.String(), nullable=True),
        sa.Column("reported_raw_state", sa.String(), nullable=True),
        sa.Column("reported_price_vnd", sa.BigInteger(), nullable=True),
        sa.Column("reported_stock", sa.Integer(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("must_look_up", sa.Boolean(), nullable=False),
        sa.Column("refused_hash", sa.String(), nullable=True),
        sa.Column("last_code", sa.String(), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name="fk_listing_shop_id_shop"),
        sa.ForeignKeyConstraint(["variant_id"], ["variant.id"], name="fk_listing_variant_id_variant"),
        sa.PrimaryKeyConstraint("id", name="pk_listing"),
        sa.UniqueConstraint("shop_id", "variant_id", name="uq_listing_shop_id_variant_id"),
    )
    op.create_index("ix_listing_shop_external", "listing", ["shop_id", "external_id"])
    op.create_index("ix_listing_shop_id", "listing", ["shop_id"])
    op.create_index("ix_listing_variant_id", "listing", ["variant_id"])
    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("variant_id", sa.Integer(), nullable=True),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("item_external_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("cancelled_quantity", sa.Integer(), nullable=False),
        sa.Column("returned_quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price_vnd", sa.BigInteger(), nullable=False),
        sa.Column("list_price_vnd", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["sales_order.id"], name="fk_order_line_order_id_sales_order"),
        sa.ForeignKeyConstraint(["variant_id"], ["variant.id"], name="fk_order_line_variant_id_variant"),
        sa.PrimaryKeyConstraint("id", name="pk_order_line"),
        sa.UniqueConstraint("order_id", "external_id", name="uq_order_line_order_id_external_id"),
    )
    op.create_index("ix_order_line_variant_id", "order_line", ["variant_id"])
    op.create_table(
        "listing_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"], name="fk_listing_event_listing_id_listing"),
        sa.PrimaryKeyConstraint("id", name="pk_listing_event"),
    )
    op.create_index("ix_listing_event_listing_id", "listing_event", ["listing_id"])
    op.create_table(
        "push_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("payload_hash", sa.String(), nullable=False),
        sa.Column("price_vnd", sa.BigInteger(), nullable=True),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"], name="fk_push_attempt_listing_id_listing"),
        sa.PrimaryKeyConstraint("id", name="pk_push_attempt"),
    )
    op.create_index("ix_push_attempt_listing_id", "push_attempt", ["listing_id"])
    op.create_index("ix_push_attempt_state", "push_attempt", ["state"])
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("marketplace", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("images", sa.Integer(), nullable=True),
        sa.Column("variant", sa.String(), nullable=True),
        sa.Column("reply", sa.String(), nullable=True),
        sa.Column("author_hash", sa.String(), nullable=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"], name="fk_review_listing_id_listing"),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
        sa.UniqueConstraint("marketplace", "external_id", name="uq_review_marketplace_external_id"),
    )
    op.create_index("ix_review_listing_id", "review", ["listing_id"])
    op.create_table(
        "watched_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("source_class", sa.String(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("gone_since", sa.Date(), nullable=True),
        sa.Column("next_visit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_visit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("allowed_by", sa.String(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"], name="fk_watched_page_listing_id_listing"),
        sa.PrimaryKeyConstraint("id", name="pk_watched_page"),
        sa.UniqueConstraint("site", "url", name="uq_watched_page_site_url"),
    )
    op.create_index("ix_watched_page_listing_id", "watched_page", ["listing_id"])
    op.create_index("ix_watched_page_next_visit_at", "watched_page", ["next_visit_at"])
    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("external_key", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source_class", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("price_vnd", sa.BigInteger(), nullable=True),
        sa.Column("list_price_vnd", sa.BigInteger(), nullable=True),
        sa.Column("sold_raw", sa.String(), nullable=True),
        sa.Column("sold_lo", sa.Integer(), nullable=True),
        sa.Column("sold_hi", sa.Integer(), nullable=True),
        sa.Column("rating_average", sa.Double(), nullable=True),
        sa.Column("rating_count", sa.Integer(), nullable=True),
        sa.Column("stars", sa.String(), nullable=True),
        sa.Column("available", sa.Boolean(), nullable=True),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("flags", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["watched_page.id"], name="fk_observation_page_id_watched_page"),
        sa.ForeignKeyConstraint(["run_id"], ["job_run.id"], name="fk_observation_run_id_job_run"),
        sa.PrimaryKeyConstraint("id", name="pk_observation"),
        sa.UniqueConstraint("page_id", "run_id", "external_key", name="uq_observation_page_id_run_id_external_key"),
    )
    op.create_index("ix_observation_page_seen", "observation", ["page_id", "seen_at"])


def downgrade() -> None:
    op.drop_table("observation")
    op.drop_table("watched_page")
    op.drop_table("review")
    op.drop_table("push_attempt")
    op.drop_table("listing_event")
    op.drop_table("order_line")
    op.drop_table("listing")
    op.drop_table("variant")
    op.drop_table("offline_sale")
    op.drop_table("money_line")
    op.drop_table("document")
    op.drop_table("certificate")
    op.drop_table("token_lease")
    op.drop_table("shop_producer")
    op.drop_table("sales_order")
    op.drop_table("reference_answer")
    op.drop_table("product")
    op.drop_table("data_key")
    op.drop_table("cursor")
    op.drop_table("credential")
    op.drop_table("site_state")
    op.drop_table("shop")
    op.drop_table("producer")
    op.drop_table("problem")
    op.drop_table("lease")
    op.drop_table("job_run")
