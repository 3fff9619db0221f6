"""What a person runs: a rehearsal with some shops by files, the files of its world, and their import into an office of one's own."""

from pathlib import Path

import pytest

from sandbox.exports import EXPORTS
from tests.cli.conftest import Ocop

MARKETS = ("shopee", "tiktok_shop", "lazada")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--files", "tiki"), "Không có tệp của tiki. Có: lazada, shopee, tiktok_shop."),
        (("--files", "shopee", "--both", "shopee"), "shopee: chỉ chọn một cách, --files hoặc --both."),
    ],
)
def test_a_way_that_does_not_exist_is_a_sentence(ocop: Ocop, words: tuple[str, ...], sentence: str) -> None:
    """Nothing is played."""
    said = ocop("demo", *words, "--dir", "played")
    assert (said.code, said.err.strip()) == (1, sentence)


@pytest.mark.slow
def test_every_kind_of_file_is_written_and_read(ready: Ocop, tmp_path: Path) -> None:
    """The world's files of every kind are known by their contents, go in whole, and go in once."""
    played = ready(
        "demo", "--days", "2", "--products", "4", "--files", "lazada", "--both", "shopee", "--dir", "played", "--json"
    )
    assert played.answer["read_by"] == {"lazada": "file", "shopee": "both", "tiki": "api", "tiktok_shop": "api"}
    written = ready("sandbox", "export", "--dir", "played", "--to", "downloads", "--json")
    assert len(written.answer["files"]) == len(EXPORTS)
    for market in MARKETS:
        ready("shop", "add", market, "--marketplace", market, "--shop-id", "1")
    first, second = ready("import", "downloads", "--json"), ready("import", "downloads", "--json")
    assert {one["kind"] for one in first.answer["files"]} == set(EXPORTS)
    assert first.answer["rejected"] == second.answer["rejected"] == []
    assert second.answer["rows"] == first.answer["rows"]
    assert (second.answer["new"], second.answer["updated"]) == (0, 0)
    assert {path.suffix for path in (tmp_path / "downloads").iterdir()} == {".xlsx", ".xls"}
