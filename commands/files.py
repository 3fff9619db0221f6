"""`ocop import`: a file brought in by hand; its kind is told from its headings."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from commands.door import opened
from commands.speak import JsonOption, console, print_json, say
from jobs.app import JobError
from jobs.offline import COLUMNS, record_offline_sales


def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)], as_json: JsonOption = False
) -> None:
    """Nhập doanh thu ngoài mạng do chủ thể khai · read declared offline sales."""
    with opened() as ocop:
        if not set(COLUMNS) <= set(_headings(file)):
            raise JobError(
                say(
                    f"Không nhận ra loại tệp. Hiện đọc được: doanh thu ngoài mạng (CSV có các cột {', '.join(COLUMNS)}).",
                    f"The kind of file is not recognised. Known: offline sales (a CSV with {', '.join(COLUMNS)}).",
                ),
            )
        counts = record_offline_sales(ocop, file)
    if as_json:
        print_json({"kind": "offline_sales", "marketplace": None, **counts, "rejected": []})
    else:
        console.print(", ".join(f"{name} {value}" for name, value in counts.items()))


def _headings(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        try:
            return next(csv.reader(text), [])
        except csv.Error:
            return []
