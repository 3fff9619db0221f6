"""Every call we make to Lazada, in one table (reference, section 0, read 2026-11-24). Paths are what is signed."""

from connectors.endpoint import Endpoint
from connectors.lazada.payloads import auth, finance, listings, orders, products, reference, reviews

# A code works once; nothing says how often a refresh token does.
CREATE_TOKEN = Endpoint("POST", "/auth/token/create", auth.CodeGrant, auth.TokenPair, encoding="form")
REFRESH_TOKEN = Endpoint("POST", "/auth/token/refresh", auth.RefreshGrant, auth.TokenPair, encoding="form")
SELLER = Endpoint("GET", "/seller/get", auth.SellerQuery, auth.Seller)

TREE = Endpoint("GET", "/category/tree/get", reference.TreeQuery, list[reference.Category])
ATTRIBUTES = Endpoint("GET", "/category/attributes/get", reference.AttributeQuery, list[reference.Attribute])
BRANDS = Endpoint("GET", "/category/brands/query", reference.BrandQuery, reference.BrandPage)
UPLOAD_IMAGE = Endpoint(
    "POST",
    "/image/upload",
    reference.UploadImage,
    reference.UploadedImage,
    safe_to_repeat=True,  # a second copy of a picture harms nobody
    encoding="multipart",
)

CREATE = Endpoint("POST", "/product/create", products.SaveProduct, products.Created, encoding="form")
# All of these set absolute values; what a success says beside its code is not documented.
UPDATE = Endpoint("POST", "/product/update", products.SaveProduct, object, safe_to_repeat=True, encoding="form")
SET_PRICES = Endpoint(
    "POST", "/product/price_quantity/update", products.SetPrices, object, safe_to_repeat=True, encoding="form"
)
SET_STOCKS = Endpoint(
    "POST", "/product/stock/sellable/update", products.SetStocks, object, safe_to_repeat=True, encoding="form"
)
DEACTIVATE = Endpoint("POST", "/product/deactivate", products.Deactivate, object, safe_to_repeat=True, encoding="form")
PRODUCTS = Endpoint("GET", "/products/get", listings.ProductsQuery, listings.ProductPage)

ORDERS = Endpoint("GET", "/orders/get", orders.OrdersQuery, orders.OrdersPage)
ORDER = Endpoint("GET", "/order/get", orders.OrderQuery, orders.OrderRow)
ORDER_ITEMS = Endpoint("GET", "/orders/items/get", orders.ItemsQuery, list[orders.OrderItems])

TRANSACTIONS = Endpoint("GET", "/finance/transaction/details/get", finance.TransactionsQuery, list[finance.Transaction])
PAYOUTS = Endpoint("GET", "/finance/payout/status/get", finance.PayoutsQuery, list[finance.Payout])

REVIEW_IDS = Endpoint("GET", "/review/seller/history/list", reviews.HistoryQuery, reviews.HistoryPage)
REVIEWS = Endpoint("GET", "/review/seller/list/v2", reviews.ReviewsQuery, reviews.Reviews)
