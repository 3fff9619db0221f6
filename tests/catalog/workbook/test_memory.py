"""A large register is streamed."""

import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from catalog.workbook.columns import COLUMNS

ROWS = 20_000
MAX_PEAK_MB = 300
STATUS = Path("/proc/self/status")  # getrusage would count the parent's memory of before exec too
READ = f"""
import re, sys
from pathlib import Path
from catalog.workbook import read_register
reading = read_register(Path(sys.argv[1]))
peak_kb = re.search(r"VmHWM:\\s+([0-9]+) kB", Path("{STATUS}").read_text())[1]
print(reading.rows, len(reading.products), len(reading.bad_cells), int(peak_kb) // 1024)
"""


def write_register(path: Path) -> None:
    """20,000 full rows of 10,000 products whose two packs stand 10,000 rows apart."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sản phẩm")
    sheet.append([column.heading_vi for column in COLUMNS])
    for number in range(ROWS):
        product, pack = number % 10_000, number // 10_000
        changed = {
            ("product", "code"): f"SP-{product:05d}",
            ("product", "name"): f"Chè móc câu loại {product}",
            ("product", "description"): f"Búp một tôm, mẻ {product}, sao tay trên chảo gang, hương cốm. " * 3,
            ("variant", "sku"): f"SP-{product:05d}-{pack}",
            ("variant", "price_vnd"): 185_000 + number,
            ("certificate", "decision_no"): f"{product}/QĐ-UBND",
        }
        sheet.append([changed.get(column.key, column.example or None) for column in COLUMNS])
    book.save(path)


@pytest.mark.slow
@pytest.mark.skipif(not STATUS.exists(), reason="the peak of one process is read from /proc, which this system has not")
def test_twenty_thousand_rows_in_less_than_300_mb(tmp_path: Path) -> None:
    """Rows of one product apart from each other, every column filled: read whole, in bounded memory."""
    path = tmp_path / "register.xlsx"
    write_register(path)
    read = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    rows, products, bad_cells, peak_mb = map(int, read.stdout.split())
    assert (rows, products, bad_cells) == (ROWS, 10_000, 0)
    assert peak_mb < MAX_PEAK_MB
