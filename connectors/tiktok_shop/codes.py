"""TikTok Shop's codes for no, and what each means for us (Partner reference 1.2, 2.2, 2.3, read 2026-11-24).

A code in no table is loud. Codes about the app or the shop as a whole pause the shop (LoginRequiredError) instead of marking
one listing as refused. One number, 36009004, means many things: a keyword of its message decides.
"""

from connectors.dialect import ExpiredTokenError
from connectors.errors import (
    LoginRequiredError,
    MarketplaceError,
    NotFoundError,
    RejectedError,
    TransientError,
    UnexpectedAnswerError,
)
from connectors.limiter import NotAppliedError


class CipherRefusedError(LoginRequiredError):
    """The shop's cipher is no longer good: read it anew and ask once more. Reaches a caller only when that did not help."""


class ShopQuotaError(TransientError):
    """The shop may list no more for now. Provably nothing was done; other rows and other shops go on."""


VALIDATION = 36009004
HOURLY_QUOTA = 36009037  # of a test shop
TOO_MANY_HITS = 12052180
WRONG_STATUS = frozenset({"12052901", "12019113"})  # as under review
NOT_NOW = WRONG_STATUS | {"12052308"}  # and while an appeal is running

EXPIRED = "105001 105002"
CIPHER = "106013"
PACE = "36009002"
SHOP_QUOTA = "12052093"
TRANSIENT = """
    36009003 36009007 12001000 12052881 33001002 12052109 10002014 10002015 10037002 10037003 10037004 10006402
"""
SHOP_STOPS = """
    36004001 36004004 36004005 106001 105005 101000 36009033 36009043 36009044
    12052700 12052332 12052419 12052115 12052535
"""
OUR_FAULT = (
    "36009009 36009010 36009014 36009022 36009023 12052217 12052230 12019108 12019109 12019118 12019119 12019120"
)
NOT_FOUND = "12052032 12052260 12019150"
REFUSED = """
    98001004 21008111
    12052261 12052051 12052262 12052263 12052931 12052932 12052015 12052013 12052056 12052344 12052345 12052350 12052349
    12052340 12052341 12052342 12052343
    12052002 12052023 12052024 12052025 12052220 12052223 12052226 12052225 12052222
    12052104 12052182 12052183 12052240 12052247 12052246 12052248 12052249 12052250 12052251 12052253 12052254 12052256
    12052935 12052105 12052385 12052655 12052656 12052650 12052651 12052657 12052658
    12052028 12052300 12052301 12052302 12052304 12052305 12052306 12052722 12038002 12038004 12038015 12038005 12038014
    12052050 12052558 12019059 12052054 12052525 12052526 12052550 12052560 12052557
    12019022 12052097 12052530 12052531 12052532 12052094 12052055 12052037 12052516 12019028 12052533 12019024
    12052073 12052570 12052571 12052084 12052012 12019045 12052038 12052393
    12019011 12052006 12052181 12019012 12052003 12052004 12052005 12052116 12019061 12052915
    12052026 12052200 12052201 12052208
    12052034 12052048 12052901 12019113 12052308 12052547
    12019027 12019087 12052180 12052990 12052996 12052369
"""

CODES: dict[int, type[MarketplaceError]] = {
    int(code): error
    for codes, error in (
        (EXPIRED, ExpiredTokenError),
        (CIPHER, CipherRefusedError),
        (PACE, NotAppliedError),
        (SHOP_QUOTA, ShopQuotaError),
        (TRANSIENT, TransientError),
        (SHOP_STOPS, LoginRequiredError),
        (OUR_FAULT, UnexpectedAnswerError),
        (NOT_FOUND, NotFoundError),
        (REFUSED, RejectedError),
    )
    for code in codes.split()
}

# The first keyword found in the lower-case message of a 36009004, quotes removed.
KEYWORDS: tuple[tuple[str, type[MarketplaceError]], ...] = (
    ("timestamp", NotAppliedError),  # our clock and theirs disagree: nothing was done
    ("x-tts-access-token", ExpiredTokenError),
    ("access_token header", ExpiredTokenError),
    ("app_key", LoginRequiredError),
    ("shop_cipher is not required", UnexpectedAnswerError),
    ("shop_cipher is unexpected", UnexpectedAnswerError),
    ("unexpected shop_cipher", UnexpectedAnswerError),
    ("shop_cipher", CipherRefusedError),
    ("", UnexpectedAnswerError),  # no signature, wrong version, a missing parameter: ours to mend
)
QUOTES = str.maketrans("", "", "'\"`‘’“”")


def error_class(code: int, message: str) -> type[MarketplaceError] | None:
    """The error a code means; None when no table knows it."""
    if code != VALIDATION:
        return CODES.get(code)
    words = message.lower().translate(QUOTES)
    return next(error for keyword, error in KEYWORDS if keyword in words)
