"""Rows written by hand: a register, shops, orders and declarations, in as few words as a test needs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.report import Period, Report
from models import (
    Certificate,
    Cursor,
    FileEntry,
    FileImport,
    MoneyLine,
    OfflineSale,
    OrderLine,
    Producer,
    Product,
    SalesOrder,
    Shop,
    Statement,
    StatementLine,
    Variant,
)
from models.base import Base

Row = TypeVar("Row", bound=Base)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
RECORDED = datetime(2026, 11, 24, 10, tzinfo=VIETNAM)


class Line(NamedTuple):
    """One order line; pieces and đồng."""

    sku: str
    quantity: int
    unit_price_vnd: int
    cancelled: int = 0
    returned: int = 0


def local(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """A moment of 2026 on a Vietnamese clock."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=VIETNAM)


def period(first: date, last: date) -> Period:
    return Period(first, last, VIETNAM)


OCTOBER = period(date(2026, 10, 1), date(2026, 10, 31))
AUTUMN = period(date(2026, 10, 1), date(2026, 11, 30))


class Books:
    """Writes into the session it was given."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def shop(self, name: str, marketplace: str, **read_until: datetime) -> Shop:
        """`read_until`: how far each stream was read, e.g. `orders=`; read from the year's start unless said otherwise."""
        if "orders" in read_until:
            read_until.setdefault("orders_from", local(1, 1))
        shop = self._add(Shop(name=name, marketplace=marketplace, external_id=name))
        for stream, position in read_until.items():
            self._add(Cursor(shop_id=shop.id, stream=stream, position=position))
        return shop

    def producer(self, code: str, name: str, commune: str | None = None) -> Producer:
        return self._add(Producer(code=code, name=name, search_key=name, commune=commune))

    def product(self, code: str, name: str, producer: Producer, sub_group: str = "1.3.1") -> Product:
        """With one pack whose SKU is `<code>-1`."""
        made = Product(
            code=code,
            producer_id=producer.id,
            name=name,
            search_key=name,
            sub_group=sub_group,
            content_hash="h",
            updated_at=RECORDED,
        )
        product = self._add(made)
        self._add(Variant(sku=f"{code}-1", product_id=product.id, name="gói"))
        return product

    def certificate(self, product: Product, stars: int, day: date | None = None, *, year: int | None = None) -> None:
        self._add(Certificate(product_id=product.id, stars=stars, decision_date=day, recognised_year=year))

    def order(self, shop: Shop, number: str, at: datetime, *lines: Line, state: str = "placed", **money: Any) -> int:
        """`money`: payout_vnd, settled_at; updated_at where it is not the moment it was placed."""
        facts = {"updated_at": at} | money
        order = SalesOrder(
            shop_id=shop.id,
            external_id=number,
            state=state,
            raw_state=state,
            placed_at=at,
            placed_month=at.astimezone(VIETNAM).year * 100 + at.astimezone(VIETNAM).month,
            content_hash="h",
            raw="{}",
            **facts,
        )
        order_id = self._add(order).id
        for place, line in enumerate(lines):
            self._line(order_id, str(place), line)
        return order_id

    def money(self, order_id: int, stage: str, amounts: Mapping[str, int], statement: str = "", line: str = "") -> None:
        for code, amount_vnd in amounts.items():
            made = MoneyLine(order_id=order_id, line_external_id=line, code=code, stage=stage, statement=statement)
            made.amount_vnd = amount_vnd
            self._add(made)

    def statement(
        self,
        shop: Shop,
        number: str,
        at: datetime,
        total_vnd: int,
        *lines: tuple[str, str, int],
        payout_vnd: int | None = None,
    ) -> None:
        """`lines`: order ("" for the shop itself), code, amount."""
        made = Statement(
            shop_id=shop.id,
            external_id=number,
            period_end=at,
            total_vnd=total_vnd,
            payout_vnd=payout_vnd,
            raw_state="PAID",
        )
        key = self._add(made).id
        for place, (order, code, amount_vnd) in enumerate(lines):
            self._add(
                StatementLine(
                    statement_id=key, position=place, order_external_id=order, code=code, amount_vnd=amount_vnd
                )
            )

    def imported(self, shop: Shop, kind: str, told: Mapping[str, str]) -> None:
        """A file of that kind and what it came to, order by order."""
        facts: dict[str, Any] = dict.fromkeys(("rows", "new", "updated", "unchanged", "waiting"), 0)
        made = FileImport(
            sha256="s", kind=kind, shop_id=shop.id, file_name="f", imported_at=RECORDED, notes="[]", **facts
        )
        key = self._add(made).id
        for order, outcome in told.items():
            self._add(FileEntry(import_id=key, external_id=order, outcome=outcome))

    def offline(self, producer: Producer, month: int, amount_vnd: int, **changes: Any) -> None:
        facts = {"product_key": "", "source": "declaration", "recorded_at": RECORDED} | changes
        self._add(OfflineSale(producer_id=producer.id, month=month, amount_vnd=amount_vnd, **facts))

    def _line(self, order_id: int, key: str, line: Line) -> None:
        made = OrderLine(
            order_id=order_id,
            external_id=key,
            variant_id=self.session.scalar(select(Variant.id).where(Variant.sku == line.sku)),
            sku=line.sku,
            item_external_id="i",
            name="Hàng",
            quantity=line.quantity,
            cancelled_quantity=line.cancelled,
            returned_quantity=line.returned,
            unit_price_vnd=line.unit_price_vnd,
        )
        self._add(made)

    def _add(self, row: Row) -> Row:
        self.session.add(row)
        self.session.flush()
        return row


def table(report: Report) -> list[tuple[object, ...]]:
    """The rows as tuples, in the order of the columns."""
    return [tuple(row[column] for column in report.columns) for row in report.rows]
