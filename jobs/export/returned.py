"""A sheet that came back with the marketplace's reasons: which product, what was wrong, what to do. Safe to read twice."""

from pathlib import Path
from typing import Any

from connectors.errors import RejectedError
from connectors.sheets.errors import SheetError
from jobs.app import App, JobError
from jobs.export.memory import keep_refusal
from jobs.export.reading import read_sheet
from jobs.trouble import what_to_do

Refusals = list[dict[str, Any]]


def read_errors(app: App, shop_name: str, path: Path) -> Refusals:
    """Every row with a reason, in the sheet's order; kept in the listing's history, so that it may go into a next sheet.

    Raises JobError for a sheet that is not the shop's, is not known, or has no column for reasons.
    """
    shop = app.shop(shop_name)
    try:
        read = read_sheet(app, shop, path)
    except SheetError as err:
        raise JobError(str(err)) from None
    if read.found.layout.reason is None:
        raise JobError(f"Tệp {path.name} không có cột lý do (et_title_reason). Hãy tải tệp kết quả mà sàn trả về.")
    ours = {one.sku: one for one in read.ours}
    refusals: Refusals = []
    with app.database.write() as session:
        for row in read.rows:
            if not row.reason:
                continue
            listing = ours.get(row.sku)
            if listing is not None:
                keep_refusal(session, listing.id, app.now(), row.reason)
            name = listing.product if listing else row.name
            refusals.append(_told(row.number, row.sku, name, row.reason, shop.name))
    return refusals


def _told(row: int, sku: str, name: str, reason: str, shop: str) -> dict[str, Any]:
    sentence = f"Dòng {row}: sàn không nhận «{name}» ({sku or 'không có SKU'}) của «{shop}»: {reason}. {what_to_do(RejectedError(reason))}"
    return {"row": row, "sku": sku, "name": name, "reason": reason, "sentence": sentence}
