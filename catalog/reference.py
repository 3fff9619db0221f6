"""OCOP reference data as dated rows: groups, who certifies, kinds of papers, which papers a sub-group needs.

Every row carries the days it holds and its legal basis (ocop_domain sections 1-5 and vn_rules section 6, read
2026-11-23). The rows live in `catalog/data/*.csv`: a change of law is a new row there, never a change of code.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, TypeVar, cast

from catalog.base import Fact
from catalog.reference_rows import (
    CertifyingBody,
    Dated,
    DocumentKind,
    Group,
    OldGroup,
    OnlineLimit,
    Requirement,
    SubGroup,
)
from catalog.text import search_key


class UnknownReferenceError(ValueError):
    """A slug no row holds on that day. The sentence is Vietnamese and names what was looked for."""


Row = TypeVar("Row", bound=Fact)
DatedRow = TypeVar("DatedRow", bound=Dated)
_LISTS = frozenset({"any_of", "terms", "stages"})  # cells of several values, parted by "|"


def table(name: str, model: type[Row]) -> tuple[Row, ...]:
    """Every row of one data file, validated once. A wrong cell in the file is a pydantic error at first use."""
    return cast("tuple[Row, ...]", _read_table(name, model))  # a cached function forgets its type variables


@cache
def _read_table(name: str, model: type[Fact]) -> tuple[Fact, ...]:
    lines = (files("catalog") / "data" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return tuple(model.model_validate(_cells(row)) for row in csv.DictReader(lines))


def _cells(row: dict[str, str]) -> dict[str, Any]:
    return {key: tuple(value.split("|")) if key in _LISTS else value or None for key, value in row.items()}


def groups(on: date) -> tuple[Group, ...]:
    """The groups in force on that day, in the decision's order."""
    return _in_force("groups", Group, on)


def sub_groups(on: date) -> tuple[SubGroup, ...]:
    """The sub-groups in force on that day, in the decision's order."""
    return _in_force("sub_groups", SubGroup, on)


@lru_cache(maxsize=1_000)  # composing a listing asks the same few questions, for today and for the days that change it
def sub_group(slug: str, on: date) -> SubGroup:
    """The sub-group of that slug. Raises UnknownReferenceError."""
    return _one((row for row in sub_groups(on) if row.slug == slug), f"phân nhóm «{slug}»", on)


def old_group(name: str) -> OldGroup | None:
    """What a group of the 2018-2020 programme is today, found without regard to case and diacritics."""
    return next((row for row in table("old_groups", OldGroup) if search_key(row.name_vi) == search_key(name)), None)


def certifying_body(stars: int, on: date) -> CertifyingBody | None:
    """Who could sign a recognition of that class on that day; None when nobody could."""
    return next((row for row in _in_force("certifying_bodies", CertifyingBody, on) if row.stars == stars), None)


def document_kinds(on: date) -> tuple[DocumentKind, ...]:
    """The kinds of papers known on that day."""
    return _in_force("document_kinds", DocumentKind, on)


def document_kind(slug: str, on: date) -> DocumentKind:
    """The kind of that slug. Raises UnknownReferenceError."""
    return _one((row for row in document_kinds(on) if row.slug == slug), f"loại giấy tờ «{slug}»", on)


@lru_cache(maxsize=1_000)
def required_documents(sub_group_slug: str, on: date) -> tuple[Requirement, ...]:
    """Every paper a product of that sub-group must hold on that day to be sold online; each may have alternatives."""
    return tuple(r for r in _in_force("required_documents", Requirement, on) if r.sub_group == sub_group_slug)


def alcohol_limit(on: date) -> int:
    """Drinks of this strength (% vol) or more may not be sold online. Raises UnknownReferenceError before the rule."""
    limits = (row for row in _in_force("online_limits", OnlineLimit, on) if row.name == "alcohol_percent_below")
    return _one(limits, "ngưỡng độ cồn", on).value


@cache
def turning_days() -> tuple[date, ...]:
    """The days on which any rule used for selling online starts or stops to hold."""
    rows: tuple[Dated, ...] = (
        *table("sub_groups", SubGroup),
        *table("required_documents", Requirement),
        *table("online_limits", OnlineLimit),
    )
    starts = {row.valid_from for row in rows}
    ends = {row.valid_to + timedelta(days=1) for row in rows if row.valid_to}
    return tuple(sorted(starts | ends))


def _in_force(name: str, model: type[DatedRow], on: date) -> tuple[DatedRow, ...]:
    return tuple(row for row in table(name, model) if row.holds(on))


def _one(rows: Iterator[DatedRow], what: str, on: date) -> DatedRow:
    row = next(rows, None)
    if row is None:
        raise UnknownReferenceError(f"Không có {what} nào có hiệu lực ngày {on:%d/%m/%Y}.")
    return row
