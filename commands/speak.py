"""What a person reads, in Vietnamese or English, and what a program reads: one JSON document on stdout."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from settings import preferred_language

JsonOption = Annotated[bool, typer.Option("--json", help="Một tài liệu JSON trên stdout · one JSON document on stdout")]
ShopOption = Annotated[
    str | None, typer.Option("--shop", help="Tên gian hàng; bỏ trống là tất cả · shop name; all when left out")
]

console = Console()
errors = Console(stderr=True)
_language = "vi"


def choose_language(wanted: str | None) -> None:
    """`vi` or `en`: as asked, else English only where the locale names English, else Vietnamese."""
    global _language  # noqa: PLW0603 - one language a process, chosen at its door
    _language = wanted or preferred_language()


def say(vietnamese: str, english: str) -> str:
    return english if _language == "en" else vietnamese


def print_json(answer: object) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2, default=str))


def print_rows(
    columns: Sequence[str],
    rows: Iterable[Mapping[str, object]],
    title: str = "",
    *,
    heading: Callable[[str], str] = str,
) -> None:
    """A table for eyes: numbers right and grouped the Vietnamese way, unknown as a dash. `heading` names a column."""
    rows = list(rows)
    if title:
        console.print(title, style="bold", markup=False)
    table = Table(header_style="bold")
    for column in columns:
        is_number = any(isinstance(row.get(column), int | float) for row in rows)
        table.add_column(heading(column), justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(shown(row.get(column), column) for column in columns))
    console.print(table)


def shown(value: object, column: str = "") -> str:
    """As a person reads it. Rich markup in a value stays text."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return say("có", "yes") if value else say("không", "no")
    if isinstance(value, int) and column not in {"month", "stars", "star"}:
        return f"{value:,}".replace(",", ".")
    if isinstance(value, float):
        return f"{value:,.4g}".replace(".", ",")
    return str(value).replace("[", "\\[")


def working(what: str) -> AbstractContextManager[object]:
    """A spinner while a terminal is there, nothing otherwise."""
    return errors.status(what) if errors.is_terminal else nullcontext()
