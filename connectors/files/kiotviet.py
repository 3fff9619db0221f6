"""KiotViet's invoices with their lines: what a producer sold over its own counter (public descriptions and clones of the export, read
2026-11-23; no real export was opened).

An invoice's own amounts stand on each of its lines; its discount is spread over them by their worth. Sales that the till merely
mirrors from a marketplace are left out, visibly: they are counted there.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from catalog.money import format_dong
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.kind import Content, FileKind, Invoice, InvoiceLine, Stands, at_row, grouped, once_or_sum
from connectors.files.rows import row_reader
from connectors.files.table import Column, Layout, Place, Table, is_marked, open_table
from connectors.files.values import identity, moment, plain_dong

FORMS = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y")
DONE, CANCELLED, PENDING = "Hoàn thành", "Đã hủy", "Đang xử lý"
MIRRORED = ("shopee", "lazada", "tiktok", "tiki", "sendo")
SALE, RETURN = "HD", "TH"  # how numbers of invoices and of goods taken back begin

COLUMNS = (
    Column("invoice", ("Mã hóa đơn",)),
    Column("at", ("Thời gian",)),
    Column("channel", ("Kênh bán",), is_needed=False),
    Column("status", ("Trạng thái",)),
    Column("discount", ("Giảm giá hóa đơn", "Giảm giá HĐ")),
    Column("due", ("Khách cần trả",)),
    Column("sku", ("Mã hàng",)),
    Column("amount", ("Thành tiền",)),
)
LEFT_OUT = frozenset({
    "Chi nhánh", "Mã vận đơn", "Thời gian tạo", "Ngày cập nhật", "Mã đặt hàng", "Mã trả hàng", "Mã khách hàng", "Tên khách hàng",
    "Email", "Điện thoại", "Địa chỉ (Khách hàng)", "Khu vực (Khách hàng)", "Phường/Xã (Khách hàng)", "Ngày sinh", "Bảng giá",
    "Người bán", "Người tạo", "Đối tác giao hàng", "Người nhận", "Điện thoại (Người nhận)", "Địa chỉ (Người nhận)", "Ghi chú",
    "Tổng tiền hàng", "Thu khác", "Khách đã trả", "Tiền mặt", "Thẻ", "Ví", "Chuyển khoản", "Điểm", "Voucher", "Còn cần thu (COD)",
    "Phí trả ĐTGH", "Tên hàng", "ĐVT", "Ghi chú hàng hóa", "Số lượng", "Đơn giá", "Giảm giá %", "Giảm giá", "Giá bán",
})  # fmt: skip
LAYOUT = Layout(COLUMNS, LEFT_OUT, (frozenset({"Mã hóa đơn", "Khách cần trả"}),))


def _moment(cell: Cell) -> datetime | None:
    return moment(cell, *FORMS)


READER = row_reader(
    COLUMNS,
    {"invoice": identity, "at": _moment, **dict.fromkeys(("discount", "due", "amount"), plain_dong)},
    "invoice",
    "at",
)
Row = tuple[int, dict[str, Any]]


def read_invoices(_book: Book, place: Place) -> Content:
    content = Content()
    content.invoices = _invoices(open_table(place, LAYOUT), content)
    return content


def _invoices(table: Table, content: Content) -> Iterator[Invoice]:
    mirrored: list[int] = []
    rows = ((number, READER.read(number, cells)) for number, cells in table.rows())
    for external_id, group in grouped(rows, lambda row: str(row[1]["invoice"])):
        content.rows += len(group)
        if not _stands(*group[0]):
            continue
        invoice = _invoice(external_id, group, content)
        if any(name in group[0][1]["channel"].lower() for name in MIRRORED):
            mirrored.append(sum(line.amount_vnd for line in invoice.lines))
        else:
            yield invoice
    if mirrored:
        content.notes.say(
            f"{len(mirrored)} hóa đơn ({format_dong(sum(mirrored))}) là đơn của sàn: không tính vào doanh thu ngoài mạng."
        )
    content.notes.not_read(table.dropped)


def _stands(number: int, row: dict[str, Any]) -> bool:
    if row["status"] not in {DONE, CANCELLED, PENDING}:
        raise at_row(number, READER.heading("status"), ValueError("trạng thái chưa biết"))
    return bool(row["status"] == DONE)


def _invoice(external_id: str, group: Sequence[Row], content: Content) -> Invoice:
    """Goods taken back are a document of their own: negative sales of its day."""
    number, first = group[0]
    if not external_id.startswith((SALE, RETURN)):
        raise at_row(number, READER.heading("invoice"), ValueError("không phải hóa đơn (HD…) hay phiếu trả hàng (TH…)"))
    amounts = [row["amount"] for _, row in group]
    discount_vnd, _ = once_or_sum([row["discount"] for _, row in group])
    due_vnd, _ = once_or_sum([row["due"] for _, row in group])
    if sum(amounts) - discount_vnd != due_vnd:
        content.notes.say(f"Hóa đơn {external_id}: hàng trừ giảm giá khác «Khách cần trả»; giữ số của hàng.")
    sign = -1 if external_id.startswith(RETURN) else 1
    parts = spread(discount_vnd, amounts)
    lines = [
        InvoiceLine(sku=row["sku"], amount_vnd=sign * (row["amount"] - part))
        for (_, row), part in zip(group, parts, strict=True)
    ]
    return Invoice(external_id=external_id, sold_at=first["at"], lines=tuple(lines))


def spread(amount_vnd: int, weights: Sequence[int]) -> list[int]:
    """Shares of an amount by weight, whole đồng, their sum exact: the last one takes what is left."""
    whole, left = sum(weights), amount_vnd
    parts = []
    for weight in weights[:-1]:
        part = amount_vnd * weight // whole if whole else 0
        parts.append(part)
        left -= part
    return [*parts, left]


def _is_mine(place: Place) -> bool:
    return is_marked(place, LAYOUT)


FILE_KINDS = (
    FileKind(
        "kiotviet.invoices", "kiotviet", "KiotViet: hóa đơn kèm chi tiết hàng", Stands.OTHER, _is_mine, read_invoices
    ),
)
