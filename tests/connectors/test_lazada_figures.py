"""Prices, stock and switches in batches; each refusal to its own row (reference, sections 2.1 and 3.7-3.9)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from connectors.facts.listing import PriceChange, StockChange
from tests.connectors.lazada_desk import Asked, Desk, ok, open_desk, payload, ref, refusal


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


def test_prices_of_fifty_products_are_one_call(desk: Desk) -> None:
    """The documented batch, with capitals and texts."""
    desk.say("/product/price_quantity/update", ok({}))
    rows = desk.connector().set_prices([PriceChange(ref=ref(n), price_vnd=100_000 + n) for n in range(1, 51)])
    assert [row.ok for row in rows] == [True] * 50
    (asked,) = desk.asked["/product/price_quantity/update"]
    sent = payload(asked)["Request"]["Product"]["Skus"]["Sku"]
    assert len(sent) == 50
    assert sent[0] == {"ItemId": "2100000001", "SkuId": "11000000001", "Price": "100001"}


def test_stock_is_what_may_still_be_sold(desk: Desk) -> None:
    """The sellable figure, as the XML its documents show: a total of 0 would be refused while orders hold pieces."""
    desk.say("/product/stock/sellable/update", ok({}))
    desk.connector().set_stocks([StockChange(ref=ref(1), stock=0), StockChange(ref=ref(2), stock=35)])
    (asked,) = desk.asked["/product/stock/sellable/update"]
    assert asked["payload"] == (
        "<Request><Product><Skus>"
        "<Sku><ItemId>2100000001</ItemId><SkuId>11000000001</SkuId><SellableQuantity>0</SellableQuantity></Sku>"
        "<Sku><ItemId>2100000002</ItemId><SkuId>11000000002</SkuId><SellableQuantity>35</SellableQuantity></Sku>"
        "</Skus></Product></Request>"
    )


@pytest.mark.parametrize("named", [{"seller_sku": "OCOP-02"}, {"sku": "OCOP-02"}, {"sku": "11000000002"}])
def test_a_partial_failure_reaches_its_row(desk: Desk, named: dict[str, str]) -> None:
    """By our SKU or Lazada's id; the other rows are sent once more, for nobody says whether they were applied."""
    detail = [{**named, "code": "4118", "message": "price must be positive"}]
    desk.say("/product/price_quantity/update", refusal("501", "E0501: Update product failed", detail), ok({}))
    rows = desk.connector().set_prices([PriceChange(ref=ref(n), price_vnd=n) for n in (1, 2, 3)])
    assert [(row.sku, row.ok) for row in rows] == [("OCOP-01", True), ("OCOP-02", False), ("OCOP-03", True)]
    assert rows[1].code == "4118"
    assert rows[1].reason == "price must be positive. Sửa giá bán: số nguyên đồng, lớn hơn 0."
    again = payload(desk.asked["/product/price_quantity/update"][1])["Request"]["Product"]["Skus"]["Sku"]
    assert [row["SkuId"] for row in again] == ["11000000001", "11000000003"]


def _refuses(bad: str, answer: dict[str, Any]) -> Any:
    """Refuses whatever carries this SKU, naming nobody."""
    return lambda asked: answer if bad in asked["payload"] else ok({})


def test_a_refusal_that_names_nobody_is_halved(desk: Desk) -> None:
    """Down to the row that was meant; the rest are taken."""
    desk.say("/product/price_quantity/update", _refuses("11000000003", refusal("4104", "price")))
    rows = desk.connector().set_prices([PriceChange(ref=ref(n), price_vnd=n) for n in range(1, 9)])
    assert [row.sku for row in rows if not row.ok] == ["OCOP-03"]
    assert len(desk.asked["/product/price_quantity/update"]) == 7


def test_too_many_rows_are_sent_in_smaller_calls(desk: Desk) -> None:
    """513 asks for fewer: fifty are halved until they are taken."""

    def answer(asked: Asked) -> dict[str, Any]:
        rows = payload(asked)["Request"]["Product"]["Skus"]["Sku"]
        return refusal("513") if len(rows) > 25 else ok({})

    desk.say("/product/price_quantity/update", answer)
    rows = desk.connector().set_prices([PriceChange(ref=ref(n), price_vnd=n) for n in range(1, 51)])
    assert [row.ok for row in rows] == [True] * 50


def test_a_listing_without_lazadas_id_is_refused_alone(desk: Desk) -> None:
    """Nothing of Lazada's takes our SKU any more; the others are sent."""
    desk.say("/product/price_quantity/update", ok({}))
    lost = ref(1).model_copy(update={"variant_id": None})
    rows = desk.connector().set_prices([PriceChange(ref=lost, price_vnd=1), PriceChange(ref=ref(2), price_vnd=2)])
    assert [(row.ok, row.code) for row in rows] == [(False, "SkuId"), (True, "")]


def test_taking_off_what_is_off_already_is_fine(desk: Desk) -> None:
    """E0004 is success; our own SKU is named, not the whole product; another refusal stays one."""
    desk.say("/product/deactivate", ok({}), refusal("E0004", "already offline"), refusal("E0002", "no such item"))
    rows = desk.connector().withdraw([ref(1), ref(2), ref(3)])
    assert [(row.ok, row.code) for row in rows] == [(True, ""), (True, ""), (False, "E0002")]
    (sent, *_) = [json.loads(asked["apiRequestBody"]) for asked in desk.asked["/product/deactivate"]]
    assert sent == {"Request": {"Product": {"ItemId": 2100000001, "Skus": {"SkuId": [11000000001]}}}}


def test_putting_back_on_sale_sends_the_switch_alone(desk: Desk) -> None:
    """An empty Attributes node stays."""
    desk.say("/product/update", ok({}))
    assert [row.ok for row in desk.connector().restore([ref()])] == [True]
    assert payload(desk.asked["/product/update"][0])["Request"]["Product"] == {
        "ItemId": "2100000001",
        "Attributes": {},
        "Skus": {"Sku": [{"SkuId": "11000000001", "Status": "active"}]},
    }


def test_a_token_echoed_in_a_detail_is_hidden(desk: Desk) -> None:
    """A row's words reach the owner's page as they are, less what is secret."""
    detail = [{"sku": "OCOP-01", "message": "bad token 50000001abcTOKEN"}]
    desk.say("/product/price_quantity/update", refusal("501", "no", detail))
    (row,) = desk.connector().set_prices([PriceChange(ref=ref(1), price_vnd=1)])
    assert (row.ok, row.reason) == (False, "bad token ***")
