"""Statements that a file states: what was paid for which order. Never over the API's own, which may name them otherwise.

Several files may speak of one statement, and one of them only of a part (a day that was not over yet): the one that names more
stands, in whatever order they come. What a file wrote is kept with what stood there before, so that it can be taken back.
"""

import json
from collections import Counter
from collections.abc import Collection, Sequence

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from catalog.money import format_dong
from connectors.facts.statement import Statement as StatementFact
from jobs.imports_task import Task
from jobs.statements import statement_row
from models import FileEntry, FileImport
from models.imports_store import EXACT, NEW, STATEMENT, UNCHANGED, UPDATED, Entry, note_entries
from models.statements_store import (
    FILE,
    StatementRow,
    forget_statements,
    store_statements,
    stored_statements,
    totals_by_api,
)

_KEPT = TypeAdapter(tuple[StatementRow | None, StatementRow])


def keep_file_statements(task: Task, statements: Sequence[StatementFact]) -> Counter[str]:
    """Counts by outcome. Safe to repeat, and in any order of files. Of a period that is not over nothing is kept."""
    now = task.session.get_one(FileImport, task.import_id).imported_at
    said = [statement_row(one)._replace(raw_state=FILE) for one in statements if one.period_end <= now]
    known = stored_statements(task.session, task.shop.id, [one.external_id for one in said])
    by_api = totals_by_api(task.session, task.shop.id, task.zone)
    entries, written = [], []
    for one in said:
        before = known.get(one.external_id)
        outcome = _outcome(task, one, before, by_api.get(one.day(task.zone)))
        kept = None
        if outcome in {NEW, UPDATED}:
            written.append(one)
            kept = _KEPT.dump_json((before, one)).decode()
        entries.append(Entry(task.import_id, f"{STATEMENT}{one.external_id}", outcome, kept))
    store_statements(task.session, task.shop.id, written)
    note_entries(task.session, entries)
    return Counter(entry.outcome for entry in entries)


def _outcome(task: Task, said: StatementRow, before: StatementRow | None, by_api_vnd: int | None) -> str:
    """The API's word stands, and so does that of a file that says more; a total that differs from either is named."""
    if by_api_vnd is not None:
        _compare(task, said, "API", by_api_vnd)
        return EXACT
    if before is None:
        return NEW
    _compare(task, said, "một tệp khác", before.total_vnd)
    return UPDATED if _extent(said) > _extent(before) else UNCHANGED


def _extent(one: StatementRow) -> tuple[object, ...]:
    """How much a version of a statement says. Two that say equally much are told apart by chance, but always the same way."""
    moment = "" if one.paid_at is None else one.paid_at.isoformat()
    return len(one.lines), moment, one.total_vnd, json.dumps(sorted(one.lines))


def _compare(task: Task, said: StatementRow, whose: str, theirs_vnd: int) -> None:
    if said.total_vnd != theirs_vnd:
        task.notes.say(
            f"Bảng kê {said.external_id}: tệp này ghi {format_dong(said.total_vnd)}, {whose} ghi {format_dong(theirs_vnd)}."
        )


def replaced(session: Session, shop_id: int, entries: Collection[FileEntry]) -> int:
    """How many of these statements are not any more as the file said them."""
    said = [_kept(entry)[1] for entry in entries]
    now = stored_statements(session, shop_id, [one.external_id for one in said])
    return sum(now.get(one.external_id) != one for one in said)


def put_back(session: Session, shop_id: int, entries: Collection[FileEntry]) -> None:
    """As they were before the file."""
    kept = [_kept(entry) for entry in entries]
    forget_statements(session, shop_id, [said.external_id for before, said in kept if before is None])
    store_statements(session, shop_id, [before for before, _ in kept if before is not None])


def _kept(entry: FileEntry) -> tuple[StatementRow | None, StatementRow]:
    return _KEPT.validate_json(entry.kept or "null")
