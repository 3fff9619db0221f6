"""What a rehearsal's database says, without what legitimately differs between two lives: row ids, wall clocks, ports."""

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

STATEMENTS = {
    "listings": """select s.name, v.sku, l.wanted, l.blockers, l.intended_price_vnd, l.intended_stock, l.external_id,
        l.external_variant_id, l.tracking_id, l.sent_wanted, l.sent_price_vnd, l.sent_stock, l.reported_state, l.reported_raw_state,
        l.reported_price_vnd, l.reported_stock, path(l.url), l.must_look_up, l.last_code,
        l.sent_hash is l.intended_hash, l.refused_hash is l.intended_hash
        from listing l join shop s on s.id = l.shop_id join variant v on v.id = l.variant_id""",
    "waits": """select s.name, v.sku, w.kind, w.attempts, w.next_try_at, w.refused_figure, w.code from listing_wait w
        join listing l on l.id = w.listing_id join shop s on s.id = l.shop_id join variant v on v.id = l.variant_id""",
    "unfinished pushes": "select listing_id, action, state from push_attempt where state in ('in_flight', 'unknown')",
    "orders": """select s.name, o.external_id, o.state, o.raw_state, o.placed_at, o.placed_month, o.updated_at, o.paid_at,
        o.settled_at, o.payout_vnd, o.province from sales_order o join shop s on s.id = o.shop_id""",
    "order lines": """select s.name, o.external_id, l.external_id, l.sku, l.quantity, l.cancelled_quantity, l.returned_quantity,
        l.unit_price_vnd, l.list_price_vnd, v.sku from order_line l join sales_order o on o.id = l.order_id
        join shop s on s.id = o.shop_id left join variant v on v.id = l.variant_id""",
    "money lines": """select s.name, o.external_id, m.line_external_id, m.code, m.stage, m.statement, m.amount_vnd
        from money_line m join sales_order o on o.id = m.order_id join shop s on s.id = o.shop_id""",
    "watched pages": """select w.site, path(w.url), w.source_class, s.name, v.sku, w.state, w.gone_since, w.next_visit_at,
        w.last_visit_at, w.allowed_by, w.is_enabled from watched_page w left join listing l on l.id = w.listing_id
        left join shop s on s.id = l.shop_id left join variant v on v.id = l.variant_id""",
    "observations": """select w.site, path(w.url), o.seen_at, o.external_key, o.source_class, o.title, o.price_vnd,
        o.list_price_vnd, o.sold_raw, o.sold_lo, o.sold_hi, o.rating_average, o.rating_count, o.stars, o.available, o.stock, o.flags
        from observation o join watched_page w on w.id = o.page_id""",
    "reviews": """select r.marketplace, r.external_id, v.sku, r.stars, r.text, r.created_at, r.images, r.reply, r.first_seen_at
        from review r left join listing l on l.id = r.listing_id left join variant v on v.id = l.variant_id""",
    "sites": "select site, refusals_in_row, refused_days, paused_until, is_disabled from site_state",
    "runs": """select job, lane, slot, state, error_code from job_run
        where job != 'await_reviews'""",  # asked where an answer is still to come: a kill may leave more of those
    "problems": "select key, sentence, resolved_at is null from problem",
    "shops": "select name, marketplace, external_id, state, paused_until from shop",
    "stock": "select sku, stock, available from variant",
    "cursors": "select s.name, c.stream, c.position from cursor c join shop s on s.id = c.shop_id",
    "offline sales": """select p.code, o.product_key, o.month, o.amount_vnd, o.source, o.is_demonstration
        from offline_sale o join producer p on p.id = o.producer_id""",
}


Content = dict[str, list[tuple[object, ...]]]


def content(directory: Path) -> Content:
    """Every table's business content, in one order."""
    with closing(sqlite3.connect(directory / "ocop.db")) as database:
        database.create_function("path", 1, lambda url: url and urlsplit(url).path)
        return {name: sorted(database.execute(statement), key=repr) for name, statement in STATEMENTS.items()}


def differences(wanted: Content, got: Content) -> dict[str, dict[str, list[tuple[object, ...]]]]:
    """Table by table what is missing and what is too much; a row that stands twice is too much once."""
    found = {}
    for name, rows in wanted.items():
        missing, extra = Counter(rows), Counter(got[name])
        if missing != extra:
            found[name] = {"missing": list((missing - extra).elements()), "extra": list((extra - missing).elements())}
    return found
