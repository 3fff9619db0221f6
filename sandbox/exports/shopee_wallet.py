"""Shopee's wallet report for Vietnam from the world (layout as publicly described for 2026, read 2026-11-23).

Seventeen rows about the shop and its totals stand above the headings; movements come newest first. Seeded quirks: some amounts are
texts whose thousands are parted by dots. Every Tuesday night the wallet is emptied to the shop's bank.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sandbox.exports.book import Sheet, Value
from sandbox.sandbox import Sandbox
from sandbox.shopee import fees
from sandbox.shopee.order_words import order_sn
from sandbox.shopee.site import ShopeeApi
from sandbox.things import VIETNAM, vietnam_day

HEADINGS = (
    "Ngày", "Loại giao dịch", "Chi tiết", "Mã đơn hàng", "Dòng tiền", "Số tiền", "Trạng thái", "Số dư Ví sau giao dịch",
)  # fmt: skip
TUESDAY, EMPTIED = 1, time(1, 10)
GROUPED_SHARE = 0.5  # of the amounts


class Movement(NamedTuple):
    at: datetime
    kind: str
    order: str
    amount_vnd: int
    balance_vnd: int


def file_name(first: date, last: date) -> str:
    return f"my_balance_transaction_report.shopee.{first:%Y%m%d}_{last:%Y%m%d}.xlsx"


def sheets(sandbox: Sandbox, shop: str, first: date, last: date) -> Sequence[Sheet]:
    """What moved on these days."""
    moved = [one for one in _movements(sandbox, shop) if first <= vietnam_day(one.at) <= last][::-1]
    came = sum(one.amount_vnd for one in moved if one.amount_vnd > 0)
    went = sum(one.amount_vnd for one in moved if one.amount_vnd < 0)
    head: list[list[Value]] = [
        ["Báo cáo giao dịch"], [], ["Người Bán", shop], ["Từ", f"{first:%Y-%m-%d}"], ["Đến", f"{last:%Y-%m-%d}"],
        *[[] for _ in range(5)], ["Tóm tắt"], ["Tổng tiền vào", came], ["Tổng tiền ra", went], [], [],
        ["Chi tiết giao dịch"], [], list(HEADINGS),
    ]  # fmt: skip
    chance = sandbox.world.rng("shopee wallet cells", shop)
    rows: list[list[Value]] = [_row(one, is_grouped=chance.random() < GROUPED_SHARE) for one in moved]
    return [Sheet("Transaction Report", [*head, *rows])]


def _movements(sandbox: Sandbox, shop: str) -> Iterator[Movement]:
    """From the world's first day on, oldest first."""
    balance_vnd, night = 0, None
    for at, order, amount_vnd in _released(sandbox, shop):
        while night is not None and night <= at:
            if balance_vnd > 0:
                yield Movement(night, "Rút tiền", "-", -balance_vnd, 0)
                balance_vnd = 0
            night += timedelta(days=7)
        night = night or _next_tuesday(at)
        balance_vnd += amount_vnd
        yield Movement(at, "Doanh thu Đơn Hàng", order, amount_vnd, balance_vnd)


def _released(sandbox: Sandbox, shop: str) -> list[tuple[datetime, str, int]]:
    site = sandbox.sites["shopee.api"]
    if not isinstance(site, ShopeeApi):
        raise TypeError("shopee.api is played by something else")
    account = site.accounts.shops[int(shop)]
    paid = ((order, site.errors.released_at(order)) for order in sandbox.world.orders("shopee", shop))
    return sorted(
        (at, order_sn(order), sum(site.errors.said(order, fees.signed_amounts(account, order)).values()))
        for order, at in paid
        if at is not None
    )


def _next_tuesday(at: datetime) -> datetime:
    day = vietnam_day(at) + timedelta(days=1)
    return datetime.combine(day + timedelta(days=(TUESDAY - day.weekday()) % 7), EMPTIED, VIETNAM)


def _row(one: Movement, *, is_grouped: bool) -> list[Value]:
    amount_vnd = abs(one.amount_vnd)
    given: dict[str, Value] = {
        "Ngày": f"{one.at.astimezone(VIETNAM):%Y-%m-%d %H:%M:%S}",
        "Loại giao dịch": one.kind,
        "Mã đơn hàng": one.order,
        "Dòng tiền": "Tiền ra" if one.amount_vnd < 0 else "Tiền vào",
        "Số tiền": f"{amount_vnd:,}".replace(",", ".") if is_grouped else amount_vnd,
        "Trạng thái": "Giao dịch đã hoàn thành",
        "Số dư Ví sau giao dịch": one.balance_vnd,
    }
    return [given.get(name) for name in HEADINGS]
