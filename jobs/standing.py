"""Where each product of the register stands today: may it be sold online, and if not, why."""

from typing import Any

from sqlalchemy import true

from catalog.describe import IncompleteError, compose
from catalog.eligibility import online_blockers
from jobs.app import App
from jobs.records import Registered, read_products


def standing(app: App) -> list[dict[str, Any]]:
    """Every product with the sentences that keep it from being sold; none when it may be."""
    today = app.today()
    with app.database.session() as session:
        everything = read_products(session, true())
    found: list[dict[str, Any]] = []
    for known in everything.values():
        product = known.product
        sentences = [blocker.sentence_vi for blocker in online_blockers(product, today)]
        sentences += _incomplete(app, known)
        found.append(
            {"code": product.code, "name": product.name, "sub_group": product.sub_group, "blockers": sentences}
        )
    return found


def _incomplete(app: App, known: Registered) -> list[str]:
    sentences = [] if known.product.variants else ["Chưa có mẫu (SKU) nào."]
    for variant in known.product.variants:
        try:
            compose(known.product, variant, known.producer, app.today())
        except IncompleteError as err:
            sentences.append(str(err))
    return sentences
