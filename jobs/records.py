"""Rows of the register back into the domain's own values."""

import json

import catalog.certificate
import catalog.document
import catalog.producer
import catalog.product
from models import Certificate, Document, Producer, Product, Variant


def to_producer(row: Producer) -> catalog.producer.Producer:
    return catalog.producer.Producer(
        code=row.code,
        name=row.name,
        kind=catalog.producer.ProducerKind(row.kind) if row.kind else None,
        commune=row.commune,
        old_place=row.old_place,
        tax_code=row.tax_code,
    )


def to_product(row: Product) -> catalog.product.Product:
    return catalog.product.Product(
        code=row.code,
        producer_code=row.producer.code,
        name=row.name,
        sub_group=row.sub_group,
        description=row.description,
        alcohol_percent=row.alcohol_percent,
        source=row.source,
        variants=tuple(to_variant(variant) for variant in row.variants if variant.is_offered),
        certificates=tuple(to_certificate(certificate) for certificate in row.certificates),
        documents=tuple(to_document(document) for document in row.documents),
    )


def to_variant(row: Variant) -> catalog.product.Variant:
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


def to_certificate(row: Certificate) -> catalog.certificate.Certificate:
    names = catalog.certificate.Certificate.model_fields
    return catalog.certificate.Certificate(**{name: getattr(row, name) for name in names})


def to_document(row: Document) -> catalog.document.Document:
    names = catalog.document.Document.model_fields
    return catalog.document.Document(**{name: getattr(row, name) for name in names})
