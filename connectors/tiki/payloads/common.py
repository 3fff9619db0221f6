"""What Tiki's answers share.

Tiki Open API notes, read 2026-11-23. `ignores` names fields seen and left out on purpose.
"""

from typing import Annotated

from pydantic import Field

from connectors.endpoint import Answer

Dong = Annotated[int, Field(strict=False)]
"""Whole đồng. Tiki writes `409000` and `409000.00` alike; a fraction does not validate."""
Words = str | int | float | list[str]
"""One attribute's value."""


class Paging(Answer):
    current_page: int
    last_page: int  # 0 for an empty set
    total: int = 0
    ignores = frozenset({"from", "to", "per_page"})
