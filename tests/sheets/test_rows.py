"""Which rows are ours: variations, twins, goods that nobody knows, pictures and templates that ask for more than is known."""

from pathlib import Path
from typing import Any

import pytest

from jobs.app import JobError
from jobs.category_map import CATEGORY, Entry, set_entries
from jobs.export.sheet import fill_sheet
from sandbox.sheets import shopee
from sandbox.sheets.paper import workbook
from sandbox.sheets.shopee import UPDATE_COLUMNS, UPLOAD_COLUMNS
from tests.jobs.office import Office
from tests.sheets.conftest import SHOP, cells, column, kept


def _head(office: Office, kind: str, columns: list[str]) -> list[list[str]]:
    tokens = [one.partition("|")[0] for one in columns]
    units = {"et_title_product_weight": "kg", "ps_weight": "kg", "ps_length": "cm", "ps_width": "cm", "ps_height": "cm"}
    return [
        columns,
        [kind, "hash", "", office.app.shop(SHOP).external_id],
        tokens,
        [],
        [],
        [units.get(one, "") for one in tokens],
    ]


def _update(office: Office, path: Path, kind: str, rows: list[list[Any]]) -> Path:
    return kept(path, workbook("Sheet1", _head(office, kind, list(UPDATE_COLUMNS[kind])), rows))


def _skus(office: Office) -> list[str]:
    return [variant.sku for product in office.products for variant in product.variants]


def test_a_pack_is_known_by_its_variation_sku_and_only_alone_by_its_parents(office: Office, tmp_path: Path) -> None:
    """Two variations of one product: each by its own SKU; one without a SKU is not taken for its parent."""
    one, two = _skus(office)[:2]
    rows = [
        ["11", "Chè", "21", "100 g", two, one, "1000", "", 1],
        ["11", "Chè", "22", "200 g", two, "", "1000", "", 1],
    ]
    done = fill_sheet(office.app, SHOP, _update(office, tmp_path / "s.xlsx", "sales_info", rows), tmp_path / "ra.xlsx")
    assert {change["sku"] for change in done.changed} == {one}
    assert [told.sentence for told in done.untouched] == [
        "Dòng 8 không ghi SKU và sàn chưa từng báo mã này; dòng giữ nguyên."
    ]
    listing = office.listings("shopee")[one]
    assert (listing.external_id, listing.external_variant_id) == ("11", "21")


def test_goods_of_no_register_are_left_alone_and_told(office: Office, tmp_path: Path) -> None:
    """A seller may sell other things: their rows stay and are named."""
    rows = [["11", "Bút", "0", "", "BUT-BI", "", "1000", "", 1]]
    done = fill_sheet(office.app, SHOP, _update(office, tmp_path / "s.xlsx", "sales_info", rows))
    assert (done.file, [(one.row, one.sku) for one in done.untouched]) == (None, [(7, "BUT-BI")])
    assert (
        done.untouched[0].sentence == "Dòng 7: SKU «BUT-BI» không có trong sổ đăng ký của gian hàng; dòng giữ nguyên."
    )


def test_of_two_products_with_one_sku_neither_is_guessed(office: Office, tmp_path: Path) -> None:
    """No id is known yet: both rows stay, and the person is told to take one away."""
    sku = _skus(office)[0]
    rows = [[product, "Chè", "0", "", sku, "", "1000", "", 1] for product in ("11", "12")]
    done = fill_sheet(office.app, SHOP, _update(office, tmp_path / "s.xlsx", "sales_info", rows))
    assert (done.file, [one.row for one in done.untouched]) == (None, [7, 8])
    assert "hãy bỏ bớt sản phẩm trùng" in done.untouched[0].sentence
    assert office.listings("shopee")[sku].external_id is None


def test_a_copy_of_a_known_product_stays_as_it_is(office: Office, tmp_path: Path) -> None:
    """The product whose id is known is filled, its copy is told."""
    sku = _skus(office)[0]
    row = ["11", "Chè", "0", "", sku, "", "1000", "", 1]
    fill_sheet(office.app, SHOP, _update(office, tmp_path / "1.xlsx", "sales_info", [row]), tmp_path / "ra.xlsx")
    source = _update(office, tmp_path / "2.xlsx", "sales_info", [["12", *row[1:]], row])
    done = fill_sheet(office.app, SHOP, source, tmp_path / "ra.xlsx")
    assert {change["row"] for change in done.changed} == {8}
    assert [one.row for one in done.untouched] == [7]


def test_another_variation_with_our_sku_stays_as_it_is(office: Office, tmp_path: Path) -> None:
    """Once the variation's id is known, a second one that carries the SKU is a copy, whatever product it is in."""
    sku = _skus(office)[0]
    row = ["11", "Chè", "21", "100 g", "CHE", sku, "1000", "", 1]
    fill_sheet(office.app, SHOP, _update(office, tmp_path / "1.xlsx", "sales_info", [row]), tmp_path / "ra.xlsx")
    source = _update(office, tmp_path / "2.xlsx", "sales_info", [["11", "Chè", "22", *row[3:]], row])
    done = fill_sheet(office.app, SHOP, source, tmp_path / "ra.xlsx")
    assert ({change["row"] for change in done.changed}, [one.row for one in done.untouched]) == ({8}, [7])


def test_empty_picture_places_are_filled_and_full_ones_only_when_asked(office: Office, tmp_path: Path) -> None:
    """A picture there has Shopee's own address, so it cannot be told from ours: it stays unless a person says so."""
    one, two = _skus(office)[:2]
    pictures = {variant.sku: variant.images[0] for product in office.products for variant in product.variants}
    source = _update(
        office, tmp_path / "m.xlsx", "media_info", [["11", one, "A", "https://cf.shopee.vn/file/x"], ["12", two, "B"]]
    )
    fill_sheet(office.app, SHOP, source, tmp_path / "ra.xlsx")
    rows = cells(tmp_path / "ra.xlsx")
    cover = column(rows, "ps_item_cover_image")
    assert [row[cover] for row in rows[6:]] == ["https://cf.shopee.vn/file/x", pictures[two]]
    fill_sheet(office.app, SHOP, source, tmp_path / "ra.xlsx", replace_pictures=True)
    assert [row[cover] for row in cells(tmp_path / "ra.xlsx")[6:]] == [pictures[one], pictures[two]]


def test_a_weight_is_written_in_the_unit_of_the_column(office: Office, tmp_path: Path) -> None:
    """1,250 g is 1.25 where the head of the column says kg."""
    sku = _skus(office)[0]
    office.change(sku, shipping_weight_g=1_250)
    source = _update(office, tmp_path / "v.xlsx", "shipping_info", [["11", sku, "A", 1.2]])
    fill_sheet(office.app, SHOP, source, tmp_path / "ra.xlsx")
    assert cells(tmp_path / "ra.xlsx")[6][3] == 1.25


def test_a_template_that_demands_a_category_takes_only_goods_that_have_one(office: Office, tmp_path: Path) -> None:
    """What the template demands and nobody knows keeps a product out of it, with what to do; a chosen category is a number."""
    columns = [token.replace("ps_category|0", "ps_category|1") for token in UPLOAD_COLUMNS]
    source = kept(tmp_path / "m.xlsx", workbook("Bản đăng tải", _head(office, "basic", columns), []))
    done = fill_sheet(office.app, SHOP, source)
    assert (done.file, len(done.untouched)) == (None, len(_skus(office)))
    assert "tệp mẫu bắt buộc ps_category mà sổ đăng ký chưa có" in done.untouched[0].sentence
    assert "`ocop catalog map set`" in done.untouched[0].sentence
    chosen = [
        Entry(marketplace="shopee", sub_group=one.sub_group, field=CATEGORY, value="100828") for one in office.products
    ]
    set_entries(office.app, chosen)
    done = fill_sheet(office.app, SHOP, source, tmp_path / "ra.xlsx")
    assert done.added == _skus(office)
    assert [row[0] for row in cells(tmp_path / "ra.xlsx")[6:]] == [100828 for _ in done.added]


def test_a_template_without_a_word_for_on_says_so(office: Office, tmp_path: Path) -> None:
    """Which word switches a carrier on is the template's to say: else the person chooses."""
    source = kept(tmp_path / "m.xlsx", workbook("Bản đăng tải", _head(office, "basic", list(UPLOAD_COLUMNS)), []))
    done = fill_sheet(office.app, SHOP, source)
    assert done.notes == (
        "Tệp không nói cách bật đơn vị vận chuyển: hãy tự chọn ở các cột vận chuyển trước khi tải lên.",
    )


def test_one_pack_of_ours_among_many_of_anothers_is_found(office: Office, tmp_path: Path) -> None:
    """A thousand goods of which one is ours: its cells are written, and every other row is told."""
    sku, rows = _skus(office)[0], 1_000
    others = [[str(n), f"Hàng {n}", "0", "", f"KHAC-{n}", "", "1000", "", 1] for n in range(1_000, 1_000 + rows)]
    source = _update(
        office, tmp_path / "s.xlsx", "sales_info", [*others, ["11", "Chè", "0", "", sku, "", "1000", "", 1]]
    )
    done = fill_sheet(office.app, SHOP, source, tmp_path / "ra.xlsx")
    assert ({change["row"] for change in done.changed}, len(done.untouched)) == ({rows + 7}, rows)


def test_a_sales_sheet_without_a_stock_column_says_so(office: Office, tmp_path: Path) -> None:
    """A column under another name would leave stock as it is in silence: a note tells the person."""
    columns = [token for token in UPDATE_COLUMNS["sales_info"] if token != "et_title_variation_stock"]
    source = kept(tmp_path / "s.xlsx", workbook("Sheet1", _head(office, "sales_info", columns), []))
    assert fill_sheet(office.app, SHOP, source).notes == ("Tệp không có cột kho: số lượng trên sàn giữ nguyên.",)


def test_a_sheet_of_nothing_the_register_knows_is_refused(office: Office, tmp_path: Path) -> None:
    """Days to ship are not in the register: better one sentence than a file that looks filled."""
    head = _head(office, "dts_info", ["et_title_product_id", "et_title_product_pre_order_dts"])
    source = kept(tmp_path / "s.xlsx", workbook("Sheet1", head, [["11", "2"]]))
    with pytest.raises(JobError, match="«dts_info» của Shopee không có cột nào lấy được từ sổ đăng ký"):
        fill_sheet(office.app, SHOP, source)


def test_new_goods_whose_pictures_are_files_are_told(office: Office, tmp_path: Path) -> None:
    """A sheet holds addresses only: the row goes without a picture, and the person is told which."""
    sku = _skus(office)[0]
    office.change(sku, images=("anh/che.jpg",))
    source = kept(tmp_path / "m.xlsx", shopee.mass_upload(office.world.world, office.app.shop(SHOP).external_id))
    done = fill_sheet(office.app, SHOP, source, tmp_path / "ra.xlsx")
    assert (done.added, len(done.notes)) == (_skus(office), 1)
    assert done.notes[0].startswith(f"Chưa có ảnh trên mạng cho {sku}: tệp chỉ nhận địa chỉ ảnh.")
