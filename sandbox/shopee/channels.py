"""The shipping channels of these shops. Ids are placeholders: clients read the list (Shopee v2 reference, read 2026-11-23)."""

from typing import Any

CHECKOUT_CHANNEL = {
    "logistics_channel_id": 5001,
    "logistics_channel_name": "Nhanh",
    "enabled": True,
    "cod_enabled": True,
    "fee_type": "SIZE_INPUT",
    "mask_channel_id": 0,
    "force_enable": False,
    "compulsory_channel": False,
    "size_list": [],
    "weight_limit": {"item_min_weight": 0, "item_max_weight": 20},
    "item_max_dimension": {"length": 100, "width": 100, "height": 100, "unit": "cm", "dimension_sum": 0},
    "volume_limit": {"item_min_volume": 0, "item_max_volume": 0},
    "block_seller_cover_shipping_fee": False,
    "support_cross_border": False,
    "logistics_capability": {"seller_logistics": False},
    "seller_logistic_has_configuration": None,
    "logistics_description": "",
}
BULKY_CHANNEL = CHECKOUT_CHANNEL | {
    "logistics_channel_id": 5002,
    "logistics_channel_name": "Hàng cồng kềnh",
    "enabled": False,
    "fee_type": "FIXED_DEFAULT_PRICE",
}
FULFILMENT_CHANNEL = CHECKOUT_CHANNEL | {
    "logistics_channel_id": 50021,
    "logistics_channel_name": "SPX Express",
    "mask_channel_id": 5001,
}
CHANNELS: tuple[dict[str, Any], ...] = (CHECKOUT_CHANNEL, BULKY_CHANNEL, FULFILMENT_CHANNEL)
