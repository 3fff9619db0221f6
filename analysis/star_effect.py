"""What a star is worth: prices and pieces before and after a recognition, against products of the same sub-group without one.

Difference in differences of logarithms (of a marketplace's share of the pieces: of the share itself): each recognised product's change from the six whole months before the month of its
decision to the six after, less the mean change of products of its sub-group that had no live certificate in all that time.
The mean over recognised products is the effect; its interval is a bootstrap over products, both kinds drawn anew each time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log
from zlib import crc32

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.report import Period, Report, ReportError, Row
from analysis.star_sales import Months, Sold, month_number, sold_by_month
from analysis.stars import certificates_by_product, star_on
from models import Product

MONTHS = 6  # before and after
LEAST_RECOGNISED, LEAST_OTHERS = 5, 5  # products; below, there is no effect to speak of
LEAST_PIECES = 10  # of a product on either side
DRAWS = 2_000
SURE = (2.5, 97.5)  # percentiles: 95 of a hundred such intervals hold the truth
COLUMNS = ("outcome", "stars", "recognised", "others", "effect_percent", "low_percent", "high_percent", "verdict")
NOT_ENOUGH = "chưa đủ dữ liệu"


@dataclass(frozen=True)
class Case:
    """One recognition: the change of its product, and of each product it is held against, as logarithms.

    `against` names those: cases of one name share them, so what befell them befell all these cases at once.
    """

    stars: int
    change: float
    others: tuple[float, ...]
    against: str


OUTCOMES = ("price_per_kg", "units")
SHARE = "share:"  # then a marketplace: its part of the pieces, whose change is in percentage points


def star_effect(session: Session, period: Period, by: Sequence[str]) -> Report:
    """Recognitions decided in the period, for all classes together and for each. "Not enough data" where that is so."""
    if by:
        raise ReportError("Báo cáo tác động của sao luôn chia theo kết quả và hạng sao.")
    months = sold_by_month(session, period, MONTHS)
    rows: list[Row] = []
    for outcome in (*OUTCOMES, *(f"{SHARE}{market}" for market in _markets(months))):
        cases = list(_cases(session, period, months, outcome))
        rows += [
            _row(outcome, stars, [case for case in cases if stars in {None, case.stars}]) for stars in (None, 5, 4, 3)
        ]
    return Report("star-effect", period, "placed", COLUMNS, rows, {"months_each_side": MONTHS}, NOTES)


NOTES = (
    f"So {MONTHS} tháng trước và sau tháng công nhận với sản phẩm cùng phân nhóm chưa được công nhận.",
    "Hiệu của hai hiệu, theo log (riêng «share:sàn» là điểm phần trăm của tỷ lệ gói bán ở sàn đó); khoảng tin cậy 95 % bằng bootstrap trên sản phẩm.",
    f"Cần ít nhất {LEAST_RECOGNISED} sản phẩm được công nhận và {LEAST_OTHERS} sản phẩm so sánh, mỗi bên {LEAST_PIECES} gói.",
)


def _row(outcome: str, stars: int | None, cases: Sequence[Case]) -> Row:
    others = sum(len(case.others) for case in cases)
    found: tuple[float | None, ...] = (None, None, None)
    if len(cases) >= LEAST_RECOGNISED:
        found = tuple(_percent(outcome, value) for value in _effect(cases))
    verdict = NOT_ENOUGH if found[0] is None else _verdict(found[1], found[2])
    return dict(zip(COLUMNS, (outcome, stars, len(cases), others, *found, verdict), strict=True))


def _percent(outcome: str, value: float) -> float:
    return round(100 * (value if outcome.startswith(SHARE) else exp(value) - 1), 1)


def _markets(months: Months) -> list[str]:
    return sorted({market for sold in months.values() for one in sold.values() for market in one.by_market})


def _verdict(low: float | None, high: float | None) -> str:
    if low is not None and low > 0:
        return "tăng"
    return "giảm" if high is not None and high < 0 else "chưa phân biệt được với không đổi"


def _effect(cases: Sequence[Case]) -> tuple[float, float, float]:
    """The mean difference of changes and its interval. The same cases give the same interval."""
    chance = np.random.default_rng(len(cases))
    point = float(np.mean([case.change - np.mean(case.others) for case in cases]))
    drawn = np.stack([case.change - _means(case) for case in cases])  # [case, draw]
    picked = chance.integers(0, len(cases), (len(cases), DRAWS))
    low, high = np.percentile(drawn[picked, np.arange(DRAWS)].mean(axis=0), SURE)
    return point, float(low), float(high)


def _means(case: Case) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The mean of the others, drawn anew each time, alike for all cases that have the same ones."""
    chance = np.random.default_rng(crc32(case.against.encode()))
    means: np.ndarray[tuple[int], np.dtype[np.float64]] = chance.choice(case.others, (DRAWS, len(case.others))).mean(
        axis=1
    )
    return means


def _cases(session: Session, period: Period, months: Months, outcome: str) -> Iterator[Case]:
    star, groups = star_on(session), _products_by_group(session)
    for product_id, sub_group, stars, day in _recognitions(session, period):
        change = _change(months.get(product_id, {}), day, outcome)
        if change is None:
            continue
        never = (other for other in groups[sub_group] if not any(star(other, at) for at in _edges(day)))
        others = tuple(
            found
            for other in never
            if other != product_id and (found := _change(months.get(other, {}), day, outcome)) is not None
        )
        if len(others) >= LEAST_OTHERS:
            yield Case(stars, change, others, f"{sub_group} {month_number(day)}")


def _recognitions(session: Session, period: Period) -> Iterator[tuple[int, str, int, date]]:
    groups: dict[int, str] = dict(session.execute(select(Product.id, Product.sub_group)).all())
    for product_id, history in certificates_by_product(session).items():
        for one in history:
            if one.decision_date is not None and period.first <= one.decision_date <= period.last:
                yield product_id, groups[product_id], one.stars, one.decision_date


def _products_by_group(session: Session) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for product_id, sub_group in session.execute(select(Product.id, Product.sub_group).order_by(Product.id)):
        groups[sub_group].append(product_id)
    return groups


def _edges(day: date) -> Iterable[date]:
    """The first day of each month of both sides: enough to see any certificate, which lives for three years."""
    middle = month_number(day)
    return (date(month // 12, month % 12 + 1, 1) for month in range(middle - MONTHS, middle + MONTHS + 2))


def _change(sold: Mapping[int, Sold], day: date, outcome: str) -> float | None:
    """The logarithm of after over before, or the difference of two shares. None with too few pieces on either side, or without a weight."""
    middle = month_number(day)
    before, after = Sold(), Sold()
    for step in range(1, MONTHS + 1):
        before.add(sold.get(middle - step, Sold()))
        after.add(sold.get(middle + step, Sold()))
    if min(before.pieces, after.pieces) < LEAST_PIECES:
        return None
    if outcome.startswith(SHARE):
        market = outcome.removeprefix(SHARE)
        return after.share(market) - before.share(market)
    if outcome == "units":
        return log(after.pieces / before.pieces)
    old, new = before.price_per_kg_vnd, after.price_per_kg_vnd
    return None if old is None or new is None else log(new / old)
