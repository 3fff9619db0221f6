"""How Tiki shows a sold counter: exactly on cards, whole thousands on product pages (listing_pages.md section 1.2, read 2026-11-24)."""

from typing import Any


def on_card(sold: int) -> str:
    return f"Đã bán {sold}"


def on_product_page(sold: int) -> str:
    """Cut, not rounded: 2 999 reads 2k."""
    return f"Đã bán {sold // 1000}k" if sold >= 1000 else f"Đã bán {sold}"


def counter(sold: int, text: str) -> dict[str, Any]:
    """The key for a counter that has begun; before the first sale there is no such key at all."""
    return {"quantity_sold": {"text": text, "value": sold}} if sold else {}
