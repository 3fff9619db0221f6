"""A table of search results as a browser helper saves it: CSV, comma-separated, with Vietnamese column names (seen 2025-03-23)."""

import csv
import io
import re

from spiders.base import at_most, cards
from spiders.country import settle_currency
from spiders.draft import Draft
from spiders.numbers import read_rating
from spiders.page import Page, PageError, PageState, Reading
from spiders.shopee.address import link_to
from spiders.shown import price_text, sold_text

_ITEM, _SHOP, _TITLE = "Mã sản phẩm", "Mã shop", "Tên sản phẩm"
_PRICE, _SOLD, _RATING = "Giá bán hiển thị trên feed", "Đã bán", "Đánh giá"
_COLUMNS = {_ITEM, _SHOP, _TITLE, _PRICE, _SOLD, _RATING}
_NOTHING = "Không có"  # "Không có thông tin", "Không có đánh giá": the helper's way of saying that the card has none
_MARK = "\ufeff"
_ID = re.compile(r"\d{1,20}", re.ASCII)


def is_feed(page: Page) -> bool:
    """Told by its first line: a table names its columns, JSON opens a bracket."""
    head, _, _ = page.body[:4096].partition(b"\n")
    return _ITEM.encode() in head and not head.lstrip(b"\xef\xbb\xbf \t").startswith((b"{", b"["))


def read_feed(page: Page) -> Reading:
    """LAYOUT_CHANGED names the columns that are not there; BAD_DATA is a table that cannot be read to its end."""
    table = csv.DictReader(io.StringIO(page.text.removeprefix(_MARK), newline=""), strict=True)
    try:
        missing = sorted(_COLUMNS.difference(table.fieldnames or ()))
        if missing:
            raise PageError(PageState.LAYOUT_CHANGED, f"no column {', '.join(missing)}")
        return cards([_draft(row, page).checked() for row in at_most(list(table))])
    except csv.Error as err:
        raise PageError(PageState.BAD_DATA, f"broken table: {err}"[:200]) from None


def _draft(row: dict[str, str | None], page: Page) -> Draft:
    """A percentage gives no list price, and the short link leads through someone else's host: neither is read."""
    draft = Draft("shopee", "cards", title=row[_TITLE])
    settle_currency(draft, page, None)
    item, shop = (row[_ITEM] or "").strip(), (row[_SHOP] or "").strip()
    if _ID.fullmatch(item) and _ID.fullmatch(shop):
        draft.external_id, draft.shop_id = item, shop
        draft.url = link_to(shop, item, page)
    else:
        draft.flags.append("external_id: not a number")
    price_text(draft, "price", row[_PRICE])
    sold_text(draft, _said(row[_SOLD]))
    _rating(draft, _said(row[_RATING]))
    return draft


def _said(text: str | None) -> str | None:
    return None if text is None or text.startswith(_NOTHING) else text


def _rating(draft: Draft, text: str | None) -> None:
    try:
        draft.rating_average = read_rating(text)
    except ValueError as err:
        draft.flags.append(f"rating_average: {err}")
