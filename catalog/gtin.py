"""GTIN-13 (the EAN barcode): thirteen digits, the last one checks the others (GS1 General Specifications, section 7.9)."""

from typing import Annotated

from pydantic import AfterValidator

_LENGTH = 13


def check_digit(first_twelve: str) -> int:
    """The thirteenth digit: weights 1 and 3 in turn from the left, up to the next ten."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(first_twelve))
    return -total % 10


def valid_gtin(text: str) -> str:
    """The code itself, or a ValueError in Vietnamese. Leading zeros count: a GTIN is text, never a number."""
    if not (len(text) == _LENGTH and text.isascii() and text.isdigit()):
        raise ValueError(f"Mã vạch «{text[:40]}» phải gồm đúng 13 chữ số.")
    if check_digit(text[:-1]) != int(text[-1]):
        raise ValueError(f"Mã vạch «{text}» sai chữ số kiểm tra (đúng ra là {check_digit(text[:-1])}).")
    return text


Gtin = Annotated[str, AfterValidator(valid_gtin)]
