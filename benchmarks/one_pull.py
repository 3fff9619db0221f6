"""One pull of orders in a process of its own: how long it took and how much memory the process ever held."""

import json
import logging
import subprocess
import sys
import time
from typing import NamedTuple

from benchmarks.footprint import most_mb
from benchmarks.places import claimed, fresh_sqlite
from benchmarks.pulling import SHOP, SINCE, left, shop_on
from jobs.orders import pull_orders


class Taken(NamedTuple):
    """`grown_mb` from the start of the pull to its most; `most_mb` of the process, this benchmark's own modules included."""

    wall_s: float
    cpu_s: float
    grown_mb: float
    most_mb: float
    orders: int


def pull_apart(base_url: str) -> Taken:
    """Pull everything that server has, in a new process."""
    told = subprocess.run([sys.executable, "-m", __name__, base_url], capture_output=True, check=True, text=True)
    return Taken(**json.loads(told.stdout))


def pull_here(base_url: str) -> Taken:
    with fresh_sqlite() as url, shop_on(url, base_url) as app:
        run, before_mb = claimed(app, "pull_orders", SHOP), most_mb()
        started, worked = time.perf_counter(), time.process_time()
        pull_orders(run, since=SINCE)
        wall_s, cpu_s = time.perf_counter() - started, time.process_time() - worked
        return Taken(wall_s, cpu_s, most_mb() - before_mb, most_mb(), left(app)["orders"])


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    print(json.dumps(pull_here(sys.argv[1])._asdict()))
