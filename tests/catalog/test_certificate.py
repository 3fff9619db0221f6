"""How long a recognition may be shown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.certificate import Certificate, CertificateState, add_months
from catalog.document import Document
from catalog.product import Product

LIVE, EXPIRED, NOT_YET, UNKNOWN = (CertificateState(name) for name in ("live", "expired", "not_yet", "unknown"))
days = st.dates(min_value=date(2018, 1, 1), max_value=date(2035, 12, 31))


@pytest.mark.parametrize(
    ("on", "state"),
    [(date(2025, 6, 25), NOT_YET), (date(2025, 6, 26), LIVE), (date(2028, 6, 26), LIVE), (date(2028, 6, 27), EXPIRED)],
)
def test_thirty_six_months_from_signing(on: date, state: CertificateState) -> None:
    """A dated decision holds from its day to the same day three years later."""
    assert Certificate(stars=5, decision_date=date(2025, 6, 26)).state(on) is state


@pytest.mark.parametrize(
    ("year", "state"), [(2022, NOT_YET), (2023, UNKNOWN), (2024, LIVE), (2025, LIVE), (2026, UNKNOWN), (2027, EXPIRED)]
)
def test_a_bare_year_proves_little(year: int, state: CertificateState) -> None:
    """In the year of recognition and in the year of expiry the unknown day decides, so nothing may be claimed."""
    assert Certificate(stars=4, recognised_year=2023).state(date(year, 7, 1)) is state


def test_nothing_known_proves_nothing() -> None:
    """Stars without a date are kept, and never shown."""
    assert Certificate(stars=3).state(date(2026, 11, 24)) is UNKNOWN


def test_month_ends() -> None:
    """Signed on the last of February of a leap year, it ends on the last of February."""
    assert add_months(date(2024, 2, 29), 36) == date(2027, 2, 28)


@pytest.mark.parametrize("stars", [0, 1, 2, 6])
def test_only_three_to_five_stars_certify(stars: int) -> None:
    """One and two stars are a score, not a certificate."""
    with pytest.raises(ValueError, match="stars"):
        Certificate(stars=stars)


def test_the_highest_live_one_is_shown() -> None:
    """Of a history, the highest certificate provably live that day."""
    history = (
        Certificate(stars=5, decision_date=date(2020, 12, 1)),
        Certificate(stars=4, decision_date=date(2025, 1, 1)),
        Certificate(stars=3, decision_date=date(2025, 6, 1)),
        Certificate(stars=5, recognised_year=2026),
    )
    product = Product(code="A", producer_code="P", name="Trà", sub_group="food/tea", certificates=history)
    assert product.live_certificate(date(2026, 11, 24)) == history[1]
    assert product.live_certificate(date(2030, 1, 1)) is None


@given(st.none() | days, st.none() | st.integers(2018, 2030), days)
def test_state_turns_only_on_its_turning_days(decision_date: date | None, year: int | None, on: date) -> None:
    """Between two turning days nothing changes: a plan made for one day holds until the next of them."""
    certificate = Certificate(stars=4, decision_date=decision_date, recognised_year=year)
    next_day = on + timedelta(days=1)
    assert certificate.state(on) is certificate.state(next_day) or next_day in certificate.turning_days()


@given(st.none() | days, st.none() | days, days)
def test_a_paper_turns_only_on_its_turning_days(issued_on: date | None, expires_on: date | None, on: date) -> None:
    """The same for papers."""
    document = Document(kind="organic", issued_on=issued_on, expires_on=expires_on)
    next_day = on + timedelta(days=1)
    assert document.is_live(on) is document.is_live(next_day) or next_day in document.turning_days()


def test_a_paper_before_its_issue_is_no_paper() -> None:
    """Issued next week is not live today; without any date it counts as held."""
    assert not Document(kind="organic", issued_on=date(2026, 12, 1)).is_live(date(2026, 11, 24))
    assert Document(kind="organic").is_live(date(2026, 11, 24))
