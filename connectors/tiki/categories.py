"""Which Tiki category a sub-group belongs in, by the category's name: ids are Tiki's and are looked up in its tree.

The tree itself is not in any document we have (Tiki Open API notes, section 5, read 2026-11-23), so several names are
accepted, best first, and `OCOP_TIKI__CATEGORY_IDS` overrules them all.
"""

NAMES: dict[str, tuple[str, ...]] = {
    "food/fresh_produce": ("Rau củ quả", "Rau củ tươi", "Rau, củ, quả", "Rau củ", "Trái cây", "Thực phẩm tươi sống"),
    "food/fresh_animal": ("Thịt, trứng, thủy sản", "Thịt tươi", "Thịt trứng", "Thực phẩm tươi sống"),
    "food/rice_grain": ("Gạo", "Gạo và ngũ cốc", "Gạo, ngũ cốc", "Gạo, nếp"),
    "food/honey_other": ("Mật ong", "Mật ong và sản phẩm từ ong"),
    "food/instant": ("Đồ ăn liền", "Thực phẩm ăn liền", "Mì, cháo ăn liền", "Đồ ăn nhanh"),
    "food/processed_cereal": ("Bún, miến, phở khô", "Mì, miến, bún khô", "Ngũ cốc", "Thực phẩm khô"),
    "food/processed_fruit_veg": ("Rau củ quả sấy", "Trái cây sấy", "Rau củ sấy khô", "Nông sản khô", "Thực phẩm khô"),
    "food/processed_animal": ("Thịt chế biến", "Thịt, cá chế biến", "Thực phẩm chế biến", "Thịt khô"),
    "food/seasoning_liquid": ("Nước mắm, nước chấm", "Nước mắm", "Nước chấm", "Gia vị"),
    "food/seasoning": ("Gia vị", "Gia vị khô", "Gia vị nêm"),
    "food/tea": ("Trà khô", "Trà các loại", "Trà", "Trà, chè"),
    "food/other_tea": ("Trà thảo mộc", "Trà thảo dược", "Trà túi lọc", "Trà các loại", "Trà khô", "Trà"),
    "food/coffee_cocoa": ("Cà phê", "Cà phê, ca cao", "Cà phê bột"),
    "beverage/white_spirit": ("Rượu trắng", "Rượu"),
    "beverage/alcohol_other": ("Rượu vang", "Đồ uống có cồn", "Rượu"),
    "beverage/mineral_water": ("Nước khoáng", "Nước khoáng, nước suối", "Nước uống"),
    "beverage/soft": ("Nước giải khát", "Nước ép trái cây", "Đồ uống không cồn", "Nước uống"),
    "medicinal_herb/functional_food": ("Thực phẩm chức năng", "Thực phẩm bảo vệ sức khỏe"),
    "medicinal_herb/cosmetic": ("Mỹ phẩm thiên nhiên", "Chăm sóc da mặt", "Mỹ phẩm"),
    "medicinal_herb/essential_oil": ("Tinh dầu", "Tinh dầu thiên nhiên"),
    "medicinal_herb/other": ("Dược liệu", "Thảo dược", "Thảo mộc"),
    "handicraft/household_decor": ("Đồ thủ công mỹ nghệ", "Thủ công mỹ nghệ", "Đồ trang trí", "Trang trí nhà cửa"),
    "handicraft/textile": ("Vải thổ cẩm", "Thổ cẩm", "Vải, dệt thủ công", "Vải"),
    "ornamental/flower": ("Hoa tươi", "Hoa"),
    "ornamental/plant": ("Cây cảnh", "Cây cảnh, cây bonsai"),
}

EATEN = ("food/", "beverage/", "medicinal_herb/")  # sold with an expiry date
