"""The reference's own sign vectors (Shopee v2 reference, signature pages, read 2026-11-23)."""

import pytest

from sandbox.shopee.signing import sign, sign_push

K1 = "5465737453616e64626f784b65794f434f505f5468616950677579656e303031"
K2 = "shpk4f434f504f434f504f434f504f434f504f434f504f434f504f434f504f434f50"
TOKEN = "6f636f70746f6b656e30303031616263"
SHOP, MERCHANT = 770011223, 1004455
VECTORS = [
    (K1, ("/api/v2/auth/token/get", 1795392000), "6b47690eafe2d41a76367d2725423bbe343ba51738ae7a5744ba44e85a8a7260"),
    (K1, ("/api/v2/shop/auth_partner", 1795392000), "0e56585fca7b1e67c5368fb77d584a8cfa2b3827ccd51d6e5cb99a03cb48dedc"),
    (
        K1,
        ("/api/v2/product/get_item_list", 1795392000, TOKEN, SHOP),
        "4fa74642dbea801ab05b7c901ff339567b5291fb7f1da392f56a1e9db6304359",
    ),
    (
        K1,
        ("/api/v2/product/add_item", 1795395600, TOKEN, SHOP),
        "6935dbe5165066a6fc0683d041144b52c0d80d392256c6257b1e75bbb91ef5c4",
    ),
    (
        K1,
        ("/api/v2/merchant/get_merchant_info", 1795392000, TOKEN, MERCHANT),
        "3b73ccdef6db50cafd0c8e8c6f2a8f38baaea4811acb46db85312f1724c765d6",
    ),
    (
        K2,
        ("/api/v2/order/get_order_list", 1795392000, TOKEN, SHOP),
        "361cd17f3d434c5b06bd3201b5e02db648cb9e4f76419b03d663948983906986",
    ),
    (
        K1,
        ("/api/v2/auth/access_token/get", 1795392000),
        "04ac8645254642e2694db31477f11a4d4a4063627238996e41161da3a1873aa4",
    ),
]


@pytest.mark.parametrize(("key", "parts", "signature"), VECTORS)
def test_a_vector_of_the_reference(key: str, parts: tuple[object, ...], signature: str) -> None:
    """Partner id, path, timestamp and, for a subject, token and id are signed in that order with nothing between."""
    assert sign(key, 2099123, *parts) == signature


def test_a_push_is_signed_over_its_address_and_its_raw_body() -> None:
    """The bar between address and body is part of what is signed."""
    body = (
        b'{"data":{"ordersn":"2611237QK4M0AB","status":"READY_TO_SHIP","update_time":1795391990},'
        b'"shop_id":770011223,"code":3,"timestamp":1795392000}'
    )
    assert len(body) == 139
    assert (
        sign_push(K1, "https://ocop.example/webhooks/shopee", body)
        == "b8ae83b00d2b86ed65ac1f20a3a18282f2c5f14e19157aac556ef866d48147ba"
    )
