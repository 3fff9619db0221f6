"""The programme's targets against what the data says: reached, not reached, or nobody can tell yet."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from analysis.coverage import coverage
from analysis.report import Period, Report, Row
from analysis.revenue import revenue
from analysis.share import online_share, overall_share
from analysis.star_effect import star_effect
from catalog.targets import Measure, targets

COLUMNS = ("measure", "by_year", "target", "actual", "at_most", "reached", "basis")


class Span(NamedTuple):
    """What is proven, and what it may be at most. None: not known."""

    least: float | None
    most: float | None


def against_targets(session: Session, period: Period, classes: Sequence[Row]) -> Report:
    """`classes` are the rows of the programme's count. Products count as proven when a certificate is provably live.

    Growth is the period's revenue against that of the same days a year before, told only where those are read whole.
    """
    spans = {measure: tell(session, period, classes) for measure, tell in _TOLD.items()}
    rows: list[Row] = [
        dict(
            zip(
                COLUMNS,
                (
                    one.measure.value,
                    one.by_year,
                    float(one.least),
                    *spans[one.measure],
                    _reached(spans[one.measure], float(one.least)),
                    one.basis,
                ),
                strict=True,
            )
        )
        for one in targets()
    ]
    note = "«actual» là phần chứng minh được, «at_most» gồm cả phần chưa rõ; ô trống: chưa đủ dữ liệu để nói."
    return Report("programme", period, "placed", COLUMNS, rows, coverage(session, period), [note])


def _reached(span: Span, target: float) -> bool | None:
    if span.least is not None and span.least >= target:
        return True
    return False if span.most is not None and span.most < target else None


def _products(_: Session, __: Period, classes: Sequence[Row]) -> Span:
    return _counted(classes, (3, 4, 5))


def _five_star(_: Session, __: Period, classes: Sequence[Row]) -> Span:
    return _counted(classes, (5,))


def _counted(classes: Sequence[Row], stars: Sequence[int]) -> Span:
    counts = {state: _count(classes, stars, state) for state in ("live", "unknown")}
    return Span(counts["live"], counts["live"] + counts["unknown"])


def _count(classes: Sequence[Row], stars: Sequence[int], state: str) -> int:
    return sum(int(str(row["products"])) for row in classes if row["stars"] in stars and row["state"] == state)


def _online_share(session: Session, period: Period, _: Sequence[Row]) -> Span:
    """Of the producers' months that were declared: what the silent ones sell outside is unknown, so their online half is left out."""
    share = overall_share(online_share(session, period, ("month",)))
    return Span(share, share)


def _online_growth(session: Session, period: Period, _: Sequence[Row]) -> Span:
    before = revenue(session, period.a_year_before, ("marketplace",))
    was, now = _total(before), _total(revenue(session, period, ("marketplace",)))
    if not was or before.coverage["complete"] is not True:
        return Span(None, None)
    growth = round(now / was - 1, 4)
    return Span(growth, growth)


def _star_uplift(session: Session, period: Period, _: Sequence[Row]) -> Span:
    """Of the price per kilogram, all classes together; at most the upper end of its interval."""
    rows = star_effect(session, period, ()).rows
    row = next(row for row in rows if row["outcome"] == "price_per_kg" and row["stars"] is None)
    low, high = row["low_percent"], row["high_percent"]
    if not isinstance(low, float) or not isinstance(high, float):
        return Span(None, None)
    return Span(round(low / 100, 4), round(high / 100, 4))


def _total(report: Report) -> int:
    return sum(int(str(row["revenue_vnd"])) for row in report.rows)


_TOLD: Mapping[Measure, Callable[[Session, Period, Sequence[Row]], Span]] = {
    Measure.PRODUCTS: _products,
    Measure.FIVE_STAR: _five_star,
    Measure.ONLINE_SHARE: _online_share,
    Measure.ONLINE_GROWTH: _online_growth,
    Measure.STAR_UPLIFT: _star_uplift,
}
