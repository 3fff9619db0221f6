"""The benchmarks run, tell what they measured, and count no lap that did something else. Nothing here is timed."""

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.race import Floor, Lap, Race, Target, WrongEndError, run


@pytest.mark.slow
def test_a_quick_run_tells_both_sides_and_writes_them_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--quick --only store` races on both databases, prints a line each and writes the same as JSON."""
    said = tmp_path / "bench.json"
    assert main(["--quick", "--only", "store", "--json", str(said)]) == 0
    written = json.loads(said.read_text(encoding="utf-8"))
    assert [(one["what"], one["floor_name"], one["target"]) for one in written["results"]] == [
        ("store observations on SQLite", "raw executemany", "≥ 0.50"),
        ("store observations on PostgreSQL", "raw COPY", "≥ 0.50"),
    ]
    assert written["measured_with"]["rounds"] == 3
    table = capsys.readouterr().out.rpartition("\n\n")[2].splitlines()
    assert [line.split("  ")[0] for line in table] == ["what", *(one["what"] for one in written["results"])]


def race(ours: Lap, floor: Lap, target: Target) -> Race:
    return Race("a thing", "rows/s", 10, {"rows": 10}, lambda: ours, (Floor("bare", lambda: floor, target),))


def test_a_lap_that_left_something_else_behind_does_not_count() -> None:
    """A fast lap that lost a row is an error, on either side."""
    whole, short = Lap(2.0, {"rows": 10}), Lap(1.0, {"rows": 9})
    with pytest.raises(WrongEndError, match=r"a thing: \{'rows': 9\} was left behind, not \{'rows': 10\}"):
        run(race(short, whole, Target(0.5)), 1)
    with pytest.raises(WrongEndError):
        run(race(whole, short, Target(0.5)), 1)


@pytest.mark.parametrize(
    ("target", "ratio", "is_met", "words"),
    [
        (Target(0.5), 0.5, True, "≥ 0.50"),
        (Target(0.51), 0.5, False, "≥ 0.51"),
        (Target(2.0, "time"), 2.0, True, "≤ 2.00"),
        (Target(1.9, "time"), 2.0, False, "≤ 1.90"),
        (Target(None), 0.5, True, "–"),
    ],
)
def test_a_target_is_of_pace_or_of_time(target: Target, ratio: float, words: str, *, is_met: bool) -> None:
    """Twice the floor's time is half its pace; a target without a bound is only told."""
    (result,) = run(race(Lap(2.0, {"rows": 10}), Lap(1.0, {"rows": 10}), target), 3)
    assert (result.ratio, result.is_met, result.target) == (ratio, is_met, words)
    assert (result.ours, result.floor) == (5.0, 10.0)
