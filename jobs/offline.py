"""Revenue outside the online channels, as producers declare it: the other half of the online share."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.base import Fact
from catalog.money import parse_dong
from connectors.mapped.mapping import MAPPED
from jobs.app import App, JobError
from jobs.imports_invoices import SOURCES
from jobs.run import Counts
from models import OfflineSale, Producer, Product
from models.bulk import upsert

COLUMNS = ("producer_code", "product_code", "month", "amount_vnd", "source")
MONTH = re.compile(r"2[01][0-9]{2}(?:0[1-9]|1[0-2])")
KEY = ("producer_id", "product_key", "month", "source")
STORED = (
    "producer_id",
    "product_id",
    "product_key",
    "month",
    "source",
    "amount_vnd",
    "is_demonstration",
    "recorded_at",
)


class Declaration(Fact):
    """One line: what a producer sold outside the online channels in a month, of one product or (no code) of all."""

    producer_code: str = Field(min_length=1)
    product_code: str = ""
    month: int  # yyyymm, Vietnam time
    amount_vnd: int
    source: str = Field(min_length=1)

    @field_validator("amount_vnd", mode="before")
    @classmethod
    def _money(cls, text: str) -> int:
        return parse_dong(text)

    @field_validator("source")
    @classmethod
    def _is_nobody_elses(cls, source: str) -> str:
        if source in SOURCES.values() or source.startswith(MAPPED):
            raise ValueError(f"nguồn «{source}» là của tệp được nhập; hãy ghi tên nguồn khác.")
        return source

    @field_validator("month", mode="before")
    @classmethod
    def _is_a_month(cls, text: str) -> int:
        if not MONTH.fullmatch(text):
            raise ValueError("tháng phải ghi như 202611.")
        return int(text)


def record_offline_sales(app: App, path: Path, *, demonstration: bool = False) -> Counts:
    """Read a UTF-8 CSV of the columns above. Safe to run twice: the same line again replaces its amount.

    Raises JobError naming the first line that cannot be understood; then nothing is stored.
    """
    declared = _read(path)
    with app.database.write() as session:
        rows = [_row(session, number, one, app, demonstration=demonstration) for number, one in declared.items()]
        known = {_key(row): row.amount_vnd for row in session.scalars(select(OfflineSale))}
        counts = Counter(_change(row, known) for row in rows)
        upsert(session, OfflineSale, STORED, rows, key=KEY, update=("amount_vnd", "is_demonstration", "recorded_at"))
    return {"rows": len(rows), **{name: counts[name] for name in ("new", "updated", "unchanged")}}


def _key(row: OfflineSale) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in KEY)


def _change(row: tuple[object, ...], known: dict[tuple[object, ...], int]) -> str:
    by_name = dict(zip(STORED, row, strict=True))
    before = known.get(tuple(by_name[name] for name in KEY))
    if before is None:
        return "new"
    return "unchanged" if before == by_name["amount_vnd"] else "updated"


def _read(path: Path) -> dict[int, Declaration]:
    """Lines by their number in the file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error):
        raise JobError("Tệp doanh thu ngoài mạng phải là CSV dạng UTF-8.") from None
    declared = {number: _declaration(number, line) for number, line in enumerate(lines, start=2)}
    _refuse_twins(declared)
    return declared


def _declaration(number: int, line: dict[str, str]) -> Declaration:
    given = {column: (line.get(column) or "") for column in COLUMNS}
    try:
        return Declaration.model_validate(given)
    except ValidationError as err:
        first = err.errors(include_url=False, include_input=False)[0]
        what = "không được để trống." if first["type"] == "string_too_short" else first["ctx"]["error"]
        raise JobError(f"Dòng {number}, cột {first['loc'][0]}: {what} Cần các cột {', '.join(COLUMNS)}.") from None


def _refuse_twins(declared: dict[int, Declaration]) -> None:
    seen: dict[Sequence[object], int] = {}
    for number, one in declared.items():
        key = (one.producer_code, one.product_code, one.month, one.source)
        if key in seen:
            raise JobError(
                f"Dòng {number} lặp lại dòng {seen[key]}: cùng chủ thể, sản phẩm, tháng và nguồn. Hãy gộp thành một dòng."
            )
        seen[key] = number


def _row(session: Session, number: int, one: Declaration, app: App, *, demonstration: bool) -> tuple[object, ...]:
    producer_id = session.scalar(select(Producer.id).where(Producer.code == one.producer_code))
    product_id = (
        session.scalar(select(Product.id).where(Product.code == one.product_code)) if one.product_code else None
    )
    if producer_id is None or (one.product_code and product_id is None):
        unknown = one.producer_code if producer_id is None else one.product_code
        raise JobError(f"Dòng {number}: sổ đăng ký không có mã {unknown}.")
    return (producer_id, product_id, one.product_code, one.month, one.source, one.amount_vnd, demonstration, app.now())
