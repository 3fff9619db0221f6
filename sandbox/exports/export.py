"""What a seller downloads: the shop, the days, and the sheets that come of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sandbox.exports import (
    kiotviet,
    lazada,
    shopee_income,
    shopee_orders,
    shopee_performance,
    shopee_returns,
    shopee_wallet,
    tiktok_analytics,
    tiktok_orders,
    tiktok_settled,
    tiktok_unsettled,
)
from sandbox.exports.book import Sheet, write_book
from sandbox.sandbox import Sandbox


@dataclass(frozen=True)
class Export:
    """One kind of file. `name` is as the seller centre names it; `sheets` are its sheets, first to last. A till is no shop's: ""."""

    market: str
    name: Callable[[date, date], str]
    sheets: Callable[[Sandbox, str, date, date], Sequence[Sheet]]

    def write(self, world: Sandbox, shop: str, days: tuple[date, date], folder: Path) -> Path:
        """The file for the Vietnamese days from the first to the last, both included. The same world gives the same file."""
        path = folder / self.name(*days)
        with world.world.lock:
            write_book(path, self.sheets(world, shop, *days))
        return path


EXPORTS = {
    "shopee.orders": Export("shopee", shopee_orders.file_name, shopee_orders.sheets),
    "shopee.income": Export("shopee", shopee_income.file_name, shopee_income.sheets),
    "shopee.returns": Export("shopee", shopee_returns.file_name, shopee_returns.sheets),
    "shopee.wallet": Export("shopee", shopee_wallet.file_name, shopee_wallet.sheets),
    "shopee.product_perf": Export("shopee", shopee_performance.products_name, shopee_performance.products_sheets),
    "shopee.overview": Export("shopee", shopee_performance.overview_name, shopee_performance.overview_sheets),
    "tiktok.orders": Export("tiktok_shop", tiktok_orders.file_name, tiktok_orders.sheets),
    "lazada.orders": Export("lazada", lazada.orders_name, lazada.orders_sheets),
    "lazada.finance": Export("lazada", lazada.finance_name, lazada.finance_sheets),
    "tiktok.unsettled": Export("tiktok_shop", tiktok_unsettled.file_name, tiktok_unsettled.sheets),
    "tiktok.product_analytics": Export("tiktok_shop", tiktok_analytics.file_name, tiktok_analytics.sheets),
    "tiktok.settled": Export("tiktok_shop", tiktok_settled.file_name, tiktok_settled.sheets),
    "kiotviet.products": Export(kiotviet.TILL, kiotviet.goods_name, kiotviet.goods_sheets),
    "kiotviet.invoices": Export(kiotviet.TILL, kiotviet.invoices_name, kiotviet.invoices_sheets),
}
