"""What a person must act on: one Vietnamese sentence each, once, with a count; the raw code kept beside it."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, func, update
from sqlalchemy.orm import Session

from connectors.errors import (
    LoginRequiredError,
    MarketplaceError,
    NotFoundError,
    OutcomeUnknownError,
    QuotaExhaustedError,
    RejectedError,
    TransientError,
    UnsupportedError,
)
from jobs.app import App
from models import Problem
from models.runs_store import report_problem

WHAT_TO_DO: tuple[tuple[type[MarketplaceError], str], ...] = (  # first match wins: subclasses before their base
    (LoginRequiredError, "Đăng nhập lại bằng `ocop shop login`; các gian hàng khác vẫn chạy."),
    (QuotaExhaustedError, "Không cần làm gì: chương trình chờ tới khi sàn mở lại hạn mức."),
    (TransientError, "Không cần làm gì: chương trình sẽ tự thử lại."),
    (OutcomeUnknownError, "Không cần làm gì: lần chạy sau sẽ tra lại theo SKU trước khi gửi."),
    (NotFoundError, "Kiểm tra sản phẩm trên sàn; nếu đã bị xoá ở đó, lần đẩy sau sẽ tạo lại."),
    (RejectedError, "Sửa thông tin sản phẩm trong sổ đăng ký theo lời sàn rồi nhập lại; lần đẩy sau sẽ gửi lại."),
    (UnsupportedError, "Sàn này không có chức năng đó; làm tay trong trang người bán."),
)
CALL_US = "Gửi mã lỗi này cho người phụ trách phần mềm; chương trình tạm dừng phần việc liên quan."


def what_to_do(err: MarketplaceError) -> str:
    """The one next step this kind of error calls for."""
    return next((step for kind, step in WHAT_TO_DO if isinstance(err, kind)), CALL_US)


def explain(err: MarketplaceError, shop: str | None = None, product: str | None = None) -> str:
    """What happened, to which product and shop, and what to do next."""
    of = f"sản phẩm «{product}» ở " if product else ""
    at = f" với {of}gian hàng «{shop}»" if shop else ""
    return f"{err.marketplace or 'Sàn'} báo lỗi{at}: {err.reason.rstrip('.')}. {what_to_do(err)}"


def note(
    app: App,
    key: str,
    sentence: str,
    *,
    shop: str | None = None,
    sku: str | None = None,
    code: str = "",
    request_id: str = "",
) -> None:
    """Put a problem in the queue, or raise its count."""
    with app.database.write() as session:
        report_problem(session, key, sentence, app.now(), shop=shop, sku=sku, code=code, request_id=request_id or None)


def is_over(session: Session, prefix: str, now: datetime) -> None:
    """Close every open problem whose key begins so. Safe to repeat."""
    session.flush()  # what is noted in this very transaction too
    session.connection().execute(_CLOSE, {"beginning": prefix, "at": now})


_PROBLEM = cast("Table", Problem.__table__)
_CLOSE = (
    update(_PROBLEM)
    .where(
        func.substr(_PROBLEM.c.key, 1, func.length(bindparam("beginning"))) == bindparam("beginning"),
        _PROBLEM.c.resolved_at.is_(None),
    )
    .values(resolved_at=bindparam("at"))
)
