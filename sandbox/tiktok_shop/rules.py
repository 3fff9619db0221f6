"""Limits this TikTok Shop holds listings to, and the switches of the played marketplace (Partner Center reference, read 2026-11-23).

Every field is an option of the site by the same name. What the reference leaves open is chosen here and says so.
"""

from dataclasses import dataclass, field


@dataclass
class Rules:
    """A test may change any of them on the running site."""

    instant: bool = False  # no review: a listing is live when its create answers
    review_s: tuple[int, int] = (3_600, 6 * 3_600)  # how long a review takes, at least and at most; undocumented
    refused_skus: dict[str, str] = field(default_factory=dict)  # seller SKU -> why the reviewers turn it down
    statement_errors: bool = False  # seed three errors into the statements (see `seeded`)
    certificates_required: bool = False  # food asks for its food-safety certificate
    hidden_required: tuple[
        str, ...
    ] = ()  # attribute ids that are refused when missing though they say they are optional
    lowest_price_vnd: int = 1_000  # the Vietnamese minimum and maximum are unpublished
    highest_price_vnd: int = 120_000_000
    zero_stock: bool = True  # does an update take 0? The reference says 1 to 99,999, sellers say 0 sells out
    products_per_shop: int | None = None  # new shops are capped; the number is unpublished
    calls_per_hour: int | None = None  # a test shop's quota; official notices disagree on the number
    loopback_redirects: bool = (
        True  # a loopback `redirect_uri` counts as registered; any other is ignored, as by the real page
    )
    redirect_url: str = "http://127.0.0.1/ocop/callback"  # the app's registered address
    withheld_scopes: tuple[str, ...] = ()  # scopes the seller did not grant
    webhook_copies: int = 1  # how often each message is sent

    def __post_init__(self) -> None:
        """Options come from JSON, where a tuple is a list."""
        self.review_s = (self.review_s[0], self.review_s[1])
