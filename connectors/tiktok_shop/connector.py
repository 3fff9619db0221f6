"""TikTok Shop Partner API, Vietnam. Written from the Partner reference as read on 2026-11-24, checked against no live shop yet."""

from datetime import timedelta

from catalog.claims import TextRule
from connectors.capability import Can
from connectors.tiktok_shop.earnings import Earnings
from connectors.tiktok_shop.figures import Figures
from connectors.tiktok_shop.login import Login
from connectors.tiktok_shop.messages import Messages
from connectors.tiktok_shop.orders import Orders
from connectors.tiktok_shop.publishing import Publishing


class TiktokShopConnector(Login, Publishing, Orders, Earnings, Figures, Messages):
    """Creates and edits are reviewed. Reviews' texts are not in the API: the public page has them."""

    capabilities = frozenset(Can) - {Can.PULL_REVIEWS}
    forbids_in_text = frozenset(TextRule)  # phone numbers, links and QR codes lead buyers off the platform
    order_overlap = timedelta(hours=1)  # lists refresh while they are read (4)
