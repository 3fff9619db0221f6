"""A register of teas, as many as asked for, each complete enough to be sold."""

from datetime import timedelta

from catalog.certificate import Certificate
from catalog.producer import Producer
from catalog.product import Product, Variant
from jobs.app import App
from jobs.register import store_register
from sandbox.demonstration import demonstrate

PRODUCER = Producer(code="HTX-01", name="Hợp tác xã chè Đồi Mây", commune="Xã Tân Cương")
DESCRIPTION = "Chè đinh hái tay ở vùng Tân Cương, sao suốt bằng chảo gang, nước xanh, vị chát dịu, hậu ngọt sâu. " * 2
FIRST_PRICE_VND = 150_000
STOCK = 90_000


def sku(number: int) -> str:
    return f"OCOP-TN-{number:05d}"


def register_teas(app: App, amount: int, *, picture: str, dearer_vnd: int = 0, stock: int = STOCK) -> None:
    """Store them as an import would. `picture` is the address of every pack's only picture."""
    drawn = [_tea(number, app, FIRST_PRICE_VND + number + dearer_vnd, stock) for number in range(amount)]
    teas = demonstrate(drawn, 1, lambda _: picture, app.today())
    store_register(app, [PRODUCER], teas)


def _tea(number: int, app: App, price_vnd: int, stock: int) -> Product:
    pack = Variant(
        sku=sku(number),
        name="200 g",
        net_weight_g=200,
        shipping_weight_g=350,
        price_vnd=price_vnd,
        stock=stock,
    )
    certificate = Certificate(stars=4, decision_no="1234/QĐ-UBND", decision_date=app.today() - timedelta(days=100))
    return Product(
        code=f"TN-{number:05d}",
        producer_code=PRODUCER.code,
        name=f"Trà đinh Tân Cương thượng hạng số {number}",
        sub_group="food/tea",
        description=f"Lô số {number}. {DESCRIPTION}",
        variants=(pack,),
        certificates=(certificate,),
    )
