"""Shopee's mass-update sheets: only what differs from the register is written, and the rest of the file is not touched."""

import zipfile
from pathlib import Path

import pytest

from jobs.app import JobError
from jobs.export.sheet import fill_sheet
from sandbox.sheets import shopee
from tests.jobs.office import Office
from tests.sheets.conftest import SHOP, cells, column, kept, members

SHEET_PART = "xl/worksheets/sheet1.xml"


def _download(office: Office, tmp_path: Path, kind: str) -> Path:
    shop = office.app.shop(SHOP)
    return kept(tmp_path / "tai-ve.xlsx", shopee.mass_update(office.world.world, shop.external_id, kind))


@pytest.mark.parametrize("kind", ["sales_info", "basic_info", "media_info", "shipping_info"])
def test_a_sheet_that_agrees_with_the_register_is_left_alone(selling: Office, tmp_path: Path, kind: str) -> None:
    """Nothing differs, so no file is written; every row was recognised as one of ours."""
    done = fill_sheet(selling.app, SHOP, _download(selling, tmp_path, kind))
    assert (done.kind, done.file, done.changed, done.untouched) == (f"shopee.mass_update.{kind}", None, [], [])
    assert done.unchanged == done.rows == len(selling.listings("shopee"))


def test_only_the_changed_figures_are_written(selling: Office, tmp_path: Path) -> None:
    """One price and one stock change: two cells differ as openpyxl reads them, in the form the file has (text, number)."""
    source = _download(selling, tmp_path, "sales_info")
    first, second = list(selling.listings("shopee"))[:2]
    selling.change(first, price_vnd=123_000)
    selling.change(second, stock=7)
    done = fill_sheet(selling.app, SHOP, source, tmp_path / "ra.xlsx")
    told = {(one["sku"], one["column"], one["after"]) for one in done.changed}
    assert told == {(first, "et_title_variation_price", 123_000), (second, "et_title_variation_stock", 7)}
    before, after = cells(source), cells(tmp_path / "ra.xlsx")
    sku, price, stock = (
        column(before, f"et_title_{name}") for name in ("parent_sku", "variation_price", "variation_stock")
    )
    for row in before[6:]:
        row[price] = "123000" if row[sku] == first else row[price]
        row[stock] = 7 if row[sku] == second else row[stock]
    assert after == before


def test_every_other_member_is_byte_for_byte_the_same(selling: Office, tmp_path: Path) -> None:
    """Names, order, dates, packed bytes: only the one sheet's part differs."""
    source = _download(selling, tmp_path, "sales_info")
    selling.change(next(iter(selling.listings("shopee"))), price_vnd=99_000)
    fill_sheet(selling.app, SHOP, source, tmp_path / "ra.xlsx")
    before, after = members(source.read_bytes()), members((tmp_path / "ra.xlsx").read_bytes())
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == [SHEET_PART]
    with zipfile.ZipFile(source) as one, zipfile.ZipFile(tmp_path / "ra.xlsx") as other:
        same = ("date_time", "CRC", "compress_size", "external_attr", "extra", "create_system", "flag_bits")
        for left, right in zip(one.infolist(), other.infolist(), strict=True):
            if left.filename != SHEET_PART:
                assert [getattr(left, name) for name in same] == [getattr(right, name) for name in same]


def test_the_touched_sheet_differs_in_the_touched_cell_alone(selling: Office, tmp_path: Path) -> None:
    """The XML before and after the cell is the same to the byte, the wrong dimension and the cell's style included."""
    source = _download(selling, tmp_path, "sales_info")
    selling.change(next(iter(selling.listings("shopee"))), price_vnd=99_000)
    fill_sheet(selling.app, SHOP, source, tmp_path / "ra.xlsx")
    before = members(source.read_bytes())[SHEET_PART]
    after = members((tmp_path / "ra.xlsx").read_bytes())[SHEET_PART]
    written = b'<is><t xml:space="preserve">99000</t></is></c>'
    (start, end) = (after.index(written), after.index(written) + len(written))
    opening = after.rindex(b"<c ", 0, start)
    assert before[:opening] == after[:opening]
    assert before.endswith(after[end:])
    assert after[opening:start] == b'<c r="G7" s="2" t="inlineStr">'


def test_filling_twice_gives_the_same_file_and_then_nothing(selling: Office, tmp_path: Path) -> None:
    """Safe to repeat: the same download gives the same bytes, and what was filled has nothing left to fill."""
    source = _download(selling, tmp_path, "sales_info")
    selling.change(next(iter(selling.listings("shopee"))), price_vnd=99_000)
    fill_sheet(selling.app, SHOP, source, tmp_path / "1.xlsx")
    fill_sheet(selling.app, SHOP, source, tmp_path / "2.xlsx")
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()
    assert fill_sheet(selling.app, SHOP, tmp_path / "1.xlsx").file is None


def test_a_text_that_starts_like_a_formula_is_a_text(selling: Office, tmp_path: Path) -> None:
    """A name of the register is never a program: it is read back as the same text, in a cell of text."""
    source = _download(selling, tmp_path, "basic_info")
    sku = next(iter(selling.listings("shopee")))
    name = '=HYPERLINK("http://x")&"<b>'
    selling.products = [
        one.model_copy(update={"name": name}) if any(pack.sku == sku for pack in one.variants) else one
        for one in selling.products
    ]
    selling.change(sku)
    fill_sheet(selling.app, SHOP, source, tmp_path / "ra.xlsx")
    rows = cells(tmp_path / "ra.xlsx")
    row = next(one for one in rows if one[column(rows, "et_title_parent_sku")] == sku)
    assert row[column(rows, "et_title_product_name")].startswith(name)
    xml = members((tmp_path / "ra.xlsx").read_bytes())[SHEET_PART]
    assert b"<f>" not in xml
    assert b't="inlineStr"><is><t xml:space="preserve">=HYPERLINK("http://x")&amp;"&lt;b&gt;' in xml


def test_a_file_of_another_shop_is_refused(selling: Office, tmp_path: Path) -> None:
    """The shop's id stands in row 2; where another's does, nothing is written and the sentence says whose file is wanted."""
    source = kept(tmp_path / "x.xlsx", shopee.mass_update(selling.world.world, "999000111", "sales_info"))
    with pytest.raises(JobError, match="không điền cho «shopee-demo»"):
        fill_sheet(selling.app, SHOP, source, tmp_path / "ra.xlsx")
    assert not (tmp_path / "ra.xlsx").exists()


def test_what_may_not_be_sold_is_told_and_its_row_stays(selling: Office, tmp_path: Path) -> None:
    """There is no column to hide goods with: the person is told which product to hide, and why."""
    source = _download(selling, tmp_path, "sales_info")
    sku = next(iter(selling.listings("shopee")))
    selling.change(sku, price_vnd=None)
    done = fill_sheet(selling.app, SHOP, source, tmp_path / "ra.xlsx")
    (told,) = done.untouched
    assert (done.file, told.sku) == (None, sku)
    assert "chưa biết giá bán" in told.sentence
    assert "Hãy ẩn sản phẩm trong trang người bán" in told.sentence


def test_the_download_itself_is_never_written(selling: Office, tmp_path: Path) -> None:
    """It is the only proof of what the seller centre gave."""
    source = _download(selling, tmp_path, "sales_info")
    with pytest.raises(JobError, match="trùng với tệp vừa tải về"):
        fill_sheet(selling.app, SHOP, source, source)
