"""`ocop scenario founding-year`: what was put into the world comes out of the reports, through orders pulled and sheets read."""

from pathlib import Path
from typing import Any

import pytest

from commands.founding import play
from jobs.app import JobError


def told(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {figure["figure"]: figure for figure in answer["figures"]}


def test_a_thin_founding_year_is_told_as_it_was(tmp_path: Path) -> None:
    """A quarter of the buyers: counts and money are exact, and chance moves the rest by no more than so few orders do.

    Beside 30 % online, 35 % growth and a fifth of the price stand what was drawn for this seed.
    """
    answer = play(1, tmp_path, lambda _part: None, volume=0.1)
    assert answer["revenue_vnd"] == answer["truth_revenue_vnd"]
    assert {name: figure["told"] for name, figure in told(answer).items()} == {
        "products_5_star": 2,
        "products_4_star": 73,
        "products_3_star": 54,
        "products": 129,
        "online_share": 0.2998,
        "online_growth": 0.4026,
        "star_uplift": 0.218,
    }
    with pytest.raises(JobError, match="--dir"):
        play(2, tmp_path, lambda _part: None, volume=0.1)


@pytest.mark.slow
def test_the_whole_founding_year_confirms_every_figure(tmp_path: Path) -> None:
    """129 products, 30 % online, 35 % growth, 20 % uplift; played again into the same directory, nothing is read twice."""
    answer = play(1, tmp_path, lambda _part: None)
    assert answer["revenue_vnd"] == answer["truth_revenue_vnd"]
    assert [name for name, figure in told(answer).items() if not figure["holds"]] == []
    again = play(1, tmp_path, lambda _part: None)
    assert answer | {"elapsed_s": None} == again | {"elapsed_s": None}
