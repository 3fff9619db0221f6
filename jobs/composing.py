"""One listing's intention: may it be sold, in what words, at what price, and until which day that holds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from catalog.describe import IncompleteError, compose, valid_until
from catalog.eligibility import Blocker, online_blockers
from catalog.listing import Listing
from jobs.placement import Placement
from jobs.records import AnyRow, Registered


class Intention(NamedTuple):
    """The intended columns of one listing's row."""

    id: int
    wanted: bool
    blockers: str
    intended_content: str | None
    intended_hash: str | None
    intended_price_vnd: int | None
    intended_stock: int | None
    intended_revision: int
    intended_until: date | None
    refused_hash: str | None


Composed = tuple[str | None, str | None, int | None, int | None]  # content, its hash, price, stock
NOTHING: Composed = (None, None, None, None)


@dataclass(frozen=True)
class Standing:
    """What holds on one day for all packs of a product."""

    known: Registered
    today: date
    placement: Placement

    @cached_property
    def blockers(self) -> tuple[Blocker, ...]:
        return online_blockers(self.known.product, self.today)

    @cached_property
    def until(self) -> date | None:
        return valid_until(self.known.product, self.today)


def intention(row: AnyRow, standing: Standing) -> Intention:
    """Of one listing. `row` has its id, variant, product, what is available and offered, and how it stands so far."""
    revision = standing.known.revision
    there = standing.placement.blockers(standing.known.product, is_there=row.external_id is not None)
    blockers = {blocker.code: blocker.sentence_vi for blocker in (*standing.blockers, *there)}
    if not row.is_offered:
        blockers["not_offered"] = "Sổ đăng ký không còn mẫu này."
    composed = NOTHING
    try:
        composed = _composed(row, standing)
    except IncompleteError as err:
        blockers["incomplete"] = str(err)
    is_changed_create = row.external_id is None and row.intended_revision != revision
    refused = None if is_changed_create else row.refused_hash  # a create is refused for its figures too
    return Intention(row.id, not blockers, _as_json(blockers), *composed, revision, standing.until, refused)


def _composed(row: AnyRow, standing: Standing) -> Composed:
    """The full text and figures. Raises IncompleteError when the register lacks what a listing needs."""
    known = standing.known
    variant = known.packs[row.variant_id].model_copy(update={"stock": row.available})
    wanted = standing.placement.placed(compose(known.product, variant, known.producer, standing.today))
    content = wanted.content()
    return content, Listing.content_hash(content), wanted.price_vnd, wanted.stock


def _as_json(blockers: Mapping[str, str]) -> str:
    return json.dumps([{"code": code, "sentence": why} for code, why in blockers.items()], ensure_ascii=False)
