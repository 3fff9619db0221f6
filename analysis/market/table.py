"""`ocop report market`: what watched listings that are not ours sell, as point and band, and how wrong such estimates are."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from analysis.market.estimate import Band, Estimate, estimate
from analysis.market.own import SELLS_WELL, Check, lessons
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
    everything = load_series(session, period)
    sites, taught = by_site(everything), lessons(session, everything, period)
    rows: list[tuple[int, Row]] = []
    silent, said, notes = 0, dict[str, object](), list(NOTES)
    for site, series in sites.items():
        known, (checked, _) = taught.of(site), taught.check(series)
        said[site] = {"calibrated_on": known.listings, **checked.as_dict()}
        notes.append(_error(site, checked))
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
    return Report("market", period, "estimate", COLUMNS, [row for _, row in rows], coverage, notes)


def _error(site: str, checked: Check) -> str:
    """How wrong estimates of that site are, for a person; rounded to what so many listings can tell."""
    if checked.coverage_90 is None:
        return f"{site}: không có sản phẩm nào của ta có bộ đếm công khai để đo sai số; xem sai số ở các sàn khác."
    held = f"{site}: đo trên {checked.listings} sản phẩm của ta, khoảng thấp–cao giữ được số thật ở {checked.coverage_90:.0%}"
    if checked.median_abs_error is None:
        return f"{held}; không sản phẩm nào bán từ {SELLS_WELL} gói một tháng để nói sai số của số giữa."
    return f"{held}; sai số giữa {checked.median_abs_error:.0%} ở {checked.selling_well} sản phẩm bán từ {SELLS_WELL} gói một tháng."


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
