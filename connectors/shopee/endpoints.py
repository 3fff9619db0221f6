"""Every call we make to Shopee, in one table (v2 reference section 0, read 2026-11-23)."""

from connectors.endpoint import Endpoint, NoPayload
from connectors.shopee.payloads import auth, income, listings, messages, metrics, orders, products, reference

# A refresh token works once: repeating either of these blindly could lose the shop.
GET_TOKEN = Endpoint("POST", "/api/v2/auth/token/get", auth.GetToken, auth.TokenPair)
REFRESH_TOKEN = Endpoint("POST", "/api/v2/auth/access_token/get", auth.RefreshToken, auth.TokenPair)
SHOP_INFO = Endpoint("GET", "/api/v2/shop/get_shop_info", auth.ShopInfoQuery, auth.ShopInfo)

CATEGORIES = Endpoint("GET", "/api/v2/product/get_category", reference.CategoryQuery, reference.CategoryTree)
ATTRIBUTES = Endpoint("GET", "/api/v2/product/get_attribute_tree", reference.AttributeQuery, reference.AttributeTrees)
BRANDS = Endpoint("GET", "/api/v2/product/get_brand_list", reference.BrandQuery, reference.BrandPage)
CHANNELS = Endpoint("GET", "/api/v2/logistics/get_channel_list", reference.ChannelQuery, reference.ChannelList)
UPLOAD_IMAGE = Endpoint(
    "POST",
    "/api/v2/media_space/upload_image",
    reference.UploadImage,
    reference.UploadedImage,
    safe_to_repeat=True,  # a second copy of a picture harms nobody
    encoding="multipart",
)

ADD_ITEM = Endpoint("POST", "/api/v2/product/add_item", products.AddItem, products.SavedItem)
UPDATE_ITEM = Endpoint(
    "POST", "/api/v2/product/update_item", products.UpdateItem, products.SavedItem, safe_to_repeat=True
)
UPDATE_PRICE = Endpoint(
    "POST", "/api/v2/product/update_price", products.UpdatePrice, products.BatchResult, safe_to_repeat=True
)
UPDATE_STOCK = Endpoint(
    "POST", "/api/v2/product/update_stock", products.UpdateStock, products.BatchResult, safe_to_repeat=True
)
UNLIST_ITEM = Endpoint(
    "POST", "/api/v2/product/unlist_item", products.UnlistItems, products.BatchResult, safe_to_repeat=True
)
ITEM_LIST = Endpoint("GET", "/api/v2/product/get_item_list", listings.ItemListQuery, listings.ItemListPage)
SEARCH_ITEM = Endpoint("GET", "/api/v2/product/search_item", listings.SearchQuery, listings.FoundItems)
BASE_INFO = Endpoint("GET", "/api/v2/product/get_item_base_info", listings.ItemIdsQuery, listings.BaseInfos)
VIOLATIONS = Endpoint("GET", "/api/v2/product/get_item_violation_info", listings.ItemIdsQuery, listings.ViolationInfos)
EXTRA_INFO = Endpoint("GET", "/api/v2/product/get_item_extra_info", listings.ItemIdsQuery, metrics.ExtraInfos)
COMMENTS = Endpoint("GET", "/api/v2/product/get_comment", metrics.CommentQuery, metrics.CommentPage)

ORDER_LIST = Endpoint("GET", "/api/v2/order/get_order_list", orders.OrderListQuery, orders.OrderListPage)
ORDER_DETAIL = Endpoint("GET", "/api/v2/order/get_order_detail", orders.OrderDetailQuery, orders.OrderDetails)
ESCROW_BATCH = Endpoint(
    "POST",  # the reference says GET and speaks of a JSON body; clients post it
    "/api/v2/payment/get_escrow_detail_batch",
    income.EscrowBatch,
    list[income.EscrowRow],
    safe_to_repeat=True,
)
ESCROW_LIST = Endpoint("GET", "/api/v2/payment/get_escrow_list", income.EscrowListQuery, income.EscrowListPage)

LOST_MESSAGES = Endpoint("GET", "/api/v2/push/get_lost_push_message", NoPayload, messages.LostPage)
CONFIRM_MESSAGES = Endpoint(
    "POST",
    "/api/v2/push/confirm_consumed_lost_push_message",
    messages.Confirm,
    messages.Confirmed,
    safe_to_repeat=True,  # what is confirmed stays confirmed
)
