"""The product on a pretend world: its own jobs and timetable, the world's clock, and the truth to compare with.

Killed anywhere and started again in the same directory, it goes on where it stood: the world comes back from its journal,
the slots from their rows. Only the clock, the marketplaces and the office's missing figures are pretended.
"""

import json
import re
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import requests

import scheduler
from catalog.product import Product
from catalog.sample import sample_register
from catalog.workbook import RegisterReading, read_register
from commands.by_files import Downloads, without_reading
from commands.rehearsed_app import told_by
from commands.rehearsed_shops import connect_shops
from commands.result import result
from connectors import marketplaces
from jobs.app import App, JobError
from jobs.crew import Crew
from jobs.dispatch import Dispatcher, Inline
from jobs.offline import record_offline_sales
from jobs.register import store_register
from jobs.registry import JOBS
from jobs.slots import Slot, release_dead
from jobs.watching import watch_page
from models.migrate import upgrade
from sandbox.demonstration import demonstrate, offline_sales
from sandbox.sandbox import START, Sandbox

LAST_JOBS = tuple(timed.job for timed in scheduler.TIMETABLE if timed.job != "push_listings")
NEIGHBOURS_ON, NEIGHBOURS_WORD = "lazada", "đồi số"
PLAIN_GOODS = 12  # packs that the plain web shop sells too


@dataclass(frozen=True)
class Terms:
    """What makes two rehearsals the same world."""

    seed: int
    products: int | None
    by_file: tuple[str, ...] = ()  # marketplaces whose orders and money come from downloaded files alone
    by_both: tuple[str, ...] = ()  # from files and through the API

    def read_by(self) -> dict[str, str]:
        """How each marketplace's orders and money come in."""
        ways = {"file": self.by_file, "both": self.by_both}
        return dict.fromkeys(marketplaces(), "api") | {one: way for way, those in ways.items() for one in those}

    def __str__(self) -> str:
        extent = "cả sổ đăng ký" if self.products is None else f"{self.products} sản phẩm"
        ways = (("chỉ dùng tệp", self.by_file), ("cả tệp và API", self.by_both))
        said = [f"{way}: {', '.join(markets)}" for way, markets in ways if markets]
        return ", ".join([f"seed {self.seed}", extent, *said])


class Rehearsal:
    """A context manager around one directory: the world, the database, the application.

    `hands`: processes that share the shops' jobs; without any, this thread does one after the other.
    """

    def __init__(self, terms: Terms, directory: Path, *, hands: int = 0) -> None:
        self.terms = terms
        self.directory = directory
        self._hands = hands
        self._open = ExitStack()

    def __enter__(self) -> Self:
        crew = Crew(self._hands) if self._hands else None  # before there is anything that a fork would share
        self.directory.mkdir(parents=True, exist_ok=True)
        _same_terms(self.directory / "demo.json", self.terms)
        reading = _register(self.terms.products)
        self.producers = reading.producers
        self.world = self._open.enter_context(_world(self.terms.seed, self.directory, reading))
        opening = told_by(self.world, self.directory)
        self.app = opening(self.world.world.clock)
        self._open.callback(self.app.close)
        if crew:
            crew.open(opening, self.app)
        self.dispatcher: Dispatcher = crew or Inline(self.app)
        self._open.callback(self.dispatcher.close)
        self.products = _complete(reading.products, self.terms.seed, self.world)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def play(self, days: int, tell: Callable[[int], None]) -> dict[str, Any]:
        """Live `days` from the world's first on, doing each due slot; the answer of contracts.md."""
        started = time.monotonic()
        self._prepare(days)
        end = START + timedelta(days=days)
        brought = (*self.terms.by_file, *self.terms.by_both)
        downloads = Downloads(self.app, self.world, brought, self.directory / "downloads")
        self.dispatcher.send(self._due(scheduler.tick(self.app, START)))  # what an earlier life left undone
        while (at := scheduler.next_fire(self.app, self.app.now())) <= end:
            self.world.advance(at)
            self.dispatcher.send(self._due(scheduler.tick(self.app, START)))
            downloads.weekly()
            tell((at - START).days)
        if self.app.now() < end:
            self.world.advance(end)
        downloads.bring()
        self._read_the_rest(end)
        return result(self.app, self.world, START.date(), len(self.products)) | {
            "read_by": self.terms.read_by(),
            "elapsed_s": round(time.monotonic() - started, 1),
        }

    def _prepare(self, days: int) -> None:
        upgrade(self.app.database)
        release_dead(self.app)
        store_register(self.app, self.producers, self.products)
        connect_shops(self.app, self.world)
        _watch_the_plain_shop(self.app, self.world)
        _watch_the_neighbours(self.app, self.world)
        months = sorted({(START + timedelta(days=day)).date().replace(day=1) for day in range(days)})
        rows = offline_sales(self.products, self.terms.seed, months)
        self.world.world.offline_sales[:] = rows
        record_offline_sales(self.app, _write_declarations(self.directory / "offline.csv", rows), demonstration=True)

    def _read_the_rest(self, end: datetime) -> None:
        """One last reading at the end, so that nothing of the period is still on its way."""
        with self.app.database.session() as session:
            every = [Slot(job, lane, end) for job in LAST_JOBS for lane in JOBS[job].lanes(session, end)]
        slots = self._due(every)
        self.dispatcher.send([slot for slot in slots if slot.lane])
        self.dispatcher.send(
            [slot for slot in slots if not slot.lane]
        )  # the whole register's: of what all lanes have read

    def _due(self, slots: Sequence[Slot]) -> Sequence[Slot]:
        return without_reading(self.app, slots, self.terms.by_file)


def _same_terms(path: Path, terms: Terms) -> None:
    if not path.exists():
        if (path.parent / "ocop.db").exists():
            raise JobError(f"Thư mục {path.parent} đã có một cơ sở dữ liệu khác. Hãy chọn --dir khác.")
        path.write_text(json.dumps(asdict(terms)), encoding="utf-8")
        return
    kept = _kept_terms(path)
    if kept != terms:
        raise JobError(f"Thư mục {path.parent} đang giữ một lần chạy thử khác ({kept}). Hãy chọn --dir khác.")


def _kept_terms(path: Path) -> Terms:
    """Raises JobError for what another version of the program left there."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    try:
        return Terms(kept["seed"], kept["products"], tuple(kept["by_file"]), tuple(kept["by_both"]))
    except KeyError:
        raise JobError(f"Thư mục {path.parent} giữ một lần chạy thử của phiên bản cũ. Hãy chọn --dir khác.") from None


def _register(products: int | None) -> RegisterReading:
    with sample_register() as path:
        reading = read_register(path)
    if products is None:
        return reading
    kept = reading.products[:products]
    codes = {product.producer_code for product in kept}
    producers = tuple(producer for producer in reading.producers if producer.code in codes)
    return RegisterReading(reading.rows, producers, kept, reading.bad_cells, reading.held_back, reading.ignored_columns)


def _world(seed: int, directory: Path, reading: RegisterReading) -> Sandbox:
    drawn = demonstrate(reading.products, seed, lambda sku: sku)
    packs = [(product, variant) for product in drawn for variant in product.variants]
    goods = [
        [f"PLAIN-{variant.sku}", f"{product.name} {variant.name}".strip(), variant.price_vnd]
        for product, variant in packs[:PLAIN_GOODS]
    ]
    return Sandbox(
        seed, directory=directory, options={"plain.storefront": {"goods": goods}, "tiki.api": {"drafts_at_once": True}}
    )


def opened_world(directory: Path) -> Sandbox:
    """The world that a rehearsal left in a directory, to be entered and looked at. Raises JobError where there is none."""
    kept = directory / "demo.json"
    if not kept.exists():
        raise JobError(f"Thư mục {directory} không giữ lần chạy thử nào. Hãy chạy `ocop demo --dir {directory}` trước.")
    terms = _kept_terms(kept)
    return _world(terms.seed, directory, _register(terms.products))


def _complete(products: Sequence[Product], seed: int, world: Sandbox) -> list[Product]:
    pictures = world.storefront_url("plain")
    return demonstrate(products, seed, lambda sku: f"{pictures}/img/{sku}.png")


def _watch_the_plain_shop(app: App, world: Sandbox) -> None:
    """Every page that the shop's own sitemap names."""
    sitemap = requests.get(f"{world.storefront_url('plain')}/sitemap.xml", timeout=10).text
    for url in re.findall(r"<loc>([^<]+/san-pham/[^<]+)</loc>", sitemap):
        watch_page(app, "generic", url, allowed_by="demonstration")


def _watch_the_neighbours(app: App, world: Sandbox) -> None:
    """Other people's goods, as a search for them lists them."""
    if front := world.storefront_url(NEIGHBOURS_ON):
        watch_page(app, NEIGHBOURS_ON, f"{front}/catalog/?q={quote(NEIGHBOURS_WORD)}", allowed_by="demonstration")


def _write_declarations(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    lines = ["producer_code,product_code,month,amount_vnd,source"]
    lines += [f"{row['producer_code']},,{row['month']},{row['amount_vnd']},{row['source']}" for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
