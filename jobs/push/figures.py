"""Stock, prices, and what is for sale at all: absolute values, in the marketplace's largest batches, safe to repeat."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from connectors.base import PriceChange, RowOutcome, StockChange
from connectors.errors import MarketplaceError, RejectedError
from jobs.floors import floors
from jobs.plan import KINDS, Action, Change
from jobs.push.context import Push
from jobs.push.mended import cap_key
from jobs.push.outcome import record, reference, tell_refusal
from jobs.trouble import note
from jobs.waits import back_off, figure, refuse, settled
from models import Listing

CAP_SHARE = 0.05  # of a shop's listings may be withdrawn in one run without approval (architecture section 4)
CAP_LEAST = 5
ON_OFF_BATCH = 50  # both Shopee's unlist_item and Tiki's updateSkus carry so many (read 2026-11-23)
WRITE_EVERY = 50  # answers kept before they are committed: a crash forgets so many, and sends so many values again
PRICED = frozenset({Action.PRICE, Action.RESTORE})  # what shows a price to buyers; a create has a way of its own

Sender = Callable[[Push, Sequence[Listing]], list[RowOutcome]]
Outcome = RowOutcome | MarketplaceError


def withdraw(push: Push, changes: Sequence[Change]) -> None:
    """Take off sale what is no longer wanted, at most the cap a run."""
    _in_batches(push, Action.WITHDRAW, _capped(push, changes), ON_OFF_BATCH, _withdraw)


def restore(push: Push, changes: Sequence[Change]) -> None:
    _in_batches(push, Action.RESTORE, changes, ON_OFF_BATCH, _restore)


def set_stocks(push: Push, changes: Sequence[Change]) -> None:
    _in_batches(push, Action.STOCK, changes, push.connector.stock_batch, _set_stocks)


def set_prices(push: Push, changes: Sequence[Change]) -> None:
    _in_batches(push, Action.PRICE, changes, push.connector.price_batch, _set_prices)


def _capped(push: Push, changes: Sequence[Change]) -> Sequence[Change]:
    """At most the cap, unless approved: a mistake in the workbook must not empty a shop."""
    if not changes:
        return changes
    with push.run.app.database.session() as session:
        on_sale = session.scalar(select(func.count()).where(Listing.shop_id == push.shop.id, Listing.sent_wanted)) or 0
    cap = max(CAP_LEAST, int(on_sale * CAP_SHARE))
    if push.approved or len(changes) <= cap:
        return changes
    push.is_capped = True
    note(
        push.run.app,
        cap_key(push.shop.name),
        f"Sắp gỡ {len(changes)} sản phẩm khỏi gian hàng «{push.shop.name}», mỗi lần chỉ gỡ {cap}. "
        f"Nếu đúng ý, chạy `ocop push --shop {push.shop.name} --yes`; nếu không, xem lại sổ đăng ký.",
        shop=push.shop.name,
        code="withdraw_cap",
    )
    return changes[:cap]


def _in_batches(push: Push, action: Action, changes: Sequence[Change], size: int, send: Sender) -> None:
    together = max(size * push.connector.at_once, WRITE_EVERY)
    for start in range(0, len(changes), together):
        part = changes[start : start + together]
        push.run.check()
        with push.run.app.database.session() as session:
            listings = _with_skus(session, [change.listing_id for change in part])
            if action in PRICED:
                listings = _at_their_floor(push, session, listings)
        answers = _answers(push, [listings[at : at + size] for at in range(0, len(listings), size)], send)
        with push.run.app.database.write() as session:
            rows = {row.id: row for row in _with_skus(session, [listing.id for listing in listings])}
            for sent, outcome in (pair for answer in answers for pair in answer):
                _settle(push, session, rows[sent.id], action, sent, outcome)
        _raise_first([outcome for answer in answers for _, outcome in answer])


def _at_their_floor(push: Push, session: Session, listings: Sequence[Listing]) -> list[Listing]:
    """Without those whose price has come to lie below their floor since the plan was made."""
    lowest = floors(session, push.shop.marketplace, [listing.id for listing in listings])
    return [listing for listing in listings if (listing.intended_price_vnd or 0) >= lowest.get(listing.id, 0)]


def _with_skus(session: Session, ids: Sequence[int]) -> list[Listing]:
    """Those listings, their packs and what they wait for, in the order asked for."""
    beside = joinedload(Listing.variant), selectinload(Listing.waits)
    found = session.scalars(select(Listing).where(Listing.id.in_(ids)).options(*beside))
    by_id = {listing.id: listing for listing in found}
    return [by_id[listing_id] for listing_id in ids]


def _answers(push: Push, batches: Sequence[Sequence[Listing]], send: Sender) -> list[list[tuple[Listing, Outcome]]]:
    """As many at once as the connector takes: absolute values may overtake each other, for no two are of one listing."""
    if len(batches) == 1 or push.connector.at_once == 1:
        return [_answer(push, batch, send) for batch in batches]
    with ThreadPoolExecutor(push.connector.at_once, thread_name_prefix="figures") as threads:
        return list(threads.map(lambda batch: _answer(push, batch, send), batches))


def _answer(push: Push, listings: Sequence[Listing], send: Sender) -> list[tuple[Listing, Outcome]]:
    """What became of each row; a whole batch that failed gives each row its error."""
    try:
        outcomes = {outcome.sku: outcome for outcome in send(push, listings)}
    except MarketplaceError as err:
        return [(listing, err) for listing in listings]
    return [(listing, outcomes[listing.variant.sku]) for listing in listings]


def _settle(push: Push, session: Session, listing: Listing, action: Action, sent: Listing, outcome: Outcome) -> None:
    now, kind = push.run.app.now(), KINDS[action]
    if isinstance(outcome, RowOutcome) and outcome.ok:
        _keep(listing, action, sent)
        settled(listing, kind)
        listing.sent_at = now
        record(session, listing, now, action.value)
        push.done[action.value] += 1
    elif _is_refusal(outcome):
        refuse(listing, kind, now, outcome.code, figure(sent, kind))
        tell_refusal(push, session, listing, action, outcome.code, outcome.reason)
    else:
        back_off(listing, kind, now, outcome)


def _is_refusal(outcome: Outcome) -> bool:
    """Understood and refused; "not now" is none."""
    if isinstance(outcome, RowOutcome):
        return outcome.retry_after_s is None
    return isinstance(outcome, RejectedError)


def _keep(listing: Listing, action: Action, sent: Listing) -> None:
    """The marketplace now has what was `sent`, whatever the register has come to want meanwhile."""
    match action:
        case Action.WITHDRAW:
            listing.sent_wanted = False
        case Action.RESTORE:
            listing.sent_wanted = True
        case Action.STOCK:
            listing.sent_stock = sent.intended_stock
        case Action.PRICE:
            listing.sent_price_vnd = sent.intended_price_vnd
        case Action.UPDATE | Action.CREATE:
            raise AssertionError(action)


def _raise_first(outcomes: Sequence[Outcome]) -> None:
    """An error that is not about one row ends the run, after what was answered has been kept."""
    for outcome in outcomes:
        if isinstance(outcome, MarketplaceError) and not isinstance(outcome, RejectedError):
            raise outcome


def _withdraw(push: Push, listings: Sequence[Listing]) -> list[RowOutcome]:
    return push.connector.withdraw([reference(listing) for listing in listings])


def _restore(push: Push, listings: Sequence[Listing]) -> list[RowOutcome]:
    return push.connector.restore([reference(listing) for listing in listings])


def _set_stocks(push: Push, listings: Sequence[Listing]) -> list[RowOutcome]:
    return push.connector.set_stocks(
        [StockChange(ref=reference(row), stock=row.intended_stock or 0) for row in listings]
    )


def _set_prices(push: Push, listings: Sequence[Listing]) -> list[RowOutcome]:
    changes = [(reference(row), row.intended_price_vnd) for row in listings]
    return push.connector.set_prices(
        [PriceChange(ref=ref, price_vnd=price) for ref, price in changes if price is not None]
    )
