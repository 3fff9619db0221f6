"""The names of amounts that add up to a settlement (Partner reference 5 and its operations' field lists, read 2026-11-24)."""

REVENUE = """
    subtotal_before_discount_amount seller_discount_amount refund_subtotal_before_discount_amount
    seller_discount_refund_amount cod_service_fee_amount refund_cod_service_fee_amount distant_item_fee_amount
"""
SHIPPING = """
    actual_shipping_fee_amount international_leg_logistics_amount shipping_fee_discount_amount
    customer_paid_shipping_fee_amount return_shipping_fee_amount replacement_shipping_fee_amount
    exchange_shipping_fee_amount signature_confirmation_fee_amount shipping_insurance_fee_amount
    fbt_fulfillment_fee_reimbursement_amount return_shipping_label_fee_amount
    seller_self_shipping_service_fee_amount return_shipping_fee_paid_buyer_amount
    failed_delivery_subsidy_amount fbt_free_shipping_fee_amount free_return_subsidy_amount
    distant_shipping_fee_amount shipping_app_service_fee_amount logistics_service_fee
    fbt_overall_merchant_subsidy fbt_key_merchant_subsidy tiktok_shop_shipping_incentive_amount
    hazmat_noncompliance_fee hazmat_handling_fee non_standard_weight_fee non_standard_dimension_fee
    shipping_fee_guarantee_reimbursement sfr_reimbursement
"""
FEES = """
    platform_commission_amount referral_fee_amount refund_administration_fee_amount transaction_fee_amount
    credit_card_handling_fee_amount affiliate_commission_amount affiliate_partner_commission_amount
    affiliate_ads_commission_amount sfp_service_fee_amount live_specials_fee_amount
    bonus_cashback_service_fee_amount mall_service_fee_amount voucher_xtra_service_fee_amount
    flash_sales_service_fee_amount cofunded_promotion_service_fee_amount pre_order_service_fee_amount
    tsp_commission_amount dt_handling_fee_amount epr_pob_service_fee_amount
    seller_paylater_handling_fee_amount fee_per_item_sold_amount cofunded_creator_bonus_amount
    dynamic_commission_amount external_affiliate_marketing_fee_amount vn_fix_infrastructure_fee
    affiliate_commission_deposit affiliate_commission_release tap_shop_ads_commission
    shipping_fee_guarantee_service_fee installation_service_fee campaign_resource_fee
    platform_special_service_fee_amount smart_promotion_fee_amount gmv_max_ad_fee_amount
    platform_semi_managed_commission_fee platform_semi_managed_commission_fee_tax
    campaign_period_fee_cfp_amount campaign_period_fee_sp_amount campaign_period_fee_sp_tax_amount
    campaign_period_fee_cfp_tax_amount seller_growth_fee_amount category_led_campaign_fee_amount
    category_led_campaign_fee_tax_amount brand_amplification_program_commission
    brand_amplification_program_fee_tax brand_campaign_fee brand_campaign_fee_tax failed_delivery_shipping_fee
    buyer_fault_return_shipping_fee insurance_fee gmv_max_coupon_fee cps_shop_ads_commission_tax_amount
    shipping_insurance_fee_tax_amount new_customer_growth_package_fee target_product_gmv_growth_package_fee
    store_gmv_growth_package_fee auto_post_shoppable_video_commission_fee
    seller_funded_user_spoint_service_fee retail_delivery_fee_amount retail_delivery_fee_payment_amount
    retail_delivery_fee_refund_amount
"""
TAXES = """
    vat_amount import_vat_amount customs_duty_amount customs_clearance_amount sst_amount gst_amount iva_amount
    isr_amount anti_dumping_duty_amount local_vat_amount pit_amount sales_tax_referral_fee_amount
    smart_promotion_fee_tax_amount cedular_tax new_customer_growth_package_fee_tax
    store_gmv_growth_package_fee_sales_tax target_product_gmv_growth_package_tax
    auto_post_shoppable_video_sales_tax article_22_income_tax_withheld sales_tax_amount
    sales_tax_payment_amount sales_tax_refund_amount
"""

KNOWN = frozenset(f"{REVENUE} {SHIPPING} {FEES} {TAXES}".split())

# The affiliate's commission once more, before the income tax withheld from the creator: the same money under another name.
EXPLAINING = frozenset({"affiliate_commission_amount_before_pit", "affiliate_commission_before_pit_amount"})
