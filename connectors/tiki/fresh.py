"""Answers that belong to the question: an old page sent again is noticed, and asked for once more."""

from collections.abc import Callable
from typing import TypeVar

from connectors.errors import UnexpectedAnswerError

Page = TypeVar("Page")
ASKS = 3


def ask_until(is_fresh: Callable[[Page], bool], ask: Callable[[], Page]) -> Page:
    """The first answer that fits. Reads only. Raises UnexpectedAnswerError when three in a row do not."""
    for _ in range(ASKS):
        if is_fresh(page := ask()):
            return page
    raise UnexpectedAnswerError("Tiki keeps sending another page than the one asked for", marketplace="tiki")
