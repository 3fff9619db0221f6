"""What both file kinds give: sheets of numbered rows of plain values."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

Row = tuple[int, Sequence[object]]  # the row's number in the file, from 1, and its values from the first column


class Sheet(NamedTuple):
    name: str
    rows: Iterator[Row]


class Uncalculated:
    """Stands where a formula has no stored result: the program that saved the file never calculated it."""

    def __str__(self) -> str:
        return "công thức"


UNCALCULATED = Uncalculated()
