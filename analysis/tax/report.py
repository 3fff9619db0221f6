"""The report `tax`: what was withheld against what must be, and the year so far against the threshold."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from analysis.coverage import coverage
from analysis.money.facts import orders, placed_in
from analysis.report import Period, Report, ReportError, Row
from analysis.tax import year
from analysis.tax.sellers import Seller, sellers, sub_groups
from analysis.tax.withheld import Cause, Withheld, by_stage, expected
from catalog.money import format_dong

BY_PAYER = "tax_code"
COLUMNS = (
    "marketplace",
    "shop",
    "producer",
    "tax_code",
    "kind",
    "stage",
    "base_vnd",
    "vat_expected_vnd",
    "pit_expected_vnd",
    "vat_withheld_vnd",
    "pit_withheld_vnd",
    "other_tax_vnd",
    "difference_vnd",
    "cause",
)
Key = tuple[str, str, str]  # marketplace, shop, stage


def tax(session: Session, period: Period, by: Sequence[str]) -> Report:
    """A row a shop and stage of the orders placed in the period; `--by tax_code`: the calendar year so far, by payer."""
    if set(by) - {BY_PAYER}:
        raise ReportError("Báo cáo thuế chia theo gian hàng; thêm --by tax_code để xem doanh thu năm theo mã số thuế.")
    of_year = [payer.row(period.last) for payer in year.payers(session, period)]
    warned = list(year.warnings(of_year))
    if by:
        return Report("tax", period, "placed", year.COLUMNS, of_year, coverage(session, period), [*warned, _YEAR_NOTE])
    found, owners = _withheld(session, period), sellers(session)
    rows = [_row(key, found[key], owners.get(key[1])) for key in sorted(found)]
    return Report("tax", period, "by row", COLUMNS, rows, coverage(session, period), [*warned, *_notes(rows)])


_YEAR_NOTE = "Từ đầu năm đến ngày cuối của khoảng: doanh thu đã đặt trên mọi gian hàng và doanh thu ngoài mạng đã khai, theo chủ thể làm ra hàng."


def _withheld(session: Session, period: Period) -> dict[Key, Withheld]:
    groups, owners = sub_groups(session), sellers(session)
    found: dict[Key, Withheld] = defaultdict(Withheld)
    for order in orders(session, placed_in(period)):
        day = order.placed_at.astimezone(period.zone).date()
        for stage, money in by_stage(order, groups, day):
            owed = expected(owners.get(order.shop), money, day)
            found[order.marketplace, order.shop, stage].add(money, owed)
    return found


def _row(key: Key, sums: Withheld, owner: Seller | None) -> Row:
    marketplace, shop, stage = key
    named = (owner.producer, owner.tax_code, owner.kind) if owner else (None, None, None)
    expected_vnd = (sums.vat_expected_vnd, sums.pit_expected_vnd)
    withheld_vnd = (sums.vat_withheld_vnd, sums.pit_withheld_vnd, sums.other_tax_vnd)
    figures = (sums.base_vnd, *expected_vnd, *withheld_vnd, sums.difference_vnd, sums.cause.value)
    return dict(zip(COLUMNS, (marketplace, shop, *named, stage, *figures), strict=True))


def _notes(rows: Sequence[Row]) -> Iterator[str]:
    yield "Doanh thu tính thuế là tiền hàng sau voucher của người bán, gồm phần sàn trợ giá, chưa trừ phí; thuế khấu trừ ghi đúng như sàn báo."
    for row in rows:
        if row["cause"] == Cause.WITHOUT_CAUSE:
            yield f"Gian {row['shop']} của {row['producer']} bị khấu trừ thuế dù không phải hộ kinh doanh: gửi giấy đăng ký cho sàn và yêu cầu hoàn."
        if row["cause"] == Cause.OTHER_TAX:
            yield f"Gian {row['shop']} bị khấu trừ {format_dong(int(str(row['other_tax_vnd'])))} thuế khác (thuế TNDN, hoặc sàn không nói là thuế nào): hỏi sàn chứng từ khấu trừ và báo cơ quan thuế."
        if row["cause"] == Cause.NOT_WITHHELD:
            yield f"Gian {row['shop']} của hộ {row['producer']} chưa bị khấu trừ thuế: hộ phải tự kê khai phần này."
    unknown = sorted({str(row["shop"]) for row in rows if row["cause"] == Cause.UNKNOWN})
    if unknown:
        yield f"Chưa biết phải khấu trừ bao nhiêu ở: {', '.join(unknown)}. Sàn khấu trừ theo chủ gian hàng: gian bán cho một chủ thể thì khai chủ thể đó và loại hình trong sổ."
