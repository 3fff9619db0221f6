"""Sendo's public JSON as it was while the marketplace ran (listing_pages.md section 6, read 2026-11-24). It sells what its options name."""

from sandbox.sendo.storefront import SendoStorefront

SITES = (SendoStorefront,)
