"""An office that is given sheets of its own making, and the mappings it teaches us."""

from pathlib import Path

from sqlalchemy import select

from connectors.mapped.days import Days
from connectors.mapped.mapping import Mapping
from connectors.mapped.numbers import Numbers
from jobs.app import App
from models import OfflineSale, Producer, Product, Variant

HEADINGS = ("Ngày bán", "Điểm bán", "Mã SKU", "Khách", "Thành tiền", "Kênh bán")
COLUMNS = {
    "at": "Ngày bán",
    "outlet": "Điểm bán",
    "sku": "Mã SKU",
    "amount": "Thành tiền",
    "channel": "Kênh bán",
}


def sales_mapping(name: str = "so-quay", headings: tuple[str, ...] = HEADINGS, **more: object) -> Mapping:
    """A cooperative's own sales book, unless a test says otherwise."""
    given = {"columns": COLUMNS, "numbers": Numbers.DOT, "days": Days.DAY_FIRST} | more
    return Mapping.model_validate({"name": name, "headings": headings, **given})


def sheet(path: Path, *rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> Path:
    path.write_text("\n".join(";".join(row) for row in (headings, *rows)) + "\n", encoding="utf-8")
    return path


def packs(app: App) -> list[tuple[str, str]]:
    """A SKU and its product's code, of two products."""
    with app.database.session() as session:
        by_product = {variant.product.code: variant.sku for variant in session.scalars(select(Variant))}
    return [(sku, code) for code, sku in sorted(by_product.items())][:2]


def producer_of(app: App, code: str) -> str:
    """The code of the producer who makes this product."""
    with app.database.session() as session:
        return session.scalars(select(Producer.code).join(Product).where(Product.code == code)).one()


def sold(app: App) -> list[tuple[str, int, str, int]]:
    columns = OfflineSale.product_key, OfflineSale.month, OfflineSale.source, OfflineSale.amount_vnd
    with app.database.session() as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(*columns))]
