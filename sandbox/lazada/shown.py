"""How lazada.vn writes figures: in Vietnamese `185.000 ₫` and `1.2k đã bán`, in English `₫185,000` and `1.2K sold`
(listing pages as they were seen up to 2024, read 2026-11-24).
"""

import json
from datetime import datetime, timedelta
from typing import Any

IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
CAP = 9_999


def price(amount_vnd: int, language: str) -> str:
    return f"{amount_vnd:,}".replace(",", ".") + " ₫" if language == "vi" else f"₫{amount_vnd:,}"


def sold(pieces: int, language: str) -> str:
    """Cut off after one decimal above a thousand, and never more than 9,999+; nothing for nothing."""
    if pieces == 0:
        return ""
    word, kilo = ("đã bán", "k") if language == "vi" else ("sold", "K")
    if pieces > CAP:
        return f"{CAP:,}+ {word}"
    tenths = pieces // 100
    return f"{pieces} {word}" if pieces < 1000 else f"{tenths // 10}.{tenths % 10}{kilo} {word}"


def discount(price_vnd: int, list_vnd: int) -> str:
    return f"-{round(100 * (list_vnd - price_vnd) / list_vnd)}%"


def written_at(moment: datetime, now: datetime) -> str:
    """Days ago at first, the day later."""
    age = now - moment
    if age < timedelta(days=1):
        return f"{int(age.total_seconds()) // 3600} giờ trước"
    return f"{age.days} ngày trước" if age < timedelta(days=28) else f"{moment:%d} thg {moment.month} {moment:%Y}"


def in_script(value: Any) -> str:
    """JSON that cannot end the script it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(IN_SCRIPT)
