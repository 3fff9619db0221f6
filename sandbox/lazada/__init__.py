"""Lazada Vietnam, played from its own documents (Lazada Open Platform reference, read 2026-11-24): the API and the public pages."""

from sandbox.lazada.site import LazadaApi
from sandbox.lazada.storefront import LazadaStorefront

SITES = (LazadaApi, LazadaStorefront)
