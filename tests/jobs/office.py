"""An office with two shops on the pretend marketplaces, whose jobs are run one at a time by a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from commands.rehearsal import Rehearsal, Terms
from jobs.app import App
from jobs.register import store_register
from jobs.registry import JOBS
from jobs.run import Finished, perform
from models import Listing, Shop, Variant

SHOPS = {market: f"{market}-demo" for market in ("lazada", "shopee", "tiki", "tiktok_shop")}


class Office:
    """`do` runs a job at the world's moment, and moves on a second so that each run has a slot of its own."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.app = rehearsal.app
        self.world = rehearsal.world
        self.products = rehearsal.products
        self.producers = rehearsal.producers

    def do(self, job: str, market: str) -> Finished:
        self.wait(seconds=1)
        done = perform(self.app, job, JOBS[job].function, f"{market}-demo", self.app.now())
        assert done is not None
        return done

    def wait(self, **time: float) -> None:
        self.world.advance(to=self.app.now() + timedelta(**time))

    def push(self, market: str) -> Finished:
        return self.do("push_listings", market)

    def calls(self, market: str) -> int:
        return sum(self.world.sites[f"{market}.api"].calls.values())

    def fault(self, market: str, kind: str, **options: Any) -> None:
        self.world.faults.add(f"{market}.api", kind, **options)

    def listings(self, market: str) -> dict[str, Listing]:
        """By SKU."""
        query = select(Variant.sku, Listing).join(Listing.variant).join(Listing.shop).where(Shop.name == SHOPS[market])
        with self.app.database.session() as session:
            return dict(session.execute(query).all())

    def variants(self) -> dict[str, Variant]:
        with self.app.database.session() as session:
            return {variant.sku: variant for variant in session.scalars(select(Variant))}

    def offers(self, market: str) -> list[Any]:
        """What the world itself holds."""
        return [offer for offer in self.world.world.offers(market) if offer.state != "deleted"]

    def change(self, sku: str, **figures: Any) -> None:
        """The office edits one pack in its workbook and imports it again."""
        products = [
            product.model_copy(
                update={
                    "variants": tuple(
                        variant.model_copy(update=figures) if variant.sku == sku else variant
                        for variant in product.variants
                    ),
                },
            )
            for product in self.products
        ]
        store_register(self.app, self.producers, products)
        self.products = products


@contextmanager
def opened(directory: Path, products: int = 4) -> Iterator[Office]:
    with Rehearsal(Terms(seed=1, products=products), directory) as rehearsal:
        rehearsal._prepare(30)
        yield Office(rehearsal)


def another(app: App) -> App:
    """Another process's application on the same database."""
    return App(
        app.settings,
        app.database,
        app.clock,
        app.vault,
        app_settings=app.app_settings,
        allow_private_hosts=True,
        settle_after=timedelta(0),
    )
