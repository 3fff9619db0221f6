"""What is remembered of sheets, on SQLite and on PostgreSQL: ids learnt once, goods exported once, refusals said once."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from connectors.sheets.layout import SheetRow
from jobs.export.memory import Exported, exported, keep_exported, keep_ids, keep_refusal
from jobs.export.rows import listings_of
from models import Listing, ListingEvent, Producer, Product, Shop, Variant
from models.database import Database

NOW = datetime(2026, 10, 1, 17, 30, tzinfo=UTC)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def _shop(database: Database) -> Shop:
    """One shop with one listing of one pack."""
    with database.write() as session:
        producer = Producer(code="CT-1", name="HTX chè", search_key="htx che")
        facts = {"search_key": "che", "sub_group": "food/tea", "content_hash": "", "updated_at": NOW}
        product = Product(code="CHE", name="Chè", producer=producer, **facts)
        shop = Shop(name="thu", marketplace="shopee", external_id="770")
        variant = Variant(sku="CHE-1", product=product, name="")
        session.add_all([product, shop, variant])
        session.flush()
        session.add(Listing(shop_id=shop.id, variant_id=variant.id, wanted=True))
    return shop


def test_goods_that_went_into_a_sheet_are_remembered_until_they_are_refused(database: Database) -> None:
    """One line of history a download, and one a reason, however often the same file is read."""
    shop = _shop(database)
    with database.session() as session:
        (ours,) = listings_of(session, shop)
    assert (ours.sku, ours.product, bool(ours.wanted), bool(ours.is_on_its_way)) == ("CHE-1", "Chè", True, False)
    for _ in range(2):
        with database.write() as session:
            keep_exported(session, [ours.id], NOW, "shopee.mass_upload.basic", "hash")
    with database.session() as session:
        assert exported(session, shop, HANOI) == {ours.id: Exported(NOW.astimezone(HANOI), "hash")}
    for _ in range(2):
        with database.write() as session:
            keep_refusal(session, ours.id, NOW, "Giá không hợp lệ")
    with database.session() as session:
        assert exported(session, shop, HANOI) == {}
        assert session.scalar(select(func.count(ListingEvent.id))) == 2


def test_an_id_is_learnt_once_and_never_replaced(database: Database) -> None:
    """A later sheet with another id changes nothing: such a row is a copy."""
    shop = _shop(database)
    for product_id, learnt in (("11", 1), ("12", 0)):
        with database.write() as session:
            (ours,) = listings_of(session, shop)
            row = SheetRow(7, product_id, "", "CHE-1", "Chè", "")
            assert keep_ids(session, [(row, ours)], NOW, "shopee.mass_update.sales_info") == learnt
    with database.session() as session:
        listing = session.scalars(select(Listing)).one()
        assert (listing.external_id, listing.external_variant_id) == ("11", None)
