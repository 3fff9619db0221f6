"""A till's list of goods: which code is another unit of which, so that what was sold by the box counts for the product.

Codes are kept as the newest list says them. The counter's prices and stock are held against the register and told, never stored: what
is sold online, and at which price, the office's workbook says.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from connectors.files.kind import Good, Notes
from models import FileEntry, FileImport, Variant
from models.among import among
from models.imports_store import NEW, UNCHANGED, UPDATED, Entry

KIND = "kiotviet.products"
MOST_NAMED = 12


def goods_entries(session: Session, import_id: int, goods: Sequence[Good]) -> Iterator[Entry]:
    """One a code."""
    before = _kept(session)
    for good in goods:
        said, stored = good.model_dump_json(), before.get(good.code)
        outcome = NEW if stored is None else UNCHANGED if stored == said else UPDATED
        yield Entry(import_id, good.code, outcome, said)


def unit_bases(session: Session) -> dict[str, str]:
    """By the code of a unit: the code whose goods it holds."""
    goods = (Good.model_validate_json(kept) for kept in _kept(session).values())
    return {good.code: good.base for good in goods if good.base}


def tell_goods(session: Session, goods: Sequence[Good], notes: Notes) -> None:
    """How many are the register's, and whose price is another there."""
    priced = select(Variant.sku, Variant.price_vnd).where(among(Variant.sku, "skus"))
    prices = dict(session.execute(priced, {"skus": [good.code for good in goods]}).all())
    units = sum(bool(good.base) for good in goods)
    notes.say(f"{len(prices)} mã có trong sổ đăng ký, {units} mã là đơn vị quy đổi của mã khác, trong {len(goods)} mã.")
    other = [good.code for good in goods if prices.get(good.code) not in {None, good.price_vnd}]
    if other:
        more = f" và {len(other) - MOST_NAMED} mã nữa" if len(other) > MOST_NAMED else ""
        notes.say(f"Giá ở quầy khác sổ đăng ký: {', '.join(other[:MOST_NAMED])}{more}. Giá trong sổ được giữ.")


def _kept(session: Session) -> dict[str, str]:
    """Goods as the newest list says them."""
    query = (
        select(FileEntry.external_id, FileEntry.kept)
        .join(FileImport, FileEntry.import_id == FileImport.id)
        .where(FileImport.kind == bindparam("kind"))
        .order_by(FileImport.id)
    )
    return {key: kept for key, kept in session.execute(query, {"kind": KIND}) if kept is not None}
