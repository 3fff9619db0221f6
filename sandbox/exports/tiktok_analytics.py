"""TikTok Shop's product analytics for Vietnam from the world (layout as publicly described for 2026, read 2026-11-23): the period above,
headings in the third row, money as `192.612.578₫`, percentages with a dot.
"""

from collections.abc import Sequence
from datetime import date

from sandbox.exports.book import Sheet, Value
from sandbox.sandbox import Sandbox
from sandbox.things import Order, vietnam_day
from sandbox.tiktok_shop.shelf import Product
from sandbox.tiktok_shop.site import TikTokShopApi

SURFACES = ("tab Cửa hàng", "LIVE", "video", "thẻ sản phẩm")
BY_SURFACE = (
    "GMV", "Số món bán ra", "Lượt hiển thị", "Lượt xem trang", "Khách truy cập", "Khách hàng", "Tỷ lệ nhấp", "Tỷ lệ chuyển đổi",
)  # fmt: skip
HEADINGS = (
    "ID", "Sản phẩm", "Trạng thái", "GMV", "Số món bán ra", "Đơn hàng",
    *(f"{name} ({surface})" for surface in SURFACES for name in BY_SURFACE),
)  # fmt: skip


def file_name(first: date, last: date) -> str:
    return f"product_list_{first:%Y%m%d}_{last:%Y%m%d}.xlsx"


def sheets(sandbox: Sandbox, shop: str, first: date, last: date) -> Sequence[Sheet]:
    """A row a product on sale. GMV counts paid orders that were not cancelled, returned ones too."""
    site = sandbox.sites["tiktok_shop.api"]
    if not isinstance(site, TikTokShopApi):
        raise TypeError("tiktok_shop.api is played by something else")
    paid = [
        order
        for order in sandbox.world.orders("tiktok_shop", shop)
        if first <= vietnam_day(order.placed_at) <= last and order.paid_at and not order.cancelled_at
    ]
    rows = [_row(site, product, paid) for product in site.stage.shelf.all_of(shop)]
    head: list[list[Value]] = [[f"{first:%Y-%m-%d} ~ {last:%Y-%m-%d}"], [], list(HEADINGS)]
    return [Sheet("Sheet1", [*head, *rows])]


def _row(site: TikTokShopApi, product: Product, paid: Sequence[Order]) -> list[Value]:
    offers = site.stage.shelf.skus(product)
    ids = {offer.offer_id for offer in offers}
    lines = [(order, line) for order in paid for line in order.lines if line.offer_id in ids]
    gmv_vnd = sum(line.quantity * line.unit_price_vnd for _, line in lines)
    given: dict[str, Value] = {
        "ID": str(product.product_id),
        "Sản phẩm": offers[0].title if offers else None,
        "Trạng thái": "Đang hoạt động",
        "GMV": f"{gmv_vnd:,}₫".replace(",", "."),
        "Số món bán ra": str(sum(line.quantity for _, line in lines)),
        "Đơn hàng": str(len({order.order_id for order, _ in lines})),
        **{f"Tỷ lệ nhấp ({surface})": "6.87%" for surface in SURFACES},
    }
    return [given.get(name) for name in HEADINGS]
