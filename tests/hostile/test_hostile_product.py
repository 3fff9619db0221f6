"""A register full of traps travels from the workbook to the reports: refused with a sentence, or shown as harmless text."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlalchemy import select

from analysis.report import Period, Report
from analysis.revenue import revenue
from analysis.writers import to_csv, to_json
from analysis.xlsx import to_xlsx
from jobs.register import import_register
from jobs.registry import JOBS
from jobs.run import perform
from models import Listing, Observation, Problem, Product, Variant, WatchedPage
from sandbox import buying
from tests.jobs.office import Office, opened
from web.dashboard import dashboard

SCRIPT = "<script>alert('chè')</script>"
MARKETS = ("shopee", "tiki")
NAMES = {
    "HTML": f"Chè đinh {SCRIPT} &amp; <b>thơm</b> Tân Cương",
    "UNSEEN": "Chè\x07 đinh \u202eđảo\u202c\u200b Tân\u200f Cương \x1b[31m\ufeff thượng hạng",
    "EMOJI": "Chè đinh 🍵 Tân Cương 👩\u200d🌾 thượng hạng",
    "FORMULA": '+HYPERLINK("http://xau.example";"Chè đinh Tân Cương")',
    "AT": "@SUM(1+1)*cmd|' /C calc'!A0 chè đinh Tân Cương",
    "LONG": "Chè đinh " * 1_111,
}
SHOWN = NAMES | {"UNSEEN": "Chè đinh đảo Tân Cương [31m thượng hạng", "EMOJI": "Chè đinh 🍵 Tân Cương 👩🌾 thượng hạng"}
DESCRIPTION = (
    f"Hái tay, sao suốt bằng chảo gang. </textarea></script>{SCRIPT}<img src=x onerror=alert(1)>\u2028]]>{{{{7*7}}}}"
)
PRODUCER = f'HTX "{SCRIPT}" \'; DROP TABLE product; --'
PAPERS = ("Bản tự công bố sản phẩm", "Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm")
HEADINGS = (
    "Mã chủ thể", "Tên chủ thể", "Mã sản phẩm", "Tên sản phẩm", "Phân nhóm", "Mô tả", "SKU", "Khối lượng tịnh (g)",
    "Giá bán (đồng)", "Tồn kho", "Ảnh", "Dài (mm)", "Rộng (mm)", "Cao (mm)", "Loại giấy tờ", "Số giấy tờ", "Ngày cấp",
)  # fmt: skip


@dataclass(frozen=True)
class Travelled:
    """Where the products got to."""

    office: Office
    counts: dict[str, Any]


def _workbook(path: Path, pictures: str) -> Path:
    rows: list[tuple[object, ...]] = [HEADINGS]
    for code, name in (*NAMES.items(), ("EQUALS", '=HYPERLINK("http://xau.example","Chè")')):
        fixed = (PRODUCER, code, name, "Chè tươi, chè chế biến", DESCRIPTION, f"{code}-200G", 200, 185_000, 90)
        pack = (f"{pictures}/img/{code}-200G.png", 180, 120, 100)
        rows += [("CT-X", *fixed, *pack, paper, "01/2026", "15/01/2026") for paper in PAPERS]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.fixture(scope="module")
def travelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Travelled]:
    """Imported, pushed, approved, bought, crawled."""
    directory = tmp_path_factory.mktemp("hostile")
    with opened(directory, products=1) as office:
        workbook = _workbook(directory / "register.csv", str(office.world.storefront_url("plain")))
        counts = dict(import_register(office.app, workbook))
        for market in MARKETS:
            office.push(market)
        office.wait(hours=12)
        for market in MARKETS:
            office.do("pull_listings", market)
            _buy_everything(office, market)
        office.wait(days=1)
        for market in MARKETS:
            office.do("pull_orders", market)
        perform(office.app, "crawl_site", JOBS["crawl_site"].function, "tiki", office.app.now())
        yield Travelled(office, counts)


def _buy_everything(office: Office, market: str) -> None:
    world = office.world.world
    with world.lock:
        for number, offer in enumerate(world.offers(market)):
            buying.visit(world, (market, offer.shop, offer.sku), (date(2026, 10, 1), 1_000 + number))


def _report(office: Office) -> Report:
    today = office.app.today()
    period = Period(today - timedelta(days=5), today, ZoneInfo("Asia/Ho_Chi_Minh"))
    with office.app.database.session() as session:
        return revenue(session, period, ("producer", "product"))


def test_a_formula_is_refused_by_its_cell_and_the_rest_goes_in(travelled: Travelled) -> None:
    """The bad cell is named by row and column; its product stays out, no other does."""
    assert {(cell["row"], cell["column"]) for cell in travelled.counts["rejected"]} == {
        (14, "Tên sản phẩm"),
        (15, "Tên sản phẩm"),
    }
    assert travelled.counts["created"] == len(NAMES)


def test_names_are_kept_as_a_person_sees_them(travelled: Travelled) -> None:
    """Markup stays literal text, what nobody can see is gone, ten thousand characters are all there."""
    with travelled.office.app.database.session() as session:
        stored = dict(session.execute(select(Product.code, Product.name).where(Product.code.in_(NAMES))).all())
    assert stored == {code: name.strip() for code, name in SHOWN.items()}


@pytest.mark.parametrize("market", MARKETS)
def test_all_but_the_endless_name_are_on_sale_everywhere(travelled: Travelled, market: str) -> None:
    """Odd names are names: nothing is escaped twice, cut or refused on the way."""
    listings = travelled.office.listings(market)
    titles = {offer.sku: offer.title for offer in travelled.office.offers(market)}
    for code in NAMES.keys() - {"LONG"}:
        assert listings[f"{code}-200G"].reported_state == "live"
        assert titles[f"{code}-200G"] == f"{SHOWN[code]} 200 g"


def test_a_name_too_long_for_a_marketplace_is_its_own_problem(travelled: Travelled) -> None:
    """We cut nothing: Shopee refuses ten thousand characters in its words, and a person is told what to do."""
    listing = travelled.office.listings("shopee")["LONG-200G"]
    assert (listing.external_id, listing.refused_hash) == (None, listing.intended_hash)
    with travelled.office.app.database.session() as session:
        (sentence,) = session.scalars(select(Problem.sentence).where(Problem.sku == "LONG-200G")).all()
    assert str(listing.last_error) in sentence
    assert "Sửa thông tin sản phẩm trong sổ đăng ký" in sentence


@pytest.mark.parametrize("code", sorted(NAMES))
def test_the_crawl_reads_back_what_the_public_page_shows(travelled: Travelled, code: str) -> None:
    """What a reader finds on Tiki's page is the very title that was sent, whatever it holds and however long it is."""
    query = (
        select(Observation.title, WatchedPage.state)
        .join(WatchedPage, Observation.page_id == WatchedPage.id)
        .join(Listing, WatchedPage.listing_id == Listing.id)
        .join(Variant, Listing.variant_id == Variant.id)
        .where(Variant.sku == f"{code}-200G")
    )
    with travelled.office.app.database.session() as session:
        assert session.execute(query).all() == [(f"{SHOWN[code].strip()} 200 g", "ok")]


def test_csv_holds_no_formula(travelled: Travelled) -> None:
    """No cell of it begins like one, and a spreadsheet's reader gets the columns it should."""
    made = _report(travelled.office)
    head, *rows = csv.reader(to_csv(made).removeprefix("\ufeff").splitlines(keepends=True))
    cells = [cell for row in rows for cell in row if not cell.lstrip("-").isdigit()]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert {len(row) for row in rows} == {len(head)}
    assert f"'{NAMES['FORMULA']}" in cells


def test_xlsx_opens_and_runs_nothing(travelled: Travelled, tmp_path: Path) -> None:
    """Every cell is text or a number, none a formula."""
    to_xlsx(_report(travelled.office), tmp_path / "report.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "report.xlsx").worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert NAMES["FORMULA"] in {cell.value for cell in cells}


def test_json_says_the_same(travelled: Travelled) -> None:
    """JSON needs no disguise: the names come back letter by letter."""
    rows = json.loads(to_json(_report(travelled.office)))["rows"]
    assert {row["product"] for row in rows} >= {SHOWN[code] for code in NAMES.keys() - {"LONG"}}


def test_the_dashboard_escapes_it(travelled: Travelled) -> None:
    """The producer's name and the refusals are on the page as text; nothing of them is markup."""
    page = TestClient(dashboard(travelled.office.app)).get("/")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "&lt;script&gt;alert" in page.text
