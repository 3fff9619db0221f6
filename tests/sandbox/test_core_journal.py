"""The sandbox as a process: killed, started again, the same world. And the control URL that turns it."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.clock import VirtualClock, WallClock
from sandbox.journal import JournalError
from sandbox.plain import PlainShop
from sandbox.sandbox import START, Sandbox

ROOT = Path(__file__).parents[2]
OPTIONS = {"plain.storefront": {"goods": [[f"GOOD-{n}", f"Trà {n}", 50_000 + 1000 * n] for n in range(150)]}}
CHILD = """
import json, sys, threading
from pathlib import Path
from sandbox.plain import PlainShop
from sandbox.sandbox import Sandbox
with Sandbox(3, directory=Path(sys.argv[1]), sites=(PlainShop,), options=json.loads(sys.argv[2])) as sandbox:
    print(sandbox.control_url, flush=True)
    threading.Event().wait()
"""


def plain(directory: Path | None = None, **wishes: Any) -> Sandbox:
    return Sandbox(wishes.pop("seed", 3), directory=directory, sites=(PlainShop,), **{"options": OPTIONS, **wishes})


class Child:
    """A sandbox in a process of its own, to be killed."""

    def __init__(self, directory: Path) -> None:
        command = [sys.executable, "-c", CHILD, str(directory), json.dumps(OPTIONS)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        assert self.process.stdout
        self.control_url = self.process.stdout.readline().strip()

    def post(self, path: str, order: dict[str, Any]) -> requests.Response:
        return requests.post(self.control_url + path, json=order, timeout=20)

    def truth(self) -> dict[str, Any]:
        truth: dict[str, Any] = requests.get(self.control_url + "/truth", timeout=20).json()
        return truth

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


def orders_of_staff(days: int) -> list[tuple[str, dict[str, Any]]]:
    """A month of clock moves with, every second day, an offer banned or let live again."""
    turns = [("/clock", {"now": (START + timedelta(hours=12 * n)).isoformat()}) for n in range(1, 2 * days)]
    states = ("banned", "live", "hidden", "live")
    bans = [
        ("/offers", {"market": "plain", "offer_id": 1_000_001 + n % 6, "state": states[n % 4]})
        for n in range(days // 2)
    ]
    return [
        step
        for n, turn in enumerate(turns)
        for step in ((turn, bans[n // 4]) if n % 4 == 0 and n // 4 < len(bans) else (turn,))
    ]


def test_killed_in_mid_run_it_comes_back_the_same(tmp_path: Path) -> None:
    """SIGKILL after any acknowledged step: started again it holds exactly that step's world, and the end is the same."""
    steps = orders_of_staff(days=14)
    with plain() as undisturbed:
        for path, order in steps:
            requests.post(undisturbed.control_url + path, json=order, timeout=20)
        wanted = undisturbed.truth()
    kills = set(random.Random(1).sample(range(len(steps)), 4))
    child = Child(tmp_path)
    for number, (path, order) in enumerate(steps):
        assert child.post(path, order).status_code == 200
        if number in kills:
            before = child.truth()
            child.kill()
            child = Child(tmp_path)
            assert child.truth() == before
    ended = child.truth()
    child.kill()
    assert ended == wanted


@pytest.mark.parametrize("delay_s", [0.0, 0.01, 0.05, 0.1, 0.2])
def test_killed_in_the_middle_of_a_step(tmp_path: Path, delay_s: float) -> None:
    """A step cut short by the kill either happened or did not; done again, the end is the same."""
    end = START + timedelta(days=40)
    with plain() as undisturbed:
        undisturbed.advance(end)
        wanted = undisturbed.truth()
    child = Child(tmp_path)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(child.post, "/clock", {"now": end.isoformat()})
        time.sleep(delay_s)
        child.kill()
        assert asked.exception() is None or isinstance(asked.exception(), requests.ConnectionError)
    with plain(tmp_path) as again:
        again.advance(end)
        assert again.truth() == wanted


def test_a_torn_last_line_is_dropped(tmp_path: Path) -> None:
    """Half a line means its answer never left: it is forgotten, and writing goes on behind the last whole line."""
    with plain(tmp_path) as first:
        first.advance(START + timedelta(days=2))
    journal = tmp_path / "world.journal"
    whole = journal.read_bytes()
    journal.write_bytes(whole + b'{"at":"2026-10-0')
    with plain(tmp_path) as second:
        assert second.world.clock.now() == START + timedelta(days=2)
        second.advance(START + timedelta(days=3))
    assert journal.read_bytes().startswith(whole + b'{"at":"2026-10-04')


def test_another_seed_is_refused(tmp_path: Path) -> None:
    """A directory holds one world; asking for another in it is refused in one sentence."""
    with plain(tmp_path):
        pass
    with pytest.raises(JournalError, match="holds a world of seed 3"):
        plain(tmp_path, seed=4)
    with pytest.raises(JournalError, match="choose another directory"):
        plain(tmp_path, options={})


def test_another_format_is_refused(tmp_path: Path) -> None:
    """A journal of another version is named, not misread."""
    (tmp_path / "world.journal").write_text('{"format":99,"seed":3}\n')
    with pytest.raises(JournalError, match="another format"):
        plain(tmp_path)


def test_a_broken_line_in_the_middle_is_named(tmp_path: Path) -> None:
    """Only the last line may be torn; anything else is no world to go on from, and the directory is free again."""
    with plain(tmp_path) as first:
        first.advance(START + timedelta(days=1))
    with (tmp_path / "world.journal").open("a") as journal:
        journal.write('{"at": nonsense}\n')
    for _ in range(2):
        with pytest.raises(JournalError, match=r"line 3 of .* cannot be read"), plain(tmp_path):
            pass


def test_a_port_that_was_asked_for_is_not_replaced() -> None:
    """Whoever names the control port gets that one or an error."""
    with plain() as first:
        taken = int(first.control_url.rsplit(":", 1)[1])
        with pytest.raises(OSError, match="in use"), plain(control_port=taken):
            pass


def test_one_sandbox_a_directory(tmp_path: Path) -> None:
    """A second sandbox in the same directory is refused while the first lives."""
    with plain(tmp_path), pytest.raises(JournalError, match="in use"):
        plain(tmp_path)
    with plain(tmp_path):
        pass


def test_addresses_outlive_the_process(tmp_path: Path) -> None:
    """Listings hold picture addresses: a restarted sandbox listens on its old ports."""
    with plain(tmp_path) as first:
        before = (first.control_url, first.storefront_url("plain"))
    with plain(tmp_path) as second:
        assert (second.control_url, second.storefront_url("plain")) == before


def test_a_world_on_the_wall_clock_catches_up(tmp_path: Path) -> None:
    """On the wall's clock the world lives until each request; nobody can turn it."""
    wall = Stopwatch()
    with plain(tmp_path, clock=wall) as sandbox:
        wall.at += timedelta(days=3)
        requests.get(f"{sandbox.storefront_url('plain')}/", timeout=5)
        assert sandbox.world.clock.now() == wall.at
        with pytest.raises(ValueError, match="clock on the wall"):
            sandbox.advance(wall.at + timedelta(days=1))
        before = sandbox.truth()
    with plain(tmp_path, clock=wall) as again:
        again.catch_up()
        assert again.truth() == before


class Stopwatch(WallClock):
    """A wall clock with hands that a test moves."""

    def __init__(self) -> None:
        self.at = VirtualClock(START).now()

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with plain() as running:
        yield running


def control(sandbox: Sandbox, method: str, path: str, order: object = None) -> tuple[int, Any]:
    answer = requests.request(method, sandbox.control_url + path, json=order, timeout=10)
    return answer.status_code, answer.json()


def test_control_turns_the_clock(sandbox: Sandbox) -> None:
    """By seconds or to a moment; the answer is the new time; the past is refused."""
    assert control(sandbox, "POST", "/clock", {"advance_s": 3600}) == (200, {"now": "2026-09-30T18:00:00+00:00"})
    assert control(sandbox, "POST", "/clock", {"now": "2026-10-02T00:00:00+07:00"}) == (
        200,
        {"now": "2026-10-01T17:00:00+00:00"},
    )
    status, answer = control(sandbox, "POST", "/clock", {"now": "2026-10-01T00:00:00+07:00"})
    assert (status, "cannot go back" in answer["error"]) == (400, True)


@pytest.mark.parametrize(
    "order", [{}, {"now": "2026-10-02T00:00:00"}, {"advance_s": 1, "now": "2026-10-02T00:00:00Z"}, {"hours": 1}, 7]
)
def test_control_refuses_unclear_clock_orders(sandbox: Sandbox, order: object) -> None:
    """Neither, both, without zone, unknown words: 400, and time stands still."""
    assert control(sandbox, "POST", "/clock", order)[0] == 400
    assert sandbox.world.clock.now() == START


def test_control_announces_and_clears_faults(sandbox: Sandbox) -> None:
    """Faults added over the control URL strike; state lists them; DELETE clears; nonsense is refused."""
    url = f"{sandbox.storefront_url('plain')}/"
    order = {"site": "plain.storefront", "kind": "status", "times": 5, "status": 503}
    assert control(sandbox, "POST", "/faults", order) == (200, {"id": 1})
    assert requests.get(url, timeout=5).status_code == 503
    assert control(sandbox, "GET", "/state")[1]["faults"][0]["times"] == 4
    assert control(sandbox, "DELETE", "/faults") == (200, {"cleared": True})
    assert requests.get(url, timeout=5).status_code == 200
    assert control(sandbox, "POST", "/faults", {**order, "kind": "earthquake"})[0] == 400
    assert control(sandbox, "GET", "/nowhere")[0] == 404


def test_control_tells_truth_state_and_calls(sandbox: Sandbox) -> None:
    """The truth is the world's own; calls count requests a site; state names every site's address."""
    sandbox.advance(START + timedelta(days=5))
    requests.get(f"{sandbox.storefront_url('plain')}/", timeout=5)
    assert control(sandbox, "GET", "/truth") == (200, json.loads(json.dumps(sandbox.truth())))
    assert control(sandbox, "GET", "/calls") == (200, {"plain.storefront": {"GET /": 1}})
    state = control(sandbox, "GET", "/state")[1]
    assert (state["seed"], state["sites"]) == (3, {"plain.storefront": sandbox.storefront_url("plain")})


def test_control_plays_the_staff(sandbox: Sandbox) -> None:
    """A banned offer disappears from the shop; an offer that is not there is named."""
    url = f"{sandbox.storefront_url('plain')}/san-pham/tra-0-good-0"
    assert requests.get(url, timeout=5).status_code == 200
    ban = {"market": "plain", "offer_id": 1_000_001, "state": "banned", "reason": "thiếu giấy tờ"}
    assert control(sandbox, "POST", "/offers", ban) == (200, {"state": "banned"})
    assert requests.get(url, timeout=5).status_code == 404
    assert control(sandbox, "POST", "/offers", {**ban, "offer_id": 5}) == (400, {"error": "plain has no offer 5"})


def test_served_until_interrupted(tmp_path: Path) -> None:
    """`serve` prints where everything is as its first line, and ends in peace when asked to."""
    code = f"from pathlib import Path; from sandbox.serve import serve; serve(0, 1, Path({str(tmp_path)!r}))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as process:
        assert process.stdout
        greeting = json.loads(process.stdout.readline())
        now = requests.get(greeting["control_url"] + "/state", timeout=5).json()["now"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    assert sorted(greeting) == ["control_url", "marketplaces"]
    assert abs(time.time() - datetime.fromisoformat(now).timestamp()) < 60
