"""Rows of the register back into the domain's own values: plain rows, for there are many and each is read once."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

import catalog.certificate
import catalog.document
import catalog.producer
import catalog.product
from models import Certificate, Document, Producer, Product, Variant

AnyRow = Row[*tuple[Any, ...]]
Children = Mapping[int, Sequence[AnyRow]]  # by their product's row id

_CERTIFICATE = tuple(catalog.certificate.Certificate.model_fields)
_DOCUMENT = tuple(catalog.document.Document.model_fields)


@dataclass(frozen=True)
class Registered:
    """One product as the register has it. `packs` are all of its packs by row id; `product` has those still offered."""

    revision: int
    product: catalog.product.Product
    producer: catalog.producer.Producer
    packs: Mapping[int, catalog.product.Variant]


def read_products(session: Session, which: ColumnElement[bool]) -> dict[int, Registered]:
    """Products by row id, in the order of their codes: five statements, however many they are."""
    producers = _producers(session, which)
    packs, certificates, documents = (_children(session, kind, which) for kind in (Variant, Certificate, Document))
    return {
        row.id: _registered(row, producers[row.producer_id], packs[row.id], certificates[row.id], documents[row.id])
        for row in session.execute(select(*Product.__table__.c).where(which).order_by(Product.code))
    }


def _producers(session: Session, which: ColumnElement[bool]) -> dict[int, catalog.producer.Producer]:
    theirs = Producer.id.in_(select(Product.producer_id).where(which))
    return {row.id: to_producer(row) for row in session.execute(select(*Producer.__table__.c).where(theirs))}


def _children(
    session: Session, kind: type[Variant] | type[Certificate] | type[Document], which: ColumnElement[bool]
) -> Children:
    query = select(*kind.__table__.c).where(kind.product_id.in_(select(Product.id).where(which))).order_by(kind.id)
    found: defaultdict[int, list[AnyRow]] = defaultdict(list)
    for row in session.execute(query):
        found[row.product_id].append(row)
    return found


def _registered(
    row: AnyRow,
    producer: catalog.producer.Producer,
    packs: Sequence[AnyRow],
    certificates: Sequence[AnyRow],
    documents: Sequence[AnyRow],
) -> Registered:
    variants = {pack.id: to_variant(pack) for pack in packs}
    product = catalog.product.Product(
        code=row.code,
        producer_code=producer.code,
        name=row.name,
        sub_group=row.sub_group,
        description=row.description,
        alcohol_percent=row.alcohol_percent,
        source=row.source,
        variants=tuple(variants[pack.id] for pack in packs if pack.is_offered),
        certificates=tuple(to_certificate(certificate) for certificate in certificates),
        documents=tuple(to_document(document) for document in documents),
    )
    return Registered(row.revision, product, producer, variants)


def to_producer(row: AnyRow) -> catalog.producer.Producer:
    return catalog.producer.Producer(
        code=row.code,
        name=row.name,
        kind=catalog.producer.ProducerKind(row.kind) if row.kind else None,
        commune=row.commune,
        old_place=row.old_place,
        tax_code=row.tax_code,
    )


def to_variant(row: AnyRow) -> catalog.product.Variant:
    length, width, height = row.shipping_length_mm, row.shipping_width_mm, row.shipping_height_mm
    size = (
        catalog.product.PackSize(length_mm=length, width_mm=width, height_mm=height)
        if length is not None and width is not None and height is not None
        else None
    )
    return catalog.product.Variant(
        sku=row.sku,
        name=row.name,
        net_weight_g=row.net_weight_g,
        net_volume_ml=row.net_volume_ml,
        gtin=row.gtin,
        price_vnd=row.price_vnd,
        stock=row.stock,
        images=tuple(json.loads(row.images)),
        shipping_weight_g=row.shipping_weight_g,
        shipping_size=size,
        is_demonstration=row.is_demonstration,
    )


def to_certificate(row: AnyRow) -> catalog.certificate.Certificate:
    return catalog.certificate.Certificate(**{name: getattr(row, name) for name in _CERTIFICATE})


def to_document(row: AnyRow) -> catalog.document.Document:
    return catalog.document.Document(**{name: getattr(row, name) for name in _DOCUMENT})
