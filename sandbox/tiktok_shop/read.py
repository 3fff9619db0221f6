"""Reading a JSON body strictly: a wrong type is 98001004 naming the field, never a guess."""

import re
from decimal import Decimal
from typing import Any

from sandbox.tiktok_shop.refusal import bad_field

ID = re.compile(r"[0-9]{1,19}")
NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")


def number(text_: str) -> int | None:
    """An id as a number; None for what is no id of any kind."""
    return int(text_) if ID.fullmatch(text_) else None


def text(row: dict[str, Any], name: str, default: str | None = None) -> str:
    value = row.get(name, default)
    if not isinstance(value, str):
        raise bad_field(name, "it must be a string")
    return value


def texts(row: dict[str, Any], name: str, most: int) -> list[str]:
    """A list of strings, at most `most`; an absent one is empty."""
    value = row.get(name, [])
    if not isinstance(value, list) or len(value) > most or not all(isinstance(one, str) for one in value):
        raise bad_field(name, f"it must be a list of at most {most} strings")
    return value


def integer(row: dict[str, Any], name: str, default: int | None = None) -> int:
    value = row.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not abs(value) < 10**15:
        raise bad_field(name, "it must be an integer")
    return value


def flag(row: dict[str, Any], name: str, *, default: bool) -> bool:
    value = row.get(name, default)
    if not isinstance(value, bool):
        raise bad_field(name, "it must be true or false")
    return value


def obj(row: dict[str, Any], name: str) -> dict[str, Any]:
    value = row.get(name)
    if not isinstance(value, dict):
        raise bad_field(name, "it must be an object")
    return value


def rows(row: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """A list of objects; an absent one is empty."""
    value = row.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise bad_field(name, "it must be a list of objects")
    return value


def decimal(value: object) -> Decimal | None:
    """A number written as a string; None for anything else."""
    return Decimal(value) if isinstance(value, str) and NUMBER.fullmatch(value) else None
