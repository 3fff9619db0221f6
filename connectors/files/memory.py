"""What a function gave, by what it was asked: sheets repeat themselves, and a dict answers faster than any parser."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

MOST = 2**13  # answers; then all are forgotten, so that a file's later rows are remembered as well as its first
LONGEST = 200  # of what is asked: a long text seldom comes twice

Asked = TypeVar("Asked", bound=str | bytes | Decimal | None)
Answer = TypeVar("Answer")


class Memory(dict[Asked, Answer]):
    """`memory[asked]` is what `answer(asked)` gives, or raises. Numbers are asked anew: equal ones may be written differently."""

    def __init__(self, answer: Callable[[Asked], Answer]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, asked: Asked) -> Answer:
        answer = self._answer(asked)
        if asked is None or (not isinstance(asked, Decimal) and len(asked) <= LONGEST):
            if len(self) >= MOST:
                self.clear()
            self[asked] = answer
        return answer
