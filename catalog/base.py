"""What every domain model shares: frozen, closed to unknown fields; and the text and days it is made of."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from catalog.text import clean, clean_lines


class Fact(BaseModel):
    """A frozen domain value. An unknown field is an error, never a silent extra."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


Line = Annotated[str, AfterValidator(clean)]  # one line in NFC without unseen characters, from the door
Lines = Annotated[str, AfterValidator(clean_lines)]  # the same for text that may break into lines
Day = Annotated[
    date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))
]  # "31/12/9999" means nobody knows: leave it out
