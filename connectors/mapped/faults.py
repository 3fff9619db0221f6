"""What keeps a mapping from being used: every fault at once, each a sentence that says what to write."""

import re
from collections.abc import Iterator

from connectors.mapped.days import Days
from connectors.mapped.headings import is_data, is_money, is_personal
from connectors.mapped.mapping import COST, SIGNED, Mapping, target_of
from connectors.mapped.targets import TARGETS

NAME = re.compile("[a-z0-9][a-z0-9-]{1,39}")


def faults(mapping: Mapping) -> list[str]:
    """Everything that keeps a mapping from being used, a sentence each."""
    return [*_names(mapping), *_lacking(mapping), *_money(mapping), *_statuses(mapping)]


def open_money(mapping: Mapping) -> list[str]:
    """Headings that speak of money and are neither named nor left out on purpose."""
    settled = {*mapping.columns.values(), *mapping.ignored}
    return [heading for heading in mapping.headings if is_money(heading) and heading not in settled]


def _names(mapping: Mapping) -> Iterator[str]:
    if not NAME.fullmatch(mapping.name):
        yield f"Tên «{mapping.name}» chưa được: dùng chữ thường không dấu, số và gạch nối, như «so-ban-hang»."
    for target, heading in mapping.columns.items():
        if target_of(mapping, target) is None:
            yield f"Không có trường «{target}». Các trường: {', '.join(TARGETS[mapping.shape])}{_codes_too(mapping)}."
        if mapping.headings.count(heading) != 1:
            yield f"Cột «{heading}» có {mapping.headings.count(heading)} lần trong tệp; cần đúng một."
        if is_personal(heading):
            yield f"Cột «{heading}» là dữ liệu cá nhân nên không đọc."
    for heading in sorted(set(mapping.ignored) - set(mapping.headings)):
        yield f"Cột bỏ qua «{heading}» không có trong tệp."

    if any(map(is_data, mapping.headings)):
        yield "Dòng tiêu đề có số điện thoại hoặc thư điện tử nên không phải tiêu đề: chỉ đúng dòng bằng `--row SỐ`."


def _codes_too(mapping: Mapping) -> str:
    return f"; {COST}MÃ hoặc {SIGNED}MÃ cho một khoản tiền của sàn" if mapping.marketplace else ""


def _lacking(mapping: Mapping) -> Iterator[str]:
    given = set(mapping.columns)
    needed = {"order", "at", "status", "sku", "quantity"} if mapping.marketplace else {"at"}
    for target in sorted(needed - given):
        yield f"Chưa chỉ cột «{target}» ({TARGETS[mapping.shape][target].title})."
    if ("amount" in given) == ("unit_price" in given):
        yield "Cần một trong hai: cột «amount» (thành tiền), hoặc «unit_price» (đơn giá) cùng «quantity» (số lượng)."
    if "unit_price" in given and "quantity" not in given and not mapping.marketplace:
        yield "Có «unit_price» thì cần cả «quantity» (số lượng)."
    if not mapping.marketplace and not (given & {"sku", "product", "producer"} or mapping.producer):
        yield "Chưa biết là hàng của ai: chỉ cột «sku», «product» hoặc «producer», hoặc nói `--producer MÃ` cho cả tệp."
    if "document_discount" in given and "document" not in given:
        yield "Có «document_discount» thì cần cả «document» (số hóa đơn)."
    if mapping.numbers is None:
        yield "Chưa rõ số viết thế nào: `--numbers plain` (1234567.50), `dot` (1.234.567,50) hay `comma` (1,234,567.50)?"
    if mapping.days is None:
        yield f"Chưa rõ ngày viết thế nào: `--days` là một trong {', '.join(Days)}."


def _money(mapping: Mapping) -> Iterator[str]:
    codes = [name.partition(":")[2] for name in mapping.columns if name.startswith((COST, SIGNED))]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"Khoản «{code}» được chỉ hai lần; một khoản là một cột."
    for heading in open_money(mapping):
        yield f'Cột tiền «{heading}» chưa được chỉ là gì: `--column TRƯỜNG="{heading}"`, hoặc cố ý bỏ qua: `--ignore "{heading}"`.'


def _statuses(mapping: Mapping) -> Iterator[str]:
    known = mapping.meanings
    for said, state in mapping.statuses.items():
        if state not in known:
            yield f"Trạng thái «{said}={state}» chưa được: chọn trong {', '.join(known)}."
    if "status" in mapping.columns and not mapping.statuses:
        yield f'Chưa nói mỗi trạng thái là gì: `--status "CHỮ TRONG TỆP={known[0]}"`; chọn trong {", ".join(known)}.'
