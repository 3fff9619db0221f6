"""`ocop report market`: what watched listings that are not ours sell, as point and band, and how wrong such estimates are."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from analysis.market.estimate import Band, Estimate, estimate
from analysis.market.own import calibrated, check, load_sales
from analysis.market.series import Series, by_site, load_series
from analysis.report import Period, Report, ReportError, Row

COLUMNS = (
    "site",
    "title",
    "url",
    "from",
    "to",
    "units_low",
    "units",
    "units_high",
    "revenue_low_vnd",
    "revenue_vnd",
    "revenue_high_vnd",
    "price_vnd",
    "oddities",
)
NOTES = (
    "Số ước tính từ bộ đếm công khai, không phải số bán thật: chín trong mười lần số thật nằm giữa cột thấp và cột cao.",
    "Cách tính, giả định và sai số đo được: docs/market-estimate.md.",
)


def market(session: Session, period: Period, by: Sequence[str]) -> Report:
    """A row a listing, the best selling first; listings whose counter says too little are counted in the coverage."""
    if by:
        raise ReportError("Báo cáo thị trường luôn có một dòng cho mỗi sản phẩm được theo dõi.")
    sites = by_site(load_series(session, period))
    sales = load_sales(session, [one for series in sites.values() for one in series])
    rows: list[tuple[int, Row]] = []
    silent, said = 0, dict[str, object]()
    for site, series in sites.items():
        known = calibrated(series, sales, period)
        said[site] = {"calibrated_on": known.listings, **check(series, sales, period)[0].as_dict()}
        for one in series:
            if one.listing_id is None:
                made = estimate(one.readings, period.start, period.end, known, one.seed)
                silent += made is None
                rows += [] if made is None else [(-made.units_band.point, _row(one, made, period))]
    rows.sort(key=lambda row: (row[0], str(row[1]["url"])))
    coverage: dict[str, object] = {
        "listings": len(rows),
        "listings_without_estimate": silent,
        "checked_on_our_own": said,
    }
    return Report("market", period, "estimate", COLUMNS, [row for _, row in rows], coverage, NOTES)


def _row(series: Series, made: Estimate, period: Period) -> Row:
    units, money = made.units_band, made.revenue_band_vnd
    return {
        "site": series.site,
        "title": series.title,
        "url": series.url,
        "from": made.first.astimezone(period.zone).isoformat(timespec="minutes"),
        "to": made.last.astimezone(period.zone).isoformat(timespec="minutes"),
        **_named(units, "units_low", "units", "units_high"),
        **_named(money, "revenue_low_vnd", "revenue_vnd", "revenue_high_vnd"),
        "price_vnd": series.last_price_vnd,
        "oddities": ", ".join(made.oddities),
    }


def _named(band: Band | None, *names: str) -> dict[str, int | None]:
    values = (None, None, None) if band is None else (band.lo, band.point, band.hi)
    return dict(zip(names, values, strict=True))
