"""The v2 category tree of a Vietnamese shop as far as an OCOP register reaches. Names are of the real kind; ids are invented.

Only leaves take products. Spirits are forbidden here, functional food is by invitation (Partner Center category pages, read 2026-11-23).
"""

from collections.abc import Mapping
from dataclasses import dataclass

FOOD, DRINKS, HEALTH, BEAUTY, HOME, GARDEN = "914568", "914700", "700645", "601450", "600001", "604579"


@dataclass(frozen=True)
class Category:
    """`words`: what a title of this leaf tends to say, for the recommendation."""

    category_id: str
    parent_id: str
    name: str
    words: tuple[str, ...] = ()
    permission: str = "AVAILABLE"
    takes_cash: bool = True


TREE: tuple[Category, ...] = (
    Category(FOOD, "0", "Thực phẩm & Đồ uống"),
    Category("914569", FOOD, "Thực phẩm tươi sống"),
    Category("700401", "914569", "Rau, củ & nấm tươi", ("rau", "nấm", "củ")),
    Category("700402", "914569", "Trái cây tươi", ("bưởi", "na ", "nhãn", "vải", "cam", "ổi")),
    Category("700403", "914569", "Thịt tươi", ("thịt",)),
    Category("700404", "914569", "Thủy sản tươi", ("cá", "tôm")),
    Category("700405", "914569", "Trứng", ("trứng",)),
    Category("914570", FOOD, "Nhu yếu phẩm"),
    Category("700411", "914570", "Gạo", ("gạo",)),
    Category("700412", "914570", "Bún, miến, mì khô", ("miến", "bún", "mì", "phở", "mỳ")),
    Category("700413", "914570", "Ngũ cốc & các loại đậu", ("đậu", "ngũ cốc", "hạt")),
    Category("700414", "914570", "Bột & tinh bột", ("bột",)),
    Category("700415", "914570", "Nước mắm, tương & nước sốt", ("tương", "nước mắm", "giấm")),
    Category("700416", "914570", "Gia vị & hương liệu", ("gia vị", "muối", "ớt", "tỏi")),
    Category("700417", "914570", "Dầu ăn", ("dầu",)),
    Category("700418", "914570", "Mật ong & siro", ("mật ong", "mật")),
    Category("914571", FOOD, "Thực phẩm chế biến"),
    Category("700421", "914571", "Mì, phở, cháo ăn liền", ("ăn liền",)),
    Category("700422", "914571", "Thịt & thủy sản chế biến", ("giò", "chả", "lạp sườn", "xúc xích", "nem", "ruốc")),
    Category("700423", "914571", "Rau, củ, quả chế biến", ("dưa", "măng", "sấy")),
    Category("700424", "914571", "Trái cây & rau củ sấy", ("sấy dẻo",)),
    Category("700425", "914571", "Bánh kẹo truyền thống", ("bánh", "kẹo")),
    Category(DRINKS, FOOD, "Đồ uống"),
    Category("700437", DRINKS, "Trà", ("trà", "chè")),
    Category("700438", DRINKS, "Trà thảo mộc & trà hoa", ("trà hoa", "trà thảo", "trà xạ đen", "trà gừng")),
    Category("700439", DRINKS, "Cà phê", ("cà phê",)),
    Category("700440", DRINKS, "Ca cao & sô cô la", ("ca cao",)),
    Category("700441", DRINKS, "Nước khoáng & nước tinh khiết", ("nước khoáng", "nước tinh khiết")),
    Category("700442", DRINKS, "Nước giải khát & nước ép", ("nước ép", "nước giải khát")),
    Category("700443", DRINKS, "Rượu trắng & rượu mạnh", ("rượu",), permission="PROHIBITED"),
    Category("700444", DRINKS, "Bia & rượu trái cây", ("bia", "rượu vang"), permission="PROHIBITED"),
    Category(HEALTH, "0", "Sức khỏe"),
    Category("700646", HEALTH, "Thực phẩm chức năng", ("viên", "đông trùng"), permission="INVITE_ONLY"),
    Category("700647", HEALTH, "Dược liệu & thảo dược", ("cao ", "thảo dược", "dược liệu")),
    Category(BEAUTY, "0", "Chăm sóc sắc đẹp"),
    Category("601451", BEAUTY, "Mỹ phẩm thảo dược", ("dầu gội", "xà phòng", "mỹ phẩm")),
    Category("601452", BEAUTY, "Tinh dầu", ("tinh dầu",)),
    Category(HOME, "0", "Nhà cửa & Đời sống"),
    Category("600101", HOME, "Đồ thủ công mỹ nghệ", ("mây tre", "tranh", "thủ công", "gỗ")),
    Category("600102", HOME, "Vải & đồ dệt may", ("vải", "thổ cẩm", "khăn")),
    Category(GARDEN, "0", "Vườn & Thú cưng"),
    Category("604580", GARDEN, "Hoa tươi", ("hoa",), takes_cash=False),
    Category("604581", GARDEN, "Cây cảnh", ("cây cảnh", "bonsai")),
    Category("604582", GARDEN, "Cá cảnh & động vật cảnh", ("cá cảnh",)),
)
BY_ID: Mapping[str, Category] = {category.category_id: category for category in TREE}
PARENTS = frozenset(category.parent_id for category in TREE)


def is_leaf(category_id: str) -> bool:
    return category_id not in PARENTS


def chain(category_id: str) -> list[Category]:
    """From the root to the category itself. KeyError when there is none."""
    category = BY_ID[category_id]
    return [*([] if category.parent_id == "0" else chain(category.parent_id)), category]


def is_edible(category_id: str) -> bool:
    return chain(category_id)[0].category_id == FOOD


def recommended(title: str) -> Category:
    """The leaf whose words the title says first; tea for a title that says none, which is what this province sells."""
    said = title.casefold()
    hits = [(said.find(word), -len(word), category) for category in TREE for word in category.words if word in said]
    allowed = [hit for hit in hits if hit[2].permission == "AVAILABLE"]
    return min(allowed, key=lambda hit: hit[:2])[2] if allowed else BY_ID["700437"]
