"""The two sellers of the played marketplace; names and numbers are invented."""

from sandbox.lazada.accounts import Seller

COOPERATIVE = Seller(
    seller_id=200_100_300,
    user_id=200_100_301,
    short_code="VN1A2B3C",
    name="HTX Trà Tân Cương (gian hàng thử)",
    company="Hợp tác xã Trà Tân Cương",
    account="htx.tancuong@example.vn",
    shop_key="htx-tra-tan-cuong",
)
HOUSEHOLD = Seller(
    seller_id=200_100_400,
    user_id=200_100_401,
    short_code="VN4D5E6F",
    name="Hộ kinh doanh Đồi Chè (gian hàng thử)",
    company="Hộ kinh doanh Đồi Chè",
    account="doiche@example.vn",
    shop_key="ho-kinh-doanh-doi-che",
    vat_bp=100,
    pit_bp=50,
)
SELLERS = (COOPERATIVE, HOUSEHOLD)
