"""A counter that sells the same goods, and the two lists its KiotViet would export (layouts as public code reads them, read 2026-11-24).

The counter's sales are drawn by day from the world's seed, so that any range of days tells the same of a day. Seeded quirks: some
goods have a second unit, some invoices are sold in it, some merely mirror a marketplace's order, some were cancelled, some taken back.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from sandbox.exports.book import Sheet, Value
from sandbox.sandbox import Sandbox
from sandbox.things import VIETNAM
from sandbox.world import World

GOODS = (
    "Loại hàng", "Nhóm hàng(3 Cấp)", "Mã hàng", "Mã vạch", "Tên hàng", "Thương hiệu", "Giá bán", "Giá vốn", "Tồn kho", "Tồn nhỏ nhất",
    "Tồn lớn nhất", "ĐVT", "Mã ĐVT Cơ bản", "Quy đổi", "Thuộc tính", "Mã HH Liên quan", "Hình ảnh (url1,url2...)", "Trọng lượng",
    "Đang kinh doanh", "Được bán trực tiếp", "Mô tả", "Mẫu ghi chú", "Vị trí", "Hàng thành phần",
)  # fmt: skip
INVOICES = (
    "Chi nhánh", "Mã hóa đơn", "Thời gian", "Mã khách hàng", "Tên khách hàng", "Điện thoại", "Kênh bán", "Người bán", "Ghi chú",
    "Tổng tiền hàng", "Giảm giá hóa đơn", "Khách cần trả", "Khách đã trả", "Trạng thái", "Mã hàng", "Tên hàng", "Số lượng", "Đơn giá",
    "Giảm giá", "Giá bán", "Thành tiền",
)  # fmt: skip
TILL = "kiotviet"
UNIT_SHARE, IN_UNITS = 0.3, 10  # of the goods, that are sold by boxes of ten too
MOST_A_DAY = 3
CANCELLED, TAKEN_BACK, MIRRORED, IN_UNIT = 0.08, 0.06, 0.15, 0.5


def goods_name(_first: date, last: date) -> str:
    return f"DanhSachSanPham_KV{last:%d%m%Y}-235959-000.xlsx"


def invoices_name(_first: date, last: date) -> str:
    return f"DanhSachChiTietHoaDon_KV{last:%d%m%Y}-235959-000.xlsx"


def goods_sheets(sandbox: Sandbox, _shop: str, _first: date, _last: date) -> Sequence[Sheet]:
    """Everything that marketplaces sold so far, and the boxes."""
    rows = [row for sku, name, price in _goods(sandbox.world) for row in _good(sandbox.world, sku, name, price)]
    return [Sheet("Sheet1", [list(GOODS), *rows])]


def invoices_sheets(sandbox: Sandbox, _shop: str, first: date, last: date) -> Sequence[Sheet]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    today = sandbox.world.clock.now().astimezone(VIETNAM).date()
    rows = [row for day in days if day < today for row in _day(sandbox.world, day)]
    return [Sheet("Sheet1", [list(INVOICES), *rows])]


def _goods(world: World) -> list[tuple[str, str, int]]:
    sold = {
        line.sku: (line.sku, line.title, line.unit_price_vnd)
        for market in world.markets()
        if market in world.fees
        for order in world.orders(market)
        for line in order.lines
    }
    return [sold[sku] for sku in sorted(sold)]


def _has_unit(world: World, sku: str) -> bool:
    return world.rng("kiotviet unit", sku).random() < UNIT_SHARE


def _good(world: World, sku: str, name: str, price_vnd: int) -> Iterator[list[Value]]:
    common: dict[str, Value] = {"Loại hàng": "Hàng hóa", "Nhóm hàng(3 Cấp)": "OCOP>>Thái Nguyên", "Tên hàng": name}
    piece: dict[str, Value] = common | {
        "Mã hàng": sku,
        "Giá bán": price_vnd,
        "Tồn kho": "12.5",
        "ĐVT": "Gói",
        "Quy đổi": 1,
    }
    yield [piece.get(heading) for heading in GOODS]
    if _has_unit(world, sku):
        unit: dict[str, Value] = {
            "Mã hàng": f"{sku}-T",
            "Giá bán": price_vnd * IN_UNITS,
            "ĐVT": "Thùng",
            "Mã ĐVT Cơ bản": sku,
        }
        box = common | unit | {"Tồn kho": "1.25", "Quy đổi": IN_UNITS}
        yield [box.get(heading) for heading in GOODS]


def _day(world: World, day: date) -> Iterator[list[Value]]:
    chance, goods = world.rng("kiotviet day", f"{day:%Y%m%d}"), _goods(world)
    for number in range(chance.randint(0, MOST_A_DAY) if goods else 0):
        yield from _invoice(world, day, number, chance, chance.sample(goods, min(2, len(goods))))


def _invoice(
    world: World, day: date, number: int, chance: random.Random, sold: Sequence[tuple[str, str, int]]
) -> Iterator[list[Value]]:
    """Its own amounts stand on each of its lines."""
    lines = [_line(world, chance, *good) for good in sold]
    total_vnd = sum(int(line["Thành tiền"] or 0) for line in lines)
    discount_vnd = total_vnd // 20_000 * 1_000 if chance.random() < MIRRORED else 0
    at = datetime.combine(day, time(8), VIETNAM) + timedelta(minutes=chance.randrange(600))
    whole: dict[str, Value] = {
        "Chi nhánh": "Chi nhánh trung tâm",
        "Mã hóa đơn": f"{'TH' if chance.random() < TAKEN_BACK else 'HD'}{day:%y%m%d}{number:02}",
        "Thời gian": f"{at:%d/%m/%Y %H:%M:%S}",
        "Tên khách hàng": f"Người Nhận {chance.randrange(10**6):06}",
        "Điện thoại": f"9{chance.randrange(10**8):08}",
        "Kênh bán": "Shopee" if chance.random() < MIRRORED else "Bán trực tiếp",
        "Ghi chú": f"Gọi trước {chance.randrange(10**6):06}",
        "Tổng tiền hàng": total_vnd,
        "Giảm giá hóa đơn": discount_vnd,
        "Khách cần trả": total_vnd - discount_vnd,
        "Khách đã trả": total_vnd - discount_vnd,
        "Trạng thái": "Đã hủy" if chance.random() < CANCELLED else "Hoàn thành",
    }
    yield from ([(whole | line).get(heading) for heading in INVOICES] for line in lines)


def _line(world: World, chance: random.Random, sku: str, name: str, price_vnd: int) -> dict[str, Value]:
    is_box = _has_unit(world, sku) and chance.random() < IN_UNIT
    pieces, each_vnd = chance.randint(1, 3), price_vnd * (IN_UNITS if is_box else 1)
    return {
        "Mã hàng": f"{sku}-T" if is_box else sku,
        "Tên hàng": name,
        "Số lượng": pieces,
        "Đơn giá": each_vnd,
        "Giảm giá": 0,
        "Giá bán": each_vnd,
        "Thành tiền": each_vnd * pieces,
    }
