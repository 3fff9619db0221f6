"""Shopee, played from its own documents (Shopee v2 reference, read 2026-11-23): the API only, its storefront is closed to us."""

from sandbox.shopee.site import ShopeeApi

SITES = (ShopeeApi,)
