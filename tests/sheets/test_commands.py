"""`ocop export` as a person runs it: one document with --json, Vietnamese sentences without, exit code 1 when refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sandbox.sheets import shopee
from sandbox.sheets.shopee_taking import take_upload
from tests.cli.conftest import Ocop, Said, ocop
from tests.jobs.office import Office
from tests.sheets.conftest import SHOP, kept

__all__ = ["ocop"]
Run = Callable[..., Said]


@pytest.fixture
def run(office: Office, ocop: Ocop, tmp_path: Path) -> Run:
    """The command on the office's own database."""
    given: dict[str, Any] = {
        "OCOP_DATABASE_URL": office.app.settings.database_url,
        "OCOP_MASTER_KEYS": (tmp_path / "office" / "demo.key").read_text(encoding="ascii").strip(),
    }
    return lambda *words: ocop(*words, **given)


@pytest.fixture
def template(office: Office, tmp_path: Path) -> Path:
    return kept(tmp_path / "mau.xlsx", shopee.mass_upload(office.world.world, office.app.shop(SHOP).external_id))


def test_a_file_is_filled_returned_and_read_back(office: Office, run: Run, template: Path, tmp_path: Path) -> None:
    """`ocop export FILE` needs no other word; the returned file's reasons come out product by product."""
    said = run("export", "mau.xlsx", "--shop", SHOP, "-o", "ra.xlsx", "--json")
    skus = [variant.sku for product in office.products for variant in product.variants]
    assert (said.code, said.answer["kind"], said.answer["file"], said.answer["added"]) == (
        0,
        "shopee.mass_upload.basic",
        "ra.xlsx",
        skus,
    )
    shop_id = office.app.shop(SHOP).external_id
    kept(tmp_path / "tra-ve.xlsx", take_upload(office.world.world, shop_id, (tmp_path / "ra.xlsx").read_bytes()))
    assert run("export", "errors", "tra-ve.xlsx", "--shop", SHOP, "--json").answer == {"shop": SHOP, "rejected": []}
    text = run("export", "sheet", str(template), "--shop", SHOP).out
    assert f"thêm {len(skus)} dòng. Hãy tải tệp này lên trang người bán." in text


def test_a_refusal_is_one_sentence_and_exit_code_1(run: Run, template: Path) -> None:
    """No traceback, nothing on stdout."""
    said = run("export", str(template), "--shop", "lazada-demo", "--json")
    assert (said.code, said.out) == (1, "")
    assert said.err.strip() == "Tệp này của sàn shopee, còn gian hàng «lazada-demo» ở lazada."


def test_packs_and_feeds_are_counted(office: Office, run: Run, tmp_path: Path) -> None:
    """The same document for a program as the sentences for a person. Pictures on loopback are nobody's outside a rehearsal."""
    producer = office.products[0].producer_code
    packs = [variant.sku for one in office.products if one.producer_code == producer for variant in one.variants]
    answer = run("export", "pack", "--producer", producer, "-o", "goi", "--json").answer
    assert (answer["packs"], answer["pictures"], len(answer["problems"])) == (len(packs), 0, len(packs))
    assert "nằm trong mạng nội bộ" in answer["problems"][0]
    answer = run(
        "export", "feed", "-o", "feed.xml", "--producer", producer, "--link", "https://o.vn/{sku}", "--json"
    ).answer
    assert (answer["items"], answer["held"]) == (len(packs), [])
    assert (tmp_path / "feed.xml").exists()
