"""Our listings as Tiki's payloads, and back."""

import json
from typing import Any

import pytest

from catalog.listing import Listing
from catalog.product import PackSize
from connectors.errors import RejectedError
from connectors.facts.listing import ListingRef, ListingState, PriceChange, StockChange
from connectors.names import name_key
from connectors.tiki import attributes, mapper
from connectors.tiki.categories import NAMES, category_for
from connectors.tiki.payloads.reading import Product
from connectors.tiki.payloads.reference import Attribute


def honey(**changes: Any) -> Listing:
    facts: dict[str, Any] = {
        "sku": "TN-MAT-0003-500",
        "title": "Mật ong Phúc Thành 500 g",
        "description": "Mật hoa nhãn & vải.\n\nKhông <pha> đường.",
        "sub_group": "food/honey_other",
        "price_vnd": 180_000,
        "stock": 12,
        "images": ("https://img.example/1.jpg", "https://img.example/2.jpg"),
        "brand": "HTX nuôi ong Phúc Thành",
        "net_weight_g": 500,
        "shipping_weight_g": 850,
        "shipping_size": PackSize(length_mm=125, width_mm=80, height_mm=80),
    }
    return Listing(**(facts | changes))


def attribute(code: str, input_type: str = "text", *, required: bool = False, default: str | None = None) -> Attribute:
    return Attribute(
        id=1, code=code, display_name=code.title(), input_type=input_type, is_required=required, default_value=default
    )


def test_a_create_is_written_as_documented() -> None:
    """Stock in camelCase, lists never null, ids as text where Tiki wants text, switched on by approval."""
    sent = mapper.to_new_product(
        honey(gtin="8938500000014"),
        category_id=44107,
        attributes={"bulky": 0},
        inventory_type="dropship",
        warehouse_id=387001,
    )
    assert json.loads(sent.to_json()) == {
        "category_id": 44107,
        "name": "Mật ong Phúc Thành 500 g",
        "description": "<p>Mật hoa nhãn &amp; vải.</p><p>Không &lt;pha&gt; đường.</p>",
        "market_price": 180_000,
        "attributes": {"bulky": 0},
        "image": "https://img.example/1.jpg",
        "images": ["https://img.example/2.jpg"],
        "option_attributes": [],
        "variants": [
            {
                "sku": "TN-MAT-0003-500",
                "min_code": 8938500000014,
                "price": 180_000,
                "market_price": 180_000,
                "inventory_type": "dropship",
                "seller_warehouse": "387001",
                "warehouse_stocks": [{"warehouseId": 387001, "qtyAvailable": 12}],
                "image": "https://img.example/1.jpg",
            }
        ],
        "meta_data": {"is_auto_turn_on": True},
    }


def test_a_sku_without_barcode_has_one_number_for_ever() -> None:
    """The same on every try, so a create sent twice is a double to Tiki; 17 digits, as sellers draw them."""
    code = mapper.min_code(honey())
    assert code == mapper.min_code(honey(price_vnd=1, title="khác"))
    assert code != mapper.min_code(honey(sku="TN-MAT-0003-250"))
    assert len(str(code)) == 17


@pytest.mark.parametrize("images", [(), ("anh/1.jpg",), ("https://img.example/1.jpg", "C:/anh/2.jpg")])
def test_pictures_must_be_public(images: tuple[str, ...]) -> None:
    """Tiki fetches pictures itself and refuses late; a path or nothing is refused at once."""
    with pytest.raises(RejectedError, match="public web address"):
        mapper.to_product_info("279000123", honey(images=images), {})


def test_updates_send_only_what_changes() -> None:
    """Stock in snake_case; the offer's id when we know it, else our SKU; off is 2."""
    ref = ListingRef(sku="A-1", external_id="279000121", variant_id="279000123")
    price = mapper.to_price(PriceChange(ref=ref, price_vnd=229_000))
    stock = mapper.to_stock(StockChange(ref=ref, stock=0), 387001)
    switch = mapper.to_switch(ListingRef(sku="A-1", external_id="279000121"), mapper.OFF)
    assert json.loads(price.to_json()) == {"product_id": 279000123, "price": 229_000}
    assert json.loads(stock.to_json()) == {
        "product_id": 279000123,
        "seller_warehouse": "387001",
        "warehouse_quantities": [{"warehouse_id": 387001, "qty_available": 0}],
    }
    assert json.loads(switch.to_json()) == {"original_sku": "A-1", "status": 2}


@pytest.mark.parametrize(
    ("active", "hidden", "state"),
    [(1, False, ListingState.LIVE), (0, False, ListingState.HIDDEN), (1, True, ListingState.HIDDEN)],
)
def test_a_product_is_reported_with_its_page(active: int, hidden: bool, state: ListingState) -> None:
    """Sellable stock over all warehouses, decimals that are whole, and the public page of our own offer."""
    stocks = [{"warehouse_id": 1, "quantity_sellable": 38}, {"warehouse_id": 2, "quantity_sellable": 2}]
    body = {
        "id": 279000123,  # as the v2.1 detail names it
        "original_sku": "A-1",
        "name": "Chè",
        "master_id": 279000121,
        "active": active,
        "is_hidden": hidden,
        "entity_type": "seller_simple",
        "price": 409000.00,
        "inventory": {"warehouse_stocks": stocks},
    }
    seen = mapper.to_reported(Product.model_validate(body), "https://tiki.vn/")
    assert (seen.external_id, seen.variant_id, seen.state) == ("279000121", "279000123", state)
    assert (seen.price_vnd, seen.stock) == (409_000, 40)
    assert seen.url == "https://tiki.vn/product-p279000121.html?spid=279000123"


def test_attributes_are_filled_from_facts() -> None:
    """Kilograms and centimetres as exact texts, chosen values in Tiki's spelling, an unknown optional one left out."""
    asked = [
        attribute("origin", "select", required=True),
        attribute("brand_country", "multiselect"),
        attribute("product_weight_kg", required=True),
        attribute("product_length"),
        attribute("vat", required=True, default="8"),
        attribute("dimensions"),
    ]
    facts = attributes.known_facts(honey(), "OEM")
    assert attributes.fill(asked, facts, lambda _, wanted: wanted.upper()) == {
        "bulky": 0,
        "require_expiry_date": 1,
        "is_warranty_applied": 0,
        "origin": "VIỆT NAM",
        "brand_country": ["VIỆT NAM"],
        "product_weight_kg": "0.85",
        "product_length": "12.5",
        "vat": "8",
    }


def test_what_cannot_be_filled_is_named_before_sending() -> None:
    """Every mandatory attribute that stays empty, all at once: unknown here, or not among Tiki's values."""
    asked = [attribute("origin", "select", required=True), attribute("volume", required=True), attribute("brand")]
    with pytest.raises(RejectedError, match=r"origin \(Origin\), volume \(Volume\)"):
        attributes.fill(asked, attributes.known_facts(honey(), "OEM"), lambda *_: None)


def test_a_basket_has_no_expiry_and_may_have_no_brand() -> None:
    """Only what is eaten, drunk or rubbed in expires; a listing without a brand has the word for that."""
    facts = attributes.known_facts(honey(sub_group="handicraft/household_decor", brand=None), "OEM")
    assert (facts["require_expiry_date"], facts["brand"]) == (0, "OEM")


def test_a_category_is_found_by_its_first_words() -> None:
    """Whole names before longer ones; tones, case and commas do not matter; a name that two share is passed over."""
    tree = {name_key("Gia vị khô"): [3], name_key("TRÀ KHÔ"): [1], name_key("Trà khô ướp hoa"): [2]}
    assert category_for("food/tea", tree) == 1
    assert category_for("food/seasoning", tree) == 3
    assert category_for("food/seasoning", {"gia vi kho": [3], "gia vi nem": [4]}) is None
    assert category_for("food/coffee_cocoa", tree) is None
    assert "rural_tourism" not in NAMES
