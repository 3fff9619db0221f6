"""The goods of the founding year: 129 products recognised in three rounds, 38 never, and the marketplaces each is sold on.

Products, producers and prices are invented. The counts by round (25 until 2019, 53 in 2021, of these 22 of four stars) and by class
at the end are the province's (ocop_domain section 7, read 2026-11-23); how the first two rounds part into classes is made to fit.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from typing import NamedTuple

from catalog.certificate import Certificate
from catalog.producer import Producer, ProducerKind
from catalog.product import Product, Variant
from sandbox.sways import Shelf

FIRST, YEAR, LAST = date(2020, 1, 1), date(2021, 1, 1), date(2021, 12, 31)
PRODUCERS = 48
MARKETS_EACH = 2  # of three: every product is on two marketplaces
STOCK = 1_000_000  # pieces: nothing runs out, so that nothing but what is put in moves the figures


class Round(NamedTuple):
    decided: date
    stars: Mapping[int, int]


class Kind(NamedTuple):
    """Products of one sub-group: a pack's weight in grams, its price range, how many are recognised and how many never."""

    sub_group: str
    name: str
    weight_g: int
    lowest_vnd: int
    highest_vnd: int
    recognised: int
    others: int


ROUNDS = (
    Round(date(2019, 11, 20), {4: 17, 3: 8}),
    Round(date(2020, 8, 14), {5: 2, 4: 34, 3: 15}),
    Round(date(2021, 5, 20), {4: 22, 3: 31}),
)
KINDS = (
    Kind("food/tea", "Chè", 200, 80_000, 240_000, 71, 14),
    Kind("food/processed_cereal", "Miến", 500, 40_000, 90_000, 22, 8),
    Kind("food/honey_other", "Mật ong", 500, 90_000, 190_000, 18, 8),
    Kind("food/other_tea", "Trà thảo mộc", 100, 50_000, 120_000, 18, 8),
)


@dataclass(frozen=True)
class FoundingYear:
    """The register, and where each product's one pack is on sale and for how much at first. The same seed gives the same."""

    producers: Sequence[Producer]
    products: Sequence[Product]
    shelves: Mapping[str, Sequence[Shelf]]  # by the product's code
    prices_vnd: Mapping[Shelf, int]


def founding_year(seed: int, shops: Mapping[str, str]) -> FoundingYear:
    """`shops`: the office's shop on each marketplace."""
    producers = tuple(_producer(number) for number in range(1, PRODUCERS + 1))
    products = tuple(_products(random.Random(f"{seed}|founding goods"), producers))
    chance = random.Random(f"{seed}|founding shelves")
    packs = {product.code: product.variants[0] for product in products}
    shelves = {
        code: [(market, shops[market], pack.sku) for market in sorted(chance.sample(sorted(shops), MARKETS_EACH))]
        for code, pack in packs.items()
    }
    prices_vnd = {shelf: packs[code].price_vnd or 0 for code, those in shelves.items() for shelf in those}
    return FoundingYear(producers, products, shelves, prices_vnd)


def recognised_on(product: Product) -> date | None:
    """The day of its decision, where that lies within the two years."""
    days = [one.decision_date for one in product.certificates if one.decision_date and one.decision_date >= FIRST]
    return days[0] if days else None


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _producer(number: int) -> Producer:
    return Producer(
        code=f"KB-{number:02}",
        name=f"Hợp tác xã kịch bản {number:02}",
        kind=ProducerKind.COOPERATIVE,
        commune=f"Xã kịch bản {number % 9 + 1}",
    )


def _products(chance: random.Random, producers: Sequence[Producer]) -> Iterator[Product]:
    """Every round has products of every sub-group, as its recognitions are dealt out at random."""
    recognitions = [
        (round_.decided, stars) for round_ in ROUNDS for stars, count in round_.stars.items() for _ in range(count)
    ]
    chance.shuffle(recognitions)
    owners = cycle(producers)
    for kind in KINDS:
        for number in range(1, kind.recognised + kind.others + 1):
            recognition = recognitions.pop() if number <= kind.recognised else None
            yield _product(
                kind, number, chance.randrange(kind.lowest_vnd, kind.highest_vnd, 1_000), next(owners), recognition
            )


def _product(kind: Kind, number: int, price_vnd: int, owner: Producer, recognition: tuple[date, int] | None) -> Product:
    code = f"KB-{kind.sub_group.removeprefix('food/').upper().replace('_', '-')}-{number:03}"
    pack = Variant(
        sku=f"{code}-{kind.weight_g}G",
        net_weight_g=kind.weight_g,
        price_vnd=price_vnd,
        stock=STOCK,
        is_demonstration=True,
    )
    return Product(
        code=code,
        producer_code=owner.code,
        name=f"{kind.name} kịch bản {number:03}",
        sub_group=kind.sub_group,
        variants=(pack,),
        certificates=() if recognition is None else (_certificate(*recognition),),
        source="Kịch bản năm đầu: số minh hoạ, không phải số thật",
    )


def _certificate(decided: date, stars: int) -> Certificate:
    return Certificate(stars=stars, decision_date=decided, decision_no=f"TRINH-DIEN/{decided:%Y}")
