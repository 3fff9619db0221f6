"""Names as Tiki writes them into addresses: no diacritics, lower case, hyphens."""

import re
import unicodedata

LONGEST = 120


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST].strip("-") or "san-pham"
