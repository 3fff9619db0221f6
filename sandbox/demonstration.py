"""What no source tells about the register, made up so that the whole loop can run: packs, prices, stock, boxes, pictures, papers.

Everything made up is marked `is_demonstration`. Facts that are there stay as they are; tourism gets nothing, drinks with alcohol
get packs but no papers, so nobody sells them by accident.
"""

import math
import random
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from catalog.document import Document
from catalog.product import PackSize, Product, Variant
from catalog.reference import required_documents, sub_group
from sandbox.packs import Packs, packs_for
from sandbox.sandbox import START

ON = START.date()
BOTTLE_G = 300  # glass, carton and filling of one bottle


def demonstrate(
    products: Iterable[Product], seed: int, image_url: Callable[[str], str], on: date = ON
) -> list[Product]:
    """The same products, complete enough to be sold. `image_url` gives a SKU's picture. The same input gives the same output."""
    return [
        _complete(product, random.Random(f"{seed}|demonstration|{product.code}"), image_url, on) for product in products
    ]


def offline_sales(products: Iterable[Product], seed: int, months: Iterable[date]) -> list[dict[str, Any]]:
    """What each producer might declare to have sold outside the online channels: one row a producer and month.

    `month` is yyyymm in Vietnam, `amount_vnd` đồng; of each given day only the month counts.
    """
    producers = sorted({product.producer_code for product in products})
    return [_declaration(producer, month, seed) for month in months for producer in producers]


def _declaration(producer: str, month: date, seed: int) -> dict[str, Any]:
    chance = random.Random(f"{seed}|offline|{producer}|{month:%Y-%m}")
    amount_vnd = int(round(chance.lognormvariate(16.2, 0.7), -3))  # about eleven million in the middle
    yyyymm = month.year * 100 + month.month
    return {
        "producer_code": producer,
        "month": yyyymm,
        "amount_vnd": amount_vnd,
        "source": "declaration",
        "is_demonstration": True,
    }


def _complete(product: Product, chance: random.Random, image_url: Callable[[str], str], on: date) -> Product:
    nature = sub_group(product.sub_group, on).nature
    if nature == "service":
        return product
    packs = packs_for(product.sub_group, product.name)
    unit_vnd = chance.randrange(packs.lowest_vnd, packs.highest_vnd)  # per kg or litre
    given = product.variants or tuple(_empty_pack(product.code, size, packs) for size in packs.sizes)
    variants = tuple(_filled(variant, packs, unit_vnd, chance, image_url) for variant in given)
    papers = () if nature == "alcohol" else _missing_papers(product, on)
    return product.model_copy(update={"variants": variants, "documents": (*product.documents, *papers)})


def _empty_pack(code: str, size: int, packs: Packs) -> Variant:
    if packs.liquid:
        return Variant(sku=f"{code}-{size}ML", net_volume_ml=size)
    return Variant(sku=f"{code}-{size}G", net_weight_g=size)


def _filled(
    variant: Variant, packs: Packs, unit_vnd: int, chance: random.Random, image_url: Callable[[str], str]
) -> Variant:
    """The pack with what it lacks; unchanged, and unmarked, when it lacks nothing."""
    size = variant.net_weight_g or variant.net_volume_ml or packs.sizes[0]
    drawn: dict[str, Any] = {
        "price_vnd": max(10_000, int(round(unit_vnd * size / 1000, -3))),
        "stock": chance.randrange(120, 500),
        "images": (image_url(variant.sku),),
        "shipping_size": _box(size),
        "shipping_weight_g": None if variant.net_weight_g else size + BOTTLE_G,
    }
    lacking = {
        name: value for name, value in drawn.items() if value is not None and getattr(variant, name) in {None, ()}
    }
    return variant.model_copy(update={**lacking, "is_demonstration": True}) if lacking else variant


def _box(size: int) -> PackSize:
    """A box of three cubic centimetres a gram or millilitre, half as long again as it is wide and high, whole centimetres wide."""
    side_mm = 10 * math.ceil((size * 3000 / 1.5) ** (1 / 3) / 10)
    return PackSize(length_mm=side_mm * 3 // 2, width_mm=side_mm, height_mm=side_mm)


def _missing_papers(product: Product, on: date) -> tuple[Document, ...]:
    """One made-up paper for each requirement that no live paper of the product meets."""
    live = {document.kind for document in product.documents if document.is_live(on)}
    missing = (r.any_of[0] for r in required_documents(product.sub_group, on) if not live.intersection(r.any_of))
    return tuple(_paper(product.code, kind, on) for kind in missing)


def _paper(code: str, kind: str, on: date) -> Document:
    return Document(
        kind=kind,
        number=f"TRINH-DIEN/{code}",
        issuer="Dữ liệu trình diễn",
        issued_on=on.replace(month=1, day=1),
        is_demonstration=True,
    )
