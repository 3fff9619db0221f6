"""The intended listing."""

from datetime import date, timedelta

import pytest

from catalog.certificate import Certificate
from catalog.claims import proven_text
from catalog.describe import IncompleteError, compose, shipping_weight_g, title, valid_until
from catalog.document import Document
from catalog.eligibility import online_blockers
from catalog.producer import Producer
from catalog.product import Product, Variant
from catalog.text import code_points

FIVE_STARS = Certificate(stars=5, decision_no="2361/QĐ-BNNMT", decision_date=date(2025, 6, 26))


def test_a_listing_says_what_is_known(tea: Product, variant: Variant, producer: Producer, on: date) -> None:
    """Producer, place, group, pack, certificate and origin, one fact a line, in Vietnamese."""
    listing = compose(tea.model_copy(update={"certificates": (FIVE_STARS,)}), variant, producer, on)
    assert (listing.sku, listing.title, listing.price_vnd, listing.stock) == (
        "TN-1-200G",
        "Chè tôm nõn 200 g",
        185_000,
        25,
    )
    assert listing.description.split("\n") == [
        "Chè tôm nõn là sản phẩm của HTX chè Hảo Đạt, xã Tân Cương, tỉnh Thái Nguyên.",
        "Nhóm sản phẩm: Chè tươi, chè chế biến.",
        "Quy cách: 200 g.",
        "Sản phẩm được chứng nhận OCOP 5 sao theo Quyết định số 2361/QĐ-BNNMT ngày 26/06/2025, có giá trị đến hết ngày 26/06/2028.",
        "Xuất xứ: Việt Nam.",
    ]


@pytest.mark.parametrize(
    ("certificate", "sentence"),
    [
        (Certificate(stars=4, recognised_year=2024), "Sản phẩm được chứng nhận OCOP 4 sao, công nhận năm 2024."),
        (
            Certificate(stars=3, decision_date=date(2025, 6, 26)),
            "Sản phẩm được chứng nhận OCOP 3 sao, có giá trị đến hết ngày 26/06/2028.",
        ),
        (
            Certificate(stars=4, recognised_year=2025, potential_five=True),
            "Sản phẩm được chứng nhận OCOP 4 sao, công nhận năm 2025.",
        ),
    ],
)
def test_a_certificate_known_in_part(
    certificate: Certificate, sentence: str, tea: Product, variant: Variant, producer: Producer, on: date
) -> None:
    """What is known of a live certificate is said, and no more: a potential fifth star is no star."""
    product = tea.model_copy(update={"certificates": (certificate,)})
    assert sentence in compose(product, variant, producer, on).description.split("\n")


def test_enough_is_said_without_a_certificate(tea: Product, variant: Variant, producer: Producer, on: date) -> None:
    """Even the barest product reaches the hundred code points that marketplaces ask for."""
    assert code_points(compose(tea, variant, producer, on).description) >= 100


@pytest.mark.parametrize(
    "certificate",
    [
        Certificate(stars=5, decision_date=date(2023, 11, 23)),
        Certificate(stars=5, recognised_year=2023),
        Certificate(stars=5),
        Certificate(stars=5, decision_date=date(2026, 12, 1)),
    ],
)
def test_no_star_without_proof(
    certificate: Certificate, tea: Product, variant: Variant, producer: Producer, on: date
) -> None:
    """Expired, undated or future recognitions are not spoken of."""
    product = tea.model_copy(update={"certificates": (certificate,), "description": "Đạt OCOP 5 sao. Hương cốm."})
    text = compose(product, variant, producer, on).description
    assert "sao" not in text
    assert text.startswith("Hương cốm.\n")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Hương cốm. Sản xuất hữu cơ. Vị chát dịu.", "Hương cốm. Vị chát dịu."),
        ("Đạt VietGAP!", "Đạt VietGAP!"),
        ("Sản phẩm ★★★★★ của tỉnh. Ngon.", "Ngon."),
        ("Gọi 0912 345 678 để đặt. Ngon.", "Ngon."),
        ("Gọi +84 912.345.678. Ngon.", "Ngon."),
        ("Xem https://che.vn/mua. Ngon.", "Ngon."),
        ("Xem che-ngon.com.vn nhé. Ngon.", "Ngon."),
        ("Thư: ban@che.vn. Ngon.", "Ngon."),
        ("Nhắn Zalo. Ngon.", "Ngon."),
        ("Sao tay trên chảo gang. Nặng 1.5 kg, giá 185.000.", "Sao tay trên chảo gang. Nặng 1.5 kg, giá 185.000."),
        ("Một dòng\n\nhữu cơ\nHết.", "Một dòng\n\n\nHết."),
    ],
)
def test_free_text_claims_need_proof(text: str, kept: str, tea: Product, on: date) -> None:
    """Sentences that claim what no live paper proves, or sell elsewhere, are left out; the others stay word for word."""
    with_vietgap = tea.model_copy(update={"documents": (Document(kind="vietgap", expires_on=date(2027, 1, 1)),)})
    assert proven_text(text, with_vietgap, on) == kept


def test_old_place_and_expired_claim(tea: Product, variant: Variant, on: date) -> None:
    """The older place name is said as such; a claim ends with its paper."""
    producer = Producer(code="CT-9", name="HTX Trà", old_place="xã Vô Tranh (huyện Phú Lương cũ)")
    product = tea.model_copy(
        update={"description": "Đạt VietGAP.", "documents": (Document(kind="vietgap", expires_on=on),)}
    )
    today, tomorrow = (compose(product, variant, producer, day).description for day in (on, on + timedelta(days=1)))
    assert "Nơi sản xuất theo địa danh trước ngày 01/07/2025: xã Vô Tranh (huyện Phú Lương cũ)." in today
    assert "VietGAP" in today
    assert "VietGAP" not in tomorrow


def test_a_hostile_name_stays_literal(variant: Variant, producer: Producer, on: date) -> None:
    """Unseen characters go, markup stays text, and length is the marketplace's to refuse."""
    name = "Trà\u202e <script>alert('x')</script>\x00" + "đ" * 10_000
    product = Product(code="A", producer_code="P", name=name, sub_group="food/tea")
    listing = compose(product, variant, producer, on)
    assert listing.title == f"Trà <script>alert('x')</script>{'đ' * 10_000} 200 g"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"price_vnd": None}, "Chưa đăng bán được TN-1-200G: chưa biết giá bán."),
        (
            {"stock": None, "net_weight_g": None},
            "Chưa đăng bán được TN-1-200G: chưa biết tồn kho, khối lượng gửi hàng.",
        ),
    ],
)
def test_what_is_unknown_is_not_guessed(
    changes: dict[str, None], sentence: str, tea: Product, variant: Variant, producer: Producer, on: date
) -> None:
    """Without price, stock or weight there is no listing, and the sentence says which is missing."""
    with pytest.raises(IncompleteError) as missing:
        compose(tea, variant.model_copy(update=changes), producer, on)
    assert str(missing.value) == sentence


@pytest.mark.parametrize(
    ("variant", "weight_g"),
    [
        (Variant(sku="A-1", net_weight_g=100), 150),
        (Variant(sku="A-1", net_weight_g=1001), 1202),
        (Variant(sku="A-1", net_weight_g=100, shipping_weight_g=120), 120),
        (Variant(sku="A-1", net_volume_ml=500), None),
    ],
)
def test_shipping_weight(variant: Variant, weight_g: int | None) -> None:
    """The weighed pack, or a fifth more than its content and at least 50 g; a volume alone says nothing."""
    assert shipping_weight_g(variant) == weight_g


@pytest.mark.parametrize(
    ("name", "pack", "expected"),
    [
        ("Chè tôm nõn", Variant(sku="A-1", name="Hộp thiếc", net_weight_g=200), "Chè tôm nõn Hộp thiếc"),
        ("Chè tôm nõn 200 G", Variant(sku="A-1", net_weight_g=200), "Chè tôm nõn 200 G"),
        ("Rượu mơ", Variant(sku="A-1", net_volume_ml=1500), "Rượu mơ 1,5 lít"),
        ("Nón lá", Variant(sku="A-1"), "Nón lá"),
    ],
)
def test_title(name: str, pack: Variant, expected: str) -> None:
    """The registered name and its pack, said once."""
    product = Product(code="A", producer_code="P", name=name, sub_group="food/tea")
    assert title(product, pack) == expected


def test_valid_until_is_the_next_day_that_matters(tea: Product, on: date) -> None:
    """The earlier of a paper's and the certificate's end; a lower certificate behind a higher one changes nothing."""
    history = (FIVE_STARS, Certificate(stars=3, decision_date=date(2024, 1, 1)))
    product = tea.model_copy(update={"certificates": history})
    assert valid_until(product, on) == date(2027, 7, 1)
    assert valid_until(product, date(2027, 7, 1)) == date(2028, 6, 27)
    assert valid_until(product, date(2028, 6, 27)) is None


def test_nothing_changes_before_valid_until(tea: Product, variant: Variant, producer: Producer, on: date) -> None:
    """Every day until then gives the same listing and the same blockers."""
    product = tea.model_copy(update={"certificates": (Certificate(stars=4, recognised_year=2024),)})
    until = valid_until(product, on)
    assert until == date(2027, 1, 1)
    before = until - timedelta(days=1)
    assert compose(product, variant, producer, before) == compose(product, variant, producer, on)
    assert online_blockers(product, before) == online_blockers(product, on)
    assert compose(product, variant, producer, until) != compose(product, variant, producer, on)
