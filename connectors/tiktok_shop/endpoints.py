"""Every call we make to TikTok Shop, in one table. The version in each path is its own (Partner reference 0, read 2026-11-24).

A search has its filters in a signed JSON body and its page in the query (1.4), so its page belongs to the address here.
"""

from dataclasses import replace
from functools import cache
from typing import Any

from connectors.endpoint import Endpoint, In, NoPayload, Out
from connectors.tiktok_shop.payloads import auth, figures, finance, listings, orders, products, reference

# A code works once, and a refresh may give a new refresh token: repeating either blindly could lose the shop.
GET_TOKEN = Endpoint("GET", "/api/v2/token/get", auth.CodeGrant, auth.TokenPair, safe_to_repeat=False)
REFRESH_TOKEN = Endpoint("GET", "/api/v2/token/refresh", auth.RefreshGrant, auth.TokenPair, safe_to_repeat=False)
SHOPS = Endpoint("GET", "/authorization/202309/shops", NoPayload, auth.AuthorisedShops)
PREREQUISITES = Endpoint("GET", "/product/202312/prerequisites", NoPayload, auth.Prerequisites)

WAREHOUSES = Endpoint("GET", "/logistics/202309/warehouses", NoPayload, reference.Warehouses)
CATEGORIES = Endpoint("GET", "/product/202309/categories", reference.TreeQuery, reference.Categories)
ATTRIBUTES = Endpoint(
    "GET", "/product/202309/categories/{category_id}/attributes", reference.TreeQuery, reference.Attributes
)
RULES = Endpoint("GET", "/product/202309/categories/{category_id}/rules", reference.TreeQuery, reference.CategoryRules)
BRANDS = Endpoint("GET", "/product/202309/brands", reference.BrandQuery, reference.Brands)
UPLOAD_IMAGE = Endpoint(
    "POST",
    "/product/202309/images/upload",
    reference.UploadImage,
    reference.UploadedImage,
    safe_to_repeat=True,  # a second copy of a picture harms nobody
    encoding="multipart",
)

CREATE = Endpoint("POST", "/product/202309/products", products.NewProduct, products.SavedProduct)
PARTIAL_EDIT = Endpoint(
    "POST",
    "/product/202509/products/{product_id}/partial_edit",
    products.PartialEdit,
    products.SavedProduct,
    safe_to_repeat=True,
)
FULL_EDIT = Endpoint(
    "PUT", "/product/202509/products/{product_id}", products.FullEdit, products.SavedProduct, safe_to_repeat=True
)
PRICES = Endpoint(
    "POST",
    "/product/202309/products/{product_id}/prices/update",
    products.PriceUpdate,
    products.BatchResult,
    safe_to_repeat=True,
)
STOCKS = Endpoint(
    "POST",
    "/product/202309/products/{product_id}/inventory/update",
    products.StockUpdate,
    products.BatchResult,
    safe_to_repeat=True,
)
ACTIVATE = Endpoint(
    "POST", "/product/202309/products/activate", products.ProductIds, products.BatchResult, safe_to_repeat=True
)
DEACTIVATE = Endpoint(
    "POST", "/product/202309/products/deactivate", products.ProductIds, products.BatchResult, safe_to_repeat=True
)

PRODUCT_SEARCH = Endpoint(
    "POST",
    "/product/202502/products/search?page_size=100",
    listings.ProductSearch,
    listings.ProductPage,
    safe_to_repeat=True,
)
PRODUCT = Endpoint("GET", "/product/202309/products/{product_id}", listings.DetailQuery, listings.ProductDetail)

ORDER_SEARCH = Endpoint(
    "POST",
    "/order/202309/orders/search?page_size=100&sort_field=update_time&sort_order=ASC",
    orders.OrderSearch,
    orders.OrderPage,
    safe_to_repeat=True,
)
ORDERS = Endpoint("GET", "/order/202507/orders", orders.OrderIds, orders.Orders)
RETURN_SEARCH = Endpoint(
    "POST",
    "/return_refund/202602/returns/search?page_size=50&sort_field=update_time&sort_order=ASC",
    orders.ReturnSearch,
    orders.ReturnPage,
    safe_to_repeat=True,
)

STATEMENTS = Endpoint("GET", "/finance/202309/statements", finance.StatementQuery, finance.StatementPage)
TRANSACTIONS = Endpoint(
    "GET",
    "/finance/202501/statements/{statement_id}/statement_transactions",
    finance.TransactionQuery,
    finance.TransactionPage,
)
ORDER_SETTLEMENT = Endpoint(
    "GET", "/finance/202501/orders/{order_id}/statement_transactions", NoPayload, finance.OrderSettlement
)
UNSETTLED = Endpoint("GET", "/finance/202507/orders/unsettled", finance.UnsettledQuery, finance.UnsettledPage)
PERFORMANCE = Endpoint(
    "GET", "/analytics/202605/shop_products/performance", figures.PerformanceQuery, figures.FiguresPage
)


def next_page_of(search: Endpoint[In, Out]) -> Endpoint[In, Out]:
    """The same search with the token of a page in its address."""
    return _paged(search)


@cache
def _paged(search: Endpoint[Any, Any]) -> Endpoint[Any, Any]:
    return replace(search, path=search.path + "&page_token={page_token}")
