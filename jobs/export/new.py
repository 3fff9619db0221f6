"""Which goods go into an upload sheet as new, and what is told of those that do not."""

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from jobs.export.memory import Exported
from jobs.export.rows import Ours, Untouched


class Sorted(NamedTuple):
    new: list[Ours]
    untouched: list[Untouched]


def sort_new(ours: Iterable[Ours], wanted: Container[int], earlier: Mapping[int, Exported]) -> Sorted:
    """What is on the marketplace, or may be on its way, is passed over in silence; `earlier` went into another sheet."""
    candidates = [one for one in ours if one.external_id is None and not one.is_on_its_way]
    sentences = {one.id: _why_not(one, wanted, earlier) for one in candidates}
    untouched = [Untouched(0, one.sku, one.product, why) for one in candidates if (why := sentences[one.id])]
    return Sorted([one for one in candidates if sentences[one.id] is None], untouched)


def _why_not(one: Ours, wanted: Container[int], earlier: Mapping[int, Exported]) -> str | None:
    if one.id not in wanted:
        return f"«{one.product}» ({one.sku}) chưa đăng được: {one.reasons}"
    if one.too_cheap:
        return one.too_cheap
    return _went_before(one, earlier[one.id]) if one.id in earlier else None


def _went_before(one: Ours, before: Exported) -> str:
    return (
        f"«{one.product}» ({one.sku}) đã nằm trong tệp đăng lúc {before.at:%d/%m/%Y %H:%M} nên không thêm lần nữa, kẻo thành hai "
        "sản phẩm. Nếu đã tải lên: hãy điền một tệp cập nhật giá và kho để nhận mã sản phẩm; nếu bị trả về: `ocop export errors`; "
        "nếu chưa tải lên: thêm --again."
    )
