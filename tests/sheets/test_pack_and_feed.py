"""Packs and feeds: what may be sold today as files a person hands over, what may not with its reason."""

import csv
import io
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select

from jobs.app import JobError
from jobs.export.columns import Column, read_columns
from jobs.export.feed import GOOGLE, write_feed
from jobs.export.pack import write_pack
from models import Producer, ShopProducer
from sandbox.pictures import picture
from tests.jobs.office import Office
from tests.sheets.conftest import SHOP, cells, members


@pytest.fixture
def packs(office: Office) -> dict[str, Any]:
    """The register's packs by SKU."""
    return {variant.sku: variant for product in office.products for variant in product.variants}


def test_a_pack_has_a_row_a_text_and_the_pictures_of_every_product(
    office: Office, packs: dict[str, Any], tmp_path: Path
) -> None:
    """One row a SKU with the register's own figures; pictures are the bytes that the register names."""
    done = write_pack(office.app, tmp_path / "goi")
    assert (done.products, done.packs, done.pictures, done.problems) == (3, 5, 5, [])
    rows = cells(tmp_path / "goi" / "danh-muc.xlsx", "Sản phẩm")
    by_sku = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert by_sku.keys() == packs.keys()
    for sku, pack in packs.items():
        told = by_sku[sku]
        assert [told["Giá bán (đồng)"], told["Tồn kho"]] == [pack.price_vnd, pack.stock]
        assert told["Ảnh (thư mục anh)"] == f"{sku}-1.png"
        assert (tmp_path / "goi" / "anh" / f"{sku}-1.png").read_bytes() == picture(sku)
        text = (tmp_path / "goi" / "noi-dung" / f"{sku}.txt").read_text(encoding="utf-8")
        price = f"{pack.price_vnd:,}".replace(",", ".")
        assert text == f"{told['Tên sản phẩm']}\n\n{told['Mô tả']}\n\nGiá: {price} đồng\n"
    assert done.notes == ("5 quy cách có giá, kho hoặc kích thước là số liệu trình diễn: đừng gửi đi như số thật.",)


def test_a_pack_written_again_has_nothing_left_of_the_earlier_one(office: Office, tmp_path: Path) -> None:
    """Safe to repeat with other goods; the folder holds the last pack and no more."""
    write_pack(office.app, tmp_path / "goi")
    producer = office.products[0].producer_code
    skus = {v.sku for product in office.products if product.producer_code == producer for v in product.variants}
    write_pack(office.app, tmp_path / "goi", producers=(producer,))
    assert {path.stem for path in (tmp_path / "goi" / "noi-dung").iterdir()} == skus
    assert {path.stem for path in (tmp_path / "goi" / "anh").iterdir()} == {f"{sku}-1" for sku in skus}


def test_a_folder_with_other_things_in_it_is_not_touched(office: Office, tmp_path: Path) -> None:
    """Nobody's files are deleted for a pack."""
    (tmp_path / "goi").mkdir()
    (tmp_path / "goi" / "thu.txt").write_text("x", encoding="utf-8")
    with pytest.raises(JobError, match="đang chứa thứ khác"):
        write_pack(office.app, tmp_path / "goi")
    assert [path.name for path in (tmp_path / "goi").iterdir()] == ["thu.txt"]


def test_what_may_not_be_sold_is_left_out_and_told(office: Office, packs: dict[str, Any], tmp_path: Path) -> None:
    """A pack without price stays out of the table and stands in the other sheet with its reason."""
    sku = next(iter(packs))
    office.change(sku, price_vnd=None)
    done = write_pack(office.app, tmp_path / "goi")
    assert [(one.sku, one.sentence) for one in done.held] == [(sku, f"Chưa đăng bán được {sku}: chưa biết giá bán.")]
    assert sku not in {row[0] for row in cells(tmp_path / "goi" / "danh-muc.xlsx", "Sản phẩm")}
    assert cells(tmp_path / "goi" / "danh-muc.xlsx", "Chưa đưa vào")[1][0] == sku


def test_a_picture_that_cannot_be_had_is_told_and_the_pack_goes_on(
    office: Office, packs: dict[str, Any], tmp_path: Path
) -> None:
    """One missing file is one sentence, not the end."""
    sku = next(iter(packs))
    office.change(sku, images=("khong-co.jpg",))
    done = write_pack(office.app, tmp_path / "goi", pictures_dir=tmp_path)
    assert (done.pictures, len(done.problems)) == (4, 1)
    assert "Không thấy tệp ảnh khong-co.jpg cạnh sổ đăng ký" in done.problems[0]


def test_columns_are_the_offices_to_choose(office: Office, packs: dict[str, Any], tmp_path: Path) -> None:
    """The pack's own `cot.csv`, shortened and with a place's own headings, gives that place's table."""
    write_pack(office.app, tmp_path / "goi")
    own = read_columns(tmp_path / "goi" / "cot.csv")
    assert (own[0], len(own)) == (Column("sku", "SKU"), 25)
    (tmp_path / "cot.csv").write_text("field,heading\nprice_vnd,Giá niêm yết\nsku,Mã hàng\n", encoding="utf-8")
    write_pack(office.app, tmp_path / "goi", columns=read_columns(tmp_path / "cot.csv"))
    rows = cells(tmp_path / "goi" / "danh-muc.xlsx", "Sản phẩm")
    assert rows == [["Giá niêm yết", "Mã hàng"], *([pack.price_vnd, sku] for sku, pack in packs.items())]


def test_a_column_of_nothing_we_know_is_refused(tmp_path: Path) -> None:
    """By file and line, with the facts there are."""
    (tmp_path / "cot.csv").write_text("field,heading\nsku,SKU\nmau_sac,Màu\n", encoding="utf-8")
    with pytest.raises(JobError, match=r"cot\.csv dòng 3: cần cột field \(một trong sku, "):
        read_columns(tmp_path / "cot.csv")


def test_a_text_like_a_formula_is_text_in_the_pack(office: Office, tmp_path: Path) -> None:
    """The workbook has no formula, whatever a name begins with."""
    office.products = [one.model_copy(update={"name": "=1+1"}) for one in office.products]
    office.change("")
    write_pack(office.app, tmp_path / "goi")
    parts = members((tmp_path / "goi" / "danh-muc.xlsx").read_bytes())
    assert not any(b"<f>" in content for name, content in parts.items() if name.startswith("xl/worksheets"))


def test_metas_feed_is_csv_with_its_words(office: Office, packs: dict[str, Any], tmp_path: Path) -> None:
    """Whole đồng and the currency, the page by the SKU, and what is sold out says so."""
    sku = next(iter(packs))
    office.change(sku, stock=0)
    done = write_feed(office.app, tmp_path / "feed.csv", shop_name=None, link="https://ocop.example/p/{sku}")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO((tmp_path / "feed.csv").read_text(encoding="utf-8")))}
    assert (done.items, done.held, rows.keys()) == (5, [], packs.keys())
    assert {row["availability"] for row in rows.values()} == {"in stock", "out of stock"}
    told = rows[sku]
    assert [told[name] for name in ("availability", "price", "link", "image_link", "condition")] == [
        "out of stock",
        f"{packs[sku].price_vnd} VND",
        f"https://ocop.example/p/{sku}",
        packs[sku].images[0],
        "new",
    ]


def test_googles_feed_is_rss_with_its_words(office: Office, packs: dict[str, Any], tmp_path: Path) -> None:
    """The same goods as XML; written twice it is the same file."""
    for name in ("1.xml", "2.xml"):
        write_feed(office.app, tmp_path / name, shop_name=None, link="https://ocop.example/p?a=1&sku={sku}")
    assert (tmp_path / "1.xml").read_bytes() == (tmp_path / "2.xml").read_bytes()
    feed = ET.parse(tmp_path / "1.xml")  # noqa: S314 - our own file
    assert feed.findtext("./channel/link") == "https://ocop.example/"
    items = feed.findall("./channel/item")
    read = {item.findtext(f"{{{GOOGLE}}}id"): item for item in items}
    assert read.keys() == packs.keys()
    for sku, item in read.items():
        assert item.findtext(f"{{{GOOGLE}}}price") == f"{packs[sku].price_vnd} VND"
        assert item.findtext(f"{{{GOOGLE}}}availability") == "in_stock"
        assert item.findtext(f"{{{GOOGLE}}}link") == f"https://ocop.example/p?a=1&sku={sku}"


def test_a_shops_feed_leads_to_the_pages_of_its_listings(office: Office, packs: dict[str, Any], tmp_path: Path) -> None:
    """Before they are on sale there is no page and every pack is held; afterwards each has its own."""
    before = write_feed(office.app, tmp_path / "feed.csv", shop_name=SHOP)
    assert (before.items, {one.sku for one in before.held}) == (0, set(packs))
    office.push("shopee")
    office.wait(hours=2)
    office.do("pull_listings", "shopee")
    done = write_feed(office.app, tmp_path / "feed.csv", shop_name=SHOP)
    urls = {sku: listing.url for sku, listing in office.listings("shopee").items()}
    rows = csv.DictReader(io.StringIO((tmp_path / "feed.csv").read_text(encoding="utf-8")))
    assert (done.items, {row["id"]: row["link"] for row in rows}) == (5, urls)


def test_a_feed_needs_pages_and_a_format(office: Office, tmp_path: Path) -> None:
    """Both are said in one sentence before anything is written."""
    with pytest.raises(JobError, match=r"\.csv \(Meta\) hoặc \.xml \(Google\)"):
        write_feed(office.app, tmp_path / "feed.txt", shop_name=SHOP)
    with pytest.raises(JobError, match="Cần địa chỉ trang bán"):
        write_feed(office.app, tmp_path / "feed.csv", shop_name=None)
    with pytest.raises(JobError, match="không có chủ thể mã CT-KHÔNG"):
        write_feed(office.app, tmp_path / "feed.csv", shop_name=None, producers=("CT-KHÔNG",), link="https://x/{sku}")


def test_a_shops_pack_has_its_own_producers_goods(office: Office, tmp_path: Path) -> None:
    """A shop that names producers packs theirs and no others."""
    mine, shop = office.products[0].producer_code, office.app.shop(SHOP)
    with office.app.database.write() as session:
        producer_id = session.scalars(select(Producer.id).where(Producer.code == mine)).one()
        session.add(ShopProducer(shop_id=shop.id, producer_id=producer_id))
    done = write_pack(office.app, tmp_path / "goi", shop_name=SHOP)
    assert (done.products, done.packs) == (2, 3)  # the third product is another producer's
