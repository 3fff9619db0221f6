"""A stranger's client works against the played Shopee without a changed line: `@congminh1254/shopee-sdk` from npm."""

import base64
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from sandbox.clock import WallClock
from sandbox.sandbox import Sandbox

HERE = Path(__file__).parent
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
LISTING = {
    "item_name": "Trà đinh Tân Cương OCOP 5 sao hộp thiếc 200g",
    "description": "Trà đinh vùng Tân Cương, Thái Nguyên, đạt OCOP 5 sao. Một tôm, sao suốt thủ công, hương cốm, hậu ngọt sâu, hộp thiếc.",
    "original_price": 185000,
    "weight": 0.35,
    "dimension": {"package_length": 18, "package_width": 12, "package_height": 10},
    "category_id": 100823,
    "attribute_list": [{"attribute_id": 100037, "attribute_value_list": [{"value_id": 556}]}],
    "brand": {"brand_id": 0, "original_brand_name": "NoBrand"},
    "item_sku": "OCOP-TN-0007",
    "seller_stock": [{"stock": 120}],
}


@pytest.fixture
def installed(request: pytest.FixtureRequest) -> Path:
    """A folder with the pinned SDK in it, kept in pytest's cache from run to run."""
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.skip("npm and node are not installed, so the third-party client cannot run")
    assert request.config.cache is not None
    folder = Path(request.config.cache.mkdir("shopee-sdk"))
    for name in ("package.json", "package-lock.json", "shopee.mjs"):
        shutil.copy(HERE / name, folder)
    if not (folder / "node_modules/@congminh1254/shopee-sdk").exists():
        npm = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(npm, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            pytest.skip(f"npm could not install @congminh1254/shopee-sdk: {done.stderr.strip().splitlines()[:1]}")
    return folder


def drive(folder: Path, facts: dict[str, Any]) -> dict[str, Any]:
    node = ["node", "shopee.mjs", json.dumps(facts)]
    done = subprocess.run(node, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def test_the_sdk_logs_in_lists_creates_reads_and_prices(installed: Path) -> None:
    """Consent, code, picture, channel, item, list, detail, price, one silent refresh, and a refusal it understands."""
    with Sandbox(clock=WallClock()) as running:
        keys = running.credentials("shopee")
        facts = {
            "base_url": running.base_url("shopee"),
            "control_url": running.control_url,
            "partner_id": keys["partner_id"],
            "partner_key": keys["partner_key"],
            "picture": base64.b64encode(PNG).decode(),
            "listing": LISTING,
        }
        seen = drive(installed, facts)
    item_id = seen.pop("item_id")
    assert seen == {
        "state": "s1",
        "shop_id": 770011223,
        "listed": [item_id],
        "name": LISTING["item_name"],
        "sku": "OCOP-TN-0007",
        "prices": [185000, 95000],
        "success_list": [{"original_price": 95000}],
        "token_renewed": True,
        "refused": "error_item_name_is_too_short",
    }
