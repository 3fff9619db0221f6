"""Orders from the marketplace's pages into the tables, against the shortest script that does it, and against doing it again."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import requests
from pydantic import SecretStr
from sqlalchemy import func, make_url, select

from benchmarks.order_pages import (
    DETAIL_PATH,
    LIST_PATH,
    ORDER_VND,
    ORDERS_A_PAGE,
    PIECES,
    SKUS,
    shopee_with,
)
from benchmarks.places import NOW, application, claimed, fresh_sqlite
from benchmarks.race import Floor, Lap, Left, Race, Target
from benchmarks.register import register_teas
from benchmarks.serving import served
from benchmarks.sizes import Size
from connectors.facts.shop import Tokens
from connectors.shopee.settings import ShopeeSettings
from jobs.app import App
from jobs.orders import pull_orders
from jobs.shops import add_shop, keep_tokens
from models import MoneyLine, OrderLine, SalesOrder, sqlite

SHOP = "benchmark"
SINCE = NOW - timedelta(days=1)


def races(size: Size) -> Iterator[Race]:
    orders = size.order_pages * ORDERS_A_PAGE
    with served(partial(shopee_with, orders)) as base_url:
        yield Race(
            what="pull orders of 2 lines, JSON kept",
            unit="orders/s",
            amount=orders,
            leaves=everything(orders),
            ours=partial(_pull, base_url),
            floors=(Floor("requests, json, executemany", partial(_script, base_url), Target(0.50)),),
        )
        yield Race(
            what="pull the same orders again",
            unit="orders/s",
            amount=orders,
            leaves=everything(orders),
            ours=partial(_pull_again, base_url, orders),
            floors=(Floor("our first pull", partial(_pull, base_url), Target(1.00)),),
        )


def everything(orders: int) -> Left:
    money_vnd = orders * ORDER_VND
    return {"orders": orders, "pieces": orders * PIECES, "goods_vnd": money_vnd, "money_vnd": money_vnd}


def _pull(base_url: str) -> Lap:
    with fresh_sqlite() as url, shop_on(url, base_url) as app:
        started = time.perf_counter()
        pull_orders(claimed(app, "pull_orders", SHOP), since=SINCE)
        return Lap(time.perf_counter() - started, left(app))


def _pull_again(base_url: str, orders: int) -> Lap:
    with fresh_sqlite() as url, shop_on(url, base_url) as app:
        run = claimed(app, "pull_orders", SHOP)
        pull_orders(run, since=SINCE)
        started = time.perf_counter()
        counts = pull_orders(run, since=SINCE)
        seconds = time.perf_counter() - started
        assert (counts["new"], counts["updated"], counts["unchanged"]) == (0, 0, orders)
        return Lap(seconds, left(app))


@contextmanager
def shop_on(url: str, base_url: str) -> Iterator[App]:
    """The product with a connected Shopee shop, its packs in the register and counted."""
    keys = ShopeeSettings(partner_id=1, partner_key=SecretStr("key"), base_url=base_url, rate_per_s=None)
    with application(url, {"shopee": keys}) as app:
        register_teas(app, SKUS, picture="https://ocop.example/tra.png")
        shop = add_shop(app, SHOP, "shopee", "1")
        keep_tokens(app, shop, Tokens(access_token=SecretStr("token"), expires_at=NOW + timedelta(days=1)))
        yield app


def left(app: App) -> Left:
    pieces, goods = OrderLine.quantity, OrderLine.quantity * OrderLine.unit_price_vnd
    with app.database.session() as session:
        lines = session.execute(select(func.sum(pieces), func.sum(goods))).one()
        orders = session.scalars(select(func.count()).select_from(SalesOrder)).one()
        money = session.scalars(select(func.sum(MoneyLine.amount_vnd))).one()
    return dict(zip(("orders", "pieces", "goods_vnd", "money_vnd"), (orders, *lines, money), strict=True))


def _script(base_url: str) -> Lap:
    """What somebody in a hurry writes: no check of the answer, no stock, ids counted by hand."""
    with fresh_sqlite() as url, shop_on(url, base_url) as app:
        connection = sqlite3.connect(str(make_url(url).database))
        sqlite.set_up(connection, None)
        variants = dict(connection.execute("SELECT sku, id FROM variant"))
        started = time.perf_counter()
        for start, orders in _fetched(base_url):
            _upsert(connection, start, orders, variants)
        seconds = time.perf_counter() - started
        connection.close()
        return Lap(seconds, left(app))


def _fetched(base_url: str) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Details by the fifty, with how many came before."""
    session, cursor, start = requests.Session(), "0", 0
    while cursor:
        listed = session.get(base_url + LIST_PATH, params={"cursor": cursor}, timeout=10).json()["response"]
        numbers = [ref["order_sn"] for ref in listed["order_list"]]
        for at in range(0, len(numbers), ORDERS_A_PAGE):
            asked = {"order_sn_list": ",".join(numbers[at : at + ORDERS_A_PAGE])}
            yield start, session.get(base_url + DETAIL_PATH, params=asked, timeout=10).json()["response"]["order_list"]
            start += ORDERS_A_PAGE
        cursor = listed["next_cursor"]


def _upsert(connection: sqlite3.Connection, start: int, orders: list[dict[str, Any]], variants: dict[str, int]) -> None:
    numbered = list(enumerate(orders, start=start + 1))
    items = [(number, item) for number, order in numbered for item in order["item_list"]]
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(ORDER_SQL, [(number, *_order(order)) for number, order in numbered])
    connection.executemany(LINE_SQL, [(number, variants.get(item["item_sku"]), *_line(item)) for number, item in items])
    connection.executemany(MONEY_SQL, [(number, *_money(item)) for number, item in items])
    connection.execute("COMMIT")


def _order(order: dict[str, Any]) -> tuple[Any, ...]:
    moments = (order["create_time"], order["update_time"], order["pay_time"])
    raw = json.dumps(order, ensure_ascii=False)
    return (1, order["order_sn"], "placed", order["order_status"], *map(_moment, moments), 202611, "", "", raw)


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _line(item: dict[str, Any]) -> tuple[Any, ...]:
    price_vnd, pieces = item["model_discounted_price"], item["model_quantity_purchased"]
    return (
        str(item["line_item_id"]),
        item["item_sku"],
        str(item["item_id"]),
        item["item_name"],
        pieces,
        0,
        0,
        price_vnd,
    )


def _money(item: dict[str, Any]) -> tuple[Any, ...]:
    amount_vnd = item["model_discounted_price"] * item["model_quantity_purchased"]
    return (str(item["line_item_id"]), "model_discounted_price", "placed", "", amount_vnd)


def _upserting(table: str, columns: str, key: str) -> str:
    places = ", ".join("?" * len(columns.split(", ")))
    changed = ", ".join(f"{column} = excluded.{column}" for column in columns.split(", "))
    return f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT ({key}) DO UPDATE SET {changed}"  # noqa: S608 - words of this file


ORDER_SQL = _upserting(
    "sales_order",
    "id, shop_id, external_id, state, raw_state, placed_at, updated_at, paid_at, placed_month, province, content_hash, raw",
    "shop_id, external_id",
)
LINE_SQL = _upserting(
    "order_line",
    "order_id, variant_id, external_id, sku, item_external_id, name, quantity, cancelled_quantity, returned_quantity, unit_price_vnd",
    "order_id, external_id",
)
MONEY_SQL = _upserting(
    "money_line",
    "order_id, line_external_id, code, stage, statement, amount_vnd",
    "order_id, line_external_id, code, stage, statement",
)
