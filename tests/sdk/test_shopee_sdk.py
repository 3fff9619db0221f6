"""Strangers' clients work against the played Shopee without a changed line: two Shopee SDKs from npm.

Both sign with the machine's own clock, so the world's clock stands at the present while they run.
"""

import base64
import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from sandbox.clock import VirtualClock, WallClock
from sandbox.sandbox import Sandbox
from sandbox.shopee.order_words import order_sn

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
    """A folder with the pinned SDKs in it, kept in pytest's cache from run to run; the first of several workers fills it."""
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.skip("npm and node are not installed, so third-party clients cannot run")
    lock = (HERE / "package-lock.json").read_bytes()
    assert request.config.cache is not None
    folder = Path(request.config.cache.mkdir(f"shopee-sdks-{sha256(lock).hexdigest()[:12]}"))
    with (folder / "turn").open("w") as turn:
        flock(turn, LOCK_EX)
        _install(folder)
    return folder


def _install(folder: Path) -> None:
    for source in (*HERE.glob("*.json"), *HERE.glob("*.mjs")):
        shutil.copy(source, folder)
    if not (folder / "node_modules/.package-lock.json").exists():
        npm = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(npm, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            pytest.skip(f"npm could not install the third-party clients: {done.stderr.strip().splitlines()[:1]}")


def drive(script: Path, facts: dict[str, Any]) -> dict[str, Any]:
    node = ["node", script.name, json.dumps(facts)]
    done = subprocess.run(node, cwd=script.parent, capture_output=True, text=True, timeout=60, check=False)
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
        seen = drive(installed / "shopee_sdk.mjs", facts)
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


def test_the_older_client_logs_in_by_the_signed_link_and_reads(installed: Path) -> None:
    """shopee-open-api: signed consent link, items, figures, reviews, and every order page by page."""
    now = datetime.now(UTC)
    with Sandbox(clock=VirtualClock(now - timedelta(days=14))) as running:
        world, keys = running.world, running.credentials("shopee")
        extra = {"item": {}, "model_ids": [], "tiers": []}
        offers = [
            world.add_offer("shopee", keys["shop_id"], f"OCOP-TN-{number:04}", "Trà", "", 95_000, 9_999, extra=extra)
            for number in range(8)
        ]
        running.advance(to=now)
        facts = {"base_url": running.base_url("shopee"), "since": int(now.timestamp()) - 15 * 86_400}
        facts |= {"until": int(now.timestamp()), "partner_id": keys["partner_id"], "partner_key": keys["partner_key"]}
        seen = drive(installed / "shopee_open_api.mjs", facts)
    assert seen == {
        "region": "VN",
        "item_ids": [offer.offer_id for offer in offers],
        "sold": sum(offer.sold for offer in offers),
        "comments": [review.review_id for review in reversed(world.reviews("shopee"))],
        "order_sns": sorted(order_sn(order) for order in world.orders("shopee")),
    }
    assert len(seen["order_sns"]) > 20, "too few orders to page through"
