"""A moment is what its form says, and nothing else is one."""

from datetime import UTC, datetime

import pytest

from connectors.files.moments import form
from connectors.files.values import moment

FORMS = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%d %b %Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
)
AT = (datetime(2026, 4, 1, 9, 30, 5), datetime(2024, 2, 29, 23, 59, 59), datetime(1999, 12, 31))  # noqa: DTZ001 - wall clocks


@pytest.mark.parametrize("directives", FORMS)
@pytest.mark.parametrize("at", AT)
def test_what_strftime_writes_is_read_as_strptime_reads_it(directives: str, at: datetime) -> None:
    """In every form that files use."""
    written = at.strftime(directives)
    assert form(directives).read(written, UTC) == datetime.strptime(written, directives).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2026-13-01 00:00",
        "2026-02-29 10:00",
        "2026-04-01 24:00",
        "26-04-01 09:30",
        "2026-04-01 09:30 x",
        "2026.04.01 09:30",
    ],
)
def test_what_is_no_moment_of_the_form_is_refused(written: str) -> None:
    """With an example of the form, never with the cell."""
    with pytest.raises(ValueError, match=r"không phải thời điểm dạng 2026-11-24 09:30$"):
        moment(written, "%Y-%m-%d %H:%M")


def test_a_moment_is_vietnams() -> None:
    """Seven hours before it is the same moment in UTC."""
    assert moment("2026-04-01 09:30", "%Y-%m-%d %H:%M") == datetime(2026, 4, 1, 2, 30, tzinfo=UTC)
