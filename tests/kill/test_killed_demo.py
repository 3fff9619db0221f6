"""Any process may die now: a rehearsal killed twenty times ends in the same tables as one that lived."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.kill.content import content, differences

KILLS = 20
WORDS = ("demo", "--days", "2", "--products", "12", "--json")

Moment = Callable[[], bool]


def _started(directory: Path) -> "subprocess.Popen[str]":
    """In a session of its own, so that its crawling children die with it."""
    command = [sys.executable, "-m", "cli", *WORDS, "--dir", str(directory)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def _finished(directory: Path) -> dict[str, Any]:
    process = _started(directory)
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    answer: dict[str, Any] = json.loads(out)
    return answer


def _killed(directory: Path, moment: Moment) -> bool:
    """False: it was done before its moment came."""
    process = _started(directory)
    while process.poll() is None:
        if moment():
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return True
        time.sleep(0.003)
    process.communicate()
    return False


def _lines(directory: Path) -> int:
    journal = directory / "world.journal"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def _after_line(directory: Path, line: int) -> Moment:
    """As soon as the marketplaces have accepted that many writes and moves of the clock: instrumented, between any two effects."""
    return lambda: _lines(directory) >= line


def _after_seconds(seconds: float) -> Moment:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    directory = tmp_path_factory.mktemp("lived")
    return directory, _finished(directory)


@pytest.mark.slow
def test_twenty_kills_change_nothing(lived: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """No listing twice, no order lost or twice, no run forgotten, whatever instruction the kill fell on."""
    reference, answer = lived
    chance = random.Random(20261124)
    whole = _lines(reference)
    kills = 0
    for number in range(KILLS):
        lines = _lines(tmp_path)
        step = chance.randint(1, max(1, (whole - lines) // (KILLS - number)))
        moment = _after_seconds(chance.uniform(0.5, 1.6)) if number % 4 == 3 else _after_line(tmp_path, lines + step)
        kills += _killed(tmp_path, moment)
    again = _finished(tmp_path)
    assert kills == KILLS
    assert differences(content(reference), content(tmp_path)) == {}
    same = [{**one, "elapsed_s": None, "api_calls": None, "pages": None} for one in (answer, again)]
    assert same[0] == same[1]
    assert again["revenue_vnd"] == again["truth_revenue_vnd"]


@pytest.mark.slow
def test_a_second_run_changes_nothing(lived: tuple[Path, dict[str, Any]]) -> None:
    """Run again in the same directory, a finished rehearsal writes no row of business."""
    directory, answer = lived
    before = content(directory)
    again = _finished(directory)
    assert differences(before, content(directory)) == {}
    assert again["orders"] == answer["orders"]
