"""The money table: a row a group and stage, one column a class of money, and the net that they add up to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from analysis.money.attribution import STAGES, Part, parts, pieces
from analysis.money.facts import Order
from analysis.money.keys import Key, Keyed
from analysis.report import Row
from catalog.money_codes import MoneyClass

COLUMN_OF = {
    MoneyClass.GOODS: "gross_vnd",
    MoneyClass.SELLER_VOUCHER: "seller_voucher_vnd",
    MoneyClass.PLATFORM_VOUCHER: "platform_voucher_vnd",
    MoneyClass.SHIPPING: "shipping_vnd",
    MoneyClass.FEE: "fee_vnd",
    MoneyClass.VAT_WITHHELD: "vat_withheld_vnd",
    MoneyClass.PIT_WITHHELD: "pit_withheld_vnd",
    MoneyClass.OTHER_TAX: "other_tax_vnd",
    MoneyClass.REFUND: "refund_vnd",
    MoneyClass.ADJUSTMENT: "adjustment_vnd",
}
MONEY = tuple(COLUMN_OF.values())
NET = "net_vnd"
UNITS = "units"


@dataclass
class Money:
    """Sums by group and stage. A name without a class has a column of its own, `<marketplace>:<code>`."""

    sums: dict[Key, dict[str, Counter[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Counter)))
    unclassed: Counter[str] = field(default_factory=Counter)

    def add(self, orders: Iterable[Order], key: Keyed, stages: Sequence[str] = STAGES) -> None:
        for order in orders:
            for part in parts(order):
                if part.stage in stages:
                    self._add(order, part, self.sums[key(order, part.line)])
            for line, stage, count in pieces(order):
                if stage in stages:
                    self.sums[key(order, line)][stage][UNITS] += count

    def _add(self, order: Order, part: Part, group: dict[str, Counter[str]]) -> None:
        column = COLUMN_OF[part.kind] if part.kind else f"{order.marketplace}:{part.code}"
        group[part.stage][column] += part.amount_vnd
        if part.kind is None:
            self.unclassed[column] += part.amount_vnd

    @property
    def columns(self) -> tuple[str, ...]:
        return ("stage", UNITS, *MONEY, *sorted(self.unclassed), NET)

    def rows(self, names: Sequence[str]) -> Iterator[Row]:
        """Groups with most placed goods first, a group's stages in their order."""
        for key in sorted(self.sums, key=self._place):
            for stage in STAGES:
                if stage in self.sums[key]:
                    yield dict(zip(names, key, strict=True)) | self._figures(stage, self.sums[key][stage])

    def _place(self, key: Key) -> tuple[int, list[str]]:
        return -self.sums[key].get("placed", Counter())["gross_vnd"], [str(value) for value in key]

    def _figures(self, stage: str, sums: Counter[str]) -> dict[str, object]:
        figures = {column: sums[column] for column in (*MONEY, *sorted(self.unclassed))}
        return {"stage": stage, UNITS: sums[UNITS], **figures, NET: sum(figures.values())}
