"""From rows to producers and products: rows of one product may stand anywhere; what they say must agree.

A product is taken whole or not at all. One bad cell in any of its rows holds it back, because a product read in part
would look like one whose packs or papers were withdrawn. Its last good state in the register stays as it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from catalog.base import Fact
from catalog.certificate import Certificate
from catalog.document import Document
from catalog.producer import Producer
from catalog.product import PackSize, Product, Variant
from catalog.workbook.columns import Part
from catalog.workbook.errors import BadCell, shown
from catalog.workbook.headings import Headings

Values = dict[str, Any]
Paper = TypeVar("Paper", bound=Fact)
_SIDES = ("length_mm", "width_mm", "height_mm")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands, to name its cells."""

    sheet: str
    row: int
    headings: Headings

    def bad(self, part: Part, name: str, value: object, reason: str) -> BadCell:
        return BadCell(self.sheet, self.row, self.headings.written((part, name)), shown(value), reason)


@dataclass(slots=True)
class _Draft:
    """What the rows of one code have said so far."""

    place: Place
    values: Values = field(default_factory=dict)
    variants: dict[str, Values] = field(default_factory=dict)
    certificates: dict[Certificate, None] = field(default_factory=dict)  # in order, each once
    documents: dict[Document, None] = field(default_factory=dict)
    is_held_back: bool = False


class Gathering:
    """Takes rows one by one, then gives what is whole. Every disagreement becomes a BadCell at the later row."""

    def __init__(self) -> None:
        self.bad_cells: list[BadCell] = []
        self._products: dict[str, _Draft] = {}
        self._producers: dict[str, _Draft] = {}
        self._sku_owners: dict[str, str] = {}

    def add(self, place: Place, parts: defaultdict[Part, Values], bad_cells: list[BadCell]) -> None:
        """One row, read cell by cell; `bad_cells` are those already refused."""
        bad = list(bad_cells)
        code = parts[Part.PRODUCT].get("code")
        if code is None:
            if not any(cell.column == place.headings.written((Part.PRODUCT, "code")) for cell in bad):
                bad.append(place.bad(Part.PRODUCT, "code", None, "Thiếu mã sản phẩm; mã do văn phòng cấp."))
        else:
            draft = self._products.setdefault(code, _Draft(place))
            bad.extend(self._take(draft, place, parts))
            draft.is_held_back |= bool(bad)
        self.bad_cells.extend(bad)

    def finish(self) -> tuple[tuple[Producer, ...], tuple[Product, ...], tuple[str, ...]]:
        """Producers and products that are whole, and the codes of products held back."""
        whole_producers = {
            code: d for code, d in self._producers.items() if self._is_whole(d, Part.PRODUCER, ("name",))
        }
        for draft in self._products.values():
            draft.is_held_back |= not self._is_whole(draft, Part.PRODUCT, ("name", "sub_group", "producer_code"))
            draft.is_held_back |= draft.values.get("producer_code") not in whole_producers
        held_back = tuple(code for code, draft in self._products.items() if draft.is_held_back)
        products = tuple(_product(draft) for draft in self._products.values() if not draft.is_held_back)
        return tuple(Producer(**draft.values) for draft in whole_producers.values()), products, held_back

    def _take(self, draft: _Draft, place: Place, parts: defaultdict[Part, Values]) -> Iterator[BadCell]:
        producer = parts[Part.PRODUCER]
        if producer_code := producer.get("code"):
            parts[Part.PRODUCT]["producer_code"] = producer_code
            whose = self._producers.setdefault(producer_code, _Draft(place))
            yield from _merge(whose.values, producer, place, Part.PRODUCER)
        elif producer:
            yield place.bad(Part.PRODUCER, "code", None, "Thiếu mã chủ thể.")
        yield from _merge(draft.values, parts[Part.PRODUCT], place, Part.PRODUCT)
        yield from self._take_variant(draft, place, parts[Part.VARIANT])
        yield from _take_certificate(draft, place, parts[Part.CERTIFICATE])
        yield from _take_document(draft, place, parts[Part.DOCUMENT])

    def _take_variant(self, draft: _Draft, place: Place, variant: Values) -> Iterator[BadCell]:
        if not variant:
            return
        sku = variant.get("sku")
        if sku is None:
            yield place.bad(Part.VARIANT, "sku", None, "Thiếu SKU của quy cách này.")
            return
        owner = self._sku_owners.setdefault(sku, draft.values["code"])
        if owner != draft.values["code"]:
            yield place.bad(Part.VARIANT, "sku", sku, f"SKU này đã thuộc sản phẩm {owner}.")
            return
        known = draft.variants.setdefault(sku, {})
        yield from _merge(known, variant, place, Part.VARIANT)
        if 0 < sum(side in known for side in _SIDES) < len(_SIDES):
            missing = next(side for side in _SIDES if side not in known)
            yield place.bad(Part.VARIANT, missing, None, "Kích thước phải đủ ba chiều dài, rộng, cao.")

    def _is_whole(self, draft: _Draft, part: Part, names: tuple[str, ...]) -> bool:
        missing = [name for name in names if name not in draft.values]
        if draft.is_held_back or not missing:  # a held-back draft has had its say
            return not missing
        for name in missing:
            of, column = (Part.PRODUCER, "code") if name == "producer_code" else (part, name)
            self.bad_cells.append(draft.place.bad(of, column, None, "Ô bắt buộc đang trống."))
        return False


def _merge(known: Values, new: Values, place: Place, part: Part) -> Iterator[BadCell]:
    """Blank cells say nothing; a cell that says something else than an earlier row is refused."""
    for name, value in new.items():
        if known.setdefault(name, value) != value:
            of, column = (Part.PRODUCER, "code") if name == "producer_code" else (part, name)
            yield place.bad(of, column, value, f"Khác với dòng trước của cùng mã: «{shown(known[name])}».")


def _take_certificate(draft: _Draft, place: Place, values: Values) -> Iterator[BadCell]:
    if values and "stars" not in values:
        yield place.bad(Part.CERTIFICATE, "stars", None, "Có thông tin công nhận nhưng thiếu hạng sao.")
    elif values:
        draft.certificates[Certificate(**values)] = None


def _take_document(draft: _Draft, place: Place, values: Values) -> Iterator[BadCell]:
    issued_on, expires_on = values.get("issued_on"), values.get("expires_on")
    if values and "kind" not in values:
        yield place.bad(Part.DOCUMENT, "kind", None, "Có thông tin giấy tờ nhưng thiếu loại giấy tờ.")
    elif issued_on and expires_on and expires_on < issued_on:
        yield place.bad(Part.DOCUMENT, "expires_on", expires_on, "Ngày hết hạn trước ngày cấp.")
    elif values:
        draft.documents[Document(**values)] = None


def _product(draft: _Draft) -> Product:
    variants = tuple(_variant(values) for values in draft.variants.values())
    certificates, documents = _telling(draft.certificates, "stars"), _telling(draft.documents, "kind")
    return Product(**draft.values, variants=variants, certificates=certificates, documents=documents)


def _telling(papers: Iterable[Paper], name: str) -> tuple[Paper, ...]:
    """Each once. A row that repeats only the class (or the kind) of a fuller one is no second recognition (or paper)."""
    full = [paper for paper in papers if paper.model_fields_set != {name}]
    told = {getattr(paper, name) for paper in full}
    return (*full, *(p for p in papers if p.model_fields_set == {name} and getattr(p, name) not in told))


def _variant(values: Values) -> Variant:
    sides = {side: values[side] for side in _SIDES if side in values}
    rest = {name: value for name, value in values.items() if name not in _SIDES}
    return Variant(**rest, shipping_size=PackSize(**sides) if sides else None)
