"""The office's register: producers, products, packs, certificates and papers, as the workbook last said."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, UtcDateTime


class Producer(Base):
    """Who makes it. `code` is the office's key."""

    __tablename__ = "producer"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    search_key: Mapped[str] = mapped_column(index=True)  # without diacritics, case and tone placement
    kind: Mapped[str | None]
    commune: Mapped[str | None]
    old_place: Mapped[str | None]
    tax_code: Mapped[str | None]


class Product(Base):
    """One certified product. `revision` rises with every change that a listing could show."""

    __tablename__ = "product"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), index=True)
    name: Mapped[str]
    search_key: Mapped[str] = mapped_column(index=True)
    sub_group: Mapped[str] = mapped_column(index=True)
    description: Mapped[str | None]
    alcohol_percent: Mapped[Decimal | None] = mapped_column(Numeric(4, 2))
    source: Mapped[str | None]
    content_hash: Mapped[str]  # of the whole imported product: equal means the import changes nothing
    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    producer: Mapped[Producer] = relationship()
    variants: Mapped[list["Variant"]] = relationship(back_populates="product", order_by="Variant.id")
    certificates: Mapped[list["Certificate"]] = relationship(order_by="Certificate.id", cascade="all, delete-orphan")
    documents: Mapped[list["Document"]] = relationship(order_by="Document.id", cascade="all, delete-orphan")


class Variant(Base):
    """One sellable pack. `stock` is what the office counted at `stock_at`; `available` is that less what was ordered since."""

    __tablename__ = "variant"
    id: Mapped[int] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    name: Mapped[str]
    net_weight_g: Mapped[int | None]
    net_volume_ml: Mapped[int | None]
    gtin: Mapped[str | None]
    price_vnd: Mapped[int | None] = mapped_column(BigInteger)
    stock: Mapped[int | None]
    stock_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    available: Mapped[int | None]
    images: Mapped[str] = mapped_column(default="[]")  # JSON list of addresses
    shipping_weight_g: Mapped[int | None]
    shipping_length_mm: Mapped[int | None]
    shipping_width_mm: Mapped[int | None]
    shipping_height_mm: Mapped[int | None]
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    is_offered: Mapped[bool] = mapped_column(default=True)  # False: the workbook no longer lists it

    product: Mapped[Product] = relationship(back_populates="variants")


class Certificate(Base):
    """One recognition (lượt). A product has a history of them; programme counts count products, not these rows."""

    __tablename__ = "certificate"
    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"), index=True)
    stars: Mapped[int]
    recognised_year: Mapped[int | None]
    decision_no: Mapped[str | None]
    decision_date: Mapped[date | None]
    issuing_body: Mapped[str | None]
    certificate_no: Mapped[str | None]
    score: Mapped[float | None]
    potential_five: Mapped[bool] = mapped_column(default=False)


class Document(Base):
    """One paper of a product."""

    __tablename__ = "document"
    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    number: Mapped[str | None]
    issuer: Mapped[str | None]
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    url: Mapped[str | None]
    is_demonstration: Mapped[bool] = mapped_column(default=False)


class OfflineSale(Base):
    """Revenue outside the online channels: a producer's declaration or a POS file, one row a producer, product and month."""

    __tablename__ = "offline_sale"
    __table_args__ = (UniqueConstraint("producer_id", "product_key", "month", "source"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    product_key: Mapped[str] = mapped_column(default="")  # its code; "" when declared for the whole producer
    month: Mapped[int]  # yyyymm, Vietnam time
    amount_vnd: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str]
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
