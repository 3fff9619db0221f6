"""May this product be sold online as goods on that day? If not, every reason, in words for the office.

Strict on purpose: what cannot be told counts against selling (vn_rules section 6, read 2026-11-23). Price, stock and
weight are no matter of eligibility: `catalog.describe` asks for those. Papers drawn by the sandbox count here, and
their `is_demonstration` mark keeps them out of a real register.
"""

from datetime import date

from catalog.base import Fact
from catalog.product import Product
from catalog.reference import alcohol_limit, document_kind, required_documents, sub_group
from catalog.reference_rows import Requirement, SubGroup


class Blocker(Fact):
    """One reason against selling. `code` is service, alcohol_unknown, alcohol_too_strong, or missing_ and a kind of paper;
    no two blockers of a product share one. `any_of` names the papers of which one is missing.
    """

    code: str
    sentence_vi: str
    sentence_en: str
    any_of: tuple[str, ...] = ()


_SERVICE = Blocker(
    code="service",
    sentence_vi="Sản phẩm du lịch là dịch vụ: không đăng bán như hàng hóa gửi đi.",
    sentence_en="Tourism is a service: it is not listed as goods to be shipped.",
)
_ALCOHOL_UNKNOWN = Blocker(
    code="alcohol_unknown",
    sentence_vi="Chưa ghi độ cồn (% vol) nên chưa được bán trực tuyến; hãy ghi độ cồn in trên nhãn.",
    sentence_en="The alcohol content (% vol) is unknown, so it may not be sold online; enter the figure on the label.",
)


def online_blockers(product: Product, on: date) -> tuple[Blocker, ...]:
    """Every reason why the product may not be sold online that day; empty when it may. Raises UnknownReferenceError."""
    kind = sub_group(product.sub_group, on)
    if kind.nature == "service":
        return (_SERVICE,)
    missing = (_missing(r, on) for r in required_documents(product.sub_group, on) if not _is_held(product, r, on))
    return (*_alcohol(product, kind, on), *missing)


def _alcohol(product: Product, kind: SubGroup, on: date) -> tuple[Blocker, ...]:
    percent = product.alcohol_percent
    is_drink_with_alcohol = kind.nature == "alcohol" or (kind.group == "beverage" and bool(percent))
    if not is_drink_with_alcohol:
        return ()
    if percent is None:
        return (_ALCOHOL_UNKNOWN,)
    limit = alcohol_limit(on)
    return (_too_strong(limit),) if percent >= limit else ()


def _too_strong(limit: int) -> Blocker:
    return Blocker(
        code="alcohol_too_strong",
        sentence_vi=f"Rượu từ {limit} độ trở lên không được bán qua Internet.",
        sentence_en=f"Alcohol of {limit} % vol or more may not be sold over the Internet.",
    )


def _is_held(product: Product, requirement: Requirement, on: date) -> bool:
    return any(document.kind in requirement.any_of and document.is_live(on) for document in product.documents)


def _missing(requirement: Requirement, on: date) -> Blocker:
    kinds = [document_kind(slug, on) for slug in requirement.any_of]
    return Blocker(
        code=f"missing_{requirement.any_of[0]}",
        sentence_vi=f"Thiếu giấy tờ còn hiệu lực: {' hoặc '.join(kind.name_vi for kind in kinds)}.",
        sentence_en=f"No live document: {' or '.join(kind.name_en for kind in kinds)}.",
        any_of=requirement.any_of,
    )
