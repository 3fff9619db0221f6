"""TikTok Shop's batch-edit and Lazada's bulk sheets: the same engine, other layouts, and files that do not name their shop."""

from pathlib import Path
from typing import Any

import pytest

from jobs.app import JobError
from jobs.export.sheet import fill_sheet
from jobs.shops import add_shop
from models import Listing, Variant
from sandbox.sheets import lazada, tiktok_shop
from tests.jobs.office import Office
from tests.sheets.conftest import cells, column, kept, members

SHEET_PART = "xl/worksheets/sheet1.xml"
TIKTOK, LAZADA = "tiktok_shop-demo", "lazada-demo"


@pytest.fixture
def tiktok(office: Office) -> Office:
    office.do("push_listings", "tiktok_shop")
    return office


@pytest.fixture
def laz(office: Office) -> Office:
    office.do("push_listings", "lazada")
    return office


def _batch_edit(office: Office, path: Path, *words: str, **switches: Any) -> Path:
    shelf = office.world.sites["tiktok_shop.api"].stage.shelf
    return kept(path, tiktok_shop.batch_edit(shelf, office.app.shop(TIKTOK).external_id, *words, **switches))


def _price_stock(office: Office, path: Path, **switches: Any) -> Path:
    shop = office.app.shop(LAZADA)
    return kept(path, lazada.price_stock(office.world.world, shop.external_id, **switches))


def _first(office: Office) -> str:
    return next(variant.sku for product in office.products for variant in product.variants)


@pytest.mark.parametrize("subject", ["All_Information", "Sales_Information"])
def test_a_batch_edit_sheet_that_agrees_is_left_alone(tiktok: Office, tmp_path: Path, subject: str) -> None:
    """HTML by its words, figures by their value, pictures that are there, columns that cannot be edited: nothing to write."""
    done = fill_sheet(tiktok.app, TIKTOK, _batch_edit(tiktok, tmp_path / "t.xlsx", subject))
    assert (done.changed, done.untouched, done.unchanged, done.file) == ([], [], 5, None)


def test_only_the_changed_cells_of_a_batch_edit_are_written(tiktok: Office, tmp_path: Path) -> None:
    """Price, stock and weight in the file's own form (text); the hidden sheet and all else stay to the byte."""
    source = _batch_edit(tiktok, tmp_path / "t.xlsx")
    tiktok.change(_first(tiktok), price_vnd=88_000, stock=9, shipping_weight_g=1_350)
    done = fill_sheet(tiktok.app, TIKTOK, source, tmp_path / "ra.xlsx")
    assert {(one["column"], one["after"]) for one in done.changed} == {
        ("price", 88_000),
        ("quantity", 9),
        ("parcel_weight", 1_350),
    }
    assert {one["label"] for one in done.changed} == {"Giá bán", "Số lượng", "Cân nặng kiện hàng (g)"}
    rows = cells(tmp_path / "ra.xlsx")
    row = next(one for one in rows if one[column(rows, "seller_sku")] == _first(tiktok))
    assert [row[column(rows, name)] for name in ("price", "quantity", "parcel_weight")] == ["88000", "9", "1350"]
    left, right = members(source.read_bytes()), members((tmp_path / "ra.xlsx").read_bytes())
    assert [name for name in left if left[name] != right[name]] == [SHEET_PART]


def test_without_a_quantity_column_stock_is_left_alone(tiktok: Office, tmp_path: Path) -> None:
    """The seller downloaded no stock: it is not written, and a note says so."""
    source = _batch_edit(tiktok, tmp_path / "t.xlsx", with_stock=False)
    tiktok.change(_first(tiktok), stock=9)
    done = fill_sheet(tiktok.app, TIKTOK, source)
    assert (done.changed, done.file) == ([], None)
    assert done.notes == ("Tệp không có cột kho sửa được: số lượng trên sàn giữ nguyên.",)


def test_a_column_that_cannot_be_edited_is_never_written(tiktok: Office, tmp_path: Path) -> None:
    """The sales sheet shows names and does not take them: a changed name stays out of it."""
    source = _batch_edit(tiktok, tmp_path / "t.xlsx", "Sales_Information")
    tiktok.products = [one.model_copy(update={"name": f"{one.name} mới"}) for one in tiktok.products]
    tiktok.change(_first(tiktok))
    assert fill_sheet(tiktok.app, TIKTOK, source).changed == []


def test_lazada_prices_and_stock_are_filled_by_seller_sku(laz: Office, tmp_path: Path) -> None:
    """The regular price and the one warehouse's stock; the special price is not ours to touch."""
    source = _price_stock(laz, tmp_path / "l.xlsx")
    assert fill_sheet(laz.app, LAZADA, source).unchanged == 5
    laz.change(_first(laz), price_vnd=88_000, stock=9)
    done = fill_sheet(laz.app, LAZADA, source, tmp_path / "ra.xlsx")
    assert {(one["column"], one["after"]) for one in done.changed} == {("Price", 88_000), (lazada.WAREHOUSE, 9)}
    rows = cells(tmp_path / "ra.xlsx")
    row = next(one for one in rows if one[column(rows, "SellerSKU")] == _first(laz))
    assert [row[column(rows, name)] for name in ("Price", lazada.WAREHOUSE, "SpecialPrice")] == ["88000", 9, None]


def test_lazada_rows_without_seller_sku_are_known_by_their_ids(laz: Office, tmp_path: Path) -> None:
    """Where the file shows no SKU, product and SkuId name the listing that was read back."""
    source = _price_stock(laz, tmp_path / "l.xlsx", with_seller_sku=False)
    laz.change(_first(laz), price_vnd=88_000)
    done = fill_sheet(laz.app, LAZADA, source, tmp_path / "ra.xlsx")
    assert [(one["sku"], one["after"]) for one in done.changed] == [(_first(laz), 88_000)]


def test_several_warehouses_are_not_guessed_between(laz: Office, tmp_path: Path) -> None:
    """Nobody said how stock is shared out, so it stays and the person is told."""
    source = _price_stock(laz, tmp_path / "l.xlsx", warehouses=("Kho A", "Kho B"))
    laz.change(_first(laz), stock=9)
    done = fill_sheet(laz.app, LAZADA, source)
    assert done.changed == []
    assert done.notes == ("Tệp có 2 cột kho, không biết chia hàng thế nào: số lượng trên sàn giữ nguyên.",)


def test_lazada_names_are_filled_by_product_id(laz: Office, tmp_path: Path) -> None:
    """The basic sheet has no SKU at all: its rows are products, known by the id Lazada gave them."""
    shop = laz.app.shop(LAZADA)
    source = kept(tmp_path / "b.xlsx", lazada.basic(laz.world.world, shop.external_id))
    laz.products = [one.model_copy(update={"name": f"{one.name} mới"}) for one in laz.products]
    laz.change(_first(laz))
    done = fill_sheet(laz.app, LAZADA, source, tmp_path / "ra.xlsx")
    assert {one["column"] for one in done.changed} == {"Tên sản phẩm"}
    assert (len(done.changed), cells(tmp_path / "ra.xlsx")[3][2]) == (5, done.changed[0]["after"])


def test_a_file_that_names_no_shop_is_refused_when_its_products_are_anothers(laz: Office, tmp_path: Path) -> None:
    """Lazada's sheets carry no shop id: products known to be another shop's give them away."""
    source = _price_stock(laz, tmp_path / "l.xlsx")
    add_shop(laz.app, "laz-khac", "lazada", "200100999")
    with pytest.raises(JobError, match="tải từ gian hàng «lazada-demo», không điền cho «laz-khac»"):
        fill_sheet(laz.app, "laz-khac", source)


def test_a_file_whose_products_nobody_knows_is_refused_where_ours_are_known(laz: Office, tmp_path: Path) -> None:
    """Same SKUs, other ids: the shop's own products have ids, and none of them is in the file."""
    source = _price_stock(laz, tmp_path / "l.xlsx")
    with laz.app.database.write() as session:
        for listing in session.query(Listing).join(Variant).filter(Listing.external_id.is_not(None)):
            listing.external_id = f"9{listing.external_id}"
    with pytest.raises(JobError, match="không phải tải từ gian hàng này"):
        fill_sheet(laz.app, LAZADA, source)


def test_a_hidden_sheet_that_names_another_shop_gives_the_file_away(tiktok: Office, tmp_path: Path) -> None:
    """The office's other shop stands in TemplateConfig: refused, and told whose file it is."""
    add_shop(tiktok.app, "tiktok-khac", "tiktok_shop", "7495999999999999999")
    with pytest.raises(JobError, match="tải từ gian hàng «tiktok_shop-demo»"):
        fill_sheet(tiktok.app, "tiktok-khac", _batch_edit(tiktok, tmp_path / "t.xlsx"))


def test_a_sheet_of_another_marketplace_is_told_apart(laz: Office, tmp_path: Path) -> None:
    """Recognised by what stands in it, whatever its name and whatever shop was asked for."""
    source = _price_stock(laz, tmp_path / "mass_update_sales_info_770011223.xlsx")
    with pytest.raises(JobError, match="Tệp này của sàn lazada, còn gian hàng «shopee-demo» ở shopee"):
        fill_sheet(laz.app, "shopee-demo", source)
