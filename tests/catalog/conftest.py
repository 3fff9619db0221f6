"""A product, its pack and its producer as they stand on one day, to be varied by each test."""

from collections.abc import Callable
from datetime import date

import pytest

from catalog.document import Document
from catalog.producer import Producer, ProducerKind
from catalog.product import Product, Variant

ON = date(2026, 11, 24)


@pytest.fixture
def on() -> date:
    return ON


@pytest.fixture
def producer() -> Producer:
    return Producer(code="CT-001", name="HTX chè Hảo Đạt", kind=ProducerKind.COOPERATIVE, commune="xã Tân Cương")


@pytest.fixture
def variant() -> Variant:
    return Variant(sku="TN-1-200G", net_weight_g=200, price_vnd=185_000, stock=25)


@pytest.fixture
def tea(variant: Variant) -> Product:
    return Product(
        code="TN-1",
        producer_code="CT-001",
        name="Chè tôm nõn",
        sub_group="food/tea",
        variants=(variant,),
        documents=papers("food_self_declaration", "facility_commitment"),
    )


def papers(*kinds: str) -> tuple[Document, ...]:
    return tuple(Document(kind=kind, expires_on=date(2027, 6, 30)) for kind in kinds)


@pytest.fixture
def with_papers() -> Callable[..., tuple[Document, ...]]:
    return papers
