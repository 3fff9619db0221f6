"""Figures and reviews of our own listings, as items and ratings pages."""

from decimal import Decimal

from catalog.reading import Item, RatingsPage, Review, Sold
from connectors.facts.listing import ListingState
from connectors.shopee.mapper.products import to_state
from connectors.shopee.mapper.times import to_utc
from connectors.shopee.payloads.listings import BaseInfo
from connectors.shopee.payloads.metrics import Comment, CommentPage, ExtraInfo


def to_item(shop_id: str, extra: ExtraInfo, info: BaseInfo) -> Item:
    """The API's counters are exact, so the sold interval is a point."""
    price = info.price_info[0] if info.price_info else None
    stock = info.stock_info_v2.summary_info.total_available_stock if info.stock_info_v2 else None
    return Item(
        site="shopee",
        page="product",
        external_id=extra.item_id,
        shop_id=shop_id,
        title=info.item_name.strip(),
        currency="VND",
        price=Decimal(price.current_price) if price else None,
        list_price=Decimal(price.original_price) if price and price.original_price > price.current_price else None,
        rating_average=extra.rating_star if extra.comment_count else None,  # 0 stands for "nobody rated"
        rating_count=extra.comment_count,
        sold_total=Sold(raw=str(extra.sale), lo=extra.sale, hi=extra.sale),
        available=to_state(info.item_status) is ListingState.LIVE and stock != 0,
        stock=stock,
    )


def to_ratings(shop_id: str, item_id: str, page: CommentPage) -> RatingsPage:
    return RatingsPage(
        item_external_id=item_id,
        shop_id=shop_id,
        summary={},
        reviews=tuple(_review(comment) for comment in page.item_comment_list),
        has_next=page.more,
    )


def _review(comment: Comment) -> Review:
    return Review(
        external_id=comment.comment_id,
        stars=comment.rating_star,
        text=comment.comment.strip() or None,
        created_at=to_utc(comment.create_time),
        images=len(comment.media.image_url_list) if comment.media else None,
        reply=comment.comment_reply.reply.strip() if comment.comment_reply else None,
    )
