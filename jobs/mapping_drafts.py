"""A mapping in the making: what a file shows, what its headings and figures suggest, and what a person said of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from connectors.files.book import Book, open_book
from connectors.files.errors import FileError
from connectors.mapped import days, numbers, survey, targets
from connectors.mapped.days import Days
from connectors.mapped.mapping import Mapping, target_of
from connectors.mapped.numbers import Numbers
from connectors.mapped.survey import Survey
from connectors.mapped.targets import FIGURES, Holds
from jobs.app import App, JobError
from jobs.mappings import mapping_named


@dataclass(frozen=True)
class Wishes:
    """What a person said; what was left out is None or empty. `again`: the name of a saved mapping to begin from."""

    marketplace: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    numbers: Numbers | None = None
    days: Days | None = None
    statuses: dict[str, str] = field(default_factory=dict)
    producer: str | None = None
    sheet: str | None = None
    heading_row: int | None = None
    again: str | None = None


def look_at(path: Path, wishes: Wishes) -> Survey:
    """Raises JobError for a file that cannot be read, and for one that needs no mapping."""
    with _readable(path) as book:
        if title := survey.known_as(book):
            raise JobError(f"Tệp này là «{title}», đọc được ngay: `ocop import {path}`.")
        return survey.look(book, wishes.sheet, wishes.heading_row)


def drafted(app: App, seen: Survey, name: str, wishes: Wishes) -> Mapping:
    """What was said, over what was saved before. How numbers and days are written is read off the cells where they leave no doubt."""
    before = mapping_named(app, wishes.again) if wishes.again else None
    columns = {**(before.columns if before else {}), **wishes.columns}
    mapping = Mapping(
        name=name,
        marketplace=_said(wishes.marketplace, before.marketplace if before else ""),
        headings=seen.headings,
        columns={target: heading for target, heading in columns.items() if _stands(seen, wishes, target, heading)},
        ignored=tuple(sorted({*(before.ignored if before else ()), *wishes.ignored} & _wanted(seen, wishes))),
        numbers=wishes.numbers or (before.numbers if before else None),
        days=wishes.days or (before.days if before else None),
        statuses={**(before.statuses if before else {}), **wishes.statuses},
        producer=_said(wishes.producer, before.producer if before else ""),
    )
    return _written(seen, mapping)


def suggestion(app: App, seen: Survey, wishes: Wishes) -> Mapping:
    """The same, with columns by their usual headings where nothing was said; never saved without a person's word."""
    said = drafted(app, seen, "", wishes)
    free = [heading for heading in seen.headings if heading not in {*said.columns.values(), *said.ignored}]
    usual = targets.suggested(free, said.shape)
    return _written(seen, said.model_copy(update={"columns": usual | said.columns}))


def _said(wish: str | None, before: str) -> str:
    return before if wish is None else wish


def _stands(seen: Survey, wishes: Wishes, target: str, heading: str) -> bool:
    """A column of the saved mapping that this file has no more falls away; one that was said now is held against the file."""
    return target in wishes.columns or heading in seen.headings


def _wanted(seen: Survey, wishes: Wishes) -> set[str]:
    return {*seen.headings, *wishes.ignored}


def _written(seen: Survey, mapping: Mapping) -> Mapping:
    figures = _of(mapping, *FIGURES)
    moments = _of(mapping, Holds.DAY)
    return mapping.model_copy(
        update={
            "numbers": mapping.numbers or (numbers.suggested(seen.cells(figures)) if figures else None),
            "days": mapping.days or (days.suggested(seen.cells(moments)) if moments else None),
        }
    )


def _of(mapping: Mapping, *holds: Holds) -> list[str]:
    found = ((target_of(mapping, name), heading) for name, heading in mapping.columns.items())
    return [heading for target, heading in found if target and target.holds in holds]


@contextmanager
def _readable(path: Path) -> Iterator[Book]:
    try:
        with open_book(path) as book:
            yield book
    except FileError as err:
        raise JobError(f"{path.name}: {err}") from None
