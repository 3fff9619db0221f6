"""A Shopee that has very many orders and costs nothing: its list and detail answers, written from one order of the pretend world."""

import json
from itertools import count
from urllib.parse import parse_qs

from benchmarks.places import NOW
from benchmarks.register import sku
from benchmarks.serving import NOT_THERE, Answer, Answering
from connectors.shopee.mapper.orders import OPTIONAL_FIELDS
from sandbox.clock import VirtualClock
from sandbox.shopee.order_detail import shown
from sandbox.shopee.order_words import order_sn
from sandbox.things import Fate, Order, OrderLine
from sandbox.world import World

ORDERS_A_PAGE = 50  # of details
LISTED_A_PAGE = 100
LINES = ((185_000, 2), (99_000, 1))  # price of a piece, pieces
ORDER_VND = sum(price_vnd * pieces for price_vnd, pieces in LINES)
PIECES = sum(pieces for _, pieces in LINES)
SKUS = 100  # packs, all of them in the register
PLACED_AT = NOW  # from the moment on that the register's stock was counted: every order lowers it
LIST_PATH, DETAIL_PATH = "/api/v2/order/get_order_list", "/api/v2/order/get_order_detail"


def shopee_with(orders: int) -> Answering:
    """So many orders, all of them changed since yesterday."""
    template, request_ids = _template(), count()

    def answer(target: str) -> Answer:
        path, _, query = target.partition("?")
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        if path == LIST_PATH:
            return _answer(next(request_ids), _listed(orders, int(asked.get("cursor", "0"))))
        if path == DETAIL_PATH:
            rows = b",".join(_detail(template, sn) for sn in asked["order_sn_list"].split(","))
            return _answer(next(request_ids), b'{"order_list":[' + rows + b"]}")
        return NOT_THERE

    return answer


def _answer(request_id: int, response: bytes) -> Answer:
    return Answer(b'{"error":"","message":"","request_id":"%d","response":%s}' % (request_id, response))


def _listed(orders: int, start: int) -> bytes:
    end = min(start + LISTED_A_PAGE, orders)
    refs = [{"order_sn": f"B{number:013d}"} for number in range(start, end)]
    more = end < orders
    return json.dumps({"more": more, "next_cursor": str(end) if more else "", "order_list": refs}).encode()


def _detail(template: bytes, sn: str) -> bytes:
    detail = template.replace(b"<SN>", sn.encode())
    number = int(sn.removeprefix("B"))
    for line in range(len(LINES)):
        detail = detail.replace(b"<SKU %d>" % line, sku((number + line) % SKUS).encode())
    return detail


def _template() -> bytes:
    """One order with marks where its number and its packs go."""
    world = World(1, VirtualClock(PLACED_AT))
    lines = [_line(world, line, *figures) for line, figures in enumerate(LINES)]
    fate = Fate(0, None, 0, 0, None, 0, 0, None)
    order = Order("shopee", "1", 1, PLACED_AT, NOW, lines, "Thái Nguyên", cod=False, fate=fate, paid_at=PLACED_AT)
    words = shown(world, order, set(OPTIONAL_FIELDS))
    return json.dumps(words, ensure_ascii=False).replace(order_sn(order), "<SN>").encode()


def _line(world: World, line: int, price_vnd: int, pieces: int) -> OrderLine:
    title = "Trà đinh Tân Cương thượng hạng hộp thiếc 200 g"
    offer = world.add_offer("shopee", "1", f"<SKU {line}>", title, title, price_vnd, 1_000, weight_g=350)
    return OrderLine(line + 1, offer.offer_id, offer.sku, title, pieces, price_vnd, price_vnd)
