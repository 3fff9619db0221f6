"""A producer with files alone has no secret to keep, so no key is asked for; what uses a login asks, and `ocop doctor` says so."""

from pathlib import Path

import pytest

from tests.cli.conftest import Ocop
from tests.files.sheets import ORDER, order_file

APP_KEYS = {"OCOP_SHOPEE__PARTNER_ID": "1", "OCOP_SHOPEE__PARTNER_KEY": "k"}


@pytest.fixture
def shop(ready: Ocop) -> Ocop:
    assert ready("shop", "add", "tra", "--marketplace", "shopee", "--shop-id", "1", OCOP_MASTER_KEYS=None).code == 0
    return ready


def test_files_reports_and_the_watch_need_no_key(shop: Ocop, tmp_path: Path) -> None:
    """Import, take back, report and watch: none of them reads a secret."""
    order_file(tmp_path / "don.xlsx", ORDER)
    taken = shop("import", "don.xlsx", "--json", OCOP_MASTER_KEYS=None)
    assert (taken.code, taken.answer["new"]) == (0, 1)
    period = ("--from", "2026-04-01", "--to", "2026-04-30")
    sold = shop("report", "revenue", *period, "--format", "json", OCOP_MASTER_KEYS=None)
    assert (sold.code, sold.answer["rows"][0]["revenue_vnd"]) == (0, 330_000)
    assert shop("watch", "list", "--json", OCOP_MASTER_KEYS=None).answer == {"pages": []}
    assert shop("import", "undo", str(taken.answer["import_id"]), OCOP_MASTER_KEYS=None).code == 0


def test_what_uses_a_login_names_the_line_to_write(shop: Ocop) -> None:
    """One sentence, and nothing is asked of the marketplace."""
    said = shop("shop", "check", "tra", OCOP_MASTER_KEYS=None, **APP_KEYS)
    assert said.code == 1
    assert "OCOP_MASTER_KEYS=$(python3" in said.err
    assert said.err.count("\n") == 1


def test_the_doctor_says_that_no_shop_can_be_connected(shop: Ocop) -> None:
    """Once, not a line a shop."""
    checks = shop("doctor", "--json", OCOP_MASTER_KEYS=None).answer["checks"]
    told = {check["check"]: check["ok"] for check in checks}
    assert told["OCOP_MASTER_KEYS"] is False
    assert [check["detail"].partition(":")[0] for check in checks if not check["ok"] and "KEYS" in check["detail"]] == [
        "chưa đặt, nên không gian hàng nào kết nối được"
    ]
    assert {check["check"]: check["ok"] for check in shop("doctor", "--json").answer["checks"]}["OCOP_MASTER_KEYS"]
