"""Shop, product and SKU figures by day (Partner Center analytics pages, read 2026-11-23).

Days are the shop's; the newest is yesterday. Older versions of the product list are flat. `ratings` is the only word about reviews anywhere: counts per star, no text.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sandbox.tiktok_shop import figure_views, money, scopes
from sandbox.tiktok_shop.call import MARKET, Call, Route
from sandbox.tiktok_shop.figures import Figures, joined, tally
from sandbox.tiktok_shop.owned import own_product
from sandbox.tiktok_shop.paging import page
from sandbox.tiktok_shop.refusal import invalid
from sandbox.tiktok_shop.shelf import Product
from sandbox.world import Offer, vietnam_day

DAY = timedelta(days=1)
FLAT_VERSIONS = frozenset({"202405", "202509"})
MOST_DAYS = 366  # told one by one; the true limit is not published
STARS = ("1_STAR", "2_STAR", "3_STAR", "4_STAR", "5_STAR")


def shop_performance(call: Call) -> dict[str, Any]:
    """One interval a day, or a single one."""
    since, until = _days(call)
    by_day = call.one_of("granularity", ("1D", "ALL"), "ALL") == "1D"
    if by_day and (until - since).days > MOST_DAYS:
        raise invalid(f"'granularity' 1D takes at most {MOST_DAYS} days")
    spans = (
        [(since + n * DAY, since + (n + 1) * DAY) for n in range((until - since).days)] if by_day else [(since, until)]
    )
    intervals = [figure_views.interval(joined(tally(call, *span).values()), span) for span in spans]
    return {"latest_available_date": _latest(call).isoformat(), "performance": {"intervals": intervals}}


def product_list(call: Call) -> dict[str, Any]:
    since, until = _days(call)
    order_by = call.one_of("sort_field", ("gmv", "items_sold", "orders"), "gmv")
    newest_first = call.one_of("sort_order", ("ASC", "DESC"), "DESC") == "DESC"
    by_sku, shelf = tally(call, since, until), call.stage.shelf
    rows = [
        (product, joined(by_sku[offer.offer_id] for offer in shelf.skus(product)))
        for product in shelf.all_of(call.shop.shop_id)
    ]

    def key(row: tuple[Product, Figures]) -> tuple[int, ...]:
        figures = row[1]
        by = {"gmv": figures.gmv_vnd, "items_sold": figures.items, "orders": len(figures.orders)}
        return by[order_by], row[0].product_id

    shown = page(call, rows, key, default_size=20, newest_first=newest_first)
    told = {
        "latest_available_date": _latest(call).isoformat(),
        "total_count": len(rows),
        "next_page_token": shown.next_token,
    }
    flat = call.version in FLAT_VERSIONS
    products = [
        {"id": str(p.product_id)} | (figure_views.flat(f) if flat else {"total_performance": figure_views.nested(f)})
        for p, f in shown.rows
    ]
    return told | ({"products": products} if products else {})


def product_detail(call: Call) -> dict[str, Any]:
    since, until = _days(call)
    product = own_product(call, call.ids[0])
    offers = call.stage.shelf.skus(product)
    by_sku = tally(call, since, until)
    figures = joined(by_sku[offer.offer_id] for offer in offers)
    sales = {"gmv": money.amount(figures.gmv_vnd), "orders": len(figures.orders), "items_sold": figures.items}
    backs = {"returned": figures.refunded_items, "canceled": figures.cancelled, "refunded": figures.refunded_items}
    span = {"start_date": since.isoformat(), "end_date": until.isoformat()}
    interval = span | {"sales": sales, "cancel_and_refunds": backs | {"replacements": 0}}
    performance = {"intervals": [interval], "ratings": _ratings(call, offers, since, until)}
    return {"latest_available_date": _latest(call).isoformat(), "performance": performance}


def sku_list(call: Call) -> dict[str, Any]:
    """Both ids are integers here."""
    since, until = _days(call)
    by_sku = tally(call, since, until)
    rows = [(offer, by_sku[offer.offer_id]) for offer in call.world.offers(MARKET, call.shop.shop_id)]
    shown = page(call, rows, lambda row: (row[0].offer_id,), default_size=20)
    told = {
        "latest_available_date": _latest(call).isoformat(),
        "total_count": len(rows),
        "next_page_token": shown.next_token,
    }
    skus = [
        {
            "id": offer.offer_id,
            "product_id": call.stage.shelf.of_offer(offer).product_id,
            "gmv": money.amount(figures.gmv_vnd),
            "sku_orders": figures.sku_orders,
            "units_sold": figures.items,
        }
        for offer, figures in shown.rows
    ]
    return told | ({"skus": skus} if skus else {})


def _days(call: Call) -> tuple[date, date]:
    """The first day asked for, and the one behind the last."""
    try:
        since, until = (date.fromisoformat(call.text(name)) for name in ("start_date_ge", "end_date_lt"))
    except ValueError:
        raise invalid("'start_date_ge' and 'end_date_lt' must be YYYY-MM-DD") from None
    call.one_of("currency", ("LOCAL", "USD"), "LOCAL")
    if since >= until or until > _latest(call) + DAY:
        raise invalid("'end_date_lt' must lie behind 'start_date_ge' and not behind the latest available date")
    return since, until


def _latest(call: Call) -> date:
    return vietnam_day(call.now) - DAY


def _ratings(call: Call, offers: Iterable[Offer], since: date, until: date) -> list[dict[str, Any]]:
    counts = [0] * len(STARS)
    for offer in offers:
        for review in call.world.reviews(MARKET, offer.offer_id):
            if since <= vietnam_day(review.created_at) < until:
                counts[review.stars - 1] += 1
    return [
        {"stars": name, "count": count, "percentage": figure_views.rate(count, sum(counts))}
        for name, count in zip(STARS, counts, strict=True)
    ]


SHOP_VERSIONS, PRODUCT_VERSIONS = ("202609", "202405", "202509"), ("202605", "202405", "202509")
ROUTES = (
    Route("GET", "analytics", "/shop/performance", SHOP_VERSIONS, shop_performance, scopes.ANALYTICS),
    Route("GET", "analytics", "/shop_products/performance", PRODUCT_VERSIONS, product_list, scopes.ANALYTICS),
    Route("GET", "analytics", "/shop_products/{}/performance", ("202509", "202405"), product_detail, scopes.ANALYTICS),
    Route("GET", "analytics", "/shop_skus/performance", ("202509", "202405"), sku_list, scopes.ANALYTICS),
)
