"""The office's workbook into the register's tables. Safe to run twice: a product whose facts are the same is not touched."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

import catalog.producer
import catalog.product
from catalog.text import search_key
from catalog.workbook import BadCell, read_register
from jobs.app import App, JobError
from jobs.run import Counts
from jobs.stock import recount
from models import Certificate, Document, Producer, Product, Variant
from models.orders_store import link_lines

CHUNK = 500  # products read and written together
SPOKEN_OF = ("name", "commune", "old_place")  # what descriptions say of a producer (catalog/describe.py)


def import_register(app: App, path: Path, *, dry_run: bool = False, all_or_nothing: bool = False) -> Counts:
    """Read the workbook and store what is good, or nothing at all.

    Raises WorkbookError when it is no register, JobError for a SKU that belongs to another product.
    Products with a bad cell stay out; each bad cell is in `rejected` by sheet, row, column and reason.
    """
    reading = read_register(path)
    report: dict[str, object] = {"rows": reading.rows, "rejected": [_bad(cell) for cell in reading.bad_cells]}
    report["ignored_columns"] = list(reading.ignored_columns)
    blocked = dry_run or (all_or_nothing and reading.bad_cells)
    return report | store_register(app, reading.producers, reading.products, keep=not blocked)


class _NothingKeptError(Exception):
    """Rolls a rehearsal back."""


def store_register(
    app: App,
    producers: Sequence[catalog.producer.Producer],
    products: Sequence[catalog.product.Product],
    *,
    keep: bool = True,
) -> dict[str, object]:
    """One transaction: all of it, or after a crash none. Without `keep` it is a rehearsal that counts and stores nothing.

    Raises JobError for a SKU that belongs to another product of the register.
    """
    counts: Counter[str] = Counter(created=0, updated=0, unchanged=0)
    try:
        with app.database.write() as session:
            ids = _store_producers(session, producers)
            for start in range(0, len(products), CHUNK):
                for change in _store_products(session, products[start : start + CHUNK], ids, app.now()):
                    counts[change] += 1
            link_lines(session)  # orders that came before their SKU was registered
            if not keep:
                raise _NothingKeptError  # noqa: TRY301 - the rollback of a rehearsal
    except _NothingKeptError:
        pass
    return {**counts, "stored": keep}


def _bad(cell: BadCell) -> dict[str, object]:
    return cell._asdict()


def _store_producers(session: Session, producers: Sequence[catalog.producer.Producer]) -> dict[str, int]:
    known = {row.code: row for row in session.scalars(select(Producer))}
    renamed = [row.id for fact in producers if (row := known.get(fact.code)) and _is_renamed(row, fact)]
    for fact in producers:
        row = known.get(fact.code)
        if row is None:
            row = known[fact.code] = Producer(code=fact.code)
            session.add(row)
        for name, value in fact.model_dump(mode="json").items():
            setattr(row, name, value)
        row.search_key = search_key(fact.name)
    if renamed:
        session.execute(update(Product).where(Product.producer_id.in_(renamed)).values(revision=Product.revision + 1))
    session.flush()
    return {code: row.id for code, row in known.items()}


def _is_renamed(row: Producer, fact: catalog.producer.Producer) -> bool:
    """Would the listings of its products say something else now?"""
    return any(getattr(row, name) != getattr(fact, name) for name in SPOKEN_OF)


def _store_products(
    session: Session, facts: Sequence[catalog.product.Product], producer_ids: dict[str, int], now: datetime
) -> Iterator[str]:
    query = select(Product).where(Product.code.in_([fact.code for fact in facts]))
    query = query.options(
        selectinload(Product.variants), selectinload(Product.certificates), selectinload(Product.documents)
    )
    known = {row.code: row for row in session.scalars(query)}
    _refuse_moved_skus(session, facts)
    touched = []
    for fact in facts:
        digest = _digest(fact)
        row = known.get(fact.code)
        if row is not None and row.content_hash == digest:
            yield "unchanged"
            continue
        yield "created" if row is None else "updated"
        row = row or Product(code=fact.code, revision=0)
        session.add(row)
        _fill(row, fact, digest, producer_ids[fact.producer_code], now)
        touched.append(row)
    session.flush()
    recount(session, [variant.id for row in touched for variant in row.variants])


def _refuse_moved_skus(session: Session, facts: Sequence[catalog.product.Product]) -> None:
    """A SKU names one product for ever: its orders and listings hang on it. Raises JobError for the first that moved."""
    wanted = {variant.sku: fact.code for fact in facts for variant in fact.variants}
    query = select(Variant.sku, Product.code).join(Variant.product).where(Variant.sku.in_(wanted)).order_by(Variant.sku)
    for sku, owner in session.execute(query):
        if owner != wanted[sku]:
            raise JobError(
                f"SKU {sku} đã thuộc sản phẩm {owner}, không chuyển sang sản phẩm {wanted[sku]} được: đơn hàng và bài đăng cũ "
                "gắn với SKU này. Hãy đặt SKU mới. Chưa có gì được lưu."
            )


def _digest(fact: catalog.product.Product) -> str:
    return hashlib.sha256(
        json.dumps(fact.model_dump(mode="json"), sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()


def _fill(row: Product, fact: catalog.product.Product, digest: str, producer_id: int, now: datetime) -> None:
    row.producer_id, row.name, row.search_key = producer_id, fact.name, search_key(fact.name)
    row.sub_group, row.description, row.alcohol_percent = fact.sub_group, fact.description, fact.alcohol_percent
    row.source, row.content_hash, row.updated_at = fact.source, digest, now
    row.revision += 1
    row.certificates = [Certificate(**certificate.model_dump()) for certificate in fact.certificates]
    row.documents = [Document(**document.model_dump()) for document in fact.documents]
    _fill_variants(row, fact.variants, now)


def _fill_variants(row: Product, facts: Sequence[catalog.product.Variant], now: datetime) -> None:
    """A pack that is gone from the workbook stays, unoffered: its orders still name it."""
    known = {variant.sku: variant for variant in row.variants}
    for gone in known.keys() - {fact.sku for fact in facts}:
        known[gone].is_offered = False
    for fact in facts:
        variant = known.get(fact.sku)
        if variant is None:
            variant = Variant(sku=fact.sku)
            row.variants.append(variant)
        _fill_variant(variant, fact, now)


def _fill_variant(row: Variant, fact: catalog.product.Variant, now: datetime) -> None:
    if row.stock != fact.stock:  # a new count: orders before it are already in it
        row.stock, row.stock_at, row.available = fact.stock, now, fact.stock
    row.name, row.gtin, row.price_vnd = fact.name, fact.gtin, fact.price_vnd
    row.net_weight_g, row.net_volume_ml, row.shipping_weight_g = (
        fact.net_weight_g,
        fact.net_volume_ml,
        fact.shipping_weight_g,
    )
    size = fact.shipping_size
    row.shipping_length_mm = size.length_mm if size else None
    row.shipping_width_mm = size.width_mm if size else None
    row.shipping_height_mm = size.height_mm if size else None
    row.images = json.dumps(list(fact.images))
    row.is_demonstration, row.is_offered = fact.is_demonstration, True
