"""Shopee's signature, envelope, codes and mappings, from the reference's own examples. No network."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from requests import Request

from catalog.listing import Listing
from connectors.dialect import ExpiredTokenError
from connectors.errors import (
    LoginRequiredError,
    NotFoundError,
    QuotaExhaustedError,
    RejectedError,
    TransientError,
    UnexpectedAnswerError,
)
from connectors.facts.order import MoneyStage, OrderState
from connectors.limiter import NotAppliedError
from connectors.shopee.attributes import answer
from connectors.shopee.dialect import ShopeeDialect
from connectors.shopee.mapper.income import to_income, to_subtotals
from connectors.shopee.mapper.orders import to_order
from connectors.shopee.mapper.times import windows
from connectors.shopee.payloads.income import EscrowDetail
from connectors.shopee.payloads.orders import OrderDetail
from connectors.shopee.payloads.reference import Attribute
from connectors.shopee.signature import ShopeeSignature

K1 = "5465737453616e64626f784b65794f434f505f5468616950677579656e303031"
K2 = "shpk4f434f504f434f504f434f504f434f504f434f504f434f504f434f504f434f50"
TOKEN = "6f636f70746f6b656e30303031616263"
AT = datetime.fromtimestamp(1795392000, UTC)

VECTORS = [
    (K1, "auth/token/get", 0, "", "6b47690eafe2d41a76367d2725423bbe343ba51738ae7a5744ba44e85a8a7260"),
    (K1, "shop/auth_partner", 0, "", "0e56585fca7b1e67c5368fb77d584a8cfa2b3827ccd51d6e5cb99a03cb48dedc"),
    (K1, "product/get_item_list", 0, "770011223", "4fa74642dbea801ab05b7c901ff339567b5291fb7f1da392f56a1e9db6304359"),
    (K1, "product/add_item", 3600, "770011223", "6935dbe5165066a6fc0683d041144b52c0d80d392256c6257b1e75bbb91ef5c4"),
    (
        K1,
        "merchant/get_merchant_info",
        0,
        "1004455",
        "3b73ccdef6db50cafd0c8e8c6f2a8f38baaea4811acb46db85312f1724c765d6",
    ),
    (K2, "order/get_order_list", 0, "770011223", "361cd17f3d434c5b06bd3201b5e02db648cb9e4f76419b03d663948983906986"),
    (K1, "auth/access_token/get", 0, "", "04ac8645254642e2694db31477f11a4d4a4063627238996e41161da3a1873aa4"),
]


@pytest.mark.parametrize(("key", "path", "later_s", "subject", "expected"), VECTORS)
def test_signatures_are_the_documented_ones(key: str, path: str, later_s: int, subject: str, expected: str) -> None:
    """The seven vectors of the reference; the fourth is the same shop an hour later."""
    token = SecretStr(TOKEN) if subject else None
    signature = ShopeeSignature(2099123, SecretStr(key), AT + timedelta(seconds=later_s), token, subject)
    assert signature.query(f"/api/v2/{path}")["sign"] == expected


def test_a_proxy_prefix_is_not_signed_and_the_query_is_kept() -> None:
    """Only the path from /api/v2/ on counts; business parameters stay as they were."""
    signature = ShopeeSignature(2099123, SecretStr(K1), AT, SecretStr(TOKEN), "770011223")
    url = "http://127.0.0.1:9/prefix/api/v2/product/get_item_list"
    sent = Request("GET", url, params=[("offset", "0")], auth=signature).prepare().url
    assert str(sent).startswith(f"{url}?offset=0&partner_id=2099123&timestamp=1795392000&sign=4fa74642")


class Frozen:
    def now(self) -> datetime:
        return AT


DIALECT = ShopeeDialect(Frozen())

REFUSALS = [
    ("invalid_acceess_token", "Invalid access_token, please have a check.", ExpiredTokenError),
    ("error_auth", "Invalid access_token.", ExpiredTokenError),
    ("common.error_auth", "Invalid access_token.", ExpiredTokenError),
    ("error_auth", "No permission to current api", LoginRequiredError),
    ("error_auth", "Invalid refresh_token.", LoginRequiredError),
    ("error_auth", "System error", TransientError),
    ("error_shop_refresh_token", "", LoginRequiredError),
    ("error_sign", "Wrong sign.", LoginRequiredError),
    ("error_param", "Timestamp is expired.", NotAppliedError),
    ("product.error_param", "invalid weight", RejectedError),
    ("error.param", "", RejectedError),
    ("error_rate_limit", "too many requests", NotAppliedError),
    ("error_server", "", TransientError),
    ("product.item_not_exist", "", NotFoundError),
    ("error_update_price_fail", "try later", RejectedError),
    ("error_never_heard_of", "", UnexpectedAnswerError),
    ("error_auth", "something new", UnexpectedAnswerError),
]


@pytest.mark.parametrize(("code", "message", "error"), REFUSALS)
def test_every_code_says_what_to_do(code: str, message: str, error: type[Exception]) -> None:
    """One module prefix is stripped, both spellings are known, the raw code is kept; an unknown code is loud."""
    with pytest.raises(error) as refused:
        DIALECT.result(200, {"error": code, "message": message, "request_id": "r"})
    assert refused.type is error
    assert getattr(refused.value, "code", None) == code


def test_the_daily_quota_ends_at_their_midnight() -> None:
    """2026-11-23 08:00 UTC+8: sixteen hours until the quota starts again."""
    with pytest.raises(QuotaExhaustedError) as refused:
        DIALECT.result(429, {"error": "error_limit", "message": "quota", "request_id": "r"})
    midnight = datetime.fromtimestamp(1795392000 + (refused.value.retry_after_s or 0), UTC)
    assert (midnight.hour, midnight.minute, midnight.second) == (16, 0, 0)
    assert timedelta() < midnight - AT <= timedelta(days=1)


def test_the_envelope_in_its_shapes() -> None:
    """Flat answers, a blank that is not empty, paging fields beside `response`: all as the reference shows them."""
    assert DIALECT.result(200, {"error": "", "request_id": "r", "shop_name": "HTX"}) == {"shop_name": "HTX"}
    assert DIALECT.result(200, {"error": "-", "request_id": "r", "response": {"a": 1}}) == {"a": 1}
    beside = {"error": "", "request_id": "r", "next_offset": 5, "response": {"item": []}}
    assert DIALECT.result(200, beside) == {"next_offset": 5, "item": []}
    assert DIALECT.result(200, {"error": "", "request_id": "r", "response": [1]}) == [1]


@pytest.mark.parametrize("data", [None, [], {}, {"error": None}, "ok"])
def test_no_envelope_is_loud(data: Any) -> None:
    """JSON from somewhere else is not an empty success."""
    with pytest.raises(UnexpectedAnswerError):
        DIALECT.result(200, data)


INCOME = {
    "escrow_amount": 279900, "original_cost_of_goods_sold": 350000.0, "original_shopee_discount": 0, "voucher_from_seller": 10000,
    "buyer_paid_shipping_fee": 15000, "actual_shipping_fee": 32000, "shopee_shipping_rebate": 17000, "commission_fee": 24500,
    "service_fee": 10500, "seller_transaction_fee": 17000, "credit_card_transaction_fee": 17000, "final_shipping_fee": -15000,
    "seller_order_processing_fee": 3000, "withholding_vat_tax": 3400, "withholding_pit_tax": 1700, "seller_voucher_code": ["X"],
}  # fmt: skip


def income_of(**changes: Any) -> Any:
    detail = {"order_sn": "2611237QK4M0AB", "order_income": INCOME | changes}
    return to_income(EscrowDetail.model_validate(detail), None)


def test_the_documented_income_balances() -> None:
    """Every amount of the formula with its sign, nothing counted twice, an estimate until it is released."""
    income = income_of()
    lines = {line.code: line.amount_vnd for line in income.lines}
    assert lines == {
        "original_cost_of_goods_sold": 350000, "voucher_from_seller": -10000, "buyer_paid_shipping_fee": 15000,
        "actual_shipping_fee": -32000, "shopee_shipping_rebate": 17000, "commission_fee": -24500, "service_fee": -10500,
        "seller_transaction_fee": -17000, "seller_order_processing_fee": -3000, "withholding_vat_tax": -3400,
        "withholding_pit_tax": -1700,
    }  # fmt: skip
    assert sum(lines.values()) == income.payout_vnd == 279900
    assert {line.stage for line in income.lines} == {MoneyStage.PROCESSING}


def test_an_adjustment_after_the_fact_moves_the_payout() -> None:
    """Corrections come signed, on top of escrow_amount."""
    income = income_of(total_adjustment_amount=-5000)
    assert income.payout_vnd == 274900 == sum(line.amount_vnd for line in income.lines)


def test_a_new_fee_is_kept_with_the_sign_that_closes_the_sum(caplog: pytest.LogCaptureFixture) -> None:
    """Shopee adds amounts by announcement: it is warned of and not lost."""
    income = income_of(green_packaging_fee=900, escrow_amount=279000)
    assert [line.amount_vnd for line in income.lines if line.code == "green_packaging_fee"] == [-900]
    assert [record.__dict__["code"] for record in caplog.records] == ["green_packaging_fee"]


def test_a_fraction_of_a_dong_is_an_error() -> None:
    """VND has no decimals; rounding would hide a misreading."""
    with pytest.raises(UnexpectedAnswerError, match="fraction"):
        income_of(commission_fee=24500.5)


def order_row(**changes: Any) -> dict[str, Any]:
    item = {
        "item_id": 28500417733, "item_name": "Trà đinh", "item_sku": "OCOP-TN-0007", "model_id": 0, "model_name": "",
        "model_sku": "", "model_quantity_purchased": 2, "model_original_price": 185000, "model_discounted_price": 175000.0,
        "line_item_id": 91, "cancelled_qty": 0, "returned_qty": 0,
    }  # fmt: skip
    row = {
        "order_sn": "2611237QK4M0AB", "region": "VN", "currency": "VND", "cod": True, "order_status": "COMPLETED",
        "message_to_seller": "gọi 0912345678", "create_time": 1795100000, "update_time": 1795390000, "pay_time": 0,
        "days_to_ship": 2, "ship_by_date": 1795272800, "total_amount": 355000, "payment_method": "Cash on Delivery",
        "recipient_address": {"name": "Nguyễn Thị Hinh", "phone": "84912345678", "town": "", "district": "", "city": "",
                              "state": "Hà Nội", "region": "VN", "zipcode": "", "full_address": "Số 1"},
        "item_list": [item],
    }  # fmt: skip
    return row | changes


def order_of(row: dict[str, Any]) -> Any:
    return to_order(OrderDetail.model_validate(row), row)


def test_a_bundle_takes_its_money_from_the_income() -> None:
    """Three for 100,000: the order's own price is 0, the income's subtotal is exact, a piece is cut down."""
    row = order_row()
    row["item_list"][0] |= {"model_discounted_price": 0, "model_quantity_purchased": 3}
    items = [{"line_item_id": 91, "model_id": 0, "discounted_price": 100000.0}]
    income = EscrowDetail.model_validate({"order_sn": "2611237QK4M0AB", "order_income": {"items": items}})
    order = to_order(OrderDetail.model_validate(row), row, to_subtotals(income))
    assert (order.lines[0].unit_price_vnd, order.money[0].amount_vnd) == (33333, 100000)


def test_an_order_keeps_its_goods_and_forgets_its_buyer() -> None:
    """The province stays, the person goes; no payment time is None, not 1970."""
    order = order_of(order_row())
    line = order.lines[0]
    assert (line.sku, line.quantity, line.unit_price_vnd, line.list_price_vnd) == ("OCOP-TN-0007", 2, 175000, 185000)
    assert (order.province, order.paid_at, order.state) == ("Hà Nội", None, OrderState.COMPLETED)
    assert [(one.code, one.amount_vnd, one.line_external_id) for one in order.money] == [
        ("model_discounted_price", 350000, "91")
    ]
    assert [word for word in ("Hinh", "0912345678", "84912345678", "Số 1") if word in str(order)] == []


def test_a_masked_province_is_unknown() -> None:
    """Stars are not a place."""
    assert order_of(order_row(recipient_address={"state": "H*****i"})).province is None


def test_an_unknown_order_status_is_loud() -> None:
    """There is no default state."""
    with pytest.raises(UnexpectedAnswerError):
        order_of(order_row(order_status="ON_THE_MOON"))


def test_windows_cover_everything_and_are_never_too_long() -> None:
    """Neighbours touch, the last one ends where it should."""
    cut = list(windows(AT, AT + timedelta(days=31)))
    assert [end - start for start, end in cut] == [timedelta(days=15), timedelta(days=15), timedelta(days=1)]
    assert [start for start, _ in cut[1:]] == [end for _, end in cut[:-1]]


def attribute(name: str, **info: Any) -> Attribute:
    row = {"attribute_id": 9, "name": name, "mandatory": True, "attribute_value_list": [], "multi_lang": []}
    row |= {"attribute_info": {"input_type": 3, "format_type": 1} | info.pop("info", {})} | info
    return Attribute.model_validate(row)


TEA = Listing(
    sku="OCOP-TN-0007", title="Trà", description="Trà", sub_group="food/tea", price_vnd=1, stock=1, net_weight_g=200, shipping_weight_g=350
)  # fmt: skip


def test_mandatory_attributes_are_answered_from_the_register() -> None:
    """A listed value by its id, in whichever language it is written; our own text where that is allowed."""
    listed = [{"value_id": 556, "name": "Vietnam", "multi_lang": [{"language": "vi", "value": "Việt Nam"}]}]
    origin = attribute("Country of Origin", attribute_value_list=listed, info={"input_type": 1})
    weight = attribute("Net Weight", info={"format_type": 2, "attribute_unit_list": ["g", "kg"]})
    first, second = answer([origin, weight], TEA)
    assert first.attribute_value_list[0].value_id == 556
    assert second.attribute_value_list[0].model_dump() == {
        "value_id": 0,
        "original_value_name": "200",
        "value_unit": "g",
    }


def test_what_the_register_does_not_know_is_named_before_sending() -> None:
    """Nothing is made up to get past a form."""
    with pytest.raises(RejectedError, match="Alcohol Content, Shelf Life"):
        answer([attribute("Alcohol Content"), attribute("Shelf Life")], TEA)
