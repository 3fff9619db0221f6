"""The pretend marketplaces on the wall's clock, until somebody interrupts (`ocop sandbox`)."""

import json
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from sandbox.clock import WallClock
from sandbox.sandbox import Sandbox

STEP_S = 1.0


def serve(port: int, seed: int, directory: Path | None = None) -> None:
    """Serve until SIGINT or SIGTERM; `port` is the control URL's, 0 for any. The first line on stdout is contracts.md's JSON."""
    interrupted = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: interrupted.set())
    with Sandbox(seed, clock=WallClock(), directory=directory, control_port=port) as world:
        sys.stdout.write(json.dumps(greeting(world), ensure_ascii=False) + "\n")
        sys.stdout.flush()
        while not interrupted.wait(STEP_S):
            world.catch_up()


def greeting(world: Sandbox) -> dict[str, Any]:
    """Where everything is, and the keys to it."""
    markets = sorted(site.market for site in world.sites.values() if site.role == "api")
    return {
        "marketplaces": {
            market: {
                "base_url": world.base_url(market),
                "storefront_url": world.storefront_url(market),
                "credentials": world.credentials(market),
            }
            for market in markets
        },
        "control_url": world.control_url,
    }
