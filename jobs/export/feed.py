"""A product feed as a file: CSV in Meta's words, XML (RSS 2.0) in Google's. Publishing it somewhere is a person's business.

Meta catalogue fields and Google Merchant Center's RSS guide, read 2026-11-24. Prices are `235000 VND`; Meta writes `in stock`,
Google `in_stock`. Safe to repeat: the same register gives the same bytes.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from sqlalchemy import select

from analysis.writers import harmless
from connectors.sheets.fills import web_pictures
from jobs.app import App, JobError
from jobs.export.offered import Held, Offered, offering
from jobs.export.sheet import write_whole
from models import Listing, Shop, Variant

GOOGLE = "http://base.google.com/ns/1.0"
FIELDS = (
    "id", "title", "description", "availability", "condition", "price", "link", "image_link", "additional_image_link", "brand",
    "gtin", "shipping_weight",
)  # fmt: skip
AVAILABILITY = {".csv": ("in stock", "out of stock"), ".xml": ("in_stock", "out_of_stock")}
NO_PAGE = "trang bán đã biết (chạy `ocop pull listings`, hoặc thêm --link)"
NO_PICTURE = "ảnh có địa chỉ trên mạng (ghi trong sổ đăng ký)"
TITLE = "OCOP Thái Nguyên"
MOST_PICTURES = 10  # besides the first; more are not read by either


@dataclass(frozen=True)
class Feed:
    file: str
    items: int
    held: list[Held]
    notes: tuple[str, ...]


def write_feed(
    app: App, out: Path, *, shop_name: str | None, producers: tuple[str, ...] = (), link: str | None = None
) -> Feed:
    """Every pack that may be sold and has a page and a picture on the web; the others are held with their sentence.

    `link` is a page's address with `{sku}` in it; without it the shop's own listings have the pages. Raises JobError.
    """
    if out.suffix not in AVAILABILITY:
        raise JobError("Nguồn cấp sản phẩm là tệp .csv (Meta) hoặc .xml (Google): hãy đặt tên tệp như vậy sau -o.")
    if link is None and shop_name is None:
        raise JobError("Cần địa chỉ trang bán: --shop (trang của gian hàng) hoặc --link 'https://…/{sku}'.")
    shop = app.shop(shop_name) if shop_name else None
    found = offering(app, shop, producers)
    pages = _pages(app, shop) if link is None and shop else {}
    items, held = [], list(found.held)
    for one in found.offered:
        page = link.replace("{sku}", one.variant.sku) if link else pages.get(one.variant.sku)
        pictures = web_pictures(one.listing)
        if page is None or not pictures:
            held.append(_lacking(one, NO_PAGE if page is None else NO_PICTURE))
            continue
        items.append(_item(one, page, pictures, AVAILABILITY[out.suffix]))
    write_whole(out, _csv(items) if out.suffix == ".csv" else _xml(items))
    return Feed(str(out), len(items), held, found.notes)


Item = Mapping[str, str | list[str]]


def _item(one: Offered, page: str, pictures: list[str], words: tuple[str, str]) -> Item:
    listing = one.listing
    return {
        "id": listing.sku,
        "title": listing.title,
        "description": listing.description,
        "availability": words[0] if listing.stock else words[1],
        "condition": "new",
        "price": f"{listing.price_vnd} VND",
        "link": page,
        "image_link": pictures[0],
        "additional_image_link": pictures[1 : MOST_PICTURES + 1],
        "brand": listing.brand or "",
        "gtin": listing.gtin or "",
        "shipping_weight": f"{listing.shipping_weight_g} g",
    }


def _csv(items: list[Item]) -> bytes:
    """UTF-8; a text that a spreadsheet would run as a formula gets an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(FIELDS)
    for item in items:
        values = (item[name] for name in FIELDS)
        writer.writerow([harmless(",".join(value) if isinstance(value, list) else value) for value in values])
    return text.getvalue().encode()


def _xml(items: list[Item]) -> bytes:
    ET.register_namespace("g", GOOGLE)
    feed = ET.Element("rss", version="2.0")
    channel = ET.SubElement(feed, "channel")
    for name, text in (("title", TITLE), ("link", _site(items)), ("description", f"{TITLE}: sản phẩm đang bán")):
        ET.SubElement(channel, name).text = text
    for item in items:
        entry = ET.SubElement(channel, "item")
        for name in FIELDS:
            value = item[name]
            for text in value if isinstance(value, list) else [value] if value else []:
                ET.SubElement(entry, f"{{{GOOGLE}}}{name}").text = text
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'.encode()


def _site(items: list[Item]) -> str:
    """Where the pages are: RSS asks for one address of the whole."""
    parts = urlsplit(str(items[0]["link"])) if items else None
    return f"{parts.scheme}://{parts.netloc}/" if parts else ""


def _pages(app: App, shop: Shop) -> dict[str, str]:
    """Public pages of the shop's listings, by SKU."""
    query = (
        select(Variant.sku, Listing.url)
        .join(Variant, Listing.variant_id == Variant.id)
        .where(Listing.shop_id == shop.id, Listing.url.is_not(None))
    )
    with app.database.session() as session:
        return {sku: url for sku, url in session.execute(query) if url}


def _lacking(one: Offered, what: str) -> Held:
    return Held(
        one.variant.sku,
        one.product.name,
        f"«{one.product.name}» ({one.variant.sku}) chưa vào nguồn cấp: chưa có {what}.",
    )
