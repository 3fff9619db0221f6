"""The report `fees`: what the dated table expects against what was charged, and what stays unexplained, by cause."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.coverage import coverage
from analysis.fees.checked import Cause, Check, checks
from analysis.money.facts import Line, Order, orders, placed_in
from analysis.report import Period, Report, ReportError, Row
from catalog.fees import Confidence, FeeRule, fee_rules
from models import Product, Variant

BY_ORDER = "order"
COLUMNS = ("marketplace", "month", "code", "cause", "orders", "expected_vnd", "charged_vnd", "unexplained_vnd")
OF_AN_ORDER = ("marketplace", "shop", "month", "order", "code", "stage", "cause", *COLUMNS[-3:])


@dataclass
class Sum:
    """Figures of one fee, month and cause. What no rate explains is unexplained whole; rounding is explained."""

    orders: int = 0
    expected_vnd: int = 0
    charged_vnd: int = 0
    unexplained_vnd: int = 0

    def add(self, check: Check) -> None:
        self.orders += 1
        self.expected_vnd += check.expected_vnd or 0
        self.charged_vnd += check.charged_vnd
        self.unexplained_vnd += unexplained_vnd(check)


def fees(
    session: Session, period: Period, by: Sequence[str], *, rules: Callable[[], Sequence[FeeRule]] = fee_rules
) -> Report:
    """A row a marketplace, month of order, fee and cause; `--by order` a row an order and fee that is not as expected.

    Settled fees where the order is settled, else the estimate's. `expected_vnd` is None where the table has no rate.
    """
    if set(by) - {BY_ORDER}:
        raise ReportError(
            "Báo cáo phí chia theo sàn, tháng, khoản phí và nguyên nhân; thêm --by order để xem từng đơn."
        )
    table = rules()
    found = list(_checked(session, period, table))
    rows = list(_by_order(found, period) if by else _by_cause(found, period))
    columns = OF_AN_ORDER if by else COLUMNS
    return Report(
        "fees",
        period,
        "by row" if by else "processing, settled",
        columns,
        rows,
        coverage(session, period),
        _notes(found, table),
    )


def unexplained_vnd(check: Check) -> int:
    if check.cause in {Cause.AS_EXPECTED, Cause.ROUNDING}:
        return 0
    return check.charged_vnd - (check.expected_vnd or 0)


def month_of(order: Order, period: Period) -> int:
    return int(f"{order.placed_at.astimezone(period.zone):%Y%m}")


def _checked(session: Session, period: Period, rules: Sequence[FeeRule]) -> Iterator[tuple[Order, Check]]:
    sub_groups: dict[int, str] = dict(
        session.execute(select(Variant.id, Product.sub_group).join(Product, Variant.product_id == Product.id)).all()
    )

    def sub_group(line: Line | None) -> str | None:
        return sub_groups.get(line.variant_id) if line and line.variant_id else None

    for order in orders(session, placed_in(period)):
        day = order.placed_at.astimezone(period.zone).date()
        for check in checks(order, rules, day, sub_group):
            yield order, check


def _by_cause(found: Sequence[tuple[Order, Check]], period: Period) -> Iterator[Row]:
    sums: dict[tuple[str, int, str, str], Sum] = defaultdict(Sum)
    for order, check in found:
        sums[order.marketplace, month_of(order, period), check.code, check.cause.value].add(check)
    for key in sorted(sums):
        one = sums[key]
        known = None if key[3] == Cause.NO_RATE else one.expected_vnd
        figures = (one.orders, known, one.charged_vnd, one.unexplained_vnd)
        yield dict(zip(COLUMNS, (*key, *figures), strict=True))


def _by_order(found: Sequence[tuple[Order, Check]], period: Period) -> Iterator[Row]:
    for order, check in found:
        if check.cause is not Cause.AS_EXPECTED:
            named = (order.marketplace, order.shop, month_of(order, period), order.external_id)
            figures = (check.expected_vnd, check.charged_vnd, unexplained_vnd(check))
            yield dict(zip(OF_AN_ORDER, (*named, check.code, check.stage, check.cause.value, *figures), strict=True))


def _notes(found: Sequence[tuple[Order, Check]], table: Sequence[FeeRule]) -> list[str]:
    notes = ["Mức phí theo bảng phí có ngày hiệu lực; làm tròn không quá 1 đồng mỗi gói được coi là đúng."]
    if unknown := _fees(found, lambda _, check: check.cause is Cause.NO_RATE):
        notes.append(
            f"Bảng phí chưa có mức cho: {', '.join(unknown)}. Lấy mức ở trung tâm người bán, ghi vào tệp csv rồi chạy lại với --fees TỆP."
        )
    undated = {(rule.marketplace, rule.code) for rule in table if rule.confidence is Confidence.UNDATED}
    if doubted := _fees(found, lambda order, check: (order.marketplace, check.code) in undated):
        notes.append(
            f"Mức chưa rõ ngày bắt đầu hoặc chưa có nguồn của chính sàn: {', '.join(doubted)}. Kiểm lại trước khi khiếu nại."
        )
    return notes


def _fees(found: Sequence[tuple[Order, Check]], which: Callable[[Order, Check], bool]) -> list[str]:
    return sorted({f"{order.marketplace}: {check.code}" for order, check in found if which(order, check)})
