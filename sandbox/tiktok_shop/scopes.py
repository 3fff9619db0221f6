"""Which grant each group of paths asks for. Names as seen in the wild (2026-11-23); the one for returns was found nowhere and is chosen here."""

from sandbox.tiktok_shop.rules import Rules

SHOP_INFO = "seller.authorization.info"
PRODUCT_READ = "seller.product.basic"
PRODUCT_WRITE = "seller.product.write"
PRODUCT_DELETE = "seller.product.delete"
ORDER = "seller.order.info"
LOGISTICS = "seller.logistics"
FINANCE = "seller.finance.info"
ANALYTICS = "data.shop_analytics.public.read"
RETURNS = "seller.return_refund.basic"
EVENT = "seller.shop.info"
EVERY = (SHOP_INFO, EVENT, PRODUCT_READ, PRODUCT_WRITE, PRODUCT_DELETE, ORDER, LOGISTICS, FINANCE, RETURNS, ANALYTICS)


def granted(rules: Rules) -> list[str]:
    return [scope for scope in EVERY if scope not in rules.withheld_scopes]
