"""Limits this Lazada holds its sellers to, and the switches of the played marketplace.

Numbers come from the Lazada Open Platform reference (read 2026-11-24) where it names one; the rest were chosen.
"""

from dataclasses import dataclass

MARKET = "lazada"


@dataclass
class Rules:
    """`settings.options` of the site; a test may change any of them while it runs."""

    app_status: str = "online"  # "test": tokens of 7 and 14 days, 10 000 calls a day
    callback_url: str | None = None  # None: any address may be the app's callback
    instant: bool = False  # new products are active at once instead of waiting for quality control
    qc_hours: tuple[int, int] = (1, 6)  # how long quality control takes, drawn a product
    active_products: int = 5_000  # the cap differs from seller to seller
    skus_per_product: int = 50  # beyond it a create times out
    skus_per_call: int = 50
    least_side_px: int = 330  # the guide's; it names no code for a smaller picture
    picture_bytes: int = 1024 * 1024  # the API pages say 1 MB, the guide 3 MB
    price_calls_per_s: int | None = (
        None  # documented as 50 a seller; counted by the world's clock, so off where that stands still
    )
    calls_per_day: int | None = None  # None: what the app's status allows
    loose_types: bool = False  # every scalar quoted and "null" for nothing, as in the documents' samples
    iso_dates: bool = False  # orders' dates in ISO 8601 instead of `2026-11-20 09:15:02 +0700`
    camel_case_item: bool = False  # the older answer of /product/item/get
    vat_fee_name: str = "VAT Withholding"  # how withheld taxes are named is not documented
    pit_fee_name: str = "PIT Withholding"
    statement_errors: bool = False  # statements with three errors: see `mistakes`

    @property
    def quota(self) -> int:
        if self.calls_per_day is not None:
            return self.calls_per_day
        return 10_000 if self.app_status == "test" else 10_000_000

    @property
    def token_days(self) -> tuple[int, int]:
        """Life of an access and of a refresh token."""
        return (7, 14) if self.app_status == "test" else (30, 180)
