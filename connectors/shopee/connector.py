"""Shopee Open Platform v2, Vietnam. Written from the v2 reference as read on 2026-11-23, checked against no live shop yet."""

from connectors.capability import Can
from connectors.shopee.earnings import Earnings
from connectors.shopee.figures import Figures
from connectors.shopee.login import Login
from connectors.shopee.messages import Messages
from connectors.shopee.orders import Orders
from connectors.shopee.publishing import Publishing
from connectors.shopee.reading_back import ReadingBack


class ShopeeConnector(Login, Publishing, ReadingBack, Orders, Earnings, Figures, Messages):
    """All verbs but `track`: an item exists as soon as Shopee accepts it."""

    capabilities = frozenset(Can)
