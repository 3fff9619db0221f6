"""A report as JSON or CSV, for programs. A cell that a spreadsheet would run as a formula is made harmless text."""

import csv
import io
import json

from analysis.report import Report

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width ones run in some locales
BOM = "\ufeff"  # without it Excel reads UTF-8 as the machine's own code page


def to_json(report: Report) -> str:
    return json.dumps(report.as_dict(), ensure_ascii=False, indent=2, default=str)


def to_csv(report: Report) -> str:
    """UTF-8 text that begins with a byte-order mark; lines end as RFC 4180 says."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(report.columns)
    writer.writerows([harmless(row[column]) for column in report.columns] for row in report.rows)
    return BOM + text.getvalue()


def harmless(value: object) -> object:
    """Text that starts like a formula gets an apostrophe; numbers stay numbers, however negative."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
