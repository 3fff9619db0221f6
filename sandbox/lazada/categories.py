"""A Vietnamese Lazada's category tree as far as an OCOP register reaches. Names are of the real kind; ids are invented.

Only leaves take listings. `CLOSED` leaves exist in the tree and refuse new listings.
"""

import re
import unicodedata
from typing import NamedTuple


class Category(NamedTuple):
    """`words` are what titles of its goods contain, accents left out; `kind` chooses the attributes."""

    category_id: int
    parent_id: int
    english: str
    vietnamese: str
    kind: str = ""
    words: str = ""


TREE = tuple(
    Category(*row)
    for row in (
        (10100, 0, "Food & Beverages", "Thực phẩm & Đồ uống"),
        (10101, 10100, "Tea & Coffee", "Trà & Cà phê"),
        (10100123, 10101, "Tea Bags & Leaf Tea", "Trà túi & trà lá", "tea", "tra|che|che xanh|hong tra|non tra"),
        (10100124, 10101, "Herbal Tea", "Trà thảo mộc", "food", "tra hoa|tra nu|tra thao|tra bi|tra muop|tra nen"),
        (10100125, 10101, "Coffee", "Cà phê", "food", "ca phe"),
        (10100126, 10101, "Cocoa & Chocolate", "Ca cao & sô cô la", "food", "ca cao"),
        (10102, 10100, "Alcoholic Drinks", "Đồ uống có cồn"),
        (10100131, 10102, "Fruit Wine & Beer", "Rượu trái cây & bia", "alcohol", "ruou mo|ruou chuoi|bia"),
        (10100132, 10102, "Spirits", "Rượu mạnh", "alcohol", "ruou|ruou men"),
        (10103, 10100, "Drinks", "Nước uống đóng chai"),
        (10100135, 10103, "Juice & Soft Drinks", "Nước ép & nước giải khát", "food", "nuoc ep|nuoc giai khat"),
        (10100136, 10103, "Mineral Water", "Nước khoáng & nước tinh khiết", "food", "nuoc khoang|nuoc tinh khiet"),
        (10104, 10100, "Food Staples", "Thực phẩm thiết yếu"),
        (10100141, 10104, "Rice", "Gạo", "food", "gao"),
        (10100142, 10104, "Noodles & Vermicelli", "Bún, miến & mì khô", "food", "mien|bun|mi kho|pho"),
        (10100143, 10104, "Flour & Starch", "Bột & tinh bột", "food", "bot|tinh bot|tinh nghe"),
        (10100144, 10104, "Grains & Beans", "Ngũ cốc & các loại đậu", "food", "dau|ngu coc|hat"),
        (10105, 10100, "Cooking Ingredients", "Nguyên liệu nấu ăn"),
        (10100151, 10105, "Fish Sauce & Sauces", "Nước mắm, tương & nước chấm", "food", "nuoc mam|tuong"),
        (10100152, 10105, "Seasonings & Spices", "Gia vị & giấm", "food", "giam|gia vi|muoi"),
        (10100153, 10105, "Cooking Oil", "Dầu ăn", "food", "dau an"),
        (10100154, 10105, "Honey & Syrup", "Mật ong & siro", "food", "mat ong"),
        (10106, 10100, "Snacks & Ready Meals", "Đồ ăn vặt & đồ ăn liền"),
        (10100161, 10106, "Traditional Cakes & Candies", "Bánh kẹo truyền thống", "food", "keo|banh|che lam"),
        (10100162, 10106, "Dried Fruit & Vegetables", "Trái cây & rau củ sấy", "food", "say|say deo"),
        (
            10100163,
            10106,
            "Processed Fruit & Vegetables",
            "Rau, củ, quả chế biến",
            "food",
            "mang kho|moc nhi|vien tinh nghe",
        ),
        (
            10100164,
            10106,
            "Processed Meat & Seafood",
            "Thịt & thủy sản chế biến",
            "food",
            "gac bep|lap xuong|ruoc|ca kho",
        ),
        (10100165, 10106, "Instant Noodles & Porridge", "Mì, phở, cháo ăn liền", "food", "an lien"),
        (10107, 10100, "Fresh Food", "Thực phẩm tươi sống"),
        (
            10100171,
            10107,
            "Fresh Vegetables & Mushrooms",
            "Rau, củ & nấm tươi",
            "food",
            "mang tuoi|nam|rau|bi xanh|su su",
        ),
        (10100172, 10107, "Fresh Fruit", "Trái cây tươi", "food", "quyt|cam|buoi|hong|na|vai"),
        (10100173, 10107, "Fresh Meat", "Thịt tươi", "food", "thit|thit lon"),
        (10100174, 10107, "Eggs", "Trứng", "food", "trung"),
        (10200, 0, "Health & Beauty", "Sức khỏe & Làm đẹp"),
        (10201, 10200, "Health", "Chăm sóc sức khỏe"),
        (10200211, 10201, "Health Supplements", "Thực phẩm chức năng", "food", "curcumin|cao|vien|nano"),
        (10200212, 10201, "Medicinal Herbs", "Dược liệu & thảo dược", "food", "ngam chan|duoc lieu|thao duoc"),
        (10202, 10200, "Beauty", "Làm đẹp"),
        (10200221, 10202, "Essential Oils", "Tinh dầu", "craft", "tinh dau"),
        (10200222, 10202, "Natural Skin Care", "Mỹ phẩm thiên nhiên", "craft", "kem|mat na|my pham"),
        (10200223, 10202, "Soap & Shampoo", "Xà phòng & dầu gội", "craft", "xa phong|dau goi|sua tam"),
        (10300, 0, "Home & Living", "Nhà cửa & Đời sống"),
        (10301, 10300, "Home Decor", "Trang trí nhà cửa"),
        (10300311, 10301, "Handicrafts & Souvenirs", "Đồ thủ công mỹ nghệ", "craft", "thu cong|luu niem|may tre|go"),
        (10300312, 10301, "Flowers", "Hoa tươi & hoa khô", "craft", "hoa tuoi|hoa kho"),
        (10300313, 10301, "Ornamental Plants", "Cây cảnh", "craft", "cay canh|bonsai"),
        (10302, 10300, "Textiles", "Hàng dệt may"),
        (10300321, 10302, "Fabric & Ethnic Costumes", "Vải & trang phục dân tộc", "craft", "tho cam|vai|trang phuc"),
        (10400, 0, "Pets", "Thú cưng"),
        (10400411, 10400, "Ornamental Fish & Birds", "Cá cảnh & chim cảnh", "craft", "ca canh|chim canh"),
        (10500, 0, "Vouchers & Services", "Phiếu mua hàng & dịch vụ"),
        (10500511, 10500, "Travel Services", "Dịch vụ du lịch", "craft", "du lich"),
    )
)

BY_ID = {category.category_id: category for category in TREE}
CLOSED = frozenset({10100132, 10500511})  # spirits may not be sold online, services only by invitation


def is_leaf(category_id: int) -> bool:
    return category_id in BY_ID and BY_ID[category_id].kind != ""


def path(category: Category, language: str) -> list[str]:
    """Names from the root down."""
    parents = [] if category.parent_id == 0 else path(BY_ID[category.parent_id], language)
    return [*parents, title(category, language)]


def title(category: Category, language: str) -> str:
    return category.vietnamese if language == "vi_VN" else category.english


def suggested(product_name: str) -> list[Category]:
    """Leaves whose words are in the title, the earliest and then the longest word first; at most three."""
    name = f" {plain(product_name)} "
    scored = []
    for category in TREE:
        found = [(name.find(f" {word} "), -len(word)) for word in category.words.split("|") if f" {word} " in name]
        if found:
            scored.append((min(found), category))
    return [category for _, category in sorted(scored, key=lambda pair: pair[0])][:3]


def plain(text: str) -> str:
    """Words in lower case without accents, one space between."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in bare if not unicodedata.combining(c))))
