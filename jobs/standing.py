"""Where each product of the register stands today: may it be sold online, and if not, why."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalog.describe import IncompleteError, compose
from catalog.eligibility import online_blockers
from catalog.product import Product as ProductFact
from jobs.app import App
from jobs.records import to_producer, to_product
from models import Product


def standing(app: App) -> list[dict[str, Any]]:
    """Every product with the sentences that keep it from being sold; none when it may be."""
    everything = (
        joinedload(Product.producer),
        selectinload(Product.variants),
        selectinload(Product.certificates),
        selectinload(Product.documents),
    )
    today = app.today()
    with app.database.session() as session:
        found: list[dict[str, Any]] = []
        for row in session.scalars(select(Product).options(*everything).order_by(Product.code)):
            product = to_product(row)
            sentences = [blocker.sentence_vi for blocker in online_blockers(product, today)]
            sentences += _incomplete(app, product, row)
            found.append({"code": row.code, "name": row.name, "sub_group": row.sub_group, "blockers": sentences})
    return found


def _incomplete(app: App, product: ProductFact, row: Product) -> list[str]:
    sentences = [] if product.variants else ["Chưa có mẫu (SKU) nào."]
    for variant in product.variants:
        try:
            compose(product, variant, to_producer(row.producer), app.today())
        except IncompleteError as err:
            sentences.append(str(err))
    return sentences
