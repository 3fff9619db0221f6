"""Many rows in one call, and each refusal to the row it is about (reference, sections 2.1 and 3.7, read 2026-11-24).

A refused batch names rows in `detail`; whether the others were applied is not documented. They are sent again without the
named ones, which for absolute values is safe and leaves nothing to guess. A refusal that names nobody is halved.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from connectors.errors import RejectedError, TransientError
from connectors.facts.listing import ListingRef, RowOutcome
from connectors.lazada.codes import NOT_NOW_S, TOO_MANY_ROWS, bare
from connectors.lazada.refusal import DetailedError

Row = TypeVar("Row")
Batch = list[tuple[int, ListingRef, Row]]  # place in the caller's order, whose row it is, what is sent


def send_batch(batch: Batch[Row], send: Callable[[Sequence[Row]], None]) -> dict[int, RowOutcome]:
    """The outcome of each row by its place. Raises what is no refusal: nothing is known of the rows then."""
    outcomes: dict[int, RowOutcome] = {}
    while batch:
        try:
            send([row for _, _, row in batch])
        except RejectedError as err:
            named = _named(batch, err)
            if not named:
                return outcomes | _by_halves(batch, send, err)
            outcomes |= named
            batch = [one for one in batch if one[0] not in named]
        except TransientError as err:
            if err.code != TOO_MANY_ROWS or len(batch) == 1:
                raise
            return outcomes | _by_halves(batch, send, err)
        else:
            return outcomes | {place: RowOutcome(sku=ref.sku, ok=True) for place, ref, _ in batch}
    return outcomes


def refused(ref: ListingRef, code: str, reason: str) -> RowOutcome:
    """With when to try again, where the code says that it is only too early."""
    return RowOutcome(sku=ref.sku, ok=False, code=code, reason=reason, retry_after_s=NOT_NOW_S.get(bare(code)))


def _by_halves(
    batch: Batch[Row], send: Callable[[Sequence[Row]], None], err: RejectedError | TransientError
) -> dict[int, RowOutcome]:
    if len(batch) == 1:
        place, ref, _ = batch[0]
        return {place: refused(ref, err.code, err.reason)}
    middle = len(batch) // 2
    return send_batch(batch[:middle], send) | send_batch(batch[middle:], send)


def _named(batch: Batch[Row], err: RejectedError) -> dict[int, RowOutcome]:
    """Rows that a detail names, by our SKU or Lazada's id, with that detail's own code and words."""
    details = err.details if isinstance(err, DetailedError) else ()
    named: dict[int, RowOutcome] = {}
    for place, ref, _ in batch:
        for detail in details:
            if detail.skus & {ref.sku, ref.variant_id}:
                named[place] = refused(ref, detail.code or err.code, detail.told)
    return named
