"""What buyers write: mostly kind, now and then hostile to whoever prints it unescaped. All names are invented."""

from typing import TYPE_CHECKING

from sandbox.things import Order, Review

if TYPE_CHECKING:
    from sandbox.world import World

STAR_WEIGHTS = (2, 2, 6, 24, 66)  # 1★ to 5★
TEXTS = {
    1: ("Hàng giao bị vỡ hộp, gọi shop không ai nghe máy.", "Không giống mô tả, thất vọng."),
    2: ("Hương nhạt hơn lần trước.", "Giao chậm quá, hộp bị móp."),
    3: ("Tạm được so với giá tiền.", "Đóng gói ổn, vị bình thường."),
    4: ("Hàng đúng mô tả, giao hơi lâu.", "Ngon, nhưng gói hơi ít.", "Sẽ mua lại nếu có khuyến mãi."),
    5: (
        "Chè thơm, nước xanh, vị chát dịu rồi ngọt hậu. Rất ưng!",
        "Đúng hàng Thái Nguyên, cả nhà đều thích.",
        "Đóng gói cẩn thận, giao nhanh, sẽ ủng hộ hợp tác xã dài dài.",
        "Mua lần thứ ba rồi, chất lượng vẫn đều.",
        "",
    ),
}
HOSTILE_TEXTS = (
    "<script>alert('ocop')</script> ngon <b>lắm</b> &amp; rẻ",
    "Tuyệt vời 👍🏽🍵👩‍👩‍👧‍👦 10/10",
    "\u202egnoc hnav gnah\u202c chữ viết ngược",
    '=HYPERLINK("http://vi-du.invalid";"bấm vào đây")',
    "Xuống dòng\n\n\tvà; dấu, phẩy \"trong\" 'ngoặc'",
    "Dấu tổ hợp: Tha\u0301i Nguye\u0302n",
)
HOSTILE_SHARE = 0.04
FAMILY_NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Nông", "Ma", "Triệu", "Lường", "Dương")
GIVEN_NAMES = ("Thị Hoa", "Văn Bình", "Minh Anh", "Thu Hà", "Đức Long", "Ngọc Lan", "Quang Huy", "Bích Phượng")


def write(world: "World", order: Order) -> None:
    """The buyer reviews the first line of a delivered order."""
    chance = world.rng("review", order.market, order.shop, order.order_id)
    line = order.lines[0]
    stars = chance.choices((1, 2, 3, 4, 5), STAR_WEIGHTS)[0]
    texts = HOSTILE_TEXTS if chance.random() < HOSTILE_SHARE else TEXTS[stars]
    offer = world.offer(order.market, line.offer_id)
    if offer is None:
        raise LookupError(f"order {order.order_id} names offer {line.offer_id}, which never was")
    offer.stars[stars - 1] += 1
    world.add_review(
        Review(
            market=order.market,
            shop=order.shop,
            review_id=world.counter(f"review {order.market}", 7_000_001),
            offer_id=line.offer_id,
            order_id=order.order_id,
            stars=stars,
            text=chance.choice(texts),
            created_at=world.clock.now(),
            images=chance.choices((0, 1, 2, 3), (75, 12, 8, 5))[0],
            buyer_name=f"{chance.choice(FAMILY_NAMES)} {chance.choice(GIVEN_NAMES)}",
        )
    )
