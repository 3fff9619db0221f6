"""Which kind a file is, saved mappings included, and whose it is."""

import shlex
from pathlib import Path

from sqlalchemy import select

from connectors.files.book import Book, open_book
from connectors.files.errors import FileError, UnknownKindError
from connectors.files.kind import FileKind
from connectors.files.kinds import recognise
from connectors.files.table import Place
from jobs.app import App, JobError
from jobs.mappings import closest, mapped_kinds
from models import Shop


def stands(app: App, path: Path) -> str:
    """Files given together are read in this order: money needs its orders. One that cannot be read comes last."""
    try:
        with open_book(path) as book:
            return recognise(book, mapped_kinds(app))[0].stands.value
    except FileError:
        return "9"


def recognised(app: App, path: Path, book: Book) -> tuple[FileKind, Place]:
    """The kind, and where its table begins. Raises UnknownKindError with the command that maps the file."""
    try:
        return recognise(book, mapped_kinds(app))
    except UnknownKindError as err:
        command = f"ocop import map {shlex.quote(str(path))}"
        said = closest(app, err.headings, command) or f"Nếu là tệp khác, hãy chỉ một lần cột nào là gì: `{command}`"
        raise UnknownKindError(f"{err} {said}", err.headings) from None


def whose(app: App, kind: FileKind, shop_name: str | None) -> Shop:
    """The shop a file belongs to: no file says it, so it is named, or there is only one."""
    if shop_name is not None:
        shop = app.shop(shop_name)
        if shop.marketplace != kind.marketplace:
            raise JobError(
                f"Tệp là «{kind.title}», còn gian hàng «{shop.name}» ở sàn {shop.marketplace}. Hãy chọn gian hàng khác."
            )
        return shop
    with app.database.session() as session:
        shops = session.scalars(select(Shop).where(Shop.marketplace == kind.marketplace).order_by(Shop.name)).all()
    if len(shops) == 1:
        return shops[0]
    if not shops:
        raise JobError(
            f"Chưa có gian hàng nào ở sàn {kind.marketplace}. Hãy thêm: "
            f"`ocop shop add TÊN --marketplace {kind.marketplace} --shop-id MÃ` (không cần đăng nhập)."
        )
    names = ", ".join(shop.name for shop in shops)
    raise JobError(
        f"Có {len(shops)} gian hàng ở sàn {kind.marketplace} ({names}). Hãy nói tệp của gian nào: `--shop TÊN`."
    )
