"""Revenue outside the online channels, as producers declare it: the other half of the online share."""

import csv
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.money import parse_dong
from jobs.app import App, JobError
from jobs.run import Counts
from models import OfflineSale, Producer, Product
from models.bulk import upsert

COLUMNS = ("producer_code", "product_code", "month", "amount_vnd", "source")


def record_offline_sales(app: App, path: Path, *, demonstration: bool = False) -> Counts:
    """Read a CSV of producer_code, product_code (may be empty), month (yyyymm), amount_vnd, source. Safe to run twice.

    Raises JobError naming the line when a producer, product or amount cannot be understood; then nothing is stored.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    _refuse_twins(lines)
    with app.database.write() as session:
        rows = [
            _row(session, number, line, app, demonstration=demonstration) for number, line in enumerate(lines, start=2)
        ]
        keep = [
            "producer_id",
            "product_id",
            "product_key",
            "month",
            "amount_vnd",
            "source",
            "is_demonstration",
            "recorded_at",
        ]
        upsert(
            session,
            OfflineSale,
            keep,
            rows,
            key=("producer_id", "product_key", "month", "source"),
            update=("amount_vnd", "is_demonstration", "recorded_at"),
        )
    return {"rows": len(rows)}


def _refuse_twins(lines: Sequence[dict[str, str]]) -> None:
    seen: dict[tuple[str | None, ...], int] = {}
    for number, line in enumerate(lines, start=2):
        key = tuple(line.get(column) for column in COLUMNS if column != "amount_vnd")
        if key in seen:
            raise JobError(
                f"Dòng {number} lặp lại dòng {seen[key]}: cùng chủ thể, sản phẩm, tháng và nguồn. Hãy gộp lại thành một dòng."
            )
        seen[key] = number


def _row(session: Session, number: int, line: dict[str, str], app: App, *, demonstration: bool) -> tuple[object, ...]:
    try:
        producer_code, product_code, month, amount, source = (line[column].strip() for column in COLUMNS)
        amount_vnd = parse_dong(amount)
    except (KeyError, ValueError) as err:
        raise JobError(
            f"Dòng {number} của tệp doanh thu ngoài mạng: {err}. Cần các cột {', '.join(COLUMNS)}."
        ) from None
    producer_id = session.scalar(select(Producer.id).where(Producer.code == producer_code))
    product_id = session.scalar(select(Product.id).where(Product.code == product_code)) if product_code else None
    if producer_id is None or (product_code and product_id is None):
        raise JobError(f"Dòng {number}: sổ đăng ký không có mã {producer_code} {product_code}.".replace(" .", "."))
    return (producer_id, product_id, product_code, int(month), amount_vnd, source, demonstration, app.now())
