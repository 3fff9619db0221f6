"""The columns of a listing pack: which facts, under which headings, in which order. A place's own headings are a CSV to edit."""

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from catalog.certificate import Certificate
from catalog.describe import pack, shipping_weight_g
from catalog.document import Document
from catalog.reference import document_kind, sub_group
from jobs.app import JobError
from jobs.export.offered import Offered

Fact = str | int | None


class Column(NamedTuple):
    field: str
    heading: str


class Row(NamedTuple):
    """One pack, the day it is described on, and its pictures' names in the pack's folder."""

    one: Offered
    on: date
    pictures: Sequence[str]

    @property
    def certificate(self) -> Certificate | None:
        return self.one.product.live_certificate(self.on)


def _papers(row: Row) -> str:
    """Live papers by kind, number and where their scan is, one a line."""
    return "\n".join(_paper(paper, row.on) for paper in row.one.product.documents if paper.is_live(row.on))


def _paper(paper: Document, on: date) -> str:
    number = "chưa ghi số" if paper.number is None else paper.number
    scan = "" if paper.url is None else f" ({paper.url})"
    return f"{document_kind(paper.kind, on).name_vi}: {number}{scan}"


def _side(name: str) -> Callable[[Row], Fact]:
    def read(row: Row) -> Fact:
        size = row.one.variant.shipping_size
        return None if size is None else int(getattr(size, f"{name}_mm"))

    return read


def _of_certificate(read: Callable[[Certificate], Fact]) -> Callable[[Row], Fact]:
    return lambda row: None if row.certificate is None else read(row.certificate)


def _last_day(certificate: Certificate) -> str | None:
    return f"{certificate.valid_to:%d/%m/%Y}" if certificate.valid_to else None


FACTS: Mapping[str, tuple[str, Callable[[Row], Fact]]] = {  # field: our heading, how it is read
    "sku": ("SKU", lambda row: row.one.variant.sku),
    "product_code": ("Mã sản phẩm", lambda row: row.one.product.code),
    "title": ("Tên sản phẩm", lambda row: row.one.listing.title),
    "producer": ("Chủ thể", lambda row: row.one.producer.name),
    "tax_code": ("Mã số thuế", lambda row: row.one.producer.tax_code),
    "commune": ("Xã, phường", lambda row: row.one.producer.commune),
    "category": ("Nhóm sản phẩm", lambda row: sub_group(row.one.product.sub_group, row.on).name_vi),
    "stars": ("Hạng sao OCOP", _of_certificate(lambda one: one.stars)),
    "decision_no": ("Số quyết định", _of_certificate(lambda one: one.decision_no)),
    "valid_to": ("Có giá trị đến", _of_certificate(_last_day)),
    "pack": ("Quy cách", lambda row: pack(row.one.variant)),
    "net_weight_g": ("Khối lượng tịnh (g)", lambda row: row.one.variant.net_weight_g),
    "net_volume_ml": ("Thể tích (ml)", lambda row: row.one.variant.net_volume_ml),
    "shipping_weight_g": ("Khối lượng gửi (g)", lambda row: shipping_weight_g(row.one.variant)),
    "length_mm": ("Dài (mm)", _side("length")),
    "width_mm": ("Rộng (mm)", _side("width")),
    "height_mm": ("Cao (mm)", _side("height")),
    "price_vnd": ("Giá bán (đồng)", lambda row: row.one.listing.price_vnd),
    "stock": ("Tồn kho", lambda row: row.one.listing.stock),
    "gtin": ("Mã vạch", lambda row: row.one.variant.gtin),
    "origin": ("Xuất xứ", lambda row: row.one.listing.origin),
    "description": ("Mô tả", lambda row: row.one.listing.description),
    "pictures": ("Ảnh (thư mục anh)", lambda row: "\n".join(row.pictures)),
    "papers": ("Giấy tờ còn hiệu lực", _papers),
    "remark": ("Lưu ý", lambda row: "Có số liệu trình diễn" if row.one.variant.is_demonstration else None),
}
OURS = tuple(Column(field, heading) for field, (heading, _) in FACTS.items())
HEADINGS = ("field", "heading")


def values(row: Row, columns: Sequence[Column]) -> list[Fact]:
    return [FACTS[column.field][1](row) for column in columns]


def read_columns(path: Path) -> tuple[Column, ...]:
    """A UTF-8 CSV of `field,heading`. Raises JobError naming the line that names no fact."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise JobError(f"Không đọc được tệp cột {path.name}: cần CSV dạng UTF-8.") from None
    columns = []
    for number, line in enumerate(lines, start=2):
        field, heading = ((line.get(name) or "").strip() for name in HEADINGS)
        if field not in FACTS or not heading:
            raise JobError(f"{path.name} dòng {number}: cần cột field (một trong {', '.join(FACTS)}) và heading.")
        columns.append(Column(field, heading))
    if not columns:
        raise JobError(f"Tệp cột {path.name} không có dòng nào.")
    return tuple(columns)
