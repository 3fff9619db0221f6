"""What each fee of an order should come to by the dated table, from the order's own money at the stage looked at."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from analysis.money.attribution import Part
from analysis.money.facts import Line
from catalog.fees import FeeBase, FeeRule, rule_for
from catalog.money_codes import MoneyClass, fee_of, plain

# The part of shipping that the buyer pays, by each marketplace's own name (Shopee v2 4.3, TikTok Shop finance, the names of
# Lazada's transaction file; read 2026-11-24).
BUYER_SHIPPING = {
    "shopee": "buyer_paid_shipping_fee",
    "tiktok_shop": "customer_paid_shipping_fee_amount",
    "lazada": "Shipping Fee (Paid By Customer)",
}

SubGroupOf = Callable[[Line | None], str | None]


@dataclass
class Base:
    """One line's money as a base of fees, signed đồng."""

    goods_vnd: int = 0
    voucher_vnd: int = 0
    shipping_vnd: int = 0
    refund_vnd: int = 0

    def __add__(self, other: "Base") -> "Base":
        return Base(
            self.goods_vnd + other.goods_vnd,
            self.voucher_vnd + other.voucher_vnd,
            self.shipping_vnd + other.shipping_vnd,
            self.refund_vnd + other.refund_vnd,
        )

    def of(self, rule: FeeRule) -> int:
        paid = {FeeBase.GOODS: 0, FeeBase.PAID_GOODS: self.voucher_vnd}
        extra = paid.get(rule.base, self.voucher_vnd + self.shipping_vnd)
        return self.goods_vnd + extra + (self.refund_vnd if rule.is_refundable else 0)

    @property
    def is_all_back(self) -> bool:
        """Nothing stayed sold."""
        return self.goods_vnd + self.voucher_vnd + self.refund_vnd <= 0


@dataclass
class Told:
    """One order's money at one stage: the bases by line, and what was charged by fee."""

    bases: dict[Line | None, Base] = field(default_factory=lambda: defaultdict(Base))
    charged: Counter[str] = field(default_factory=Counter)


def told(marketplace: str, parts: Iterable[Part]) -> Told:
    found = Told()
    for part in parts:
        base = found.bases[part.line]
        match part.kind:
            case MoneyClass.FEE:
                found.charged[fee_of(marketplace, part.code)] += part.amount_vnd
            case MoneyClass.GOODS | MoneyClass.PLATFORM_VOUCHER:
                base.goods_vnd += part.amount_vnd
            case MoneyClass.SELLER_VOUCHER:
                base.voucher_vnd += part.amount_vnd
            case MoneyClass.REFUND:
                base.refund_vnd += part.amount_vnd
            case MoneyClass.SHIPPING if plain(marketplace, part.code) == BUYER_SHIPPING.get(marketplace):
                base.shipping_vnd += part.amount_vnd
    return found


def expected(
    rules: Sequence[FeeRule], marketplace: str, on: date, money: Told, sub_group: SubGroupOf, *, is_undone: bool
) -> dict[str, int]:
    """Signed đồng by fee, minus taken from the seller. A fee that the table does not know for these goods is not in it."""
    found = {}
    for code in dict.fromkeys(rule.code for rule in rules if rule.marketplace == marketplace and rule.holds(on)):
        by_rule: dict[FeeRule, Base] = defaultdict(Base)
        for line, base in money.bases.items():
            if rule := rule_for(rules, marketplace, code, sub_group(line), on):
                by_rule[rule] += base
        if by_rule:
            found[code] = -sum(_due_vnd(rule, base, is_undone=is_undone) for rule, base in by_rule.items())
    return found


def _due_vnd(rule: FeeRule, base: Base, *, is_undone: bool) -> int:
    return 0 if rule.is_refundable and (is_undone or base.is_all_back) else rule.amount_vnd(base.of(rule))
