"""What every domain model shares: frozen, closed to unknown fields; and the two kinds of text it is made of."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from catalog.text import clean, clean_lines


class Fact(BaseModel):
    """A frozen domain value. An unknown field is an error, never a silent extra."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


Line = Annotated[str, AfterValidator(clean)]  # one line in NFC without unseen characters, from the door
Lines = Annotated[str, AfterValidator(clean_lines)]  # the same for text that may break into lines
