"""A listing of ours to a product of theirs. One variant of ours is one product with one SKU."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.listing import Listing
from catalog.product import PackSize
from catalog.text import code_points
from connectors.errors import RejectedError
from connectors.paragraphs import to_html
from connectors.tiktok_shop.attributes import answer
from connectors.tiktok_shop.payloads.products import (
    Content,
    Dimensions,
    FullEdit,
    IdentifierCode,
    KeptSku,
    NewProduct,
    NewSku,
    PartialEdit,
    Price,
    Stock,
    Uri,
    Weight,
)
from connectors.tiktok_shop.payloads.reference import Required
from connectors.tiktok_shop.reference import Shelf

TITLE_LEAST = 25  # code points (3.5); names of the programme's products are often shorter
MM_PER_CM = 10
GRAMS_PER_KG = 1000


@dataclass(frozen=True)
class Placement:
    """What a product needs besides the listing: its shelf, its brand, its uploaded pictures."""

    shelf: Shelf
    brand_id: str | None
    picture_uris: Sequence[str]


def to_new_product(listing: Listing, placement: Placement, warehouse_id: str) -> NewProduct:
    """Each call is one create of its own: the key it carries makes a repeat of the same request harmless."""
    sku = NewSku(
        seller_sku=listing.sku,
        price=to_price(listing.price_vnd),
        inventory=[Stock(warehouse_id=warehouse_id, quantity=listing.stock)],
        identifier_code=_identifier(listing),
    )
    return NewProduct(
        **_content(listing, placement),
        category_id=placement.shelf.category_id,
        skus=[sku],
        idempotency_key=str(uuid.uuid4()),
    )


def to_partial_edit(listing: Listing, placement: Placement) -> PartialEdit:
    return PartialEdit(**_content(listing, placement))


def to_full_edit(sku_id: str, listing: Listing, placement: Placement) -> FullEdit:
    """Price and stock have calls of their own and survive being left out."""
    sku = KeptSku(id=sku_id, seller_sku=listing.sku, identifier_code=_identifier(listing))
    return FullEdit(**_content(listing, placement), category_id=placement.shelf.category_id, skus=[sku])


def to_price(price_vnd: int) -> Price:
    return Price(amount=str(price_vnd))


def to_title(listing: Listing) -> str:
    """The owner's words; one that is too short for TikTok Shop is followed by the maker and the country, as far as needed."""
    title = listing.title
    for part in (listing.brand, listing.origin):
        if code_points(title) < TITLE_LEAST and part is not None and part not in title:
            title = f"{title} - {part}"
    return title


def _content(listing: Listing, placement: Placement) -> dict[str, object]:
    rules = placement.shelf.rules
    _check_expressible(listing, placement.shelf)
    content = Content(
        title=to_title(listing),
        description=to_html(listing.description),
        main_images=[Uri(uri=uri) for uri in placement.picture_uris],
        brand_id=placement.brand_id,
        product_attributes=answer(placement.shelf.attributes, listing),
        package_weight=Weight(value=_kilograms(listing.shipping_weight_g)),
        package_dimensions=_dimensions(listing.shipping_size),
        is_cod_allowed=rules.cod.is_supported if rules.cod else None,
    )
    return dict(content)


def _check_expressible(listing: Listing, shelf: Shelf) -> None:
    """Raises RejectedError before any request for what the category demands and a listing has no way to give."""
    if papers := [one.name for one in shelf.rules.product_certifications if one.is_required]:
        raise RejectedError(
            f"ngành hàng này của TikTok Shop đòi giấy tờ đính kèm: {', '.join(papers)}; hãy đăng trong trang người bán",
            marketplace="tiktok_shop",
            code="certifications",
        )
    if _is_required(shelf.rules.size_chart):
        raise RejectedError(
            "ngành hàng này của TikTok Shop đòi bảng cỡ; hãy đăng trong trang người bán",
            marketplace="tiktok_shop",
            code="size_chart",
        )
    if _is_required(shelf.rules.package_dimension) and listing.shipping_size is None:
        raise RejectedError(
            "ngành hàng này của TikTok Shop đòi kích thước kiện hàng; hãy điền vào sổ đăng ký",
            marketplace="tiktok_shop",
            code="package_dimensions",
        )


def _is_required(rule: Required | None) -> bool:
    return rule is not None and rule.is_required


def _identifier(listing: Listing) -> IdentifierCode | None:
    return None if listing.gtin is None else IdentifierCode(code=listing.gtin, type="EAN")


def _kilograms(weight_g: int) -> str:
    return f"{Decimal(weight_g) / GRAMS_PER_KG:f}"


def _dimensions(size: PackSize | None) -> Dimensions | None:
    """Whole centimetres, rounded up: a box is never smaller than it is."""
    if size is None:
        return None
    length, width, height = (str(-(-mm // MM_PER_CM)) for mm in (size.length_mm, size.width_mm, size.height_mm))
    return Dimensions(length=length, width=width, height=height)
