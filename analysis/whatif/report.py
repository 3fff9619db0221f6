"""The report `what-if`: for each pack and shop on a day, price → fees → tax → packaging → what is left of a piece."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from analysis.coverage import coverage
from analysis.report import Period, Report, ReportError, Row
from analysis.whatif.offers import Conditions, Costs, Offer, offers
from analysis.whatif.piece import Piece, Terms, floor_vnd, sold_at
from catalog.fees import FeeRule, fee_rules
from catalog.money import format_dong, parse_dong
from catalog.producer import ProducerKind

AMOUNTS = ("price", "packaging", "cost")
OPTIONS = (*AMOUNTS, "sku", "seller")
PIECE = (
    "price_vnd",
    "fee_vnd",
    "other_fee_vnd",
    "vat_vnd",
    "pit_vnd",
    "packaging_vnd",
    "cost_vnd",
    "net_vnd",
    "net_share",
)
COLUMNS = ("product", "sku", "marketplace", "shop", *PIECE, "floor_vnd")
BEFORE = "net_before_vnd"  # by the table that ships, beside an office's own
FLOOR_REACH = 20  # times the price: a floor beyond that is no price


class Asked(NamedTuple):
    """What is supposed: a price in đồng, one SKU, and what a piece costs."""

    price_vnd: int | None
    sku: str | None
    costs: Costs


def what_if(
    session: Session, period: Period, by: Sequence[str], *, rules: Callable[[], Sequence[FeeRule]] = fee_rules
) -> Report:
    """By the rates of the period's last day. `by`: price=, packaging=, cost= (đồng a piece), sku=, seller=; all may be left out.

    With another table than the one that ships, each row says what was left by that one, and a note names who comes to lose.
    Raises ReportError for an option that is none of these or an amount that cannot be read.
    """
    asked, table, shipped = _asked(by), rules(), fee_rules()
    now = Conditions.of(session, period, table)
    before = Conditions.of(session, period, shipped) if table != shipped else None
    found = offers(session, asked.sku)
    if asked.sku is not None and not found:
        raise ReportError(
            f"Không có gói nào mang SKU «{asked.sku}» đang được bán và có giá: xem SKU bằng `ocop report products --by sku`."
        )
    rows = [_row(offer, asked, now, before) for offer in found]
    columns = (*COLUMNS, BEFORE) if before else COLUMNS
    return Report("what-if", period, "none", columns, rows, coverage(session, period), [*_notes(asked, rows)])


def _asked(by: Sequence[str]) -> Asked:
    given = {name: value for name, _, value in (one.partition("=") for one in by)}
    if unknown := [name for name in given if name not in OPTIONS]:
        raise ReportError(
            f"Không có lựa chọn {', '.join(unknown)}. Các lựa chọn: {', '.join(f'{o}=' for o in OPTIONS)}."
        )
    if given.get("seller") not in {None, *ProducerKind}:
        raise ReportError(f"Loại hình «{given['seller']}» không có. Các loại hình: {', '.join(ProducerKind)}.")
    try:
        amounts = {name: parse_dong(given[name]) for name in AMOUNTS if name in given}
    except ValueError as err:
        raise ReportError(str(err)) from None
    costs = Costs(amounts.get("packaging", 0), amounts.get("cost", 0), given.get("seller"))
    return Asked(amounts.get("price"), given.get("sku"), costs)


def _row(offer: Offer, asked: Asked, now: Conditions, before: Conditions | None) -> Row:
    price_vnd, terms = asked.price_vnd or offer.price_vnd, now.terms(offer, asked.costs)
    row = _figures(offer, sold_at(price_vnd, terms), terms)
    return row if before is None else row | {BEFORE: sold_at(price_vnd, before.terms(offer, asked.costs)).net_vnd}


def _figures(offer: Offer, piece: Piece, terms: Terms) -> dict[str, object]:
    figures = {name: getattr(piece, name) for name in PIECE}
    named = {"product": offer.product, "sku": offer.sku, "marketplace": offer.marketplace, "shop": offer.shop}
    return named | figures | {"floor_vnd": floor_vnd(terms, FLOOR_REACH * piece.price_vnd)}


def _notes(asked: Asked, rows: Sequence[Row]) -> Iterator[str]:
    yield "Một gói bán lẻ một đơn. «other_fee_vnd» là các khoản phí chưa có mức trong bảng phí, ước theo tỷ lệ đã bị thu 90 ngày qua."
    if losing := [row for row in rows if _is_loss(row["net_vnd"])]:
        worst = min(losing, key=lambda row: int(str(row["net_vnd"])))
        yield f"{len(losing)} dòng bị lỗ; nặng nhất: {worst['sku']} ở {worst['shop']} ({format_dong(int(str(worst['net_vnd'])))})."
    if turned := [f"{row['sku']} ở {row['shop']}" for row in rows if _is_turned(row)]:
        yield f"Theo bảng phí này {len(turned)} dòng đang có lãi thành lỗ: {', '.join(turned)}."
    if any(row["vat_vnd"] is None for row in rows):
        yield "Chưa biết thuế ở gian bán cho nhiều chủ thể: thêm --by seller=household, cooperative hoặc enterprise."
    if any(row["other_fee_vnd"] is None for row in rows):
        yield "Chưa biết các khoản phí khác ở sàn chưa có đơn nào trong 90 ngày: để trống, không coi là 0."
    if not asked.costs.packaging_vnd:
        yield "Chưa trừ bao bì: thêm --by packaging=SỐ TIỀN. Chưa trừ giá vốn: thêm cost=SỐ TIỀN."


def _is_loss(net_vnd: object) -> bool:
    return isinstance(net_vnd, int) and net_vnd < 0


def _is_turned(row: Row) -> bool:
    before_vnd = row.get(BEFORE)
    return isinstance(before_vnd, int) and before_vnd >= 0 and _is_loss(row["net_vnd"])
