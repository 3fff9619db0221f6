"""Every call we make to Tiki. The version in each path is Tiki's own mixture, not an oversight.

Tiki Open API notes, read 2026-11-23.
"""

from connectors.endpoint import Endpoint, NoPayload
from connectors.tiki import payloads as p
from connectors.tiki.order_payloads import OrderList, OrderQuery

SELLER = Endpoint("GET", "/integration/v2/sellers/me", NoPayload, p.Seller)
WAREHOUSES = Endpoint("GET", "/integration/v2/seller-inventories", p.WarehouseQuery, p.Warehouses)
CATEGORIES = Endpoint("GET", "/integration/v2/categories", p.CategoryQuery, p.Categories)
ATTRIBUTES = Endpoint("GET", "/integration/v2/categories/{category_id}/attributes", NoPayload, p.Attributes)
VALUES = Endpoint("GET", "/integration/v2/attributes/{attribute_id}/values", p.ValueQuery, p.AttributeValues)

CREATE = Endpoint("POST", "/integration/v2.1/requests", p.NewProduct, p.Tracked)
CHANGE_INFO = Endpoint(  # sets content absolutely: repeating it only queues the same review again
    "POST", "/integration/v2/requests/updateProductInfo", p.ProductInfo, p.Tracked, safe_to_repeat=True
)
CHANGE_SKUS = Endpoint(  # the answer is undocumented: any 200 counts as accepted
    "PUT", "/integration/v2.1/products/updateSkus", p.SkuUpdates, object, safe_to_repeat=True
)

TRACK = Endpoint("GET", "/integration/v2/tracking/{track_id}", NoPayload, p.Tracked)
TRACKS = Endpoint("GET", "/integration/v2/tracking", p.TrackQuery, list[p.Tracked])
REQUEST_OF_TRACK = Endpoint("GET", "/integration/v2/requests/findBy", p.TrackOf, p.RequestRows)
PRODUCTS = Endpoint("GET", "/integration/v2.1/products", p.ProductQuery, p.ProductPage)
PRODUCTS_BY_SKU = Endpoint("GET", "/integration/v2/products/findBy", p.SkuQuery, p.ProductPage)

ORDERS = Endpoint("GET", "/integration/v2/orders", OrderQuery, OrderList)
