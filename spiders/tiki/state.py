"""The JSON a tiki.vn page ships inside `script#__NEXT_DATA__` (seen 2025-11), down to the two places that are read."""

from msgspec import Raw

from spiders.answer import Answer
from spiders.embedded import script_body
from spiders.page import Page
from spiders.tiki.catalog_row import CatalogRow
from spiders.tiki.facts import Product
from spiders.tiki.reviews import ReviewPage

_NULL = Raw(b"null")


class _ProductAnswer(Answer):
    data: Product | None = None


class _ProductData(Answer):
    response: _ProductAnswer | None = None


class _ReviewAnswer(Answer):
    data: Raw = _NULL


class _ReviewData(Answer):
    response: Raw = _NULL  # an empty object before the site has asked for them


class _Productv2(Answer):
    productData: _ProductData | None = None  # noqa: N815 - this and the name below are their words
    reviewData: _ReviewData | None = None  # noqa: N815


class _Catalog(Answer):
    data: list[CatalogRow]


class State(Answer):
    """`productv2` is a product's, `catalog` a list's; each page has the one that its address says."""

    productv2: _Productv2 | None = None
    catalog: _Catalog | None = None

    def product(self) -> Product | None:
        answer = self.productv2 and self.productv2.productData and self.productv2.productData.response
        return answer.data if answer else None

    def reviews(self) -> ReviewPage | None:
        data = self.productv2 and self.productv2.reviewData
        if not data or data.response == _NULL or _ReviewAnswer.read_json(data.response).data == _NULL:
            return None
        return ReviewPage.read_json(data.response)


class _Props(Answer):
    initialState: State  # noqa: N815 - their word


class _NextData(Answer):
    props: _Props


def initial_state(page: Page) -> State | None:
    """`props.initialState`; None on pages of before that layout. Two states in one page are a changed layout."""
    raw = script_body(page, "__NEXT_DATA__")
    return None if raw is None else _NextData.read_json(raw).props.initialState
