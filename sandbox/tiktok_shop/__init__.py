"""TikTok Shop, played from its own documents (Partner Center reference, read 2026-11-23): the API and the public product page."""

from sandbox.tiktok_shop.site import TikTokShopApi
from sandbox.tiktok_shop.storefront import TikTokStorefront

SITES = (TikTokShopApi, TikTokStorefront)
