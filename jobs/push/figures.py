"""Stock, prices, and what is for sale at all: absolute values, in the marketplace's largest batches, safe to repeat."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connectors.errors import MarketplaceError, RejectedError
from connectors.facts.listing import ListingRef, PriceChange, RowOutcome, StockChange
from jobs.floors import floors
from jobs.plan import Action, Change
from jobs.push.context import Push
from jobs.push.mended import cap_key
from jobs.push.taken import Answered, keep_answers
from jobs.records import AnyRow
from jobs.trouble import note
from models import Listing, Variant

CAP_SHARE = 0.05  # of a shop's listings may be withdrawn in one run without approval (architecture section 4)
CAP_LEAST = 5
ON_OFF_BATCH = 50  # both Shopee's unlist_item and Tiki's updateSkus carry so many (read 2026-11-23)
WRITE_EVERY = 50  # answers kept before they are committed: a crash forgets so many, and sends so many values again
PRICED = frozenset({Action.PRICE, Action.RESTORE})  # what shows a price to buyers; a create has a way of its own

Sender = Callable[[Push, Sequence[AnyRow]], list[RowOutcome]]

NAMED = (Listing.id, Variant.sku, Listing.external_id, Listing.external_variant_id)
FIGURES = (Listing.wanted, Listing.intended_price_vnd, Listing.intended_stock)


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
        push.run.check()
        with push.run.app.database.session() as session:
            rows = _rows(session, [change.listing_id for change in changes[start : start + together]])
            if action in PRICED:
                rows = _at_their_floor(push, session, rows)
        answered = _answers(push, [rows[at : at + size] for at in range(0, len(rows), size)], send)
        with push.run.app.database.write() as session:
            keep_answers(push, session, action, answered)
        _raise_first(answered)


def _rows(session: Session, ids: Sequence[int]) -> list[AnyRow]:
    """How the marketplace names those listings and what they should show, in the order asked for."""
    query = select(*NAMED, *FIGURES).join(Variant, Listing.variant_id == Variant.id).where(Listing.id.in_(ids))
    by_id = {row.id: row for row in session.execute(query)}
    return [by_id[listing_id] for listing_id in ids]


def _at_their_floor(push: Push, session: Session, rows: Sequence[AnyRow]) -> list[AnyRow]:
    """Without those whose price has come to lie below their floor since the plan was made."""
    lowest = floors(session, push.shop.marketplace, [row.id for row in rows])
    return [row for row in rows if (row.intended_price_vnd or 0) >= lowest.get(row.id, 0)]


def _answers(push: Push, batches: Sequence[Sequence[AnyRow]], send: Sender) -> list[Answered]:
    """As many at once as the connector takes: absolute values may overtake each other, for no two are of one listing."""
    if len(batches) == 1 or push.connector.at_once == 1:
        answers = [_answer(push, batch, send) for batch in batches]
    else:
        with ThreadPoolExecutor(push.connector.at_once, thread_name_prefix="figures") as threads:
            answers = list(threads.map(lambda batch: _answer(push, batch, send), batches))
    return [answered for answer in answers for answered in answer]


def _answer(push: Push, rows: Sequence[AnyRow], send: Sender) -> list[Answered]:
    """What became of each row; a whole batch that failed gives each row its error."""
    try:
        outcomes = {outcome.sku: outcome for outcome in send(push, rows)}
    except MarketplaceError as err:
        return [(row, err) for row in rows]
    return [(row, outcomes[row.sku]) for row in rows]


def _raise_first(answered: Sequence[Answered]) -> None:
    """An error that is not about one row ends the run, after what was answered has been kept."""
    for _, outcome in answered:
        if isinstance(outcome, MarketplaceError) and not isinstance(outcome, RejectedError):
            raise outcome


def _ref(row: AnyRow) -> ListingRef:
    return ListingRef(sku=row.sku, external_id=row.external_id, variant_id=row.external_variant_id)


def _withdraw(push: Push, rows: Sequence[AnyRow]) -> list[RowOutcome]:
    return push.connector.withdraw([_ref(row) for row in rows])


def _restore(push: Push, rows: Sequence[AnyRow]) -> list[RowOutcome]:
    return push.connector.restore([_ref(row) for row in rows])


def _set_stocks(push: Push, rows: Sequence[AnyRow]) -> list[RowOutcome]:
    return push.connector.set_stocks([StockChange(ref=_ref(row), stock=row.intended_stock) for row in rows])


def _set_prices(push: Push, rows: Sequence[AnyRow]) -> list[RowOutcome]:
    return push.connector.set_prices([PriceChange(ref=_ref(row), price_vnd=row.intended_price_vnd) for row in rows])
