"""How our own crawls go: of each site's last run the pages by state, the fields filled, the speed and the bytes."""

import json
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobs.tally import FIELDS
from models import CrawlTally, SiteState

LIMPING = 0.80  # less than this share of its pages read: somebody should look


def crawl_health(session: Session) -> list[dict[str, Any]]:
    """One entry a site (a plain shop by its host), in alphabetical order."""
    newest = select(func.max(CrawlTally.run_id), CrawlTally.site).group_by(CrawlTally.site).subquery()
    query = select(CrawlTally).join(newest, (CrawlTally.run_id == newest.c[0]) & (CrawlTally.site == newest.c[1]))
    off = set(session.scalars(select(SiteState.site).where(SiteState.is_disabled)))
    return [_described(row, is_off=row.site in off) for row in session.scalars(query.order_by(CrawlTally.site))]


def _described(row: CrawlTally, *, is_off: bool) -> dict[str, Any]:
    """Shares are of the items read; None where there were none. `pages_per_s` tells of pace kept, not of what we could."""
    states, filled = json.loads(row.states), json.loads(row.filled)
    pages, seconds = sum(states.values()), (row.last_at - row.first_at).total_seconds()
    return {
        "site": row.site,
        "run_id": row.run_id,
        "at": row.last_at,
        "pages": pages,
        "states": states,
        "items": row.items,
        "filled": {name: round(filled.get(name, 0) / row.items, 4) for name in FIELDS} if row.items else None,
        "review_pages": row.review_pages,
        "bytes": row.bytes,
        "seconds": round(seconds, 3),
        "pages_per_s": round((pages + row.review_pages) / seconds, 3) if seconds else None,
        "fault": row.fault,
        "is_off": is_off,
    }


def sentence(crawl: dict[str, Any]) -> str:
    """One line for a person."""
    states = ", ".join(f"{name} {count}" for name, count in sorted(crawl["states"].items()))
    price = "–" if crawl["filled"] is None else f"{crawl['filled']['price']:.0%}"
    said = f"{crawl['pages']} trang ({states}), {price} có giá, {crawl['bytes'] / 1e6:.1f} MB trong {crawl['seconds']:.0f} giây"
    return f"{said}; không lưu: {crawl['fault']}" if crawl["fault"] else said


def is_well(crawl: dict[str, Any]) -> bool:
    """Goods that are gone are no fault of a crawl; pages skipped, refused or not understood are."""
    read = sum(crawl["states"].get(name, 0) for name in ("ok", "gone", "not_offered"))
    return crawl["fault"] is None and read >= LIMPING * crawl["pages"]
