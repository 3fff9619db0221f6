"""How TikTok Shop writes numbers (Partner reference 10.15, read 2026-11-24): money as decimal text, in whole đồng."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator

from connectors.endpoint import Answer

Seconds = int  # Unix time
LONGEST = 18  # digits of an amount: all the money there is has fewer


def whole_dong(value: Any) -> Any:
    """Both "185000" and "185000.00" are 185000. A fraction of a đồng, or a number that is no text, is an error."""
    if not isinstance(value, str):
        raise ValueError("an amount is not a text")  # noqa: TRY004 - pydantic reads a ValueError
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise ValueError("an amount is not a number") from None
    if not amount.is_finite() or amount.adjusted() >= LONGEST or amount != amount.to_integral_value():
        raise ValueError("no whole number of đồng")
    return int(amount)


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _amounts_only(value: Any) -> Any:
    """A breakdown without its nested explanations."""
    return (
        {name: amount for name, amount in value.items() if isinstance(amount, str)}
        if isinstance(value, dict)
        else value
    )


Day = Annotated[date, BeforeValidator(_day)]  # YYYY-MM-DD
Dong = Annotated[int, BeforeValidator(whole_dong)]
Amounts = Annotated[dict[str, Dong], BeforeValidator(_amounts_only)]


class Paged(Answer):
    """An answer in pages. A missing or empty token is the end."""

    next_page_token: str = ""
