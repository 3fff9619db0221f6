"""The page text of shop systems we know, always inside the main product's own element: related products repeat the same classes.

WooCommerce (2022 theme Flatsome, 11.0.1 theme Storefront), Odoo 17, Sapo/Bizweb 2016; all seen in pages read 2026-11-23.
"""

import re
from typing import Any

from selectolax.lexbor import LexborNode

from spiders.currencies import currency_of
from spiders.draft import Draft
from spiders.generic.words import stock
from spiders.microdata import parents
from spiders.numbers import read_count, read_price, read_rating
from spiders.page import Page, PageError, parse_json

_SYSTEMS = "div.product.type-product, input.product_id, .o_website_rating_static, select[name=variantId]"
_BRACKETED = re.compile(r"\((\d[\d.,]*)")


def read(page: Page) -> Draft | None:
    """A WooCommerce product whose theme left out its JSON-LD."""
    main = page.html.css_first("div.product.type-product .summary")
    if main is None:
        return None
    draft = Draft("generic", "product", title=_text(main.css_first("h1")))
    price = main.css_first("p.price") or main.css_first(".price")
    if price is not None:
        woo_prices(draft, price)
    return draft


def woo_prices(draft: Draft, price: LexborNode) -> None:
    """`ins` is the selling price and `del` the list price; two amounts without them are a range."""
    amounts = ".woocommerce-Price-amount"
    shown = price.css(f"ins {amounts}") or [node for node in price.css(amounts) if not _within(node, "del")]
    texts = [_text(node) for node in shown] or [_text(price)]
    draft.currency = currency_of(" ".join(text or "" for text in texts))
    try:
        values = [value for text in texts if (value := read_price(text)) is not None]
        draft.list_price = read_price(_text(price.css_first(f"del {amounts}")))
    except ValueError as err:
        draft.flags.append(f"price: {err}")
        return
    draft.says_no_price = not any(values)
    if values:
        draft.price, draft.price_max = min(values), max(values)


def complete(draft: Draft, page: Page) -> None:
    """Fill what the page's structured data left out; nothing stated there is overruled.

    One search of the tree tells whether any of the systems made it: to search for each of them costs as much as building it.
    """
    if page.html.css_first(_SYSTEMS) is None:
        return
    if (main := page.html.css_first("div.product.type-product")) is not None:
        _woocommerce(draft, main)
    _odoo(draft, page)
    _sapo(draft, page)


def _woocommerce(draft: Draft, main: LexborNode) -> None:
    draft.external_id = draft.external_id or _woo_id(main)
    draft.says_no_price |= _empty_price(main.css_first(".summary .price"))
    seen = Draft("generic", "product")
    stock(seen, _text(main.css_first(".summary .stock")))
    draft.stock = seen.stock
    draft.available = seen.available if draft.available is None else draft.available
    _variations(draft, main.css_first("form.variations_form"))
    if draft.rating_count is None:
        draft.rating_count = _bracketed(main.css_first(".reviews_tab"))
    if draft.rating_average is None and (score := main.css_first(".summary .star-rating .rating")) is not None:
        draft.rating_average = _rating(_text(score))
    if draft.reviews_on_page is None and main.css_first("#reviews") is not None:
        draft.reviews_on_page = len(main.css("#reviews .commentlist li.review"))


def _empty_price(price: LexborNode | None) -> bool:
    """An empty price element, or one with words in it, is how WooCommerce shops say "ask us"."""
    return price is not None and not any(char.isdigit() for char in str(price.text()))


def _woo_id(main: LexborNode) -> str | None:
    match = re.search(r"\bpost-(\d+)\b", main.attributes.get("class") or "")
    return match[1] if match else None


def _variations(draft: Draft, form: LexborNode | None) -> None:
    """The variants' own stock; the attribute is "false" where a product has too many to list."""
    text = None if form is None else form.attributes.get("data-product_variations")
    try:
        rows = parse_json(text) if text else None
    except PageError:
        return
    if isinstance(rows, list) and rows:
        draft.variants = draft.variants or len(rows)
        draft.available = any(_in_stock(row) for row in rows) if draft.available is None else draft.available


def _in_stock(row: Any) -> bool:
    return isinstance(row, dict) and row.get("is_in_stock") is True


def _odoo(draft: Draft, page: Page) -> None:
    if (
        product_id := page.html.css_first("#product_detail input.product_id, .js_product input.product_id")
    ) is not None:
        draft.external_id = draft.external_id or product_id.attributes.get("value") or None
    score = page.html.css_first(
        "#product_detail .o_website_rating_static, .o_wsale_product_page .o_website_rating_static"
    )
    if score is not None and draft.rating_average is None:
        draft.rating_average = _rating(score.attributes.get("title"))
        draft.rating_count = _bracketed(score.css_first("small"))


def _sapo(draft: Draft, page: Page) -> None:
    options = page.html.css("form.product-form select[name=variantId] option")
    if options and draft.variants is None:
        draft.variants = len(options)


def _rating(text: str | None) -> float | None:
    try:
        return read_rating(text)
    except ValueError:
        return None


def _bracketed(node: LexborNode | None) -> int | None:
    """The number in "Đánh giá (0)", "Reviews (2)", "(1 review)"."""
    match = _BRACKETED.search(_text(node) or "")
    try:
        return read_count(match[1]) if match else None
    except ValueError:
        return None


def _within(node: LexborNode, tag: str) -> bool:
    return any(parent.tag == tag for parent in parents(node))


def _text(node: LexborNode | None) -> str | None:
    return " ".join(str(node.text()).split()) if node is not None else None
