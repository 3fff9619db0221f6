"""The table of amounts: every name a connector can bring is in it, with its meaning, sign, stage and class."""

from collections.abc import Iterator

import pytest

from catalog.fees import fee_rules
from catalog.money_codes import MoneyClass, Sign, fee_of, money_class, money_code, money_codes
from connectors.facts.order import MoneyStage
from connectors.shopee import income_columns as shopee_file
from connectors.shopee import service_fees
from connectors.shopee.mapper import income as shopee
from connectors.shopee.order_file import TAKEN
from connectors.tiki.order_mapper import ROW_TOTAL
from connectors.tiktok_shop import file_columns as tiktok_file
from connectors.tiktok_shop.mapper import fees as tiktok


def declared() -> Iterator[tuple[str, str]]:
    """Every name that the connectors themselves know, of the APIs and of the seller centres' files."""
    own = (shopee.ADJUSTMENT, service_fees.PROCESSING_FEE, service_fees.SERVICE_FEE, shopee_file.COMPENSATION_CODE)
    in_file = (code for code, _ in shopee_file.TERMS.values())
    yield from (("shopee", code) for code in (*shopee.SIGNS, *own, *in_file, *TAKEN.values(), "model_discounted_price"))
    yield from (
        ("tiktok_shop", code) for code in (*tiktok.KNOWN, *tiktok_file.TERMS, "sale_price", "platform_discount")
    )
    yield from (("tiki", code) for code in (ROW_TOTAL, "base_fee", "pickup_fee"))
    yield from (("lazada", code) for code in ("item_price", "voucher_seller"))


def test_every_declared_name_is_in_the_table() -> None:
    """One that is missing would stand in a column of its own, unclassed."""
    assert [(market, code) for market, code in declared() if money_code(market, code) is None] == []


def test_signs_are_those_of_the_formula() -> None:
    """Shopee's formula adds and subtracts positive amounts; a refund is told as a negative one, and added."""
    expected = {code: Sign.PLUS if sign > 0 else Sign.MINUS for code, sign in shopee.SIGNS.items()}
    expected["seller_return_refund"] = Sign.MINUS
    found = {row.code: row.sign for row in money_codes() if row.marketplace == "shopee" and row.code in expected}
    assert found == expected


def test_rows_are_whole() -> None:
    """A stage is one of ours, a meaning is there, and what is given back is a fee that the table has."""
    stages = {stage.value for stage in MoneyStage}
    for row in money_codes():
        assert set(row.stages) <= stages
        assert row.stages
        assert row.meaning.strip()
        if row.reverses:
            reversed_row = money_code(row.marketplace, row.reverses)
            assert reversed_row is not None
            assert (row.kind, reversed_row.kind) == (MoneyClass.FEE, MoneyClass.FEE)


def test_fees_with_a_rate_are_fees_of_the_table() -> None:
    """A rate under a name that no amount bears would never be held against anything."""
    assert [rule.code for rule in fee_rules() if money_class(rule.marketplace, rule.code) is not MoneyClass.FEE] == []


@pytest.mark.parametrize(
    ("code", "kind", "fee"),
    [
        ("3 Commission", MoneyClass.FEE, "Commission"),
        ("Commission", MoneyClass.FEE, "Commission"),
        ("30 Reversal Commission", MoneyClass.FEE, "Commission"),
        ("Adjustments Payment Fee", MoneyClass.FEE, "Payment Fee"),
        ("13 Item Price Credit WHT_amount", MoneyClass.OTHER_TAX, "WHT_amount"),
        ("999 Phí mới", None, "Phí mới"),
    ],
)
def test_lazadas_names_with_and_without_their_number(code: str, kind: MoneyClass | None, fee: str) -> None:
    """The API's and the file's name of one fee are one; a name nobody classed has no class."""
    assert (money_class("lazada", code), fee_of("lazada", code)) == (kind, fee)
