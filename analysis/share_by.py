"""Online share by producer, commune, sub-group, star and month, each from both halves of the same producers and months.

The unit is a producer's month within a group. Where it declared offline revenue both its halves count; where it did not, its
online revenue stands apart and in no share. A declaration of a whole producer whose products lie in several groups belongs to
none of them.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from analysis.coverage import coverage
from analysis.declared import demonstration, doubtful
from analysis.doubts import doubts
from analysis.online import online_by_product
from analysis.report import Period, Report, ReportError, Row
from analysis.sold import STAR, WITH_CODE
from analysis.stars import star_on
from catalog.tet import tet_days
from models import OfflineSale, Producer, Product

KEYS = ("month", "producer", "commune", "sub_group", STAR)
FIGURES = (
    "online_vnd",
    "offline_vnd",
    "online_share",
    "online_undeclared_vnd",
    "producers_declared",
    "producers",
    "tet_days",
)

Values = tuple[object, ...]


class Goods(NamedTuple):
    """A product's facts by the names of the keys."""

    producer_id: int
    producer: str
    producer_code: str
    commune: str | None
    sub_group: str


@dataclass
class Halves:
    """A group's month: đồng by producer, online and as declared."""

    online: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    offline: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def figures(self, month: int) -> tuple[object, ...]:
        online_vnd = sum(vnd for producer, vnd in self.online.items() if producer in self.offline)
        apart_vnd = sum(self.online.values()) - online_vnd
        offline_vnd = sum(self.offline.values()) if self.offline else None
        total = None if offline_vnd is None else online_vnd + offline_vnd
        share = round(online_vnd / total, 4) if total else None
        everyone = len(self.online.keys() | self.offline.keys())
        return online_vnd, offline_vnd, share, apart_vnd, len(self.offline), everyone, tet_days(*_days(month))


def share_by(session: Session, period: Period, by: Sequence[str]) -> Report:
    """A row a group and month, of whole months. Raises ReportError for another key."""
    if unknown := [key for key in by if key not in KEYS]:
        raise ReportError(f"Tỷ trọng không chia theo {', '.join(unknown)} được. Các khoá: {', '.join(KEYS)}.")
    whole = period.whole_months
    names = [name for key in dict.fromkeys(by) if key != "month" for name in (key, WITH_CODE.get(key)) if name]
    found, homeless = _halves(session, whole, names)
    rows: list[Row] = [
        dict(zip((*names, "month", *FIGURES), (*values, month, *found[values, month].figures(month)), strict=True))
        for values, month in sorted(found, key=lambda key: ([str(value) for value in key[0]], key[1]))
    ]
    columns = (*names, "month", *FIGURES)
    notes = [*_notes(session, whole, homeless), *doubtful(session, whole)]
    return Report(
        "online-share", whole, "placed", columns, rows, coverage(session, whole), notes, doubts(session, whole)
    )


def _halves(session: Session, period: Period, names: Sequence[str]) -> tuple[dict[tuple[Values, int], Halves], int]:
    """By group and month; and how many declarations belong to no one group."""
    goods = _goods(session)
    values_of = _values(session, goods, names)
    of_producer: dict[int, list[int]] = defaultdict(list)
    for product_id, one in goods.items():
        of_producer[one.producer_id].append(product_id)
    found: dict[tuple[Values, int], Halves] = defaultdict(Halves)
    for (sold_id, month), vnd in online_by_product(session, period).items():
        if sold_id is not None:
            found[values_of(sold_id, month), month].online[goods[sold_id].producer_id] += vnd
    homeless = 0
    for producer_id, product_id, month, vnd in session.execute(_offline(period)):
        said_of = of_producer[producer_id] if product_id is None else [product_id]
        groups = {values_of(one, month) for one in said_of}
        if len(groups) == 1:
            found[groups.pop(), month].offline[producer_id] += int(vnd)
        else:
            homeless += 1
    return found, homeless


def _values(session: Session, goods: Mapping[int, Goods], names: Sequence[str]) -> Callable[[int, int], Values]:
    """A product's group in a month; its star is that of the month's last day, for both halves alike."""
    star = star_on(session) if STAR in names else None

    def values(product_id: int, month: int) -> Values:
        one = goods[product_id]
        last = _days(month)[1]
        return tuple(
            (star(product_id, last) if star else None) if name == STAR else getattr(one, name) for name in names
        )

    return values


def _goods(session: Session) -> dict[int, Goods]:
    query = select(Product.id, Producer.id, Producer.name, Producer.code, Producer.commune, Product.sub_group).join(
        Producer, Product.producer_id == Producer.id
    )
    return {row[0]: Goods(*row[1:]) for row in session.execute(query)}


def _offline(period: Period) -> Select[Any]:
    columns: tuple[Any, ...] = (
        OfflineSale.producer_id,
        OfflineSale.product_id,
        OfflineSale.month,
        OfflineSale.amount_vnd,
    )
    return select(*columns).where(OfflineSale.month.between(period.months[0], period.months[-1]))


def _days(month: int) -> tuple[date, date]:
    year, number = divmod(month, 100)
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def _notes(session: Session, period: Period, homeless: int) -> Iterator[str]:
    yield "Tỷ trọng chỉ tính trên chủ thể đã khai doanh thu ngoài mạng của tháng; doanh thu trực tuyến của chủ thể chưa khai ở cột riêng."
    if homeless:
        yield f"{homeless} khai báo chung của chủ thể có hàng ở nhiều nhóm: không thuộc nhóm nào, cần khai theo sản phẩm."
    if demonstration(session, period):
        yield "Doanh thu ngoài mạng là số minh hoạ, không phải số thật."
