"""The founding figures: what was put into the world, what the reports tell of it, and the band in which the two agree."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from analysis.programme import BY_TARGET, programme
from analysis.report import Period, Row
from analysis.star_effect import star_effect
from catalog.targets import Measure
from sandbox.scenario import ONLINE_SHARE, STARS
from sandbox.scenario_goods import FIRST, LAST, YEAR
from sandbox.scenario_sways import GROWTH, UPLIFT

SHARE_BAND, GROWTH_BAND = 0.01, 0.05  # what chance does to a year of some ten thousand orders


def figures(session: Session, zone: ZoneInfo) -> list[Row]:
    """`holds`: the figure told lies in the band around what was put in; of the star, what was put in lies in the band told."""
    year = Period(YEAR, LAST, zone)
    classes = {row["stars"]: row["products"] for row in programme(session, year, ()).rows if row["state"] == "live"}
    told = {(row["measure"], row["by_year"]): row["actual"] for row in programme(session, year, (BY_TARGET,)).rows}
    stars = [_within(f"products_{stars}_star", put, classes.get(stars), 0) for stars, put in STARS.items()]
    return [
        *stars,
        _within("products", sum(STARS.values()), told[Measure.PRODUCTS, 2021], 0),
        _within("online_share", ONLINE_SHARE, told[Measure.ONLINE_SHARE, 2025], SHARE_BAND),
        _within("online_growth", GROWTH, told[Measure.ONLINE_GROWTH, 2025], GROWTH_BAND),
        _uplift(star_effect(session, Period(FIRST, LAST, zone), ()).rows),
    ]


def _within(figure: str, put: float, told: object, margin: float) -> Row:
    low, high = round(put - margin, 4), round(put + margin, 4)
    holds = isinstance(told, int | float) and low <= told <= high
    return {"figure": figure, "put": put, "told": told, "low": low, "high": high, "holds": holds}


def _uplift(rows: Sequence[Row]) -> Row:
    """Of all classes together, on the price per kilogram."""
    row = next(row for row in rows if row["outcome"] == "price_per_kg" and row["stars"] is None)
    told, low, high = (_part(row[name]) for name in ("effect_percent", "low_percent", "high_percent"))
    holds = low is not None and high is not None and low <= UPLIFT <= high
    return {"figure": "star_uplift", "put": UPLIFT, "told": told, "low": low, "high": high, "holds": holds}


def _part(percent: object) -> float | None:
    return round(percent / 100, 4) if isinstance(percent, float) else None
