"""The way through a window of orders that change while they are read."""

from connectors.tiki.payloads.orders import OrderList, OrderQuery, OrderRow

LIMIT = 50  # Tiki refuses more on some endpoints


class Walk:
    """Times are Tiki's texts, which sort as they stand.

    A full answer moves the window's start to its latest order; page numbers only count orders of one and the same second.
    Counted pages alone would lose orders: one that is updated meanwhile leaves the window and the rest move up.
    """

    def __init__(self, start: str, end: str) -> None:
        self.start = start
        self.is_over = False
        self._end = end
        self._number = 1
        self._was_short = False
        self._seen: set[tuple[str, str]] = set()

    def query(self) -> OrderQuery:
        return OrderQuery(page=self._number, updated_from_date=self.start, updated_to_date=self._end)

    def fits(self, page: OrderList) -> bool:
        """False for an old answer sent again: another page, or orders from outside the window."""
        return page.paging.current_page == self._number and all(
            self.start <= row.updated_at <= self._end for row in page.data
        )

    def take(self, rows: list[OrderRow]) -> list[OrderRow]:
        """The rows not seen before; moves on. A short answer is asked for again until it brings nothing new."""
        fresh = [row for row in rows if (row.code, row.updated_at) not in self._seen]
        self._seen.update((row.code, row.updated_at) for row in fresh)
        if len(rows) < LIMIT:
            self.is_over = self._was_short and not fresh
            self._was_short = True
        elif (latest := max(row.updated_at for row in rows)) > self.start:
            self.start, self._number = latest, 1
        else:
            self._number += 1
        return fresh
