"""Cells that name one of a list: producer kinds, sub-groups, kinds of papers, by slug or by name."""

from functools import cache

from catalog.producer import ProducerKind
from catalog.reference import old_group, table
from catalog.reference_rows import DocumentKind, Group, SubGroup
from catalog.text import search_key
from catalog.workbook.cells import text

_KINDS = {
    **{kind.value: kind for kind in ProducerKind},
    **dict.fromkeys(("hop tac xa", "htx", "lien hiep hop tac xa", "lien hiep htx"), ProducerKind.COOPERATIVE),
    **dict.fromkeys(("doanh nghiep", "cong ty", "cong ty tnhh", "cong ty co phan", "dntn"), ProducerKind.ENTERPRISE),
    **dict.fromkeys(("ho kinh doanh", "ho san xuat", "hkd"), ProducerKind.HOUSEHOLD),
    **dict.fromkeys(("to hop tac", "tht"), ProducerKind.COOPERATIVE_GROUP),
    **dict.fromkeys(("co so", "co so san xuat"), ProducerKind.ESTABLISHMENT),
    **dict.fromkeys(("cong dong du lich", "diem du lich"), ProducerKind.COMMUNITY_TOURISM),
}


def producer_kind(value: object) -> ProducerKind:
    kind = _KINDS.get(search_key(text(value)))
    if kind is None:
        raise ValueError(
            "Loại hình không có trong danh mục (hợp tác xã, doanh nghiệp, hộ kinh doanh, tổ hợp tác, cơ sở).",
        )
    return kind


def sub_group_slug(value: object) -> str:
    """A sub-group by slug or Vietnamese name; a group's name, today's or of 2018, where it means only one sub-group."""
    written = text(value)
    if slug := _sub_groups_by_name().get(search_key(written)):
        return slug
    old = old_group(written)
    if group := old.becomes if old else _groups_by_name().get(search_key(written)):
        return _only_sub_group(group, written)
    raise ValueError("Phân nhóm không có trong danh mục; xem trang «Danh mục» của tệp mẫu.")


def document_kind_slug(value: object) -> str:
    """A kind of paper by slug or Vietnamese name."""
    slug = _document_kinds_by_name().get(search_key(text(value)))
    if slug is None:
        raise ValueError("Loại giấy tờ không có trong danh mục; xem trang «Danh mục» của tệp mẫu.")
    return slug


def _only_sub_group(becomes: str, written: str) -> str:
    inside = [row for row in table("sub_groups", SubGroup) if becomes in (row.slug, row.group)]
    if len(inside) > 1:
        names = "; ".join(row.name_vi for row in inside)
        raise ValueError(f"«{written}» là tên nhóm, chưa rõ phân nhóm; hãy chọn một trong: {names}.")
    return inside[0].slug


@cache
def _sub_groups_by_name() -> dict[str, str]:
    return {search_key(name): row.slug for row in table("sub_groups", SubGroup) for name in (row.slug, row.name_vi)}


@cache
def _groups_by_name() -> dict[str, str]:
    return {search_key(row.name_vi): row.slug for row in table("groups", Group)}


@cache
def _document_kinds_by_name() -> dict[str, str]:
    kinds = table("document_kinds", DocumentKind)
    return {search_key(name): kind.slug for kind in kinds for name in (kind.slug, kind.name_vi)}
