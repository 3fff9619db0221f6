"""Declared sales go in once, are corrected by the same line again, and a file that cannot be understood stores nothing."""

from pathlib import Path

import pytest
from sqlalchemy import select

from catalog.producer import Producer
from catalog.product import Product
from jobs.app import App, JobError
from jobs.offline import record_offline_sales
from jobs.register import store_register
from models import OfflineSale

HEAD = "producer_code,product_code,month,amount_vnd,source"


@pytest.fixture
def register(app: App) -> App:
    tea = Product(code="CHE", producer_code="HTX", name="Chè", sub_group="food/tea")
    store_register(app, [Producer(code="HTX", name="Hợp tác xã")], [tea])
    return app


def _file(folder: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    path = folder / "khai.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding=encoding)
    return path


def _stored(app: App) -> list[tuple[object, ...]]:
    columns = OfflineSale.product_key, OfflineSale.month, OfflineSale.source, OfflineSale.amount_vnd
    with app.database.session() as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(*columns))]


def test_a_line_again_is_a_correction(register: App, tmp_path: Path) -> None:
    """Its key is producer, product, month and source; its amount may change, nothing is added to it."""
    first = _file(tmp_path, "HTX,,202611,1.500.000,khai tay", "HTX,CHE,202611,400000,POS")
    assert record_offline_sales(register, first) == {"rows": 2, "new": 2, "updated": 0, "unchanged": 0}
    again = _file(tmp_path, "HTX,,202611,1.600.000,khai tay", "HTX,CHE,202611,400000,POS")
    assert record_offline_sales(register, again) == {"rows": 2, "new": 0, "updated": 1, "unchanged": 1}
    assert _stored(register) == [("", 202611, "khai tay", 1_600_000), ("CHE", 202611, "POS", 400_000)]


def test_what_excel_saves_is_read(register: App, tmp_path: Path) -> None:
    """With its byte-order mark, and columns in any order, others between them."""
    head = "Ghi chú,source,month,producer_code,amount_vnd,product_code"
    file = _file(tmp_path, "x,POS,202611,HTX,250000,", head=head, encoding="utf-8-sig")
    record_offline_sales(register, file)
    assert _stored(register) == [("", 202611, "POS", 250_000)]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["LA,,202611,1,x"], "Dòng 2: sổ đăng ký không có mã LA."),
        (["HTX,LA,202611,1,x"], "Dòng 2: sổ đăng ký không có mã LA."),
        (["HTX,,202613,1,x"], "Dòng 2, cột month: tháng phải ghi như 202611."),
        (["HTX,,11/2026,1,x"], "Dòng 2, cột month: tháng phải ghi như 202611."),
        ([",,202611,1,x"], "Dòng 2, cột producer_code: không được để trống."),
        (["HTX,,202611,1,"], "Dòng 2, cột source: không được để trống."),
        (
            ["HTX,,202611,1,kiotviet"],
            "Dòng 2, cột source: nguồn «kiotviet» là của tệp được nhập; hãy ghi tên nguồn khác.",
        ),
        (
            ["HTX,,202611,1,mapped.a"],
            "Dòng 2, cột source: nguồn «mapped.a» là của tệp được nhập; hãy ghi tên nguồn khác.",
        ),
        (["HTX,,202611,-5,x"], "Dòng 2, cột amount_vnd: Số tiền «-5» là số âm."),
        (["HTX,,202611,,x"], "Dòng 2, cột amount_vnd: Không đọc được «» thành một số tiền."),
        (
            ["HTX,,202611,1,x", "HTX,,202611,2,x"],
            "Dòng 3 lặp lại dòng 2: cùng chủ thể, sản phẩm, tháng và nguồn. Hãy gộp thành một dòng.",
        ),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_stored(
    register: App, tmp_path: Path, lines: list[str], sentence: str
) -> None:
    """Good lines before it stay out too: the office mends the file and sends it whole."""
    with pytest.raises(JobError) as caught:
        record_offline_sales(register, _file(tmp_path, "HTX,CHE,202610,5,x", *lines))
    told = sentence.replace("Dòng 3 lặp lại dòng 2", "Dòng 4 lặp lại dòng 3").replace("Dòng 2", "Dòng 3")
    assert str(caught.value).removesuffix(f" Cần các cột {', '.join(HEAD.split(','))}.") == told
    assert _stored(register) == []


def test_another_encoding_is_a_sentence(register: App, tmp_path: Path) -> None:
    """A file saved in an old code page is not guessed at."""
    with pytest.raises(JobError, match="phải là CSV dạng UTF-8"):
        record_offline_sales(register, _file(tmp_path, "HTX,,202611,1,khai báo", encoding="utf-16"))
