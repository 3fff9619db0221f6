"""The listing we intend: title and description made of known facts only, in Vietnamese.

Stars are named only while a certificate is provably live; claims of the free text only while a paper proves them. Markup
in a name stays literal text: escaping it is the business of whoever writes HTML.
"""

from datetime import date

from catalog.certificate import Certificate
from catalog.claims import proven_text
from catalog.eligibility import online_blockers
from catalog.listing import Listing
from catalog.producer import Producer
from catalog.product import Product, Variant
from catalog.reference import UnknownReferenceError, sub_group, turning_days
from catalog.text import search_key
from catalog.units import format_volume, format_weight

PACKAGING_MIN_G = 50  # a box and its filling weigh at least this
PACKAGING_SHARE = 5  # and about a fifth of what they hold
PROVINCE = "tỉnh Thái Nguyên"


class IncompleteError(ValueError):
    """Facts without which nothing can be offered. `missing` names the fields; the sentence is for the office."""

    def __init__(self, sku: str, missing: dict[str, str]) -> None:
        super().__init__(f"Chưa đăng bán được {sku}: chưa biết {', '.join(missing.values())}.")
        self.sku, self.missing = sku, tuple(missing)


def compose(product: Product, variant: Variant, producer: Producer, on: date) -> Listing:
    """The intended listing of one pack on that day. Raises IncompleteError when price, stock or weight is unknown."""
    price_vnd, stock, weight_g = variant.price_vnd, variant.stock, shipping_weight_g(variant)
    if price_vnd is None or stock is None or weight_g is None:
        raise IncompleteError(variant.sku, _missing(variant))
    return Listing(
        sku=variant.sku,
        title=title(product, variant),
        description=description(product, variant, producer, on),
        sub_group=product.sub_group,
        price_vnd=price_vnd,
        stock=stock,
        images=variant.images,
        brand=producer.name,  # the maker names its goods; a register has no other brand
        gtin=variant.gtin,
        net_weight_g=variant.net_weight_g,
        shipping_weight_g=weight_g,
        shipping_size=variant.shipping_size,
    )


def shipping_weight_g(variant: Variant) -> int | None:
    """The packed weight, or the net weight and its packaging (a fifth, at least 50 g). A volume alone tells no weight."""
    if variant.shipping_weight_g is not None or variant.net_weight_g is None:
        return variant.shipping_weight_g
    return variant.net_weight_g + max(-(-variant.net_weight_g // PACKAGING_SHARE), PACKAGING_MIN_G)


def pack(variant: Variant) -> str:
    """What sets the pack apart, in words: its own name, or its net weight or volume; empty when nothing is known."""
    return variant.name or _content(variant)


def title(product: Product, variant: Variant) -> str:
    """The registered name and the pack, unless the name already says it."""
    size = pack(variant)
    return product.name if search_key(size) in search_key(product.name) else f"{product.name} {size}"


def description(product: Product, variant: Variant, producer: Producer, on: date) -> str:
    """What is known and may be said, one fact a line."""
    place = f", {producer.commune}, {PROVINCE}" if producer.commune else f", {PROVINCE}"
    lines = (
        proven_text(product.description, product, on) if product.description else "",
        f"{product.name} là sản phẩm của {producer.name}{place}.",
        f"Nơi sản xuất theo địa danh trước ngày 01/07/2025: {producer.old_place}." if producer.old_place else "",
        f"Nhóm sản phẩm: {sub_group(product.sub_group, on).name_vi}.",
        f"Quy cách: {pack(variant)}." if pack(variant) else "",
        f"Lượng tịnh: {_content(variant)}." if _content(variant) and _content(variant) != pack(variant) else "",
        _recognition(product.live_certificate(on)),
        "Xuất xứ: Việt Nam.",
    )
    return "\n".join(line for line in lines if line)


def valid_until(product: Product, on: date) -> date | None:
    """The next day on which time alone changes what may be sold or said; None when no such day is known."""
    of_certificates = (day for certificate in product.certificates for day in certificate.turning_days())
    of_documents = (day for document in product.documents for day in document.turning_days())
    days = sorted({day for day in (*of_certificates, *of_documents, *turning_days()) if day > on})
    today = _face(product, on)
    return next((day for day in days if _face(product, day) != today), None)


def _face(product: Product, on: date) -> tuple[object, ...] | None:
    """All that a day decides; None on a day on which the rules no longer know the sub-group."""
    try:
        blockers, kind = online_blockers(product, on), sub_group(product.sub_group, on)
    except UnknownReferenceError:
        return None
    return blockers, kind.name_vi, product.live_certificate(on), proven_text(product.description or "", product, on)


def _content(variant: Variant) -> str:
    if variant.net_weight_g is not None:
        return format_weight(variant.net_weight_g)
    return format_volume(variant.net_volume_ml) if variant.net_volume_ml is not None else ""


def _recognition(certificate: Certificate | None) -> str:
    if certificate is None:
        return ""
    decision = f" theo Quyết định số {certificate.decision_no}" if certificate.decision_no else _year(certificate)
    signed = (
        f" ngày {certificate.decision_date:%d/%m/%Y}" if certificate.decision_no and certificate.decision_date else ""
    )
    until = f", có giá trị đến hết ngày {certificate.valid_to:%d/%m/%Y}" if certificate.valid_to else ""
    return f"Sản phẩm được chứng nhận OCOP {certificate.stars} sao{decision}{signed}{until}."


def _year(certificate: Certificate) -> str:
    return f", công nhận năm {certificate.recognised_year}" if certificate.recognised_year else ""


def _missing(variant: Variant) -> dict[str, str]:
    known = {
        "price_vnd": (variant.price_vnd, "giá bán"),
        "stock": (variant.stock, "tồn kho"),
        "shipping_weight_g": (shipping_weight_g(variant), "khối lượng gửi hàng"),
    }
    return {field: words for field, (value, words) in known.items() if value is None}
