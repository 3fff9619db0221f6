"""What a rehearsal's database says, without what legitimately differs between two lives: row ids, clocks, addresses."""

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

STATEMENTS = {
    "listings": """select s.name, v.sku, l.external_id, l.external_variant_id, l.tracking_id, l.sent_wanted, l.sent_price_vnd,
        l.sent_stock, l.reported_state, l.reported_price_vnd, l.reported_stock, l.attempts, l.must_look_up, l.last_code
        from listing l join shop s on s.id = l.shop_id join variant v on v.id = l.variant_id""",
    "orders": """select s.name, o.external_id, o.state, o.placed_at, o.updated_at, o.settled_at, o.payout_vnd
        from sales_order o join shop s on s.id = o.shop_id""",
    "order lines": """select o.external_id, l.external_id, l.sku, l.quantity, l.unit_price_vnd, l.variant_id
        from order_line l join sales_order o on o.id = l.order_id""",
    "money lines": """select o.external_id, m.line_external_id, m.code, m.stage, m.statement, m.amount_vnd
        from money_line m join sales_order o on o.id = m.order_id""",
    "observations": """select w.site, substr(w.url, 24), o.seen_at, o.external_key, o.price_vnd, o.sold_lo, o.stock, o.rating_count
        from observation o join watched_page w on w.id = o.page_id""",
    "reviews": "select marketplace, external_id, stars, text, created_at from review",
    "runs": "select job, lane, slot, state from job_run",
    "stock": "select sku, stock, available from variant",
    "cursors": "select shop_id, stream, position from cursor",
    "offline sales": "select producer_id, product_key, month, amount_vnd, source from offline_sale",
}


Content = dict[str, list[tuple[object, ...]]]


def content(directory: Path) -> Content:
    """Every table's business content, in one order."""
    with closing(sqlite3.connect(directory / "ocop.db")) as database:
        return {name: sorted(database.execute(statement), key=repr) for name, statement in STATEMENTS.items()}


def differences(wanted: Content, got: Content) -> dict[str, dict[str, list[tuple[object, ...]]]]:
    """Table by table what is missing and what is too much; a row that stands twice is too much once."""
    found = {}
    for name, rows in wanted.items():
        missing, extra = Counter(rows), Counter(got[name])
        if missing != extra:
            found[name] = {"missing": list((missing - extra).elements()), "extra": list((extra - missing).elements())}
    return found
