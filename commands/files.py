"""`ocop import`: files brought in by hand; what they are is told from their contents, and what they did can be taken back."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import track
from sqlalchemy import select
from typer.core import TyperGroup

from commands import mapping
from commands.door import opened
from commands.speak import JsonOption, ShopOption, console, errors, print_json, print_rows, say
from connectors.files.errors import FileError
from jobs.app import App, JobError
from jobs.imports import import_file
from jobs.imports_undo import undo_import
from jobs.imports_whose import stands
from jobs.offline import COLUMNS, record_offline_sales
from jobs.originals import read_original
from models import FileImport, Shop

COUNTED = ("new", "updated", "unchanged", "waiting")
WORDS = {"rows": "dòng", "new": "mới", "updated": "sửa", "unchanged": "không đổi", "waiting": "tiền chờ đơn"}
SUFFIXES = frozenset(
    {".xlsx", ".xls", ".csv", ".xlsm", ".txt"}
)  # of a folder's files; one that is named is always looked at


class FileFirst(TyperGroup):
    """`ocop import FILE` is `ocop import file FILE`: the word is said only where it is another."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "--help"}:
            args.insert(0, "file")
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=FileFirst,
    no_args_is_help=True,
    help="Nhập tệp từ trang người bán hoặc máy bán hàng · files of seller centres and tills.",
)

app.command("map")(mapping.map_file)
app.add_typer(mapping.app, name="mapping")


@app.command("file")
def take(
    paths: Annotated[
        list[Path], typer.Argument(exists=True, readable=True, help="Tệp hoặc thư mục · files or folders")
    ],
    shop: ShopOption = None,
    as_json: JsonOption = False,
) -> None:
    """Nhập tệp; loại tệp được nhận ra từ nội dung · import files, each whole or not at all."""
    with opened() as ocop:
        files = sorted(_files(paths), key=lambda path: (stands(ocop, path), str(path)))
        shown = (
            track(files, say("Nhập tệp", "Importing"), console=errors, transient=True) if errors.is_terminal else files
        )
        verdicts = [_verdict(ocop, path, shop) for path in shown]
    if as_json:
        print_json(verdicts[0] if len(verdicts) == 1 else {"files": verdicts, **_totals(verdicts)})
    for verdict in verdicts:
        _say(verdict, as_json=as_json)
    if any(verdict["rejected"] for verdict in verdicts) or not verdicts:
        raise typer.Exit(1)


@app.command()
def undo(import_id: int, as_json: JsonOption = False) -> None:
    """Hoàn tác một lần nhập: mọi đơn trở về như trước · take one import back, exactly."""
    with opened() as ocop:
        undone = undo_import(ocop, import_id)
    if as_json:
        print_json(undone._asdict())
    else:
        console.print(
            say(
                f"Đã hoàn tác lần nhập {import_id}: bỏ {undone.removed} mục đã thêm, đưa {undone.restored} mục về như trước.",
                f"Import {import_id} is undone: {undone.removed} entries removed, {undone.restored} as they were.",
            )
        )


@app.command("list")
def list_imports(as_json: JsonOption = False) -> None:
    """Các tệp đã nhập, mới nhất trước · what was imported, newest first."""
    with opened() as ocop, ocop.database.session() as session:
        query = select(FileImport, Shop.name).outerjoin(Shop, FileImport.shop_id == Shop.id)
        rows = [_listed(one, name) for one, name in session.execute(query.order_by(FileImport.id.desc()))]
    print_json(rows) if as_json else print_rows(("id", "file", "kind", "shop", "imported_at", *COUNTED), rows)


@app.command()
def original(
    import_id: int, file: Annotated[Path, typer.Argument(dir_okay=False)], as_json: JsonOption = False
) -> None:
    """Lấy lại tệp gốc, nếu được giữ (OCOP_KEEP_ORIGINALS_DAYS) · the file itself, where it is kept."""
    with opened() as ocop:
        content = read_original(ocop, import_id)
        try:
            file.write_bytes(content)
        except OSError as err:
            raise JobError(f"Không ghi được {file}: {err.strerror}.") from None
    print_json({"file": str(file), "bytes": len(content)}) if as_json else console.print(str(file), markup=False)


def _listed(one: FileImport, shop: str | None) -> dict[str, Any]:
    counts = {name: getattr(one, name) for name in COUNTED}
    head = {"id": one.id, "file": one.file_name, "kind": one.kind, "shop": shop}
    return {**head, "imported_at": one.imported_at.isoformat(), **counts}


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Folders give every file in them that could be one of these; a file comes once."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found |= dict.fromkeys(
            one for one in inside if one.is_file() and (one == path or one.suffix.lower() in SUFFIXES)
        )
    return iter(found)


def _verdict(ocop: App, path: Path, shop: str | None) -> dict[str, Any]:
    head: dict[str, Any] = {"file": path.name, "kind": None, "marketplace": None}
    try:
        if set(COLUMNS) <= set(_headings(path)):
            return {**head, "kind": "offline_sales", **record_offline_sales(ocop, path), "rejected": [], "notes": []}
        taken = import_file(ocop, path, shop)
    except (FileError, JobError) as err:
        counts = dict.fromkeys(("rows", *COUNTED), 0)
        return {**head, **counts, "rejected": [{"file": path.name, "reason": str(err)}], "notes": []}
    counts = {name: taken.counts[name] for name in COUNTED}
    counts["unchanged"] += taken.counts["exact"]
    known = {"kind": taken.kind, "marketplace": taken.marketplace, "shop": taken.shop, "import_id": taken.import_id}
    return {**head, **known, "rows": taken.rows, **counts, "rejected": [], "notes": taken.notes}


def _totals(verdicts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    sums = {name: sum(verdict.get(name, 0) for verdict in verdicts) for name in ("rows", *COUNTED)}
    return {**sums, "rejected": [one for verdict in verdicts for one in verdict["rejected"]]}


def _say(verdict: dict[str, Any], *, as_json: bool) -> None:
    """One line a file, then what a person should know of it."""
    for rejected in verdict["rejected"]:
        errors.print(f"{rejected['file']}: {rejected['reason']}", style="red", markup=False, soft_wrap=True)
    if as_json or verdict["rejected"]:
        return
    counts = ", ".join(f"{say(WORDS[name], name)} {verdict[name]}" for name in WORDS if name in verdict)
    number = f" #{verdict['import_id']}" if verdict.get("import_id") else ""
    console.print(f"{verdict['file']} ({verdict['kind']}{number}): {counts}", markup=False, soft_wrap=True)
    for note in verdict["notes"]:
        console.print(f"  {note}", markup=False, soft_wrap=True)


def _headings(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        try:
            return next(csv.reader(text), [])
        except csv.Error:
            return []
