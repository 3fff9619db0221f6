"""A refusal whose reasons stand in its `detail` rows: the only place where Lazada says what was wrong with which SKU.

Lazada Open Platform reference, section 2.1, read 2026-11-24.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from connectors.errors import RejectedError
from connectors.lazada.advice import with_advice
from connectors.lazada.codes import MISSING_ATTRIBUTE, bare

NAMES = ("sku", "seller_sku")  # which of the two a call uses is not documented


class Detail(NamedTuple):
    """One row. `skus` are the names it gives the SKU: ours, or Lazada's id."""

    skus: frozenset[str]
    field: str
    code: str
    message: str

    @property
    def words(self) -> str:
        return ": ".join(part for part in (self.field, self.message) if part)

    @property
    def told(self) -> str:
        """Its words, then what to do."""
        return with_advice(self.words, [self.code])


class DetailedError(RejectedError):
    """`details` keeps the rows, so that each refusal reaches its own listing."""

    def __init__(self, reason: str, *, code: str, details: tuple[Detail, ...]) -> None:
        super().__init__(reason, code=code, missing=_missing(code, details))
        self.details = details


def to_details(rows: Any) -> tuple[Detail, ...]:
    """The rows of an answer; anything that is no list of objects has none."""
    return tuple(_detail(row) for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()


def _detail(row: dict[str, Any]) -> Detail:
    field, code, message = (str(row.get(name, "")) for name in ("field", "code", "message"))
    return Detail(frozenset(str(row[name]) for name in NAMES if row.get(name)), field, code, message)


def _missing(code: str, details: Iterable[Detail]) -> tuple[str, ...]:
    """Attributes the refusal asks for."""
    asked = (one.field for one in details if {bare(code), bare(one.code)} & MISSING_ATTRIBUTE)
    return tuple(dict.fromkeys(field for field in asked if field))
