"""One cell, one value: what an office really types, read strictly. Every refusal is a ValueError in Vietnamese."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from catalog.gtin import valid_gtin
from catalog.text import clean, clean_lines, search_key
from catalog.workbook.sheet import UNCALCULATED

_WHOLE = re.compile(r"[0-9]{1,15}|[1-9][0-9]{0,2}(?P<sep>[., ])[0-9]{3}(?:(?P=sep)[0-9]{3}){0,4}")
_DECIMAL = re.compile(r"(?P<number>[0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*(?:%|độ)?\s*(?:vol)?\.?", re.IGNORECASE)
_SKU = re.compile(r"[A-Z0-9][A-Z0-9._-]{1,63}")
_CODE = re.compile(r"[^\s/\\]{1,64}")
_TAX_CODE = re.compile(r"[0-9]{10}(?:-?[0-9]{3})?|[0-9]{12}")
_STARS = re.compile(r"(?P<digit>[1-5])\s*(?:sao|stars?|\*|★|⭐)?|(?P<signs>[*★⭐]{1,5})", re.IGNORECASE)
_DATE = re.compile(r"(?P<day>[0-9]{1,2})(?P<sep>[/.-])(?P<month>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEB = re.compile(r"https?://[^\s/@]+\.[^\s@]+", re.IGNORECASE)
_EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
# UTF-8 read as Latin-1 ("Ã¡", "áº£", "Æ°", "Ä‘"), a lost character, or an old one-byte font (TCVN3: "s¶n", "®")
_GARBLED = re.compile(r"�|[ÃÄÆ][\u0080-\u00bf\u2018-\u201d]|á[º»]|\w[¡-©¬-¯µ¶¸¹]\w|(?<!\w)®\w")

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_YES = frozenset({"co", "x", "yes", "true", "1", "✓"})
_NO = frozenset({"khong", "no", "false", "0"})


def is_blank(value: object) -> bool:
    """Nothing a person would see."""
    return value is None or (isinstance(value, str) and not clean(value))


def refuse_broken(value: object) -> None:
    """What no column takes: a formula never calculated, an Excel error, text in the wrong encoding."""
    if value is UNCALCULATED:
        raise ValueError("Ô công thức chưa có kết quả; hãy mở bằng Excel, lưu lại, hoặc dán dạng giá trị.")
    if isinstance(value, str) and value.strip() in _EXCEL_ERRORS:
        raise ValueError("Ô đang báo lỗi công thức của Excel.")
    if isinstance(value, str) and value.lstrip().startswith("="):
        raise ValueError("Ô chứa công thức dạng chữ; hãy ghi giá trị.")
    if isinstance(value, str) and _GARBLED.search(value):
        raise ValueError("Chữ bị sai bảng mã; hãy lưu lại tệp gốc dạng .xlsx hoặc CSV UTF-8.")


def text(value: object) -> str:
    """One line. A whole number counts as its digits: spreadsheets turn codes into numbers."""
    return clean(_written(value))


def lines(value: object) -> str:
    return clean_lines(_written(value))


def code(value: object) -> str:
    return _matching(_CODE, text(value), "Mã phải liền nhau, không dấu cách, không gạch chéo, dài nhất 64 ký tự.")


def sku(value: object) -> str:
    return _matching(_SKU, text(value), "SKU chỉ gồm chữ in hoa không dấu, chữ số, «.», «_», «-»; dài 2 đến 64 ký tự.")


def tax_code(value: object) -> str:
    return _matching(_TAX_CODE, text(value), "Mã số thuế phải có 10, 12 hoặc 13 chữ số (giữ số 0 ở đầu).")


def gtin(value: object) -> str:
    return valid_gtin(re.sub(r"[\s-]", "", text(value)))


def web_address(value: object) -> str:
    return _matching(_WEB, text(value), "Địa chỉ phải bắt đầu bằng http:// hoặc https://.")


def images(value: object) -> tuple[str, ...]:
    """Web addresses, or paths beside the workbook, parted by line breaks, `;` or `|`."""
    return tuple(_image(part.strip()) for part in re.split(r"[;|\n]", lines(value)) if part.strip())


def whole(least: int, most: int, what: str) -> Callable[[object], int]:
    """A reader of whole numbers between two bounds, both included."""

    def read(value: object) -> int:
        number = _whole(value, what)
        if not least <= number <= most:
            raise ValueError(f"{what} phải từ {least} đến {most}.")
        return number

    return read


def alcohol_percent(value: object) -> Decimal:
    """% vol, 0-100. A number below 1 is refused: Excel stores 35 % as 0.35, and guessing would let a spirit through."""
    percent = _decimal(value, "Độ cồn")
    if percent > 100:  # noqa: PLR2004 - a share of one hundred
        raise ValueError("Độ cồn phải từ 0 đến 100 (% thể tích).")
    if 0 < percent < 1 and not isinstance(value, str):
        raise ValueError("Độ cồn nhỏ hơn 1: nếu ô có định dạng phần trăm, hãy ghi số trên nhãn dạng chữ, ví dụ «35».")
    return percent


def score(value: object) -> float:
    points = _decimal(value, "Điểm")
    if points > 100 or points != round(points, 2):  # noqa: PLR2004 - of one hundred points
        raise ValueError("Điểm phải từ 0 đến 100, nhiều nhất hai chữ số lẻ.")
    return float(points)


def stars(value: object) -> int:
    match = _STARS.fullmatch(text(value))
    count = int(match["digit"] or len(match["signs"])) if match else 0
    if count not in (3, 4, 5):
        raise ValueError("Hạng sao phải là 3, 4 hoặc 5; để trống nếu chưa được công nhận.")
    return count


def yes_no(value: object) -> bool:
    answer = search_key(str(value) if isinstance(value, bool) else text(value))
    if answer not in _YES | _NO:
        raise ValueError("Ghi «có» hoặc «không».")
    return answer in _YES


def day(value: object) -> date:
    """A date cell, or dd/mm/yyyy (also with `-` and `.`), or yyyy-mm-dd; from 1990 to 2100."""
    read = value.date() if isinstance(value, datetime) else value if isinstance(value, date) else _day(text(value))
    if not _FIRST_YEAR <= read.year <= _LAST_YEAR:
        raise ValueError(f"Năm phải từ {_FIRST_YEAR} đến {_LAST_YEAR}; để trống nếu không có thời hạn.")
    return read


def _day(written: str) -> date:
    try:
        if match := _DATE.fullmatch(written):
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        if _ISO_DATE.fullmatch(written):
            return date.fromisoformat(written)
    except ValueError:
        raise ValueError("Ngày này không có trong lịch.") from None
    raise ValueError("Ngày phải ghi theo dạng ngày/tháng/năm, ví dụ 26/06/2025.")


def _written(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    hint = "Excel đã đổi ô này thành ngày tháng" if isinstance(value, date) else "Ô này phải là chữ"
    raise ValueError(f"{hint}; hãy định dạng cột là Văn bản rồi ghi lại.")


def _matching(pattern: re.Pattern[str], written: str, reason: str) -> str:
    if not pattern.fullmatch(written):
        raise ValueError(reason)
    return written


def _whole(value: object, what: str) -> int:
    if isinstance(value, str) and (match := _WHOLE.fullmatch(clean(value))):
        return int(re.sub("[., ]", "", match[0]))
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    raise ValueError(f"{what} phải là số nguyên.")


def _decimal(value: object, what: str) -> Decimal:
    written = clean(value) if isinstance(value, str) else str(value)
    match = _DECIMAL.fullmatch(written)
    if isinstance(value, bool) or not match:
        raise ValueError(f"{what} phải là một số, ví dụ 12,5.")
    return Decimal(match["number"].replace(",", "."))


def _image(part: str) -> str:
    is_web = bool(_WEB.fullmatch(part))
    is_beside = not part.startswith(("/", "\\", "~")) and ":" not in part and ".." not in re.split(r"[/\\]", part)
    if not (is_web or is_beside):
        raise ValueError(
            "Ảnh phải là địa chỉ http(s) hoặc tên tệp nằm cạnh bảng này; nhiều ảnh cách nhau bằng dấu «;»."
        )
    return part
