"""Lazada's codes for no, and what each means (reference, sections 2.3, 2.4 and 3.9, read 2026-11-24).

A code in no table is loud. Codes about the app or the shop as a whole pause the shop instead of blaming one listing.
"""

import re

from connectors.dialect import ExpiredTokenError
from connectors.errors import LoginRequiredError, MarketplaceError, NotFoundError, RejectedError, TransientError
from connectors.errors import UnexpectedAnswerError as OurMistake
from connectors.limiter import NotAppliedError

SHOP_STOPS = """
    IncompleteSignature InvalidAppKey AppKeyNotExist InsufficientPermission AppWhiteIpLimit MissingPartner
    IllegalRefreshToken InvalidCode AUTH_TYPE_UNSUPPORTED SellerNotActive SellerNotVerified Mp3SellerApiLimit
"""
LATER = "ApiCallLimit SellerCallLimit AppCallLimit TRAFFIC_CONTROL 901 998 4147"  # nothing was done: pace, or an edit already going on
TRANSIENT = "ServiceTimeout UnknownRuntimeException SYSTEM_ERROR 6 15 506 513 1000 1002"
MISTAKES = "MissingParameter InvalidParameter InvalidApi InvalidApiPath PARAMS_VALIDATE_ERROR 4193"
NOT_FOUND = "207 208 4137 EDIT_ITEM_NOT_BELONG_SELLER 16 39"
REFUSED = """
    1 2 3 4 5 14 17 19 30 36 37 38 56 74 75 97 201 204 209 212 300 301 302 303 304 500 501 503 504 512 701 1001
    4104 4105 4108 4109 4110 4112 4113 4115 4116 4117 4118 4119 4121 4123 4124 4125 4126 4128 4129 4130 4131 4132 4134
    4135 4138 4139 4140 4141 4142 4148 4149 4151 4153 4155 4156 4157 4158 4160 4162 4163 4164 4165 4167 4168 4169
    4170 4171 4216 4218 4221 4225 4227 4228 1000012 1000014
    E0001 E0002 E0003 E0004 E0006 F_IC_INFRA_PRODUCT_036 THD_APPROVAL_RULE_CENTER_ERR_PRE_QC_LISTING_LIMIT_ERROR
"""
MISSING_ATTRIBUTE = frozenset({"4108", "4110", "4125", "4167"})
TOO_MANY_ROWS = "513"  # "fewer SKUs per call"
NOT_NOW_S = {
    "4170": 3600.0
}  # in a campaign stock may go up, not down: again once it is over, whose end is only in words
ALREADY_OFFLINE = "4"  # of /product/deactivate, written E0004

CODES: dict[str, type[MarketplaceError]] = {
    "IllegalAccessToken": ExpiredTokenError,
    "InvalidAccessToken": ExpiredTokenError,
    "IllegalTimestamp": NotAppliedError,  # our clock and theirs disagree: nothing was done
    **dict.fromkeys(SHOP_STOPS.split(), LoginRequiredError),
    **dict.fromkeys(LATER.split(), NotAppliedError),
    **dict.fromkeys(TRANSIENT.split(), TransientError),
    **dict.fromkeys(MISTAKES.split(), OurMistake),
    **dict.fromkeys(NOT_FOUND.split(), NotFoundError),
    **dict.fromkeys(REFUSED.split(), RejectedError),
}

# Seconds to stay away where the message names none.
WAITS_S = {"ApiCallLimit": 1.0, "901": 1.0, "SellerCallLimit": 1.3, "AppCallLimit": 300.0}
_BANNED = re.compile(r"last (\d+) second", re.IGNORECASE)
_E_FORM = re.compile(r"E0*(\d+)")


def bare(code: str) -> str:
    """The number alone: `E016` and `16` are one code."""
    found = _E_FORM.fullmatch(code)
    return found[1] if found else code


def error_class(code: str) -> type[MarketplaceError] | None:
    """The error a code means; None when no table knows it."""
    return CODES.get(code) or CODES.get(bare(code))


def wait_s(code: str, message: str) -> float | None:
    """How long a refusal for pace lasts: "this ban will last 1 seconds", or what the code is known for."""
    if found := _BANNED.search(message):
        return max(1.0, float(found[1]))
    return WAITS_S.get(bare(code))
