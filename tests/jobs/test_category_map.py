"""The office's map of categories and attributes: it decides where listings go, and what is asked for before the next try."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs.app import JobError
from jobs.blocked import blocked_listings
from jobs.category_map import Entry, known_entries, read_sheet, set_entries, sheet, write_sheet
from jobs.intend import keep_intentions_fresh
from jobs.plan import plan_shop
from tests.jobs.office import SHOPS, Office, opened

TEA, HERBAL_TEA, FRUIT_WINE = (
    "food/tea",
    100828,
    100830,
)  # leaves of the played Shopee; the last demands an alcohol content

QUESTION = (
    "Sàn bắt buộc thuộc tính «Alcohol Content» cho phân nhóm food/tea: khai bằng "
    '`ocop catalog map set shopee food/tea --attribute "Alcohol Content=…"`.'
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path, products=4) as ready:
        yield ready


def entry(field: str, value: str = "", marketplace: str = "shopee", sub_group: str = TEA) -> Entry:
    return Entry(marketplace=marketplace, sub_group=sub_group, field=field, value=value)


def categories(office: Office) -> set[int]:
    """Where the tea of the register stands on the played Shopee."""
    tea = {v.sku for p in office.products if p.sub_group == TEA for v in p.variants}
    return {offer.extra["item"]["category_id"] for offer in office.offers("shopee") if offer.sku in tea}


def blockers(office: Office, market: str = "shopee") -> list[tuple[str, ...]]:
    """Of each listing held back, after a fresh look."""
    shop = office.app.shop(SHOPS[market])
    keep_intentions_fresh(office.app, shop)
    with office.app.database.session() as session:
        return [change.blockers for change in blocked_listings(session, shop)]


def test_the_offices_category_goes_before_the_search(office: Office) -> None:
    """Chosen before the push it is where listings are made; changed afterwards it moves them; taken back it is searched for."""
    set_entries(office.app, [entry("category", str(HERBAL_TEA))])
    office.push("shopee")
    assert categories(office) == {HERBAL_TEA}
    set_entries(office.app, [entry("category")])
    office.push("shopee")
    assert categories(office) == {100823}


def test_an_attribute_refused_as_missing_is_asked_for_before_the_next_try(office: Office) -> None:
    """The refusal names it; nothing is sent again until the office answers; then it is."""
    set_entries(office.app, [entry("category", str(FRUIT_WINE))])
    refused = office.push("shopee").counts["rejected"]
    assert {row["reason"] for row in refused} == {"Shopee bắt buộc thuộc tính chưa có trong sổ: Alcohol Content"}
    assert [e for e in known_entries(office.app) if e.field != "category"] == [entry("Alcohol Content")]
    asked = blockers(office)
    assert len(asked) == len(refused)
    assert set(asked) == {(QUESTION,)}
    before = office.calls("shopee")
    assert office.push("shopee").counts["rejected"] == []
    assert office.calls("shopee") == before
    set_entries(office.app, [entry("Alcohol Content", "5 %")])
    assert office.push("shopee").counts["done"] == {"create": len(refused)}
    assert (blockers(office), categories(office)) == ([], {FRUIT_WINE})


def test_a_question_takes_nothing_off_sale(office: Office) -> None:
    """Listings that are there already stay there; only new ones wait for the answer."""
    office.push("shopee")
    set_entries(office.app, [entry("category", str(FRUIT_WINE))])
    office.push("shopee")
    assert [e.field for e in known_entries(office.app)] == ["category", "Alcohol Content"]
    shop = office.app.shop(SHOPS["shopee"])
    keep_intentions_fresh(office.app, shop)
    with office.app.database.session() as session:
        assert plan_shop(session, shop, office.app.now()) == []
    assert {offer.state.value for offer in office.offers("shopee")} == {"live"}


def test_one_marketplace_is_not_anothers(office: Office) -> None:
    """Tiki's category is Tiki's alone."""
    set_entries(office.app, [entry("category", "999", marketplace="tiki")])
    office.push("shopee")
    assert categories(office) == {100823}


def test_the_sheet_goes_out_and_comes_back(office: Office, tmp_path: Path) -> None:
    """Every goods sub-group of every marketplace has a line to fill in; the same file again changes nothing."""
    set_entries(office.app, [entry("category", "100828"), entry("Điều kiện bảo quản", "Khô ráo")])
    path = tmp_path / "map.csv"
    write_sheet(path, sheet(office.app))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "marketplace,sub_group,field,value"
    assert "shopee,food/tea,category,100828" in lines
    assert "shopee,food/tea,Điều kiện bảo quản,Khô ráo" in lines
    assert "tiki,food/tea,category," in lines
    assert [line for line in lines if "rural_tourism" in line] == []
    assert set_entries(office.app, read_sheet(path)) == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (entry("category", "1", marketplace="ebay"), "Không có sàn «ebay»"),
        (entry("category", "1", sub_group="food/moon"), "Không có phân nhóm «food/moon»"),
        (entry("category", "chè"), "«chè» không phải mã ngành hàng của shopee"),
    ],
)
def test_one_wrong_line_stores_nothing(office: Office, wrong: Entry, sentence: str) -> None:
    """The sentence names it, and the right lines beside it are not stored either."""
    with pytest.raises(JobError, match=sentence):
        set_entries(office.app, [entry("category", "100828"), wrong])
    assert known_entries(office.app) == []
