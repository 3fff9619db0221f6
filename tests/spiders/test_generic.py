"""Any shop's page: which block is the product, which figure is its price, and when there is none."""

import json
from decimal import Decimal
from typing import Any

import pytest

from catalog.reading import Item
from spiders.page import PageState, Reading
from spiders.reading import read

URL = "https://htx.example/san-pham/che-dinh/"


def of(html: str, url: str = URL) -> Reading:
    return read("generic", url, f"<!doctype html><html><body>{html}</body></html>".encode())


def one(reading: Reading) -> Item:
    assert (reading.state, reading.evidence) == (PageState.OK, "")
    (item,) = reading.items
    return item


def ld(*nodes: Any) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>' for node in nodes
    )


def product(**changes: Any) -> dict[str, Any]:
    offer = {"@type": "Offer", "price": "165000", "priceCurrency": "VND", "availability": "https://schema.org/InStock"}
    return {"@type": "Product", "name": "Chè đinh", "offers": offer, **changes}


@pytest.mark.parametrize(
    "nested",
    [
        product(),
        [product()],
        {"@graph": [{"@type": "WebSite"}, product()]},
        {"@graph": [[{"@type": "WebPage", "mainEntity": product()}]]},
        product(**{"@type": ["Thing", "http://schema.org/Product"]}),
    ],
)
def test_json_ld_product_is_found_wherever_it_is_nested(nested: Any) -> None:
    """Graphs, lists, a page's main entity, a list of types, a full type address."""
    item = one(of(ld(nested)))
    assert (item.title, item.price, item.currency, item.available) == ("Chè đinh", Decimal(165000), "VND", True)
    assert item.url == URL


@pytest.mark.parametrize("price", [80000, 80000.0, "80000", "80000.00", "80.000", "80,000 ₫"])
def test_price_in_every_spelling(price: object) -> None:
    """A number, numeric text, or the shown text put where programs read."""
    offer = {"@type": "Offer", "price": price, "priceCurrency": "VND"}
    assert one(of(ld(product(offers=[offer])))).price == 80000


def test_list_price_is_told_by_its_type() -> None:
    """A second price specification of type ListPrice is the list price; one without a type is not."""
    asked, crossed = {"price": "165000"}, {"price": "190000", "priceType": "https://schema.org/ListPrice"}
    offer = {"@type": "Offer", "price": "165000", "priceCurrency": "VND", "priceSpecification": [asked, crossed]}
    item = one(of(ld(product(offers=offer))))
    assert (item.price, item.list_price) == (Decimal(165000), Decimal(190000))
    specified = {"@type": "Offer", "priceSpecification": {"price": "70000", "priceCurrency": "VND"}}
    assert one(of(ld(product(offers=specified)))).price == 70000


def test_aggregate_offer_and_variants_are_a_range() -> None:
    """Lowest is the price, highest the top; a product group takes its variants' offers; one in stock is enough."""
    aggregate = {
        "@type": "AggregateOffer",
        "lowPrice": "60000",
        "highPrice": "110000",
        "offerCount": 2,
        "priceCurrency": "VND",
    }
    item = one(of(ld(product(offers=[aggregate]))))
    assert (item.price, item.price_max, item.variants) == (Decimal(60000), Decimal(110000), 2)
    out = {"@type": "Offer", "price": "90000", "availability": "https://schema.org/OutOfStock"}
    variants = [product(), product(offers=out)]
    group = {"@type": "ProductGroup", "name": "Chè", "hasVariant": variants}
    item = one(of(ld(group)))
    assert (item.price, item.price_max, item.variants, item.available) == (Decimal(90000), Decimal(165000), 2, True)


def test_related_products_are_never_the_product() -> None:
    """Of several blocks the one with the page's address wins, then the one with its heading; a tie is loud."""
    own, other = product(url=URL), product(name="Miến", url="https://htx.example/san-pham/mien/")
    assert one(of(ld(other, own))).title == "Chè đinh"
    named, silent = product(), product(name="Miến")
    assert one(of(ld(silent, named) + "<h1>Chè đinh</h1>")).title == "Chè đinh"
    assert of(ld(named, silent)) == Reading(
        PageState.LAYOUT_CHANGED, "2 product blocks and none of them this page's own"
    )
    assert of(ld(other)) == Reading(PageState.LAYOUT_CHANGED, "1 product blocks and none of them this page's own")
    related = {"@type": "WebPage", "mentions": [other]}
    assert one(of(ld(product(isRelatedTo=[other]), related))).title == "Chè đinh"


def test_list_address_is_a_list_whatever_the_page_claims() -> None:
    """A search page with a Product block in it is still a search page."""
    card = '<ul class="products"><li class="product post-7 outofstock"><a href="/p/mien?ref=1"><h2>Miến</h2></a><span class="price">60.000₫</span></li></ul>'
    for url in (
        "https://htx.example/danh-muc/che/",
        "https://htx.example/?s=che",
        "https://htx.example/collections/all",
    ):
        (item,) = of(ld(product()) + card, url).items
        assert (item.page, item.title, item.price, item.external_id, item.available) == (
            "cards",
            "Miến",
            Decimal(60000),
            "7",
            False,
        )
        assert item.url == "https://htx.example/p/mien"


def test_torn_block_gives_way_to_the_next_source() -> None:
    """Broken JSON-LD is passed over; microdata that is there is read."""
    micro = '<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Chè</h1><p itemprop="price">14.500.000₫</p></div>'
    item = one(of('<script type="application/ld+json">{"@type": "Product", </script>' + micro))
    assert (item.title, item.price, item.currency) == ("Chè", Decimal(14500000), "VND")


def test_block_of_ratings_gives_way_to_the_source_with_a_price() -> None:
    """A Product block without offers is no price; OpenGraph tags that have one are."""
    tags = '<meta property="og:title" content="Chè đinh - HTX"><meta property="product:price:amount" content="165000">'
    tags += '<meta property="product:price:currency" content="VND"><meta property="product:availability" content="oos">'
    item = one(of(tags + ld({"@type": "Product", "name": "Chè đinh"}) + "<h1>Chè đinh</h1>"))
    assert (item.title, item.price, item.available) == ("Chè đinh", Decimal(165000), False)


def test_opengraph_alone_is_no_product() -> None:
    """`og:title` without a price tag is the shop's name as often as not."""
    assert of('<meta property="og:title" content="HTX Chè">').state == PageState.LAYOUT_CHANGED


@pytest.mark.parametrize("price", ["Liên hệ", "", "0"])
def test_call_us_is_no_price_and_no_changed_layout(price: str) -> None:
    """A place for a price with no figure in it is a shop that wants to be called."""
    offer = {"@type": "Offer", "price": price, "priceCurrency": "VND"}
    assert one(of(ld(product(offers=offer)))).price is None


def test_product_whose_price_has_gone_is_a_changed_layout() -> None:
    """No figure and no place for one: the page is not the page we know."""
    assert of(ld(product(offers=[]))) == Reading(PageState.LAYOUT_CHANGED, "a product without a price")
    assert one(of(ld(product(offers={"@type": "Offer", "availability": "SoldOut"})))).available is False


def test_impossible_offer_is_flagged() -> None:
    """Half a đồng, an unknown availability and a rating of 7 are evidence, not facts."""
    offer = {"@type": "Offer", "price": "1.5", "priceCurrency": "VND", "availability": "https://schema.org/Perhaps"}
    reading = of(ld(product(offers=offer, aggregateRating={"ratingValue": "7", "reviewCount": 3})))
    assert reading.state == PageState.BAD_DATA
    assert reading.items[0].flags == (
        "available: unknown code Perhaps",
        "price: a fraction of a đồng",
        "rating_average: outside 0 to 5",
    )


def test_seller_named_by_reference() -> None:
    """`{"@id": ...}` is looked up in the same graph."""
    offer = {"price": "165000", "priceCurrency": "VND", "seller": {"@id": "#shop"}}
    graph = {"@graph": [{"@type": "Organization", "@id": "#shop", "name": "Chợ Quê"}, product(offers=offer)]}
    assert one(of(ld(graph))).shop_name == "Chợ Quê"


WOO = """<div id="product-10" class="product type-product post-10 instock"><div class="summary"><h1>Chè</h1>
  <p class="price">{price}</p><p class="stock in-stock">{stock}</p></div>
  <li class="reviews_tab">Đánh giá (2)</li><section class="related"><div class="product"><span class="price">1.000 ₫</span></div></section></div>"""
AMOUNT = '<span class="woocommerce-Price-amount"><bdi>{}&nbsp;₫</bdi></span>'


def test_woocommerce_page_text_alone() -> None:
    """A theme without JSON-LD: del and ins are list price and price, the stock line says how many are left."""
    price = f"<del>{AMOUNT.format('190.000')}</del> <ins>{AMOUNT.format('165.000')}</ins>"
    item = one(of(WOO.format(price=price, stock="Còn 32 sản phẩm")))
    assert (item.external_id, item.price, item.list_price, item.stock, item.available) == (
        "10",
        Decimal(165000),
        Decimal(190000),
        32,
        True,
    )
    assert (item.rating_count, item.currency) == (2, "VND")
    several = one(of(WOO.format(price=f"{AMOUNT.format('60,000')} – {AMOUNT.format('110,000')}", stock="Hết hàng")))
    assert (several.price, several.price_max, several.available) == (Decimal(60000), Decimal(110000), False)
    assert one(of(WOO.format(price="Liên hệ", stock="Còn hàng"))).price is None


def test_hidden_list_price_is_not_read() -> None:
    """What carries the class d-none is not on the page: Odoo parks a list price there."""
    scope = '<div itemscope itemtype="http://schema.org/Product"><h1 itemprop="name">Chè</h1><div itemprop="offers" itemscope>'
    scope += '<span itemprop="price" style="display:none">190000.0</span><span itemprop="priceCurrency">VND</span>'
    hidden = one(of(scope + '<span class="x d-none" itemprop="listPrice">250,000</span></div></div>'))
    assert (hidden.price, hidden.list_price) == (Decimal(190000), None)
    assert one(of(scope + '<span itemprop="listPrice">250,000</span></div></div>')).list_price == 250000


def test_product_feeds_know_their_units() -> None:
    """`.json` speaks main units in text, `.js` hundredths; JSON elsewhere is nothing we know."""
    body = {
        "id": 7,
        "title": "Chè",
        "variants": [{"price": "165000", "compare_at_price": "190000"}, {"price": "300000"}],
    }
    item = one(read("generic", "https://htx.example/products/che.json", json.dumps({"product": body}).encode()))
    assert (item.external_id, item.price, item.price_max, item.list_price, item.variants) == (
        "7",
        Decimal(165000),
        Decimal(300000),
        Decimal(190000),
        2,
    )
    cents = {"id": 7, "title": "Chè", "variants": [{"price": 16500000, "available": False}]}
    item = one(read("generic", "https://htx.example/products/che.js", json.dumps(cents).encode()))
    assert (item.price, item.available) == (Decimal(165000), False)
    assert read("generic", "https://htx.example/x", b"{}").state == PageState.LAYOUT_CHANGED


def test_canonical_address_names_the_own_block() -> None:
    """One product is shown under several collections; its block names the address that the page calls its own."""
    own, other = product(url="https://htx.example/che-dinh-goc"), product(name="Miến", url="https://htx.example/mien")
    canonical = '<link rel="canonical" href="https://htx.example/che-dinh-goc">'
    assert one(of(canonical + ld(other, own), "https://htx.example/x?id=7")).title == "Chè đinh"
    nested = product(url="https://htx.example/products/che-dinh")
    assert one(of(ld(nested, other), "https://htx.example/collections/tra/products/che-dinh")).title == "Chè đinh"
    assert one(of(ld(product(url="https://htx.example/")))).title == "Chè đinh"


def test_offers_in_two_currencies_are_never_one_range() -> None:
    """Đồng first; a price whose own mark is of another currency is flagged."""
    dong, dollars = {"price": "165000", "priceCurrency": "VND"}, {"price": "7", "priceCurrency": "USD"}
    item = one(of(ld(product(offers=[dollars, dong]))))
    assert (item.currency, item.price, item.price_max) == ("VND", Decimal(165000), None)
    assert one(of(ld(product(offers=[dollars])))).currency == "USD"
    assert one(of(ld(product(offers=[{"price": "165.000 ₫"}])))).currency == "VND"
    reading = of(ld(product(offers=[{"price": "$120", "priceCurrency": "VND"}])))
    assert reading.items[0].flags == ("price: in another currency than the page's",)


def test_json_number_keeps_the_digits_it_was_written_with() -> None:
    """`165.000` without quotes is a shop's hundred and sixty-five thousand; `165000.0` is the same."""
    for written in ("165.000", "165000.0", "165000.00"):
        script = ld(product()).replace('"165000"', written)
        assert one(of(script)).price == 165000
    rated = ld(product(aggregateRating={"ratingValue": 4.8, "reviewCount": 31}))
    assert (one(of(rated)).rating_average, one(of(rated)).rating_count) == (4.8, 31)


def test_entities_and_template_marks_in_titles() -> None:
    """Entities left in a block are letters; a template's mark is no title."""
    assert one(of(ld(product(name="Chè &amp; trà &#8211; 200g")))).title == "Chè & trà – 200g"
    assert of(ld(product(name="{{ product.title }}"))).state == PageState.LAYOUT_CHANGED


@pytest.mark.parametrize("wrapping", ["<!--{}-->", "//<![CDATA[\n{}\n//]]>", "/*<![CDATA[*/{}/*]]>*/", "{};"])
def test_block_in_its_old_wrapping(wrapping: str) -> None:
    """Comments, CDATA marks and a semicolon around a block are no part of it."""
    script = f'<script type="application/ld+json;charset=utf-8">{wrapping.format(json.dumps(product()))}</script>'
    assert one(of(script)).price == 165000


def test_only_heading_names_what_the_data_does_not() -> None:
    """A block without a name is the page's product all the same; two headings are no name."""
    nameless = ld(product(name=None))
    assert one(of(nameless + "<h1>Chè đinh</h1>")).title == "Chè đinh"
    assert of(nameless + "<h1>Chè</h1><h1>Miến</h1>").state == PageState.LAYOUT_CHANGED


def test_scopes_of_a_list_are_its_rows() -> None:
    """Microdata of several products at a list's address: a row each, with its own page's address."""
    scope = '<div itemscope itemtype="http://schema.org/Product"><a itemprop="url" href="/p/{0}?x=1"></a><b itemprop="name">{0}</b><i itemprop="price" content="{1}"></i></div>'
    reading = of(scope.format("che", 165000) + scope.format("mien", 60000), "https://htx.example/danh-muc/tra")
    assert [(item.page, item.title, item.price, item.url) for item in reading.items] == [
        ("cards", "che", Decimal(165000), "https://htx.example/p/che"),
        ("cards", "mien", Decimal(60000), "https://htx.example/p/mien"),
    ]


@pytest.mark.parametrize(
    ("code", "for_sale"),
    [
        ("https://schema.org/InStock", True),
        ("in stock", True),
        ("IN_STOCK", True),
        ("http://schema.org/outofstock/", False),
        ("Sold out", False),
    ],
)
def test_availability_in_any_case(code: str, *, for_sale: bool) -> None:
    """Shops write schema.org's words with blanks, lines and capitals of their own."""
    offer = {"price": "165000", "priceCurrency": "VND", "availability": code}
    assert one(of(ld(product(offers=offer)))).available is for_sale


def test_offers_named_in_the_graph_and_ranges_in_the_place_of_a_price() -> None:
    """An offer by its @id; both ends of a range that somebody wrote as one price."""
    named = {
        "@graph": [
            product(offers={"@id": "#o"}),
            {"@type": "Offer", "@id": "#o", "price": "85000", "priceCurrency": "VND"},
        ]
    }
    assert one(of(ld(named))).price == 85000
    ranged = one(of(ld(product(offers={"price": "85.000 - 120.000", "priceCurrency": "VND"}))))
    assert (ranged.price, ranged.price_max) == (Decimal(85000), Decimal(120000))


def test_block_of_ratings_beside_the_block_of_offers() -> None:
    """Of two blocks with the page's heading the one with offers is read; two with different offers are a tie."""
    rated = {"@type": "Product", "name": "Chè đinh", "aggregateRating": {"ratingValue": 5, "reviewCount": 2}}
    heading = "<h1>Chè đinh</h1>"
    assert one(of(heading + ld(rated, product()))).price == 165000
    dearer = product(offers={"price": "190000", "priceCurrency": "VND"})
    assert of(heading + ld(product(), dearer)).state == PageState.LAYOUT_CHANGED


@pytest.mark.parametrize(
    ("stated", "code"), [("VND", "VND"), ("vnd", "VND"), ("₫", "VND"), ("vnđ", "VND"), ("usd", "USD")]
)
def test_currency_however_it_is_written(stated: str, code: str) -> None:
    """Small letters and marks in the place of a code mean the code."""
    assert one(of(ld(product(offers={"price": "165000", "priceCurrency": stated})))).currency == code


def test_currency_that_is_none_is_flagged() -> None:
    """What is no code of ISO 4217 gives no currency."""
    reading = of(ld(product(offers={"price": "165000", "priceCurrency": "đồng tiền"})))
    assert (reading.state, reading.items[0].currency) == (PageState.OK, "VND")
    reading = of(ld(product(offers={"price": "165000", "priceCurrency": "XU VÀNG"})))
    assert (reading.state, reading.items[0].currency) == (PageState.BAD_DATA, None)
