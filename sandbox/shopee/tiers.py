"""Variation tiers as clients send them and answers show them (Shopee v2 reference, variation pages, read 2026-11-23)."""

from typing import Any

from sandbox.shopee import read
from sandbox.shopee.call import Call
from sandbox.shopee.media import image_url
from sandbox.shopee.refusal import Refusal, bad_param

MOST_TIERS = 2


def tiers(call: Call, body: dict[str, Any]) -> list[dict[str, Any]]:
    """The tiers in the form answers show them in."""
    if "standardise_tier_variation" in body:
        rows = read.rows(body, "standardise_tier_variation", 1, MOST_TIERS)
        names = ("variation_name", "variation_option_list", "variation_option_name")
    else:
        rows = read.rows(body, "tier_variation", 1, MOST_TIERS)
        names = ("name", "option_list", "option")
    return [_tier(call, row, names, first=number == 0) for number, row in enumerate(rows)]


def _tier(call: Call, row: dict[str, Any], names: tuple[str, str, str], *, first: bool) -> dict[str, Any]:
    name_key, list_key, option_key = names
    name, limit = read.text(row, name_key), call.rules.tier_name_length
    if not limit.low <= len(name) <= limit.high:
        raise bad_param(f"a variation's name has {limit.low} to {limit.high} characters")
    options = [_option(call, option, option_key) for option in read.rows(row, list_key, 1, call.rules.models_per_item)]
    pictured = sum("image" in option for option in options)
    if pictured not in ({0, len(options)} if first else {0}):
        raise bad_param("pictures belong to the first tier only, and then to all its options")
    return {"name": name, "option_list": options}


def _option(call: Call, row: dict[str, Any], key: str) -> dict[str, Any]:
    text, limit = read.text(row, key), call.rules.tier_option_length
    if not limit.low <= len(text) <= limit.high:
        raise bad_param(f"a variation's option has {limit.low} to {limit.high} characters")
    pictured = read.obj(row, "image") if "image" in row else row  # the deprecated form wraps it
    if not pictured.get("image_id"):
        return {"option": text}
    image_id = read.text(pictured, "image_id")
    if image_id not in call.backstage.pictures.sizes:
        raise Refusal("error_image_unavailable", "Image is not available.")
    return {"option": text, "image": {"image_id": image_id, "image_url": image_url(image_id)}}


def place(tiers: list[dict[str, Any]], row: dict[str, Any]) -> tuple[int, ...]:
    index = row.get("tier_index")
    if not isinstance(index, list) or len(index) != len(tiers) or not all(type(place) is int for place in index):
        raise bad_param("tier_index must hold one place for each tier")
    if any(not 0 <= place < len(tier["option_list"]) for place, tier in zip(index, tiers, strict=True)):
        raise bad_param("tier_index is out of range")
    return tuple(index)
