"""The office's workbook becomes the register: twice is once, a correction is exactly what was corrected, a muddle is refused."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from catalog.producer import Producer
from catalog.product import Product, Variant
from catalog.sample import sample_register
from jobs.app import App, JobError
from jobs.register import import_register, store_register
from jobs.shops import add_shop
from models import Certificate, Document, OrderLine, SalesOrder
from models import Producer as ProducerRow
from models import Product as ProductRow
from models import Variant as VariantRow
from models.orders_store import LineRow, OrderRow, store_orders
from tests.jobs.conftest import HeldClock
from tests.jobs.played_jobs import START

HTX = Producer(code="HTX", name="Hợp tác xã chè Tân Cương", commune="xã Tân Cương")
TABLES = (ProducerRow, ProductRow, VariantRow, Certificate, Document)


def tea(code: str, *skus: str, name: str = "Chè đinh", stock: int | None = 30) -> Product:
    packs = tuple(Variant(sku=sku, net_weight_g=200, price_vnd=185_000, stock=stock) for sku in skus)
    return Product(code=code, producer_code="HTX", name=name, sub_group="food/tea", variants=packs)


def put(app: App, *products: Product, producer: Producer = HTX) -> dict[str, object]:
    return store_register(app, [producer], products)


def everything(app: App) -> list[tuple[object, ...]]:
    """Every row of the register, column by column."""
    with app.database.session() as session:
        return [tuple(row) for table in TABLES for row in session.execute(select(table.__table__))]


def variant(app: App, sku: str) -> VariantRow:
    with app.database.session() as session:
        return session.scalars(select(VariantRow).where(VariantRow.sku == sku)).one()


def revisions(app: App) -> dict[str, int]:
    with app.database.session() as session:
        return dict(session.execute(select(ProductRow.code, ProductRow.revision)).all())


def test_the_same_workbook_twice_changes_no_row(app: App, clock: HeldClock) -> None:
    """The sample register a day later: every product is unchanged, no column of any row is another."""
    with sample_register() as path:
        first = import_register(app, path)
        before = everything(app)
        clock.pass_by(days=1)
        second = import_register(app, path)
    assert (first["created"], second["created"], second["updated"], second["unchanged"]) == (86, 0, 0, 86)
    assert everything(app) == before


def test_a_correction_touches_its_product_alone(app: App) -> None:
    """Another product's revision stays, so its listings are not composed again."""
    put(app, tea("A", "A-1"), tea("B", "B-1"))
    assert put(app, tea("A", "A-1", name="Chè đinh ngọc"), tea("B", "B-1"))["updated"] == 1
    assert revisions(app) == {"A": 2, "B": 1}


def test_a_pack_gone_from_the_workbook_stays_but_is_not_offered(app: App) -> None:
    """Its orders still name it; when it comes back it is the same row."""
    put(app, tea("A", "A-1", "A-2"))
    row_id = variant(app, "A-2").id
    put(app, tea("A", "A-1"))
    assert (variant(app, "A-2").id, variant(app, "A-2").is_offered) == (row_id, False)
    put(app, tea("A", "A-1", "A-2"))
    assert (variant(app, "A-2").id, variant(app, "A-2").is_offered) == (row_id, True)


def test_a_product_that_the_workbook_leaves_out_is_left_alone(app: App) -> None:
    """An office may send one commune's sheet; what it does not speak of is not withdrawn."""
    put(app, tea("A", "A-1"), tea("B", "B-1"))
    put(app, tea("A", "A-1"))
    assert variant(app, "B-1").is_offered


def test_a_sku_moved_to_another_product_is_refused_by_name(app: App) -> None:
    """Orders and listings hang on it: the sentence names both products, and nothing of the workbook is stored."""
    put(app, tea("A", "A-1"), tea("B", "B-1"))
    before = everything(app)
    with pytest.raises(JobError, match="SKU A-1 đã thuộc sản phẩm A, không chuyển sang sản phẩm B được"):
        put(app, tea("A", "A-2"), tea("B", "B-1", "A-1"))
    assert everything(app) == before


@pytest.mark.parametrize(
    ("change", "bumped"), [({"name": "HTX chè Hảo Đạt"}, 2), ({"commune": "xã La Bằng"}, 2), ({"tax_code": None}, 1)]
)
def test_a_renamed_producer_makes_its_listings_speak_of_it_anew(
    app: App, change: dict[str, str | None], bumped: int
) -> None:
    """Descriptions name the producer and its commune; a change of either is a change of every product of it."""
    put(app, tea("A", "A-1"))
    put(app, tea("A", "A-1"), producer=HTX.model_copy(update=change))
    assert revisions(app) == {"A": bumped}


def test_a_rehearsal_counts_and_stores_nothing(app: App) -> None:
    """`keep=False` says what would happen."""
    counts = store_register(app, [HTX], [tea("A", "A-1")], keep=False)
    assert counts == {"created": 1, "updated": 0, "unchanged": 0, "stored": False}
    assert everything(app) == []


def test_all_or_nothing_stores_nothing_beside_a_bad_cell(app: App, tmp_path: Path) -> None:
    """One bad price holds the whole workbook back when asked to; else its own product only."""
    workbook = tmp_path / "register.csv"
    workbook.write_text(_csv(("A", "A-1", "185.000"), ("B", "B-1", "rẻ")), encoding="utf-8")
    held = import_register(app, workbook, all_or_nothing=True)
    assert (held["stored"], revisions(app)) == (False, {})
    kept = import_register(app, workbook)
    assert (kept["stored"], revisions(app)) == (True, {"A": 1})
    assert [cell["row"] for cell in kept["rejected"]] == [3]  # type: ignore[attr-defined]


def test_an_order_that_came_before_its_sku_is_linked_when_the_sku_comes(app: App) -> None:
    """An unknown SKU is kept on its line, never dropped; registering the product gives the line its pack."""
    shop = add_shop(app, "tra", "tiki", "1")
    line = LineRow("1", "A-1", "99", "Chè đinh", 2, 0, 0, 185_000, None)
    row = OrderRow("DH-1", "placed", "paid", START, START, None, None, None, "x", "{}", 202611, (line,), ())
    with app.database.write() as session:
        store_orders(session, shop.id, [row])
    assert _lines(app) == [("DH-1", "A-1", None)]
    put(app, tea("A", "A-1"))
    assert _lines(app) == [("DH-1", "A-1", variant(app, "A-1").id)]


def _lines(app: App) -> list[tuple[object, ...]]:
    query = select(SalesOrder.external_id, OrderLine.sku, OrderLine.variant_id).join_from(
        OrderLine, SalesOrder, OrderLine.order_id == SalesOrder.id
    )
    with app.database.session() as session:
        return [tuple(row) for row in session.execute(query)]


def _csv(*packs: Sequence[str]) -> str:
    heads = "Mã chủ thể,Tên chủ thể,Mã sản phẩm,Tên sản phẩm,Phân nhóm,SKU,Giá bán (đồng)"
    rows = [f'HTX,Hợp tác xã,{code},Chè,"Chè tươi, chè chế biến",{sku},{price}' for code, sku, price in packs]
    return "\n".join([heads, *rows]) + "\n"
