"""A stranger's client works against the played Lazada without a changed line: lazop-sdk 1.0.3 from PyPI.

It signs with the machine's own clock, so the world's clock stands at the present while it runs.
"""

import json
import subprocess
import venv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox.clock import VirtualClock
from sandbox.lazada import SITES
from sandbox.lazada.order_book import FIRST_ORDER
from sandbox.pictures import picture
from sandbox.sandbox import Sandbox

HERE = Path(__file__).parent
PINNED = "lazop-sdk==1.0.3"
NAME = "Trà đinh Tân Cương OCOP 5 sao hộp thiếc 200g"
PRODUCT = {
    "PrimaryCategory": "10100123",
    "Attributes": {"name": NAME, "description": "<p>Trà đinh</p>", "brand_id": "30768", "tea_type": "Green Tea"},
    "Skus": {
        "Sku": [
            {
                "SellerSku": "OCOP-TN-0100",
                "quantity": "120",
                "price": "185000",
                "package_weight": "0.35",
                "package_length": "18",
                "package_width": "12",
                "package_height": "10",
            }
        ]
    },
}


@pytest.fixture
def python(request: pytest.FixtureRequest) -> Path:
    """The interpreter of an environment that holds the SDK alone, kept in pytest's cache from run to run."""
    assert request.config.cache is not None
    folder = Path(request.config.cache.mkdir("lazop-sdk-1.0.3"))
    interpreter = folder / "venv/bin/python"
    if not (folder / "installed").exists():
        venv.create(folder / "venv", with_pip=True)
        pip = [str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PINNED, "requests"]
        done = subprocess.run(pip, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            pytest.skip(f"pip could not install {PINNED}: {done.stderr.strip().splitlines()[-1:]}")
        (folder / "installed").touch()
    return interpreter


def drive(python: Path, home: Path, facts: dict[str, Any]) -> dict[str, Any]:
    """The SDK writes a log folder into HOME when it is imported."""
    command = [str(python), str(HERE / "lazop_drive.py"), json.dumps(facts)]
    done = subprocess.run(command, env={"HOME": str(home)}, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def test_the_sdk_logs_in_lists_creates_reads_prices_and_reads_orders(
    python: Path, tmp_path: Path, tea_picture: bytes
) -> None:
    """Code, picture, product, price and stock, both product pages, orders and their rows, and a refusal it understands."""
    now = datetime.now(UTC)
    start = now - timedelta(days=10)
    with Sandbox(seed=7, clock=VirtualClock(start), sites=SITES) as running:
        world, keys = running.world, running.credentials("lazada")
        offers = [
            world.add_offer("lazada", keys["shop_id"], f"OCOP-TN-{n:04}", "Trà", "", 95_000, 9_999) for n in range(8)
        ]
        running.advance(to=now)
        api = running.sites["lazada.api"]
        facts = {name: keys[name] for name in ("app_key", "app_secret")}
        facts |= {"code": api.accounts.consent(int(keys["shop_id"])), "picture": tea_picture.hex(), "product": PRODUCT}
        facts |= {"base_url": running.base_url("lazada"), "since": f"{start:%Y-%m-%dT%H:%M:%S}+00:00"}
        seen = drive(python, tmp_path, facts)
        orders = world.orders("lazada")
    assert seen == {
        "item_status": "Pending QC",
        "priced": "0",
        "listed": [offer.offer_id for offer in offers] + [2_100_000_001, 2_100_000_001],
        "name": NAME,
        "price": 95_000.0,
        "quantity": 30,
        "orders": [[FIRST_ORDER + place for place in range(len(orders))], len(orders)],
        "rows": [len(orders), sum(line.quantity for order in orders for line in order.lines)],
        "refused": ["4105", "OCOP-TN-0100"],
    }
    assert orders, "no orders to read"


@pytest.fixture
def tea_picture() -> bytes:
    return picture("OCOP-TN-0100")
