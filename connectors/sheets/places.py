"""Rows and cells of a worksheet with their places in its bytes, and columns by number and letter."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache


@dataclass
class Cell:
    """`value` None: the cell holds only its style. `start` and `end` are bytes."""

    start: int
    end: int
    style: str | None = None
    kind: str = "n"
    is_formula: bool = False
    value: str | Decimal | None = None


@dataclass
class Row:
    """`close`: where its closing tag begins; equal to `end` where the row is one empty tag."""

    start: int
    close: int = 0
    end: int = 0
    cells: dict[int, Cell] = field(default_factory=dict)


def letters(column: int) -> str:
    """1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_of(reference: str) -> int:
    """The column of a cell's address."""
    return _number(reference.rstrip("0123456789"))


@lru_cache(maxsize=1_000)
def _number(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number
