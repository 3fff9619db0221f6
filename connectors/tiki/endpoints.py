"""Every call we make to Tiki. The version in each path is Tiki's own mixture, not an oversight.

Tiki Open API notes, read 2026-11-23.
"""

from connectors.endpoint import Endpoint, NoPayload
from connectors.tiki.payloads import orders, queues, reading, reference, writing

SELLER = Endpoint("GET", "/integration/v2/sellers/me", NoPayload, reference.Seller)
WAREHOUSES = Endpoint("GET", "/integration/v2/seller-inventories", reference.WarehouseQuery, reference.Warehouses)
CATEGORIES = Endpoint("GET", "/integration/v2/categories", reference.CategoryQuery, reference.Categories)
ATTRIBUTES = Endpoint("GET", "/integration/v2/categories/{category_id}/attributes", NoPayload, reference.Attributes)
VALUES = Endpoint(
    "GET", "/integration/v2/attributes/{attribute_id}/values", reference.ValueQuery, reference.AttributeValues
)

CREATE = Endpoint("POST", "/integration/v2.1/requests", writing.NewProduct, reading.Tracked)
CHANGE_INFO = Endpoint(  # sets content absolutely: repeating it only queues the same review again
    "POST", "/integration/v2/requests/updateProductInfo", writing.ProductInfo, reading.Tracked, safe_to_repeat=True
)
CHANGE_SKUS = Endpoint(  # the answer is undocumented: any 200 counts as accepted
    "PUT", "/integration/v2.1/products/updateSkus", writing.SkuUpdates, object, safe_to_repeat=True
)

TRACK = Endpoint("GET", "/integration/v2/tracking/{track_id}", NoPayload, reading.Tracked)
TRACKS = Endpoint("GET", "/integration/v2/tracking", reading.TrackQuery, list[reading.Tracked])
REQUEST_OF_TRACK = Endpoint("GET", "/integration/v2/requests/findBy", reading.TrackOf, reading.RequestRows)
PRODUCTS = Endpoint("GET", "/integration/v2.1/products", reading.ProductQuery, reading.ProductPage)
PRODUCTS_BY_SKU = Endpoint("GET", "/integration/v2/products/findBy", reading.SkuQuery, reading.ProductPage)

ORDERS = Endpoint("GET", "/integration/v2/orders", orders.OrderQuery, orders.OrderList)

QUEUES = Endpoint("GET", "/integration/v1/queues", NoPayload, list[queues.Queue])
CREATE_QUEUE = Endpoint("POST", "/integration/v1/queues", queues.NewQueue, queues.Queue)
SUBSCRIPTIONS = Endpoint("GET", "/integration/v1/queues/{code}/subscriptions", NoPayload, list[queues.Subscription])
SUBSCRIBE = Endpoint("POST", "/integration/v1/queues/{code}/subscriptions", queues.Subscribe, queues.Subscription)
PULL_EVENTS = Endpoint(  # without an acknowledgement the same events come again
    "POST", "/integration/v1/queues/{code}/events/pull", queues.Pull, queues.Events, safe_to_repeat=True
)
