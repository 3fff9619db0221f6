"""A Vietnamese Shopee's category tree as far as an OCOP register reaches. Names are of the real kind; ids are invented.

Only leaves take listings. `BLOCKED` leaves exist in the tree and refuse new listings.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    category_id: int
    parent_id: int
    english: str
    vietnamese: str


TREE = tuple(
    Category(*row)
    for row in (
        (100629, 0, "Food & Beverages", "Thực Phẩm và Đồ Uống"),
        (100651, 100629, "Convenience & Ready-to-eat", "Đồ chế biến sẵn"),
        (100780, 100651, "Cooked Food", "Thức ăn nấu chín"),
        (100781, 100651, "Instant Noodles & Porridge", "Mì, phở, cháo ăn liền"),
        (100782, 100651, "Processed Meat & Seafood", "Thịt & thủy sản chế biến"),
        (100783, 100651, "Processed Vegetables", "Rau, củ, quả chế biến"),
        (100652, 100629, "Snacks", "Đồ ăn vặt"),
        (100784, 100652, "Dried Fruits & Vegetables", "Trái cây & rau củ sấy"),
        (100785, 100652, "Nuts & Seeds", "Hạt ăn vặt"),
        (100786, 100652, "Traditional Cakes & Candies", "Bánh kẹo truyền thống"),
        (100787, 100652, "Dried Meat & Seafood", "Thịt & cá khô"),
        (100653, 100629, "Food Staples", "Nhu yếu phẩm"),
        (100790, 100653, "Rice", "Gạo"),
        (100791, 100653, "Noodles & Vermicelli", "Bún, miến, mì khô"),
        (100792, 100653, "Grains & Beans", "Ngũ cốc & các loại đậu"),
        (100793, 100653, "Flour & Starch", "Bột & tinh bột"),
        (100654, 100629, "Cooking Essentials", "Nguyên liệu nấu ăn & làm bánh"),
        (100795, 100654, "Fish Sauce, Soy Sauce & Sauces", "Nước mắm, tương & nước sốt"),
        (100796, 100654, "Spices & Seasonings", "Gia vị & hương liệu"),
        (100797, 100654, "Cooking Oil", "Dầu ăn"),
        (100655, 100629, "Breakfast Cereals & Spreads", "Ngũ cốc & mứt"),
        (100800, 100655, "Honey & Syrup", "Mật ong & siro"),
        (100801, 100655, "Breakfast Cereals", "Ngũ cốc ăn sáng"),
        (100656, 100629, "Fresh & Frozen Food", "Thực phẩm tươi sống & đông lạnh"),
        (100805, 100656, "Fresh Vegetables & Mushrooms", "Rau, củ & nấm"),
        (100806, 100656, "Fresh Fruits", "Trái cây tươi"),
        (100807, 100656, "Fresh Meat", "Thịt tươi"),
        (100808, 100656, "Fresh Seafood", "Thủy sản tươi"),
        (100809, 100656, "Eggs", "Trứng"),
        (100657, 100629, "Dairy", "Sữa & chế phẩm từ sữa"),
        (100812, 100657, "Milk & Yogurt", "Sữa & sữa chua"),
        (100660, 100629, "Beverages", "Đồ uống"),
        (100823, 100660, "Tea & Tea Bags", "Trà"),
        (100824, 100660, "Coffee", "Cà phê"),
        (100825, 100660, "Cocoa & Chocolate Drinks", "Ca cao & sô cô la"),
        (100826, 100660, "Mineral Water", "Nước khoáng & nước tinh khiết"),
        (100827, 100660, "Juice & Soft Drinks", "Nước ép & nước giải khát"),
        (100828, 100660, "Herbal & Flower Tea", "Trà thảo mộc & trà hoa"),
        (100661, 100629, "Alcoholic Beverages", "Đồ uống có cồn"),
        (100830, 100661, "Beer & Fruit Wine", "Bia & rượu trái cây"),
        (100831, 100661, "Spirits", "Rượu mạnh"),
        (100001, 0, "Health", "Sức Khỏe"),
        (100101, 100001, "Food Supplements", "Thực phẩm chức năng"),
        (100110, 100101, "Well Being", "Hỗ trợ sức khỏe"),
        (100102, 100001, "Traditional Medicine", "Y học cổ truyền"),
        (100120, 100102, "Medicinal Herbs", "Dược liệu & thảo dược"),
        (100630, 0, "Beauty", "Sắc Đẹp"),
        (100702, 100630, "Skin Care", "Chăm sóc da mặt"),
        (100850, 100702, "Natural Skin Care", "Mỹ phẩm thiên nhiên"),
        (100703, 100630, "Bath & Body Care", "Tắm & chăm sóc cơ thể"),
        (100851, 100703, "Soap & Shower", "Xà phòng & sữa tắm"),
        (100852, 100703, "Essential Oil", "Tinh dầu"),
        (100704, 100630, "Hair Care", "Chăm sóc tóc"),
        (100853, 100704, "Shampoo & Conditioner", "Dầu gội & dầu xả"),
        (100636, 0, "Home & Living", "Nhà Cửa & Đời Sống"),
        (100720, 100636, "Home Decor", "Trang trí nhà cửa"),
        (100860, 100720, "Handicrafts & Souvenirs", "Đồ thủ công mỹ nghệ & quà lưu niệm"),
        (100861, 100720, "Bamboo & Rattan Ware", "Đồ mây, tre, đan"),
        (100721, 100636, "Kitchenware", "Dụng cụ nhà bếp"),
        (100862, 100721, "Wooden Kitchenware", "Đồ bếp bằng gỗ"),
        (100722, 100636, "Bedding & Textiles", "Chăn, ga, gối & vải"),
        (100863, 100722, "Fabric & Embroidery", "Vải & đồ thêu"),
        (100723, 100636, "Gardening", "Làm vườn"),
        (100864, 100723, "Flowers", "Hoa tươi & hoa khô"),
        (100865, 100723, "Ornamental Plants", "Cây cảnh"),
        (100017, 0, "Women Clothes", "Thời Trang Nữ"),
        (100730, 100017, "Traditional Wear", "Trang phục truyền thống"),
        (100870, 100730, "Ethnic Costumes", "Trang phục dân tộc"),
        (100631, 0, "Pets", "Thú Cưng"),
        (100740, 100631, "Live Pets", "Thú cảnh"),
        (100880, 100740, "Ornamental Fish & Birds", "Cá cảnh & chim cảnh"),
    )
)

BLOCKED = frozenset({100831})  # spirits may not be sold online
ALCOHOLIC = frozenset({100830, 100831})

BY_ID = {category.category_id: category for category in TREE}
PARENTS = frozenset(category.parent_id for category in TREE)


def is_leaf(category_id: int) -> bool:
    return category_id in BY_ID and category_id not in PARENTS


def recommended(item_name: str) -> list[int]:
    """Leaves sharing a Vietnamese word with the name, the most words first; at most three."""
    words = _words(item_name)
    scored = [(len(words & _words(c.vietnamese)), c.category_id) for c in TREE if is_leaf(c.category_id)]
    return [category_id for score, category_id in sorted(scored, key=lambda pair: (-pair[0], pair[1])) if score][:3]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
