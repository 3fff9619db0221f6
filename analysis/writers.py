"""A report as JSON or CSV, for programs. A cell that a spreadsheet would run as a formula is made harmless text."""

import csv
import io
import json

from analysis.headings import source
from analysis.report import Report

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width ones run in some locales
BOM = "\ufeff"  # without it Excel reads UTF-8 as the machine's own code page


def to_json(report: Report) -> str:
    return json.dumps(report.as_dict(), ensure_ascii=False, indent=2, default=str)


def to_csv(report: Report) -> str:
    """UTF-8 text that begins with a byte-order mark; lines end as RFC 4180 says.

    A row carries what its figures rest on, for rows are cut out of files: their stage and source, and how far was read.
    """
    rests_on = {
        "stage": report.stage,
        "source": source(report.name),
        "as_of": report.coverage.get("as_of"),
        "complete": report.coverage.get("complete"),
    }
    beside = [name for name in rests_on if name not in report.columns]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*report.columns, *beside))
    for row in report.rows:
        known = {**rests_on, **row}
        writer.writerow([harmless(known[column]) for column in (*report.columns, *beside)])
    return BOM + text.getvalue()


def harmless(value: object) -> object:
    """Text that starts like a formula gets an apostrophe; numbers stay numbers, however negative."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
