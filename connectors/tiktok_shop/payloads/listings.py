"""Products, read back (Partner reference 3.7)."""

from connectors.endpoint import Answer, Payload, Rows
from connectors.tiktok_shop.payloads.kinds import Dong, Paged, Seconds
from connectors.tiktok_shop.payloads.reference import LOCALE


class ProductSearch(Payload):
    """Filters, in the body; the page is in the address."""

    status: str = "ALL"
    seller_skus: list[str] | None = None  # at most 10
    update_time_ge: Seconds | None = None
    update_time_le: Seconds | None = None


class SkuPrice(Answer):
    ignores = frozenset({"currency", "sale_price", "starting_bid_price"})

    tax_exclusive_price: Dong | None = None  # of a local seller: the price shown, whatever its name says


class SkuStock(Answer):
    ignores = frozenset({"warehouse_id", "backorder_quantity", "handling_time"})

    quantity: int


class Sku(Answer):
    ignores = frozenset({
        "status_info", "list_price", "external_list_prices", "pre_sale", "fees", "sales_attributes", "identifier_code",
        "external_sku_id", "combined_skus", "external_urls", "extra_identifier_codes", "global_listing_policy",
        "sku_dimensions", "sku_unit_count", "sku_weight", "purchase_order_quantity_limit",
    })  # fmt: skip

    id: str
    seller_sku: str = ""
    price: SkuPrice | None = None
    inventory: list[SkuStock] | None = None


class Audit(Answer):
    ignores = frozenset({"pre_approved_reasons", "not_submitted_reasons"})

    status: str  # NONE, AUDITING, FAILED, PRE_APPROVED, APPROVED


class Product(Answer):
    ignores = frozenset({
        "create_time", "update_time", "sales_regions", "has_draft", "is_not_for_sale", "product_sync_fail_reasons",
        "recommended_categories", "listing_quality_tier", "integrated_platform_statuses", "product_families",
        "scheduled_sale", "product_tags", "selling_format",
    })  # fmt: skip

    id: str
    title: str = ""
    status: str
    audit: Audit | None = None
    skus: Rows[Sku]


class ProductPage(Paged):
    ignores = frozenset({"total_count"})

    products: Rows[Product]


class DetailQuery(Payload):
    locale: str = LOCALE
    return_under_review_version: bool | None = None


class FailedReason(Answer):
    ignores = frozenset({"listing_platform"})

    position: str = ""
    reasons: Rows[str]
    suggestions: Rows[str]


class ChainLink(Answer):
    ignores = frozenset({"parent_id", "local_name"})

    id: str
    is_leaf: bool


class ProductDetail(Answer):
    """The whole product, of which the search has no reasons and no category."""

    ignores = frozenset({
        "title", "description", "product_status", "audit", "brand", "main_images", "product_attributes", "certifications",
        "package_weight", "package_dimensions", "is_cod_allowed", "external_product_id", "recommended_categories",
        "create_time", "update_time", "delivery_options", "global_product_association", "has_draft",
        "integrated_platform_statuses", "is_not_for_sale", "is_pre_owned", "is_replicated", "key_product_features",
        "listing_quality_tier", "manufacturer_ids", "minimum_order_quantity", "pod_info", "prescription_requirement",
        "primary_combined_product_id", "product_families", "product_tags", "product_types", "responsible_person_ids",
        "scheduled_sale", "search_terms", "shipping_insurance_requirement", "shipping_template_id", "size_chart", "skus",
        "subscribe_info", "video", "selling_format", "is_blind_box",
    })  # fmt: skip

    id: str
    status: str
    audit_failed_reasons: Rows[FailedReason]
    category_chains: Rows[ChainLink]
