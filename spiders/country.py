"""Which currency a marketplace's address means. A group's sites in other countries share their layouts, never their money.

Only a page that names another currency than its address is wrong about one of the two: it is flagged, and nothing of it is stored.
"""

import re
from functools import lru_cache

from spiders.draft import Draft
from spiders.page import Page

_BY_DOMAIN = {
    ".vn": "VND", ".ph": "PHP", ".co.id": "IDR", ".id": "IDR", ".co.th": "THB", ".com.my": "MYR", ".sg": "SGD", ".tw": "TWD",
    ".com.np": "NPR", ".pk": "PKR", ".com.bd": "BDT", ".lk": "LKR",
}  # fmt: skip
_HERE = {"127.0.0.1", "localhost", "::1"}  # a pretend site on this machine plays the Vietnamese one
_CODE = re.compile(r"[A-Z]{3}")


@lru_cache(maxsize=64)
def currency_of_host(host: str) -> str | None:
    """The ISO 4217 code of the country that the host's name ends in; None for one that names none."""
    if host in _HERE:
        return "VND"
    return next((code for end, code in _BY_DOMAIN.items() if host.endswith(end)), None)


def settle_currency(draft: Draft, page: Page, stated: str | None) -> None:
    """The page's own code, held against the country of its address; without either nobody knows what its amounts are."""
    here = currency_of_host(page.host)
    draft.currency = stated or here
    if draft.currency is None:
        draft.flags.append("currency: neither the page nor its address names one")
    elif not _CODE.fullmatch(draft.currency):
        draft.flags.append("currency: not an ISO 4217 code")
        draft.currency = None
    elif here is not None and here != draft.currency:
        draft.flags.append("currency: not that of the address's country")
