"""What an unknown sheet shows of itself, and the command that would save a mapping of it; never what its cells say."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commands.speak import console, print_json, print_rows, say
from connectors.mapped.faults import faults
from connectors.mapped.headings import is_money, is_personal
from connectors.mapped.mapping import Mapping
from connectors.mapped.survey import Survey

WORDS = {
    "heading": "tiêu đề",
    "filled": "số ô có",
    "words": "số ô chữ",
    "form": "dạng",
    "suggested": "gợi ý",
    "note": "ghi chú",
}


def show_sheet(file: Path, seen: Survey, mapping: Mapping, *, as_json: bool) -> None:
    rows = list(_rows(seen, mapping))
    command = shlex.join(["ocop", "import", "map", str(file), "--name", say("TÊN", "NAME"), *options(mapping)])
    missing = faults(mapping.model_copy(update={"name": "ten"}))  # the name is still to be said
    if as_json:
        print_json({"sheet": seen.sheet, "heading_row": seen.heading_row, "rows": seen.rows, "columns": rows,
                    "command": command, "missing": missing})  # fmt: skip
        return
    title = say(
        f"Trang «{seen.sheet}», tiêu đề ở dòng {seen.heading_row}, đã xem {seen.rows} dòng",
        f"Sheet {seen.sheet!r}, headings in row {seen.heading_row}, {seen.rows} rows looked at",
    )
    print_rows(tuple(WORDS), rows, title, heading=lambda name: say(WORDS[name], name))
    for sentence in missing:
        console.print(f"· {sentence}", markup=False, soft_wrap=True)
    console.print(say("Lưu cách đọc:", "Save it:"))
    console.print(f"  {command}", markup=False, soft_wrap=True)


def _rows(seen: Survey, mapping: Mapping) -> Iterator[dict[str, Any]]:
    by_heading = {heading: target for target, heading in mapping.columns.items()}
    for column in seen.columns:
        note = (
            say("dữ liệu cá nhân, không đọc", "personal, not read")
            if is_personal(column.heading)
            else say("tiền", "money")
            if is_money(column.heading)
            else ""
        )
        forms = " · ".join(column.forms)
        yield {"heading": column.heading, "filled": column.filled, "words": column.words, "form": forms,
               "suggested": by_heading.get(column.heading, ""), "note": note}  # fmt: skip


def options(mapping: Mapping) -> Iterator[str]:
    """What would make this mapping, as a person would type it."""
    if mapping.marketplace:
        yield from ("--marketplace", mapping.marketplace)
    for target, heading in mapping.columns.items():
        yield from ("--column", f"{target}={heading}")
    for heading in mapping.ignored:
        yield from ("--ignore", heading)
    for word, state in mapping.statuses.items():
        yield from ("--status", f"{word}={state}")
    for option, value in (("--numbers", mapping.numbers), ("--days", mapping.days), ("--producer", mapping.producer)):
        if value:
            yield from (option, str(value))


def tell_saved(file: Path | None, mapping: Mapping, *, as_json: bool) -> None:
    if as_json:
        print_json(mapping.model_dump(mode="json"))
        return
    then = f": `{shlex.join(['ocop', 'import', str(file)])}`" if file else "."
    console.print(
        say(
            f"Đã lưu cách đọc «{mapping.name}». Tệp có các cột này từ nay tự được đọc{then}",
            f"Mapping {mapping.name!r} is saved. Sheets with these columns are read by themselves{then}",
        ),
        markup=False,
        soft_wrap=True,
    )
