"""Shopee's mass-upload template: new goods as new rows, the seller centre takes them, and what it refuses is read back."""

import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from jobs.export.returned import read_errors
from jobs.export.sheet import fill_sheet
from models import ListingEvent
from sandbox.sheets import shopee
from sandbox.sheets.shopee_taking import WrongFile, take_sales, take_upload
from tests.jobs.office import Office
from tests.sheets.conftest import SHOP, cells, column, kept, members

SHEET_PART = "xl/worksheets/sheet1.xml"


@pytest.fixture
def shop_id(office: Office) -> str:
    return office.app.shop(SHOP).external_id


@pytest.fixture
def template(office: Office, shop_id: str, tmp_path: Path) -> Path:
    return kept(tmp_path / "mau.xlsx", shopee.mass_upload(office.world.world, shop_id))


def _skus(office: Office) -> list[str]:
    return [variant.sku for product in office.products for variant in product.variants]


def test_new_goods_become_rows_below_the_untouched_head(office: Office, template: Path, tmp_path: Path) -> None:
    """Rows 1 to 6 and every other part stay; figures are numbers, all else is text; every carrier but the bulky one is on."""
    done = fill_sheet(office.app, SHOP, template, tmp_path / "ra.xlsx")
    assert done.added == _skus(office)
    before, after = cells(template), cells(tmp_path / "ra.xlsx")
    assert after[:6] == before[:6]
    variants = {variant.sku: variant for product in office.products for variant in product.variants}
    for row in after[6:]:
        pack = variants[row[column(after, "ps_sku_parent_short")]]
        figures = [row[column(after, name)] for name in ("ps_price", "ps_stock", "ps_item_cover_image")]
        assert figures == [pack.price_vnd, pack.stock, pack.images[0]]
        assert [row[column(after, f"channel_id.{number}")] for number in (5001, 5004)] == ["On", None]
    left, right = members(template.read_bytes()), members((tmp_path / "ra.xlsx").read_bytes())
    assert [name for name in left if left[name] != right[name]] == [SHEET_PART]


def test_the_stated_size_grows_with_the_rows(office: Office, template: Path, tmp_path: Path) -> None:
    """A reader that believes `<dimension>` sees every row that was added."""
    fill_sheet(office.app, SHOP, template, tmp_path / "ra.xlsx")
    assert (
        f'<dimension ref="A1:X{6 + len(_skus(office))}"'.encode()
        in members((tmp_path / "ra.xlsx").read_bytes())[SHEET_PART]
    )


def test_what_was_uploaded_is_on_sale_and_is_kept_up_to_date_by_file(
    office: Office, template: Path, shop_id: str, tmp_path: Path
) -> None:
    """The whole round without an API: upload, the shop's own list back (ids are learnt), a new price, and the list agrees."""
    world = office.world.world
    fill_sheet(office.app, SHOP, template, tmp_path / "1.xlsx")
    take_upload(world, shop_id, (tmp_path / "1.xlsx").read_bytes())
    assert [offer.sku for offer in office.offers("shopee")] == _skus(office)
    office.change(_skus(office)[0], price_vnd=77_000)
    listed = kept(tmp_path / "2.xlsx", shopee.mass_update(world, shop_id, "sales_info"))
    done = fill_sheet(office.app, SHOP, listed, tmp_path / "3.xlsx")
    assert [(one["sku"], one["after"]) for one in done.changed] == [(_skus(office)[0], 77_000)]
    take_sales(world, shop_id, (tmp_path / "3.xlsx").read_bytes())
    assert {offer.sku: offer.price_vnd for offer in office.offers("shopee")} == {
        sku: variant.price_vnd for sku, variant in office.variants().items()
    }
    ids = {sku: listing.external_id for sku, listing in office.listings("shopee").items()}
    assert ids == {offer.sku: str(offer.offer_id) for offer in office.offers("shopee")}
    again = fill_sheet(office.app, SHOP, template, tmp_path / "4.xlsx")
    assert (again.added, again.file) == ([], None)


def test_goods_of_an_earlier_sheet_are_not_added_twice(office: Office, template: Path, tmp_path: Path) -> None:
    """The same download fills the same; another one leaves them out and says so, unless a person says `again`."""
    fill_sheet(office.app, SHOP, template, tmp_path / "1.xlsx")
    assert fill_sheet(office.app, SHOP, template, tmp_path / "2.xlsx").added == _skus(office)
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()
    other = kept(tmp_path / "khac.xlsx", template.read_bytes())
    with zipfile.ZipFile(other, "a") as archive:
        archive.comment = b"downloaded a day later"
    done = fill_sheet(office.app, SHOP, other, tmp_path / "3.xlsx")
    assert (done.added, done.file, len(done.untouched)) == ([], None, len(_skus(office)))
    assert "đã nằm trong tệp đăng lúc 01/10/2026 00:00" in done.untouched[0].sentence
    assert fill_sheet(office.app, SHOP, other, tmp_path / "3.xlsx", again=True).added == _skus(office)


def test_a_returned_sheet_tells_each_product_and_lets_it_go_again(
    office: Office, template: Path, shop_id: str, tmp_path: Path
) -> None:
    """The reason column is read back per product, kept once, and the refused goods go into the next template."""
    sku = _skus(office)[0]
    office.change(sku, price_vnd=900)  # below Shopee's least price
    fill_sheet(office.app, SHOP, template, tmp_path / "1.xlsx")
    returned = kept(
        tmp_path / "tra-ve.xlsx", take_upload(office.world.world, shop_id, (tmp_path / "1.xlsx").read_bytes())
    )
    (told,) = read_errors(office.app, SHOP, returned)
    assert (told["row"], told["sku"], told["reason"]) == (7, sku, "Giá không hợp lệ")
    assert told["sentence"].startswith(
        f"Dòng 7: sàn không nhận «{told['name']}» ({sku}) của «{SHOP}»: Giá không hợp lệ. "
    )
    read_errors(office.app, SHOP, returned)
    with office.app.database.session() as session:
        assert len(session.scalars(select(ListingEvent).where(ListingEvent.kind == "refused")).all()) == 1
    assert office.listings("shopee")[sku].last_error == "Giá không hợp lệ"
    fresh = kept(tmp_path / "moi.xlsx", shopee.mass_upload(office.world.world, shop_id))
    assert sku in fill_sheet(office.app, SHOP, fresh, tmp_path / "2.xlsx").added


def test_the_seller_centre_knows_its_own_file_again(office: Office, template: Path, tmp_path: Path) -> None:
    """The hash of row 2 survives the filling; for another shop the file is refused there too."""
    fill_sheet(office.app, SHOP, template, tmp_path / "ra.xlsx")
    with pytest.raises(WrongFile):
        take_upload(office.world.world, "999", (tmp_path / "ra.xlsx").read_bytes())
