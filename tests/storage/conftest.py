"""Small rows that other rows must point at."""

from datetime import UTC, datetime

import pytest

from models import JobRun, Producer, Product, Shop, Variant, WatchedPage
from models.database import Database

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def shop_id(database: Database) -> int:
    with database.write() as session:
        shop = Shop(name="Trà Tân Cương", marketplace="shopee", external_id="10", state="connected")
        session.add(shop)
    return shop.id


@pytest.fixture
def variant_id(database: Database) -> int:
    """The variant with the SKU `TN-1`."""
    with database.write() as session:
        producer = Producer(code="HTX1", name="HTX Trà", search_key="htx tra")
        product = Product(
            code="P1",
            producer=producer,
            name="Trà",
            search_key="tra",
            sub_group="1.3.1",
            content_hash="h",
            updated_at=NOW,
        )
        variant = Variant(sku="TN-1", product=product, name="200 g")
        session.add(variant)
    return variant.id


@pytest.fixture
def run_id(database: Database) -> int:
    with database.write() as session:
        run = JobRun(job="crawl", lane="tiki", slot=NOW, state="running")
        session.add(run)
    return run.id


@pytest.fixture
def page_ids(database: Database) -> list[int]:
    with database.write() as session:
        pages = [WatchedPage(site="tiki", url=f"/p{n}", source_class="page", allowed_by="test") for n in range(3)]
        session.add_all(pages)
    return [page.id for page in pages]
