"""Shopee's codes for no, and what to do about each (v2 reference sections 2.3, 2.4, 3 and 4, read 2026-11-23).

A code in no table is loud. Codes about the app or the shop as a whole pause the shop (LoginRequiredError) instead of
marking one listing as refused.
"""

from connectors.dialect import ExpiredTokenError
from connectors.errors import LoginRequiredError, MarketplaceError, NotFoundError, RejectedError, TransientError
from connectors.limiter import NotAppliedError

SHOP_STOPS = """
    error_sign partner_shop_no_link shop_no_linked invalid_partner_id error_api_permission error_api_call_restricted
    api_suspended error_partner_key_expired source_ip_undeclared error_kyc_auth shop_banned error_ashop_api_permission
    error_permission error_perm_non_admin invalid_shop
    invalid_code invalid_shop_id invalid_main_acount_id error_shop_refresh_token refresh_token_expired
    shop_access_expired error_merchant_refresh_token merchant_access_expired merchant_no_linked supplier_access_expired
    supplier_no_linked
"""
TRANSIENT = "error_server error_network error_inner error_system_busy error_data income_error_server get_cmt_failed"
NOT_FOUND = "error_item_not_found error_not_found order_not_found item_not_exist cmt_not_exist income_not_found"
REFUSED = """
    error_param error.param error_busi error_seller_under_penalty error_update_price_fail
    error_invalid_language error_holiday_on_add_item error_holiday_on_del_item error_holiday_mode_change_stock
    error_cannt_edit_price_in_promotion error_in_item_promotion_item_price_lock error_cannot_update_price_in_promotion
    error_promotion_cantnot_update_stock error_cannt_unlisted_in_promotion error_unlist_in_promotion
    error_in_item_promotion_unlsit_lock error_cannt_delete_in_promotion
    error_invalid_category error_category_is_block error_less_required_attribute error_invalid_attribute_value
    error_value_id_must_equal_zero error_less_required_brand error_invalid_brand error_item_name_is_too_short
    error_title_exceeds_max_length error_name_length_limit error_title_character_forbidden error_desc_length_min_limit
    error_desc_hash_tag_over_limit error_image_num_min error_image_unavailable error_price_exceed_min_limitt
    error_price_exceed_max_limitt error_invalid_price error_invalid_price_for_logistic error_invalid_logistic_info
    error_invalid_days_to_ship error_param_dts_exceeds_max_limit error_param_category_not_support_pre_order
    error_param_validate error_reach_shop_item_limit error_unlist_item_fail error_busi_invalid_shop_status
    error_edit_item_price_for_item_has_model error_price_out_of_range error_busi_price_lower_then_wholesale_price
    error_busi_update_stock_failed error_edit_item_stock_for_item_has_model error_unlist_item_all_failed
    error_update_time_range error_param_item_status order_list_invalid_time exceed_max_limit error_not_in_whitelist
    duplicate_request
"""

CODES: dict[str, type[MarketplaceError]] = {
    "error_rate_limit": NotAppliedError,
    "invalid_access_token": ExpiredTokenError,
    "invalid_acceess_token": ExpiredTokenError,  # spelled so on the wire
    **dict.fromkeys(SHOP_STOPS.split(), LoginRequiredError),
    **dict.fromkeys(TRANSIENT.split(), TransientError),
    **dict.fromkeys(NOT_FOUND.split(), NotFoundError),
    **dict.fromkeys(REFUSED.split(), RejectedError),
}

# `error_auth` and `error_param` mean several things; the first text found in the lower-cased message decides.
BY_MESSAGE: dict[str, tuple[tuple[str, type[MarketplaceError]], ...]] = {
    "error_auth": (
        ("access_token", ExpiredTokenError),
        ("refresh_token", LoginRequiredError),
        ("code", LoginRequiredError),
        ("partner_id", LoginRequiredError),
        ("shopid", LoginRequiredError),
        ("permission", LoginRequiredError),
        ("app deleted", LoginRequiredError),
        ("system error", TransientError),
        ("location", RejectedError),
        ("stock", RejectedError),
        ("holiday", RejectedError),
    ),
    "error_param": (
        ("timestamp", NotAppliedError),  # our clock and theirs disagree: nothing was done
        ("", RejectedError),
    ),
}


def bare(code: str) -> str:
    """The code without its one module prefix; `error.param` has a dot of its own."""
    if code in CODES or code in BY_MESSAGE:
        return code
    return code.partition(".")[2] or code


def error_class(code: str, message: str) -> type[MarketplaceError] | None:
    """The error a code means; None when no table knows it."""
    code = bare(code)
    for text, error in BY_MESSAGE.get(code, ()):
        if text in message.lower():
            return error
    return None if code in BY_MESSAGE else CODES.get(code)
