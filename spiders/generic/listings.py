"""Lists of products on shop pages: thegioididong.com's fragment (seen 2020-05) and WooCommerce's product lists (11.0.1)."""

from selectolax.lexbor import LexborNode

from spiders.currencies import currency_of
from spiders.draft import Draft
from spiders.generic.choice import address
from spiders.generic.shops import woo_prices
from spiders.generic.words import stock
from spiders.numbers import read_price
from spiders.page import Page

_MOST = 2_000


def read(page: Page) -> list[Draft]:
    """In page order; empty where the page holds no list we know."""
    fragment = page.html.css("li[data-product-search]")
    if fragment:
        return [_thegioididong(node, page) for node in fragment[:_MOST]]
    return [
        _woocommerce(node, page)
        for node in page.html.css("ul.products > li.product, div.products > div.product.type-product")[:_MOST]
    ]


def _thegioididong(node: LexborNode, page: Page) -> Draft:
    """`data-price` is the list price where there is one, so only the shown texts are read; labels ("GIẢM 2.000.000₫") are no prices."""
    draft = Draft("generic", "cards", external_id=node.attributes.get("data-product-search"), title=_text(node, "h3"))
    draft.url = _link(node, page)
    shown = _text(node, ".price strong")
    draft.currency = currency_of(shown) or "VND"
    stock(draft, _text(node, ".textkm"))
    try:
        draft.price = read_price(shown)
        draft.list_price = read_price(_text(node, ".price span"))
    except ValueError as err:
        draft.flags.append(f"price: {err}")
    return draft


def _woocommerce(node: LexborNode, page: Page) -> Draft:
    """A theme of its own may leave the title to the link alone."""
    title = _text(node, ".woocommerce-loop-product__title, .product-title, h2, h3")
    draft = Draft("generic", "cards", title=title or _text(node, "a"), url=_link(node, page))
    classes = (node.attributes.get("class") or "").split()
    draft.external_id = next((name[5:] for name in classes if name.startswith("post-") and name[5:].isdigit()), None)
    draft.available = {"instock": True, "outofstock": False}.get(next((c for c in classes if c.endswith("stock")), ""))
    if (price := node.css_first(".price")) is not None:
        woo_prices(draft, price)
    return draft


def _link(node: LexborNode, page: Page) -> str | None:
    """The card's own page."""
    link = node.css_first("a[href]")
    return address(link.attributes["href"], page) if link is not None else None


def _text(node: LexborNode, selector: str) -> str | None:
    found = node.css_first(selector)
    return " ".join(str(found.text()).split()) if found is not None else None
