"""The public pages as HTML. What sellers and buyers wrote is escaped, in the markup and in the script, so a hostile name stays a name."""

import html
import json
from collections.abc import Iterable
from typing import Any

IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def product(title: str, state: dict[str, Any]) -> str:
    """The linked data holds breadcrumbs and no price, as on the real page."""
    crumb = {"@type": "ListItem", "position": 1, "name": "TikTok Shop", "item": "https://shop.tiktok.com/vn"}
    crumbs = {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": [crumb]}
    head = f'<script type="application/ld+json">{_script(crumbs)}</script>'
    data = f'<script type="application/json" id="__MODERN_ROUTER_DATA__">{_script(state)}</script>'
    return _document(title, head, f"<h1>{html.escape(title)}</h1>{data}")


def keyword(words: str, links: Iterable[tuple[str, str]]) -> str:
    """The cards of one keyword page."""
    cards = "".join(f'<a href="{html.escape(url)}"><h3>{html.escape(title)}</h3></a>' for url, title in links)
    data = f'<script type="application/json" id="__MODERN_ROUTER_DATA__">{_script({"loaderData": {}})}</script>'
    return _document(words, "", f"<main>{cards}</main>{data}")


def gone() -> str:
    return _document("Không tìm thấy trang", "", "<h1>Sản phẩm không tồn tại</h1>")


def _document(title: str, head: str, body: str) -> str:
    opening = f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
    return f"{opening}{head}</head><body>{body}</body></html>"


def _script(value: Any) -> str:
    """JSON that cannot end the script it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(IN_SCRIPT)
