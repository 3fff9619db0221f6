"""How large a register may be: ten times the room that one of 20,000 rows needs, and no more than memory bears."""

MAX_FILE_BYTES = 64 * 2**20
MAX_MEMBERS = 2_000  # parts of the zip package
MAX_UNPACKED_BYTES = 150 * 2**20
MAX_RATIO = 250  # one part's unpacked ÷ packed; honest sheets stay under 100
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELLS = 3_000_000
MAX_CELLS_A_ROW = 16_384  # Excel's own; a row is held in memory whole
MAX_ELEMENTS = {"xl/sharedStrings.xml": 3_000_000}  # of XML parts that are no sheet
MAX_OTHER_ELEMENTS = 300_000
MAX_NOTES = 200_000  # merged ranges, or formulas without result

TOO_BIG = "Tệp quá lớn hoặc bị nén bất thường nên không mở; hãy chép riêng bảng sản phẩm sang một tệp mới."
TOO_MANY_ROWS = f"Bảng có quá {MAX_ROWS} dòng; hãy xóa các dòng trống ở cuối hoặc chia thành nhiều tệp."
