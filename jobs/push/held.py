"""Listings a marketplace itself took off sale: a person is told once, and nothing is sent until the register's words change."""

from sqlalchemy.orm import Session

from connectors.facts.listing import ListingState, ReportedListing
from jobs.push.context import Push
from jobs.push.mended import refusal_key
from jobs.push.outcome import record
from jobs.waits import Kind, settled
from models import Listing
from models.runs_store import report_problem

SAID = {
    ListingState.REJECTED: (
        "duyệt không đạt",
        "Sửa thông tin sản phẩm trong sổ đăng ký theo lời sàn rồi nhập lại; lần đẩy sau sẽ gửi bản sửa để duyệt lại.",
    ),
    ListingState.BANNED: (
        "đã khoá",
        "Khiếu nại trong trang người bán, hoặc sửa theo lời sàn trong sổ đăng ký rồi nhập lại.",
    ),
}


def hold(push: Push, session: Session, listing: Listing, report: ReportedListing) -> None:
    """What was sent is what is refused: it goes out no more. Call it once, when the listing comes to be held."""
    now, code, reason = push.run.app.now(), report.code or report.raw_state, report.reason or report.raw_state
    if listing.sent_hash is not None:
        listing.refused_hash = listing.sent_hash
    listing.last_code, listing.last_error = code, reason
    what, todo = SAID[report.state]
    sku, product = listing.variant.sku, listing.variant.product.name
    record(session, listing, now, "refused", state=report.raw_state, code=code, reason=reason)
    push.rejected.append({"sku": sku, "shop": push.shop.name, "code": code, "reason": reason, "what_to_do": todo})
    sentence = f"{push.connector.title} {what} «{product}» ({sku}) ở gian hàng «{push.shop.name}»: {reason.rstrip('.')}. {todo}"
    report_problem(
        session, refusal_key(push.shop.name, sku, code), sentence, now, shop=push.shop.name, sku=sku, code=code
    )


def release(listing: Listing) -> None:
    """On sale again: what was sent is refused no more, and what waited for the review may go at once. Safe to repeat."""
    if listing.refused_hash == listing.sent_hash:
        listing.refused_hash = None
    for kind in Kind:
        if kind not in listing.waits or listing.waits[kind].refused_figure is None:
            settled(listing, kind)
