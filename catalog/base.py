"""What every domain model shares: frozen, closed to unknown fields, text in NFC from the door."""

from pydantic import BaseModel, ConfigDict


class Fact(BaseModel):
    """A frozen domain value. An unknown field is an error, never a silent extra."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
