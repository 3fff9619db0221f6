"""Which goods go into an upload sheet as new, and what is told of those that do not."""

from collections.abc import Container, Mapping, Sequence
from typing import Protocol

from jobs.export_memory import Exported
from jobs.export_rows import Ours, Untouched


class Told(Protocol):
    """Where sentences are collected."""

    untouched: list[Untouched]


def is_new(one: Ours, wanted: Container[int], earlier: Mapping[int, Exported], told: Told) -> bool:
    """False for what is on the marketplace, may be on its way, may not be sold, or went into an earlier sheet (which is told)."""
    if one.external_id is not None or one.is_on_its_way:
        return False
    if one.id in earlier:
        told.untouched.append(_went_before(one, earlier[one.id]))
        return False
    if one.id not in wanted:
        told.untouched.append(
            Untouched(0, one.sku, one.product, f"«{one.product}» ({one.sku}) chưa đăng được: {one.reasons}")
        )
        return False
    return True


def lacks(one: Ours, columns: Sequence[str]) -> Untouched:
    """A new row of which the template demands more than is known."""
    sentence = (
        f"«{one.product}» ({one.sku}) chưa thêm vào tệp: tệp mẫu bắt buộc {', '.join(columns)} mà sổ đăng ký chưa có. "
        "Ngành hàng: chọn bằng `ocop catalog map set`; cột khác: hãy tải tệp mẫu cơ bản."
    )
    return Untouched(0, one.sku, one.product, sentence)


def _went_before(one: Ours, before: Exported) -> Untouched:
    sentence = (
        f"«{one.product}» ({one.sku}) đã nằm trong tệp đăng lúc {before.at:%d/%m/%Y %H:%M} nên không thêm lần nữa, kẻo thành hai "
        "sản phẩm. Nếu đã tải lên: hãy điền một tệp cập nhật giá và kho để nhận mã sản phẩm; nếu bị trả về: `ocop export errors`; "
        "nếu chưa tải lên: thêm --again."
    )
    return Untouched(0, one.sku, one.product, sentence)
