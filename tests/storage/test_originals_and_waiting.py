"""Kept files, money that waits for its order, and sales of sheets, on both databases."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors.files.kind import Content, Invoice, InvoiceLine
from jobs.imports_invoices import keep_invoices, sum_up
from models import FileEntry, FileImport, FileOriginal, OfflineSale, Producer, SalesOrder
from models.database import Database
from models.imports_store import WAITING, unpaid_money
from models.originals_store import erase_originals_until, keep_original, original
from models.secrets import Vault

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
OLD, NEW = b"o" * 32, b"n" * 32


def _import(session: Session, now: datetime, shop_id: int | None = None, kind: str = "shopee.income") -> FileImport:
    counts = dict.fromkeys(("rows", "new", "updated", "unchanged", "waiting"), 0)
    one = FileImport(sha256="x", kind=kind, shop_id=shop_id, file_name="a.csv", imported_at=now, notes="[]", **counts)
    session.add(one)
    session.flush()
    return one


def test_a_kept_file_opens_under_its_keys_until_it_is_erased(database: Database, now: datetime) -> None:
    """Its key is wrapped anew with the others; erased by its time, and with its import."""
    content = "Nguyễn Thị Không Ai Biết".encode()
    with database.write() as session:
        first, second = _import(session, now).id, _import(session, now).id
        keep_original(session, Vault([OLD]), first, content, now)
        keep_original(session, Vault([OLD]), second, content, now + timedelta(days=1))
    with database.write() as session:
        assert Vault([NEW, OLD]).rotate(session) == 2
    with database.write() as session:
        assert original(session, Vault([NEW]), first) == content
        assert erase_originals_until(session, now) == 1
        assert original(session, Vault([NEW]), first) is None
    with database.write() as session:
        session.delete(session.get_one(FileImport, second))
    with database.session() as session:
        assert session.scalars(select(FileOriginal.import_id)).all() == []


def test_money_waits_until_its_order_is_here(database: Database, shop_id: int, now: datetime) -> None:
    """Nothing is found for an order that is not stored; then what its file said of it."""
    with database.write() as session:
        imported = _import(session, now, shop_id)
        session.add(FileEntry(import_id=imported.id, external_id="A1", outcome=WAITING, kept='{"a": 1}'))
        session.flush()
        assert unpaid_money(session, shop_id, ["A1"]) == []
        session.add(
            SalesOrder(
                shop_id=shop_id, external_id="A1", state="placed", raw_state="", placed_at=now, updated_at=now,
                placed_month=202611, content_hash="", raw="",
            )
        )  # fmt: skip
        session.flush()
        assert unpaid_money(session, shop_id, ["A1", "A2"]) == [(imported.id, '{"a": 1}')]


def test_a_producers_sales_as_a_whole_are_summed(database: Database, now: datetime) -> None:
    """Without goods they are the producer's; what nobody here sells is told and not counted."""
    lines = (InvoiceLine(sku="", producer="HTX", amount_vnd=7), InvoiceLine(sku="LA", amount_vnd=5))
    with database.write() as session:
        session.add(Producer(code="HTX", name="Hợp tác xã", search_key="hop tac xa"))
        imported = _import(session, now, kind="mapped.so")
        content = Content(invoices=iter([Invoice(external_id="1", sold_at=now, lines=lines)]))
        assert keep_invoices(session, imported, content, VIETNAM)["new"] == 1
        assert content.notes.all() == ["5 ₫ bán mã hàng không có trong sổ đăng ký: chưa tính cho sản phẩm nào."]
        assert sum_up(session, "mapped.so", VIETNAM) == 5
    with database.session() as session:
        rows = session.execute(select(OfflineSale.product_key, OfflineSale.source, OfflineSale.amount_vnd)).all()
        assert [tuple(row) for row in rows] == [("", "mapped.so", 7)]
