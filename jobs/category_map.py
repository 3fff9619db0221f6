"""The office's map: which category a sub-group goes to on each marketplace, and its answers to attributes asked for there.

An entry names a marketplace, a sub-group and a field: "category" for the category's id, else an attribute by the
marketplace's own name. An empty value takes a choice back; a question that was asked stays a question.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalog.base import Fact, Line
from catalog.reference import sub_groups
from connectors import marketplaces
from jobs.app import App, JobError
from jobs.placement import compose_anew
from models import AttributeAnswer, CategoryChoice

CATEGORY = "category"
COLUMNS = ("marketplace", "sub_group", "field", "value")
_ID = re.compile(r"[0-9]{1,19}")  # all marketplaces number their categories


class Entry(Fact):
    """One line of the map. `value` "": the connector's own search, or a question nobody has answered."""

    marketplace: str
    sub_group: str
    field: Line
    value: Line = ""


def known_entries(app: App) -> list[Entry]:
    """Everything chosen, answered or asked, by marketplace and sub-group."""
    with app.database.session() as session:
        chosen = [Entry(marketplace=m, sub_group=s, field=CATEGORY, value=v) for m, s, v in session.execute(_CHOICES)]
        answers = session.execute(_ANSWERS)
        told = [Entry(marketplace=m, sub_group=s, field=a, value=v or "") for m, s, a, v in answers]
    return sorted([*chosen, *told], key=_place)


def sheet(app: App) -> list[Entry]:
    """What `known_entries` has, and an empty category line for every other sub-group: a file for the office to fill in."""
    known = known_entries(app)
    filled = {(one.marketplace, one.sub_group) for one in known if one.field == CATEGORY}
    goods = [group.slug for group in sub_groups(app.today()) if group.nature != "service"]
    empty = (
        Entry(marketplace=marketplace, sub_group=sub_group, field=CATEGORY)
        for marketplace in marketplaces()
        for sub_group in goods
        if (marketplace, sub_group) not in filled
    )
    return sorted([*known, *empty], key=_place)


def set_entries(app: App, entries: Iterable[Entry]) -> int:
    """Store them all or, when one is wrong, none; returns how many said something new. Safe to repeat.

    Listings of the sub-groups concerned are composed anew by the next plan. Raises JobError naming the first wrong entry.
    """
    wanted = list(entries)
    for entry in wanted:
        _check(app, entry)
    with app.database.write() as session:
        changed = [entry for entry in wanted if _set(session, entry)]
        for marketplace, sub_group in sorted({(one.marketplace, one.sub_group) for one in changed}):
            compose_anew(session, marketplace, sub_group)
    return len(changed)


def read_sheet(path: Path) -> list[Entry]:
    """A UTF-8 CSV of the columns above. Raises JobError naming the line that cannot be understood."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            rows = csv.DictReader(text, strict=True)
            if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
                raise JobError(f"{path.name} thiếu cột {', '.join(missing)}. Xem mẫu: `ocop catalog map export`.")
            return [_entry(path, place, row) for place, row in enumerate(rows, start=2)]
    except (UnicodeDecodeError, csv.Error):
        raise JobError(f"{path.name} không phải tệp CSV mã UTF-8. Lưu lại thành CSV UTF-8 rồi nhập lại.") from None


def write_sheet(path: Path, entries: Sequence[Entry]) -> None:
    """The same columns, with a byte-order mark so that a spreadsheet reads the diacritics."""
    with path.open("w", encoding="utf-8-sig", newline="") as text:
        rows = csv.writer(text)
        rows.writerow(COLUMNS)
        rows.writerows([getattr(entry, name) for name in COLUMNS] for entry in entries)


_CHOICES = select(CategoryChoice.marketplace, CategoryChoice.sub_group, CategoryChoice.category_id)
_ANSWERS = select(
    AttributeAnswer.marketplace, AttributeAnswer.sub_group, AttributeAnswer.attribute, AttributeAnswer.value
)


def _place(entry: Entry) -> tuple[str, str, bool, str]:
    return entry.marketplace, entry.sub_group, entry.field != CATEGORY, entry.field


def _entry(path: Path, place: int, row: dict[str, str]) -> Entry:
    try:
        return Entry.model_validate({name: row[name] for name in COLUMNS})
    except ValidationError:
        raise JobError(f"{path.name} dòng {place}: không đọc được. Cần đủ các cột {', '.join(COLUMNS)}.") from None


def _check(app: App, entry: Entry) -> None:
    if entry.marketplace not in marketplaces():
        raise JobError(f"Không có sàn «{entry.marketplace}». Các sàn: {', '.join(marketplaces())}.")
    known = [group.slug for group in sub_groups(app.today())]
    if entry.sub_group not in known:
        raise JobError(f"Không có phân nhóm «{entry.sub_group}». Các phân nhóm: {', '.join(known)}.")
    if not entry.field:
        raise JobError(f"{entry.marketplace} {entry.sub_group}: thiếu tên thuộc tính (hoặc «{CATEGORY}»).")
    if entry.field == CATEGORY and entry.value and not _ID.fullmatch(entry.value):
        raise JobError(
            f"«{entry.value}» không phải mã ngành hàng của {entry.marketplace}: mã là một dãy số, xem trong trang người bán."
        )


def _set(session: Session, entry: Entry) -> bool:
    """Whether that changed anything."""
    key = (entry.marketplace, entry.sub_group)
    if entry.field == CATEGORY:
        choice = session.get(CategoryChoice, key)
        if (choice.category_id if choice else "") == entry.value:
            return False
        session.execute(delete(CategoryChoice).filter_by(marketplace=key[0], sub_group=key[1]))
        if entry.value:
            session.add(CategoryChoice(marketplace=key[0], sub_group=key[1], category_id=entry.value))
        return True
    answer = session.get(AttributeAnswer, (*key, entry.field))
    if answer is None and entry.value:
        session.add(AttributeAnswer(marketplace=key[0], sub_group=key[1], attribute=entry.field, value=entry.value))
        return True
    if answer is None or (answer.value or "") == entry.value:
        return False
    answer.value = entry.value or None
    return True
