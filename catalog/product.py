"""A certified product and its sellable packs."""

from datetime import date
from decimal import Decimal

from pydantic import Field

from catalog.base import Fact, Line, Lines
from catalog.certificate import Certificate, CertificateState
from catalog.document import Document
from catalog.gtin import Gtin


class PackSize(Fact):
    """The packed box, in millimetres."""

    length_mm: int = Field(gt=0)
    width_mm: int = Field(gt=0)
    height_mm: int = Field(gt=0)


class Variant(Fact):
    """One sellable pack. `sku` is ours, goes to every marketplace as seller SKU, and is how a lost push is found again."""

    sku: str = Field(pattern=r"^[A-Z0-9][A-Z0-9._-]{1,63}$")
    name: Line = ""  # what sets it apart from its siblings, e.g. "200 g"
    net_weight_g: int | None = Field(default=None, gt=0)
    net_volume_ml: int | None = Field(default=None, gt=0)
    gtin: Gtin | None = None  # GTIN-13, check digit verified at the door
    price_vnd: int | None = Field(default=None, gt=0)
    stock: int | None = Field(default=None, ge=0)  # pieces; None: unknown, so not for sale
    images: tuple[str, ...] = ()  # http(s) addresses or paths beside the workbook
    shipping_weight_g: int | None = Field(default=None, gt=0)
    shipping_size: PackSize | None = None
    is_demonstration: bool = False  # price and stock drawn by the sandbox, never presented as real


class Product(Fact):
    """One OCOP product of the register. `sub_group` decides category, papers and shipping, so it is mandatory."""

    code: str
    producer_code: str
    name: Line
    sub_group: str  # slug of the reference table, e.g. "food/tea"
    description: Lines | None = None
    alcohol_percent: Decimal | None = Field(
        default=None, ge=0, le=100
    )  # % vol; None: unknown, which for a drink means "do not sell online"
    variants: tuple[Variant, ...] = ()
    certificates: tuple[Certificate, ...] = ()  # a history: one product, many recognitions
    documents: tuple[Document, ...] = ()
    source: Line | None = None  # where the facts were read

    def live_certificate(self, on: date) -> Certificate | None:
        """The certificate a listing may show on that day: provably live, the highest; None when there is none."""
        live = [c for c in self.certificates if c.state(on) is CertificateState.LIVE]
        return max(live, key=lambda c: c.stars, default=None)
