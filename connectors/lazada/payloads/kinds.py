"""How Lazada writes numbers, flags, times and ids: documented samples quote what real answers do not, and the reverse.

Lazada Open Platform reference, section 2.2, read 2026-11-24.
"""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict
from pydantic.alias_generators import to_pascal

from connectors.endpoint import Payload
from connectors.lazada.times import to_utc

FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
CURRENCY = " VND"


def whole_dong(value: Any) -> Any:
    """`"185000.00"`, `185000.0` and `"3962410.00 VND"` alike. A fraction of a đồng is an error: VND has none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return value
    try:
        amount = Decimal(str(value).removesuffix(CURRENCY))
    except InvalidOperation:
        raise ValueError("not an amount") from None
    if amount != amount.to_integral_value():
        raise ValueError("a fraction of a đồng")
    return int(amount)


def text_id(value: Any) -> Any:
    """Ids come now as number, now as text; ours are always text."""
    return str(value) if type(value) is int else value


def flag(value: Any) -> Any:
    return FLAGS.get(str(value).lower(), value)


def number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def no_null(value: Any) -> Any:
    """The text `null`, and an empty one, stand for nothing. Not a set: a wrong value may be unhashable."""
    return None if value in ("null", "") else value


def moment(value: Any) -> Any:
    return to_utc(value) if isinstance(value, str | int) else value


Id = Annotated[str, BeforeValidator(text_id)]
Dong = Annotated[int, BeforeValidator(whole_dong)]
Flag = Annotated[bool, BeforeValidator(flag)]
Count = Annotated[int, BeforeValidator(number)]
Moment = Annotated[datetime, BeforeValidator(moment)]
MaybeId = Annotated[str | None, BeforeValidator(no_null), BeforeValidator(text_id)]
MaybeText = Annotated[str | None, BeforeValidator(no_null)]
MaybeMoment = Annotated[datetime | None, BeforeValidator(moment), BeforeValidator(no_null)]


class Pascal(Payload):
    """Sent with capitals: `item_id` goes out as `ItemId`."""

    model_config = ConfigDict(alias_generator=to_pascal, populate_by_name=True)


class Document(Pascal):
    """A JSON document that travels as one form field (reference, section 3)."""

    def to_query(self) -> list[tuple[str, str]]:
        return [("payload", self.to_json().decode())]
