"""What a shop page's text says about stock (notes, section 8: availability words)."""

import re

from spiders.draft import Draft

_OUT = ("hết hàng", "tạm hết", "cháy hàng", "ngừng kinh doanh", "out of stock", "sold out")
_IN = ("còn hàng", "sẵn hàng", "in stock", "đặt trước", "backorder")
_LEFT = re.compile(
    r"(?:chỉ )?còn (?:lại )?(\d{1,7})(?: sản phẩm| hàng| trong kho)?|(\d{1,7}) (?:sản phẩm có sẵn|còn hàng|trong kho|in stock)"
)


def stock(draft: Draft, text: str | None) -> None:
    """Read "32 in stock", "Còn 5 sản phẩm", "Hết hàng". Text of another kind says nothing."""
    shown = " ".join((text or "").casefold().split())
    left = _LEFT.search(shown)
    if any(word in shown for word in _OUT):
        draft.available = False
    elif left is not None:
        draft.stock = int(left[1] or left[2])
        draft.available = draft.stock > 0
    elif any(word in shown for word in _IN):
        draft.available = True
