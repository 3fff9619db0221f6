"""The money table: a row a group and stage, one column a class of money, and the net that they add up to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import add

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
FIGURES = (UNITS, *MONEY)  # what a sum holds, in this order
_PLACE = {kind: FIGURES.index(column) for kind, column in COLUMN_OF.items()}

Group = tuple[Key, str]  # the values of the keys, and the stage
Figures = Sequence[int]


@dataclass
class Money:
    """Sums by group. A name without a class has a column of its own, `<marketplace>:<code>`."""

    sums: dict[Group, Figures] = field(default_factory=dict)
    unclassed: dict[Group, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, group: Group, figures: Figures) -> None:
        known = self.sums.get(group)
        self.sums[group] = figures if known is None else list(map(add, known, figures))

    def add_unclassed(self, group: Group, column: str, amount_vnd: int) -> None:
        self.add(group, (0,) * len(FIGURES))
        self.unclassed[group][column] += amount_vnd

    def take(self, other: "Money", last: object, stages: Sequence[str]) -> None:
        """Another's groups of these stages whose last key has that value."""
        for key, stage in other.sums:
            if key[-1] == last and stage in stages:
                self.add((key, stage), other.sums[key, stage])
                self.unclassed[key, stage].update(other.unclassed.get((key, stage), {}))

    def add_orders(self, orders: Iterable[Order], key: Keyed) -> None:
        for order in orders:
            for part in parts(order):
                group = key(order, part.line), part.stage
                if part.kind is None:
                    self.add_unclassed(group, f"{order.marketplace}:{part.code}", part.amount_vnd)
                else:
                    self.add(group, figures_of(part))
            for line, stage, count in pieces(order):
                self.add((key(order, line), stage), (count, *(0,) * len(MONEY)))

    @property
    def not_classed(self) -> Counter[str]:
        """What came under each name without a class."""
        found = Counter[str]()
        for amounts in self.unclassed.values():
            found.update(amounts)
        return found

    @property
    def columns(self) -> tuple[str, ...]:
        return ("stage", *FIGURES, *sorted(self.not_classed), NET)

    def rows(self, names: Sequence[str]) -> Iterator[Row]:
        """Groups with most placed goods first, a group's stages in their order."""
        columns, own, unclassed = (*names, *self.columns), sorted(self.not_classed), self.unclassed
        for group in self._ordered():
            figures = self.sums[group]
            others = [unclassed[group][column] for column in own]
            net_vnd = sum(figures) - figures[0] + sum(others)
            yield dict(zip(columns, (*group[0], group[1], *figures, *others, net_vnd), strict=True))

    def _ordered(self) -> list[Group]:
        """Sorted step by step, the last step first: a key that says everything at once costs more than all the rest."""
        placed = {key: figures[1] for (key, stage), figures in self.sums.items() if stage == "placed"}
        groups = sorted(self.sums, key=lambda group: STAGES.index(group[1]))
        groups.sort(key=lambda group: tuple(map(str, group[0])))
        groups.sort(key=lambda group: -placed.get(group[0], 0))
        return groups


def figures_of(part: Part) -> list[int]:
    """An amount of a known class, in its column."""
    figures = [0] * len(FIGURES)
    if part.kind is not None:
        figures[_PLACE[part.kind]] = part.amount_vnd
    return figures
