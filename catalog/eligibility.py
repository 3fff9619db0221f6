"""May this product be sold online as goods on that day? If not, every reason, in words for the office.

Strict on purpose: what cannot be told counts against selling (vn_rules section 6, read 2026-11-23). Price, stock and
weight are no matter of eligibility: `catalog.describe` asks for those. Papers drawn by the sandbox count here, and
their `is_demonstration` mark keeps them out of a real register.
"""

from collections.abc import Collection
from datetime import date

from catalog.base import Fact
from catalog.claims import TextRule, breaks
from catalog.product import Product
from catalog.reference import alcohol_limit, document_kind, required_documents, sub_group
from catalog.reference_rows import Requirement, SubGroup


class Blocker(Fact):
    """One reason against selling. `code` is service, alcohol_unknown, alcohol_too_strong, missing_ or expired_ and a kind
    of paper, or text_ and a rule; no two blockers of a product share one. `any_of` names the papers of which one is missing.
    """

    code: str
    sentence_vi: str
    sentence_en: str
    any_of: tuple[str, ...] = ()


_RULES = {
    TextRule.PHONE: ("số điện thoại", "phone numbers"),
    TextRule.LINK: ("địa chỉ mạng, e-mail và tài khoản mạng xã hội", "links, e-mails and social accounts"),
    TextRule.QR: ("lời nhắc tới mã QR", "mentions of QR codes"),
}
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
    wanted = required_documents(product.sub_group, on)
    missing = (_missing(product, paper, on) for paper in wanted if not _is_held(product, paper, on))
    return (*_alcohol(product, kind, on), *missing)


def text_blockers(product: Product, forbidden: Collection[TextRule]) -> tuple[Blocker, ...]:
    """What a marketplace forbids in a listing's words and the product's name, description or packs contain.

    The words as the register has them: `claims.proven_text` would leave such a sentence out, but the office should know
    of it before this marketplace does.
    """
    texts = (product.name, product.description or "", *(variant.name for variant in product.variants))
    return tuple(_forbidden(rule, words) for rule, words in breaks("\n".join(texts), forbidden).items())


def _forbidden(rule: TextRule, words: str) -> Blocker:
    name_vi, name_en = _RULES[rule]
    return Blocker(
        code=f"text_{rule}",
        sentence_vi=f"Sàn này cấm {name_vi} trong tên và mô tả: hãy bỏ «{words}» trong sổ rồi nhập lại.",
        sentence_en=f"This marketplace forbids {name_en} in names and descriptions: take out {words!r} and import again.",
    )


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


def _missing(product: Product, requirement: Requirement, on: date) -> Blocker:
    kinds = [document_kind(slug, on) for slug in requirement.any_of]
    names_vi, names_en = " hoặc ".join(kind.name_vi for kind in kinds), " or ".join(kind.name_en for kind in kinds)
    if ended := _ended(product, requirement, on):
        return Blocker(
            code=f"expired_{requirement.any_of[0]}",
            sentence_vi=f"Giấy tờ đã hết hạn ngày {ended:%d/%m/%Y}: {names_vi}.",
            sentence_en=f"Document expired on {ended:%Y-%m-%d}: {names_en}.",
            any_of=requirement.any_of,
        )
    return Blocker(
        code=f"missing_{requirement.any_of[0]}",
        sentence_vi=f"Thiếu giấy tờ còn hiệu lực: {names_vi}.",
        sentence_en=f"No live document: {names_en}.",
        any_of=requirement.any_of,
    )


def _ended(product: Product, requirement: Requirement, on: date) -> date | None:
    """The last day of the paper that was there; None when there never was one."""
    papers = (document for document in product.documents if document.kind in requirement.any_of)
    return max((paper.expires_on for paper in papers if paper.expires_on and paper.expires_on < on), default=None)
